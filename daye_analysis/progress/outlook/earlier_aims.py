"""Targets whose due date has passed, with their outcomes: how often targets in the package were met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from daye_analysis.package.evidence.intervals import EVERYTHING, Interval, printed_interval, side
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.package.view import PackageView, cached, is_sound
from daye_analysis.progress.reference_class import jeffreys_interval

_COMPARATORS: Final = {
    ("increase", False): "ge", ("increase", True): "gt", ("decrease", False): "le", ("decrease", True): "lt",
}  # fmt: skip
_COLUMNS: Final = [
    "aim_id", "indicator_id", "area_id", "measure", "period_start", "period_end", "aim", "unit_code", "bound", "concept",
    "outcome", "outturn_ids",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AimsMet:
    """How many aims whose outcome is known were met.

    Attributes
    ----------
    over
        Aims whose time is over.
    known
        Those of which the outcome is known.
    met
        Those met.
    low, high
        Interval of the share met at INTERVAL_LEVEL, as shares; NaN where no outcome is known.
    """

    over: int
    known: int
    met: int
    low: float
    high: float


@cached
def earlier_aims(view: PackageView) -> pd.DataFrame:
    """Return every aim in the package whose period is over on the view's day, and its outcome.

    Parameters
    ----------
    view
        A package as it could be known on a day.

    Returns
    -------
    pandas.DataFrame
        One row an aim: aim_id (its observation), indicator_id, area_id, measure, period_start, period_end, aim,
        unit_code, bound, concept, outcome and outturn_ids (with spaces between). outcome is met, not_met, open (only
        bounds, which do not settle it), conflict or unpublished. Outturns are of the same place, quantity, measure and
        period; one of a broader concept than the aim's is an upper bound, of a narrower one a lower bound, where the
        quantity adds up.
    """
    known = view.observations
    known = known[is_sound(known)]
    aims = known[
        known["statement"].eq("target")
        & known["period_end"].lt(view.timestamp)
        & known["concept"].ne("related")
    ]
    outturns = known[known["statement"].eq("outturn") & known["concept"].ne("related")]
    same = ["indicator_id", "area_id", "measure", "unit_code", "period_end"]
    pairs = records_by(
        aims[["observation_id", "period_start", *same]].merge(outturns, on=same, suffixes=("_aim", "")),
        "observation_id_aim",
    )
    found = []
    for aim in records(aims):
        rows = [
            row
            for row in pairs.get(str(aim["observation_id"]), [])
            if _same_day(row["period_start"], aim["period_start"])
        ]
        found.append(_judged(aim, rows, view.package.record("indicators", aim["indicator_id"])))
    return pd.DataFrame(found, columns=_COLUMNS).sort_values(["period_end", "aim_id"], ignore_index=True)


def aims_met(aims: pd.DataFrame) -> AimsMet:
    """Return how many of the aims that `earlier_aims` gave were met, with Jeffreys' interval of the share."""
    known = aims["outcome"].isin(["met", "not_met"])
    met, number = int(aims["outcome"].eq("met").sum()), int(known.sum())
    low, high = jeffreys_interval(met, number)
    return AimsMet(len(aims), number, met, low, high)


def _judged(aim: Record, rows: list[Record], indicator: Mapping[str, Any]) -> dict[str, Any]:
    adds_up = bool(indicator["additive"]) and aim["measure"] in ("level", "flow")
    used, left = [], EVERYTHING
    for row in rows:
        said = _interval(row, str(aim["concept"]), adds_up)
        if not said.unbounded:
            used.append(str(row["observation_id"]))
            left = left.intersect(said)
    comparator = _COMPARATORS[str(indicator["direction"]), aim["bound"] in ("more_than", "less_than")]
    if not used:
        outcome = "unpublished"
    elif left.empty:
        outcome = "conflict"
    else:
        outcome = side(left, float(aim["value"]), comparator)
    return {
        **{name: aim[name] for name in _COLUMNS if name in aim},
        "aim_id": aim["observation_id"], "aim": float(aim["value"]), "outcome": outcome, "outturn_ids": " ".join(used),
    }  # fmt: skip


def _interval(row: Record, wanted: str, adds_up: bool) -> Interval:
    """Return what an outturn says of the quantity that an aim of the concept `wanted` means."""
    said = printed_interval(row["value"], row["bound"])
    if row["concept"] == wanted:
        return said
    if not adds_up:
        return EVERYTHING
    order = ["narrower", "same", "broader"]
    if order.index(row["concept"]) > order.index(wanted):
        return Interval(high=said.high, high_open=said.high_open)
    return Interval(low=said.low, low_open=said.low_open)


def _same_day(a: Any, b: Any) -> bool:
    return bool((pd.isna(a) and pd.isna(b)) or a == b)
