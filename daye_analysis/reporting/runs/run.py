"""One report: checked before anything starts, skipped if up to date, staged, published in one rename.

What may go wrong leaves the previous report as it was; `publish` says where everything lies.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import BY_EXIT_CODE, Busy, CheckFailed, DayeError, InfrastructureFailed, Problem
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.environment import KERNELS, base_environment, notebook_environment
from daye_analysis.reporting.execution.execute import RunLimits, Starter, best_starter, interruption, perform
from daye_analysis.reporting.execution.job import JOURNAL, PREPARED, Job
from daye_analysis.reporting.execution.journal import read_journal
from daye_analysis.reporting.execution.worker import machine_paths
from daye_analysis.reporting.notebooks.languages import own_kernel
from daye_analysis.reporting.notebooks.notebook import (
    Notebook,
    cleaned,
    declared_outputs,
    failing,
    prepare,
    titles,
    to_bytes,
)
from daye_analysis.reporting.problems import RUN_PROBLEMS, problem_system, problem_unforeseen
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.failure import problems_as_json, problems_from_json, read_warnings
from daye_analysis.reporting.publishing.identity import Identity, code_state
from daye_analysis.reporting.publishing.imprint import imprint
from daye_analysis.reporting.publishing.latest import update_latest
from daye_analysis.reporting.publishing.manifest import (
    ALSO_FOR,
    MANIFEST,
    OCCASION,
    Damaged,
    file_outputs,
    manifest_bytes,
    read_manifest,
)
from daye_analysis.reporting.publishing.own_files import copy_files
from daye_analysis.reporting.publishing.package_state import copy_package
from daye_analysis.reporting.runs.plan import Plan, plan_run

REPORT_FILES = ("report.pdf", "report.html", "report.ipynb")
RENDERER = "daye_analysis.reporting.execution.render:render_report"

Stage = Literal["lock-taken", "staged", "before-rename", "after-rename", "published", "skipped"]


@dataclass(frozen=True, slots=True)
class RunResult:
    """A published run; `status` is `skipped` if it existed already. `notes` list what was repaired on the way.

    `warnings` say what the report could not print.
    """

    identity: Identity
    folder: Path
    status: Literal["published", "skipped"]
    files: tuple[Path, ...]
    seconds: float
    notes: tuple[Text, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How runs are made; nothing here changes what they say.

    `wait_seconds`: how long to wait for another process that makes the same report. `stop`: set it to end all runs.
    `on_stage` is called with how far a run is, `print_text` with what a person who waits should know. `occasion` goes into the manifest's `run` part, such as the schedule and
    the slot that asked for the run. `again`: generate the report even if it is up to date.
    """

    reports: Path
    limits: RunLimits = field(default_factory=RunLimits)
    renderer: str = RENDERER
    update_latest: bool = True
    wait_seconds: float = 0.0
    stop: threading.Event | None = None
    on_stage: Callable[[Stage], None] = lambda _stage: None
    print_text: Callable[[Text], None] = lambda _text: None
    occasion: Mapping[str, Any] = field(default_factory=dict)
    again: bool = False

    def __post_init__(self) -> None:
        """Take the folder from where the caller is: a run's own processes are elsewhere."""
        object.__setattr__(self, "reports", self.reports.absolute())


def run_report(
    notebook_path: Path,
    parameters: Mapping[str, object],
    *,
    package_path: Path,
    as_of: str | date = "",
    language: Language = "zh",
    show_code: bool = False,
    strict: bool = False,
    settings: Settings,
    starter: Starter | None = None,
) -> RunResult:
    """Make one report and return where it is, or find that it is there already.

    `parameters` are the notebook's own, without those in `RESERVED`; `as_of` is a day (ISO 8601), empty for today.
    `show_code` prints the code cells too; `strict` fails where anything could not be printed, as the notebook's
    metadata `daye.strict` does. `starter` starts the run's process; None takes the best way for one run.

    Raises WrongUsage (parameters, `as_of`), NotReadable (notebook, package, reports folder), Refused (package),
    CheckFailed (a cell failed, an output is missing), InfrastructureFailed (kernel, memory, disk), TimedOut, Busy,
    Interrupted. After a failed run the problem's `where` is the folder that keeps its notebook.
    """
    plan = plan_run(
        notebook_path,
        parameters,
        package_path=package_path,
        as_of=as_of,
        language=language,
        show_code=show_code,
        strict=strict,
        code=code_state(),
        reports=settings.reports,
    )
    return make(plan, settings, starter)


