"""What Excel shows of a number in a number format, where the format is plain enough to say."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

GENERAL: Final = "General"
_DAY: Final = "yyyy-mm-dd"
# Excel's own formats are not in the file; those of 5 to 8 and of money (42, 44) show a currency sign.
OWN_FORMATS: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$0", 6: "$0", 7: "$0", 8: "$0", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: '#,##0;(#,##0);"-";@', 42: "$0", 43: '#,##0.00;(#,##0.00);"-";@', 44: "$0",
    48: "##0.0E+0", **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), _DAY),
}  # fmt: skip
# What a section holds beside its digits that changes nothing of them: space, fill, colour (white hides), language.
_NEUTRAL = re.compile(
    r'_.|\*.|\\ |" *"|\[(?:black|blue|cyan|green|magenta|red|yellow|color ?[0-9]+|\$-[0-9a-f]+)\]', re.IGNORECASE
)
_DIGITS = re.compile(r"(?P<minus>\\?-)?(?P<grouped>#,##)?#*0(?:\.(?P<fixed>0*)(?P<free>[#?]*))?(?P<percent>%)?")
_WORDS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_AS_STORED = ("general", "g/通用格式", "@")


def is_as_stored(code: str) -> bool:
    """Return whether a format leaves a number as it is stored: the general one, text, and those of dates and times."""
    return code.strip().lower() in ("", *_AS_STORED) or re.search("[ymdhs]", _WORDS.sub("", code), re.IGNORECASE) is not None


def hides_text(code: str) -> bool:
    """Return whether a format shows a text otherwise than it is: its fourth section says so."""
    sections = code.split(";")
    return len(sections) > 3 and _NEUTRAL.sub("", sections[3]).strip().lower() not in _AS_STORED


def shown_number(stored: str, code: str) -> str | None:
    """Return a number as Excel shows it in the format `code`; None where the format is not understood."""
    # Excel counts with fifteen digits and rounds halves away from zero.
    number = Decimal(f"{float(stored):.15g}")
    sections = code.split(";")
    place = 0 if number > 0 else 1 if number < 0 else 2
    has_own = 0 < place < len(sections)
    match = _DIGITS.fullmatch(_NEUTRAL.sub("", sections[place if has_own else 0]).strip())
    if match is None or (match["minus"] is not None) != (has_own and number < 0):
        return None
    number = number * 100 if match["percent"] else number
    fixed, free = len(match["fixed"] or ""), len(match["free"] or "")
    digits = f"{number.quantize(Decimal(1).scaleb(-fixed - free), ROUND_HALF_UP) + 0:{',' if match['grouped'] else ''}f}"
    if free:
        kept = len(digits) - free
        digits = digits[:kept] + digits[kept:].rstrip("0")
    return digits.removesuffix(".") + (match["percent"] or "")


def is_same_number(shown: str | None, stored: str) -> bool:
    """Return whether what is shown, without what groups its digits, is the whole number that is stored."""
    return shown is not None and "%" not in shown and Decimal(shown.replace(",", "")) == Decimal(f"{float(stored):.15g}")
