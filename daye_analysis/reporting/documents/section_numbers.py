"""Section numbers: in Chinese the order of official documents (一、（一）1.（1）), in English decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from daye_analysis.bilingual import Language

_DIGITS = "〇一二三四五六七八九"
_OWN_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d+(?:\.\d+)*\s*[、.．)）]|\d+(?:\.\d+)+\s"
    r"|第[一二三四五六七八九十\d]+[章节部])"
)


def section_number(counts: Sequence[int], language: Language) -> str:
    """Return the number of the section whose place is `counts` (2, 1 is the first part of the second section).

    The Chinese order is that of GB/T 9704-2012, 7.3.3: 一、 then （一） then 1. then （1）; deeper ones have none.
    """
    if language == "en":
        return ".".join(str(count) for count in counts) + " "
    last = counts[-1]
    match len(counts):
        case 1:
            return f"{chinese_number(last)}、"
        case 2:
            return f"（{chinese_number(last)}）"
        case 3:
            return f"{last}. "
        case 4:
            return f"（{last}）"
        case _:
            return ""


def has_number(title: str) -> bool:
    """Whether an author put a section number before `title`."""
    return _OWN_NUMBER.match(title) is not None


def chinese_number(number: int) -> str:
    """Return a number from 1 to 99 in Chinese, larger ones in digits."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (("" if tens < 2 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")
