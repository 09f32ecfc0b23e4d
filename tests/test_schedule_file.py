"""`schedule.toml`: read whole, and every problem told at once with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import runner_help as help_

from daye_analysis.errors import NotReadable, WrongUsage
from daye_analysis.reporting.schedules.file import Schedule, read_schedules

DECLARED = f'{help_.PARAMETERS}\ntop: int = 3\nplans: list[str] = ["a"]\nplan: str = ""'

GOOD = """\
[[schedule]]
name = "monthly"
cron = "0 7 3 * *"
time_zone = "Asia/Shanghai"
notebooks = ["brief"]
languages = ["zh", "en"]
catch_up = "all"
lateness = "20d"
start = 2026-01-01
retries = 2
backoff = "5m"
timeout = "10m"
[schedule.parameters]
top = 5
[schedule.grid]
plan = ["a", "大冶"]

[[schedule]]
name = "quarterly"
cron = "30 6 5 1,4,7,10 *"
time_zone = "Europe/Berlin"
notebooks = "all"
"""

BAD = """\
colour = "red"

[[schedule]]
name = "a/b"
cron = "61 7 3 * *"
time_zone = "Asia/Nowhere"
notebooks = ["breif"]
languages = ["de"]
catchup = "all"
lateness = "soon"
retries = -1
timeout = 10

[[schedule]]
name = "second"
cron = "0 0 31 2 *"
notebooks = ["brief"]
catch_up = "some"
start = "2026"
[schedule.parameters]
top = "5"
tpo = 1
as_of = "2026-01-01"
[schedule.grid]
plan = "a"
top = [1]

[[schedule]]
name = "second"
cron = "0 0 1 * *"
time_zone = "UTC"
notebooks = []
"""


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """A folder with two reports and a notebook that is none."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("brief", "cards"):
        help_.write_notebook(folder, help_.notebook("1", parameters=DECLARED), name)
    explore = help_.notebook("1")
    explore["metadata"]["daye"]["report"] = False
    help_.write_notebook(folder, explore, "explore")
    return folder


def read(text: str, notebooks: Path) -> tuple[Schedule, ...]:
    """Write a schedule file and read it."""
    path = notebooks.parent / "schedule.toml"
    path.write_text(text, encoding="utf-8")
    return read_schedules(path, notebooks)


def test_a_good_file_is_read_whole(notebooks: Path) -> None:
    """Every key has its effect, the grid is combined, `all` leaves out what is no report."""
    monthly, quarterly = read(GOOD, notebooks)
    assert (monthly.name, monthly.catch_up, monthly.lateness, monthly.start) == ("monthly", "all", 20 * 86400.0, date(2026, 1, 1))
    assert monthly.languages == ("zh", "en")
    assert monthly.parameters == ({"top": 5, "plan": "a"}, {"top": 5, "plan": "大冶"})
    assert (monthly.retry.times, monthly.retry.wait_seconds, monthly.timeout) == (2, 300.0, 600.0)
    assert [path.stem for path in quarterly.notebooks] == ["brief", "cards"]
    assert (quarterly.languages, quarterly.catch_up, quarterly.lateness) == (("zh",), "last", None)


def test_every_problem_is_told_at_once_with_its_line_and_a_remedy(notebooks: Path) -> None:
    """One attempt shows everything that must be corrected."""
    with pytest.raises(WrongUsage) as caught:
        read(BAD, notebooks)
    found = {(problem.code, problem.where) for problem in caught.value.problems}
    assert found == {
        ("schedule.unknown-key", "schedule.toml:1"),
        ("schedule.bad-name", "schedule.toml:4"),
        ("schedule.bad-cron", "schedule.toml:5"),
        ("schedule.bad-zone", "schedule.toml:6"),
        ("schedule.unknown-notebook", "schedule.toml:7"),
        ("schedule.bad-choice", "schedule.toml:8"),
        ("schedule.unknown-key", "schedule.toml:9"),
        ("schedule.bad-duration", "schedule.toml:10"),
        ("schedule.negative", "schedule.toml:11"),
        ("schedule.wrong-type", "schedule.toml:12"),
        ("schedule.missing-key", "schedule.toml:14"),
        ("schedule.bad-cron", "schedule.toml:16"),
        ("schedule.bad-choice", "schedule.toml:18"),
        ("schedule.wrong-type", "schedule.toml:19"),
        ("schedule.parameter-wrong-type", "schedule.toml:21"),
        ("schedule.parameter-unknown", "schedule.toml:22"),
        ("schedule.parameter-reserved", "schedule.toml:23"),
        ("schedule.grid-no-list", "schedule.toml:25"),
        ("schedule.given-twice", "schedule.toml:26"),
        ("schedule.repeated-name", "schedule.toml:29"),
        ("schedule.empty", "schedule.toml:32"),
    }
    remedies = {problem.where: problem.remedy.en for problem in caught.value.problems}
    assert "brief" in remedies["schedule.toml:7"]
    assert "catch_up" in remedies["schedule.toml:9"]
    assert "top" in remedies["schedule.toml:22"]
    assert all(problem.remedy.zh and problem.remedy.en for problem in caught.value.problems)


@pytest.mark.parametrize("line", ['timeout = "0s"', 'backoff = "9999w"', 'lateness = "-1d"'])
def test_a_duration_that_cannot_be_meant_is_told(line: str, notebooks: Path) -> None:
    """No limit of nothing, no wait of centuries."""
    with pytest.raises(WrongUsage) as caught:
        read(GOOD + line, notebooks)
    last = len((GOOD + line).splitlines())
    assert [(p.code, p.where) for p in caught.value.problems] == [("schedule.bad-duration", f"schedule.toml:{last}")]


def test_what_is_listed_twice_is_made_once(notebooks: Path) -> None:
    """A language or notebook written twice is no second report."""
    monthly, _ = read(GOOD.replace('["brief"]', '["brief", "brief"]').replace('["zh", "en"]', '["zh", "zh"]'), notebooks)
    assert ([path.stem for path in monthly.notebooks], monthly.languages) == (["brief"], ("zh",))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [("[[schedule]]\nname = \n", "schedule.syntax", 2), ("", "schedule.none", 1), ("schedule = 3", "schedule.none", 1)],
)
def test_what_is_no_schedule_at_all_is_told_with_its_line(text: str, code: str, line: int, notebooks: Path) -> None:
    """Broken TOML, and TOML without a schedule."""
    with pytest.raises(WrongUsage) as caught:
        read(text, notebooks)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [(code, f"schedule.toml:{line}")]


def test_a_missing_file_is_not_readable(tmp_path: Path) -> None:
    """Exit 3, not 2."""
    with pytest.raises(NotReadable):
        read_schedules(tmp_path / "none.toml", tmp_path)


def test_the_shipped_schedule_is_right_for_the_notebooks_there_are() -> None:
    """The brief every month, the full set every quarter, both in both languages."""
    root = Path(__file__).parents[1]
    monthly, quarterly = read_schedules(root / "schedule.toml", root / "notebooks")
    assert [path.stem for path in monthly.notebooks] == ["brief"]
    assert {"brief", "target_feasibility"} <= {path.stem for path in quarterly.notebooks}
    assert monthly.languages == quarterly.languages == ("zh", "en")
