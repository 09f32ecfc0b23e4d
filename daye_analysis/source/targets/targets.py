"""Each quantity that reads like a target, proposed with how it compares, its value, unit, scope and words.

The rules are lexical and follow the wording of official lists: they propose, a person decides. Whatever a
rule had to guess is said in `needs_judgement`.
"""

from __future__ import annotations

import re
from datetime import date

from daye_analysis.bilingual import Text
from daye_analysis.source import review_markers as j
from daye_analysis.source.targets.due_dates import due_within, find_due_dates, unresolved_due
from daye_analysis.source.targets.english import is_english, propose_english_targets
from daye_analysis.source.targets.measures import unit_code
from daye_analysis.source.targets.number_roles import (
    AT_LEAST_OF,
    AT_MOST_OF,
    PREFIX_AT_LEAST,
    PREFIX_AT_MOST,
    PREFIX_MORE_THAN,
    PREFIX_REACH,
    SUFFIX,
)
from daye_analysis.source.targets.phrases import Phrase, find_phrases
from daye_analysis.source.targets.proposed_target import Comparator, ProposedTarget, Quantity, Scope

_REACH = f"(?:{PREFIX_REACH}|\\s)*+"
_GROWS = re.compile(
    f"(?:增长|增速|增幅|增长率|递增|增加|提高|提升|上升)(?:{PREFIX_AT_LEAST}|{PREFIX_MORE_THAN}|{_REACH}|幅度)?$"
)
_RAISED_TO = re.compile("(?:增长|增加|提高|提升|上升)(?:到|至|为)\\s*$")
_FALLS = re.compile(
    "(?:下降|降低|减少|压减|削减|节约|缩减|压缩|压降|降幅|减|降)(?:幅度|比例|率)?"
    f"(?:{PREFIX_AT_LEAST}|{PREFIX_MORE_THAN}|达到|达|约|近|\\s)?$"
)
_FALLS_AHEAD = re.compile("^\\s*(?:累计)?(?:降低|压减|削减|减少|节约|压降)(?!.*(?:达到|达|至|到))")
_YEARLY = re.compile("每年|逐年|当年|每个?年度|年均(?!浓度|值|气温|降)|年平均(?!浓度|值|气温)|按年")
_SHORTER = re.compile("每(?:个?季度|个?月|半年|周)|按(?:月|季)")
_HELD = re.compile("保持|稳定(?:在|做到|达|实现|超|于)|始终|稳居|维持|常态化")
_FLOW = re.compile(
    "累计|新(?:增|建|引进|培育|签约|开工|认定|招引|投产|竣工|创|设|上|获|入|纳)|净增|实施|完成|攻克|引进|招引|引育|带动|改造|淘汰|开展|"
    "举办|签约|落地|盘活|处置|培训|培养|组织|推动|争取|申报|制定|制修订|发放|投放|减免|开工|投产|竣工|转化|突破关键|吸纳|促成|实现.{0,8}就业"
)
_STATE = re.compile("(?:达到|达|突破|超过|总数|总量|存量|保有量|拥有|累计建成|数量)")
_WINDOW = re.compile("[一二三四五两3-5](?:年|个年度)(?:内|来|间|时间|累计|共|总)")
_STRIVE_CARRIES = re.compile(
    r"力争(?:到|在|用|于)?[“”\s]*(?:20\d\d|十.五|[一二三四五两十]+年)|(?:年|末|底|期间|时期)前?[，,]\s*力争"
)
# Figures that no one wants to rise. What lowers them (下降, 降幅, 处理率) is another figure.
_LOWER = re.compile(
    "(?:失业率|死亡率|发病率|患病率|返贫率|贫困率|辍学率|流失率|空置率|漏损率|损耗率?|负债率|赤字率|杠杆率|不良贷?款?率|发案率|事故起?数|"
    "投诉率|超标率|浓度|PM2[.．]5|PM10|PUE|能耗|电耗|水耗|物耗|用水量|碳排放(?:强度|量)?|排放(?:量|总量|强度)|消费价格|物价|价格涨幅|CPI|"
    "时延|时限|用时|基尼系数|恩格尔系数|费用率|死亡人数)(?:涨幅|总量|强度|指数)?[^率降控治]{0,4}$"
)
_OPENS = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:力争|争取|确保)?(?:到|至)(?=20\d\d|“?十[一二三四五六七八九]五)")
_EFFORT = re.compile("争取|努力|预计|预期(?!寿命|性|目标|值|指标)|有望")


