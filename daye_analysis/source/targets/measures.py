"""The unit after a number, as printed, and the code for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from daye_analysis.source.targets.numbers import NumberInText, magnitude

# Longer spellings first where one begins another.
_BASES = {
    "个百分点": "percentage_points", "百分点": "percentage_points", "个工作日": "working_days", "工作日": "working_days",
    "吨标准煤": "tce", "吨标煤": "tce", "克标准煤": "gce", "平方公里": "km2", "平方千米": "km2", "平方米": "m2", "立方米": "m3", "公顷": "ha",
    "微克": "ug", "毫克": "mg", "千克": "kg", "公斤": "kg", "克": "g", "千瓦时": "kwh", "兆瓦时": "mwh", "千瓦": "kw", "兆瓦": "mw",
    "吉瓦": "gw", "公里": "km", "千米": "km", "海里": "nautical_miles", "毫米": "mm", "厘米": "cm", "毫秒": "ms",
    "人民币": "cny", "美元": "usd", "小时": "hours", "分钟": "minutes", "人次": "person_times", "人年": "person_years",
    "标箱": "teu", "标准箱": "teu", "周岁": "years_of_age", "元": "cny", "亩": "mu", "成": "tenths", "吨": "tonnes",
    "斤": "jin", "天": "days", "倍": "times", "岁": "years_of_age", "米": "m", "升": "litres", "秒": "seconds",
    "㎡": "m2", "m²": "m2", "m³": "m3", "km²": "km2", "MWh": "mwh", "GWh": "gwh", "kWh": "kwh", "MWp": "mwp", "kWp": "kwp", "GWp": "gwp",
    "EFLOPS": "eflops", "PFLOPS": "pflops", "TEU": "teu", "Gbps": "gbps", "Mbps": "mbps", "MW": "mw", "GW": "gw", "kW": "kw",
    "km": "km", "kg": "kg", "mg": "mg", "ms": "ms", "dB": "db", "TB": "tb", "PB": "pb", "GB": "gb", "P": "pflops",
}  # fmt: skip
# Words that count things, in pinyin: what is counted is in the sentence.
COUNTERS = {
    "台（套）": "taitao", "台(套)": "taitao", "台套": "taitao", "场次": "changci", "架次": "jiaci", "班次": "banci", "件次": "jianci",
    "剂次": "jici", "车次": "checi", "批次": "pici", "家次": "jiaci2", "户次": "huci", "项次": "xiangci", "艘次": "souci",
    "个": "ge", "家": "jia", "户": "hu", "项": "xiang", "件": "jian", "座": "zuo", "条": "tiao", "台": "tai", "套": "tao",
    "辆": "liang", "处": "chu", "只": "zhi", "支": "zhi2", "种": "zhong", "宗": "zong", "场": "chang", "次": "ci", "期": "qi",
    "片": "pian", "所": "suo", "栋": "dong", "幢": "zhuang", "款": "kuan", "张": "zhang", "笔": "bi", "份": "fen", "架": "jia3",
    "艘": "sou", "部": "bu", "位": "wei", "门": "men", "枚": "mei", "间": "jian2", "本": "ben", "分": "points", "名": "ming",
    "人": "ren", "头": "tou", "羽": "yu", "株": "zhu", "棵": "ke", "盏": "zhan", "根": "gen", "口": "kou", "眼": "yan", "册": "ce",
    "卷": "juan", "集": "ji", "班": "ban", "列": "lie", "趟": "tang", "床": "chuang", "剂": "ji2", "例": "li", "箱": "xiang2",
    "尾": "wei2", "匹": "pi", "对": "dui", "幅": "fu", "孔": "kong", "块": "kuai", "段": "duan", "粒": "li2", "组": "zu",
    "批": "pi2", "篇": "pian2", "首": "shou", "堂": "tang2", "课": "ke2", "席": "xi", "车位": "parking",
    "泊位": "berths", "床位": "beds", "学位": "places", "村": "cun", "镇": "zhen", "乡": "xiang3", "校": "xiao", "县": "xian", "站": "zhan2",
}  # fmt: skip
# What must not follow a word that could be a counter, since the two together are another word (部门, 名优, 期末).
_NOT_AFTER = {
    "支": "[撑持付线]", "场": "[所景馆地]", "部": "[门委分署队]", "份": "额", "分": "[别之钟局类布支行层析级会]", "条": "[件例]",
    "名": "(?:优(?![秀质良])|牌|企(?!业)|录|义|称)", "人": "(?:才(?!服务)|工智|员|口|均|民|文环|居)", "位": "[居列于次置数]",
    "项": "目", "次": "[要级]", "期": "[间末货]", "所": "[有属]", "处": "[理置于]", "本": "[地市县区级科土]", "门": "[类户槛]",
    "口": "[岸径腔]", "组": "[织建成]", "对": "[接外口标照]", "集": "[群中聚团]", "列": "[入为]", "站": "点", "村": "[级庄集民]",
    "镇": "[级域区]", "乡": "[村镇]", "县": "[级域区]", "班": "子", "课": "[题程]", "首": "[位批席次都创]", "头": "部",
    "根": "据", "台": "[阶账风]", "户": "[籍外]", "批": "[准发复]", "段": "落", "级": "别",
}  # fmt: skip
# What follows a bounded number and is no unit: a place in an order, a date, a bound.
_NO_UNIT = ("以上", "以下", "以内", "左右", "年", "月", "日", "号", "级", "强", "届", "大", "类", "维", "线", "轮", "层", "周", "季度", *"GKDACS")
_PERSONS = ("人", "名", "位")


def _counter_pattern(word: str) -> str:
    barred = _NOT_AFTER.get(word)
    return re.escape(word) + (f"(?!{barred})" if barred else "")


_COUNTER = "|".join(map(_counter_pattern, COUNTERS))
_ALONE = ("成", "米", "升", "P")
_BASE_WORDS = "|".join(sorted(map(re.escape, _BASES.keys() - set(_ALONE)), key=lambda word: (-len(word), word)))
_UNIT = re.compile(
    rf"\s*(?P<about>余|多)?\s*(?P<unit>(?P<late>[万亿]*)(?P<base>{_BASE_WORDS}"
    rf"|P(?![A-Za-z])|成(?![为立果效本功员长品熟都交就套])|米(?![面粉线制])|升(?![级至到学值])|{_COUNTER})"
    rf"(?:[/／·•](?P<per>(?:[百千]?[万亿]|[百千])?(?:{_BASE_WORDS}|米|升|[个人年户亩日月次套辆台])))?)"
)
# What follows a number that is bounded may be any unit, up to the next word that cannot belong to one.
_ANY_UNIT = re.compile(
    r"\s*(?P<about>余|多)?(?P<unit>[万亿]*(?:[A-Za-zμ°℃Ω][A-Za-z0-9²³]{0,7}(?:[/／][A-Za-z0-9²³]{1,6})?|[^\W\d_a-zA-Z]{1,3}?))"
    r"(?=以上|以下|以内|左右|[，。；、！？,;.）)\s]|$|的|和|及|与|(?:[/／]))"
)
# Years are a quantity only where a length of time is named: 平均受教育年限达到11.7年.
_OF_YEARS = re.compile(r"年限[^，、；。\d]{0,8}\Z")
_NUMBER = re.compile(r"(?P<digits>.*?)(?P<power>[百千万亿]*)(?P<sign>[%％‰]?)")
_SUFFIXES = {
    1: "", 10**2: "_100", 10**3: "_1k", 10**4: "_10k", 10**6: "_1m", 10**7: "_10m",
    10**8: "_100m", 10**10: "_10b", 10**11: "_100b", 10**12: "_1t",
}  # fmt: skip

_MONEY = re.compile("产业|集群|产值|收入|投资|税|额|贷款|资金|营收|生产总值|GDP|经济|制造|园区|级")

# The thing counted, by the last of these words in the indicator's wording.
# The thing counted, by the last of these words in the indicator's wording, and the counters that can count it.
_COUNTED = {
    "项目": ("projects", "个项"),
    "企业": ("firms", "家户个"),
    "公司": ("firms", "家个"),
    "小巨人": ("firms", "家个"),
    "单项冠军": ("firms", "家个项"),
    "经营主体": ("firms", "家户个"),
    "市场主体": ("firms", "家户个"),
    "工厂": ("factories", "家个座"),
    "车间": ("workshops", "个间"),
    "平台": ("platforms", "家个"),
    "载体": ("platforms", "家个"),
    "基地": ("bases", "家个处"),
    "园区": ("parks", "家个"),
    "基站": ("stations", "个座"),
    "充电桩": ("charging_points", "个根台"),
    "团队": ("teams", "个支"),
    "集群": ("clusters", "个"),
    "产业链": ("chains", "条个"),
    "中心": ("centres", "家个处"),
    "实验室": ("laboratories", "家个"),
    "研究院": ("institutions", "家个所"),
    "机构": ("institutions", "家个所"),
    "专利": ("patents", "件项个"),
    "标准": ("standards", "项个"),
    "产品": ("products", "个项款件"),
    "品牌": ("brands", "个"),
    "场景": ("scenarios", "个项"),
    "活动": ("events", "场次个项"),
    "机架": ("racks", "个架"),
    "乡镇": ("townships", "个"),
    "社区": ("communities", "个"),
    "学位": ("school_places", "个"),
    "床位": ("beds", "张个"),
    "小区": ("housing_estates", "个"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """A number read with its unit: `value` (and `high`) as printed, `unit_zh` as printed, `end` in the text.

    `base` is the code of the unit without its power of ten, None for a word that only counts (家, 个);
    `power` is that power of ten; `about` means that 余 or 多 follows the digits.
    """

    value: Decimal
    high: Decimal | None
    unit_zh: str
    base: str | None
    power: int
    about: bool
    end: int


def is_unit(text: str) -> bool:
    """Return whether `text` is a unit of measure: 平方米, 万人, %, 元/平方米."""
    plain = re.sub(r"\s", "", text)
    return plain in ("%", "％", "‰") or (bool(plain) and _UNIT.fullmatch(plain) is not None)


def measure(text: str, number: NumberInText, *, bounded: bool = False) -> Measure | None:
    """Return the number with the unit that follows it in `text`; None where it has no value.

    亿 and 万 belong to the unit as printed: 600亿级 is 600 in 亿, 1.2万家 is 1.2 in 万家. Where the number is
    `bounded` by a word before it (达到, 不少于), whatever word follows it is its unit, known or not.
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
    return _measure_with_unit(text, number, bounded)


