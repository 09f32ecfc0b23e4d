"""Cron lines, read by cronsim, which treats clock changes as Debian's cron does."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from daye_analysis.errors import WrongUsage
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.schedules.problems import SCHEDULE_PROBLEMS


def cron_times(line: str, after: datetime) -> Iterator[datetime]:
    """Yield the times after `after`, in its zone, at which a cron line of five fields is due.

    Raises WrongUsage when cronsim is not installed.
    """
    times: Iterator[datetime] = _cronsim().CronSim(line, after)
    return times


def is_cron_line(line: str) -> bool:
    """Return whether `line` is a cron line of five fields that is ever due."""
    if len(line.split()) != 5:
        return False
    try:
        next(cron_times(line, datetime(2024, 1, 1, tzinfo=UTC)))
    except (_cronsim().CronSimError, StopIteration):
        return False
    return True


def _cronsim() -> Any:
    try:
        return importlib.import_module("cronsim")
    except ImportError:
        raise WrongUsage(
            worded(SCHEDULE_PROBLEMS, "schedule.no-cronsim", "")
        ) from None