def make(plan: Plan, settings: Settings, starter: Starter | None = None) -> RunResult:
    """Make the planned report, or find that it exists already; raises as `run_report` does."""
    with _system_errors_reported():
        return _made_or_found(plan, settings, starter)


def _made_or_found(plan: Plan, settings: Settings, starter: Starter | None) -> RunResult:
    began = time.monotonic()
    notes: list[Text] = []
    if not settings.again and not _is_damaged(plan, settings, notes) and publish.published(settings.reports, plan.identity):
        return _skipped(plan, settings, began, notes)
    if settings.stop is not None and settings.stop.is_set():
        raise interruption(KeyboardInterrupt())
    publish.require_writable(settings.reports)
    with publish.run_lock(settings.reports, plan.identity, settings.wait_seconds):
        settings.on_stage("lock-taken")
        # Another process may have published it between the first look and the lock, or died while it replaced it.
        publish.remove_staging(settings.reports, plan.identity)
        if _is_damaged(plan, settings, []):
            aside = publish.set_aside(publish.destination(settings.reports, plan.identity), settings.reports)
            notes.append(Text(f"已将损坏的文件夹移至 {aside}。", f"The damaged folder was moved to {aside}."))
        if settings.again or not publish.published(settings.reports, plan.identity):
            return _made(plan, settings, starter, began, notes)
    # Without the lock, which what follows takes for itself.
    return _skipped(plan, settings, began, notes)


def _made(plan: Plan, settings: Settings, starter: Starter | None, began: float, notes: list[Text]) -> RunResult:
    started = datetime.now(UTC)
    staging = publish.new_staging(settings.reports, plan.identity)
    try:
        job, prepared = _staged_job(plan, settings, staging)
        try:
            copy_package(plan.package, job.work)
            copy_files(plan.files, job.work)
            with _chosen(starter) as chosen:
                result = perform(job, chosen, settings.limits, settings.stop)
            if not result["done"]:
                raise _failure(result)
            outputs = _checked_outputs(plan, job)
        except KeyboardInterrupt as error:
            raise _keep(plan, settings, job, prepared, interruption(error), started) from None
        except DayeError as error:
            raise _keep(plan, settings, job, prepared, error, started) from None
        except OSError:
            raise
        except Exception as error:
            raise _keep(
                plan, settings, job, prepared, CheckFailed(problem_unforeseen(error)), started
            ) from error
        place = publish.destination(settings.reports, plan.identity)
        run = (
            _run_part(settings, started)
            | {"seconds": result["seconds"], "engine": result["engine"]}
            | _served_already(place)
        )
        warnings = problems_as_json(read_warnings(job.run_folder))
        (job.run_folder / MANIFEST).write_bytes(
            manifest_bytes(plan.identity, outputs, run, warnings, titles(plan.notebook))
        )
        settings.on_stage("staged")
        settings.on_stage("before-rename")
        publish.publish(job.run_folder, place, staging / publish.REPLACED)
        settings.on_stage("after-rename")
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    publish.forget_failed(settings.reports, plan.identity)
    return _finished(plan, settings, "published", began, notes)


def _served_already(place: Path) -> dict[str, Any]:
    """Return the slots that the run which is generated again has served, for the manifest of the new one."""
    with contextlib.suppress(Damaged):
        slots = [dict(occasion) for occasion in read_manifest(place).occasions() if "slot" in occasion]
        return (
            {ALSO_FOR: [{name: slot[name] for name in OCCASION if name in slot} for slot in slots]}
            if slots
            else {}
        )
    return {}


def _skipped(plan: Plan, settings: Settings, began: float, notes: list[Text]) -> RunResult:
    # A slot that finds its report standing is done with it: another schedule's, or one made by hand.
    is_slot = "slot" in settings.occasion
    if is_slot or publish.has_staging(settings.reports, plan.identity):
        with contextlib.suppress(Busy, Damaged), publish.run_lock(settings.reports, plan.identity, 0.0):
            publish.remove_staging(settings.reports, plan.identity)
            if is_slot:
                publish.note_occasion(settings.reports, plan.identity, settings.occasion)
    return _finished(plan, settings, "skipped", began, notes)


