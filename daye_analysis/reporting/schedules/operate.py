"""One call of a scheduler: generate what is due, keep the reports folder and the site in order, notify operators."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import DayeError, InfrastructureFailed, Problem
from daye_analysis.reporting.execution.execute import Starter
from daye_analysis.reporting.problems import problem_system
from daye_analysis.reporting.publishing.package_state import package_state
from daye_analysis.reporting.publishing.shared_files import shared_files
from daye_analysis.reporting.publishing.tidy import tidy
from daye_analysis.reporting.runs.batch import GRAVEST_FIRST, worst_exit_code
from daye_analysis.reporting.runs.run import Settings
from daye_analysis.reporting.schedules.file import ScheduleFile
from daye_analysis.reporting.schedules.notices import (
    PACKAGE,
    SITE,
    News,
    Notice,
    call_hook,
    log_lines,
    news_of,
    read_notices,
    remember_notices,
)
from daye_analysis.reporting.schedules.run import Due, made_slots, run_due, tasks
from daye_analysis.reporting.schedules.slots import due_slots


@dataclass(frozen=True, slots=True)
class Call:
    """What came of a call: the slots that were due, the news, what else went wrong, and the exit status that says all.

    `unread` says why the package could not be read, where nothing could be made; `site` why the public site could not be renewed.
    """

    due: tuple[Due, ...]
    news: tuple[News, ...]
    problems: tuple[Problem, ...]
    exit_code: int
    unread: tuple[Problem, ...] = ()
    site: tuple[Problem, ...] = ()


def operate(
    file: ScheduleFile,
    *,
    reports: Path,
    package: Path,
    keep: int | None = None,
    again: bool = False,
    jobs: int | None = None,
    language: Language = "en",
    stop: threading.Event | None = None,
    now: datetime | None = None,
    starter: Starter | None = None,
    settings: Settings | None = None,
    renew_site: Callable[[], Path | None] | None = None,
    on_done: Callable[[Due], None] = lambda _due: None,
    print_text: Callable[[Text], None] = lambda _text: None,
) -> Call:
    """Do all that one call of a clock does and return what came of it.

    `language` is that of the notices. `renew_site` brings the public site up to date when the reports are made, and returns the folder
    of the new one, None where nothing had changed; it raises a DayeError where it fails. `on_done` is called with each report as it ends, `print_text` with what else a person should know
    at once, such as a retry that is waited for. Raises Interrupted.
    """
    moment = now or datetime.now(UTC)

    def say(text: Text) -> None:
        print_text(text)
        # No report waits for the log; that it cannot be written is said at the end of the call.
        _log(file, reports, [text.say(language)])

    try:
        data = package_state(package)
    except DayeError as error:
        # Reported once, as a report's failure is. What was reported of runs stays recorded, since nothing is known of them.
        unread = Notice(PACKAGE, "", error.exit_code, None, error.problems)
        known = read_notices(reports)
        heard, failed = _tell(file, reports, [unread], {}, [each.place for each in known], language)
        return Call((), tuple(heard), tuple(failed), error.exit_code, error.problems)
    runs = settings or Settings(reports, stop=stop, print_text=say)
    due = run_due(
        file.schedules,
        reports=reports,
        package=data,
        now=moment,
        jobs=jobs,
        starter=starter,
        settings=runs,
        again=again,
        on_done=on_done,
    )
    news: list[News] = []
    problems: list[Problem] = []
    codes = [worst_exit_code([each.outcome for each in due])]

    def attempt(step: Callable[[], object]) -> None:
        """Take a step; what goes wrong with it does not keep the others from being taken."""
        try:
            step()
        except DayeError as error:
            problems.extend(error.problems)
            codes.append(error.exit_code)
        except OSError as error:
            problems.append(problem_system(error))
            codes.append(InfrastructureFailed.exit_code)

    def tell() -> None:
        told, unheard = _report_operators(file, due, site, reports, data.name, moment, language)
        news.extend(told)
        problems.extend(unheard)
        codes.extend([InfrastructureFailed.exit_code] if unheard else [])

    attempt(lambda: tidy(reports, keep, spared={each.outcome.folder for each in due if each.outcome.folder is not None}))
    site = _renewed(renew_site, stop, say)
    attempt(tell)
    if isinstance(site, Notice):
        codes.append(site.exit_code)
    worst = next((code for code in GRAVEST_FIRST if code in codes), 0)
    failed_site = site.problems if isinstance(site, Notice) else ()
    return Call(tuple(due), tuple(news), tuple(problems), worst, site=failed_site)


# What became of the site where it did not fail: not asked for, up to date now, or left for the next call.
SiteState = Notice | Literal["none", "renewed", "later"]


def _renewed(renew_site: Callable[[], Path | None] | None, stop: threading.Event | None, say: Callable[[Text], None]) -> SiteState:
    """Bring the site up to date and return what became of it."""
    if renew_site is None:
        return "none"
    if stop is not None and stop.is_set():
        return "later"
    try:
        folder = renew_site()
    except DayeError as error:
        return Notice(SITE, "", error.exit_code, None, error.problems)
    except OSError as error:
        return Notice(SITE, "", InfrastructureFailed.exit_code, None, (problem_system(error),))
    if folder is not None:
        say(Text(f"站点已更新：{folder}", f"Site published: {folder}"))
    return "renewed"


def _report_operators(
    file: ScheduleFile, due: list[Due], site: SiteState, reports: Path, package: str, now: datetime, language: Language
) -> tuple[list[News], list[Problem]]:
    """Report what is new and return it, with the problems of reporting it."""
    failing = [
        Notice(each.task.key(package), str(each.slot), each.outcome.exit_code, each.outcome.folder, each.outcome.problems)
        for each in due
        if each.outcome.status == "failed"
    ]
    failing += [site] if isinstance(site, Notice) else []
    news: list[News] = []
    unheard: list[Problem] = []
    if failing or read_notices(reports):
        made = {key: set(slots) for key, slots in made_slots(reports).items()}
        made |= {PACKAGE: {""}} | ({SITE: {""}} if site == "renewed" else {})
        still_due = [*_still_due(file, made, package, now), *([(SITE, "")] if site == "later" else [])]
        news, unheard = _tell(file, reports, failing, made, still_due, language)
    published = [each for each in due if each.outcome.status == "published"]
    unheard += _log(file, reports, [f"{_named(each)}: published {each.outcome.folder}" for each in published])
    return news, unheard


def _tell(
    file: ScheduleFile,
    reports: Path,
    failing: Sequence[Notice],
    made: Mapping[bytes, Iterable[str]],
    due: Sequence[tuple[bytes, str]],
    language: Language,
) -> tuple[list[News], list[Problem]]:
    """Report what is new of the failures, by the command and in the log, and record it.

    It counts as reported once the command has it, whatever becomes of the log; without a command, once the log has it.
    """
    not_reported: list[Problem] = []
    # Several calls at once have the same news: they report it one after the other, so that it is reported once.
    with shared_files(reports, "notices", patience=300.0):
        known = read_notices(reports)
        news = news_of(known, failing, made, due)
        if news and file.notify.command and (problem := call_hook(file.notify.command, news, file.folder, language)):
            not_reported.append(problem)
        unwritten = _log(file, reports, [*(each.say(language) for each in news), *(each.say(language) for each in not_reported)])
        if not not_reported and (file.notify.command or not unwritten):
            with shared_files(reports):
                remember_notices(reports, known, news)
    return news, [*not_reported, *unwritten]


def _log(file: ScheduleFile, reports: Path, lines: Sequence[str]) -> list[Problem]:
    """Append lines to the log, if there is one, and return why they could not be written."""
    try:
        if file.notify.log is not None:
            log_lines(file.notify.log, reports, lines)
    except OSError as error:
        return [problem_system(error)]
    return []


def _still_due(file: ScheduleFile, made: dict[bytes, set[str]], package: str, now: datetime) -> list[tuple[bytes, str]]:
    found = []
    for task in (task for schedule in file.schedules for task in tasks(schedule)):
        key = task.key(package)
        done = made.get(key, set())
        since = datetime.fromisoformat(min(done)) if done else None
        found += [(key, str(slot)) for slot in due_slots(task.schedule, now, since)]
    return found


def _named(due: Due) -> str:
    return f"{due.task.schedule.name} {due.slot} {due.task.notebook.stem} ({due.task.language})"
