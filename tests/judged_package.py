"""The project's own package as of one day, for the tests of what reports say."""

from __future__ import annotations

import datetime as dt
from functools import cache

from daye_analysis import load
from daye_analysis.views.view import View

DAY = dt.date(2026, 11, 29)


@cache
def view(day: dt.date = DAY) -> View:
    """Return the package with its one plan, as of a day."""
    return load().of_plan().as_of(day)
