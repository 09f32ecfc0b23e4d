"""From the figures that bound a target to its own quantity: who says what, and why it is no less or no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.records import Record
from daye_analysis.views.verdict_words import Known, known
from daye_analysis.views.view import View

_ENDS: Final = {"lower": Text("下限", "Lower bound"), "upper": Text("上限", "Upper bound")}
# What a bounding figure is, for a bracket beside the bound, and for a sentence.
_GIVES: Final = {
    "stated_bound": Text("来源如此表述", "as its source says"),
    "part_of_year": Text("年内累计", "part of the year"),
    "several_years": Text("多个年度合计", "total of several years"),
    "longer_period": Text("起始早于规划期", "from before the plan"),
    "narrower": Text("其中一部分", "a part alone"),
    "contained": Text("其中一部分", "a part alone"),
    "broader": Text("更宽口径", "a broader concept"),
    "whole_set": Text("更宽范围全部达到", "all of a broader set"),
    "comparable": Text("由同口径数据推得", "follows from comparable figures"),
}


def bound_sentences(view: View, row: Record, short: bool) -> list[Text]:
    """Return a sentence for each bound of a row of assessments; with `short`, without what its figures count."""
    phrases = []
    for zh, en in zip(known(view.package, row, "zh"), known(view.package, row, "en"), strict=True):
        if zh.side == "value":
            continue
        rows = giving(view, row, zh.ids)
        of = Text("", "") if short else Text(f"（{_scope(rows, 'zh')}）", f" ({_scope(rows, 'en')})")
        if rows and all(each["tier"] == "repost" for each in rows):
            of = Text(f"{of.zh}（出自转载，未见原文）", f"{of.en} (from reposts; the original was not seen)")
        said = _said(view, row, rows, zh, en, of)
        end = _ENDS[zh.side]
        inferred = Text("，时间为推断", ", date inferred") if zh.inferred else Text("", "")
        phrases.append(Text(f"{end.zh}：{said.zh}{inferred.zh}。", f"{end.en} ({en.period}{inferred.en}): {said.en}."))
    return phrases


def bound_note(view: View, row: Record, found: Known, language: Language) -> str:
    """Return what the figures of a bound are, for a bracket beside it: all of Huangshi, a part alone; reposts only."""
    rows = giving(view, row, found.ids)
    if not rows:
        return ""
    phrases = _gives(view, rows[0], language)
    if all(each["tier"] == "repost" for each in rows):
        phrases = Text(f"{phrases}，出自转载", f"{phrases}; reposts only").say(language)
    return phrases


def giving(view: View, row: Record, ids: Sequence[str]) -> list[Record]:
    """Return the target's rows of evidence with these identifiers."""
    return [dict(each) for each in view.evidence_of(str(row["target_id"])) if each["observation_id"] in ids]


def whole_area(view: View, area_id: object, language: Language) -> str:
    """Return the whole of an area in words: 黄石全市, all of Huangshi."""
    area = view.package.record("areas", area_id)
    name = str(area[f"name_{language}"])
    if language == "en":
        return f"all of {name}"
    for end in ("市", "省", "县", "区"):
        if len(name) > 2 and name.endswith(end):
            return f"{name.removesuffix(end)}全{end}"
    return "全国" if area["level"] == "country" else f"{name}全域"


def _gives(view: View, first: Record, language: Language) -> str:
    if first["reason"] == "containing":
        return whole_area(view, first["area_id"], language)
    return _GIVES[str(first["reason"])].say(language)


def _said(view: View, row: Record, rows: Sequence[Record], zh: Known, en: Known, of: Text) -> Text:
    """Return the reasoning from the figures of one end to the target's own quantity."""
    own = view.package.record("areas", row["area_id"])
    reasons = {str(each["reason"]) for each in rows}
    reason = reasons.pop() if len(reasons) == 1 else "comparable"
    if reason == "stated_bound":
        return Text(f"{zh.period}，来源表述为{zh.words}{of.zh}", f"the source says {en.words}{of.en}")
    if reason == "part_of_year":
        return Text(f"{zh.period}已{_amount(zh.words)}{of.zh}，全年不低于此数", f"{en.words}{of.en} in a part of the year alone; the year is no less")
    if reason in ("narrower", "contained"):
        exact = all(each["bound"] == "exact" for each in rows)
        part = (zh.words.removeprefix("至少 "), en.words.removeprefix("at least ")) if exact else (zh.words, en.words)
        return Text(f"{zh.period}仅其中一部分即{_amount(part[0])}{of.zh}，总量不低于此数",
                    f"a part alone came to {part[1]}{of.en}; the whole is no less")  # fmt: skip
    if reason in ("broader", "containing"):
        whole = Text(_gives(view, rows[0], "zh"), _gives(view, rows[0], "en"))
        exact = all(each["bound"] == "exact" for each in rows)
        all_of = (zh.words.removeprefix("至多 "), en.words.removeprefix("at most ")) if exact else (zh.words, en.words)
        return Text(f"{zh.period}{whole.zh}{_amount(all_of[0])}{of.zh}，{own['name_zh']}同口径数不超过此数",
                    f"{whole.en} had {all_of[1]}{of.en}; the area's own figure cannot exceed it")  # fmt: skip
    if reason == "whole_set":
        return Text(f"{zh.period}更宽范围已全部达到{of.zh}，其中各部分均达到", f"all of a broader set was covered{of.en}, and so every part of it")
    return Text(f"由已公布的数据推得，{zh.period}{zh.words}{of.zh}", f"it follows from published figures that it was {en.words}{of.en}")


def _amount(words: str) -> str:
    """Return a Chinese amount after a verb, which words like 超过 are already."""
    return words if words.startswith(("超过", "至少", "至多", "不足")) else f"为 {words}"


def _scope(rows: Sequence[Record], language: Language) -> str:
    """Return what the first of the bounding figures counts, and the identifiers of all."""
    notes = [str(row[f"scope_note_{language}"]) for row in rows if pd.notna(row[f"scope_note_{language}"])][:1]
    ids = [str(row["observation_id"]) for row in rows]
    return ("；" if language == "zh" else "; ").join([*notes, ("、" if language == "zh" else ", ").join(ids)])
