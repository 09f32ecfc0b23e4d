"""The state of every scheduled report: its last slots and its next; for people, programs and monitoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import Problem
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.failure import read_failure
from daye_analysis.reporting.publishing.served import task_key
from daye_analysis.reporting.schedules.file import Schedule, SiteSettings
from daye_analysis.reporting.schedules.notices import SITE, read_notices
from daye_analysis.reporting.schedules.run import Task, made_slots, tasks
from daye_analysis.reporting.schedules.slots import Slot, due_slots, last_slots, next_slot

State = Literal["done", "due", "overdue", "failed", "missed"]
# How long after its time a slot may be due before a monitor hears of it: every clock calls at least twice an hour.
GRACE = timedelta(hours=1)
WRONG: tuple[State, ...] = ("overdue", "failed", "missed")
HEADER = ("schedule", "notebook", "language", "parameters", "slot", "state", "folder")


@dataclass(frozen=True, slots=True)
class SlotState:
    """One slot of a task: `folder` is that of its report or of its failure, `problems` are why it failed."""

    slot: Slot
    state: State
    folder: Path | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskStatus:
    """A task's last slots, newest first, and its next."""

    task: Task
    slots: tuple[SlotState, ...]
    next: Slot

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong with the last slot."""
        return not self.slots or self.slots[0].state not in WRONG


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """The public site: `done` with its folder, `failed` with the problems of the last try, `due` where none is there yet."""

    state: State
    folder: Path | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether the last try succeeded, or there was none."""
        return self.state not in WRONG


def site_status(settings: SiteSettings, reports: Path) -> SiteStatus:
    """Return the state of the site that a schedule keeps up to date; a site that failed to be renewed has an older one in its place."""
    folder = settings.current.resolve() if settings.current.is_dir() else None
    failure = next((each for each in read_notices(reports) if each.key == SITE), None)
    if failure is not None:
        return SiteStatus("failed", folder, failure.problems)
    return SiteStatus("done" if folder else "due", folder)


def status(
    schedules: Sequence[Schedule], reports: Path, package: str, now: datetime | None = None, last: int = 1
) -> list[TaskStatus]:
    """Return the state of the `last` slots of every task of every schedule, for the package of that name."""
    moment = now or datetime.now(UTC)
    made, failed = made_slots(reports), known_failures(reports)
    for notice in read_notices(reports):  # a notebook that could not even be planned leaves no folder
        failed.setdefault(notice.key, {}).setdefault(notice.slot, (notice.folder, notice.problems))
    return [
        _task_status(task, made.get(task.key(package), {}), failed.get(task.key(package), {}), moment, last)
        for schedule in schedules
        for task in tasks(schedule)
    ]


def status_table(found: Sequence[TaskStatus], language: Language, site: SiteStatus | None = None) -> list[str]:
    """Return a header and one line for each slot, its words apart by tabs; times are those of the schedule's own zone."""
    lines = ["\t".join(HEADER)]
    for each in found:
        task = each.task
        parameters = " ".join(f"{name}={value}" for name, value in task.given.items()) or "-"
        words = [task.schedule.name, task.notebook.stem, task.language, parameters]
        for slot in each.slots:
            lines.append("\t".join([*words, local_time(task.schedule, slot.slot), slot.state, _where_and_why(slot, language)]))
        lines.append("\t".join([*words, local_time(task.schedule, each.next), "next", "-"]))
    if site is not None:
        lines.append("\t".join(["-", "site", "-", "-", "-", site.state, _where_and_why(site, language)]))
    return lines


def _where_and_why(state: SlotState | SiteStatus, language: Language) -> str:
    """Return a folder, and why something failed."""
    why = "; ".join(f"{problem.code}: {problem.what.say(language)}" for problem in state.problems)
    return " ".join(part for part in (str(state.folder or ""), why) if part) or "-"


