"""Hostile and odd input to schedules, sweeps and the reports folder: a problem with its place, within seconds, and no other's run ends."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import runner_help as help_
from published_help import Writes

from daye_analysis.errors import DayeError, WrongUsage
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.leftovers import sweep_leftovers
from daye_analysis.reporting.publishing.shared_files import shared_files
from daye_analysis.reporting.schedules.file import Schedule, read_schedules
from daye_analysis.reporting.schedules.run import run_due
from daye_analysis.reporting.schedules.slots import MOST_MISSED, due_slots, last_slot, last_slots
from daye_analysis.reporting.sweeps import dask
from daye_analysis.reporting.sweeps.file import Grid, read_grid
from daye_analysis.reporting.sweeps.run import Cluster, sweep

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
SCHEDULE = """\
[[schedule]]
name = "daily"
cron = "0 7 * * *"
time_zone = "Asia/Shanghai"
notebooks = ["small"]
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a notebook of two parameters and a package."""
    (tmp_path / "notebooks").mkdir()
    content = help_.notebook("print(x)", parameters=f"{help_.PARAMETERS}\nx: int = 1\ny: int = 1")
    help_.write_notebook(tmp_path / "notebooks", content)
    help_.write_package(tmp_path)
    return tmp_path


def schedules(folder: Path, text: str) -> tuple[Schedule, ...]:
    (folder / "schedule.toml").write_text(text, encoding="utf-8")
    return read_schedules(folder / "schedule.toml", folder / "notebooks")


def grid(folder: Path, text: str) -> Grid:
    (folder / "grid.yaml").write_text(text, encoding="utf-8")
    return read_grid(folder / "grid.yaml", folder / "notebooks", folder / "example")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("0 7 * * *", "", "bad-cron schedule.toml:3"),
        ("0 7 * * *", "0 0 30 2 *", "bad-cron schedule.toml:3"),
        ("0 7 * * *", "0 0 31 4,6,9,11 *", "bad-cron schedule.toml:3"),
        ("0 7 * * *", "* * * * * *", "bad-cron schedule.toml:3"),
        ("0 7 * * *", "@daily", "bad-cron schedule.toml:3"),
        ("0 7 * * *", "0 7 * * 1-", "bad-cron schedule.toml:3"),
        ("0 7 * * *", "0 7 * * * # daily", "bad-cron schedule.toml:3"),
        ("0 7 * * *", "\\u0660 7 * * *", "bad-cron schedule.toml:3"),
        ("Asia/Shanghai", "", "bad-zone schedule.toml:4"),
        ("Asia/Shanghai", "../etc/passwd", "bad-zone schedule.toml:4"),
        ("Asia/Shanghai", "/etc/localtime", "bad-zone schedule.toml:4"),
        ("Asia/Shanghai", "Asia", "bad-zone schedule.toml:4"),
        ("Asia/Shanghai", "Asia/Shanghai\\u0000", "bad-zone schedule.toml:4"),
        ('["small"]', '["small"]\nstart = 0001-01-01', "bad-start schedule.toml:6"),
        ('["small"]', '["small"]\nstart = 9999-12-31', "bad-start schedule.toml:6"),
        ('["small"]', '["small"]\ntimeout = "9999999999999999d"', "bad-duration schedule.toml:6"),
        ('["small"]', '["small"]\n[schedule.parameters]\nx = "{{x}}"', "parameter-wrong-type schedule.toml:7"),
        ('["small"]', f'["small"]\n[schedule.grid]\nx = {list(range(3000))}\ny = {list(range(3000))}', "too-many-runs schedule.toml:1"),
        ("[[schedule]]", "[schedule]", "none schedule.toml:1"),
        (SCHEDULE, "", "none schedule.toml:1"),
        (SCHEDULE, "\0", "syntax schedule.toml:1"),
        (SCHEDULE, "a = " + "[" * 5000, "syntax schedule.toml:1"),
    ],
)  # fmt: skip
def test_an_odd_schedule_is_a_problem_with_its_line(old: str, new: str, found: str, place: Path) -> None:
    """Never a traceback, never a guess, within a second."""
    begun = time.process_time()
    with pytest.raises(WrongUsage) as caught:
        schedules(place, SCHEDULE.replace(old, new))
    assert f"schedule.{found}" in [f"{problem.code} {problem.where}" for problem in caught.value.problems]
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\xef\xbb\xbf\xff", "[[schedule]]\nname = '大冶".encode("gbk")])
def test_a_schedule_in_another_encoding_is_a_problem(content: bytes, place: Path) -> None:
    (place / "schedule.toml").write_bytes(content)
    with pytest.raises(DayeError) as caught:
        read_schedules(place / "schedule.toml", place / "notebooks")
    assert caught.value.exit_code in (2, 3)


def test_a_schedule_of_every_minute_since_1970_is_bounded(place: Path) -> None:
    """The newest of the missed slots are due, and finding them takes no time."""
    (every_minute,) = schedules(place, SCHEDULE.replace("0 7 * * *", "* * * * *") + 'catch_up = "all"\nstart = 1970-01-01')
    begun = time.process_time()
    due = due_slots(every_minute, NOW, None)
    assert (len(due), due[-1].instant) == (MOST_MISSED, NOW)
    assert last_slot(every_minute, NOW) == due[-1]
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("cron", "zone", "since", "instants"),
    [
        # Spring in Berlin: 02:30 does not exist on 29 March 2026, and comes right after the gap.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00Z", ["03-28T01:30", "03-29T01:00", "03-30T00:30"]),
        # Autumn: 02:30 comes twice on 25 October 2026, and is a slot once.
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T00:00Z", ["10-24T00:30", "10-25T00:30", "10-26T01:30"]),
        # Half an hour of summer time on Lord Howe Island, and a zone of three quarters of an hour.
        ("15 2 * * *", "Australia/Lord_Howe", "2026-10-02T00:00Z", ["10-02T15:45", "10-03T15:30", "10-04T15:15"]),
        ("0 0 1 1 *", "Pacific/Chatham", "2025-12-30T00:00Z", ["12-31T10:15"]),
        # A leap day, the last day of a month, and a weekday of a month.
        ("0 0 29 2 *", "UTC", "2026-01-01T00:00Z", ["02-29T00:00"]),
        ("0 0 L * *", "UTC", "2026-01-15T00:00Z", ["01-31T00:00", "02-28T00:00"]),
        ("0 0 * * 1#1", "UTC", "2026-01-01T00:00Z", ["01-05T00:00", "02-02T00:00"]),
    ],
)
def test_case_36_odd_times_come_once_each(cron: str, zone: str, since: str, instants: list[str], place: Path) -> None:
    """Looked for from both sides: as the slots that come, and as the last ones that came."""
    (schedule,) = schedules(place, SCHEDULE.replace("0 7 * * *", cron).replace("Asia/Shanghai", zone))
    begin = datetime.fromisoformat(since)
    until = begin
    while len(found := last_slots(schedule, until, 100, begin)) < len(instants):
        until += timedelta(days=1)
    assert [f"{slot.instant:%m-%dT%H:%M}" for slot in found[: len(instants)]] == instants


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (BOMB, "grid.syntax"),
        ("a: &a [*a]", "grid.syntax"),
        ("a: " + "[" * 5000, "grid.syntax"),
        (f"notebooks: small\nparameters:\n  x: {list(range(3000))}\n  y: {list(range(3000))}", "grid.too-many-runs"),
        ("notebooks: small\nmax_runs: 3\nparameters:\n  x: [1, 2]\n  y: [1, 2]", "grid.too-many-runs"),
        ("notebooks: {{x}}", "grid.syntax"),
    ],
)
def test_a_bomb_of_a_grid_is_refused_before_anything_is_built(text: str, found: str, place: Path) -> None:
    begun = time.process_time()
    with pytest.raises(WrongUsage) as caught:
        grid(place, text)
    assert caught.value.problems[0].code == found
    assert time.process_time() - begun < 5


# Each says, as far as it says anything, that it is to be printed.
PRINTED = '"report": true'
DAMAGES = [
    ("half", f'{{"metadata": {{"daye": {{{PRINTED}}}}}, "cells": ['), ("a list", f"[{{{PRINTED}}}]"), ("binary", f"\x00\x01{PRINTED}"),
    ("no cells", f'{{"nbformat": 4, "metadata": {{"daye": {{{PRINTED}}}}}}}'), ("no JSON", PRINTED),
]  # fmt: skip


@pytest.mark.parametrize("content", [content for _, content in DAMAGES], ids=[name for name, _ in DAMAGES])
def test_a_damaged_notebook_ends_only_its_own_runs(content: str, place: Path) -> None:
    """In a grid and in a schedule: one failure each, with its reason, and the other notebook's reports are there."""
    (place / "notebooks" / "bad.ipynb").write_text(content, encoding="utf-8")
    result = sweep(
        grid(place, "notebooks: all\nas_of: 2026-06-01\n"), reports=place / "reports", starter=Writes(), settings=help_.settings(place)
    )  # fmt: skip
    assert [(cell.notebook.stem, outcome.exit_code == 0) for cell, outcome in result.cells] == [("bad", False), ("small", True)]
    assert result.cells[0][1].problems
    made = run_due(
        schedules(place, SCHEDULE.replace('["small"]', '"all"')), reports=place / "reports", package=place / "example", now=NOW,
        starter=Writes(), settings=help_.settings(place),
    )  # fmt: skip
    assert {due.task.notebook.stem: due.outcome.exit_code == 0 for due in made} == {"bad": False, "small": True}


