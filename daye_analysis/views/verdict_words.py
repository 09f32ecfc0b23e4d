"""What is said of one target everywhere: its verdict with its date, the figures behind it, and what a later date adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.definition import codes
from daye_analysis.package.evidence.timeline import Entry
from daye_analysis.package.formatting import at, percent_words, period_words, value_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.progress.reasons import REASON_TEXT, Reason
from daye_analysis.progress.vocabulary import STATUS_TEXT, Status

if TYPE_CHECKING:
    from daye_analysis.views.view import View

AssessmentRow = Mapping[str, Any]
Side = Literal["value", "lower", "upper"]
# A figure or the end of an interval: its side, value, whether it is itself excluded, and who gives it; and a period.
_End = tuple[Side, float, bool, tuple[str, ...]]
_Period = tuple[pd.Timestamp | None, pd.Timestamp]
SIDES: Final[tuple[Side, ...]] = ("value", "lower", "upper")

# Labels that need no reason beside them: the reason says the same, or is no reason.
_SELF_EXPLAINING: Final = (Reason.NONE, Reason.ONLY_BOUNDS, Reason.NO_BASELINE, Reason.NO_DUE_FIGURE, Reason.CONFLICT,
                           Reason.NO_FIGURE, Reason.NOT_COMPARABLE, Reason.EACH_YEAR)  # fmt: skip
_BOUNDED: Final = (Status.BOUNDED, Status.BOUNDED_ABOVE, Status.BOUNDED_BELOW)
_UNSETTLED: Final = Text("尚不能判断", "not settled")
# The question is how the even schedule is; what is known of the level goes before it.
_UNJUDGED: Final = {
    Status.NO_BASELINE: Text("缺基期，不评价进度", "no baseline, so progress is not assessed"),
    Status.NOT_ASSESSED: Text("进度暂不评价", "progress not assessed"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A figure, or one end of what bounds leave, in words.

    Attributes
    ----------
    side
        `value` for a comparable figure, else `lower` or `upper`.
    value
        In the target's unit.
    words
        Such as "more than 450 firms".
    period
        Its date or period: "end of October 2026".
    inferred
        Whether no source states that date.
    ids
        The observations that give it.
    """

    side: Side
    value: float
    words: str
    period: str
    inferred: bool
    ids: tuple[str, ...]

    def dated(self, language: Language, *notes: str) -> str:
        """Return the words with the period in brackets, marked where it was inferred, and whatever else is noted there."""
        marked = Text("时间为推断", "date inferred").say(language) if self.inferred else ""
        phrases = [each for each in (self.period, marked, *notes) if each]
        return _bracketed(self.words, ("，" if language == "zh" else ", ").join(phrases), language)


def status_words(row: AssessmentRow, language: Language) -> str:
    """Return the status of one assessment, for which date or period it holds, and what that date settles.

    Parameters
    ----------
    row
        One row of `assessments`, or an `Assessment` as a mapping.
    language
        `zh` or `en`.
    """
    status = Status[str(row["status"]).upper()]
    text, settled = STATUS_TEXT[status].say(language), str(row["settled"])
    when = verdict_period(row, language)
    if (status in _BOUNDED or status is Status.AT_LEVEL) and settled in ("met", "not_met"):
        # What the figures settle says more than that there are figures.
        return _settled_words(row, language)
    if status in _BOUNDED:
        return _bracketed(_UNSETTLED.say(language), f"{when}{_comma(language) if when else ''}{text}", language)
    if status in _UNJUDGED and settled in ("met", "not_met"):
        fact = _settled_words(row, language)
        return _joined([fact, _UNJUDGED[status].say(language)], language)
    if status is Status.NO_DUE_FIGURE:
        if settled not in ("met", "not_met"):
            return text
        last = _settled_words(row, language)
        return Text(f"{text}；最近一期：{last}", f"{text}; last known: {last}").say(language)
    if status is Status.ACHIEVED_EARLY:
        return _bracketed(text, _since(row, language), language)
    if status is Status.MET_AT_START:
        return _bracketed(f"{text}{_headroom(row, language)}", when, language)
    # That something is not assessed is said of the target, not of a date.
    return text if status in _UNJUDGED else _bracketed(text, when, language)


