"""The state of the data first: how many targets have what, which are settled, and what they still require."""

from __future__ import annotations

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.display import Align, PrintTable, Prose
from daye_analysis.charts.growth_text import needed
from daye_analysis.charts.labels import asked_words, label, named_in_order
from daye_analysis.charts.verdict_text import verdict_sentences
from daye_analysis.package.formatting import number_words
from daye_analysis.package.records import records
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.verdict_words import known, verdict_words
from daye_analysis.views.view import View


def headline(view: View, language: Language) -> Prose:
    """Return the counts by evidence, the days left, and the warning that silence is no verdict."""
    assessments = view.assess()
    counts = assessments["evidence_class"].value_counts()
    due = pd.Timestamp(view.package.plans["due"].iloc[0])
    left, day = (due - view.timestamp).days, date_words(view.timestamp, language)
    total, settled = len(assessments), len(settled_rows(view))
    undated, compiled = _undated(view), view.package.compiled_on
    parts = [(text, int(counts.get(name, 0))) for name, text in EVIDENCE_TEXT.items()]
    if language == "zh":
        on_time = f"距目标期末（{date_words(due, 'zh')}）还有 {left} 天" if left >= 0 else f"目标期末（{date_words(due, 'zh')}）已过 {-left} 天"
        more = f"\n\n另有 {undated} 条数据的来源未注明日期，按规则自编制日（{compiled}）起才算已知，未计入。" if undated else ""
        return Prose(
            f"截至{day}，{on_time}；年度最终数据通常于次年公布。\n\n"
            f"全部 **{total}** 个目标中：{'；'.join(f'{text.zh} **{number}** 个' for text, number in parts)}。\n\n"
            f"据现有公开数据，可判定某一时点是否达标的目标有 **{settled}** 个。未见公开数据，不等于没有完成。{more}"
        )
    on_time = f"{left} days are left until the due date, {date_words(due, 'en')}" if left >= 0 else (
        f"the due date, {date_words(due, 'en')}, passed {-left} days ago")  # fmt: skip
    more = f"\n\n{undated} more figures come from undated pages; they count as known only from {compiled}." if undated else ""
    return Prose(
        f"As of {day}, {on_time}; final figures for a year usually come out in the next.\n\n"
        f"Of all **{total}** targets: {'; '.join(f'{text.en} **{number}**' for text, number in parts)}.\n\n"
        f"For **{settled}** of them, published figures settle whether the target level was reached at some point in time. "
        f"Absence of published figures is no sign of failure.{more}"
    )


def _undated(view: View) -> int:
    """Return how many figures of target indicators are left out only because their pages carry no date."""
    package = view.package
    if view.day >= package.compiled_on:
        return 0
    undated = package.sources.loc[package.sources["known_on"].isna(), "source_id"]
    rows = package.observations
    return int((rows["source_id"].isin(undated) & rows["indicator_id"].isin(package.targets["indicator_id"])).sum())


def settled_rows(view: View) -> pd.DataFrame:
    """Return the assessments in which figures or bounds of a date within the plan say whether the target was reached."""
    assessments = view.assess()
    return assessments[assessments["settled"].isin(["met", "not_met"])]


def settled_table(view: View, language: Language) -> PrintTable | Prose:
    """Return what is settled, target by target in the list's order, with the reasoning in words."""
    rows = named_in_order(view.package, settled_rows(view))
    if rows.empty:
        none = Text("据现有公开数据，没有目标可判定是否达标。", "No target is settled by published figures.")
        return Prose(none.say(language))
    told = [
        {
            label("target", language): f"{row[f'name_{language}']}\n{asked_words(view.package, row, language)}",
            label("finding", language): verdict_words(row, language),
            label("follows", language): "\n".join(verdict_sentences(view, row, language, brief=True)),
        }
        for row in records(rows)
    ]
    caption = Text(
        "据公开数据可判定某一时点是否达标的目标（不预示目标期末的结果）",
        "Targets that published figures settle for some point in time (no forecast of the due date)",
    ).say(language)
    return PrintTable(pd.DataFrame(told), caption)


def required_growth_table(view: View, language: Language) -> PrintTable | Prose:
    """Return, for each target with a usable figure, the growth that it still requires from that figure on."""
    assessments = view.assess()
    rows = named_in_order(view.package, assessments[assessments["required_growth"].notna()])
    if rows.empty:
        return Prose(Text("没有目标有可用于推算的数据。", "No target has a figure from which to work it out.").say(language))
    told = [
        {
            label("target", language): row[f"name_{language}"],
            label("latest", language): "\n".join(each.dated(language) for each in known(view.package, row, language)),
            label("asked", language): asked_words(view.package, row, language),
            label("from_figure", language): _years(float(row["years_from_figure"]), language),
            label("required_growth", language): next(each.short(language) for each in needed(row, language) if each.exact),
        }
        for row in records(rows)
    ]
    align: dict[str, Align] = {label(name, language): "right" for name in ("from_figure", "required_growth")}
    caption = Text("自最近一期同口径数据起至目标期末所需增速（部分期限已过）",
                   "Growth required from the latest comparable figure to the due date (part of that time has passed)")  # fmt: skip
    return PrintTable(pd.DataFrame(told), caption.say(language), align)


def growth_formula(view: View, language: Language) -> Prose:
    """Return the formula of the required growth and the time that is left, so that a reader can redo it by hand."""
    words = Text(
        "其中 $g$ 为所需年增速，$T$ 为目标值（目标须超过的计数取下一个整数），$x$ 为最近一期同口径数据，$n$ 为自该期数据至目标期末的年数。",
        "Here $g$ is the growth required a year, $T$ the target (of a count that must be passed, the next number), $x$ the latest "
        "comparable figure, and $n$ the years from that figure to the due date.",
    ).say(language)
    due = pd.Timestamp(view.package.plans["due"].iloc[0])
    left = (due - view.timestamp).days
    time = Text(f"自截至日起，距目标期末还有 {left} 天。", f"From the as-of date, {left} days are left until the due date.")
    return Prose(f"$$g = \\left(\\frac{{T}}{{x}}\\right)^{{1/n}} - 1$$\n\n{words}" + (f"\n\n{time.say(language)}" if left >= 0 else ""))


def _years(years: float, language: Language) -> str:
    number = number_words(round(years, 2))
    return f"{number} 年" if language == "zh" else f"{number} year{'' if number == '1' else 's'}"
