"""The evidence as of a day: the role of every known observation for every target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import pandas as pd

from daye_analysis.package.areas import areas_containing, areas_within
from daye_analysis.package.definition import EVIDENCE
from daye_analysis.package.evidence.intervals import printed_place, side
from daye_analysis.package.evidence.quantity_types import quantity_type
from daye_analysis.package.evidence.roles import CODED, Use, impossible, use_of, whole_year
from daye_analysis.package.evidence.timeline import Record, Timeline, timeline
from daye_analysis.package.package_tables import PackageTables, latest_day
from daye_analysis.package.records import records
from daye_analysis.package.view import PackageView, cached, day_of

_TARGET_COLUMNS: Final = [
    "target_id", "plan_id", "indicator_id", "comparator", "value", "unit_code", "scope", "first_year", "due",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """The evidence of a view: its rows as a table, its rows by target, and the time line of each target."""

    table: pd.DataFrame
    rows: dict[str, list[Record]]
    timelines: dict[str, Timeline]


def evidence(view: PackageView) -> pd.DataFrame:
    """Return one row for each target and each known observation of its indicator about a nested place.

    Parameters
    ----------
    view
        A package as it could be known on a day.

    Returns
    -------
    pandas.DataFrame
        The observation's columns and, beside them, `target_id`; `relation` of its area to the plan's (own, parent,
        containing, contained); `figure` and `rounding` (half a unit of the last printed place) in the target's unit;
        `role` and `reason`; `low`, `high`, `low_is_open`, `high_is_open`: what it says of the target's own quantity;
        `assumption` where the figure is a researcher's. Ordered by target, end of period and identifier.
    """
    return judged_evidence(view).table.copy(deep=False)


def evidence_table(tables: Mapping[str, pd.DataFrame], compiled_on: str) -> pd.DataFrame:
    """Return the exported table `evidence`: all that the package holds, by the definition's columns."""
    frames: Any = SimpleNamespace(**tables, compiled_on=day_of(compiled_on), assumed=frozenset())
    rows = judged_evidence(PackageView(frames, latest_day(day_of(compiled_on), tables["sources"]))).table
    kinds = {field.name: "boolean" for field in EVIDENCE.fields if field.type == "boolean"}
    # Twelve digits are more than any source prints, and leave out what binary sums add behind them.
    ends = {name: [float(f"{end:.12g}") for end in rows[name]] for name in ("low", "high")}
    kept = rows.assign(**ends)[list(EVIDENCE.field_names)].astype(kinds)
    return kept.sort_values(list(EVIDENCE.primary_key), ignore_index=True)


def timelines(view: PackageView) -> dict[str, Timeline]:
    """Return the time line of each target that has any evidence, by target_id."""
    return judged_evidence(view).timelines


@cached
def judged_evidence(view: PackageView) -> Judged:
    """Return the evidence with each row's final role: what contradicts another figure decides and bounds nothing."""
    candidates = _candidates(view)
    kinds = {
        (row["quantity"], row["unit_kind"]): quantity_type(row["quantity"], row["unit_kind"])
        for row in records(candidates[["quantity", "unit_kind"]].drop_duplicates())
    }
    of_target: dict[str, list[Record]] = {}
    for row in records(candidates):
        use = use_of(row, kinds[row["quantity"], row["unit_kind"]], view.day)
        of_target.setdefault(str(row["target_id"]), []).append(row | _columns(_useful(row, use)))
    found: dict[str, Timeline] = {}
    for target_id, rows in of_target.items():
        found[target_id] = timeline(rows, kinds[rows[0]["quantity"], rows[0]["unit_kind"]])
        of_target[target_id] = [_final(row, found[target_id]) for row in rows]
    every = [row for rows in of_target.values() for row in rows]
    names = [*candidates.columns, *_columns(Use("", ""))]
    table = pd.DataFrame(every, columns=names).drop(columns=["interval"])
    typed = table.astype(dict(candidates.dtypes.items()))
    return Judged(typed.astype({"role": "string", "reason": "string"}), of_target, found)


def _columns(use: Use) -> dict[str, Any]:
    said = use.interval
    return {
        "role": use.role,
        "reason": use.reason,
        "interval": said,
        "low": said.low if np.isfinite(said.low) else np.nan,
        "high": said.high if np.isfinite(said.high) else np.nan,
        "low_is_open": said.low_open,
        "high_is_open": said.high_open,
    }


def _useful(row: Record, use: Use) -> Use:
    """Return the use, but of a province's or country's total only where it settles the question."""
    far = use.role == "upper_bound" and row["relation"] == "containing"
    if far and side(use.interval, float(row["target"]), str(row["comparator"])) == "open":
        return Use("context", "too_wide")
    return use


def _final(row: Record, line: Timeline) -> dict[str, Any]:
    """Return a row with the role that is left once all figures of its target are set beside each other."""
    observation_id = str(row["observation_id"])
    if observation_id in line.conflicting:
        return {**row, **_columns(Use("context", "conflict"))}
    if row["assumption"] and row["role"] == "decides" and not any(observation_id in e.ids for e in line.entries):
        return {**row, **_columns(Use("context", "yields"))}
    return dict(row)


