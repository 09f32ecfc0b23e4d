"""What follows for one target, in sentences that a reader can redo by hand."""

from __future__ import annotations

from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.verdicts.bounds_text import bound_sentences
from daye_analysis.charts.verdicts.growth_text import bracketed, completion, gap_words, needed
from daye_analysis.package.formatting import (
    at,
    definite,
    number_words,
    percent_words,
    period_words,
    value_words,
)
from daye_analysis.package.records import Record
from daye_analysis.progress.attainment.sensitivity import VARIANT_TEXT
from daye_analysis.progress.reasons import REASON_TEXT, Reason
from daye_analysis.progress.vocabulary import FORECAST_TEXT, STATUS_TEXT, Forecast, Status
from daye_analysis.views.verdict_words import conflicting, known, later_words, period_of, unit_label
from daye_analysis.views.view import View

_YEAR: Final = {
    "met": Text("达到", "met"),
    "not_met": Text("未达到", "not met"),
    "reached": Text("年内已达到", "reached during the year"),
    "bounded": Text("上下限不足以判断", "not settled by its bounds"),
    "conflict": Text("数据不一致", "figures conflict"),
}


def verdict_sentences(
    view: View, row: Record, language: Language, *, brief: bool = False, tabled: bool = False
) -> list[str]:
    """Return the sentences on one target.

    Parameters
    ----------
    view
        The package as of the day of the assessment.
    row
        The target's row of `view.assess()`.
    language
        `zh` or `en`.
    brief
        Leave what a bounding figure counts, and all that only qualifies the finding, to the target's card.
    tabled
        The figures are in a table beside: leave what they count to it.
    """
    phrases = [
        *_assumption(row),
        *_fact(view, row),
        *_annual(row),
        *_bounds(view, row, brief, tabled),
        *_conflict(view, row),
        *_growth(row),
        *([] if brief else _reference(row)),
        *([] if brief and pd.isna(row["lead"]) else _schedule(row)),
        *([] if brief else [*_other_bases(row), *_derived(view, row), *_steadiness(row), *_forecast(row)]),
    ]
    return [sentence.say(language) for sentence in phrases]


def silence_words(row: Record, language: Language) -> str:
    """Return why nothing is said of a target of which nothing, or nothing that compares, is known; else empty."""
    said = {
        "related_only": Text("只有相关数据，口径不可比，暂不评价", "not assessed: only related figures, which do not compare"),
        "nothing": Text("在可查阅范围内未见公开数据，暂不评价", "not assessed: nothing found in the sources that could be read"),
    }.get(str(row["evidence_class"]))
    return said.say(language) if said else ""


def undecided(row: Record) -> bool:
    """Return whether the outcome at the due date is still open: only then are schedule, pace and chances spoken of."""
    return not row["outcome_settled"] and row["as_of"] <= row["due"] and row["settled"] != "met"


def rests_on_bounds(row: Record) -> bool:
    """Return whether the bounds that a row shows are of the date that gives its verdict."""
    return pd.notna(row["bound_date"]) and row["bound_date"] == row["verdict_date"] and row["settled_by"] != "figure"


def _assumption(row: Record) -> list[Text]:
    if not row["rests_on_assumption"]:
        return []
    return [Text("以下结论依据使用者的假设，不是公开数据。", "What follows rests on a user's assumption, not on a published figure.")]


def _fact(view: View, row: Record) -> list[Text]:
    """Return the comparable figure, and how it compares where it gives the verdict."""
    zh, en = (next((each for each in known(view.package, row, language) if each.side == "value"), None) for language in ("zh", "en"))
    if zh is None or en is None:
        return []
    inferred = Text("（时间为推断）", " (date inferred)") if zh.inferred else Text("", "")
    head_zh, head_en = f"{zh.period}{inferred.zh}为 {zh.words}", f"{at(en.period)}{inferred.en} it was {en.words}"
    # A target of each year is not reached by one of them: its years follow in a sentence of their own.
    decides = row["verdict_date"] == row["value_date"] and not rests_on_bounds(row) and not row["year_verdicts"]
    follows = _compared(view, row) if decides else Text("", "")
    return [Text(f"{head_zh}{follows.zh}。", f"{head_en[0].upper()}{head_en[1:]}{follows.en}.")]


