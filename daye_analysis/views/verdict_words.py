"""The verdict on a target in a few words: the label, for which date or period, and what a later date adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.words import period_words
from daye_analysis.progress.reasons import REASON_TEXT, Reason
from daye_analysis.progress.vocabulary import STATUS_TEXT, Status

# Labels that need no reason beside them: the reason says the same, or is no reason.
_SELF_EXPLAINING: Final = (Reason.NONE, Reason.ONLY_BOUNDS, Reason.NO_BASELINE, Reason.NO_DUE_FIGURE, Reason.CONFLICT,
                           Reason.NO_FIGURE, Reason.NOT_COMPARABLE, Reason.EACH_YEAR)  # fmt: skip


def status_words(row: Mapping[str, Any], language: Language) -> str:
    """Return the status of one assessment, for which date or period it holds, and what that date settles.

    Parameters
    ----------
    row
        One row of `assessments`, or an `Assessment` as a mapping.
    language
        `zh` or `en`.
    """
    status = Status[str(row["status"]).upper()]
    text = STATUS_TEXT[status]
    when = verdict_period(row, language)
    settled = str(row["settled"])
    if status in (Status.BOUNDED, Status.BOUNDED_ABOVE, Status.BOUNDED_BELOW) and settled in ("met", "not_met"):
        # What the bounds settle says more than that there are bounds.
        return _settled_words(settled, when).say(language)
    if status in (Status.NO_BASELINE, Status.NOT_ASSESSED) and settled in ("met", "not_met"):
        # The fact goes before what cannot be judged.
        fact = _settled_words(settled, when)
        return Text(f"{fact.zh}；{text.zh}", f"{fact.en}; {text.en}").say(language)
    if status is Status.NO_DUE_FIGURE and settled in ("met", "not_met"):
        last = _settled_words(settled, when)
        return Text(f"{text.zh}（{last.zh}）", f"{text.en} (last known: {last.en})").say(language)
    if status in _DATED and when:
        return Text(f"{text.zh}（{when}）", f"{text.en} ({when})").say(language)
    return text.say(language)


_DATED: Final = (
    Status.AT_LEVEL, Status.LOST, Status.BOUNDED, Status.BOUNDED_ABOVE, Status.BOUNDED_BELOW, Status.REACHED_DURING_YEAR,
    Status.MET_AT_START, Status.AHEAD, Status.IN_LINE, Status.LAGGING, Status.CONFLICT, Status.ACHIEVED_EARLY,
)  # fmt: skip


def _settled_words(settled: str, when: str) -> Text:
    if settled == "met":
        return Text(f"{when}已达目标值", f"at target level, {when}")
    return Text(f"{when}未达目标值", f"below target level, {when}")


def verdict_words(row: Mapping[str, Any], language: Language) -> str:
    """Return the verdict as a sentence: status, reason where it adds one, and a later date that settles nothing."""
    reason = Reason.of(str(row["status_reason"]))
    told = status_words(row, language)
    if reason not in _SELF_EXPLAINING:
        told = Text(f"{told}：{REASON_TEXT[reason].zh}", f"{told}: {REASON_TEXT[reason].en}").say(language)
    return told + ("。" if language == "zh" else ".")


def verdict_period(row: Mapping[str, Any], language: Language) -> str:
    """Return the date or period that gives the verdict in words, marked where it was inferred; empty where none does."""
    words = period_of(row, "verdict", language)
    if words and row["date_is_inferred"]:
        return words + Text("，时间为推断", ", date inferred").say(language)
    return words


def period_of(row: Mapping[str, Any], name: str, language: Language) -> str:
    """Return the date or period of `verdict`, `value`, `bound` or `base` of an assessment in words; empty where none."""
    start, end = _timestamp(row[f"{name}_start"]), _timestamp(row[f"{name}_date"])
    return "" if end is None else period_words(start, end, language)


def _timestamp(day: Any) -> pd.Timestamp | None:
    return pd.Timestamp(day) if isinstance(day, dt.date | pd.Timestamp) and not pd.isna(day) else None
