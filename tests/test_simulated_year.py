"""A year of days under a simulated clock, over the real planning, publishing and pruning: every report exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import runner_help as help_
from published_help import Writes, assert_in_order

from daye_analysis.package.places import project_root
from daye_analysis.reporting.execution.job import Job
from daye_analysis.reporting.publishing.publish import published_folders
from daye_analysis.reporting.runs.batch import Retry
from daye_analysis.reporting.schedules import run as schedule_run
from daye_analysis.reporting.schedules.file import ScheduleFile, read_schedule_file
from daye_analysis.reporting.schedules.notices import News
from daye_analysis.reporting.schedules.operate import operate

ROOT = project_root()
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
# Monthly briefs of zh and en; quarterly all five notebooks of both, the brief among them.
OWED = Counter({"brief": 2 * 12 + 2 * 4, **dict.fromkeys(("accountability", "cluster_growth", "target_feasibility"), 2 * 4)})


def days(only: Callable[[datetime], bool] = lambda _moment: True) -> Iterator[datetime]:
    """Yield a call a day of the year 2025, in the evening in Shanghai, where `only` holds."""
    moments = (FIRST + timedelta(days=number, hours=12, minutes=7) for number in range(365))
    return (moment for moment in moments if only(moment))


def sometimes(moment: datetime) -> bool:
    """The days on which something may happen, twice over."""
    return moment.day in (2, 3, 4, 5, 6, 8, 20)


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> ScheduleFile:
    """The schedule as it is shipped; no retry is waited for."""
    monkeypatch.setattr(schedule_run, "code_state", lambda: help_.CODE)
    return read_schedule_file(ROOT / "schedule.toml", ROOT / "notebooks")


def year(file: ScheduleFile, reports: Path, starter: Writes, moments: Iterator[datetime], keep: int = 1) -> tuple[list[str], list[News]]:
    """Call at each moment; return the folders of what was published, in order, and what operators heard."""
    made: list[str] = []
    heard: list[News] = []
    for moment in moments:
        call = operate(
            file, reports=reports, package=ROOT, keep=keep, now=moment, starter=starter, jobs=1, settings=help_.settings(reports.parent)
        )  # fmt: skip
        assert call.problems == ()
        made += [str(due.outcome.folder) for due in call.due if due.outcome.status == "published"]
        heard += call.news
    return made, heard


def counted(made: list[str]) -> Counter[str]:
    """Return how many reports of each series were made, none of them twice."""
    assert len(made) == len(set(made))
    return Counter(Path(folder).parent.name for folder in made)


def with_retries(file: ScheduleFile) -> ScheduleFile:
    """The same schedules, whose retries are not waited for."""
    return replace(file, schedules=tuple(replace(each, retry=Retry(2, 0.0)) for each in file.schedules))


def test_a_year_with_one_kept_makes_every_report_exactly_once(shipped: ScheduleFile, tmp_path: Path) -> None:
    """The quarterly brief is newer than the monthly one, which goes while its slot is still due: it is not made again."""
    starter = Writes()
    made, heard = year(shipped, tmp_path / "reports", starter, days())
    assert counted(made) == OWED
    assert len(starter.ran) == sum(OWED.values())
    assert heard == []
    assert_in_order(tmp_path / "reports")
    assert len(list(published_folders(tmp_path / "reports"))) == 2 * 4 + 2  # one of each, and what both briefs compare with


def test_a_machine_that_is_off_for_weeks_makes_the_last_slot_of_each_and_none_twice(shipped: ScheduleFile, tmp_path: Path) -> None:
    """Off from 2 February to 20 March, and in July and August: `catch_up` is last, `lateness` 25 and 60 days."""

    def is_on(moment: datetime) -> bool:
        is_off = ((moment.month, moment.day) > (2, 1) and (moment.month, moment.day) < (3, 20)) or moment.month in (7, 8)
        return sometimes(moment) and not is_off

    made, _ = year(shipped, tmp_path / "reports", Writes(), days(is_on))
    # Two briefs are lost, of February and July: August's is made on 2 September? No: it is too late by then; so is July's quarter's.
    days_made = sorted({Path(folder).name[:10] for folder in made if "brief" in folder})
    assert days_made == [
        "2025-01-03", "2025-01-05", "2025-03-03", "2025-04-03", "2025-04-05", "2025-05-03", "2025-06-03", "2025-07-05",
        "2025-09-03", "2025-10-03", "2025-10-05", "2025-11-03", "2025-12-03",
    ]  # fmt: skip
    assert all(count == 2 for count in Counter(Path(folder).name[:13] for folder in made if "brief" in folder).values() if count != 1)
    counted(made)
    assert_in_order(tmp_path / "reports")


def test_a_notebook_that_always_fails_runs_once_a_slot_and_is_told_once(shipped: ScheduleFile, tmp_path: Path) -> None:
    """The others are made; its failures are kept while they are due, whatever `--keep` says, so that none runs again."""

    def fails(job: Job) -> int:
        return 1 if job.identity["notebook"] == "brief" else 0

    starter = Writes(fails)
    made, heard = year(shipped, tmp_path / "reports", starter, days(sometimes))
    assert counted(made) == OWED - Counter({"brief": OWED["brief"]})
    runs = Counter((run["as_of"], run["language"]) for run in starter.ran if run["notebook"] == "brief")
    assert set(runs.values()) == {1}
    assert sum(runs.values()) == OWED["brief"]
    events = Counter(news.event for news in heard)
    assert events["failed"] == OWED["brief"]
    assert events["changed"] == events["recovered"] == 0
    # The last of each schedule and language still fails at the end of the year.
    assert events["lapsed"] == OWED["brief"] - 2


def test_a_passing_failure_is_told_once_tried_again_and_told_when_it_is_over(shipped: ScheduleFile, tmp_path: Path) -> None:
    """Each brief dies seven times: two retries a call, so that the third call makes it."""
    tried: Counter[tuple[str, str]] = Counter()

    def fails(job: Job) -> int:
        place = str(job.identity["as_of"]), str(job.identity["language"])
        tried[place] += job.identity["notebook"] == "brief"
        return 6 if job.identity["notebook"] == "brief" and tried[place] <= 7 else 0

    made, heard = year(with_retries(shipped), tmp_path / "reports", Writes(fails), days(sometimes))
    assert counted(made) == OWED
    assert set(tried.values()) - {0} == {8}
    assert Counter(news.event for news in heard) == {"failed": OWED["brief"], "recovered": OWED["brief"]}
    assert_in_order(tmp_path / "reports")


def test_two_schedules_that_ask_for_the_same_reports_share_them_all_year(shipped: ScheduleFile, tmp_path: Path) -> None:
    """A second schedule of the same days and notebook: every report once, both done."""
    monthly = next(each for each in shipped.schedules if each.name == "monthly-brief")
    both = replace(shipped, schedules=(*shipped.schedules, replace(monthly, name="again")))
    starter = Writes()
    made, heard = year(both, tmp_path / "reports", starter, days(sometimes))
    assert counted(made) == OWED
    assert heard == []