def _compared(view: View, row: Record) -> Text:
    """Return how the figure that gives the verdict compares with the target."""
    if row["met"]:
        return Text("，已达目标值", ", at the target level")
    zh, en = (gap_words(view.package, row, language) for language in ("zh", "en"))
    if not zh:
        zh = f"未达目标值{bracketed([completion(row, 'zh')], 'zh')}"
        en = f"not at the target level{bracketed([completion(row, 'en')], 'en')}"
    return Text(f"，{zh}", f", {en}")


def _annual(row: Record) -> list[Text]:
    due = int(row["years_due"] or 0)
    if due == 0:
        return []
    known_years, met = int(row["years_known"]), int(row["years_met"])
    of = Text("位次按年度评价", "A rank, assessed year by year") if row["quantity"] == "rank" else (
        Text("按年度评价", "An annual target"))  # fmt: skip
    if known_years == 0:
        return [
            Text(f"{of.zh}：应评价 {due} 个年度，均无可判断的数据。", f"{of.en}: {due} year{' is' if due == 1 else 's are'} due, and no figure decides any.")
        ]
    years = [each.split(":") for each in str(row["year_verdicts"]).split()]
    phrases = [(year, _YEAR[verdict]) for year, verdict in years if verdict in _YEAR]
    return [
        Text(
            f"{of.zh}：应评价 {due} 个年度，其中 {known_years} 个年度有可判断的数据，{met} 个年度达到"
            f"（{'、'.join(f'{year}年{text.zh}' for year, text in phrases)}）。",
            f"{of.en}: of {due} year{'' if due == 1 else 's'} due, {known_years} {'has' if known_years == 1 else 'have'} figures that decide, and {met} met it "
            f"({', '.join(f'{year} {text.en}' for year, text in phrases)}).",
        )
    ]


def _bounds(view: View, row: Record, brief: bool, tabled: bool) -> list[Text]:
    """Return the reasoning from bounds where they give the verdict, and a later date that settles nothing."""
    phrases: list[Text] = []
    if rests_on_bounds(row):
        phrases = [*bound_sentences(view, row, brief or tabled), _settled(row, brief), *_measure_unnamed(row)]
    later = Text(later_words(view, row, "zh"), later_words(view, row, "en"))
    return [*phrases, *([Text(f"{later.zh}。", f"{later.en[0].upper()}{later.en[1:]}.")] if later.zh else [])]


def _settled(row: Record, brief: bool) -> Text:
    """Return what the bounds settle, for which date or period."""
    inferred = Text("（时间为推断）", " (date inferred)") if row["date_is_inferred"] else Text("", "")
    zh, en = f"{period_of(row, 'verdict', 'zh')}{inferred.zh}", f"{at(period_of(row, 'verdict', 'en'))}{inferred.en}"
    if row["settled"] == "met":
        return Text(f"据此可知{zh}已达到目标值。", f"So the target level was reached {en}.")
    if row["settled"] == "not_met":
        ahead = not brief and undecided(row)
        more = Text("；不代表目标期末的结果", "; this says nothing of the due date") if ahead else Text("", "")
        return Text(f"据此可知{zh}未达到目标值{more.zh}。", f"So the target level was not reached {en}{more.en}.")
    return Text(f"据此尚不能判断{zh}是否达到目标值。", f"This does not settle whether the target level was reached {en}.")


def _measure_unnamed(row: Record) -> list[Text]:
    """Return the caveat for a size of which the text does not say whether output or revenue is meant."""
    if row["quantity"] != "output_value" or str(row["settled"]) not in ("met", "not_met"):
        return []
    return [
        Text("以上按来源所用的产值比较；原文未写明是产值还是营业收入。",
             "This compares output, as the sources have it; the text does not say whether output or revenue is meant.")
    ]  # fmt: skip


def _conflict(view: View, row: Record) -> list[Text]:
    """Return the figures that contradict each other, each with who published it."""
    phrases = {}
    publisher = {str(each["observation_id"]): str(each["publisher"]) for each in view.evidence_of(str(row["target_id"]))}
    for language in ("zh", "en"):
        each_said = []
        for figure in conflicting(view.package, row, language):
            by = publisher.get(figure.ids[0], "")
            each_said.append(
                Text(f"{figure.dated('zh', by)}", f"{figure.dated('en', by)}").say(language)
            )
        phrases[language] = Text("；", "; ").say(language).join(each_said)
    if not phrases["zh"]:
        return []
    return [Text(f"数据相互矛盾，均不用于判断：{phrases['zh']}。", f"Figures contradict each other, and none decides: {phrases['en']}.")]


