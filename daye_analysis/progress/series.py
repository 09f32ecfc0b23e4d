"""All like series of all areas: what the reference class and the back-test are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from daye_analysis.package.evidence.intervals import printed_place
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES as KINDS
from daye_analysis.progress.tables import Tables, known_observations, remembered

# Counts of one place differ by source in these classes (macro stations or all, one carrier or all), so that only the
# figures of one source make a series.
ONE_SOURCE_CLASSES: Final = frozenset({"base_stations"})
# Aims of earlier plans are kept as series for comparison; they never happened.
NOT_OUTTURNS: Final = frozenset({"plan_aims"})
# Figures of one place and day that differ by half as much again count different things under one name (all
# specialised firms, or the national few): growth from one to the other never happened.
TWO_DEFINITIONS: Final = 1.5
_POINT_COLUMNS: Final = [
    "series", "date", "indicator_id", "area_id", "reference_class", "quantity", "unit_code", "value", "known_on",
]  # fmt: skip


@remembered
def like_points(tables: Tables, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return one row for each date of each like series known on `as_of`.

    Columns: series (a text key of indicator, area and unit, and of the source where one place's sources differ),
    indicator_id, area_id, reference_class, quantity, unit_code, date, value, known_on, observation_ids. Only undoubted
    outturns of the same concept, exact or "about"; flows of whole calendar years only; no assumptions. Dates whose
    figures disagree are left out, and the whole series where they ("more than" figures too) differ by half as much again.
    """
    rows = _usable(tables, as_of)
    rows["series"] = rows["indicator_id"] + "|" + rows["area_id"] + "|" + rows["unit_code"]
    one_source = rows["reference_class"].isin(ONE_SOURCE_CLASSES)
    rows["series"] = rows["series"].where(~one_source, rows["series"] + "|" + rows["source_id"])
    rows["place"] = [printed_place(v, b) for v, b in zip(rows["value_text"], rows["bound"], strict=True)]
    rows = rows.sort_values(["series", "period_end", "place", "known_on", "observation_id"], kind="stable")
    value, place = rows["value"].tolist(), rows["place"].tolist()
    stated = rows["bound"].isin(["exact", "about"]).tolist()
    dates: dict[tuple[str, pd.Timestamp], list[int]] = {}
    for at, key in enumerate(zip(rows["series"], rows["period_end"], strict=True)):
        dates.setdefault(key, []).append(at)
    broken = {
        series
        for (series, _), every in dates.items()
        if max(value[at] for at in every) > TWO_DEFINITIONS * abs(min(value[at] for at in every))
    }
    told = [[at for at in every if stated[at]] for (series, _), every in dates.items() if series not in broken]
    agreed = [each for each in told if each and _agree([(value[at], place[at]) for at in each])]
    points = rows.rename(columns={"period_end": "date"}).iloc[[each[0] for each in agreed]][_POINT_COLUMNS]
    known, ids = rows["known_on"].tolist(), rows["observation_id"].tolist()
    points["known_on"] = pd.Series([min(known[at] for at in each) for each in agreed], points.index, rows["known_on"].dtype)
    points["observation_ids"] = pd.Series([" ".join(ids[at] for at in each) for each in agreed], points.index, "str")
    return points.reset_index(drop=True)


def _agree(figures: Sequence[tuple[float, float]]) -> bool:
    """Return whether all figures of a date, each with its last printed place, the finest first, round to the finest."""
    finest, fine = figures[0]
    return all(
        abs(value - finest) <= place / 2 if place > fine * 1.5 else value == finest for value, place in figures
    )


def published_growths(tables: Tables, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return published year-on-year growths of whole calendar years, as shares, with their indicator and area."""
    rows = _undoubted(tables, as_of)
    has_level = (
        rows["quantity"].map({q: kind.grows or q == "annual_flow" for q, kind in KINDS.items()}).astype(bool)
    )
    growth = (
        rows["measure"].eq("growth_pct") & rows["unit_code"].eq("percent") & rows["growth_base_end"].isna()
    )
    found = rows[_whole_year(rows) & has_level & growth & rows["bound"].isin(["exact", "about"])]
    columns = ["indicator_id", "area_id", "reference_class", "period_end", "value", "observation_id"]
    return pd.DataFrame(found[columns]).assign(value=found["value"] / 100).reset_index(drop=True)


@remembered
def _undoubted(tables: Tables, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return known, undoubted outturns of the same concept, without assumptions, with their indicator's traits."""
    rows = known_observations(tables, as_of)
    sound = (
        rows["statement"].eq("outturn")
        & rows["concept"].eq("same")
        & rows["doubt_en"].isna()
        & rows["doubt_zh"].isna()
        & ~rows["observation_id"].isin(tables.assumed)
    )
    traits = tables.indicators[["indicator_id", "quantity", "reference_class"]]
    rows = rows[sound].merge(traits, on="indicator_id")
    return pd.DataFrame(rows[~rows["reference_class"].isin(NOT_OUTTURNS)]).reset_index(drop=True)


def _usable(tables: Tables, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the undoubted outturns that are levels, shares, or flows of a whole calendar year, in the right measure."""
    rows = _undoubted(tables, as_of)
    fits = pd.Series(
        [m in KINDS[q].measures and m not in ("growth_pct", "rank")
         for m, q in zip(rows["measure"], rows["quantity"], strict=True)],
        rows.index, dtype=bool,
    )  # fmt: skip
    timed = rows["period_start"].isna() | _whole_year(rows)
    return pd.DataFrame(rows[fits & timed]).copy()


def _whole_year(rows: pd.DataFrame) -> pd.Series:
    """Return whether a period is a whole calendar year; False for a level."""
    start, end = rows["period_start"], rows["period_end"]
    first = start.dt.year.eq(end.dt.year) & start.dt.day_of_year.eq(1)
    whole = first & end.dt.month.eq(12) & end.dt.day.eq(31)
    return pd.Series(whole.fillna(False).to_numpy(bool), rows.index)
