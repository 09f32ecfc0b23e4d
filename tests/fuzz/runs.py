"""Commands that make reports, struck at each file operation: each report once and whole, before the next call and after it.

The notebooks are not run: a starter writes in this process what a run would have left, so that its writes are struck too.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import runner_help
from package_factory import write_package
from published_help import Ended as Over
from published_help import Writes, assert_in_order

from daye_analysis.cli import run as daye
from daye_analysis.errors import InfrastructureFailed
from daye_analysis.reporting.execution import execute
from daye_analysis.reporting.execution.job import RESULT, Job
from daye_analysis.reporting.execution.worker import failure_as_json
from daye_analysis.reporting.problems import problem_system
from daye_analysis.reporting.publishing.manifest import Damaged, check_files, read_manifest
from daye_analysis.reporting.publishing.publish import LATEST, published_folders
from fuzz.faults import Ended, Fault, files_below, run

_SCHEDULE = """\
[[schedule]]
name = "yearly"
cron = "0 7 1 1 *"
time_zone = "Asia/Shanghai"
notebooks = ["good", "bad"]

[notify]
command = ["sh", "-c", "cat >> heard; echo >> heard"]
log = "log/reports.log"
"""
_SITE = '[site]\ndirectory = "public"\n'
_GRID = "notebooks: [good, bad]\nas_of: [2025-06-30]\nparameters:\n  top: [1, 2]\nretries: 0\n"
_TOLD = "yearly 2025-12-31T23:00:00Z bad (zh): failed"


class Runner(NamedTuple):
    """A command that makes reports: its words, given the folder."""

    name: str
    arguments: Callable[[Path], list[str]]


def _places(folder: Path) -> list[str]:
    return ["--reports", f"{folder}/reports", "--package", f"{folder}/example"]


def _report(day: str, *more: str) -> Callable[[Path], list[str]]:
    return lambda f: ["report", f"{f}/notebooks/good.ipynb", f"{f}/notebooks/bad.ipynb", "--as-of", day, "--language", "zh", *_places(f), *more]


RUNNERS = (
    Runner("report", _report("2025-07-31", "--keep", "1")),
    Runner("report --again", _report("2025-06-30", "--again")),
    Runner("run-due", lambda f: ["schedule", "run-due", "--file", f"{f}/schedule.toml", "--keep", "1", *_places(f)]),
    Runner("run-due with a site", lambda f: ["schedule", "run-due", "--file", f"{f}/site.toml", *_places(f)]),
    Runner("sweep", lambda f: ["sweep", f"{f}/grid.yaml", *_places(f)]),
)


class _Starter(Writes):
    """Writes what a run would leave, and what a run would say of a disk that refuses it."""

    def start(self, job: Job) -> Over:
        try:
            return super().start(job)
        except OSError as error:
            with contextlib.suppress(OSError):  # no result: the run died
                (job.private / RESULT).write_text(json.dumps(failure_as_json(InfrastructureFailed(problem_system(error)))))
            return Over()


@contextlib.contextmanager
def _starter() -> Iterator[_Starter]:
    yield _Starter(lambda job: int(job.identity["notebook"] == "bad"))


def call(runner: Runner, folder: Path) -> Callable[[], int]:
    """Return the command on `folder`, for a child process: one run after the other, temporary files below the folder."""

    def in_child() -> int:
        import tempfile

        from daye_analysis.package import places
        from daye_analysis.reporting import command
        from daye_analysis.reporting.runs import batch
        from daye_analysis.reporting.runs import run as runs
        from daye_analysis.reporting.schedules import run as due
        from daye_analysis.reporting.sweeps import run as sweeps
        from daye_analysis.site import renewal

        for module in (execute, command, batch, runs, due, sweeps, renewal):
            module.best_starter = _starter
            module.code_state = lambda: runner_help.CODE  # the library may be edited while this runs
        places.project_root = lambda: folder
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        tempfile.tempdir = str(folder / "tmp")
        return daye(runner.arguments(folder))

    return in_child


def write_inputs(folder: Path) -> None:
    """Write two notebooks, of which one fails, and the package that they are given."""
    (folder / "notebooks").mkdir(parents=True)
    for name in ("good", "bad"):
        content = runner_help.notebook("1", parameters=f"{runner_help.PARAMETERS}\ntop: int = 1", outputs=["assessments.csv"])
        runner_help.write_notebook(folder / "notebooks", content, name)
    write_package(folder / "example")


def _prepare(folder: Path) -> None:
    """Write notebooks, package, schedule and grid, and make a report of an earlier day."""
    write_inputs(folder)
    (folder / "schedule.toml").write_text(_SCHEDULE, encoding="utf-8")
    (folder / "site.toml").write_text(f"{_SCHEDULE}\n{_SITE}", encoding="utf-8")
    (folder / "grid.yaml").write_text(_GRID, encoding="utf-8")
    (folder / "tmp").mkdir()
    made = run(call(Runner("first", _report("2025-06-30")), folder))
    assert made.code == 1, made.said


@dataclass(frozen=True)
class _Undisturbed:
    """What a command does when nothing strikes: names of files in the end, stable contents, operations, exit codes."""

    names: frozenset[str]
    stable: dict[str, bytes]
    operations: int
    codes: tuple[int | None, int | None]


class Clockwork:
    """The prepared folder, and what each command does in it undisturbed. Its path stays: it names the notebooks' series."""

    def __init__(self, folder: Path) -> None:
        self._kept, self._work = folder / "prepared", folder / "work"
        self._known: dict[str, _Undisturbed] = {}

    def _fresh(self) -> Path:
        shutil.rmtree(self._work, ignore_errors=True)
        if self._kept.exists():
            shutil.copytree(self._kept, self._work)
        else:
            _prepare(self._work)
            shutil.copytree(self._work, self._kept)
        return self._work

    def undisturbed(self, runner: Runner) -> _Undisturbed:
        """Return what the command does when nothing strikes."""
        if runner.name not in self._known:
            work = self._fresh()
            first, names = run(call(runner, work)), _names(work)
            second = run(call(runner, work))
            assert not first.is_bug and not second.is_bug, first.said + second.said
            assert _names(work) == names, f"{runner.name}: a second call changes what the first made"
            self._known[runner.name] = _Undisturbed(names, _stable(work), first.operations, (first.code, second.code))
        return self._known[runner.name]

    def strike(self, runner: Runner, fault: Fault) -> list[str]:
        """Return what goes wrong when the command is struck so: nothing, where all is well."""
        plain, work = self.undisturbed(runner), self._fresh()
        before = _copies(work)
        struck = run(call(runner, work), fault)
        wrong = [*_bad_end("the struck call", struck), *_half_made(work, before)]
        again = run(call(runner, work))
        wrong += _bad_end("the next call", again)
        if again.code not in plain.codes:
            wrong.append(f"the next call ends with {again.code}: {again.said[-500:]}")
        # What the operators' command has heard is not written once more to a log that could not be written, as the call said.
        excused = {"log/reports.log"} if struck.code and "run.system" in struck.said else set()
        wrong += _unlike(_names(work) | excused & plain.names, plain.names)
        wrong += [f"{name} differs" for name, content in _stable(work).items() if plain.stable.get(name) != content]
        wrong += _half_made(work, before)
        if runner.name != "sweep":  # of which no copies are made
            try:
                assert_in_order(work / "reports")
            except AssertionError:
                wrong.append(f"not in order: {traceback.format_exc()[-1500:]}")
        if runner.name.startswith("run-due"):
            heard = (work / "heard").read_text(encoding="utf-8") if (work / "heard").exists() else ""
            # Once more only where the call died between telling and writing down that it told.
            if not 1 <= heard.count(_TOLD) <= 2:
                wrong.append(f"a failure is told {heard.count(_TOLD)} times")
        return wrong


