"""The table of quantity types: how each is measured, whether it is additive, and what may be computed from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Scale = Literal["log", "logit", "reduction", "identity"]
Future = Literal["trend", "counts", "none"]


@dataclass(frozen=True, slots=True)
class QuantityType:
    """One type of quantity.

    Attributes
    ----------
    name
        The code in `indicators.quantity`.
    measures
        The measures of an observation that are this quantity; any other measure only informs.
    without_period, with_period
        The measure of a new observation that has no `period_start`, or has one; empty where there is none.
    additive
        Whether the whole is at least each of its parts, so that figures of other scopes can bound. The indicator's own
        `additive` must say so too.
    yearly
        Whether the figure is the total of a calendar year: a figure for part of a year is only a lower bound.
    cumulative
        Whether progress starts at zero with the plan.
    limits
        The lowest and highest value that can be, or None.
    scale
        The scale on which change is even.
    grows
        Whether a compound growth rate has a meaning.
    future
        How the forecast reads the series.
    withheld
        The code of the reason why there is no rate or forecast; empty where there is one.
    """

    name: str
    measures: tuple[str, ...]
    without_period: str
    with_period: str
    additive: bool = False
    yearly: bool = False
    cumulative: bool = False
    limits: tuple[float, float] | None = None
    scale: Scale = "identity"
    grows: bool = False
    future: Future = "none"
    withheld: str = ""

    @property
    def summed(self) -> bool:
        """Return whether the quantity is a total over a period, so that periods add up."""
        return self.measures == ("flow",)


_PERCENT: Final = (0.0, 100.0)

QUANTITY_TYPES: Final[dict[str, QuantityType]] = {
    each.name: each
    for each in (
        QuantityType("stock", ("level",), "level", "", additive=True, scale="log", grows=True, future="trend"),
        QuantityType("output_value", ("flow",), "", "flow", additive=True, yearly=True, scale="log", grows=True,
                     future="trend"),
        QuantityType("ratio", ("level", "flow"), "level", "flow", scale="log", grows=True, future="trend"),
        QuantityType("share", ("share_pct", "level"), "level", "share_pct", limits=_PERCENT, scale="logit", future="trend",
                     withheld="points_not_rate"),
        QuantityType("coverage", ("share_pct", "level"), "level", "share_pct", limits=_PERCENT, withheld="near_limit"),
        QuantityType("cumulative_flow", ("flow",), "", "flow", additive=True, cumulative=True, future="counts"),
        QuantityType("annual_flow", ("flow",), "", "flow", additive=True, yearly=True, future="counts",
                     withheld="each_year"),
        QuantityType("cumulative_reduction", ("level",), "level", "level", cumulative=True, scale="reduction",
                     future="trend"),
        QuantityType("rank", ("rank",), "rank", "rank", withheld="ordinal"),
        QuantityType("growth_rate", ("growth_pct",), "growth_pct", "growth_pct", withheld="threshold_only"),
    )
}  # fmt: skip


def quantity_type(quantity: str, unit_kind: str = "") -> QuantityType:
    """Return the type of a quantity; a ratio in per cent is bounded by 100 and treated as a share."""
    return QUANTITY_TYPES["share" if quantity == "ratio" and unit_kind == "percent" else quantity]
