"""All comparable series of all areas: the basis of the reference class and the back-test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from daye_analysis.package.evidence.intervals import printed_place
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.evidence.roles import impossible
from daye_analysis.package.view import PackageView, cached, is_sound
from daye_analysis.progress.dates import years_between

# Counts of one place differ by who counts in these classes (macro stations or all, one carrier or all), so that only
# the figures of one publisher make a series.
ONE_PUBLISHER_CLASSES: Final = frozenset({"base_stations"})
# Figures of one place and day that differ by half as much again count different things under one name (all
# specialised firms, or the national few): growth from one to the other never happened.
TWO_DEFINITIONS: Final = 1.5
# What is stated, and what is stated from below; a figure stated as at most something does not distinguish definitions.
_STATED: Final = ("exact", "about")
_FROM_BELOW: Final = ("at_least", "more_than")
_POINT_COLUMNS: Final = [
    "series", "date", "indicator_id", "area_id", "reference_class", "direction", "quantity", "unit_code", "value",
    "known_on",
]  # fmt: skip


@cached
def like_points(view: PackageView) -> pd.DataFrame:
    """Return one row for each date of each comparable series known on `as_of`.

    Columns: series (a text key of indicator and area, and of the publisher where publishers count differently),
    indicator_id, area_id, reference_class, direction, quantity, unit_code and value (in the indicator's own unit),
    date, known_on, observation_ids. Only undoubted outturns of the same concept, exact or "about"; flows of whole
    calendar years only; no assumptions. Dates whose figures disagree are left out, and the whole series where they
    ("more than" figures too) differ by half as much again.
    """
    rows = _usable(view)
    rows["series"] = series_keys(rows)
    factor = _to_unit_of_indicator(rows, view.package.measurement_units)
    place = np.array([printed_place(t, b) for t, b in zip(rows["value_text"], rows["bound"], strict=True)], dtype="float64")
    rows["place"], rows["value"], rows["unit_code"] = place * factor, rows["value"] * factor, rows["own_unit"]
    rows = rows[factor.notna()]
    rows = rows.sort_values(["series", "period_end", "place", "known_on", "observation_id"], kind="stable")
    value, places = rows["value"].tolist(), rows["place"].tolist()
    stated = rows["bound"].isin(_STATED).tolist()
    dates: dict[tuple[str, pd.Timestamp], list[int]] = {}
    for at, key in enumerate(zip(rows["series"], rows["period_end"], strict=True)):
        dates.setdefault(key, []).append(at)
    broken = {
        series
        for (series, _), every in dates.items()
        if max(value[at] for at in every) > TWO_DEFINITIONS * abs(min(value[at] for at in every))
    }
    stated_dates = [[at for at in every if stated[at]] for (series, _), every in dates.items() if series not in broken]
    agreed = [each for each in stated_dates if each and _agree([(value[at], places[at]) for at in each])]
    points = rows.rename(columns={"period_end": "date"}).iloc[[each[0] for each in agreed]][_POINT_COLUMNS]
    known, ids = rows["known_on"].tolist(), rows["observation_id"].tolist()
    points["known_on"] = pd.Series([min(known[at] for at in each) for each in agreed], points.index, rows["known_on"].dtype)
    points["observation_ids"] = pd.Series([" ".join(ids[at] for at in each) for each in agreed], points.index, "str")
    return points.reset_index(drop=True)


def series_keys(rows: pd.DataFrame) -> pd.Series:
    """Return the text key of each row's series: indicator and area, and the publisher where publishers count differently."""
    keys = rows["indicator_id"] + "|" + rows["area_id"]
    by_publisher = rows["reference_class"].isin(ONE_PUBLISHER_CLASSES)
    return pd.Series(keys.where(~by_publisher, keys + "|" + rows["publisher"]))


def _to_unit_of_indicator(rows: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """Return what turns each value into its indicator's own unit; NaN where the units do not convert."""
    unit = units.set_index("unit_code")
    shift = rows["unit_code"].map(unit["power_of_ten"]) - rows["own_unit"].map(unit["power_of_ten"])
    same = rows["unit_code"].map(unit["base_unit"]) == rows["own_unit"].map(unit["base_unit"])
    return pd.Series(np.power(10.0, shift.astype("float64")), rows.index).where(same.fillna(False))


def _agree(figures: Sequence[tuple[float, float]]) -> bool:
    """Return whether all figures of a date, each with its last printed place, the finest first, round to the finest."""
    finest, fine = figures[0]
    return all(
        abs(value - finest) <= place / 2 * (1 + 1e-9) if place > fine * 1.5 else bool(np.isclose(value, finest, rtol=1e-9))
        for value, place in figures
    )


def published_growths(view: PackageView) -> pd.DataFrame:
    """Return the growths that publishers print, one row each, a year, as shares.

    Columns: series, indicator_id, area_id, reference_class, direction, date_from, date_to, value, observation_id. Of a
    whole calendar year on the year before; the average of several whole years (percent a year); and from a base that the
    row names, made yearly. Those of part of a year are left out, and so are classes of aims.
    """
    rows = _undoubted(view)
    has_growth = {q for q, kind in QUANTITY_TYPES.items() if kind.grows or q in ("annual_flow", "growth_rate")}
    printed = rows["measure"].eq("growth_pct") & rows["bound"].isin(_STATED) & rows["quantity"].isin(has_growth)
    rows = pd.DataFrame(rows[printed])
    start, end, base = rows["period_start"], rows["period_end"], rows["growth_base_end"]
    average = rows["unit_code"].eq("percent_per_year")
    before = start - pd.Timedelta(days=1)
    several = average & base.isna() & _ends_a_year(before) & _ends_a_year(end) & end.dt.year.sub(before.dt.year).gt(1)
    one = ~average & base.isna() & (_whole_year(rows) | (start.isna() & rows["quantity"].eq("stock")))
    total = ~average & base.notna()
    since = base.where(total, before.where(several, end - pd.DateOffset(years=1)))
    years = years_between(since.to_numpy("datetime64[D]"), end.to_numpy("datetime64[D]"))
    rate = (rows["value"] / 100).to_numpy("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        yearly = np.where(total, np.expm1(np.log1p(rate) / years), rate)
    found = rows.assign(date_from=since, date_to=end, value=yearly, series=series_keys(rows))
    columns = ["series", "indicator_id", "area_id", "reference_class", "direction", "date_from", "date_to", "value", "observation_id"]
    return pd.DataFrame(found.loc[(several | one | total) & np.isfinite(yearly), columns]).reset_index(drop=True)


@cached
def _undoubted(view: PackageView) -> pd.DataFrame:
    """Return known, undoubted outturns of the same concept, without assumptions, with publisher and indicator's traits.

    A figure that a later one replaces is left out from the day on which that was known, and with it the origins at which
    only the replaced one could be read: no forecast is tested on a value that it did not have.
    """
    rows = view.observations
    sound = (
        rows["statement"].eq("outturn")
        & rows["concept"].eq("same")
        & is_sound(rows)
        & ~rows["observation_id"].isin(view.package.assumed)
        & ~impossible(rows)
    )
    traits = view.package.indicators[["indicator_id", "quantity", "direction", "reference_class", "unit_code"]]
    return rows[sound].merge(traits.rename(columns={"unit_code": "own_unit"}), on="indicator_id")


def _usable(view: PackageView) -> pd.DataFrame:
    """Return the undoubted outturns that are levels, shares, or flows of a whole calendar year, in the right measure."""
    rows = _undoubted(view)
    fits = pd.Series(
        [m in QUANTITY_TYPES[q].measures and m not in ("growth_pct", "rank")
         for m, q in zip(rows["measure"], rows["quantity"], strict=True)],
        rows.index, dtype=bool,
    )  # fmt: skip
    timed = rows["period_start"].isna() | _whole_year(rows)
    return pd.DataFrame(rows[fits & timed & rows["bound"].isin([*_STATED, *_FROM_BELOW])]).copy()


def _whole_year(rows: pd.DataFrame) -> pd.Series:
    """Return whether a period is a whole calendar year; False for a level."""
    start, end = rows["period_start"], rows["period_end"]
    first = start.dt.year.eq(end.dt.year) & start.dt.day_of_year.eq(1)
    return pd.Series((first & _ends_a_year(end)).fillna(False).to_numpy(bool), rows.index)


def _ends_a_year(day: pd.Series) -> pd.Series:
    return pd.Series((day.dt.month.eq(12) & day.dt.day.eq(31)).fillna(False).to_numpy(bool), day.index)
