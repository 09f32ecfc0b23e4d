"""`daye schedule` as a person, or a clock, calls it: what it says, in whose time, and how it exits."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_help import daye
from test_cli import daye as daye_in_a_process

EARLY = """\
[[schedule]]
name = "early"
cron = "30 6 1 1 *"
time_zone = "Asia/Shanghai"
notebooks = ["brief"]
languages = ["en"]
[schedule.grid]
previous = [""]
"""
LATE = """\
[[schedule]]
name = "late"
cron = "0 7 1 1 *"
time_zone = "Asia/Shanghai"
notebooks = ["brief"]
languages = ["en"]
lateness = "400d"
"""
SCHEDULE = f"{EARLY}\n{LATE}"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a schedule."""
    (tmp_path / "mine.toml").write_text(SCHEDULE, encoding="utf-8")
    return tmp_path


def test_a_schedule_is_listed_told_made_and_found_made(place: Path) -> None:
    """Times are those of the schedule's own zone, with its name; the manifest keeps the instant in UTC."""
    where = ("--file", "mine.toml", "--reports", "reports")
    assert daye("schedule", "list", *where[:2], cwd=place).stdout.splitlines()[0].split("\t") == [
        "early", "30 6 1 1 *", "Asia/Shanghai", "brief", "en",
    ]  # fmt: skip
    local = r"\d{4}-\d\d-\d\d \d\d:(?:00|30)\+08:00 Asia/Shanghai"
    coming = daye("schedule", "next", *where[:2], cwd=place).stdout.splitlines()
    assert re.fullmatch(rf"early\t{local}", coming[0])
    made = daye("schedule", "run-due", *where, cwd=place)
    assert made.returncode == 0, made.stderr
    assert made.stderr.splitlines()[0].startswith(("early 20", "late 20"))
    assert "brief (en): generated in" in made.stderr
    (folder,) = (place / "reports").glob("brief-*/2*")  # compared with none, as that schedule asks: a series of its own
    (official,) = (place / "reports" / "brief").iterdir()
    assert set(made.stdout.split()) == {str(folder), str(official)}
    run = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["run"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:(?:00|30):00Z", run["slot"])
    assert run["time_zone"] == "Asia/Shanghai"
    shown = daye("schedule", "status", *where, "--last", "1", cwd=place)
    assert shown.returncode == 0
    head, first, coming_next, *_ = shown.stdout.splitlines()
    assert head.split("\t") == ["schedule", "notebook", "language", "parameters", "slot", "state", "folder"]
    assert re.fullmatch(rf"early\tbrief\ten\tprevious=\t{local}\tdone\t{re.escape(str(folder))}", first)
    assert re.fullmatch(rf"early\tbrief\ten\tprevious=\t{local}\tnext\t-", coming_next)
    assert shown.stderr == "All 2 tasks are in order.\n"


def test_a_monitor_reads_the_exit_status_and_the_json(place: Path) -> None:
    """1 while the last slot of a report was not made or failed, with the reason; 0 when it was."""
    where = ("--file", "mine.toml", "--reports", "reports")
    overdue = daye("schedule", "status", *where, "--json", cwd=place)
    assert overdue.returncode == 1
    (place / "mine.toml").write_text(SCHEDULE.replace('previous = [""]', 'plan = ["no plan"]'), encoding="utf-8")
    daye("schedule", "run-due", *where, cwd=place)
    failed = daye("schedule", "status", *where, "--json", cwd=place)
    assert failed.returncode == 1
    told = json.loads(failed.stdout)
    assert (told["schema_version"], told["well"]) == (1, False)
    early, late = (task["slots"][0] for task in told["tasks"])
    assert (early["state"], [each["code"] for each in early["problems"]], late["state"]) == ("failed", ["run.cell-failed"], "done")
    assert Path(early["folder"], "failure.json").is_file()
    line = daye("schedule", "status", *where, cwd=place).stdout.splitlines()[1]
    assert "failed" in line.split("\t")
    assert early["folder"] in line


def test_a_clock_that_mails_what_it_hears_hears_only_of_failures(place: Path) -> None:
    """`--quiet` says nothing when nothing is due and when all went well; what fails is said once, with schedule and folder, and its end."""
    where = ("--quiet", "--file", "mine.toml", "--reports", "reports")
    (place / "mine.toml").write_text(LATE, encoding="utf-8")
    for called in (daye_in_a_process, daye):
        made = called("schedule", "run-due", *where, cwd=place)
        assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    (place / "mine.toml").write_text(SCHEDULE.replace('previous = [""]', 'plan = ["no plan"]'), encoding="utf-8")
    failed = daye("schedule", "run-due", *where, cwd=place)
    assert failed.returncode == 1
    assert failed.stderr.startswith("early ")
    assert "run.cell-failed" in failed.stderr
    (kept,) = (place / "reports" / "failed").glob("*/*")
    assert str(kept) in failed.stderr
    again = daye("schedule", "run-due", *where, cwd=place)
    assert (again.returncode, again.stderr) == (1, "")
    (place / "mine.toml").write_text(LATE, encoding="utf-8")
    ended = daye("schedule", "run-due", *where, cwd=place)
    assert ended.returncode == 0
    assert "lapsed" in ended.stderr


def test_what_is_wrong_is_told_before_anything_is_made(place: Path) -> None:
    """Exit 2 with every problem and its line, or 3 without a file."""
    (place / "mine.toml").write_text(SCHEDULE.replace("Asia/", "Mars/").replace("cron", "corn"), encoding="utf-8")
    result = daye("schedule", "run-due", "--file", "mine.toml", "--reports", "reports", cwd=place)
    assert result.returncode == 2
    lines = [line.partition("]")[0] for line in result.stderr.splitlines()]
    assert sorted(lines) == sorted(
        f"schedule.{code}: [mine.toml:{line}"
        for code, line in [("bad-zone", 4), ("unknown-key", 3), ("missing-key", 1), ("bad-zone", 13), ("unknown-key", 12), ("missing-key", 10)]
    )
    assert not (place / "reports").exists()
    assert daye("schedule", "status", "--file", "none.toml", cwd=place).returncode == 3
    assert daye("schedule", "unit", cwd=place).returncode == 2
