"""A built-in scheduler for machines without one: sleeps until the next slot, and runs what is due.

It keeps no record and decides nothing; a slot is done when its run is published, so that a clock that was killed, or
two clocks, lose and double nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from daye_analysis.reporting.execution.execute import (
    TerminationRequested,
    interruption,
    termination_as_exception,
)
from daye_analysis.reporting.schedules.file import Schedule
from daye_analysis.reporting.schedules.slots import next_slot

# Longest sleep: after the machine was asleep, or its clock was set, what is due is noticed within this time.
LONGEST_SLEEP = timedelta(minutes=5)


def serve(schedules: Sequence[Schedule], make_due: Callable[[threading.Event], None]) -> None:
    """Call `make_due` now and at every slot, until SIGTERM or Ctrl-C; then set its event, wait, raise Interrupted.

    `make_due` is given the event that asks it to end its runs (`Settings.stop`), and must not raise. It is called in a
    thread of its own, one call after the other, since only the main thread hears signals.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(1, "schedule") as pool:
        clock = pool.submit(_run, schedules, make_due, stop)
        try:
            with termination_as_exception():
                clock.result()
        except (KeyboardInterrupt, TerminationRequested) as error:
            stop.set()
            clock.result()
            raise interruption(error) from None


def wake_after(schedules: Sequence[Schedule], now: datetime) -> datetime:
    """Return when to look again: at the next slot of any schedule, and after `LONGEST_SLEEP` at the latest."""
    coming = [next_slot(schedule, now).instant for schedule in schedules]
    return min([*coming, now + LONGEST_SLEEP])


def _run(schedules: Sequence[Schedule], make_due: Callable[[threading.Event], None], stop: threading.Event) -> None:
    while not stop.is_set():
        looked = datetime.now(UTC)
        make_due(stop)
        stop.wait(max(0.0, (wake_after(schedules, looked) - datetime.now(UTC)).total_seconds()))
