"""The state of the data first: how many targets have what, which are settled, and what they still require."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.brief_findings import asked_words, named_in_order, unit_label
from daye_analysis.figures.display import PrintTable, Prose
from daye_analysis.figures.labels import label
from daye_analysis.figures.verdicts import percent, verdict_sentences
from daye_analysis.views.package import Package
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.package.words import date_words, number_words, period_words, value_words
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT


def headline(package: Package, assessments: pd.DataFrame, language: Language, as_of: dt.date) -> Prose:
    """Return the counts by evidence, the days left, and the warning that silence is no verdict."""
    counts = assessments["evidence_class"].value_counts()
    day = pd.Timestamp(as_of)
    due = pd.Timestamp(package.plans["due"].iloc[0])
    left = (due - day).days
    zh = language == "zh"
    parts = [f"{text.say(language)} **{int(counts.get(name, 0))}**{' 个' if zh else ''}" for name, text in EVIDENCE_TEXT.items()]
    total = len(assessments)
    settled = settled_rows(assessments)
    on_time = (
        f"距到期日（{date_words(due, 'zh')}）还有 {left} 天" if left >= 0 else f"到期日（{date_words(due, 'zh')}）已过 {-left} 天"
    ) if zh else (
        f"{left} days are left until the due date, {date_words(due, 'en')}" if left >= 0
        else f"the due date, {date_words(due, 'en')}, passed {-left} days ago"
    )  # fmt: skip
    undated = _undated(package, as_of)
    undated_zh = f"\n\n另有 {undated} 条数据的来源未注明日期，按规则自编制日（{package.compiled_on}）起才算已知，未计入。" if undated else ""
    undated_en = (
        f"\n\n{undated} more figures come from undated pages; they count as known only from {package.compiled_on}." if undated else ""
    )
    if zh:
        return Prose(
            f"截至{date_words(day, 'zh')}，{on_time}；年度最终数据通常要到次年才公布。\n\n"
            f"全部 **{total}** 个目标中：{'；'.join(parts)}。\n\n"
            f"凭现有公开数据，能说明某一时点是否达到目标值的目标有 **{len(settled)}** 个。没有公开数据，不等于没有完成。{undated_zh}"
        )
    return Prose(
        f"As of {date_words(day, 'en')}, {on_time}; final figures for a year usually come out in the next.\n\n"
        f"Of all **{total}** targets: {'; '.join(parts)}.\n\n"
        f"For **{len(settled)}** of them what is published settles the question for some point in time. "
        f"Absence of published figures is no sign of failure.{undated_en}"
    )


def _undated(package: Package, as_of: dt.date) -> int:
    """Return how many figures of target indicators are left out only because their pages carry no date."""
    if as_of >= package.compiled_on:
        return 0
    undated = package.sources.loc[package.sources["known_on"].isna(), "source_id"]
    rows = package.observations
    return int((rows["source_id"].isin(undated) & rows["indicator_id"].isin(package.targets["indicator_id"])).sum())


def settled_rows(assessments: pd.DataFrame) -> pd.DataFrame:
    """Return the assessments in which a like figure or a bound says whether the target level was reached."""
    by_fact = assessments["met"].notna()
    by_bound = assessments["settled"].isin(["met", "not_met"])
    return assessments[by_fact | by_bound]


def settled_table(
    package: Package, assessments: pd.DataFrame, evidence: pd.DataFrame, language: Language
) -> PrintTable | Prose:
    """Return what is settled, target by target in the list's order, with the reasoning in words."""
    rows = named_in_order(package, settled_rows(assessments))
    if rows.empty:
        return Prose(Text("没有目标能凭公开数据说明是否达到目标值。", "No target is settled by published figures.").say(language))
    told = []
    figures = records_by(evidence, "target_id")
    for row in records(rows):
        found = figures.get(str(row["target_id"]), [])
        told.append(
            {
                label("target", language): row[f"name_{language}"],
                label("asked", language): asked_words(package, row, language),
                label("follows", language): "\n".join(verdict_sentences(package, row, found, language, brief=True)),
            }
        )
    caption = Text(
        "凭公开数据能说明某一时点是否达到目标值的目标（不预示到期时的结果）",
        "Targets that published figures settle for some point in time (no forecast of the due date)",
    ).say(language)
    return PrintTable(pd.DataFrame(told), caption)


def required_growth_table(package: Package, assessments: pd.DataFrame, language: Language) -> PrintTable | Prose:
    """Return, for each target with a usable figure, the growth a year that it still requires."""
    rows = named_in_order(package, assessments[assessments["required_growth"].notna()])
    if rows.empty:
        return Prose(Text("没有目标有可用于推算的数据。", "No target has a figure from which to work it out.").say(language))
    told = [
        {
            label("target", language): row[f"name_{language}"],
            label("latest", language): f"{_value(package, row, language)}"
            + (f"（{period_words(None, pd.Timestamp(row['value_date']), 'zh')}）" if language == "zh"
               else f" ({period_words(None, pd.Timestamp(row['value_date']), 'en')})"),
            label("asked", language): asked_words(package, row, language),
            label("time_left", language): _years(float(row["years_left"]), language),
            label("required_growth", language): percent(float(row["required_growth"]), language),
        }
        for row in records(rows)
    ]  # fmt: skip
    align = {label(name, language): "right" for name in ("time_left", "required_growth")}
    caption = Text("自最近的同口径数据至到期所需的年均增速（其中多数时间可能已过）", "Growth a year from the latest like figure to the target (much of that time may have passed)")
    return PrintTable(pd.DataFrame(told), caption.say(language), align)  # type: ignore[arg-type]


def growth_formula(language: Language) -> Prose:
    """Return the formula of the required growth, so that a reader can redo it by hand."""
    words = Text(
        "其中 $g$ 为所需年均增速，$T$ 为目标值，$x$ 为最近数据，$n$ 为从该数据的日期到到期日的年数。",
        "Here $g$ is the growth required a year, $T$ the target, $x$ the latest figure, and $n$ the years from that figure's date "
        "to the due date.",
    )
    return Prose(f"$$g = \\left(\\frac{{T}}{{x}}\\right)^{{1/n}} - 1$$\n\n{words.say(language)}")


def _years(years: float, language: Language) -> str:
    number = number_words(round(years, 2))
    return f"{number} 年" if language == "zh" else f"{number} year{'' if number == '1' else 's'}"


def _value(package: Package, row: Record, language: Language) -> str:
    return value_words(float(row["value"]), unit_label(package, row["unit_code"], language), language)