def propose_targets(text: str, offset: int = 0, year: int | None = None) -> list[ProposedTarget]:
    """Return a proposal for each quantity in `text` that reads like a target, in order of appearance.

    `offset` is where `text` begins in the whole document; it is added to the spans. `year` is the one that the
    document is for, if it is for one: dates without a year are of that year.
    """
    if is_english(text):
        return propose_english_targets(text, offset)
    found: list[ProposedTarget] = []
    for phrase in find_phrases(text):
        found.append(_proposal(text, phrase, offset, year, found[-1] if found and phrase.follows else None))
    return found


def _proposal(
    text: str, phrase: Phrase, offset: int, year: int | None, before: ProposedTarget | None
) -> ProposedTarget:
    """Read one phrase; `before` is the proposal whose verb and counted thing it shares, if any."""
    comparator, comparing = _comparator(phrase)
    falls = _is_reduction(phrase)
    scope, scoping = _scope(text, phrase)
    if before and scope == "by_deadline" and not _is_relative(phrase) and not _STATE.search(phrase.before):
        scope = before.scope if before.scope in ("annual", "cumulative") else scope
    due, dating = _due(text, phrase, year)
    quantity, measuring = _quantity(phrase, scope, falls)
    low, high = phrase.measured.value, phrase.measured.high
    if high is not None:
        comparing = (*comparing, j.RANGE)
    value = high if high is not None and comparator in ("le", "lt") else low
    lead = text[phrase.sentence_start : phrase.number.start]
    effort = (j.EFFORT,) if _EFFORT.search(lead) else ()
    code = _code(phrase)
    if before and code.startswith("items") and phrase.measured.unit_zh == before.unit_zh:
        code = before.unit_code
    unknown = (j.UNKNOWN_UNIT,) if phrase.measured.base == "other_unit" else ()
    lower_is_better = falls or quantity == "rank" or comparator in ("le", "lt")
    return ProposedTarget(
        indicator_zh=phrase.indicator_zh,
        comparator=comparator,
        value=value,
        value_high=high,
        unit_zh=phrase.measured.unit_zh,
        unit_code=code,
        quantity=quantity,
        direction="decrease" if lower_is_better else "increase",
        scope=scope,
        due=due,
        strength="strive" if _strives(lead, text[phrase.start : phrase.number.start]) else "none",
        wording_zh=text[phrase.start : phrase.end],
        source_start=offset + phrase.start,
        source_end=offset + phrase.end,
        needs_judgement=(*phrase.notes, *comparing, *measuring, *scoping, *dating, *effort, *unknown),
    )


def _code(phrase: Phrase) -> str:
    """Return the code of the unit: what a counter counts is right after the number, else in the indicator's name."""
    counted, name = _counted_words(phrase), phrase.indicator_zh
    if counted and "每" not in name and not phrase.measured.unit_zh.endswith("户"):
        code = unit_code(phrase.measured, counted)
        if not code.startswith("items"):
            return code
    return unit_code(phrase.measured, f"{name}{counted}{phrase.after[:1]}")


def _strives(lead: str, own: str) -> bool:
    """Return whether 力争 governs the number: in its own words, or with a date at the head of what leads to it."""
    carried = list(_STRIVE_CARRIES.finditer(lead))
    return "力争" in own or (bool(carried) and "确保" not in lead[carried[-1].end() :])


def _counted_words(phrase: Phrase) -> str:
    """Return the words right after the number, which may name what 个 counts (30个项目)."""
    match = re.match(r"[^，、；。]{0,12}", phrase.after)
    return "" if match is None or re.match(SUFFIX, phrase.after) else re.split("(?<=.)(?:建设|开展|实施|推进|完成)", match.group())[0]


