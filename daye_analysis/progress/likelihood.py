"""Layer D for the targets: a probability where figures and back-test allow one, else why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from daye_analysis.progress.assessment import Assessment
from daye_analysis.progress.backtest import Backtest
from daye_analysis.progress.cases import Case
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.forecast import Chance, forecast, rounded, too_wide, word
from daye_analysis.progress.history import EPOCH, History
from daye_analysis.progress.joint import CORRELATION, SENSITIVITIES, NumberMet, number_met
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

    A probability needs two comparable figures, a kind of quantity that has a trend, and an accepted back-test. Counts of
    each year and sums have no real pairs behind them, so theirs is withheld as well (counts.count_chance computes it
    for whoever wants it).
    """
    chances = _chances(cases, past, units) if tested.accepted else {}
    return [_column(case, row, tested, chances.get(str(case.target["target_id"]))) for case, row in
            zip(cases, rows, strict=True)]  # fmt: skip


def joint_statements(judged: Sequence[Assessment]) -> tuple[NumberMet, ...]:
    """Return how many of the targets with a probability will be met: as assumed first, then the sensitivities."""
    chances = [each.probability for each in judged if each.probability == each.probability]
    return tuple(number_met(chances, rho) for rho in (CORRELATION, *SENSITIVITIES)) if chances else ()


def _withheld(case: Case, row: dict[str, Any], tested: Backtest) -> Reason:
    """Return why there is no probability; NONE where there may be one."""
    if case.withheld != Reason.NONE:
        return case.withheld
    if case.kind.future == "none":
        return Reason.of(case.kind.withheld)
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
    case: Case, row: dict[str, Any], tested: Backtest, found: tuple[Chance, int] | None
) -> dict[str, Any]:
    reason = _withheld(case, row, tested)
    probability = low = high = weight = _NAN
    if reason == Reason.NONE:
        reason = Reason.TOO_FEW_POINTS
        if found is not None:
            chance, i = found
            scale = 100.0 if case.kind.scale in ("logit", "reduction") else 1.0
            low, high = float(chance.low[i]) * scale, float(chance.high[i]) * scale
            weight, reason = float(chance.prediction.class_weight[i]), Reason(int(chance.reason[i]))
            level = grade(row["comparable_figures"])
            wide = bool(too_wide(low, high, row["value"], row["target"])) and level < Grade.B
            reason = Reason.INTERVAL_TOO_WIDE if wide and reason == Reason.NONE else reason
            probability = rounded(float(chance.probability[i]), level) if reason == Reason.NONE else _NAN
    said = word(probability, row["required_growth"], row["reference_highest"], row["as_of"] >= row["due"])
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
    """Return the forecast of each target whose own series is in the history, and its row."""
    row_of = {name: i for i, name in enumerate(past.series)}
    found: dict[str, tuple[Chance, int]] = {}
    unit = units.set_index("unit_code")
    size = len(past.series)
    target, due = np.full(size, np.nan), np.full(size, np.nan)
    sign, strict, integer = np.ones(size), np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    placed = []
    for case in cases:
        key = f"{case.target['indicator_id']}|{case.target['area_id']}|{case.target['unit_code']}"
        if key not in row_of or case.kind.future != "trend":
            continue
        i = row_of[key]
        goal = float(case.target["value"])
        target[i] = goal / 100 if case.kind.scale in ("logit", "reduction") else goal
        due[i] = float(years_between(EPOCH, np.datetime64(case.target["due"].date())))
        sign[i], strict[i] = case.sign, case.strict
        integer[i] = unit["kind"][case.target["unit_code"]] == "count"
        placed.append((str(case.target["target_id"]), i))
    panel = past.panel
    chance = forecast(
        panel.values, panel.years, due, target, scale=panel.scale, direction=sign, strict=strict, integer=integer,
        group=panel.group,
    )  # fmt: skip
    for target_id, i in placed:
        found[target_id] = (chance, i)
    return found
