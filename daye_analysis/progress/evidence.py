"""Which published figures decide a target, which bound it, and which only inform."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.package.areas import areas_containing, areas_within
from daye_analysis.package.records import Record, records_by
from daye_analysis.progress.arrays import BoolArray
from daye_analysis.progress.bounds import bounds
from daye_analysis.progress.checks import check_not_after
from daye_analysis.progress.kinds import KINDS
from daye_analysis.progress.printed import last_printed_place
from daye_analysis.progress.tables import Tables, as_day, remembered

ROLE_TEXT: Final[dict[str, Text]] = {
    "like": Text("同口径，可据以判断", "like: decides"),
    "lower": Text("下限", "lower bound"),
    "upper": Text("上限", "upper bound"),
    "context": Text("仅供参考", "context"),
}
WHY_TEXT: Final[dict[str, Text]] = {
    "": Text("", ""),
    "aim": Text("是目标，不是实绩", "an aim, not an outturn"),
    "forecast": Text("是预计，不是实绩", "a forecast, not an outturn"),
    "doubtful": Text("存疑", "doubtful"),
    "related": Text("指标不同，仅相关", "another indicator, only related"),
    "other_measure": Text("计量方式不同", "another measure"),
    "other_unit": Text("单位不可换算", "a unit that does not convert"),
    "not_ended": Text("期间尚未结束", "its period is not over"),
    "crossed": Text("口径更窄而地区更大（或相反），推不出上下限",
                    "narrower concept of a larger area (or the reverse): bounds nothing"),
    "not_additive": Text("不可加，推不出上下限", "not additive: bounds nothing"),
    "other_period": Text("期间不同", "another period"),
    "before_plan": Text("早于规划起始", "before the plan's start"),
    "open_above": Text("只说“超过”，不能作上限", "said to be more than: no upper bound"),
    "approximate": Text("约数，不作上下限", "approximate: no bound"),
    "too_wide": Text("范围太大，作不了有用的上限", "too wide an area to inform as an upper bound"),
    "partial_year": Text("只到年中，作全年的下限", "part of a year: a lower bound for the year"),
}  # fmt: skip

_NESTED: Final = ["own", "parent", "containing", "contained"]


def area_relations(areas: pd.DataFrame, area_id: str) -> dict[str, str]:
    """Return how each nested place stands to `area_id`: own, parent, containing (further up) or contained.

    Places that neither contain it nor lie in it are left out.
    """
    above = areas_containing(areas, area_id)
    relations = dict.fromkeys(areas_within(areas, area_id), "contained")
    relations |= dict.fromkeys(above[1:], "containing") | dict.fromkeys(above[:1], "parent")
    return relations | {area_id: "own"}


@remembered
def known_observations(tables: Tables, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the observations that could be known on `as_of`, with `known_on` and `tier` of their sources.

    `known_on` cuts, never the period. A source without a date counts as known from the day of compilation.
    """
    sources = tables.sources[["source_id", "known_on", "tier"]]
    found = tables.observations.merge(sources, on="source_id", how="left", validate="many_to_one")
    found["known_on"] = found["known_on"].fillna(as_day(tables.compiled_on))
    return found[found["known_on"] <= as_of].copy()


