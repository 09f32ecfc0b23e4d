"""How each kind of quantity is treated: its scale, whether it has a growth rate, what may be said of its future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from daye_analysis.progress.reasons import Reason

Scale = Literal["log", "logit", "reduction", "identity"]
Future = Literal["trend", "counts", "none"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of quantity (methods: table 1.10).

    `scale` is where change is even; `grows` says whether a compound growth rate has a meaning; `future` how layer D
    reads it; `measures` which measures of an observation are this quantity; `withheld` why there is no rate or future.
    """

    quantity: str
    scale: Scale
    grows: bool
    future: Future
    measures: tuple[str, ...]
    withheld: Reason = Reason.NONE


KINDS: Final[dict[str, Kind]] = {
    kind.quantity: kind
    for kind in (
        Kind("stock", "log", True, "trend", ("level",)),
        Kind("output_value", "log", True, "trend", ("flow",)),
        Kind("ratio", "log", True, "trend", ("level", "flow")),
        Kind("share", "logit", False, "trend", ("level", "share_pct"), Reason.POINTS_NOT_RATE),
        Kind("coverage", "identity", False, "none", ("level", "share_pct"), Reason.NEAR_LIMIT),
        Kind("cumulative_flow", "identity", False, "counts", ("flow",)),
        Kind("annual_flow", "identity", False, "counts", ("flow",), Reason.EACH_YEAR),
        Kind("cumulative_reduction", "reduction", False, "trend", ("level",)),
        Kind("rank", "identity", False, "none", ("rank",), Reason.ORDINAL),
        Kind("growth_rate", "identity", False, "none", ("growth_pct",), Reason.THRESHOLD_ONLY),
    )
}


def kind_of(quantity: str, unit_kind: str) -> Kind:
    """Return the kind of a quantity; a ratio in per cent is bounded by 100 and treated as a share."""
    return KINDS["share" if quantity == "ratio" and unit_kind == "percent" else quantity]
