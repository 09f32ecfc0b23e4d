"""The ambition of a target: compared with figures and targets of the parent area, higher areas, and neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from daye_analysis.package.areas import areas_containing
from daye_analysis.package.evidence.quantity_types import quantity_type
from daye_analysis.package.evidence.roles import whole_year
from daye_analysis.package.evidence.target_evidence import in_target_unit
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.package.view import PackageView, cached, is_sound

_COLUMNS: Final = [
    "target_id", "area_id", "relation", "statement", "concept", "observation_id", "value", "bound", "period_start",
    "period_end", "ratio", "is_share",
]  # fmt: skip
# Nearer places first, and outturns before aims.
_RELATIONS: Final = ("parent", "containing", "peer")
_STATEMENTS: Final = ("outturn", "target")


@dataclass(frozen=True, slots=True)
class UsualShare:
    """The share of an area above it that the plan's area had in one quantity.

    Attributes
    ----------
    indicator_id
        The quantity.
    area_id
        The area above.
    share
        Of one date or period, as a share.
    period_start, period_end
        That date or period.
    observation_ids
        The two figures.
    """

    indicator_id: str
    area_id: str
    share: float
    period_start: pd.Timestamp | None
    period_end: pd.Timestamp
    observation_ids: tuple[str, str]


@cached
def ambition(view: PackageView) -> pd.DataFrame:
    """Return the latest figure and the latest aim of areas above and beside the plan's, for each target that has any.

    Parameters
    ----------
    view
        A package as it could be known on a day.

    Returns
    -------
    pandas.DataFrame
        One row for each target, area and statement (outturn or target): target_id, area_id, relation (parent,
        containing: further up, peer: of the same parent), statement, concept, observation_id, value (in the target's
        unit), bound, period_start, period_end, ratio (target to value) and is_share (whether the target's area is a
        part of the other and the quantity adds up, so that the ratio is a share). Sums since the plan's start have
        no comparable period elsewhere and are left out, as are figures in doubt and those of another concept; of an
        area above, a broader concept serves where there is no other.
    """
    package = view.package
    units = package.measurement_units.set_index("unit_code")
    known = view.observations
    known = known[is_sound(known)]
    known = known[known["statement"].isin(_STATEMENTS) & known["concept"].isin(["same", "broader"])]
    targets = package.targets[["target_id", "indicator_id", "unit_code"]].rename(
        columns={"unit_code": "target_unit"}
    )
    rows = targets.merge(known, on="indicator_id")
    rows = rows.assign(figure=in_target_unit(rows, units)[0])
    figures = records_by(rows, "target_id")
    found: list[dict[str, Any]] = []
    for target in records(package.targets):
        indicator = package.record("indicators", target["indicator_id"])
        kind = quantity_type(str(indicator["quantity"]), str(units["kind"][target["unit_code"]]))
        if kind.cumulative:
            continue
        others = _others(package.areas, str(package.record("plans", target["plan_id"])["area_id"]))
        near = [
            {**row, "relation": others[row["area_id"]]}
            for row in figures.get(str(target["target_id"]), [])
            if row["area_id"] in others and row["measure"] in kind.measures
        ]
        adds_up = kind.additive and bool(indicator["additive"])
        yearly = kind.yearly or target["scope"] == "annual"
        found += [_row(target, each, adds_up) for each in _latest(near, yearly)]
    return pd.DataFrame(found, columns=_COLUMNS)


def usual_share(view: PackageView, area_id: str, above: str, indicator_id: str) -> UsualShare | None:
    """Return the share that `area_id` last had of `above` in this quantity, else in the context quantity last published for both.

    Both figures are undoubted exact outturns of one date or period and one concept. None where there is no such pair.
    """
    pairs = _pairs(view, area_id, above)
    own = [pair for pair in pairs if pair.indicator_id == indicator_id]
    context = set(view.package.indicators.loc[view.package.indicators["role"] == "context", "indicator_id"])
    rest = [pair for pair in pairs if pair.indicator_id in context]
    return max(own or rest, key=lambda pair: (pair.period_end, pair.indicator_id), default=None)


@cached
def _pairs(view: PackageView, area_id: str, above: str) -> tuple[UsualShare, ...]:
    """Return every share that the figures of two areas give."""
    known = view.observations
    known = known[is_sound(known)]
    known = known[known["statement"].eq("outturn") & known["concept"].eq("same") & known["bound"].eq("exact")]
    known = known[known["measure"].isin(["level", "flow"]) & known["value"].gt(0)]
    adding = view.package.indicators.set_index("indicator_id")["additive"].fillna(False)
    known = known[known["indicator_id"].map(adding).astype(bool)]
    same = ["indicator_id", "measure", "unit_code", "period_end"]
    pairs = known[known["area_id"] == area_id].merge(
        known[known["area_id"] == above], on=same, suffixes=("", "_above")
    )
    alike = pairs["period_start"].eq(pairs["period_start_above"]) | (
        pairs["period_start"].isna() & pairs["period_start_above"].isna()
    )
    return tuple(
        UsualShare(
            str(row["indicator_id"]), above, float(row["value"]) / float(row["value_above"]),
            None if pd.isna(row["period_start"]) else row["period_start"], row["period_end"],
            (str(row["observation_id"]), str(row["observation_id_above"])),
        )
        for row in records(pairs[alike])
    )  # fmt: skip


def _others(areas: pd.DataFrame, area_id: str) -> dict[str, str]:
    """Return how the areas above and beside `area_id` relate to it, by identifier."""
    above = areas_containing(areas, area_id)
    beside = areas.loc[areas["parent_id"].isin(above[:1]), "area_id"]
    others = dict.fromkeys(map(str, beside), "peer") | dict.fromkeys(above, "containing")
    others |= dict.fromkeys(above[:1], "parent")
    others.pop(area_id, None)
    return others


def _latest(rows: list[Record], yearly: bool) -> list[Record]:
    """Return the latest usable figure and the latest aim of each area, nearer areas first."""
    usable = [
        row
        for row in rows
        if pd.notna(row["figure"])
        and row["figure"] > 0
        and (not yearly or whole_year(row))
        and (row["concept"] == "same" or row["relation"] != "peer")
    ]
    best: dict[tuple[int, str, int], Record] = {}
    # A figure of the same concept goes before a broader one, a later before an earlier one.
    for row in sorted(
        usable, key=lambda row: (row["concept"] == "same", row["period_end"], row["observation_id"])
    ):
        best[_RELATIONS.index(row["relation"]), str(row["area_id"]), _STATEMENTS.index(row["statement"])] = (
            row
        )
    return [best[key] for key in sorted(best)]


def _row(target: Record, row: Record, adds_up: bool) -> dict[str, Any]:
    above = row["relation"] in ("parent", "containing")
    return {
        "target_id": target["target_id"],
        **{name: row[name] for name in _COLUMNS if name in row and name not in ("target_id", "value")},
        "value": float(row["figure"]),
        "ratio": float(target["value"]) / float(row["figure"]),
        "is_share": adds_up and above and row["statement"] == "outturn",
    }