def _finished(
    plan: Plan, settings: Settings, status: Literal["published", "skipped"], began: float, notes: list[Text]
) -> RunResult:
    if settings.update_latest:
        update_latest(settings.reports, plan.identity)
    settings.on_stage(status)
    folder = publish.destination(settings.reports, plan.identity)
    files = tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
    seconds = time.monotonic() - began
    return RunResult(plan.identity, folder, status, files, seconds, tuple(notes), read_warnings(folder))


def _is_damaged(plan: Plan, settings: Settings, notes: list[Text]) -> bool:
    try:
        publish.published(settings.reports, plan.identity)
    except Damaged as damage:
        folder = publish.destination(settings.reports, plan.identity)
        notes.append(Text(f"{folder} 已损坏（{damage}），重新生成。", f"{folder} is damaged ({damage}); generating it again."))
        return True
    return False


def _staged_job(plan: Plan, settings: Settings, staging: Path) -> tuple[Job, Notebook]:
    run_folder, work, private = staging / "run", staging / "work", staging / "private"
    for folder in (run_folder, work, private, private / "tmp"):
        folder.mkdir()
    prepared = prepare(plan.notebook, plan.values, plan.identity.language)
    (private / PREPARED).write_text(json.dumps(prepared), encoding="utf-8")
    kernel = own_kernel(plan.notebook, plan.identity.notebook)
    job = Job(
        run_folder=run_folder,
        work=work,
        private=private,
        environment=base_environment()
        | notebook_environment(run_folder, private, plan.identity.as_of, settings.limits.printed_characters)
        | ({} if kernel is None else {KERNELS: str(kernel.data_folder)}),
        renderer=settings.renderer,
        identity=plan.identity.as_json() | {"imprint": imprint(plan.package, plan.identity)},
        memory_bytes=settings.limits.memory_bytes,
        file_bytes=settings.limits.file_bytes,
        kernel="" if kernel is None else kernel.name,
    )
    return job, prepared


@contextlib.contextmanager
def _chosen(starter: Starter | None) -> Iterator[Starter]:
    """Yield the starter given, or the best for a single run."""
    if starter is not None:
        yield starter
    else:
        with best_starter() as chosen:
            yield chosen


@contextlib.contextmanager
def _system_errors_reported() -> Iterator[None]:
    """Turn what the operating system refuses to this process (disk full, no permission) into a reported failure."""
    try:
        yield
    except OSError as error:
        raise InfrastructureFailed(problem_system(error)) from error


def _checked_outputs(plan: Plan, job: Job) -> dict[str, dict[str, Any]]:
    outputs = file_outputs(job.run_folder)
    missing = [name for name in (*REPORT_FILES, *declared_outputs(plan.notebook)) if name not in outputs]
    empty = [name for name in REPORT_FILES if name in outputs and not outputs[name]["bytes"]]
    if missing or empty:
        raise CheckFailed([_problem_output(name) for name in [*missing, *empty]])
    return outputs


def _failure(result: Mapping[str, Any]) -> DayeError:
    """Return the error that the worker wrote into its result."""
    return BY_EXIT_CODE[result["exit_code"]](problems_from_json(result["problems"]))


def _keep(
    plan: Plan, settings: Settings, job: Job, prepared: Notebook, error: DayeError, started: datetime
) -> DayeError:
    """Keep the failed run's notebook and return the error with the place where it is kept."""
    progress = read_journal(job.private / JOURNAL)
    notebook = failing(prepared, progress.done, progress.running, error.problems[0].what, plan.identity.language)
    run = _run_part(settings, started)
    content: bytes | None = None
    with contextlib.suppress(ValueError, TypeError, KeyError):  # what went wrong matters more than a notebook that shows it
        content = to_bytes(cleaned(notebook, machine_paths(job)))
    try:
        folder = publish.keep_failed(settings.reports, plan.identity, content, error, run)
    except OSError:
        return error  # the disk is full: what went wrong matters more than the notebook that shows it
    return type(error)(dict.fromkeys(replace(problem, where=str(folder)) for problem in error.problems))


def _run_part(settings: Settings, started: datetime) -> dict[str, Any]:
    ended = datetime.now(UTC)
    return {
        "started": started.isoformat(timespec="milliseconds"),
        "ended": ended.isoformat(timespec="milliseconds"),
        **settings.occasion,
    }


def _problem_output(name: str) -> Problem:
    return worded(RUN_PROBLEMS, "run.output-missing", name, name=name)
