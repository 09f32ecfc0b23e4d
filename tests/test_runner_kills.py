"""A kill, or a full disk, at the file operations of publishing, copying, pruning and telling: nothing lost, nothing doubled.

A sample of the operations; with DAYE_EVERY_POINT set, each of them.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import runner_help as help_
from published_help import Writes, assert_in_order, disturbed, in_child

from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.publish import published_folders
from daye_analysis.reporting.runs.plan import Plan
from daye_analysis.reporting.runs.run import make
from daye_analysis.reporting.schedules import run as schedule_run
from daye_analysis.reporting.schedules.file import read_schedule_file
from daye_analysis.reporting.schedules.operate import Call, operate
from daye_analysis.reporting.schedules.run import made_slots

SCHEDULE = """\
[[schedule]]
name = "daily"
cron = "0 7 * * *"
time_zone = "Asia/Shanghai"
notebooks = ["good", "bad"]

[notify]
command = ["sh", "-c", "cat >> heard; echo >> heard"]
log = "log/reports.log"
"""
DAYS = [datetime(2026, 6, day, 12, tzinfo=UTC) for day in (9, 10)]
SAMPLE = 12


def kill() -> None:
    """End this process as a kill or a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def fill() -> None:
    """Have the operation fail as on a full disk."""
    raise OSError(28, os.strerror(28))


def place(folder: Path) -> Path:
    """Write a schedule of a notebook that is made and one that fails."""
    (folder / "notebooks").mkdir(parents=True)
    help_.write_notebook(folder / "notebooks", help_.notebook("1"), "good")
    help_.write_notebook(folder / "notebooks", help_.notebook("1 / 0"), "bad")
    help_.write_package(folder)
    (folder / "schedule.toml").write_text(SCHEDULE, encoding="utf-8")
    return folder


def call(folder: Path, now: datetime) -> Call:
    """Call as a clock does, with one report kept."""
    return operate(
        read_schedule_file(folder / "schedule.toml", folder / "notebooks"), reports=folder / "reports", package=folder / "example",
        keep=1, jobs=1, now=now, settings=help_.settings(folder),
        starter=Writes(lambda job: int(job.identity["notebook"] == "bad")),
    )  # fmt: skip


def points(folder: Path, work: Callable[[], object]) -> list[int]:
    """Return the numbers of the operations to disturb: those of the work undisturbed, counted in a child."""

    def count() -> None:
        with disturbed(folder, -1, kill) as seen:
            work()
        (folder.parent / "count").write_text(str(len(seen)))

    assert in_child(count) == 0
    number = int((folder.parent / "count").read_text())
    step = 1 if os.environ.get("DAYE_EVERY_POINT") else max(1, number // SAMPLE)
    return list(range(1, number + 1, step))


def restore(folder: Path) -> None:
    """Put the folder back to where the first day was made; its path stays, which names the series of its notebooks."""
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("kept"), folder)


def disturb(folder: Path, at: int, act: Callable[[], None], work: Callable[[], object]) -> int:
    """Do the work in a child, disturbed at one operation, and return how the child ended."""

    def disturbed_work() -> None:
        with disturbed(folder, at, act):
            work()

    return in_child(disturbed_work)


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the first day was made in order."""
    monkeypatch.setattr(schedule_run, "code_state", lambda: help_.CODE)
    folder = place(tmp_path / "first")
    call(folder, DAYS[0])
    shutil.copytree(folder, folder.with_name("kept"))
    return folder


@pytest.mark.parametrize("act", [kill, fill], ids=["killed", "disk full"])
def test_a_call_of_the_clock_that_is_disturbed_anywhere_is_made_good_by_the_next(
    act: Callable[[], None], started: Path
) -> None:
    """Each slot's report once, the older one pruned and its slot remembered, the copy and the index right, each failure told."""
    folder = started
    for at in points(folder, lambda: call(folder, DAYS[1])):
        restore(folder)
        ended = disturb(folder, at, act, lambda: call(folder, DAYS[1]))
        assert ended in ((-signal.SIGKILL,) if act is kill else (0,)), at
        call(folder, DAYS[1])
        assert_in_order(folder / "reports")
        assert [path.name[:10] for path in published_folders(folder / "reports")] == ["2026-06-10"], at
        made = made_slots(folder / "reports")
        assert sorted(slot for slots in made.values() for slot in slots) == ["2026-06-08T23:00:00Z", "2026-06-09T23:00:00Z"]
        assert [due.outcome.status for due in call(folder, DAYS[1]).due] == ["failed"], at
        heard = (folder / "heard").read_text(encoding="utf-8")
        # At least once; once more only where the call died between telling and writing down that it told.
        assert 1 <= heard.count("daily 2026-06-09T23:00:00Z bad (zh): failed") <= 2, at


def first_day(folder: Path) -> Plan:
    """Return the plan of the report that was made in order."""
    return schedule_run.plan_for(
        folder / "notebooks" / "good.ipynb", {}, package=schedule_run.package_state(folder / "example"), day=DAYS[0].date(),
        language="zh", code=help_.CODE, reports=folder / "reports",
    )  # fmt: skip


def test_a_report_whose_replacement_was_killed_between_two_renames_is_put_back_and_not_made_again(started: Path) -> None:
    plan, starter = first_day(started), Writes()
    place = publish.destination(started / "reports", plan.identity)
    staging = publish.new_staging(started / "reports", plan.identity)
    place.rename(staging / publish.REPLACED)
    assert make(plan, help_.settings(started), starter).status == "skipped"
    assert starter.ran == [] and place.exists() and not staging.exists()


@pytest.mark.parametrize("act", [kill, fill], ids=["killed", "disk full"])
def test_a_report_that_is_made_anew_is_there_whatever_happens(act: Callable[[], None], started: Path) -> None:
    """`--again`: the old one stays or the new one is there, with the slot that it served, after the next call at the latest."""

    folder = started

    def again() -> None:
        make(first_day(folder), replace(help_.settings(folder), again=True), Writes())

    for at in points(folder, again):
        restore(folder)
        disturb(folder, at, act, again)
        # Killed between the two renames the report is put back in its place, and its slot finds it there.
        assert {due.outcome.status for due in call(folder, DAYS[0]).due} <= {"failed", "skipped"}, at
        assert_in_order(folder / "reports")
        (run,) = published_folders(folder / "reports")
        assert json.loads((run / "manifest.json").read_bytes())["identity"]["notebook"] == "good"
