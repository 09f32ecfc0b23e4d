"""What follows for one target, in sentences that a reader can redo by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.views.package import Package
from daye_analysis.package.records import Record
from daye_analysis.package.words import number_words, period_words, value_words
from daye_analysis.progress.reasons import REASON_TEXT, Reason
from daye_analysis.progress.sensitivity import VARIANT_TEXT
from daye_analysis.progress.vocabulary import FORECAST_TEXT, STATUS_TEXT, Forecast, Status


def verdict_sentences(
    package: Package,
    row: Record,
    figures: Sequence[Record],
    language: Language,
    *,
    brief: bool = False,
    tabled: bool = False,
) -> list[str]:
    """Return the sentences for one row of `assessments`; `figures` are the target's rows of `evidence`.

    With `brief`, what exactly a bounding figure counts, and all that only qualifies the finding, are left to the target's
    card. With `tabled`, the figures stand in a table beside, and what they count is left to it.
    """
    told = [
        *_assumption(row),
        *_fact(package, row),
        *_annual(row),
        *_bounds(package, row, figures, brief, tabled),
        *_growth(row),
        *([] if brief else _reference(row)),
        *([] if brief and pd.isna(row["lead"]) else _schedule(row)),
        *([] if brief else [*_other_bases(row), *_derived(package, row), *_steadiness(row), *_forecast(row)]),
    ]
    return [sentence.say(language) for sentence in told]


def status_words(row: Record, language: Language) -> str:
    """Return the status of one row of `assessments`, with the date where the word needs one."""
    status = Status[str(row["status"]).upper()]
    text = STATUS_TEXT[status].say(language)
    day = row["value_date"] if status is Status.AT_LEVEL else row["bound_date"]
    if status in (Status.AT_LEVEL, Status.BOUNDED_BELOW, Status.BOUNDED_ABOVE, Status.BOUNDED) and _is_day(day):
        when = period_words(None, pd.Timestamp(day), language)
        return f"{text}（截至{when}）" if language == "zh" else f"{text} (as of {_day_en(pd.Timestamp(day))})"
    return text


def _day_en(day: pd.Timestamp) -> str:
    """Return a day as an English sentence has it: the end of 2025, 10 December 2019."""
    words = period_words(None, day, "en")
    return f"the {words}" if words.startswith("end of") else words


def _at_en(day: pd.Timestamp) -> str:
    words = _day_en(day)
    return f"{'on' if words[0].isdigit() else 'at'} {words}"


def percent(share: float, language: Language, digits: int = 1) -> str:
    """Return a share in per cent: 0.064 as 6.4%, with the space that English typography here puts before the sign."""
    return f"{100 * share:.{digits}f}{'' if language == 'zh' else ' '}%".replace("-", "−")


def _assumption(row: Record) -> list[Text]:
    if not row["rests_on_assumption"]:
        return []
    return [Text("以下结论依据使用者的假设，不是公开数据。", "What follows rests on a user's assumption, no published figure.")]


def _fact(package: Package, row: Record) -> list[Text]:
    if pd.isna(row["value"]) or not _is_day(row["value_date"]):
        return []
    unit = package.record("measurement_units", row["unit_code"])
    value, bound, day = float(row["value"]), "about" if row["value_is_about"] else "exact", pd.Timestamp(row["value_date"])
    value_zh, when_zh = value_words(value, str(unit["label_zh"]), "zh", bound), period_words(None, day, "zh")
    value_en, when_en = value_words(value, str(unit["label_en"]), "en", bound), _at_en(day)
    if row["met"]:
        return [Text(f"{when_zh}为 {value_zh}，已达目标值。", f"{when_en[0].upper()}{when_en[1:]} it stood at {value_en}, at the target level.")]
    left = number_words(round(float(row["shortfall"]), 6))
    rate = float(row["completion_rate"])
    must = Text("，且须超过目标值", ", and the target must be passed") if row["comparator"] == "gt" else Text("", "")
    zh = f"{when_zh}为 {value_zh}，距目标值还差 {left}{must.zh}"
    en = f"{when_en[0].upper()}{when_en[1:]} it stood at {value_en}, {left} short of the target{must.en}"
    if pd.notna(rate):
        zh, en = f"{zh}（完成率 {percent(rate, 'zh')}）", f"{en} (completion rate {percent(rate, 'en')})"
    return [Text(f"{zh}。", f"{en}.")]


def _annual(row: Record) -> list[Text]:
    due = int(row["years_due"] or 0)
    if due == 0:
        return []
    known, met = int(row["years_known"]), int(row["years_met"])
    if row["quantity"] == "rank":
        of, count = Text("位次逐年看", "A rank, looked at year by year"), Text("已结束", "over")
    else:
        of, count = Text("逐年目标", "An annual target"), Text("应考核", "due")
    if known == 0:
        return [Text(f"{of.zh}：{count.zh} {due} 个年度，均无可判断的数据。", f"{of.en}: {due} years are {count.en}, and no figure decides any.")]
    return [
        Text(
            f"{of.zh}：{count.zh} {due} 个年度，其中 {known} 个年度有可判断的数据，{met} 个年度达到。",
            f"{of.en}: of {due} years {count.en}, {known} have figures that decide, and {met} met it.",
        )
    ]


def _bounds(package: Package, row: Record, figures: Sequence[Record], brief: bool, tabled: bool) -> list[Text]:
    if not _is_day(row["bound_date"]):
        return []
    unit = package.record("measurement_units", row["unit_code"])
    told: list[Text] = []
    for side in ("lower", "upper"):
        if pd.isna(row[f"{side}_bound"]):
            continue
        ids = str(row[f"{side}_bound_observations"]).split()
        found = [each for each in figures if each["observation_id"] in ids]
        told.append(_bound(package, row, found, side, unit, brief or tabled))
    beyond = Text("", "") if brief else Text("；这不预示到期时的结果", "; it foretells nothing of the due date")
    settled = {
        "met": Text("据此，当期达到了目标值。", "So the target level was reached in that period."),
        "not_met": Text(
            f"据此，当期不可能达到目标值{beyond.zh}。",
            f"So the target level cannot have been reached in that period{beyond.en}.",
        ),
        "contradictory": Text("上下限互相矛盾，都不采用。", "The bounds contradict each other; neither is used."),
    }.get(str(row["settled"]), Text("上下限不足以判断是否达到。", "The bounds do not settle the question."))
    return [*told, settled, *_measure_unnamed(row)]


def _measure_unnamed(row: Record) -> list[Text]:
    """Return the caveat for a size of which the text does not say whether output or revenue is meant."""
    if row["quantity"] != "output_value" or str(row["settled"]) not in ("met", "not_met"):
        return []
    return [
        Text("以上按来源所用的产值比较；原文未写明是产值还是营业收入。",
             "This compares output, as the sources have it; the text does not say whether output or revenue is meant.")
    ]  # fmt: skip


def _bound(
    package: Package, row: Record, rows: Sequence[Record], side: str, unit: Mapping[str, Any], brief: bool
) -> Text:
    """Return the chain of reasoning from the bounding figures to this area's own."""
    bound = float(row[f"{side}_bound"])
    value = {"zh": value_words(bound, str(unit["label_zh"]), "zh"), "en": value_words(bound, str(unit["label_en"]), "en")}
    first = rows[0]
    area = package.record("areas", first["area_id"])
    start = None if first["measure"] == "level" else first["period_start"]
    when = {
        "zh": period_words(start, first["period_end"], "zh"),
        "en": period_words(start, first["period_end"], "en"),
    }
    of = Text("", "") if brief else Text(f"（{_scope(rows, 'zh')}）", f" ({_scope(rows, 'en')})")
    reposted = Text("（出自转载，未见原文）", " (from reposts; the original was not seen)") if all(each["tier"] == "repost" for each in rows) else Text("", "")
    of = Text(of.zh + reposted.zh, of.en + reposted.en)
    if side == "upper":
        wider = first["relation"] in ("parent", "containing")
        of_zh = f"{area['name_zh']}全域" if wider else "口径更宽的"
        of_en = f"all of {area['name_en']}" if wider else "a broader concept"
        return Text(
            f"上限：{when['zh']}{of_zh}数值为 {value['zh']}{of.zh}，本地区同口径数值不会超过它。",
            f"Upper bound ({when['en']}): {of_en} had {value['en']}{of.en}; the area's own figure cannot exceed it.",
        )
    whole = first["concept"] == "same" and first["relation"] == "own"
    part = Text("已公布的数值为", "the figure itself") if whole else Text("其中一部分已", "a part alone")
    more = {"zh": "超过" if row["lower_bound_is_open"] else "至少", "en": "more than" if row["lower_bound_is_open"] else "at least"}
    return Text(
        f"下限：{when['zh']}{part.zh}{more['zh']} {value['zh']}{of.zh}，全部不会少于它。",
        f"Lower bound ({when['en']}): {part.en} came to {more['en']} {value['en']}{of.en}; the whole is no less.",
    )