@pytest.mark.parametrize("address", ["host", "127.0.0.1", "tcp://", "tcp://127.0.0.1:port", "http://127.0.0.1:1", " "])
def test_what_is_no_address_of_a_cluster_is_told_at_once(address: str, place: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(WrongUsage) as caught:
        sweep(grid(place, "notebooks: small\nas_of: 2026-06-01"), reports=place / "reports", cluster=Cluster(address))
    assert caught.value.problems[0].code == "sweep.bad-address"


@pytest.mark.parametrize("listens", [False, True], ids=["nothing listens", "something silent listens"])
def test_a_cluster_that_does_not_answer_is_told_within_the_limit(listens: bool, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(dask, "FIRST_WAIT", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if not listens:
            server.close()
        begun = time.monotonic()
        with pytest.raises(DayeError) as caught:
            sweep(grid(place, "notebooks: small\nas_of: 2026-06-01"), reports=place / "reports", cluster=Cluster(f"tcp://127.0.0.1:{port}"))
    assert [problem.code for problem in caught.value.problems] == ["sweep.no-scheduler"]
    assert caught.value.exit_code == 6
    assert time.monotonic() - begun < 60


def test_leftovers_go_and_what_a_living_process_works_on_stays(tmp_path: Path) -> None:
    """Staging folders, half-kept failures, half-written files: by whose lock is held."""
    reports = tmp_path / "reports"
    dead, living = help_.plan(tmp_path, "'dead'").identity, help_.plan(tmp_path, "'living'").identity
    left = publish.new_staging(reports, dead)
    half = publish.failed_folder(reports, dead)
    half = half.with_name(f".{half.name}-00000000")
    half.mkdir(parents=True)
    (reports / "latest").mkdir()
    file = reports / "latest" / ".small.zh.pdf.new"
    file.write_bytes(b"%PDF")
    with publish.run_lock(reports, living, 0):
        kept = publish.new_staging(reports, living)
        keeping = publish.failed_folder(reports, living)
        keeping = keeping.with_name(f".{keeping.name}-00000000")
        keeping.mkdir(parents=True)
        assert set(sweep_leftovers(reports)) == {left, half, file}
        assert kept.exists()
        assert keeping.exists()
    assert not left.exists()
    assert set(sweep_leftovers(reports)) == {kept, keeping}
    assert sweep_leftovers(reports) == []


def test_a_file_that_a_living_process_writes_is_waited_for(tmp_path: Path) -> None:
    """The lock of the shared files is held while one is written: the sweep comes after."""
    import threading

    reports = tmp_path / "reports"
    (reports / "latest").mkdir(parents=True)
    file = reports / "latest" / ".small.zh.pdf.new"
    file.write_bytes(b"%PDF")
    with shared_files(reports):
        other = threading.Thread(target=sweep_leftovers, args=(reports,))
        other.start()
        other.join(0.3)
        assert file.exists()
    other.join()
    assert not file.exists()
