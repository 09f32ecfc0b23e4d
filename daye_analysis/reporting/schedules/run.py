"""Run what is due: the one thing that cron, systemd, GitHub Actions, Windows' scheduler and `serve` all call.

A slot is done when a published run says in its manifest that it was made for it, or served it too. There is no other
record, so that calling this twice, at once or a thousand times makes each report once.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from daye_analysis.bilingual import Language
from daye_analysis.errors import DayeError
from daye_analysis.reporting.execution.execute import RunLimits, Starter, best_starter
from daye_analysis.reporting.notebooks.parameters import Value
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.failure import read_failure
from daye_analysis.reporting.publishing.identity import canonical, code_state, jsonable, notebook_name
from daye_analysis.reporting.publishing.manifest import Damaged, read_manifest
from daye_analysis.reporting.runs.batch import PASSING, Order, Outcome, make_all, make_one
from daye_analysis.reporting.runs.plan import Plan, plan_run
from daye_analysis.reporting.runs.run import Settings
from daye_analysis.reporting.schedules.file import Schedule
from daye_analysis.reporting.schedules.slots import Slot, due_slots, last_slot, next_slot

State = Literal["done", "due", "failed", "missed"]


@dataclass(frozen=True, slots=True)
class Task:
    """What a schedule makes at each slot: one notebook in one language with one set of parameters."""

    schedule: Schedule
    notebook: Path
    language: Language
    parameters: Mapping[str, Value]

    @property
    def key(self) -> bytes:
        """What tells this task's runs from all others, in a manifest's words."""
        given = {name: jsonable(value) for name, value in self.parameters.items()}
        return canonical([self.schedule.name, notebook_name(self.notebook), self.language, given])

    def occasion(self, slot: Slot) -> dict[str, Any]:
        """Return what the manifest says of the slot that a run was made for."""
        return {
            "schedule": self.schedule.name,
            "slot": str(slot),
            "time_zone": self.schedule.time_zone,
            "parameters": {name: jsonable(value) for name, value in self.parameters.items()},
        }


@dataclass(frozen=True, slots=True)
class Due:
    """One task at one slot, and what became of it."""

    task: Task
    slot: Slot
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TaskStatus:
    """The state of a task: its last slot and that slot's state, its next slot, and the folder of either result."""

    task: Task
    last: Slot | None
    state: State | None
    folder: Path | None
    next: Slot


def tasks(schedule: Schedule) -> Iterator[Task]:
    """Yield all tasks of a schedule."""
    for notebook in schedule.notebooks:
        for language in schedule.languages:
            for parameters in schedule.parameters:
                yield Task(schedule, notebook, language, parameters)


def made_slots(reports: Path) -> dict[bytes, dict[str, Path]]:
    """Return, by task key, the slots for which a run is published, and its folder; damaged runs count as not made."""
    made: dict[bytes, dict[str, Path]] = {}
    for folder in publish.published_folders(reports):
        try:
            manifest = read_manifest(folder)
        except Damaged:
            continue
        identity = manifest.identity
        for occasion in manifest.occasions():
            if "slot" in occasion:
                key = canonical([occasion["schedule"], identity["notebook"], identity["language"], occasion["parameters"]])
                made.setdefault(key, {})[str(occasion["slot"])] = folder
    return made


def run_due(
    schedules: Sequence[Schedule],
    *,
    reports: Path,
    package: Path,
    now: datetime | None = None,
    jobs: int | None = None,
    starter: Starter | None = None,
    settings: Settings | None = None,
    again: bool = False,
    on_done: Callable[[Due], None] = lambda _due: None,
) -> list[Due]:
    """Make every report that is due and not made, and return what became of each.

    A run that failed by its own fault (a failing cell) is not tried again until notebook, data or code change, or
    `again` is set; its failure is returned once more. `on_done` is called with each as it ends. `settings` are those of
    every run; folder, limits and occasion come from the schedule. Raises Interrupted.
    """
    moment = now or datetime.now(UTC)
    base = replace(settings, reports=reports) if settings else Settings(reports)
    code = code_state()
    done: list[Due] = []
    # One day after the other: a report may compare with the one before it.
    undone = sorted(_undone(schedules, reports, moment), key=lambda each: each[1].day)
    with contextlib.nullcontext(starter) if starter or not undone else best_starter() as chosen:
        for _, places in itertools.groupby(undone, key=lambda each: each[1].day):
            planned = [(task, slot, _planned(task, slot, package, code, base, again)) for task, slot in places]
            done += _made(planned, jobs, chosen, on_done)
    return done


