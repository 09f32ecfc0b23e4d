"""A package as known on a day: the only place where later figures are filtered out."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar, cast

import pandas as pd

from daye_analysis.errors import WrongUsage
from daye_analysis.package.messages import PACKAGE_PROBLEMS
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.problem_messages import worded

_YEAR_FIRST: Final = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class PackageView:
    """A package and the day of judgement.

    Attributes
    ----------
    package
        The tables, uncut.
    day
        The day: what was not published by then is not known.
    """

    package: PackageTables
    day: dt.date
    cache: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def timestamp(self) -> pd.Timestamp:
        """Return the day as a timestamp at midnight."""
        return pd.Timestamp(self.day)

    @property
    def observations(self) -> pd.DataFrame:
        """Return the observations that could be known on the day.

        The cut is by the source's `known_on`, never by the period; a source without a day counts as known from the day
        of compilation. Columns of the source are beside the observation's: `title`, `publisher`, `known_on`, `tier`
        and `url`, as far as the table has them; `superseded` says whether a known row replaces this one.
        """
        return known_observations(self).copy(deep=False)


def cached(function: Function) -> Function:
    """Compute a function of a view once for each view; a package and a day never change.

    A table is handed out as a copy of its own, made when it is written to (pandas' copy on write).
    """

    @functools.wraps(function)
    def look_up(view: PackageView, *more: Any, **named: Any) -> Any:
        key = (function.__module__, function.__qualname__, more, tuple(sorted(named.items())))
        if key not in view.cache:
            view.cache[key] = function(view, *more, **named)
        found = view.cache[key]
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

    return cast("Function", look_up)


@cached
def known_observations(view: PackageView) -> pd.DataFrame:
    """Return the observations known on the view's day; see `PackageView.observations`."""
    columns = ["source_id", "title", "publisher", "known_on", "tier", "url"]
    sources = view.package.sources
    sources = sources[[name for name in columns if name in sources.columns]]
    known = view.package.observations.merge(sources, on="source_id", how="left", validate="many_to_one")
    known["known_on"] = known["known_on"].fillna(pd.Timestamp(view.package.compiled_on))
    known = known[known["known_on"] <= view.timestamp].reset_index(drop=True)
    known["superseded"] = known["observation_id"].isin(known["supersedes"].dropna())
    return known


def is_sound(rows: pd.DataFrame) -> pd.Series:
    """Return for each of `rows` (observations of a view) whether nothing is doubted of it and no other row replaces it."""
    return rows[["doubt_zh", "doubt_en"]].isna().all(axis=1) & ~rows["superseded"]


def day_of(day: str | dt.date) -> dt.date:
    """Return `day` as a date: a date, or a text with the year first, such as 2026-11-29, 2026/11/29 or 2026年11月29日.

    Raises WrongUsage (package.not-a-day) for anything else: a number may be a year or a count of days, and 3/4/2026 is one day in one
    country and another in the next.
    """
    if isinstance(day, dt.date) and not pd.isna(day):  # NaT is a date by its type
        return day.date() if isinstance(day, dt.datetime) else day
    parts = _YEAR_FIRST.fullmatch(str(day).strip()) if isinstance(day, str) else None
    with contextlib.suppress(ValueError):
        if parts is not None:
            return dt.date(int(parts[1]), int(parts[2]), int(parts[3]))
    raise WrongUsage(worded(PACKAGE_PROBLEMS, "package.not-a-day", "as_of", found=day))
