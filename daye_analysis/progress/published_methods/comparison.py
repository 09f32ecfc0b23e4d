"""How each published method would rate the targets: where the methods agree and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from daye_analysis.package.view import PackageView
from daye_analysis.progress.attainment.status import judge
from daye_analysis.progress.attainment.target_case import Case, cases_of
from daye_analysis.progress.published_methods.inputs import Series, inputs_of
from daye_analysis.progress.published_methods.method import Level, Method, verdicts
from daye_analysis.progress.published_methods.with_target import METHODS
from daye_analysis.progress.reasons import Reason


def compare_methods(view: PackageView) -> pd.DataFrame:
    """Return what each method calls each target that is not yet due, in the order of the targets and of METHODS.

    Parameters
    ----------
    view
        A package as of a day: only what was known on it counts.

    Returns
    -------
    DataFrame
        target_id, method, score, level (of `Level`), label_zh, label_en, reason (code of a `Reason`, why the method
        says nothing), read (whether the method's primary text was read), met (by the latest figure). A target stays out
        if no method says more of it than the completion rate; an empty table is a finding too.
    """
    cases = [case for case in cases_of(view) if _open(case)]
    said = say(METHODS, [_series(case) for case in cases])
    said.insert(0, "target_id", [str(cases[i].target["target_id"]) for i in said.pop("at")])
    more = said[said["method"].ne("completion_rate") & said["level"].ne(int(Level.SILENT))]
    return said[said["target_id"].isin(more["target_id"])].reset_index(drop=True)


def say(methods: Iterable[Method], series: Sequence[Series]) -> pd.DataFrame:
    """Return a row for each series, given as its place `at` in `series`, and method: the columns of `compare_methods`."""
    inputs = inputs_of(series)
    rows = [
        (at, method.code, float(score), int(level), *label, Reason(int(reason)).code, method.read, bool(met))
        for method in methods
        for found in [verdicts(method, inputs)]
        for at, (score, level, label, reason, met) in enumerate(
            zip(found.score, found.level, found.labels, found.reason, inputs.met, strict=True)
        )
    ]
    columns = ["at", "method", "score", "level", "label_zh", "label_en", "reason", "read", "met"]
    return pd.DataFrame(rows, columns=columns).sort_values("at", kind="stable", ignore_index=True)


def _open(case: Case) -> bool:
    """Return whether progress has a meaning for the target and the outcome is still open."""
    return case.withheld == Reason.NONE and case.latest is not None and not case.over and not judge(case).final


def _series(case: Case) -> Series:
    """Return what the methods read of a target: the one place that knows how a case keeps its figures."""
    latest, target = case.latest, case.target
    figures = [f for f in case.timeline.figures if latest is not None and f.end <= latest.end]
    return Series(
        dates=tuple(f.end for f in figures),
        values=tuple(f.value for f in figures),
        direction=case.sign,
        base=float("nan") if case.base is None else case.base.value,
        base_date=None if case.base is None else case.base.end,
        target=case.goal,
        due=case.due,
        strict=case.strict,
        reduction=case.kind.scale == "reduction",
        per_cent=case.kind.scale in ("logit", "identity") and target["unit_code"] == "percent",
    )
