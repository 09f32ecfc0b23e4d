"""What figures allow to be said of a target where none compares, in sentences: its ambition, and what would have to be true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.citations import marks
from daye_analysis.charts.verdicts.verdict_text import undecided
from daye_analysis.package.formatting import at, percent_words, period_words, value_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.progress.outlook.ambition import ambition, usual_share
from daye_analysis.progress.outlook.run_rate import run_rates
from daye_analysis.progress.outlook.scenarios import scenarios
from daye_analysis.punctuation import joined
from daye_analysis.views.verdict_words import unit_label
from daye_analysis.views.view import View

# A figure of another place that is older than this, at the plan's start, compares with nothing any more.
_OLDEST_YEARS: Final = 4
# Of a share smaller than this of a province or country nothing follows.
_LEAST_SHARE: Final = 0.01
_MOST_ABOVE: Final = 2
_MOST_PEERS: Final = 2


def outlook_sentences(view: View, row: Record, language: Language, numbers: Mapping[str, int] | None = None) -> list[str]:
    """Return what can be said of a target's ambition and of what would have to be true; empty where nothing can.

    `row` is the target's row of `view.assess()`; `numbers` are those of the sources.
    """
    phrases = [*_ambition(view, row, numbers), *_pace(view, row, numbers), *_steps(row), *_scenarios(view, row)]
    return [each.say(language) for each in phrases]


def compares(view: View, plan_id: str, each: Record) -> bool:
    """Return whether a row of `ambition` is recent enough, and of a place small enough, to say something."""
    earliest = view.package.record("plans", plan_id)["start"] - pd.DateOffset(years=_OLDEST_YEARS)
    return bool(each["period_end"] >= earliest and each["ratio"] >= _LEAST_SHARE)


def _ambition(view: View, row: Record, numbers: Mapping[str, int] | None) -> list[Text]:
    """Return the target beside the latest figures and aims of areas above and beside the plan's."""
    package = view.package
    rows = records_by(ambition(view), "target_id").get(str(row["target_id"]), [])
    rows = [each for each in rows if compares(view, str(row["plan_id"]), each)]
    phrases = [_share(view, row, each, numbers) for each in rows if each["is_share"]][:_MOST_ABOVE]
    aims = [each for each in rows if each["statement"] == "target"][:1]
    peers = [each for each in rows if each["relation"] == "peer" and each["statement"] == "outturn"][:_MOST_PEERS]
    for each in [*aims, *peers]:
        area = package.record("areas", each["area_id"])
        zh, en = (other_figure(package, row, each, language) for language in ("zh", "en"))
        cited = marks(package, str(each["observation_id"]), numbers)
        aim = each["statement"] == "target"
        phrases.append(
            Text(f"{area['name_zh']}{'的目标' if aim else ''}为{zh}{cited}。", f"{area['name_en']} {'aims at' if aim else 'had'} {en}{cited}.")
        )
    return phrases


def _share(view: View, row: Record, each: Record, numbers: Mapping[str, int] | None) -> Text:
    """Return what share of an area above the target would be, beside the share that the plan's area usually has."""
    package = view.package
    own, other = package.record("areas", row["area_id"]), package.record("areas", each["area_id"])
    zh, en = (joined([_value(package, row, each, language), _broader(each, language)], language) for language in ("zh", "en"))
    at_zh, at_en = (period_words(each["period_start"], each["period_end"], language) for language in ("zh", "en"))
    cited = marks(package, str(each["observation_id"]), numbers)
    least = each["bound"] in ("at_least", "more_than")
    size = [percent_words(float(each["ratio"]), language, 0 if each["ratio"] >= 0.1 else 1) for language in ("zh", "en")]
    usual = usual_share(view, str(row["area_id"]), str(each["area_id"]), str(row["indicator_id"]))
    beside = Text("", "")
    if usual is not None:
        of = package.record("indicators", usual.indicator_id)
        when = [period_words(usual.period_start, usual.period_end, language) for language in ("zh", "en")]
        share = [percent_words(usual.share, language) for language in ("zh", "en")]
        pair = marks(package, " ".join(usual.observation_ids), numbers)
        beside = Text(
            f"；{own['name_zh']}{of['name_zh']}占{other['name_zh']}的 {share[0]}（{when[0]}）{pair}",
            f"; {own['name_en']}'s share of {other['name_en']}'s {str(of['name_en'])[0].lower()}{str(of['name_en'])[1:]} was {share[1]} ({when[1]}){pair}",
        )
    most = Text("至多" if least else "", "at most " if least else "")
    return Text(
        f"目标值{most.zh}相当于{other['name_zh']} {at_zh}数（{zh}）的 {size[0]}{cited}{beside.zh}。",
        f"The target is {most.en}{size[1]} of what {other['name_en']} had {at(at_en)} ({en}){cited}{beside.en}.",
    )


def other_figure(package: PackageTables, row: Record, each: Record, language: Language) -> str:
    """Return a figure of another place, of a row of `ambition`, in the unit of the target `row`."""
    words = _value(package, row, each, language)
    when = joined([period_words(each["period_start"], each["period_end"], language), _broader(each, language)], language)
    # Chinese words follow others without a space, numbers do not.
    space = " " if words[0].isdigit() else ""
    return Text(f"{space}{words}（{when}）", f"{words} ({when})").say(language)