@remembered
def evidence(tables: Tables, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return one row for each target and each known figure of its indicator about a nested place.

    Beside the observation's columns: `target_id`, `relation`, `figure` (in the target's unit), `place` (one unit of
    its last printed digit), `role` (like, lower, upper, context), `why` (a key of WHY_TEXT), and `assumption` where the
    figure is a researcher's, not a source's.
    Raises CheckFailed (progress.period-after-as-of) for an undoubted own outturn of a month that is not over.
    """
    rows = _candidates(tables, as_of)
    rows["figure"], rows["place"], convertible = _in_target_unit(rows, tables.measurement_units)
    outturn = (rows["statement"] == "outturn") & rows["doubt_en"].isna() & rows["doubt_zh"].isna()
    deciding = outturn & rows["concept"].eq("same") & rows["relation"].eq("own")
    check_not_after(rows[deciding & ~rows["before_end"]], as_of)
    rows["why"] = _why(rows, convertible)
    rows["role"] = _role(rows)
    wide = _too_wide(rows)
    rows.loc[wide, ["role", "why"]] = ["context", "too_wide"]
    order = ["target_id", "period_end", "observation_id"]
    return rows.drop(columns=["before_end"]).sort_values(order, ignore_index=True)


def _candidates(tables: Tables, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return known figures of each target's indicator about its plan's area or a place nested with it."""
    observations = known_observations(tables, as_of)
    observations["assumption"] = observations["observation_id"].isin(tables.assumed)
    plans = tables.plans[["plan_id", "area_id", "start"]].rename(
        columns={"area_id": "plan_area", "start": "plan_start"}
    )
    wanted = [
        "target_id",
        "plan_id",
        "indicator_id",
        "comparator",
        "value",
        "unit_code",
        "scope",
        "first_year",
        "due",
    ]
    targets = tables.targets[wanted].rename(columns={"value": "target", "unit_code": "target_unit"})
    traits = tables.indicators[["indicator_id", "quantity", "direction", "additive"]]
    rows = (
        targets.merge(plans, on="plan_id")
        .merge(traits, on="indicator_id")
        .merge(observations, on="indicator_id")
    )
    relation = {area: area_relations(tables.areas, area) for area in tables.plans["area_id"].unique()}
    rows["relation"] = [
        relation[plan].get(area, "elsewhere")
        for plan, area in zip(rows["plan_area"], rows["area_id"], strict=True)
    ]
    rows["before_end"] = rows["period_end"] <= as_of + pd.offsets.MonthEnd(0)
    return rows[rows["relation"].isin(_NESTED)].reset_index(drop=True)