def _measure_with_unit(text: str, number: NumberInText, bounded: bool) -> Measure:
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
    if match is None and text.startswith("年", number.end) and _OF_YEARS.search(text, max(0, number.start - 16), number.start):
        return Measure(low, high, "年", "years", power, False, number.end + 1)
    if match is None and bounded and number.kind in ("arabic", "range"):
        unknown = _ANY_UNIT.match(text, number.end)
        if unknown and unknown["unit"] not in _NO_UNIT:
            about = unknown["about"] is not None
            return Measure(low, high, power_zh + unknown["unit"], "other_unit", power, about, unknown.end())
    if match is None:
        about = text[number.end : number.end + 1] in ("余", "多")
        return Measure(low, high, power_zh, None, power, about, number.end + about)
    if number.text == "万" and not match["late"] and match["base"] in COUNTERS:
        # 万户 alone is ten thousand households, not one of a unit called 万户.
        return Measure(number.value or low, None, match["unit"], _base_code(match), 1, False, match.end())
    # In 100余亿元 the power of ten is after 余.
    power *= magnitude(match["late"])
    about = match["about"] is not None
    return Measure(low, high, power_zh + match["unit"], _base_code(match), power, about, match.end())


# 每万人…, and 千人口托位数, which says as much.
_PER_MANY = re.compile("(?:每|^(?=[千万百]人口?(?!计划|工程).*[数量]))(万|千|百|亿)[名个]?(就业|从业|户|元|)")