def _growth(row: Record) -> list[Text]:
    """Return what must still change, from the comparable figure on and from bounds on."""
    phrases = []
    for zh, en in zip(needed(row, "zh"), needed(row, "en"), strict=True):
        if zh.exact:
            late = Text("（部分期限已过）", " (part of that time has passed)") if zh.years > 1 else Text("", "")
            start = Text("", "") if zh.of_one_year else Text(f"自{zh.since}起，", f"From {definite(en.since)} on, ")
            phrases.append(Text(f"{start.zh}{zh.sentence('zh')}{late.zh}", f"{start.en}{en.sentence('en')}{late.en}"))
        else:
            phrases.append(Text(f"由{zh.since}的上下限推得，{zh.sentence('zh')}", f"From the bounds of {definite(en.since)} it follows that {en.sentence('en')}"))
    return [Text(f"{each.zh}。", f"{each.en[0].upper()}{each.en[1:]}.") for each in phrases]


def _schedule(row: Record) -> list[Text]:
    """Return progress against the even schedule, or why there is none; nothing once the outcome is settled or the time over."""
    if not undecided(row):
        return []
    if pd.notna(row["lead"]):
        log = "_log" if row["quantity"] == "cumulative_reduction" else ""
        progress, share, lead = float(row[f"progress{log}"]), float(row["elapsed_share"]), float(row[f"lead{log}"])
        against = Text("快于" if lead >= 0 else "慢于", "")
        return [
            Text(f"序时进度：目标增量已实现 {percent_words(progress, 'zh')}，时间过去 {percent_words(share, 'zh')}，{against.zh}序时进度 "
                 f"{abs(lead):.1f} 个百分点。",
                 f"Even schedule: {percent_words(progress, 'en')} done with {percent_words(share, 'en')} of the time gone, a lead of "
                 f"{lead:+.1f} points.")
        ]  # fmt: skip
    reason = Reason.of(str(row["schedule_reason"]))
    # A status that is not assessed says already that there is no schedule, and why.
    said_already = row["status"] == Status.NOT_ASSESSED.code or reason in (Reason.NONE, Reason.LATER_BOUND, Reason.ALREADY_MET)
    if pd.isna(row["value"]) or said_already or row["year_verdicts"]:
        return []
    text = REASON_TEXT[reason]
    return [Text(f"不评价序时进度（{text.zh}）。", f"No even schedule ({text.en}).")]


def _reference(row: Record) -> list[Text]:
    """Return how often other comparable series grew, or fell, at least as fast as now required, with the interval."""
    if pd.isna(row["reference_share_at_least"]) or not undecided(row):
        return []
    bound = str(row["reference_basis"]) != "figure"
    needed = float(row["required_growth_at_least"] if bound else row["required_growth"])
    share, low, high = (round(10 * float(row[f"reference_share_{end}"])) for end in ("at_least", "low", "high"))
    series, years = int(row["reference_series"]), round(float(row["reference_years"]))
    highest = float(row["reference_highest"])
    falls, upper = row["direction"] == "decrease", row["reference_basis"] == "upper_bound"
    zh, en = percent_words(abs(needed), "zh"), percent_words(abs(needed), "en")
    from_bound = Text(
        f"按{'上限' if upper else '下限'}推算，所需{'年均' if years > 1 else ''}{'降幅' if falls else '增速'}至少为 {zh}，",
        f"By the {'upper' if upper else 'lower'} bound, {'a fall of ' if falls else ''}at least {en}{' a year' if years > 1 else ''} is required. ",
    )
    span = Text("一年" if years == 1 else f"{years} 年", "one year" if years == 1 else f"{years} years")
    needed_zh, needed_en = percent_words(needed, "zh"), percent_words(needed, "en")
    bias = Text("参照偏向好的一面，见方法", "the reference leans towards success: see the method") if falls else Text(
        "参照偏高，见方法", "the reference is biased upward: see the method"
    )
    return [
        Text(
            f"{from_bound.zh if bound else ''}可查的其他同类序列 {series} 个，同为{span.zh}的{'年均' if years > 1 else ''}增速每 10 次"
            f"{'至多' if bound else '约'}有 {share} 次{'不高于' if falls else '不低于'} {needed_zh}（80% 区间 {low}—{high} 次），"
            f"{'最低' if falls else '最高'}为 {percent_words(highest, 'zh')}（{bias.zh}）。",
            f"{from_bound.en if bound else ''}In {series} other comparable series, growth over {span.en} was "
            f"{needed_en}{' a year' if years > 1 else ''} or {'less' if falls else 'more'} in {'at most' if bound else 'about'} "
            f"{share} of 10 cases (80 % interval: {low} to {high}); the {'lowest' if falls else 'highest'} was "
            f"{percent_words(highest, 'en')} ({bias.en}).",
        )
    ]