def _value(package: PackageTables, row: Record, each: Record, language: Language) -> str:
    return value_words(float(each["value"]), unit_label(package, row["unit_code"], language), language, str(each["bound"]))


def _broader(each: Record, language: Language) -> str:
    return Text("口径较宽", "a broader concept").say(language) if each["concept"] == "broader" else ""


def _pace(view: View, row: Record, numbers: Mapping[str, int] | None) -> list[Text]:
    """Return the year at the pace of the months that are known."""
    package = view.package
    rows = [each for each in records(run_rates(view)) if each["target_id"] == row["target_id"]] if undecided(row) else []
    phrases = []
    for each in rows:
        words = {}
        for language in ("zh", "en"):
            unit = unit_label(package, row["unit_code"], language)
            period = period_words(each["period_start"], each["period_end"], language)
            rate = value_words(round(float(each["run_rate"]), 2 if each["run_rate"] < 1000 else 0), unit, language)
            share = percent_words(float(each["share_of_target"]), language)
            words[language] = (value_words(float(each["value"]), unit, language), period, rate, share)
        cited = marks(package, str(each["observation_id"]), numbers)
        (value, period, rate, share), (value_en, period_en, rate_en, share_en) = words["zh"], words["en"]
        phrases.append(
            Text(f"{period}为 {value}{cited}，按此进度折算全年约 {rate}，为目标值的 {share}（未考虑季节因素，不是预测）。",
                 f"{value_en} {at(period_en)}{cited} is a pace of about {rate_en} a year, {share_en} of the target (not seasonally adjusted; not a forecast).")
        )  # fmt: skip
    return phrases


def _steps(row: Record) -> list[Text]:
    """Return the growth a quarter that the required growth of a year comes to."""
    growth: Any = row["required_growth"] if pd.notna(row["required_growth"]) else row["required_growth_at_least"]
    if pd.isna(growth) or not undecided(row):
        return []
    least = pd.isna(row["required_growth"])
    quarter = abs((1 + float(growth)) ** 0.25 - 1)
    verb = Text("下降" if growth < 0 else "增长", "fall" if growth < 0 else "growth")
    return [
        Text(f"折合平均每季度需{verb.zh}{'至少 ' if least else ' '}{percent_words(quarter, 'zh')}。",
             f"The {verb.en} required averages {'at least ' if least else ''}{percent_words(quarter, 'en')} a quarter.")
    ]  # fmt: skip


def _scenarios(view: View, row: Record) -> list[Text]:
    """Return the three assumptions: what each would come to by the due date, or where the target must have started."""
    rows = [each for each in records(scenarios(view)) if each["target_id"] == row["target_id"]]
    if not rows or not undecided(row):
        return []
    zh, en = (_supposed(view, row, rows, language) for language in ("zh", "en"))
    due = {language: _of_start(row, pd.Timestamp(row["due"]), language) for language in ("zh", "en")}
    start = rows[0]["start_date"]
    if rows[0]["basis"] == "none":
        when = {language: _of_start(row, start, language) for language in ("zh", "en")}
        return [
            Text(f"如要{due['zh']}达到目标值，{when['zh']}须达到的水平：{zh}（仅为假设，不是预测）。",
                 f"To reach the target {at(due['en'])}, the figure {at(when['en'])} must be {en} (assumptions, not forecasts).")
        ]  # fmt: skip
    most = Text("（自上限起算，均为至多）", " (from the upper bound, so at most)") if rows[0]["basis"] == "upper_bound" else Text("", "")
    return [
        Text(f"假设情形（不是预测）{most.zh}：{zh}。", f"Assumptions, not forecasts{most.en}: {en}.")
    ]


def _of_start(row: Record, start: pd.Timestamp, language: Language) -> str:
    """Return the date from which it counts: a year for what is counted by the year."""
    first = pd.Timestamp(start.year, 1, 1) if row["quantity"] == "output_value" else None
    return period_words(first, start, language)


def _supposed(view: View, row: Record, rows: list[Record], language: Language) -> str:
    unit = unit_label(view.package, row["unit_code"], language)
    phrases = []
    for each in rows:
        growth = percent_words(float(each["growth"]), language)
        name = {
            "last_growth": Text("上年增速", "last year's growth"),
            "class_median": Text(f"同类增速中位数（{each['series']} 个序列）", f"the median of {each['series']} comparable series"),
            "best_tenth": Text("同类增速最高的十分之一", "their top tenth"),
        }[str(each["scenario"])].say(language)
        shown = each["start_needed"] if each["basis"] == "none" else each["value"]
        amount = value_words(float(round(float(shown), 0 if abs(shown) >= 100 else 1)), unit, language)
        if each["basis"] == "none":
            phrases.append(Text(f"按{name} {growth} 推算为 {amount}", f"{amount} if it then grows by {name} ({growth})").say(language))
        else:
            due = _of_start(row, pd.Timestamp(row["due"]), language)
            phrases.append(Text(f"按{name} {growth} 推算，{due}为 {amount}", f"growth by {name} ({growth}) gives {amount} {at(due)}").say(language))
    return ("；" if language == "zh" else "; ").join(phrases)
