"""The quantity type of a target: a growth rate, a share, a stock, a flow, a rank."""

from __future__ import annotations

import re

from daye_analysis.bilingual import Text
from daye_analysis.source import review_markers as j
from daye_analysis.source.targets.number_roles import PREFIX_AT_LEAST, PREFIX_MORE_THAN, PREFIX_REACH
from daye_analysis.source.targets.phrases import Phrase
from daye_analysis.source.targets.proposed_target import Quantity, Scope

_REACH = f"(?:{PREFIX_REACH}|\\s)*+"
_GROWS = re.compile(
    f"(?:增长|增速|增幅|增长率|递增|增加|提高|提升|上升)(?:{PREFIX_AT_LEAST}|{PREFIX_MORE_THAN}|{_REACH}|幅度)?$"
)
_RAISED_TO = re.compile("(?:增长|增加|提高|提升|上升)(?:到|至|为)\\s*$")


def quantity_of(phrase: Phrase, scope: Scope, falls: bool) -> tuple[Quantity, tuple[Text, ...]]:
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
