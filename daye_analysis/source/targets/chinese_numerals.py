"""Convert Chinese numerals to numbers: 十二 is 12, 一百零五 is 105, 二〇二六 is 2026."""

from __future__ import annotations

import re

_ALIKE = str.maketrans("〇○两壹贰叁肆伍陆柒捌玖拾佰仟", "零零二一二三四五六七八九十百千")
_DIGITS = "零一二三四五六七八九"
_LONGEST = 20
_ONE = "([一二三四五六七八九])"
_SECTION = re.compile(f"(?:{_ONE}千)?零?(?:{_ONE}百)?零?(?:{_ONE}?(十))?零?{_ONE}?")
# 一百五 may mean 150: what a reader could take two ways is left unread.
_AMBIGUOUS = re.compile(f"[百千万亿]{_ONE}$")


def chinese_integer(text: str) -> int | None:
    """Return the whole number that `text` spells with powers or digit by digit, or None if it spells none.

    Two digits side by side are a guess (两三 is two or three), so they spell none; a year has four, or a zero.
    """
    plain = text.translate(_ALIKE)
    if len(plain) > _LONGEST:
        return None
    if plain and all(character in _DIGITS for character in plain):
        if len(plain) not in (1, 4) and "零" not in plain:
            return None
        return int("".join(str(_DIGITS.index(character)) for character in plain))
    if _AMBIGUOUS.search(plain):
        return None
    return _with_powers(plain)


def chinese_words(number: int) -> str:
    """Return a whole number below ten thousand as it is spelt out: 12 is 十二, 105 is 一百零五."""
    said, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            said += ("零" if zero and said else "") + _DIGITS[digit] + name
        zero = digit == 0
    return said.removeprefix("一") if said.startswith("一十") else said or "零"


def _with_powers(text: str) -> int | None:
    for power_zh, power in (("亿", 10**8), ("万", 10**4)):
        left, found, right = text.rpartition(power_zh)
        if found:
            high, low = _with_powers(left), _with_powers(right) if right else 0
            return None if high is None or low is None or low >= power else high * power + low
    match = _SECTION.fullmatch(text)
    if match is None or not text.strip("零"):
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    value = 0
    for digit, power in (
        (thousands, 1000),
        (hundreds, 100),
        (tens or ("一" if ten else None), 10),
        (ones, 1),
    ):
        value += _DIGITS.index(digit) * power if digit else 0
    return value