def unit_code(measured: Measure, indicator_zh: str) -> str:
    """Return a suggestion for the code of the unit: cny_100m, percent, firms, vehicles_10k.

    What 家 or 个 counts is guessed from `indicator_zh`; `items` where no known thing is named.
    """
    if measured.base is None and measured.unit_zh.endswith("亿") and _MONEY.search(indicator_zh):
        return "cny" + _SUFFIXES.get(measured.power, "")
    if not measured.unit_zh and measured.base is None:
        return "number"
    base = measured.base or _counted(measured.unit_zh, indicator_zh)
    suffix = _SUFFIXES.get(measured.power, "")
    head, per, tail = base.partition("_per_")
    denominator = _PER_MANY.search(indicator_zh)
    if denominator and not per:
        whole = {"就业": "employed", "从业": "employed", "户": "households", "元": "cny", "": "persons"}
        count = {"万": "10k", "千": "1k", "百": "100", "亿": "100m"}[denominator[1]]
        per, tail = "_per_", f"{count}_{whole[denominator[2]]}"
    return f"{head}{suffix}{per}{tail}"


# 新增人口100万 says by its name what is counted.
_PEOPLE = re.compile("(?:人口|人数|人群|群众|居民|职工|游客|就业)$")


def _counted(unit_zh: str, indicator_zh: str) -> str:
    """Return the code of what `unit_zh` counts: `items_<pinyin>` where no known thing is named that it can count."""
    counter = next((word for word in COUNTERS if unit_zh.endswith(word)), "")
    if counter in _PERSONS or (not counter and _PEOPLE.search(indicator_zh)):
        return "persons"
    if counter == "辆":
        return "vehicles"
    if counter == "户" and not re.search("企业|主体|商户|个体|茶商", indicator_zh):
        return "households"
    places = {
        indicator_zh.rfind(word): code
        for word, (code, counters) in _COUNTED.items()
        if counter and word in indicator_zh and counter in counters
    }
    if places:
        return places[max(places)]
    return "items" if counter in ("项", "个", "") else f"items_{COUNTERS[counter]}"


def _base_code(match: re.Match[str]) -> str | None:
    base = _BASES.get(match["base"])
    per = match["per"]
    if per is None:
        return base
    unit = per.lstrip("百千万亿")
    power_zh = per[: len(per) - len(unit)]
    code = _BASES.get(unit) or {
        "人": "person",
        "年": "year",
        "户": "household",
        "日": "day",
        "月": "month",
    }.get(unit)
    return f"{base or 'items'}_per_{code or 'unit'}{_SUFFIXES[magnitude(power_zh)]}"
