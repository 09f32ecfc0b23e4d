"""Layer D for the targets: a probability if figures and back-test allow one, otherwise the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from daye_analysis.progress.attainment.target_case import Case
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.forecast.backtest import Backtest
from daye_analysis.progress.forecast.history import EPOCH, History
from daye_analysis.progress.forecast.models import Chance, forecast, rounded, too_wide, word
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.vocabulary import Forecast, Grade, grade

_NAN = float("nan")


def forecast_columns(
    cases: Sequence[Case],
    rows: Sequence[dict[str, Any]],
    tested: Backtest,
    past: History,
    units: pd.DataFrame,
) -> list[dict[str, Any]]:
    """Return the columns of layer D for each case; `rows` are its layers A to C and its reference class.

    A probability needs two comparable figures nearly a year apart, a kind of quantity that has a trend, and an accepted
    back-test that has not shown the intervals of the target's own class to cover too little. That of counts of each year and of sums is withheld: `count_backtest` finds too few pairs behind them
    (counts.count_chance computes it on request).
    """
    chances = _chances(cases, past, units) if tested.accepted else {}
    group_of = dict(zip(past.series, past.panel.group.tolist(), strict=True))
    found = []
    for case, row in zip(cases, rows, strict=True):
        reason = _withheld(case, row, tested)
        if reason == Reason.NONE and group_of.get(_series(case)) in tested.uncovered:
            reason = Reason.CLASS_UNCOVERED
        found.append(_column(case, row, tested, reason, chances.get(str(case.target["target_id"]))))
    return found


def _withheld(case: Case, row: dict[str, Any], tested: Backtest) -> Reason:
    """Return why there is no probability; NONE where there may be one."""
    if case.withheld != Reason.NONE:
        return case.withheld
    if case.kind.future == "none":
        return Reason.of(case.kind.withheld)
    overruled = Reason.of(row["required_growth_reason"])
    if overruled in (Reason.ALREADY_MET, Reason.DUE_PASSED, Reason.LATER_BOUND):
        return overruled
    if case.latest is None:
        return case.without_figure
    if row["met"]:
        return Reason.ALREADY_MET
    if row["comparable_figures"] < 2:
        return Reason.ONE_FIGURE
    if case.kind.future == "counts":
        return Reason.FEW_PAIRS
    return Reason.NONE if tested.accepted else tested.reasons[0]


def _column(
    case: Case, row: dict[str, Any], tested: Backtest, reason: Reason, found: tuple[Chance, int] | None
) -> dict[str, Any]:
    probability = low = high = weight = _NAN
    if reason == Reason.NONE:
        reason = Reason.TOO_FEW_POINTS
        if found is not None:
            chance, i = found
            low, high = float(chance.low[i]), float(chance.high[i])
            weight, reason = float(chance.prediction.class_weight[i]), Reason(int(chance.reason[i]))
            level = grade(row["comparable_figures"])
            wide = bool(too_wide(low, high, row["value"], row["target"])) and level < Grade.B
            reason = Reason.INTERVAL_TOO_WIDE if wide and reason == Reason.NONE else reason
            probability = rounded(float(chance.probability[i]), level) if reason == Reason.NONE else _NAN
    beyond = case.sign * row["required_growth"] > case.sign * row["reference_highest"]
    said = word(probability, beyond_all_seen=bool(beyond), due_passed=row["as_of"] >= row["due"])
    return {
        "probability": probability,
        "interval_low": low,
        "interval_high": high,
        "class_weight": weight,
        "forecast": (said if reason == Reason.NONE else Forecast.WITHHELD).code,
        "forecast_reason": reason.code,
        "backtest_pairs": tested.pairs,
    }


def _chances(cases: Sequence[Case], past: History, units: pd.DataFrame) -> dict[str, tuple[Chance, int]]:
    """Return the forecast of each target whose own series is in the history, and its place, in the target's unit."""
    row_of = {name: i for i, name in enumerate(past.series)}
    unit_of = past.points.drop_duplicates("series").set_index("series")["unit_code"].to_dict()
    unit = units.set_index("unit_code")
    chosen = [(case, key) for case in cases if case.kind.future == "trend" and (key := _series(case)) in row_of]
    if not chosen:
        return {}
    per_cent = np.array([case.kind.scale in ("logit", "reduction") for case, _ in chosen])
    power = np.array([float(unit["power_of_ten"][unit_of[key]]) for _, key in chosen])
    asked = np.array([float(unit["power_of_ten"][case.target["unit_code"]]) for case, _ in chosen])
    factor = 10.0 ** (asked - power) / np.where(per_cent, 100.0, 1.0)
    panel, due = past.panel, np.array([case.target["due"].date() for case, _ in chosen], dtype="datetime64[D]")
    found = forecast(
        panel.values,
        panel.years,
        years_between(EPOCH, due),
        factor * [float(case.target["value"]) for case, _ in chosen],
        scale=panel.scale,
        direction=[case.sign for case, _ in chosen],
        strict=[case.strict for case, _ in chosen],
        # A count in ten thousands is no whole number.
        integer=[unit["kind"][unit_of[key]] == "count" and ten == 0 for (_, key), ten in zip(chosen, power, strict=True)],
        group=panel.group,
        rows=np.array([row_of[key] for _, key in chosen], dtype=np.int64),
    )
    found = replace(found, low=found.low / factor, high=found.high / factor)
    return {str(case.target["target_id"]): (found, i) for i, (case, _) in enumerate(chosen)}


def _series(case: Case) -> str:
    """Return the key of the target's own series among `like_points`."""
    return f"{case.target['indicator_id']}|{case.target['area_id']}"
