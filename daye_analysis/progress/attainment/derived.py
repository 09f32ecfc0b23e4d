"""Figures derived by arithmetic from two published ones; marked as derived, and never decisive."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from daye_analysis.package.evidence.timeline import Record


@dataclass(frozen=True, slots=True)
class Derived:
    """A value of `date` that follows from a published value and its growth since; in the target's unit.

    low, high: what the rounding of both printed figures allows.
    """

    date: datetime.date
    value: float
    low: float
    high: float
    observation_ids: tuple[str, ...]


def derived_figures(evidence: Sequence[Record]) -> tuple[Derived, ...]:
    """Return what the records of one target's `evidence()` imply for the base of a growth that names its base.

    423 firms, said to be 183.89 % more than at the end of 2020, make 149 then. A growth that names no base is over the
    year before on comparable scope and prices, from which no level follows.
    """
    levels = [row for row in evidence if row["role"] == "decides"]
    found = []
    for growth in filter(_names_its_base, evidence):
        for level in levels:
            if level["period_end"] != growth["period_end"]:
                continue
            factor = 1 + growth["value"] / 100
            half, half_factor = level["rounding"], 10 ** -_decimals(growth["value"]) / 200
            found.append(
                Derived(
                    growth["growth_base_end"].date(),
                    level["figure"] / factor,
                    (level["figure"] - half) / (factor + half_factor),
                    (level["figure"] + half) / (factor - half_factor),
                    (str(level["observation_id"]), str(growth["observation_id"])),
                )
            )
    return tuple(sorted(found, key=lambda d: (d.date, d.observation_ids)))


def _names_its_base(row: Record) -> bool:
    """Return whether a row is an own, comparable, exact growth over a named base, without doubt."""
    like = row["relation"] == "own" and row["concept"] == "same" and row["bound"] == "exact"
    growth = row["measure"] == "growth_pct" and row["reason"] == "other_measure"
    return like and growth and not pd.isna(row["growth_base_end"])


def _decimals(value: float) -> int:
    text = f"{value:.10f}".rstrip("0")
    return len(text.split(".")[1])
