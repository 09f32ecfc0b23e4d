"""What each published method would call the assessable targets: where they agree, and where they do not."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np
import pandas as pd

from daye_analysis.package.view import PackageView
from daye_analysis.progress.attainment import is_met
from daye_analysis.progress.cases import Case, cases_of
from daye_analysis.progress.checks import check_tables
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.published_methods import METHODS, Inputs, verdicts
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.tables import Tables, as_day


def compare_methods(tables: Tables, as_of: str | datetime.date) -> pd.DataFrame:
    """Return one row for each assessable target and method, in the order of targets and METHODS.

    Assessable: a base of the plan, a later like figure, and a kind of target that schedules apply to. Columns:
    target_id, method, score, level (of published_methods.Level), label_zh, label_en, read (whether the method's primary
    text was read). Empty where no target is assessable; that is a finding too.
    """
    day = as_day(as_of)
    check_tables(tables, day)
    cases = [case for case in cases_of(PackageView(tables, day.date())) if _assessable(case)]
    rows = []
    if cases:
        inputs = inputs_of(cases)
        for method in METHODS:
            found = verdicts(method, inputs)
            for case, score, level, label in zip(cases, found.score, found.level, found.labels, strict=True):
                rows.append(
                    (case.target["target_id"], method.code, float(score), int(level), *label, method.read)
                )
    columns = ["target_id", "method", "score", "level", "label_zh", "label_en", "read"]
    table = pd.DataFrame(rows, columns=columns)
    order = {str(case.target["target_id"]): i for i, case in enumerate(cases)}
    return table.sort_values("target_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)


def inputs_of(cases: Sequence[Case]) -> Inputs:
    """Return what the methods read of assessable cases; reductions as the intensity that is left."""
    rows = [_row(case) for case in cases]
    columns = [np.array(column, dtype=np.float64) for column in zip(*rows, strict=True)]
    base, value, target, gone, whole, direction, met, points, recent, per_cent = columns
    return Inputs(base, value, target, gone, whole, direction, met > 0, points, recent, per_cent > 0)


def _assessable(case: Case) -> bool:
    latest = case.latest
    return (
        case.withheld == Reason.NONE
        and case.base is not None
        and latest is not None
        and latest.end > case.base.end
    )


def _row(case: Case) -> tuple[float, ...]:
    base, latest = case.base, case.latest
    assert base is not None and latest is not None
    days = [np.datetime64(d, "D") for d in (base.end, latest.end, case.target["due"].date())]
    goal, sign = float(case.target["value"]), case.sign
    met = float(is_met(latest.value, goal, sign, case.strict))
    since = [(base.end, base.value)] + [
        (f.end, f.value) for f in case.timeline.figures if f.end > base.end
    ]
    recent = since[-6:]
    change = (recent[-1][1] - recent[0][1]) / float(years_between(np.datetime64(recent[0][0]), days[1]))
    values = [base.value, latest.value, goal]
    if case.kind.scale == "reduction":
        values, sign, change = [1 - v / 100 for v in values], -sign, -change / 100
    gone, whole = (float(years_between(days[0], d)) for d in days[1:])
    return (*values, gone, whole, sign, met, float(len(since)), change, float(case.kind.scale in ("logit", "identity")
            and case.target["unit_code"] == "percent"))  # fmt: skip
