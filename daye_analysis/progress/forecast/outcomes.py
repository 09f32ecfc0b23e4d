"""Published statements on targets compared with outcomes: probabilities and verdicts are scored once outcomes are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from daye_analysis.progress.forecast.calibration import brier, word_reliability
from daye_analysis.progress.vocabulary import Status

# What a verdict leads its reader to expect of the due date; other verdicts expect nothing.
EXPECTS_MET: Final = frozenset({Status.ACHIEVED_EARLY, Status.AHEAD, Status.IN_LINE, Status.AT_LEVEL, Status.MET,
                                 Status.MET_AT_START, Status.REACHED_DURING_YEAR})  # fmt: skip
EXPECTS_NOT_MET: Final = frozenset({Status.LAGGING, Status.LOST, Status.NOT_MET})
_KEY: Final = ["plan_id", "target_id"]
# What was asked: where any of it has changed since, the outcome answers another question.
_ASKED: Final = ["comparator", "target", "unit_code", "scope", "due"]


@dataclass(frozen=True, slots=True)
class Record:
    """How published statements have fared.

    statements, open: how many were published before the due date, and how many of them are not settled yet. brier,
    base_rate: of the probabilities, and of always saying the share that came about. words: by word of a forecast, the
    mean probability, the share that came about, number. inside: of the 80 % intervals, the share that held the figure
    of the due date, and number. verdicts: by verdict, how many of its targets were met in the end, and of how many.
    """

    statements: int
    open: int
    brier: float
    base_rate: float
    words: dict[str, tuple[float, float, int]]
    inside: tuple[float, int]
    verdicts: dict[str, tuple[int, int]]


def scored(published: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return each statement of `published` with its outcome, in its order.

    Both are tables of `assess.assess`: `published` of many days, `outcomes` of one; `published` may have a column
    `run`. Kept are statements made before their due date and before the day of `outcomes`. Columns: run, plan_id,
    target_id, as_of, due, status, forecast, probability, interval_low, interval_high; outcome (met, not_met, open where
    it is not known, asked_otherwise where the target itself has changed since, gone where it is no longer judged),
    final_value (the figure of the due date), brier, inside, as_expected (whether a verdict that expects something was
    right).
    """
    day = outcomes["as_of"].max()
    before = published[(published["as_of"] < published["due"]) & (published["as_of"] < day)]
    ends = outcomes.set_index(_KEY)[[*_ASKED, "as_of", "status", "value", "value_date"]].add_prefix("end_")
    rows = before.join(ends, on=_KEY)
    outcome = _outcome(rows)
    met = outcome.map({"met": 1.0, "not_met": 0.0}).astype("float64")
    final = rows["end_value"].where(met.notna() & (rows["end_value_date"] >= rows["due"])).astype("float64")
    probability = rows["probability"].astype("float64")
    held = (rows["interval_low"] <= final) & (final <= rows["interval_high"])
    expects = rows["status"].map(_expected).astype("float64")
    found = rows.reindex(columns=["run", *_KEY, "as_of", "due", "status", "forecast", "probability", "interval_low", "interval_high"])
    scores = found.assign(
        outcome=outcome,
        final_value=final,
        brier=brier(probability, met),
        inside=held.astype("boolean").where(final.notna() & rows["interval_low"].notna()),
        as_expected=(expects == met).astype("boolean").where(expects.notna() & met.notna()),
    )
    return pd.DataFrame(scores).reset_index(drop=True)


def _outcome(rows: pd.DataFrame) -> pd.Series:
    """Return met or not_met where that is settled for good, else why it is not."""
    otherwise = pd.Series(False, rows.index)
    for name in _ASKED:
        otherwise |= (rows[name] != rows[f"end_{name}"]).fillna(True).astype(bool)
    status, over = rows["end_status"], rows["end_as_of"] >= rows["due"]
    reached = status.isin([Status.MET.code, Status.ACHIEVED_EARLY.code]) & over
    why = {"gone": status.isna(), "asked_otherwise": otherwise, "not_met": status.isin([Status.NOT_MET.code]), "met": reached}
    found = np.select([each.to_numpy(bool) for each in why.values()], list(why), "open")
    return pd.Series(found, rows.index, dtype="string")


def _expected(status: str) -> float:
    code = Status[str(status).upper()]
    if code in EXPECTS_MET:
        return 1.0
    return 0.0 if code in EXPECTS_NOT_MET else float("nan")


def record(rows: pd.DataFrame) -> Record:
    """Return what the rows of `scored` come to."""
    known = rows[rows["outcome"].isin(["met", "not_met"])]
    met = known["outcome"].eq("met")
    with_chance = known["probability"].notna()
    chance, came = known.loc[with_chance, "probability"].to_numpy("float64"), met[with_chance].to_numpy(bool)
    nan = float("nan")
    held = known["inside"].dropna()
    return Record(
        statements=len(rows),
        open=int(rows["outcome"].eq("open").sum()),
        brier=float(brier(chance, came).mean()) if len(came) else nan,
        base_rate=float(brier(np.full(len(came), came.mean()), came).mean()) if len(came) else nan,
        words=word_reliability(chance, came),
        inside=(float(held.mean()) if len(held) else nan, len(held)),
        verdicts={str(name): (int(each.sum()), len(each)) for name, each in met.groupby(known["status"])},
    )