def _bad_end(what: str, ended: Ended) -> list[str]:
    if ended.code is None:
        return [f"{what} hangs"]
    return [f"{what}, traceback: {ended.said[-2000:]}"] if ended.is_bug else []


def _half_made(work: Path, before: dict[str, bytes]) -> list[str]:
    """Return what a reader may meet right after the strike that is neither the old report nor the new one."""
    wrong, printed = [], set()
    for folder in published_folders(work / "reports"):
        try:
            check_files(folder, read_manifest(folder))
        except Damaged as error:
            wrong.append(f"half a report is published: {error}")
        printed.add((folder / "report.pdf").read_bytes())
    copies = _copies(work)
    wrong += [f"the copy {name} is gone" for name in before.keys() - copies.keys()]
    wrong += [f"the copy {name} is no report" for name, content in copies.items() if content not in printed | {before.get(name)}]
    return wrong


def _copies(work: Path) -> dict[str, bytes]:
    found = (work / "reports" / LATEST).glob("[!.]*")
    return {path.name: path.read_bytes() for path in found}


def _names(work: Path) -> frozenset[str]:
    """Return every file and folder but for locks, which mean nothing when no one holds them."""
    found = {path.relative_to(work).as_posix() for path in work.rglob("*")}
    return frozenset(name for name in found if ".locks" not in name.split("/"))


def _stable(work: Path) -> dict[str, bytes]:
    """Return the content of the files that say no time: inputs, and the pages of sweeps."""
    files = files_below(work)
    return {name: content for name, content in files.items() if not name.startswith("reports/") or name.startswith("reports/sweeps/")
            if name not in ("heard", "log/reports.log")}  # fmt: skip


def _unlike(names: frozenset[str], wanted: frozenset[str]) -> list[str]:
    more, fewer = sorted(names - wanted), sorted(wanted - names)
    return ([f"left over or doubled: {more[:8]}"] if more else []) + ([f"lost: {fewer[:8]}"] if fewer else [])


