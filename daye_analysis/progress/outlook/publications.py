"""When more will be known: regular publications that have given figures so far, and the next date of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import pandas as pd

from daye_analysis.package.areas import areas_containing
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.records import records
from daye_analysis.package.view import PackageView, cached
from daye_analysis.progress.assess import assess

# What comes out at about the same time each year. Other kinds (news, plans) have no season.
REGULAR_KINDS: Final = ("gov_report", "bureau_bulletin")
_COLUMNS: Final = [
    "publisher",
    "kind",
    "seen",
    "first_month",
    "last_month",
    "next_start",
    "next_end",
    "target_ids",
]


@cached
def publications(view: PackageView) -> pd.DataFrame:
    """Return the regular publications of the plan's area and of its parent, and when each is next to come.

    Parameters
    ----------
    view
        A package as it could be known on a day.

    Returns
    -------
    pandas.DataFrame
        One row for each publisher and kind of official page with figures on the plan's area or its parent: publisher,
        kind, seen (the days of its pages, a tuple), first_month and last_month (the season in which it came out),
        next_start and next_end (that season, the next time after the view's day, or the one in which the day lies), and
        target_ids (the open targets that it has spoken of, a tuple in the list's order). Ordered by next_start. A season is
        what was seen, no announcement.
    """
    pages = _pages(view)
    order = list(in_list_order(view.package, view.package.targets)["target_id"])
    rows = []
    for (publisher, kind), group in pages.groupby(["publisher", "kind"], sort=False):
        days = sorted({day.date() for day in group["known_on"]})
        first, last = _season([day.month for day in days])
        start, end = next_season(first, last, view.day)
        named = {target for ids in group["target_ids"] for target in ids}
        rows.append(
            {
                "publisher": publisher, "kind": kind, "seen": tuple(days), "first_month": first, "last_month": last,
                "next_start": start, "next_end": end, "target_ids": tuple(each for each in order if each in named),
            }
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=_COLUMNS)
    return table.sort_values(["next_start", "publisher"], ignore_index=True)


def next_season(first: int, last: int, day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the season from month `first` to month `last`, the one in which `day` lies or the next.

    A season may run over the turn of the year (`first` 12, `last` 2).
    """
    years = range(day.year - 1, day.year + 2)
    for year in years:
        end_year = year + (last < first)
        end = (pd.Timestamp(end_year, last, 1) + pd.offsets.MonthEnd(0)).date()
        if end >= day:
            return dt.date(year, first, 1), end
    raise AssertionError("a season comes every year")


def _season(months: Sequence[int]) -> tuple[int, int]:
    """Return the shortest run of months that holds all of `months`, as first and last month; it may pass December."""
    held = sorted(set(months))
    gaps = [((held[(at + 1) % len(held)] - month - 1) % 12 + 1, at) for at, month in enumerate(held)]
    _, at = max(gaps)  # the longest time without a publication ends where the season begins
    return held[(at + 1) % len(held)], held[at]


def _pages(view: PackageView) -> pd.DataFrame:
    """Return the official pages of a regular kind that speak of the plan's area or its parent, with the open targets that they name."""
    package = view.package
    known = view.observations
    near = {
        area
        for plan in package.plans["area_id"]
        for area in (str(plan), *areas_containing(package.areas, str(plan))[:1])
    }
    known = known[known["area_id"].isin(near)]
    of_indicator: dict[str, list[str]] = {}
    for row in records(in_list_order(package, assess(view))):
        if not row["outcome_settled"]:
            of_indicator.setdefault(str(row["indicator_id"]), []).append(str(row["target_id"]))
    named: dict[str, list[str]] = {}
    for source_id, indicator_id in zip(known["source_id"], known["indicator_id"], strict=True):
        named.setdefault(str(source_id), []).extend(of_indicator.get(str(indicator_id), ()))
    sources = package.sources
    pages = sources[
        sources["kind"].isin(REGULAR_KINDS)
        & sources["tier"].eq("official")
        & sources["source_id"].isin(named)
    ]
    pages = pages[pages["known_on"].le(view.timestamp)]
    return pages.assign(target_ids=pages["source_id"].map(named))
