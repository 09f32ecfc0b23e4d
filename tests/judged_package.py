"""The project's own package as of one day, judged once for all tests of a file."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pandas as pd
from daye_analysis.progress.evidence import evidence
from daye_analysis.progress.tables import as_day

from daye_analysis import load
from daye_analysis.progress.judging import assess
from daye_analysis.views.package import Package

DAY = dt.date(2026, 11, 29)


@cache
def package() -> Package:
    """Return the package with its one plan."""
    return load().of_plan("")


@cache
def judged() -> pd.DataFrame:
    """Return the assessments of all targets."""
    return assess(package(), DAY)


@cache
def figures() -> pd.DataFrame:
    """Return the evidence on all targets."""
    return evidence(package(), as_day(DAY))