def _scope(rows: Sequence[Record], language: Language) -> str:
    """Return what the first of the bounding figures counts, and the identifiers of all."""
    notes = [str(row[f"scope_note_{language}"]) for row in rows if pd.notna(row[f"scope_note_{language}"])][:1]
    ids = [str(row["observation_id"]) for row in rows]
    return ("；" if language == "zh" else "; ").join([*notes, ("、" if language == "zh" else ", ").join(ids)])


def _growth(row: Record) -> list[Text]:
    growth: float | None = float(row["required_growth"]) if pd.notna(row["required_growth"]) else None
    at_least, at_most = row["required_growth_at_least"], row["required_growth_at_most"]
    due = pd.Timestamp(row["due"])
    if growth is not None:
        left = float(row["years_left"])
        return [
            Text(
                f"从该数据到{period_words(None, due, 'zh')}（{number_words(round(left, 2))} 年）还需年均增长 {percent(growth, 'zh')}。",
                f"From that figure to {_day_en(due)} ({_years(left)}) it must grow "
                f"{percent(growth, 'en')} a year.",
            )
        ]
    low = float(at_least) if pd.notna(at_least) and float(at_least) > 0 else None
    high = float(at_most) if pd.notna(at_most) and float(at_most) > 0 else None
    if low is None and high is None:
        return []
    span = _growth_span(low, high)
    return [
        Text(f"由此推得，从那时到期末所需年均增速{span.zh}。", f"It follows that from then to the due date it must grow {span.en} a year.")
    ]


