"""Quantities that only describe: who is meant (65岁以上老年人), where (海拔1500米以上), a size (百亿级), a number of aspects (5个方面)."""

from __future__ import annotations

import re

from daye_analysis.source.targets.measures import Measure
from daye_analysis.source.targets.numbers import NumberInText

_RELATIVE = ("percent", "per_mille", "percentage_points", "tenths", "times", "rank")
_BOUND = "(?:及?以上|及?以下|及?以内|之内|内|左右|上下)"
# 人均预期寿命提高到80岁 is an aim; 3岁以下婴幼儿 are persons.
_OF_AGE = re.compile("寿命|年龄")
_MEASURED_PLACE = re.compile("(?:海拔|周边|半径|方圆|水深|管径|口径|坡度|距离?|沿线)$")
# 3人制, 2型糖尿病, 符合条件的: no count of what is to be reached.
_KIND_OF = re.compile("制(?![造定作成品药])|型(?!材)|(?:家|个|名)?符合")
# 把握好5个方面, 从6个维度: a way of looking is counted.
_ASPECTS = re.compile("(?:重点|主要)?(?:方面|维度|层面|角度|要点|原则)")
# 5%左右的增长目标与规划衔接 speaks of an aim that was set before.
_AIM_NAMED = re.compile(f"{_BOUND}?的(?:预期|年均|发展|增长|增速)*目标")
_BASE_OF_CHANGE = re.compile(
    r"(?:提高|提升|增长|增加|扩大|上升|下降|降低|减少|压减|缩短|缩小|增|减|降)(?:到|至|为)\s*\d"
)
# 50米内换乘比例提升至93%: what follows the bound is what is counted.
_BOUND_THEN_AIM = re.compile(rf"{_BOUND}(?![^，、；。\d]*(?:新增|新建|建成|培育|引进|其中))[^，、；。\d和及与并]{{2,12}}\d")
_PLACES_THEN_AIM = re.compile(
    r"[^，、；。\d]{0,8}?(?:县|市|区|州|村|乡镇?|镇|街道|社区|园区|企业|学校|院校)(?:（[^）]*）)?"
    r"(?:建设|实施|开展|新建|改造|种植|完成|推广|新增|建成|安装|整治|布局)[^，、；。]{0,16}\d"
)
_AMONG = re.compile("(?:等|在|对|向|为|于|给|面向|覆盖|选择|选取|依托)$")
_SEVERAL = re.compile("(?:一批|若干|多个|一个|系列)$")
_CLASS_THEN_AIM = re.compile(r"级[^，、；。]*(?:\d|全覆盖|[二两三四五六七八九十]个)")
_TAKEN_AS = re.compile("(?:作为|成为|视为|当作|当成)$")


def describes(number: NumberInText, measured: Measure, before: str, after: str) -> bool:
    """Return whether the quantity describes a thing, a person or a place and is no aim itself.

    `before` and `after` are what is in the same piece before the number and after its unit.
    """
    before = before.rstrip()
    if measured.base == "years_of_age":
        return _OF_AGE.search(before) is None
    if _AIM_NAMED.match(after) or _BASE_OF_CHANGE.match(after) or _MEASURED_PLACE.search(before):
        return True
    if "亿" in measured.unit_zh and after.startswith("级"):
        return _CLASS_THEN_AIM.match(after) is not None or _SEVERAL.search(before) is not None
    if measured.base in _RELATIVE:
        return False
    if measured.base is None:
        if _KIND_OF.match(after) or _ASPECTS.match(after):
            return True
        if _AMONG.search(before) and _PLACES_THEN_AIM.match(after):
            return True
        if number.text == "一":
            return measured.unit_zh == "种" or after.startswith(measured.unit_zh) or _TAKEN_AS.search(before) is not None
    return _BOUND_THEN_AIM.match(after) is not None
