"""Small tables for the tests of judgement: one city in a prefecture in a province, and whatever figures a test adds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from daye_analysis.package.formatting import number_words
from daye_analysis.package.records import records
from daye_analysis.package.view import PackageView, day_of

PERIODS = {"period_start", "period_end", "growth_base_end", "known_on", "published", "start", "due"}
OBSERVATION: dict[str, Any] = {
    "observation_id": "", "indicator_id": "x", "area_id": "city", "period_start": None, "period_end": "2025-12-31",
    "measure": "level", "value": 1.0, "unit_code": "firms", "bound": "exact", "statement": "outturn",
    "concept": "same", "doubt_zh": None, "doubt_en": None, "growth_base_end": None, "scope_note_zh": None,
    "scope_note_en": None, "source_id": "s2024", "supersedes": None, "date_basis": "stated",
}  # fmt: skip
UNITS = [
    ("firms", "firms", 0, "count"), ("projects", "projects", 0, "count"), ("cny", "cny", 0, "money"),
    ("cny_100m", "cny", 8, "money"), ("percent", "percent", 0, "percent"), ("percent_per_year", "percent", 0, "percent"), ("rank", "rank", 0, "rank"),
]  # fmt: skip


@dataclass(frozen=True)
class Frames:
    """The tables that judgement reads."""

    areas: pd.DataFrame
    indicators: pd.DataFrame
    plans: pd.DataFrame
    targets: pd.DataFrame
    measurement_units: pd.DataFrame
    sources: pd.DataFrame
    observations: pd.DataFrame
    compiled_on: dt.date
    assumed: frozenset[str] = frozenset()

    def record(self, table: str, key: object) -> dict[str, Any]:
        """Return the row of a table whose first column is `key`."""
        (found,) = [row for row in records(getattr(self, table)) if next(iter(row.values())) == key]
        return found


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as a table with dates as datetime64 and words as string."""
    table = pd.DataFrame(rows)
    for name in table.columns:
        if name in PERIODS:
            table[name] = pd.to_datetime(table[name])
        elif name == "value":
            table[name] = table[name].astype("float64")
        elif name in ("first_year", "power_of_ten"):
            table[name] = table[name].astype("Int64")
        elif name == "additive":
            table[name] = table[name].astype("boolean")
        else:
            table[name] = table[name].astype("string")
    return table


def tables(
    *figures: dict[str, Any],
    quantity: str = "stock",
    value: float = 450,
    unit_code: str = "firms",
    comparator: str = "ge",
    scope: str = "by_deadline",
    direction: str | None = "increase",
    additive: bool = True,
    first_year: int | None = None,
    due: str = "2026-12-31",
    plan_start: str = "2023-12-31",
    reference_class: str = "class",
    assumed: frozenset[str] = frozenset(),
) -> Frames:
    """Return tables with the one target `x` of `city` (due 2026-12-31 on a plan from 2023-12-31) and `figures`.

    A figure's keys override OBSERVATION. Sources: sYYYY, of an office, is known on 1 January of the next year, `undated`,
    of a paper, never.
    """
    observations = [
        OBSERVATION | {"unit_code": unit_code, "observation_id": f"o{i:04d}"} | figure
        for i, figure in enumerate(figures, 1)
    ] or [OBSERVATION | {"indicator_id": "unused", "observation_id": "o0000"}]
    for row in observations:
        row.setdefault("value_text", number_words(row["value"]) if isinstance(row["value"], int | float) else "")
    areas = [("country", None), ("province", "country"), ("prefecture", "province"), ("city", "prefecture"),
             ("zone", "city"), ("elsewhere", "province")]  # fmt: skip
    sources = [
        {"source_id": f"s{y}", "known_on": f"{y + 1}-01-01", "tier": "official", "publisher": "office"}
        for y in range(2010, 2031)
    ]
    return Frames(
        areas=frame([{"area_id": a, "parent_id": p} for a, p in areas]),
        indicators=frame([
            {"indicator_id": name, "quantity": quantity, "direction": direction, "unit_code": unit_code,
             "role": "target", "additive": additive, "reference_class": reference_class}
            for name in ("x", "unused")
        ]),
        plans=frame([{"plan_id": "p", "area_id": "city", "published": "2024-02-28", "start": plan_start, "due": due}]),
        targets=frame([{"target_id": "x", "plan_id": "p", "indicator_id": "x", "comparator": comparator,
                        "value": value, "unit_code": unit_code, "scope": scope, "first_year": first_year, "due": due}]),
        measurement_units=frame([
            {"unit_code": u, "base_unit": b, "power_of_ten": p, "kind": k} for u, b, p, k in UNITS
        ]),
        sources=frame([*sources, {"source_id": "undated", "known_on": None, "tier": "media", "publisher": "paper"}]),
        observations=frame(observations),
        compiled_on=dt.date(2026, 11, 23),
        assumed=assumed,
    )  # fmt: skip


def year(of: int, value: float, **more: Any) -> dict[str, Any]:
    """Return a flow of the whole calendar year."""
    return {
        "period_start": f"{of}-01-01",
        "period_end": f"{of}-12-31",
        "measure": "flow",
        "value": value,
    } | more


def level(on: str, value: float, **more: Any) -> dict[str, Any]:
    """Return a level at the end of a day."""
    return {"period_end": on, "value": value} | more


def seen(frames: Frames, day: str = "2026-11-23") -> PackageView:
    """Return the tables as they could be known on a day."""
    return PackageView(frames, day_of(day))
