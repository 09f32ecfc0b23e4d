"""The unit that stands after a number, as printed, and the code that would name it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from daye_analysis.source.numbers import NumberInText, magnitude

_BASES = {
    "个百分点": "percentage_points",
    "百分点": "percentage_points",
    "个工作日": "working_days",
    "工作日": "working_days",
    "吨标准煤": "tce",
    "吨标煤": "tce",
    "平方公里": "km2",
    "平方米": "m2",
    "立方米": "m3",
    "微克": "ug",
    "千瓦时": "kwh",
    "兆瓦时": "mwh",
    "千瓦": "kw",
    "兆瓦": "mw",
    "公里": "km",
    "千米": "km",
    "人民币": "cny",
    "美元": "usd",
    "小时": "hours",
    "分钟": "minutes",
    "人次": "person_times",
    "人年": "person_years",
    "标箱": "teu",
    "元": "cny",
    "亩": "mu",
    "成": "tenths",
    "吨": "tonnes",
    "斤": "jin",
    "天": "days",
    "倍": "times",
    "㎡": "m2",
    "MWh": "mwh",
    "GWh": "gwh",
    "kWh": "kwh",
    "EFLOPS": "eflops",
    "PFLOPS": "pflops",
    "TEU": "teu",
    "MW": "mw",
    "GW": "gw",
    "kW": "kw",
    "km": "km",
    "P": "pflops",
}
# Words that count things: what is counted stands in the sentence.
_CLASSIFIERS = (
    "个|家|户|项|件|座|条|台[（(]套[）)]|台套|台|套|辆|处|只|支(?![撑持])|种|宗|场(?![所景])|次|期|片|所|"
    "栋|款|张|笔|份(?!额)|架|艘|部(?![门委分])|位|门|枚|间|本|分(?![别之钟])|名(?![优牌企])|人(?![才工员口均])"
)
_PERSONS = ("人", "名", "位")
_UNIT = re.compile(
    rf"\s*(?P<about>余|多)?\s*(?P<unit>(?P<late>[万亿]*)(?P<base>{'|'.join(_BASES)}(?<!成)|成(?![为立果效本功员长品熟都交就套])|{_CLASSIFIERS})"
    rf"(?:[/／](?P<per>(?:万|亿)?(?:{'|'.join(_BASES)}|[个人年户亩日月])))?)"
)
_NUMBER = re.compile(r"(?P<digits>.*?)(?P<power>[百千万亿]*)(?P<sign>[%％‰]?)")
_SUFFIXES = {
    1: "", 10**2: "_100", 10**3: "_1k", 10**4: "_10k", 10**6: "_1m", 10**7: "_10m",
    10**8: "_100m", 10**10: "_10b", 10**11: "_100b", 10**12: "_1t",
}  # fmt: skip

_MONEY = re.compile("产业|集群|产值|收入|投资|税|额|贷款|资金|营收|生产总值|GDP|经济|制造|园区|级")

# The thing counted, by the last of these words in the indicator's wording.
_COUNTED = {
    "项目": "projects",
    "企业": "firms",
    "公司": "firms",
    "小巨人": "firms",
    "单项冠军": "firms",
    "经营主体": "firms",
    "市场主体": "firms",
    "工厂": "factories",
    "车间": "workshops",
    "平台": "platforms",
    "载体": "platforms",
    "基地": "bases",
    "园区": "parks",
    "基站": "stations",
    "充电桩": "charging_points",
    "团队": "teams",
    "集群": "clusters",
    "产业链": "chains",
    "中心": "centres",
    "实验室": "laboratories",
    "研究院": "institutions",
    "机构": "institutions",
    "人才": "persons",
    "人数": "persons",
    "人员": "persons",
    "就业": "persons",
    "专利": "patents",
    "标准": "standards",
    "技术": "items",
    "产品": "products",
    "品牌": "brands",
    "场景": "scenarios",
    "活动": "events",
    "汽车": "vehicles",
    "机架": "racks",
    "农户": "households",
    "居民": "households",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A number read with its unit: `value` (and `high`) as printed, `unit_zh` as printed, `end` in the text.

    `base` is the code of the unit without its power of ten, None for a word that only counts (家, 个);
    `power` is that power of ten; `about` tells that 余 or 多 follows the digits.
    """

    value: Decimal
    high: Decimal | None
    unit_zh: str
    base: str | None
    power: int
    about: bool
    end: int


