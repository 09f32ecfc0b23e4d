"""The proposal for a quantity that reads like a target, in any language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from daye_analysis.bilingual import Text

Comparator = Literal["ge", "gt", "le", "lt"]
Scope = Literal["by_deadline", "sustained", "annual", "cumulative"]
Quantity = Literal[
    "stock", "output_value", "share", "ratio", "cumulative_flow", "annual_flow",
    "cumulative_reduction", "coverage", "rank", "growth_rate",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProposedTarget:
    """A draft target; `wording_zh` is verbatim what is at `source_start` to `source_end`.

    `value` is as printed, in `unit_zh`; for a range it is the less demanding end and `value_high` the upper
    one. `unit_code`, `quantity`, `scope` and `due` are suggestions in the codes of the tables; `due` is None
    where the sentence states none.
    """

    indicator_zh: str
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None
    unit_zh: str
    unit_code: str
    quantity: Quantity
    direction: Literal["increase", "decrease"]
    scope: Scope
    due: date | None
    strength: Literal["strive", "none"]
    wording_zh: str
    source_start: int
    source_end: int
    needs_judgement: tuple[Text, ...]
