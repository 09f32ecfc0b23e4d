"""When a target must hold, and by which day: each year, throughout, in total over the plan, or by a date."""

from __future__ import annotations

import re
from datetime import date

from daye_analysis.bilingual import Text
from daye_analysis.source import review_markers as j
from daye_analysis.source.targets.due_dates import due_within, find_due_dates, unresolved_due
from daye_analysis.source.targets.phrases import Phrase
from daye_analysis.source.targets.proposed_target import Scope

_YEARLY = re.compile("每年|逐年|当年|每个?年度|年均(?!浓度|值|气温|降)|年平均(?!浓度|值|气温)|按年")
_SHORTER = re.compile("每(?:个?季度|个?月|半年|周)|按(?:月|季)")
_HELD = re.compile("保持|稳定(?:在|做到|达|实现|超|于)|始终|稳居|维持|常态化")
_FLOW = re.compile(
    "累计|新(?:增|建|引进|培育|签约|开工|认定|招引|投产|竣工|创|设|上|获|入|纳)|净增|实施|完成|攻克|引进|招引|引育|带动|改造|淘汰|开展|"
    "举办|签约|落地|盘活|处置|培训|培养|组织|推动|争取|申报|制定|制修订|发放|投放|减免|开工|投产|竣工|转化|突破关键|吸纳|促成|实现.{0,8}就业"
)
STATE = re.compile("(?:达到|达|突破|超过|总数|总量|存量|保有量|拥有|累计建成|数量)")
_WINDOW = re.compile("[一二三四五两3-5](?:年|个年度)(?:内|来|间|时间|累计|共|总)")
_OPENS = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:力争|争取|确保)?(?:到|至)(?=20\d\d|“?十[一二三四五六七八九]五)")


def scope_of(text: str, phrase: Phrase) -> tuple[Scope, tuple[Text, ...]]:
    """Return when the target must hold. 每年 governs to the end of its part unless a due date follows it."""
    lead = text[phrase.part_start : phrase.number.start]
    yearly = list(_YEARLY.finditer(lead))
    if _SHORTER.search(phrase.before):
        return "annual", (j.WITHIN_YEAR,)
    if _YEARLY.search(phrase.before):
        return "annual", (j.AVERAGE,) if "均" in yearly[-1].group() else ()
    if _HELD.search(phrase.before):
        return "sustained", ()
    if "累计" in phrase.before:
        return "cumulative", ()
    carried = yearly and "每年" in yearly[-1].group() and not find_due_dates(lead[yearly[-1].end() :])
    if carried and not STATE.search(phrase.before):
        return "annual", ()
    if is_relative(phrase) or phrase.after.startswith("级"):
        return "by_deadline", ()
    if _WINDOW.search(lead):
        return "cumulative", ()
    if _FLOW.search(phrase.before) and not STATE.search(phrase.before):
        return "cumulative", ()
    return "by_deadline", ()


def is_relative(phrase: Phrase) -> bool:
    return phrase.measured.base in ("percent", "percentage_points", "tenths", "rank", "times")


def due_of(text: str, phrase: Phrase, year: int | None) -> tuple[date | None, tuple[Text, ...]]:
    """Return the last date stated in the sentence before the number, else one after it in the same wording.

    Where the sentence has none, the date that opens an earlier sentence of the paragraph governs it.
    """
    lead = text[phrase.sentence_start : phrase.number.start]
    before = find_due_dates(lead)
    found = before or find_due_dates(text[phrase.number.start : phrase.end])
    if not found:
        within = due_within(lead, year) if year else None
        if within:
            return within, (j.YEAR_FROM_TITLE,)
        wording = unresolved_due(lead)
        if wording:
            return None, (j.unresolved(wording),)
        paragraph = text[text.rfind("\n", 0, phrase.sentence_start) + 1 : phrase.sentence_start]
        heads = [_opening_date(sentence) for sentence in re.split("[。！？]", paragraph)]
        carried = [day for day in heads if day is not None]
        return (carried[-1], (j.DUE_CARRIED,)) if carried else (None, (j.NO_DUE,))
    if before and phrase.due_rank is not None and phrase.due_rank < len(before):
        return before[phrase.due_rank].day, ()
    return found[-1].day, ()


def _opening_date(sentence: str) -> date | None:
    """Return the date with which a sentence opens: 到2026年，林业基础明显改善."""
    match = _OPENS.match(sentence)
    dated = find_due_dates(sentence[: match.end() + 20]) if match else []
    return dated[0].day if dated else None