def _comparator(phrase: Phrase) -> tuple[Comparator, tuple[Text, ...]]:
    """Return the comparator and what was guessed: the suffix decides for 以内, else the words before."""
    before = phrase.before.rstrip()
    suffix = re.match(SUFFIX, phrase.after)
    closing = suffix.group() if suffix else ""
    about = (j.ABOUT,) if re.search("左右|上下", closing) or re.search("约$|近$|≈$", before) else ()
    if phrase.measured.base == "rank":
        return "le", (j.RANK,)
    if re.search(f"{PREFIX_AT_LEAST}$", before):
        return "ge", about
    if bound := re.search(AT_MOST_OF, before):
        return "lt" if bound.group().startswith("低于") else "le", (*about, j.RELATIVE)
    if re.search(AT_LEAST_OF, before):
        return "ge", (*about, j.RELATIVE)
    below = re.search(f"{PREFIX_AT_MOST}$", before)
    if below or re.search("以下|以?内", closing):
        strict = below and re.search("(?<!不)(?:低于|少于|小于)|＜|<", below.group())
        conflict = (j.TWO_BOUNDS,) if "以上" in closing else ()
        return "lt" if strict else "le", (*about, *conflict)
    if re.search(f"{PREFIX_MORE_THAN}$", before):
        return "gt", (*about, *((j.TWO_BOUNDS,) if "以上" in closing else ()))
    if phrase.measured.base == "percentage_points" and re.search("(?:高|快|优)于[^，、；。]+$", before):
        return "gt", about
    if phrase.measured.about and "以上" not in closing:
        return "gt", (*about, j.ABOVE_ROUND)
    if "以上" not in closing and _LOWER.search(phrase.indicator_zh) and not _is_reduction(phrase):
        return "le", (*about, j.LOWER_IS_BETTER)
    return "ge", about


def _is_reduction(phrase: Phrase) -> bool:
    if phrase.measured.base == "rank":
        return False
    if _FALLS.search(phrase.before):
        return True
    relative = phrase.measured.base in ("percent", "percentage_points")
    return relative and _FALLS_AHEAD.search(phrase.before) is not None


def _scope(text: str, phrase: Phrase) -> tuple[Scope, tuple[Text, ...]]:
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
    if carried and not _STATE.search(phrase.before):
        return "annual", ()
    if _is_relative(phrase) or phrase.after.startswith("级"):
        return "by_deadline", ()
    if _WINDOW.search(lead):
        return "cumulative", ()
    if _FLOW.search(phrase.before) and not _STATE.search(phrase.before):
        return "cumulative", ()
    return "by_deadline", ()


def _is_relative(phrase: Phrase) -> bool:
    return phrase.measured.base in ("percent", "percentage_points", "tenths", "rank", "times")


def _due(text: str, phrase: Phrase, year: int | None) -> tuple[date | None, tuple[Text, ...]]:
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


def _quantity(phrase: Phrase, scope: Scope, falls: bool) -> tuple[Quantity, tuple[Text, ...]]:
    measured, name = phrase.measured, phrase.indicator_zh
    spelled = (j.SPELLED,) if phrase.number.kind in ("chinese", "magnitude") else ()
    if measured.base == "rank":
        return "rank", ()
    if phrase.number.kind == "coverage":
        return "coverage", (j.COVERAGE,)
    if phrase.number.kind == "multiple":
        return "ratio", (j.DOUBLING if phrase.number.text.endswith("番") else j.MULTIPLE,)
    grows = _GROWS.search(phrase.before) and not _RAISED_TO.search(phrase.before)
    if falls:
        return "cumulative_reduction", (j.REDUCTION, *spelled)
    if measured.base == "percentage_points":
        return "growth_rate", (j.POINTS,)
    if measured.base in ("percent", "per_mille", "tenths"):
        if grows or re.search("增速|增幅|增长率", name):
            return "growth_rate", (j.GROWTH,)
        if "覆盖" in name:
            return "coverage", ()
        return ("share" if re.search("比重|占比|占|比例", name) else "ratio"), ()
    if "级" in phrase.after[:1] and "亿" in measured.unit_zh:
        return "output_value", (j.CLASS, *spelled)
    if "/" in measured.unit_zh or re.search("每(?:万|千|百|亿)|人均|亩均|单位|强度", name):
        return "ratio", spelled
    if not measured.unit_zh:
        spelled = (*spelled, j.NO_UNIT)
    if scope == "annual":
        return "annual_flow", spelled
    if scope == "cumulative":
        return "cumulative_flow", spelled
    money = measured.base in ("cny", "usd") or "亿" in measured.unit_zh
    return ("output_value" if money else "stock"), spelled
