"""A value, a period and a source in words, as reports and explanations print them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pandas as pd

from daye_analysis.bilingual import MONTHS, Language, Text, date_words

_BOUND = {"exact": Text("", ""), "at_least": Text("至少 ", "at least "), "more_than": Text("超过 ", "more than "),
          "at_most": Text("至多 ", "at most "), "less_than": Text("不足 ", "less than "), "about": Text("约 ", "about ")}  # fmt: skip
# The English labels of money units, and the power of ten of CNY of each.
_CNY_POWERS = {"trillion CNY": 12, "100 million CNY": 8, "10,000 CNY": 4}
# The plural of what is counted: maker spaces, persons per 10,000 employed; not that of 10,000 vehicles.
_MANY = re.compile(r"^((?!\d)(?:[\w-]+ )*?[\w-]*?[^\Ws])(ies|s)(?= (?:per|a|of)\b|$)")
# Years outside are slips of the pen, and what counts in nanoseconds ends in 2262.
EARLIEST, LATEST = 1900, 2199
_COMPARATOR = {"ge": Text("≥ ", "≥ "), "gt": Text("> ", "> "), "le": Text("≤ ", "≤ "), "lt": Text("< ", "< ")}


def number_words(value: float) -> str:
    """Return `value` as its source printed it: no grouping, no exponent, no digits added.

    The shortest decimal of the same float is the text in the table.
    """
    return _plain(Decimal(repr(float(value))))


def percent_words(share: float, language: Language, digits: int = 1) -> str:
    """Return a share in per cent: 0.064 as 6.4%, in English with a space before the sign."""
    return f"{100 * share:.{digits}f}{'' if language == 'zh' else ' '}%".replace("-", "−")


def unit_words(label: str) -> str:
    """Return a unit's label without what it says in brackets: 家（企业） becomes 家."""
    return "%" if label.startswith("percent") else label.split("（")[0].split(" (")[0]


def value_words(value: float, label: str, language: Language, bound: str = "exact") -> str:
    """Return value and unit, with what the source said of its exactness: 至少 100 亿元, more than CNY 15 billion.

    English has no word for 亿元, so money is given in thousands of millions: a shifted point, no digit changed.
    """
    if label in _CNY_POWERS:
        return f"{_BOUND[bound].say(language)}{_money(value, _CNY_POWERS[label])}"
    if label == "rank":
        return f"{_BOUND[bound].say(language)}rank {number_words(value)}"
    unit = unit_words(label)
    if language == "en" and value == 1:
        unit = _MANY.sub(lambda one: one[1] + ("y" if one[2] == "ies" else ""), unit)
    space = "" if unit == "%" and language == "zh" else " "
    if unit[:1].isdigit():  # 100 million tonnes: two numbers side by side would be read as one
        space = " × "
    return f"{_BOUND[bound].say(language)}{number_words(value)}{space}{unit}"


def _money(value: float, power: int) -> str:
    """Return `value` times ten to `power` CNY in the largest of trillion, billion, million that leaves one or more."""
    amount = Decimal(repr(float(value))).scaleb(power)
    for name, digits in (("trillion", 12), ("billion", 9), ("million", 6)):
        if abs(amount) >= Decimal(10) ** digits:
            return f"CNY {_plain(amount.scaleb(-digits))} {name}"
    return f"CNY {_plain(amount)}"


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def target_words(comparator: str, value: float, label: str, language: Language) -> str:
    """Return what is asked: ≥ 450 家."""
    if label == "rank":
        return f"rank {_COMPARATOR[comparator].en}{number_words(value)}"
    return _COMPARATOR[comparator].say(language) + value_words(value, label, language)


def period_words(start: pd.Timestamp | None, end: pd.Timestamp, language: Language) -> str:
    """Return a period in words: 2025年, 2025年1—9月, 2025年末; `start` None or NaT for a level."""
    zh = language == "zh"
    if start is None or pd.isna(start):
        if (end.month, end.day) == (12, 31):
            return f"{end.year}年末" if zh else f"end of {end.year}"
        if end.is_month_end:
            return f"{end.year}年{end.month}月末" if zh else f"end of {MONTHS[end.month - 1]} {end.year}"
        return date_words(end, language)
    whole_years = (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31)
    if whole_years:
        years = f"{start.year}" if start.year == end.year else f"{start.year}—{end.year}"
        return f"{years}年" if zh else years.replace("—", "–")
    if start.day == 1 and end.is_month_end and start.year == end.year:
        if zh:
            months = f"{start.month}" if start.month == end.month else f"{start.month}—{end.month}"
            return f"{start.year}年{months}月"
        first, last = MONTHS[start.month - 1][:3], MONTHS[end.month - 1][:3]
        return f"{first} {start.year}" if start.month == end.month else f"{first}–{last} {start.year}"
    joint = "至" if zh else " to "
    return f"{date_words(start, language)}{joint}{date_words(end, language)}"


def text_columns(text: object) -> int:
    """Return how many columns of a spreadsheet or terminal `text` takes: a Chinese character takes two."""
    return sum(2 if ord(each) > 0x2E7F else 1 for each in str(text))


def is_day(text: str) -> bool:
    """Return whether `text` is a day that exists, written as 2026-12-31, in the years from EARLIEST to LATEST."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and EARLIEST <= day.year <= LATEST


def is_day_or_interval(text: str) -> bool:
    """Return whether `text` is a year, month or day, or an interval of two of a kind (2023-12-31/2026-12-31), as ISO 8601 has it."""
    first, slash, last = text.partition("/")
    if not slash:
        return _is_date(first)
    return _is_date(first) and _is_date(last) and len(first) == len(last) and first <= last


def _is_date(text: str) -> bool:
    return re.fullmatch("[0-9]{4}(?:-[0-9]{2}){0,2}", text) is not None and is_day(text + "-01-01"[len(text) - 4 :])


def last_day(now: dt.datetime | None = None) -> dt.date:
    """Return the latest day that has begun anywhere on Earth: what is dated later is in the future for everyone."""
    return ((now or dt.datetime.now(dt.UTC)) + dt.timedelta(hours=14)).date()


def definite(when: str) -> str:
    """Return an English date with its article: the end of 2025."""
    return f"the {when}" if when.startswith("end of") else when


def at(when: str) -> str:
    """Return an English date or period with its preposition: at the end of 2025, in 2025, on 10 December 2019, from one day to another."""
    if " to " in when:
        return f"from {when}"
    if when.startswith("end of"):
        return f"at the {when}"
    day, _, rest = when.partition(" ")
    return f"on {when}" if day.isdigit() and rest[:1].isalpha() else f"in {when}"
