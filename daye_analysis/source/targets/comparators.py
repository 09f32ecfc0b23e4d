"""The comparison of a quantity (at least, at most, more than), and whether it is the size of a reduction."""

from __future__ import annotations

import re

from daye_analysis.bilingual import Text
from daye_analysis.source import review_markers as j
from daye_analysis.source.targets.number_roles import (
    AT_LEAST_OF,
    AT_MOST_OF,
    PREFIX_AT_LEAST,
    PREFIX_AT_MOST,
    PREFIX_MORE_THAN,
    SUFFIX,
)
from daye_analysis.source.targets.phrases import Phrase
from daye_analysis.source.targets.proposed_target import Comparator

_FALLS = re.compile(
    "(?:下降|降低|减少|压减|削减|节约|缩减|压缩|压降|降幅|减|降)(?:幅度|比例|率)?"
    f"(?:{PREFIX_AT_LEAST}|{PREFIX_MORE_THAN}|达到|达|约|近|\\s)?$"
)
_FALLS_AHEAD = re.compile("^\\s*(?:累计)?(?:降低|压减|削减|减少|节约|压降)(?!.*(?:达到|达|至|到))")
# Quantities for which lower is better. What lowers them (下降, 降幅, 处理率) is a different quantity.
_LOWER = re.compile(
    "(?:失业率|死亡率|发病率|患病率|返贫率|贫困率|辍学率|流失率|空置率|漏损率|损耗率?|负债率|赤字率|杠杆率|不良贷?款?率|发案率|事故起?数|"
    "投诉率|超标率|浓度|PM2[.．]5|PM10|PUE|能耗|电耗|水耗|物耗|用水量|碳排放(?:强度|量)?|排放(?:量|总量|强度)|消费价格|物价|价格涨幅|CPI|"
    "时延|时限|用时|基尼系数|恩格尔系数|费用率|死亡人数)(?:涨幅|总量|强度|指数)?[^率降控治]{0,4}$"
)


def comparator_of(phrase: Phrase) -> tuple[Comparator, tuple[Text, ...]]:
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
    if "以上" not in closing and _LOWER.search(phrase.indicator_zh) and not is_reduction(phrase):
        return "le", (*about, j.LOWER_IS_BETTER)
    return "ge", about


def is_reduction(phrase: Phrase) -> bool:
    if phrase.measured.base == "rank":
        return False
    if _FALLS.search(phrase.before):
        return True
    relative = phrase.measured.base in ("percent", "percentage_points")
    return relative and _FALLS_AHEAD.search(phrase.before) is not None