def measure(text: str, number: NumberInText) -> Measure | None:
    """Return the number with the unit that follows it in `text`; None where it has no value.

    亿 and 万 belong to the unit as printed: 600亿级 is 600 in 亿, 1.2万家 is 1.2 in 万家.
    """
    if number.kind == "coverage" and number.value is not None:
        return Measure(number.value, None, "", "percent", 1, False, number.end)
    if number.text == "倍" and text.startswith("增", number.end):
        return Measure(Decimal(2), None, "倍", "times", 1, False, number.end + 1)
    if number.value is None:
        return None
    if number.kind == "multiple":
        unit_zh = "倍" if number.text.endswith("倍") else "番"
        return Measure(number.value, None, unit_zh, "times", 1, False, number.end)
    if number.kind == "rank" or number.kind == "ordinal":
        return Measure(number.value, None, "位", "rank", 1, False, number.end)
    if number.kind == "percent" or number.text.endswith(("%", "％")):
        sign = number.text[-1] if number.text[-1] in "%％‰" else "%"
        base = "per_mille" if sign == "‰" else "percent"
        return Measure(number.value, number.high, sign, base, 1, False, number.end)
    return _measure_with_unit(text, number)


def _measure_with_unit(text: str, number: NumberInText) -> Measure:
    parts = _NUMBER.fullmatch(number.text)
    power_zh = parts["power"] if parts else ""
    if number.kind in ("magnitude", "chinese"):
        # 千亿 is a thousand of 亿; 二十万 is twenty of 万; 百 alone is a plain hundred.
        power_zh = re.sub("[百千]+(?=[万亿])|[百千]+$", "", power_zh)
    power = magnitude(power_zh)
    scaled = [None if v is None else v / power for v in (number.value, number.high)]
    low, high = scaled[0] or Decimal(0), scaled[1]
    match = _UNIT.match(text, number.end)
    to_one = re.compile(r"[:：]1(?!\d)").match(text, number.end)
    if to_one:
        return Measure(low, high, to_one.group(), "to_one", 1, False, to_one.end())
    if match is None:
        about = text[number.end : number.end + 1] in ("余", "多")
        return Measure(low, high, power_zh, None, power, about, number.end + about)
    # In 100余亿元 the power of ten stands after 余.
    power *= magnitude(match["late"])
    about = match["about"] is not None
    return Measure(low, high, power_zh + match["unit"], _base_code(match), power, about, match.end())


def unit_code(measured: Measure, indicator_zh: str) -> str:
    """Return a suggestion for the code of the unit: cny_100m, percent, firms, vehicles_10k.

    What 家 or 个 counts is guessed from `indicator_zh`; `items` where no known thing is named.
    """
    if measured.base is None and measured.unit_zh.endswith("亿") and _MONEY.search(indicator_zh):
        return "cny" + _SUFFIXES.get(measured.power, "")
    base = measured.base or _counted(measured.unit_zh, indicator_zh)
    suffix = _SUFFIXES.get(measured.power, "")
    head, per, tail = base.partition("_per_")
    denominator = re.search("每(万|千|百|亿)[名个]?(就业|从业|户|元|)", indicator_zh)
    if denominator and not per:
        whole = {"就业": "employed", "从业": "employed", "户": "households", "元": "cny", "": "persons"}
        count = {"万": "10k", "千": "1k", "百": "100", "亿": "100m"}[denominator[1]]
        per, tail = "_per_", f"{count}_{whole[denominator[2]]}"
    return f"{head}{suffix}{per}{tail}"


def _counted(unit_zh: str, indicator_zh: str) -> str:
    if unit_zh.endswith(_PERSONS):
        return "persons"
    if unit_zh.endswith("辆"):
        return "vehicles"
    if unit_zh.endswith("户") and not re.search("企业|主体|商户|个体", indicator_zh):
        return "households"
    places = {indicator_zh.rfind(word): code for word, code in _COUNTED.items() if word in indicator_zh}
    code = places[max(places)] if places else "items"
    # 企业难题2000件 counts problems, not firms.
    return "items" if code == "firms" and not unit_zh.endswith(("家", "户", "个")) else code


def _base_code(match: re.Match[str]) -> str | None:
    base = _BASES.get(match["base"])
    per = match["per"]
    if per is None:
        return base
    power_zh, unit = (per[0], per[1:]) if per[0] in "万亿" and len(per) > 1 else ("", per)
    code = _BASES.get(unit) or {
        "人": "person",
        "年": "year",
        "户": "household",
        "日": "day",
        "月": "month",
    }.get(unit)
    return f"{base or 'items'}_per_{code or 'unit'}{_SUFFIXES[magnitude(power_zh)]}"
