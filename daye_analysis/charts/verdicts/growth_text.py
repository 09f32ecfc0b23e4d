"""How much must still change by the due date, in words: 2026 年需增长 6.4%, or 16.1 % a year to the end of 2026."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.formatting import definite, number_words, percent_words, period_words, value_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record
from daye_analysis.progress.dates import years_between
from daye_analysis.views.verdict_words import period_of, unit_label

# Between these a span counts as one year: a figure of 30 December says the year as well as one of the 31st.
ONE_YEAR: Final = (0.99, 1.01)


@dataclass(frozen=True, slots=True)
class Needed:
    """The growth that a target requires from one date to its due date.

    Attributes
    ----------
    low, high
        The least and the most, as shares a year; the same where a comparable figure gives it, NaN where a bound is missing.
        Negative where the target falls.
    since
        The date or period from which it counts, in words.
    inferred
        Whether no source states that date.
    years
        From that date to the due date.
    due
        The due date.
    of_rest
        Whether it is what a cumulative reduction has left that must fall.
    """

    low: float
    high: float
    since: str
    inferred: bool
    years: float
    due: pd.Timestamp
    of_rest: bool

    @property
    def of_one_year(self) -> bool:
        """Return whether it is the growth of one whole calendar year, which its words name."""
        return not self._yearly and self.years >= ONE_YEAR[0] and (self.due.month, self.due.day) == (12, 31)

    @property
    def exact(self) -> bool:
        """Return whether a comparable figure gives it."""
        return self.low == self.high

    def short(self, language: Language) -> str:
        """Return it for a table's cell: 2026 年增长 6.4%, 16.1 % a year, a fall of 12.5 % a year."""
        span, falls = self._span(language), self._falls
        least = self._least(language)
        if language == "zh":
            return f"{self._when('zh')}{least}{'下降' if falls else '增长'} {span}"
        return f"{least}{'a fall of ' if falls else ''}{span} {self._when('en')}"

    def sentence(self, language: Language) -> str:
        """Return it as a clause: 2026 年需增长 6.4%; in 2026 it must grow 6.4 %."""
        span, falls, least = self._span(language), self._falls, self._least(language)
        if language == "zh":
            subject = "水平" if self.of_rest else ""
            return f"{self._when('zh')}{subject}{least}需{'下降' if falls else '增长'} {span}"
        subject = "the level" if self.of_rest else "it"
        return f"{subject} must {'fall' if falls else 'grow'} {least}{span} {self._when('en')}"

    @property
    def _falls(self) -> bool:
        return (self.high if pd.isna(self.low) else self.low) < 0

    def _least(self, language: Language) -> str:
        if pd.isna(self.high):
            return Text("至少", "at least ").say(language)
        return Text("至多", "at most ").say(language) if pd.isna(self.low) else ""

    def _span(self, language: Language) -> str:
        """Return the size, over the whole span where it is no longer than a year, else a year."""
        rates = dict.fromkeys(rate for rate in (self.low, self.high) if pd.notna(rate))
        whole = 1.0 if self._yearly else self.years
        sizes = [percent_words(abs(np.expm1(np.log1p(rate) * whole)), language) for rate in rates]
        return Text("—", " to ").say(language).join(dict.fromkeys(sizes))

    @property
    def _yearly(self) -> bool:
        return self.years > ONE_YEAR[1]

    def _when(self, language: Language) -> str:
        due = period_words(None, self.due, language)
        if self._yearly:
            return "年均" if language == "zh" else "a year"
        if self.of_one_year:
            return Text(f"{self.due.year} 年", f"in {self.due.year}").say(language)
        return f"到{due}" if language == "zh" else f"by {definite(due)}"


def needed(row: Record, language: Language) -> list[Needed]:
    """Return what a row of assessments requires: from its comparable figure, then from its bounds; empty where nothing."""
    due, of_rest = pd.Timestamp(row["due"]), row["quantity"] == "cumulative_reduction"
    found: list[Needed] = []
    if pd.notna(row["required_growth"]):
        growth = float(row["required_growth"])
        since = period_of(row, "value", language)
        found.append(Needed(growth, growth, since, _inferred(row, "value_date"), float(row["years_from_figure"]), due, of_rest))
    low, high = float(row["required_growth_at_least"]), float(row["required_growth_at_most"])
    if pd.notna(low) or pd.notna(high):
        days = [np.datetime64(pd.Timestamp(day), "D") for day in (row["bound_date"], row["due"])]
        years = float(years_between(days[0], days[1]))
        found.append(Needed(low, high, period_of(row, "bound", language), _inferred(row, "bound_date"), years, due, of_rest))
    return [each for each in found if each.years > 0]


def _inferred(row: Record, date: str) -> bool:
    return bool(row["date_is_inferred"]) and row[date] == row["verdict_date"]


def gap_words(package: PackageTables, row: Record, language: Language) -> str:
    """Return what is missing to the target, and the completion rate: 至少还需增加 18 家（目标为超过 45 家，完成率 62.2%）.

    Empty where nothing is missing, and where nothing can be made up for any more.
    """
    gap = row["shortfall"]
    if pd.isna(gap) or not float(gap) > 0 or row["as_of"] > row["due"]:
        return ""
    unit = package.record("measurement_units", row["unit_code"])
    counted, strict = unit["kind"] == "count", row["comparator"] in ("gt", "lt")
    label = unit_label(package, row["unit_code"], language)
    size = _size(round(float(gap), 6), str(unit["kind"]), label, language)
    bound = {"gt": "more_than", "lt": "less_than"}.get(str(row["comparator"]), "exact")
    target = value_words(float(row["target"]), label, language, bound)
    # Of what is not counted, a target that must be passed has no next number.
    more = strict and not counted
    asked = bracketed([Text(f"目标为{target}", f"the target is {target}").say(language) if strict else "", completion(row, language)], language)
    if language == "zh":
        return f"{'还需' if more else '至少还需'}{_verb(row, str(unit['kind']))} {size}{'以上' if more else ''}{asked}"
    if row["direction"] == "decrease" and row["quantity"] != "rank":
        return f"it must fall by {'more than' if more else 'at least'} {size}{asked}"
    return f"{'more than ' if more else ''}{size} short of the target{asked}"


def completion(row: Record, language: Language) -> str:
    """Return the completion rate in words; empty where a target has none."""
    rate: float = row["completion_rate"]
    if pd.isna(rate):
        return ""
    return Text(f"完成率 {percent_words(rate, 'zh')}", f"completion rate {percent_words(rate, 'en')}").say(language)


def bracketed(notes: list[str], language: Language) -> str:
    """Return what there is of `notes` in the language's brackets; empty where there is nothing."""
    phrases = ("，" if language == "zh" else ", ").join(each for each in notes if each)
    return Text(f"（{phrases}）", f" ({phrases})").say(language) if phrases else ""


def _verb(row: Record, kind: str) -> str:
    if row["quantity"] == "rank":
        return "前移"
    if row["quantity"] == "cumulative_reduction":
        return "扩大降幅"
    if row["direction"] == "decrease":
        return "下降" if kind == "percent" else "减少"
    return "提高" if kind == "percent" else "增加"


def _size(gap: float, kind: str, label: str, language: Language) -> str:
    one = gap == 1
    if kind == "percent":
        return Text(f"{number_words(gap)} 个百分点", f"{number_words(gap)} point{'' if one else 's'}").say(language)
    if kind == "rank":
        return Text(f"{number_words(gap)} 位", f"{number_words(gap)} place{'' if one else 's'}").say(language)
    return value_words(gap, label, language)
