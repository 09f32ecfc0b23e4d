"""From the tables to one assessment a target."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, Final

import numpy as np
import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.progress import layers as layer
from daye_analysis.progress.assessment import Assessment
from daye_analysis.progress.cases import Case, cases_of
from daye_analysis.progress.checks import check_tables
from daye_analysis.progress.context import derived_columns, reference_columns, steadiness_columns
from daye_analysis.progress.evidence import evidence
from daye_analysis.progress.history import backtest, history
from daye_analysis.progress.likelihood import forecast_columns
from daye_analysis.progress.reference_class import growths_ever
from daye_analysis.progress.status import status_of
from daye_analysis.progress.tables import Tables, as_day

_LAYERS: Final[tuple[Callable[[Sequence[Case]], layer.Columns], ...]] = (
    layer.fact_columns,
    layer.year_columns,
    layer.base_columns,
    layer.schedule_columns,
)


def assess(tables: Tables, as_of: str | datetime.date) -> pd.DataFrame:
    """Return `assessments`: one row a target, area and as-of day, its columns the fields of `Assessment`.

    Every row that rests on a researcher's assumption (`Package.assume`) says so in `rests_on_assumption`.
    Raises CheckFailed (progress.*) for input that cannot be judged; then nothing is.
    """
    return as_table(assessments(tables, as_of))


def assess_target(tables: Tables, target_id: str, as_of: str | datetime.date) -> Assessment:
    """Return the assessment of one target; WrongUsage (progress.unknown-target) if there is none on that day."""
    for assessment in assessments(tables, as_of):
        if assessment.target_id == target_id:
            return assessment
    raise WrongUsage(
        Problem(
            "progress.unknown-target",
            Text(f"没有名为“{target_id}”的目标。", f"There is no target called {target_id!r}."),
            "target_id",
            Text(
                "目标标识见 targets 表；规划须在截至日前已发布。",
                "The identifiers are in the table targets; its plan must have been published by then.",
            ),
        )
    )


def assessments(tables: Tables, as_of: str | datetime.date) -> tuple[Assessment, ...]:
    """Return one assessment for each target, in the order of the table `targets`.

    Targets of a plan that was not yet published on `as_of` are left out: nobody could have judged them.
    """
    day = as_day(as_of)
    check_tables(tables, day)
    later = set(tables.plans.loc[tables.plans["published"] > day, "plan_id"])
    cases = [c for c in cases_of(tables, evidence(tables, day), day) if c.target["plan_id"] not in later]
    if not cases:
        return ()
    dated = [fill(cases, day) for fill in (layer.key_columns, layer.bound_columns, layer.pace_columns)]
    parts = [*dated, *(fill(cases) for fill in _LAYERS)]
    columns: layer.Columns = {name: values for part in parts for name, values in part.items()}
    rows: list[dict[str, Any]] = [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
    for row, more in zip(
        rows, reference_columns(cases, rows, growths_ever(tables, day), tables.indicators), strict=True
    ):
        row |= more
    chances = forecast_columns(cases, rows, backtest(tables, day), history(tables, day), tables.measurement_units)
    judged = []
    for case, row, chance in zip(cases, rows, chances, strict=True):
        status = status_of(row)
        steady = steadiness_columns(case, status["status"])
        judged.append(Assessment(**(row | status | derived_columns(case) | steady | chance)))
    return tuple(judged)


def as_table(judged: Sequence[Assessment]) -> pd.DataFrame:
    """Return assessments as a table with plain dtypes: string, float64, Int64, boolean, datetime64."""
    kinds = {"str": "string", "int": "Int64", "float": "float64", "bool": "boolean", "bool | None": "boolean"}
    columns: dict[str, Any] = {}
    array: Callable[..., Any] = pd.array
    for field in fields(Assessment):
        values = [getattr(each, field.name) for each in judged]
        kind = "datetime64[us]" if "date" in str(field.type) else kinds[str(field.type)]
        columns[field.name] = array(np.array(values, dtype=kind) if kind == "datetime64[us]" else values, dtype=kind)
    return pd.DataFrame(columns)
