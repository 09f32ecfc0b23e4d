"""The clock around `run_due`, for machines that have no other: APScheduler wakes it, and it makes what is due.

APScheduler keeps no record and decides nothing; a slot is done when its run is published, so that a clock that was
killed, or two clocks, lose and double nothing.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.reporting.execute import TerminationRequested, interruption, termination_as_exception
from daye_analysis.reporting.schedule_file import Schedule
from daye_analysis.reporting.schedule_slots import next_slot

# Longest sleep: after the machine was asleep, or its clock was set, what is due is noticed within this time.
LONGEST_SLEEP = timedelta(minutes=5)


def serve(schedules: Sequence[Schedule], make_due: Callable[[threading.Event], None]) -> None:
    """Call `make_due` now and at every slot, until SIGTERM or Ctrl-C; then set its event, wait, raise Interrupted.

    `make_due` is given the event that tells it to end its runs (`Settings.stop`), and must not raise. Never two
    calls at a time. Raises WrongUsage when APScheduler is not installed.
    """
    background: Any = _background_scheduler()
    stop = threading.Event()
    ended = threading.Event()
    background.add_job(
        make_due,
        _trigger(schedules),
        args=[stop],
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    try:
        with termination_as_exception():
            background.start()
            ended.wait()
    except (KeyboardInterrupt, TerminationRequested) as error:
        stop.set()
        background.shutdown(wait=True)
        raise interruption(error) from None


def wake_after(schedules: Sequence[Schedule], now: datetime) -> datetime:
    """Return when to look again: at the next slot of any schedule, and after `LONGEST_SLEEP` at the latest."""
    coming = [next_slot(schedule, now).instant for schedule in schedules]
    return min([*coming, now + LONGEST_SLEEP])


def _trigger(schedules: Sequence[Schedule]) -> Any:
    base: Any = importlib.import_module("apscheduler.triggers.base").BaseTrigger

    class NextSlot(base):  # type: ignore[misc]  # apscheduler is untyped
        def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
            return wake_after(schedules, now)

    return NextSlot()


def _background_scheduler() -> Any:
    try:
        background = importlib.import_module("apscheduler.schedulers.background")
    except ImportError:
        raise WrongUsage(
            Problem(
                code="schedule.no-apscheduler",
                what=Text("serve 需要 APScheduler。", "serve needs APScheduler."),
                where="",
                remedy=Text(
                    "安装 daye-analysis[schedule]，或由 cron 定时运行 daye schedule run-due。",
                    "Install daye-analysis[schedule], or have cron call daye schedule run-due.",
                ),
            )
        ) from None
    return background.BackgroundScheduler(timezone=UTC)