def verdict_words(row: AssessmentRow, language: Language) -> str:
    """Return the status of one assessment as `status_words` does, with the reason where that adds something."""
    reason = Reason.of(str(row["status_reason"]))
    phrases = status_words(row, language)
    if reason in _SELF_EXPLAINING:
        return phrases
    return Text(f"{phrases}：{REASON_TEXT[reason].zh}", f"{phrases}: {REASON_TEXT[reason].en}").say(language)


def whole_verdict(view: View, row: AssessmentRow, language: Language) -> str:
    """Return all that is said of a target's level in one line: verdict, reason, and a later date that settles nothing.

    Parameters
    ----------
    view
        The package as of the day of the assessment.
    row
        One row of `view.assess()`, or an `Assessment` as a mapping.
    language
        `zh` or `en`.
    """
    later = later_words(view, row, language)
    return _joined([verdict_words(row, language), *([later] if later else [])], language)


def later_words(view: View, row: AssessmentRow, language: Language) -> str:
    """Return what is known of a later date than the verdict's, which does not settle it; empty where nothing is."""
    later = view.verdict(str(row["target_id"])).later
    if later is None:
        return ""
    if later.conflict:
        when = entry_period(later, language)
        return Text(f"其后数据不一致（{when}），不用于判断", f"later figures conflict ({when}) and decide nothing").say(language)
    figures = _listed([each.dated(language) for each in known_of(view.package, row, later, language)], language)
    return Text(f"其后数据：{figures}，尚不足以判定", f"later: {figures}, which does not settle it").say(language)


def known(package: PackageTables, row: AssessmentRow, language: Language) -> list[Known]:
    """Return the comparable figure of an assessment and the bounds that it shows, each with its own date or period."""
    found: list[Known] = []
    for side in SIDES:
        name = side if side == "value" else f"{side}_bound"
        if pd.isna(row[name]):
            continue
        dated = "value" if side == "value" else "bound"
        start, end = _timestamp(row[f"{dated}_start"]), pd.Timestamp(row[f"{dated}_date"])
        ids = tuple(str(row[f"{name}_observations"]).split())
        is_open = side != "value" and bool(row[f"{name}_is_open"])
        found.append(_known(package, row, (side, float(row[name]), is_open, ids), (start, end), language))
    return found


def known_of(package: PackageTables, row: AssessmentRow, entry: Entry, language: Language) -> list[Known]:
    """Return what one date of a target's time line leaves, in words; `row` names the target's unit."""
    period = _timestamp(entry.start), pd.Timestamp(entry.end)
    ends: list[_End] = [
        ("lower", entry.low_shown, entry.low_is_open, entry.low_ids),
        ("upper", entry.high_shown, entry.high_is_open, entry.high_ids),
    ]
    if entry.decided:
        ends = [("value", entry.value, False, entry.value_ids)]
    return [_known(package, row, end, period, language) for end in ends if not pd.isna(end[1])]


def conflicting(package: PackageTables, row: AssessmentRow, language: Language) -> list[Known]:
    """Return the figures of an assessment that contradict each other, each as printed and with its own date or period."""
    found: list[Known] = []
    for key in str(row["conflicting_observations"]).split():
        each = package.record("observations", key)
        words = value_words(each["value"], unit_label(package, each["unit_code"], language), language, each["bound"])
        when = period_words(each["period_start"], each["period_end"], language)
        inferred = each["date_basis"] == "inferred"
        found.append(Known("value", float(each["value"]), words, when, inferred, (str(each["observation_id"]),)))
    return found


def _known(package: PackageTables, row: AssessmentRow, end: _End, period: _Period, language: Language) -> Known:
    """Return one figure or end in words; binary sums are rounded to six places.

    What part of a year gives is dated by that part: it is at least so much for the whole year.
    """
    side, value, is_open, ids = end
    bound = {"value": "exact", "lower": "more_than" if is_open else "at_least", "upper": "less_than" if is_open else "at_most"}
    words = value_words(round(value, 6), unit_label(package, row["unit_code"], language), language, bound[side])
    rows = [package.record("observations", each) for each in dict.fromkeys(ids)]
    start, last = period
    if side == "lower" and len(rows) == 1 and start is not None and start.year == last.year:
        (giver,) = rows
        start, last = _timestamp(giver["period_start"]), giver["period_end"]
        own = giver["area_id"] == row["area_id"] and giver["concept"] == "same"
        words = value_words(giver["value"], unit_label(package, giver["unit_code"], language), language, giver["bound"]) if own else words
    inferred = any(each["date_basis"] == "inferred" for each in rows)
    return Known(side, value, words, period_words(start, last, language), inferred, ids)


