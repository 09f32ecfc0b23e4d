"""Runs without a kernel, for tests of what is around them: planning, publishing, pruning, the clock."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from daye_analysis.reporting.execution.job import RESULT, Job
from daye_analysis.reporting.publishing.manifest import check_files, read_manifest
from daye_analysis.reporting.publishing.publish import LATEST, published_folders
from daye_analysis.reporting.publishing.published_runs import by_series, published_runs


class Ended:
    """A process that has ended already."""

    pid = 0

    def wait(self, seconds: float) -> bool:
        """It has."""
        return seconds >= 0


class Writes:
    """Starts nothing: leaves what a run of the notebook would leave, or the failure that `fails` asks for."""

    def __init__(self, fails: Callable[[Job], int] = lambda _job: 0) -> None:
        self.fails = fails
        self.ran: list[dict[str, Any]] = []

    def start(self, job: Job) -> Ended:
        """Write the files of a report and its result."""
        identity = dict(job.identity)
        self.ran.append(identity)
        text = json.dumps(identity, sort_keys=True).encode()
        for name in ("report.pdf", "report.html", "report.ipynb", "assessments.csv", "accountability.csv"):
            (job.run_folder / name).write_bytes(name.encode() + text)
        for name in outputs_of(job):
            (job.run_folder / name).write_bytes(b"a,b\n1,2\n")
        exit_code = self.fails(job)
        problem = {"code": "run.cell-failed", "what": ["失败", "failed"], "where": "", "remedy": ["", ""]}
        result: dict[str, Any] = {"done": True, "seconds": {}, "engine": "none", "total_seconds": 0.0}
        if exit_code:
            result = {"done": False, "exit_code": exit_code, "problems": [problem], "total_seconds": 0.0}
        (job.private / RESULT).write_text(json.dumps(result), encoding="utf-8")
        return Ended()


def outputs_of(job: Job) -> list[str]:
    """Return what the job's notebook declares that it writes."""
    notebook = json.loads((job.private / "prepared.ipynb").read_text(encoding="utf-8"))
    return list(notebook["metadata"].get("daye", {}).get("outputs", ()))


@contextmanager
def disturbed(folder: Path, at: int, act: Callable[[], None]) -> Iterator[list[str]]:
    """Within, call `act` before the file operation number `at` below `folder`; yields the operations, as they come.

    Operations are those that change something: files opened for writing, names made, moved or removed. An audit hook cannot
    be taken away, so that this is for a process of its own.
    """
    seen: list[str] = []
    active = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if not active or event not in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"):
            return
        if event == "open" and not _writes(arguments):
            return
        name = arguments[0]
        if not isinstance(name, str | bytes | os.PathLike) or not os.fsdecode(name).startswith(str(folder)):
            return
        seen.append(f"{event} {os.fsdecode(name)}")
        if len(seen) == at:
            act()

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        active = False


def _writes(arguments: tuple[Any, ...]) -> bool:
    _, mode, flags = arguments
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def in_child(work: Callable[[], None]) -> int:
    """Do some work in a forked child and return how it ended: its exit status, or minus the number of its signal."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  (a child of a test must never go on as the test)
            import traceback

            traceback.print_exc()
            os._exit(99)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def assert_in_order(reports: Path) -> None:
    """Every published run is whole, every copy is the newest report of its series, both pages list all, nothing is left over."""
    for folder in published_folders(reports):
        check_files(folder, read_manifest(folder))
    groups = by_series(published_runs(reports))
    copies = {path.name: path.read_bytes() for path in (reports / LATEST).glob("*")}
    assert copies == {
        f"{series}.{language}.pdf": (group[-1].folder / "report.pdf").read_bytes() for (series, language), group in groups.items()
    }
    for page in ("index.html", "index.en.html"):
        text = (reports / page).read_text(encoding="utf-8")
        assert all(f"{run.folder.name}/report.pdf" in text for group in groups.values() for run in group)
    left = [path for path in reports.rglob(".*") if path.name != ".locks"]
    assert left == []
