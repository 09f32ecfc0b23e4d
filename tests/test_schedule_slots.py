"""When a schedule is due: cases 35 and 36 of the robustness list, without running anything."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daye_analysis.reporting.runs.batch import Retry
from daye_analysis.reporting.schedules.file import Schedule
from daye_analysis.reporting.schedules.slots import due_slots, last_slot, next_slot, slots


def schedule(cron: str = "0 7 * * *", zone: str = "Asia/Shanghai", **changes: Any) -> Schedule:
    """Return a schedule."""
    given_: dict[str, Any] = {
        "name": "x", "cron": cron, "time_zone": zone, "notebooks": (), "languages": ("zh",), "parameters": ({},),
        "catch_up": "last", "lateness": None, "start": None, "retry": Retry(), "timeout": 60.0,
    }  # fmt: skip
    return Schedule(**(given_ | changes))


def utc(*parts: int) -> datetime:
    """Return an instant."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def between(cron: str, zone: str, after: datetime, until: datetime) -> list[str]:
    """Return the slots of a cron line."""
    return [str(slot) for slot in slots(schedule(cron, zone), after, until)]


@pytest.mark.parametrize(
    ("cron", "zone", "after", "until", "expected"),
    [
        # The hour from 2 to 3 does not exist on 29 March, and comes twice on 25 October.
        ("30 2 * * *", "Europe/Berlin", utc(2026, 3, 28, 12), utc(2026, 3, 30, 12), ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]),
        ("30 2 * * *", "Europe/Berlin", utc(2026, 10, 24, 12), utc(2026, 10, 26, 12), ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
        ("0 7 * * *", "Asia/Shanghai", utc(2026, 12, 31, 0), utc(2027, 1, 1, 12), ["2026-12-31T23:00:00Z"]),
        ("0 7 29 2 *", "Asia/Shanghai", utc(2023, 1, 1), utc(2029, 1, 1), ["2024-02-28T23:00:00Z", "2028-02-28T23:00:00Z"]),
        ("0 0 * * 0", "UTC", utc(2026, 11, 20), utc(2026, 11, 30), ["2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z"]),
        ("0 0 * * 7", "UTC", utc(2026, 11, 20), utc(2026, 11, 30), ["2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z"]),
    ],
)  # fmt: skip
def test_case_36_slots_where_clocks_and_calendars_are_odd(
    cron: str, zone: str, after: datetime, until: datetime, expected: list[str]
) -> None:
    """Summer time, a zone far east, year end, a leap day, Sunday written as 0 and as 7."""
    assert between(cron, zone, after, until) == expected


def test_case_36_the_day_of_a_slot_is_the_day_on_its_own_clocks() -> None:
    """7 in the morning of New Year's Day in Shanghai is the old year in UTC; `as_of` is the new one."""
    slot = next_slot(schedule("0 7 1 1 *"), utc(2026, 6, 1))
    assert (str(slot), slot.day) == ("2026-12-31T23:00:00Z", date(2027, 1, 1))


def test_the_next_slot_is_not_before_the_schedule_starts() -> None:
    slot = next_slot(schedule("0 7 3 * *", start=date(2027, 6, 3)), utc(2026, 11, 30))
    assert str(slot) == "2027-06-02T23:00:00Z"


@given(
    st.sampled_from(["30 2 * * *", "0 * * * *", "*/20 1-3 * * *", "15 0 1 * *"]),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "UTC"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.lists(st.integers(0, 40), min_size=1, max_size=4),
)
def test_case_36_however_often_one_looks_no_slot_is_lost_or_seen_twice(
    cron: str, zone: str, begin: datetime, hours: list[int]
) -> None:
    """Looking in pieces gives what looking once gives; instants only grow."""
    start = begin.replace(tzinfo=UTC, microsecond=0)
    end = start + timedelta(hours=sum(hours))
    whole = between(cron, zone, start, end)
    assert whole == sorted(set(whole))
    pieces: list[str] = []
    at = start
    for step in hours:
        pieces += between(cron, zone, at, at + timedelta(hours=step))
        at += timedelta(hours=step)
    assert pieces == whole


NOW = utc(2026, 11, 23, 12)
MADE = utc(2026, 11, 19, 23)  # the slot of the 20th in Shanghai; those of 21, 22 and 23 were missed


@pytest.mark.parametrize(
    ("catch_up", "lateness", "expected"),
    [
        ("none", 3600.0, []),
        ("none", 16 * 3600.0, ["2026-11-23"]),
        ("last", None, ["2026-11-23"]),
        ("last", 3600.0, []),
        ("all", None, ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"]),
        ("all", 40 * 3600.0, ["2026-11-22", "2026-11-23"]),
    ],
)
def test_case_35_missed_slots_are_caught_up_as_the_schedule_says(
    catch_up: str, lateness: float | None, expected: list[str]
) -> None:
    """Three slots missed: none, one, or all of them (the first is the one that was made), each with its own day."""
    due = due_slots(schedule(catch_up=catch_up, lateness=lateness), NOW, MADE)
    assert [slot.day.isoformat() for slot in due] == expected


def test_case_35_without_a_first_run_only_the_last_slot_is_due_unless_a_start_is_given() -> None:
    """Nothing was missed before the first; `start` says from when on something was."""
    assert len(due_slots(schedule(catch_up="all"), NOW, None)) == 1
    assert len(due_slots(schedule(catch_up="all", start=date(2026, 11, 21)), NOW, None)) == 3
    assert due_slots(schedule(start=date(2026, 11, 24)), NOW, None) == []


def test_case_36_a_clock_set_back_makes_nothing_due_again() -> None:
    """Two hours back, the last slot is the same, or one that was made before it."""
    before = last_slot(schedule(), utc(2026, 11, 23, 0))
    after = last_slot(schedule(), utc(2026, 11, 22, 22))
    assert before is not None
    assert after is not None
    assert after <= before


def test_a_slot_that_comes_every_minute_and_one_that_comes_every_leap_year_are_found() -> None:
    """The search backwards starts near and goes far."""
    assert str(last_slot(schedule("* * * * *", "UTC"), utc(2026, 11, 23, 12, 30))) == "2026-11-23T12:30:00Z"
    assert str(last_slot(schedule("0 0 29 2 *", "UTC"), utc(2026, 11, 23))) == "2024-02-29T00:00:00Z"