def verdict_period(row: AssessmentRow, language: Language) -> str:
    """Return the date or period that gives the verdict in words, marked where it was inferred; empty where none does."""
    words = _verdict_dates(row, language)
    return words + Text("，时间为推断", ", date inferred").say(language) if words and row["date_is_inferred"] else words


def _verdict_dates(row: AssessmentRow, language: Language) -> str:
    if str(row["status_reason"]) == Reason.EACH_YEAR.code and row["settled"] == "met":
        # All years that the target is due in give it together.
        years = [int(each.split(":")[0]) for each in str(row["year_verdicts"]).split()]
        return period_words(pd.Timestamp(years[0], 1, 1), pd.Timestamp(years[-1], 12, 31), language)
    return period_of(row, "verdict", language)


def period_of(row: AssessmentRow, name: str, language: Language) -> str:
    """Return the date or period of `verdict`, `value`, `bound` or `base` of an assessment in words; empty where none."""
    start, end = _timestamp(row[f"{name}_start"]), _timestamp(row[f"{name}_date"])
    return "" if end is None else period_words(start, end, language)


def entry_period(entry: Entry, language: Language) -> str:
    """Return the date or period of an entry of a time line in words."""
    return period_words(_timestamp(entry.start), pd.Timestamp(entry.end), language)


def stated_words(package: PackageTables, row: AssessmentRow, language: Language) -> str:
    """Return an observation's value as it may be quoted: with its measure where that is no amount, and marked where it is no outturn."""
    value = value_words(row["value"], unit_label(package, row["unit_code"], language), language, row["bound"])
    if row["measure"] in ("growth_pct", "share_pct"):
        value = f"{codes.MEASURE.label(row['measure']).say(language)} {value}"
    if row["statement"] == "outturn":
        return value
    return _bracketed(value, codes.STATEMENT.label(row["statement"]).say(language), language)


def unit_label(package: PackageTables, unit_code: object, language: Language) -> str:
    """Return the label of a measurement unit."""
    return str(package.record("measurement_units", unit_code)[f"label_{language}"])


def _settled_words(row: AssessmentRow, language: Language) -> str:
    """Return what is settled, for which date or period: 2025年未达到; not reached in 2025."""
    when = _verdict_dates(row, language)
    inferred = Text("（时间为推断）", " (date inferred)").say(language) if when and row["date_is_inferred"] else ""
    if language == "zh":
        return f"{when}{inferred}{'已达到' if row['settled'] == 'met' else '未达到'}"
    said = "reached" if row["settled"] == "met" else "not reached"
    return f"{said} {at(when)}{inferred}" if when else said


def _comma(language: Language) -> str:
    return "，" if language == "zh" else ", "


def _since(row: AssessmentRow, language: Language) -> str:
    """Return from when on a target has been met: the end of 2025, or the year 2025."""
    start, since = _timestamp(row["verdict_start"]), _timestamp(row["settled_from"])
    if since is None:
        return verdict_period(row, language)
    if start is not None and since != _timestamp(row["verdict_date"]):
        start = pd.Timestamp(since.year, 1, 1)  # years in a row
    when = period_words(start, since, language)
    article = "the " if when.startswith("end of") else ""
    return Text(f"自{when}起", f"since {article}{when}").say(language)


def _headroom(row: AssessmentRow, language: Language) -> str:
    if row["settled_by"] != "figure" or pd.isna(row["headroom"]) or not float(row["headroom"]) > 0:
        return ""
    share = float(row["headroom"])
    more = Text(f"，优于目标值 {percent_words(share, 'zh')}", f", with headroom of {percent_words(share, 'en')}")
    return more.say(language)


def _timestamp(day: Any) -> pd.Timestamp | None:
    return pd.Timestamp(day) if isinstance(day, dt.date | pd.Timestamp) and not pd.isna(day) else None


def _bracketed(words: str, more: str, language: Language) -> str:
    return Text(f"{words}（{more}）", f"{words} ({more})").say(language) if more else words


def _joined(parts: list[str], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(parts)


def _listed(parts: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)