def _problems_json(problems: Sequence[Problem]) -> list[dict[str, str]]:
    return [{"code": problem.code, "zh": problem.what.zh, "en": problem.what.en} for problem in problems]


def status_json(found: Sequence[TaskStatus], now: datetime | None = None, site: SiteStatus | None = None) -> dict[str, Any]:
    """Return the same for programs: instants in UTC, problems by code with their words in both languages."""
    moment = now or datetime.now(UTC)
    of_site = site and {"state": site.state, "folder": str(site.folder) if site.folder else None, "problems": _problems_json(site.problems)}
    return {
        "schema_version": 1,
        "at": moment.isoformat(timespec="seconds"),
        "well": all(each.is_well for each in found) and (site is None or site.is_well),
        "site": of_site,
        "tasks": [
            {
                "schedule": each.task.schedule.name,
                "notebook": each.task.notebook.stem,
                "language": each.task.language,
                "parameters": each.task.given,
                "time_zone": each.task.schedule.time_zone,
                "next": str(each.next),
                "slots": [
                    {
                        "slot": str(slot.slot),
                        "as_of": slot.slot.day.isoformat(),
                        "state": slot.state,
                        "folder": str(slot.folder) if slot.folder else None,
                        "problems": _problems_json(slot.problems),
                    }
                    for slot in each.slots
                ],
            }
            for each in found
        ],
    }


def verdict(found: Sequence[TaskStatus], site: SiteStatus | None = None) -> Text:
    """Return in a sentence how many of the tasks, of which the site is one, need attention."""
    every = [each.is_well for each in found] + ([site.is_well] if site else [])
    wrong = every.count(False)
    if not wrong:
        return Text(f"{len(every)} 项均正常。", f"All {len(every)} tasks are in order.")
    return Text(f"{len(every)} 项中 {wrong} 项需要处理。", f"{wrong} of {len(every)} tasks need attention.")


def local_time(schedule: Schedule, slot: Slot) -> str:
    """Return a slot's time as the schedule's own clocks show it, with the name of their zone."""
    local = slot.instant.astimezone(schedule.zone)
    return f"{local.isoformat(sep=' ', timespec='minutes')} {schedule.time_zone}"


Failures = dict[bytes, dict[str, tuple[Path | None, tuple[Problem, ...]]]]


def known_failures(reports: Path) -> Failures:
    """Return, by task key and slot, the failures that are kept."""
    found: Failures = {}
    for folder in sorted((reports / publish.FAILED).glob("*/*")):
        failure = read_failure(folder)
        if failure is None or "slot" not in failure.run or folder.name.startswith("."):
            continue
        identity, run = failure.identity, failure.run
        package = str(identity["package"].get("name", ""))
        key = task_key(run["schedule"], package, identity["notebook"], identity["language"], run["parameters"])
        found.setdefault(key, {})[str(run["slot"])] = (folder, failure.problems)
    return found


def _task_status(
    task: Task,
    done: Mapping[str, Path | None],
    failed: Mapping[str, tuple[Path | None, tuple[Problem, ...]]],
    now: datetime,
    last: int,
) -> TaskStatus:
    since = datetime.fromisoformat(min(done)) if done else None
    due = {str(slot) for slot in due_slots(task.schedule, now, since)}
    start = task.schedule.start
    states: list[SlotState] = []
    slots = list(last_slots(task.schedule, now, last))
    for slot in slots:
        name = str(slot)
        if start is not None and slot.day < start:
            continue
        if name not in done and name not in due and (since is None or slot.instant < since) and slot != slots[-1]:
            continue  # before the first report that was ever made
        if name in done:
            states.append(SlotState(slot, "done", done[name]))
        elif name in failed:
            states.append(SlotState(slot, "failed", *failed[name]))
        elif name not in due:
            states.append(SlotState(slot, "missed"))
        else:
            states.append(SlotState(slot, "overdue" if now - slot.instant > GRACE else "due"))
    return TaskStatus(task, tuple(reversed(states)), next_slot(task.schedule, now))
