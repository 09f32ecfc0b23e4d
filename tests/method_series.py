"""Series as published methods read them, and what a method calls one."""

from __future__ import annotations

import datetime as dt
import functools
import math
from typing import Any

from daye_analysis.progress.published_methods.inputs import Inputs, Series, inputs_of
from daye_analysis.progress.published_methods.method import Level, Method, verdicts
from daye_analysis.progress.published_methods.with_target import METHODS
from daye_analysis.progress.published_methods.without_target import TREND_METHODS
from daye_analysis.progress.reasons import Reason

NAN = math.nan
BY_CODE = {method.code: method for method in METHODS}
TREND_BY_CODE = {method.code: method for method in TREND_METHODS}


def end_of(year: float | str) -> dt.date:
    return dt.date(int(year), 12, 31)


def since_2015(values: list[float], direction: float, target: float = NAN, **more: Any) -> Series:
    """Return yearly figures from 2015 on, the first of them the base, for a target due at the end of 2030."""
    dates = tuple(end_of(2015 + i) for i in range(len(values)))
    due = None if math.isnan(target) else end_of(2030)
    return Series(dates, tuple(values), direction, values[0], dates[0], target, due, **more)


def halfway(base: float, value: float, target: float, **more: Any) -> Series:
    """Return the last six of yearly figures on a straight line, two of four years after the base."""
    figures = [base + (value - base) / 2 * (i - 3) for i in range(6)]
    dates = tuple(end_of(2018 + i) for i in range(6))
    given_ = {"direction": 1.0, "base": base, "base_date": dates[3], "target": target, "due": end_of(2025)} | more
    return Series(dates, tuple(figures), **given_)


@functools.lru_cache(maxsize=64)
def read(series: Series) -> Inputs:
    return inputs_of([series])


def called(method: Method, series: Series) -> tuple[str, Level, Reason]:
    """Return the label, its level, and why there is none."""
    found = verdicts(method, read(series))
    return found.labels[0].en, Level(int(found.level[0])), Reason(int(found.reason[0]))
