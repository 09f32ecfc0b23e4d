"""Every number in a Chinese text, whether a target, a date, a name or an idiom.

The search is exhaustive rather than clever: each maximal run of numeral characters is one item, so that a
build can ask for each of them whether it was accounted for. 进一步 and 统一 are reported too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from daye_analysis.source.targets.chinese_numerals import chinese_integer

NumberKind = Literal[
    "arabic", "percent", "range", "multiple", "chinese", "magnitude",
    "rank", "coverage", "ordinal", "date", "period", "other",
]  # fmt: skip

_DIGIT = "[0-9０-９]"
_PLAIN = rf"(?:{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})+(?!{_DIGIT})|{_DIGIT}+)(?:[.．]{_DIGIT}+)?"
_SIGN = rf"(?:(?<![0-9A-Za-z０-９])[-－−](?={_DIGIT}))?"
# 千 in 50千瓦 belongs to the unit, not to the number.
_ARABIC = rf"{_SIGN}{_PLAIN}(?:[^\S\n\t]?[十百千万亿]+(?![瓦克米伏卡]))?"
_CHINESE = "[〇零○一二三四五六七八九十百千万亿两双半几]+"
_YEAR = rf"(?:{_DIGIT}{{4}}|[一二][〇零○一二三四五六七八九]{{3}})"
_TO = r"[^\S\n\t]?[—–－\-~～至到]{1,2}[^\S\n\t]?"
_CLASSIFIER = "(?:[%％‰]|个百分点|元|家|个|户|项|人|吨|倍)?"

_PATTERNS: dict[NumberKind, str] = {
    "date": rf"{_YEAR}年?{_TO}{_YEAR}年|{_YEAR}年(?:{_DIGIT}{{1,2}}月)?(?:{_DIGIT}{{1,2}}日)?"
    rf"|{_DIGIT}{{1,2}}(?:{_TO}{_DIGIT}{{1,2}})?月(?:{_DIGIT}{{1,2}}日)?",
    "period": "十[一二三四五六七八九]五",
    "ordinal": rf"第(?:{_CHINESE}|{_DIGIT}+)|[（(](?:{_CHINESE}|{_DIGIT}{{1,2}})[）)]",
    "rank": rf"首位|前(?:{_CHINESE}|{_DIGIT}+)(?=[位名强]|[，。、；）]|$)"
    rf"|(?:{_CHINESE}|{_DIGIT}+)(?=强(?:[县市区]|行列|榜单?)?(?:[，。、；）]|$))",
    "multiple": rf"翻(?:{_CHINESE}|{_DIGIT}+)?番|(?:{_ARABIC}|{_CHINESE})[^\S\n\t]?倍|倍",
    "coverage": "全覆盖",
    "percent": rf"百分之(?:{_CHINESE}|{_PLAIN})|{_ARABIC}[^\S\n\t]?[%％‰](?!{_TO}{_DIGIT})",
    "range": rf"{_ARABIC}{_CLASSIFIER}{_TO}{_ARABIC}[^\S\n\t]?[%％‰]?"
    rf"|{_CHINESE}{_CLASSIFIER}[至—–\-~～]{{1,2}}{_CHINESE}",
    "arabic": _ARABIC,
    "magnitude": "[百千万亿]+(?![一二三四五六七八九十])",
    "chinese": _CHINESE,
}  # fmt: skip
_ANY = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items()))
_RANGE_SIGN = re.compile(r"[—–~～至到]+|(?<!^)[-－]+")
_AFFIXES = re.compile(rf"^百分之|^第|^前|[（()）\s]|{_CLASSIFIER}$")
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class NumberInText:
    """One number: `text` is at code points `start` to `end`.

    `value` is what it amounts to (600亿 is 60,000,000,000; 17% is 17; 翻两番 is 4; 全覆盖 is 100; 首位 is 1),
    None where it has no value (几, 倍, a date). `high` is the upper end of a range, whose lower end is `value`.
    """

    kind: NumberKind
    text: str
    start: int
    end: int
    value: Decimal | None = None
    high: Decimal | None = None


def find_numbers(text: str) -> list[NumberInText]:
    """Return every number in `text`, in order; none overlaps another and no numeral character is left out.

    Numeral characters are all that Unicode counts as numbers (①, Ⅲ, full-width forms), the Chinese numerals
    with 两 双 半 几, and the words 首位, 全覆盖 and 倍. The anti-fraud forms (壹贰叁) are not searched for:
    most of them are common words (队伍, 大陆).
    """
    found: list[NumberInText] = []
    place = 0
    for match in _ANY.finditer(text):
        found += _others(text, place, match.start())
        kind: NumberKind = next(name for name in _PATTERNS if name == match.lastgroup)
        found.append(NumberInText(kind, match.group(), *match.span(), *_values(kind, match.group())))
        place = match.end()
    return found + _others(text, place, len(text))


def magnitude(text: str) -> int:
    """Return the power of ten that 十 百 千 万 亿 multiply to: 万亿 is 10 to the 12th; an empty text is 1."""
    product = 1
    for character in text:
        product *= _POWERS[character]
    return product


def plain_decimal(text: str) -> Decimal | None:
    """Return the value of Arabic digits (full-width ones too) or of a Chinese numeral, with its power of ten."""
    cleaned = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-")
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)([十百千万亿]*)", cleaned)
    if match:
        return Decimal(match.group(1)) * magnitude(match.group(2))
    if cleaned and not cleaned.strip("百千万亿"):
        return Decimal(magnitude(cleaned))
    if cleaned in ("半", "双"):
        return Decimal("0.5") if cleaned == "半" else Decimal(2)
    value = chinese_integer(cleaned)
    return None if value is None else Decimal(value)


def _others(text: str, start: int, end: int) -> list[NumberInText]:
    """Return the runs of number characters that no pattern knows: ①, Ⅲ, a lone per cent sign."""
    marks = "".join("x" if unicodedata.category(c)[0] == "N" or c in "%％‰" else "." for c in text[start:end])
    runs = [(start + run.start(), start + run.end()) for run in re.finditer("x+", marks)]
    return [NumberInText("other", text[begin:stop], begin, stop) for begin, stop in runs]


def _values(kind: NumberKind, text: str) -> tuple[Decimal | None, Decimal | None]:
    if kind in ("date", "period", "other"):
        return None, None
    if kind == "range":
        low, high = (_AFFIXES.sub("", end) for end in _RANGE_SIGN.split(text, maxsplit=1))
        # In 3—5万 the power of ten belongs to both ends.
        shared = "" if low.endswith(tuple(_POWERS)) else high[len(high.rstrip("".join(_POWERS))) :]
        return plain_decimal(low + shared), plain_decimal(high)
    if kind == "coverage":
        return Decimal(100), None
    if text == "首位":
        return Decimal(1), None
    if text.startswith("翻"):
        doublings = plain_decimal(text[1:-1] or "一")
        return (Decimal(2) ** doublings if doublings is not None and doublings < 10 else None), None
    return plain_decimal(_AFFIXES.sub("", text)), None