def _other_bases(row: Record) -> list[Text]:
    """Return what other bases would give where the plan has none: a labelled sensitivity, never the headline."""
    found = [each.split(":") for each in str(row["other_bases"] or "").split()]
    if not found or not undecided(row):
        return []
    zh = "；".join(_base_words(*each, language="zh") for each in found)
    en = "; ".join(_base_words(*each, language="en") for each in found)
    return [Text(f"敏感性分析（不作结论）：若改用其他基期，{zh}。", f"Sensitivity, no finding: with another base, {en}.")]


def _base_words(base: str, status: str, lead: str, *, language: Language) -> str:
    day = period_words(None, pd.Timestamp(base.rstrip("*")), language)
    label = STATUS_TEXT[Status[status.upper()]].say(language)
    derived = base.endswith("*")
    if language == "zh":
        return f"以{day}为基期为“{label}”（{lead} 个百分点）{'，该基期为推算' if derived else ''}"
    return f"from {definite(day)} it would be “{label}” ({lead} points){', a derived base' if derived else ''}"


def _derived(view: View, row: Record) -> list[Text]:
    if pd.isna(row["derived_value"]):
        return []
    day, value = pd.Timestamp(row["derived_date"]), float(round(float(row["derived_value"])))
    zh = value_words(value, unit_label(view.package, row["unit_code"], "zh"), "zh")
    en = value_words(value, unit_label(view.package, row["unit_code"], "en"), "en", "about")
    ids = str(row["derived_observations"]).split()
    return [
        Text(
            f"由数据包的 {'、'.join(ids)} 可推算：{period_words(None, day, 'zh')}约为 {zh}。推算值不用于判断。",
            f"From {', '.join(ids)} of the package it follows by arithmetic that it was {en} {at(period_words(None, day, 'en'))}. "
            "A derived value decides nothing.",
        )
    ]


def _steadiness(row: Record) -> list[Text]:
    if pd.isna(row["robust"]) or row["robust"]:
        return []
    found = [each.split(":") for each in str(row["variants"]).split()]
    changed = [VARIANT_TEXT[choice] for choice, label in found if label != row["status"]]
    choices = Text("、".join(each.zh for each in changed), ", ".join(each.en for each in changed))
    return [
        Text(f"不稳健：换一种合理算法（{choices.zh}），结论会改变。",
             f"Not robust: under another reasonable choice ({choices.en}) the label changes.")
    ]  # fmt: skip


def _forecast(row: Record) -> list[Text]:
    """Return the probability, or for a target with a comparable figure why there is none; nothing once it is settled."""
    if not undecided(row):
        return []
    if pd.notna(row["probability"]):
        word = FORECAST_TEXT[Forecast[str(row["forecast"]).upper()]]
        chance = float(row["probability"])
        return [
            Text(f"预测：{word.zh}（概率约 {percent_words(chance, 'zh', 0)}）。",
                 f"Forecast: {word.en} (a chance of about {percent_words(chance, 'en', 0)}).")
        ]  # fmt: skip
    if pd.isna(row["value"]):
        return []
    reason = Reason.of(str(row["forecast_reason"]))
    text, pairs = REASON_TEXT[reason], int(row["backtest_pairs"])
    so_far = Text(f"（现有 {number_words(pairs)} 对）", f" ({number_words(pairs)} so far)") if reason is Reason.FEW_PAIRS else Text("", "")
    return [Text(f"不作概率预测：{text.zh}{so_far.zh}。", f"No probability is given: {text.en}{so_far.en}.")]