@cached
def reasons_by_themselves(view: PackageView) -> dict[str, str]:
    """Return what each known observation would be for a target of its own place and indicator: a reason of the rule."""
    tables = view.package
    traits = tables.indicators[["indicator_id", "quantity", "direction", "additive", "unit_code"]]
    known = _with_codes(view.observations)
    rows = known.merge(traits.rename(columns={"unit_code": "target_unit"}), on="indicator_id")
    rows = rows.assign(relation="own", scope="by_deadline", target_id=rows["indicator_id"], plan_start=tables.plans["start"].min())
    found: dict[str, str] = {}
    for row in records(_with_traits(rows, tables)):
        kind = quantity_type(row["quantity"], row["unit_kind"])
        use = use_of(row, kind, view.day)
        # Sums over several years are no year's amount.
        part = kind.cumulative and kind.summed and use.role == "decides" and not whole_year(row)
        found[str(row["observation_id"])] = "other_period" if part else use.reason
    return found


def area_relations(areas: pd.DataFrame, area_id: str) -> dict[str, str]:
    """Return how each nested place relates to `area_id`: own, parent, containing (further up) or contained.

    Places that neither contain it nor lie in it are left out.
    """
    above = areas_containing(areas, area_id)
    relations = dict.fromkeys(areas_within(areas, area_id), "contained")
    relations |= dict.fromkeys(above[1:], "containing") | dict.fromkeys(above[:1], "parent")
    return relations | {area_id: "own"}


def _candidates(view: PackageView) -> pd.DataFrame:
    """Return the known figures of each target's indicator about its plan's area or a place nested with it."""
    tables = view.package
    plans = tables.plans[["plan_id", "area_id", "start"]].rename(columns={"area_id": "plan_area", "start": "plan_start"})
    targets = tables.targets[_TARGET_COLUMNS].rename(columns={"value": "target", "unit_code": "target_unit"})
    traits = tables.indicators[["indicator_id", "quantity", "direction", "additive"]]
    known = _with_codes(view.observations)
    rows = targets.merge(plans, on="plan_id").merge(traits, on="indicator_id").merge(known, on="indicator_id")
    relation = {area: area_relations(tables.areas, area) for area in tables.plans["area_id"].unique()}
    nested = [
        relation[plan].get(area, "") for plan, area in zip(rows["plan_area"], rows["area_id"], strict=True)
    ]
    rows["relation"] = pd.Series(nested, rows.index, dtype="string")
    rows = _with_traits(rows[rows["relation"] != ""].reset_index(drop=True), tables)
    order = ["target_id", "period_end", "observation_id"]
    return rows.sort_values(order, ignore_index=True)


def _with_codes(known: pd.DataFrame) -> pd.DataFrame:
    """Return observations with whether they can be at all, and an empty code in place of a missing one."""
    known["impossible"] = impossible(known)
    return known.fillna(dict.fromkeys(CODED, ""))


def _with_traits(rows: pd.DataFrame, tables: PackageTables) -> pd.DataFrame:
    """Return figures beside their target with what the rule asks of both; see `roles.use_of`."""
    units = tables.measurement_units.set_index("unit_code")
    rows["unit_kind"] = rows["target_unit"].map(units["kind"])
    rows["assumption"] = rows["observation_id"].isin(tables.assumed)
    rows["each_year"] = rows["scope"].eq("annual")
    yearly = {name: quantity_type(name).yearly for name in rows["quantity"].unique()}
    rows["yearly"] = rows["quantity"].map(yearly).astype("boolean") | (rows["each_year"] & rows["measure"].eq("flow"))
    rows["counted"] = rows["unit_kind"].eq("count")
    rows["figure"], rows["rounding"] = in_target_unit(rows, units)
    rows["adds_up"] = _adds_up(rows)
    return rows


def in_target_unit(rows: pd.DataFrame, units: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return each value in its target's unit, NaN where units do not convert, and half a unit of its last printed place.

    `rows` are observations with the column `target_unit`; `units` is the table `measurement_units` by unit_code. A count
    printed to the last unit is not rounded.
    """
    same_base = rows["unit_code"].map(units["base_unit"]) == rows["target_unit"].map(units["base_unit"])
    shift = rows["unit_code"].map(units["power_of_ten"]) - rows["target_unit"].map(units["power_of_ten"])
    factor = np.power(10.0, shift.astype("float64"))
    place = np.array(
        [printed_place(text, bound) for text, bound in zip(rows["value_text"], rows["bound"], strict=True)], dtype="float64"
    )
    counted = rows["unit_code"].map(units["kind"]).eq("count") & rows["unit_code"].map(units["power_of_ten"]).eq(0)
    counted = counted.fillna(False).astype(bool)
    rounding = np.where(counted & (place >= 1), 0.0, place / 2) * factor
    figure = (rows["value"] * factor).where(same_base.fillna(False).astype(bool))
    return figure.astype("float64"), pd.Series(rounding, rows.index, dtype="float64")


def _adds_up(rows: pd.DataFrame) -> pd.Series:
    """Return whether parts are at most their whole: an additive indicator of an additive type that is never negative."""
    types = {name: quantity_type(name).additive for name in rows["quantity"].unique()}
    amounts = rows["measure"].isin(["level", "flow"]) & rows["figure"].lt(0)
    negative = set(rows.loc[amounts, "target_id"])
    additive = rows["quantity"].map(types).astype("boolean") & rows["additive"].astype("boolean")
    return additive.fillna(False).astype(bool) & ~rows["target_id"].isin(negative)