def _years(years: float) -> str:
    return f"{number_words(round(years, 2))} year{'' if round(years, 2) == 1 else 's'}"


def _growth_span(low: float | None, high: float | None) -> Text:
    if low is not None and high is not None:
        return Text(f"在 {percent(low, 'zh')} 与 {percent(high, 'zh')} 之间", f"between {percent(low, 'en')} and {percent(high, 'en')}")
    if low is not None:
        return Text(f"不低于 {percent(low, 'zh')}", f"at least {percent(low, 'en')}")
    return Text(f"不高于 {percent(high or 0.0, 'zh')}", f"no more than {percent(high or 0.0, 'en')}")


def _schedule(row: Record) -> list[Text]:
    if pd.notna(row["lead"]):
        progress, share, lead = float(row["progress"]), float(row["elapsed_share"]), float(row["lead"])
        return [
            Text(f"序时进度：已完成 {percent(progress, 'zh')}，时间过去 {percent(share, 'zh')}，领先 {lead:+.1f} 个百分点。",
                 f"Even schedule: {percent(progress, 'en')} done with {percent(share, 'en')} of the time gone, a lead of "
                 f"{lead:+.1f} points.")
        ]  # fmt: skip
    if pd.isna(row["value"]) or not row["schedule_reason"] or int(row["years_due"] or 0):
        return []
    reason = REASON_TEXT[Reason[str(row["schedule_reason"]).upper()]]
    return [Text(f"不评序时进度：{reason.zh}。", f"No even schedule: {reason.en}.")]


