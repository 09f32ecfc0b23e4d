"""The slots of a schedule, as instants in UTC, and which of them still have to be generated.

Where clocks change, a time that a spring day skips comes right after the gap, one that an autumn day has twice comes
once (`cron`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from daye_analysis.reporting.schedules.cron import cron_times
from daye_analysis.reporting.schedules.file import Schedule

# How far back to look for slots; the last reaches over a leap day that a century leaves out.
LOOK_BACK = (
    timedelta(hours=2),
    timedelta(days=2),
    timedelta(days=40),
    timedelta(days=400),
    timedelta(days=9 * 366),
)
# Of the slots that `catch_up = "all"` would make, so many of the newest are made; a year of days and more.
MOST_MISSED = 1000


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A time at which a schedule is due: the instant in UTC, and the day that its clocks showed, which is `as_of`."""

    instant: datetime
    day: date

    def __str__(self) -> str:
        return self.instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def slots(schedule: Schedule, after: datetime, until: datetime) -> Iterator[Slot]:
    """Yield the slots later than `after` and not later than `until`, in order."""
    last = after
    # A clock that is set back shows some minutes twice; an instant is yielded once.
    for local in cron_times(schedule.cron, after.astimezone(schedule.zone)):
        instant = local.astimezone(UTC)
        if instant > until:
            return
        if instant > last:
            last = instant
            yield Slot(instant, local.date())


def next_slot(schedule: Schedule, now: datetime) -> Slot:
    """Return the first slot after `now`, not before the schedule's `start`."""
    began = _start(schedule)
    after = now if began is None else max(now, began - timedelta(seconds=1))
    return next(slots(schedule, after, datetime.max.replace(tzinfo=UTC)))


def last_slot(schedule: Schedule, now: datetime) -> Slot | None:
    """Return the last slot that is not later than `now`, None when there was none within nine years."""
    found = last_slots(schedule, now, 1)
    return found[0] if found else None


def last_slots(schedule: Schedule, now: datetime, count: int, since: datetime | None = None) -> list[Slot]:
    """Return the last `count` slots from `since` on that are not later than `now`, oldest first, at most nine years old."""
    found: list[Slot] = []
    for span in LOOK_BACK:
        begin = now - span if since is None else max(now - span, since - timedelta(seconds=1))
        found = list(slots(schedule, begin, now))
        if len(found) >= count or begin != now - span:
            break
    return found[-count:]


def due_slots(schedule: Schedule, now: datetime, since: datetime | None) -> list[Slot]:
    """Return the slots whose reports should exist by `now`, in order, whether or not they do.

    `catch_up` none and last: the last slot; all: every slot from `since` on, where `since` is the schedule's oldest
    slot that was made (None: only the last slot, since nothing was missed before the first), at most `MOST_MISSED`.
    Slots before `start`, and slots later than `lateness` allows, are not due any more.
    """
    due = last_slots(schedule, now, 1)
    if schedule.catch_up == "all":
        began = _start(schedule)
        anchors = [anchor for anchor in (since, began) if anchor is not None]
        if anchors:
            due = last_slots(schedule, now, MOST_MISSED, min(anchors))
    return [slot for slot in due if _is_in_time(schedule, slot, now)]


def _start(schedule: Schedule) -> datetime | None:
    if schedule.start is None:
        return None
    day = schedule.start
    return datetime(day.year, day.month, day.day, tzinfo=schedule.zone).astimezone(UTC)


def _is_in_time(schedule: Schedule, slot: Slot, now: datetime) -> bool:
    began = _start(schedule)
    if began is not None and slot.instant < began:
        return False
    return schedule.lateness is None or (now - slot.instant).total_seconds() <= schedule.lateness
