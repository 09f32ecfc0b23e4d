"""From a package as of a day to one assessment for each target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd

from daye_analysis.errors import WrongUsage
from daye_analysis.package.view import PackageView, cached
from daye_analysis.problem_messages import worded
from daye_analysis.progress.assessment import Assessment
from daye_analysis.progress.attainment import columns as column
from daye_analysis.progress.attainment.reference_columns import (
    derived_columns,
    reference_columns,
    steadiness_columns,
)
from daye_analysis.progress.attainment.status import judge, status_of
from daye_analysis.progress.attainment.target_case import cases_of
from daye_analysis.progress.attainment.verdict import Verdict
from daye_analysis.progress.forecast.forecast_columns import forecast_columns
from daye_analysis.progress.forecast.history import backtest, history
from daye_analysis.progress.problems import PROGRESS_PROBLEMS
from daye_analysis.progress.reference_class import growths_ever


@cached
def assess(view: PackageView) -> pd.DataFrame:
    """Return `assessments`: one row a target, its columns the fields of `Assessment`.

    Parameters
    ----------
    view
        A package as it could be known on a day. Targets of a plan that was not yet published are left out.

    Returns
    -------
    pandas.DataFrame
        In the order of the table `targets`. Every row that rests on a researcher's assumption (`Package.assume`) says
        so in `rests_on_assumption`.

    Raises
    ------
    CheckFailed
        progress.as-of-before-plan, where no plan had been published by the day.
    """
    return as_table(assessments(view))


def assess_target(view: PackageView, target_id: str) -> Assessment:
    """Return the assessment of one target; WrongUsage (progress.unknown-target) if there is none on that day."""
    for assessment in assessments(view):
        if assessment.target_id == target_id:
            return assessment
    raise WrongUsage(worded(PROGRESS_PROBLEMS, "progress.unknown-target", "target_id", target=target_id))


@cached
def verdicts(view: PackageView) -> dict[str, Verdict]:
    """Return what the time line of each assessed target says, by target_id: the entries behind the assessments."""
    return {str(case.target["target_id"]): judge(case) for case in cases_of(view)}


@cached
def assessments(view: PackageView) -> tuple[Assessment, ...]:
    """Return one assessment for each target of a plan published by the view's day, in the order of `targets`."""
    tables = view.package
    cases = cases_of(view)
    if not cases:
        return ()
    verdicts = [judge(case) for case in cases]
    parts: list[column.Columns] = [
        *(fill(cases) for fill in (column.key_columns, column.year_columns, column.base_columns)),
        *(
            fill(cases, verdicts)
            for fill in (
                column.attainment_columns, column.verdict_columns, column.bound_columns, column.schedule_columns,
                column.pace_columns,
            )
        ),
    ]
    columns = {name: values for part in parts for name, values in part.items()}
    rows: list[dict[str, Any]] = [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
    growths = growths_ever(view)
    for row, more in zip(rows, reference_columns(cases, rows, growths, tables.indicators), strict=True):
        row |= more
    chances = forecast_columns(
        cases, rows, backtest(view), history(view), tables.measurement_units
    )
    judged = []
    for case, verdict, row, chance in zip(cases, verdicts, rows, chances, strict=True):
        status = status_of(verdict, row)
        steady = steadiness_columns(case, status["status"], column.overruled(case, verdict))
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