def _reference(row: Record) -> list[Text]:
    """Return how often other comparable series grew, or fell, at least as fast as now required, with the interval."""
    if pd.isna(row["reference_share_at_least"]):
        return []
    bound = str(row["reference_basis"]) != "figure"
    needed = float(row["required_growth_at_least"] if bound else row["required_growth"])
    share, low, high = (round(10 * float(row[f"reference_share_{end}"])) for end in ("at_least", "low", "high"))
    series, years = int(row["reference_series"]), round(float(row["reference_years"]))
    highest = float(row["reference_highest"])
    falls, upper = row["direction"] == "decrease", row["reference_basis"] == "upper_bound"
    from_bound = Text(
        f"按{'上限' if upper else '下限'}推算，所需增速至少为 {percent(needed, 'zh')}，",
        f"By the {'upper' if upper else 'lower'} bound, at least {percent(needed, 'en')} a year is required. ",
    )
    span = Text("一年" if years == 1 else f"{years} 年", "one year" if years == 1 else f"{years} years")
    return [
        Text(
            f"{from_bound.zh if bound else ''}可查的其他同类序列 {series} 个，同为{span.zh}的{'年均' if years > 1 else ''}增速每 10 次"
            f"{'至多' if bound else '约'}有 {share} 次{'不高于' if falls else '不低于'} {percent(needed, 'zh')}（80% 区间 {low}—{high} 次），"
            f"{'降幅最大' if falls else '最高'}为 {percent(highest, 'zh')}（参照偏高，见方法）。",
            f"{from_bound.en if bound else ''}In {series} other comparable series, growth over {span.en} was "
            f"{percent(needed, 'en')}{' a year' if years > 1 else ''} or {'less' if falls else 'more'} in {'at most' if bound else 'about'} "
            f"{share} of 10 cases (80 % interval: {low} to {high}); the {'steepest fall' if falls else 'highest'} was "
            f"{percent(highest, 'en')} (the reference is biased upward: see the method).",
        )
    ]


def _other_bases(row: Record) -> list[Text]:
    """Return what other bases would give where the plan has none: a labelled sensitivity, never the headline."""
    found = [each.split(":") for each in str(row["other_bases"] or "").split()]
    if not found:
        return []
    told = {
        language: ("；" if language == "zh" else "; ").join(_base_words(*each, language=language) for each in found)
        for language in ("zh", "en")
    }
    return [Text(f"敏感性（不作结论）：若改用其他基期，{told['zh']}。", f"Sensitivity, no finding: with another base, {told['en']}.")]


def _base_words(base: str, status: str, lead: str, *, language: Language) -> str:
    day = pd.Timestamp(base.rstrip("*"))
    label = STATUS_TEXT[Status[status.upper()]].say(language)
    if language == "zh":
        return f"以{period_words(None, day, 'zh')}为基期为“{label}”（{lead} 个百分点）{'，该基期为推算' if base.endswith('*') else ''}"
    return f"from {_day_en(day)} it would be “{label}” ({lead} points){', a derived base' if base.endswith('*') else ''}"


def _derived(package: Package, row: Record) -> list[Text]:
    if pd.isna(row["derived_value"]):
        return []
    day, value = pd.Timestamp(row["derived_date"]), float(round(float(row["derived_value"])))
    unit = package.record("measurement_units", row["unit_code"])
    zh, en = value_words(value, str(unit["label_zh"]), "zh"), value_words(value, str(unit["label_en"]), "en", "about")
    ids = str(row["derived_observations"]).split()
    return [
        Text(
            f"由数据包的 {'、'.join(ids)} 可推算：{period_words(None, day, 'zh')}约为 {zh}。推算值不用于判断。",
            f"From {', '.join(ids)} of the package it follows by arithmetic that it was {en} {_at_en(day)}. "
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
    """Return the probability, or for a target with a like figure why there is none."""
    if pd.notna(row["probability"]):
        word = FORECAST_TEXT[Forecast[str(row["forecast"]).upper()]]
        chance = float(row["probability"])
        return [Text(f"预测：{word.zh}（概率约 {percent(chance, 'zh', 0)}）。", f"Forecast: {word.en} (a chance of about {percent(chance, 'en', 0)}).")]
    if pd.isna(row["value"]):
        return []
    reason = Reason[str(row["forecast_reason"]).upper()]
    text, pairs = REASON_TEXT[reason], int(row["backtest_pairs"])
    so_far = Text(f"（现有 {pairs} 对）", f" ({pairs} so far)") if reason is Reason.FEW_PAIRS else Text("", "")
    return [Text(f"不作概率预测：{text.zh}{so_far.zh}。", f"No probability is given: {text.en}{so_far.en}.")]


def silence_words(row: Record, language: Language) -> str:
    """Return why nothing is said of a target of which nothing, or nothing that compares, is known; else empty."""
    said = {
        "related_only": Text("只有相关数据，口径不可比，暂不评价", "not assessed: only related figures, which do not compare"),
        "nothing": Text("未见公开数据，暂不评价", "not assessed: no published figure was found"),
    }.get(str(row["evidence_class"]))
    return said.say(language) if said else ""


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date | pd.Timestamp) and not pd.isna(value)