def _made(
    planned: Sequence[tuple[Task, Slot, Order | Outcome]],
    jobs: int | None,
    starter: Starter | None,
    on_done: Callable[[Due], None],
) -> list[Due]:
    """Make what is ordered and return what became of each; what has its outcome already comes first."""
    orders: list[Order] = []
    waiting: list[tuple[Task, Slot]] = []
    again_later: list[tuple[Task, Slot, Order]] = []
    asked: set[str] = set()
    finished: list[Due] = []
    for task, slot, outcome in planned:
        if not isinstance(outcome, Order):
            finished.append(Due(task, slot, outcome))
            on_done(finished[-1])
        elif (digest := outcome.plan.identity.sha256) in asked:
            again_later.append((task, slot, outcome))
        else:
            asked.add(digest)
            orders.append(outcome)
            waiting.append((task, slot))
    outcomes = make_all(
        orders, jobs=jobs, starter=starter, on_done=lambda at, outcome: on_done(Due(*waiting[at], outcome))
    )
    finished += [Due(*place, outcome) for place, outcome in zip(waiting, outcomes, strict=True)]
    # Slots that ask for one and the same report: the first had it made, the others find it standing, or not.
    by_identity = {order.plan.identity.sha256: outcome for order, outcome in zip(orders, outcomes, strict=True)}
    for task, slot, order in again_later:
        outcome = by_identity[order.plan.identity.sha256]
        finished.append(Due(task, slot, make_one(order, starter) if outcome.exit_code == 0 else outcome))
        on_done(finished[-1])
    return finished


def status(schedules: Sequence[Schedule], reports: Path, now: datetime | None = None) -> list[TaskStatus]:
    """Return the state of every task of every schedule."""
    moment = now or datetime.now(UTC)
    made = made_slots(reports)
    return [_task_status(task, made.get(task.key, {}), reports, moment) for each in schedules for task in tasks(each)]


def _undone(schedules: Sequence[Schedule], reports: Path, now: datetime) -> list[tuple[Task, Slot]]:
    made = made_slots(reports)
    found = []
    for task in (task for schedule in schedules for task in tasks(schedule)):
        done = made.get(task.key, {})
        since = datetime.fromisoformat(min(done)) if done else None
        found += [(task, slot) for slot in due_slots(task.schedule, now, since) if str(slot) not in done]
    return found


def _planned(
    task: Task, slot: Slot, package: Path, code: Mapping[str, Any], base: Settings, again: bool
) -> Order | Outcome:
    """Return the order for a task at a slot, or its outcome when it cannot or need not be started."""
    try:
        plan = plan_run(
            task.notebook,
            task.parameters,
            package_path=package,
            as_of=slot.day,
            language=task.language,
            code=code,
            reports=base.reports,
        )
    except DayeError as error:
        return Outcome("failed", error.exit_code, None, attempts=0, problems=error.problems)
    failed = None if again else _own_fault(base.reports, plan)
    if failed is not None:
        return failed
    schedule = task.schedule
    limits = RunLimits(schedule.timeout, base.limits.memory_bytes)
    return Order(plan, replace(base, limits=limits, occasion=task.occasion(slot)), schedule.retry)


def _own_fault(reports: Path, plan: Plan) -> Outcome | None:
    """Return the outcome of an earlier failure of exactly this run that would only repeat itself."""
    folder = publish.failed_folder(reports, plan.identity)
    failure = read_failure(folder)
    if failure is None or failure.exit_code in PASSING or failure.exit_code > 128:
        return None
    return Outcome("failed", failure.exit_code, folder, attempts=0, problems=failure.problems)


def _task_status(task: Task, done: Mapping[str, Path], reports: Path, now: datetime) -> TaskStatus:
    coming = next_slot(task.schedule, now)
    last = last_slot(task.schedule, now)
    if last is None:
        return TaskStatus(task, None, None, None, coming)
    if str(last) in done:
        return TaskStatus(task, last, "done", done[str(last)], coming)
    name = f"{last.day.isoformat()}-{task.language}-"
    for folder in sorted((reports / publish.FAILED / notebook_name(task.notebook)).glob(f"{name}*")):
        failure = read_failure(folder)
        if failure is not None and failure.run.get("schedule") == task.schedule.name and failure.run.get("slot") == str(last):
            return TaskStatus(task, last, "failed", folder, coming)
    is_due = last in due_slots(task.schedule, now, None)
    return TaskStatus(task, last, "due" if is_due else "missed", None, coming)