def _in_target_unit(rows: pd.DataFrame, units: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return each value and its last printed place in the target's unit, and whether the units convert at all."""
    unit = units.set_index("unit_code")
    base = rows["unit_code"].map(unit["base_unit"]) == rows["target_unit"].map(unit["base_unit"])
    shift = rows["unit_code"].map(unit["power_of_ten"]) - rows["target_unit"].map(unit["power_of_ten"])
    factor = np.power(10.0, shift.astype("float64"))
    place = [last_printed_place(v, b) for v, b in zip(rows["value"], rows["bound"], strict=True)]
    figure = (rows["value"] * factor).where(base)
    return figure, pd.Series(place, rows.index, dtype="float64") * factor, base.fillna(False)


def other_aims(evidence: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `evidence` that are aims which others, or other plans, state for the area or a part of it.

    Only those of the same thing, in a unit and measure that can be set beside the target, for a time after the plan's
    start; one row for each value and time.
    """
    measured = [m in KINDS[q].measures for m, q in zip(evidence["measure"], evidence["quantity"], strict=True)]
    usable = (
        evidence["statement"].eq("target")
        & evidence["relation"].isin(["own", "contained"])
        & evidence["concept"].ne("related")
        & evidence["figure"].notna()
        & (evidence["period_end"] > evidence["plan_start"])
        & evidence[["doubt_zh", "doubt_en"]].isna().all(axis=1)
        & pd.Series(measured, evidence.index, dtype="bool")
    )
    return evidence[usable].drop_duplicates(["target_id", "figure", "period_end"])


def by_year(rows: pd.DataFrame) -> pd.Series:
    """Return whether a target's figures are those of a calendar year: output values, and whatever is due annually."""
    return rows["quantity"].isin(["output_value", "annual_flow"]) | (
        rows["scope"].eq("annual") & rows["measure"].eq("flow")
    )


def _why(rows: pd.DataFrame, convertible: pd.Series) -> np.ndarray:
    """Return why a figure is no more than context, or is a bound only; empty where nothing stands against it."""
    up = rows["concept"].eq("broader") | rows["relation"].isin(["parent", "containing"])
    down = rows["concept"].eq("narrower") | rows["relation"].eq("contained")
    nested = up | down
    start, end, year = rows["period_start"], rows["period_end"], rows["period_end"].dt.year
    yearly = by_year(rows)
    in_year = start.dt.year.eq(year).fillna(False)
    whole = in_year & start.dt.day_of_year.eq(1).fillna(False) & end.dt.month.eq(12) & end.dt.day.eq(31)
    summed = rows["quantity"].eq("cumulative_flow")
    first_day = rows["plan_start"] + pd.Timedelta(days=1)
    reduced = rows["quantity"].eq("cumulative_reduction") & ~rows["growth_base_end"].eq(
        rows["plan_start"]
    ).fillna(False)
    annual = rows["scope"].eq("annual")
    early = end <= rows["plan_start"]
    other = (yearly & (~in_year | (up & ~whole))) | (summed & up & start.ne(first_day)) | reduced
    began_before = summed & start.lt(first_day).fillna(True)
    measures = {quantity: kind.measures for quantity, kind in KINDS.items()}
    fits = pd.Series(
        [m in measures[q] for m, q in zip(rows["measure"], rows["quantity"], strict=True)], rows.index
    )
    tests = [
        ("aim", rows["statement"].eq("target")),
        ("forecast", rows["statement"].eq("forecast")),
        ("doubtful", rows["doubt_en"].notna() | rows["doubt_zh"].notna()),
        ("related", rows["concept"].eq("related")),
        ("other_measure", ~fits),
        ("other_unit", ~convertible),
        ("not_ended", ~rows["before_end"]),
        ("crossed", up & down),
        ("not_additive", nested & ~rows["additive"].astype(bool)),
        ("before_plan", (nested & early) | (annual & early) | began_before),
        ("other_period", other),
        ("open_above", up & rows["bound"].isin(["at_least", "more_than"])),
        ("approximate", nested & rows["bound"].eq("about")),
        ("partial_year", ~nested & yearly & ~whole),
    ]
    return np.select([test.to_numpy(bool) for _, test in tests], [name for name, _ in tests], "")


def _role(rows: pd.DataFrame) -> np.ndarray:
    """Return like, lower, upper or context."""
    up = rows["concept"].eq("broader") | rows["relation"].isin(["parent", "containing"])
    down = rows["concept"].eq("narrower") | rows["relation"].eq("contained")
    at_least = rows["bound"].isin(["at_least", "more_than"]) | rows["why"].eq("partial_year")
    context = ~rows["why"].isin(["", "partial_year"])
    tests = [context, up, down | at_least]
    return np.select([test.to_numpy(bool) for test in tests], ["context", "upper", "lower"], "like")


def _too_wide(rows: pd.DataFrame) -> BoolArray:
    """Return where an upper bound of a province or country settles nothing: it is true, and useless."""
    far = (rows["role"].eq("upper") & rows["relation"].eq("containing")).to_numpy(bool)
    sign = np.where(rows["direction"].eq("increase"), 1.0, -1.0)
    proof = bounds(np.nan, rows["figure"], rows["target"], sign, rows["comparator"].eq("gt"))
    return np.asarray(far & ~proof.proves_met & ~proof.proves_not_met, dtype=np.bool_)


def records_of_targets(evidence: pd.DataFrame) -> dict[str, list[Record]]:
    """Return the rows of `evidence()` by target, as far as a target's standing needs them."""
    needed = evidence[
        ["target_id", "observation_id", "quantity", "plan_start", "period_start", "period_end", "measure", "value",
         "figure", "place", "bound", "statement", "concept", "relation", "growth_base_end", "known_on", "assumption",
         "role", "why"]
    ]  # fmt: skip
    return records_by(needed, "target_id")
