"""The spelling required of a cell of each type, so that all readers get the same value.

Numbers are plain decimals (`-12.5`), dates ISO 8601 in full (`2026-12-31`), booleans `true` and `false`. Stricter
than Table Schema, whose readers differ on 1e5, INF, 2026-1-1 and １２.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import partial

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import Field
from daye_analysis.package.formatting import EARLIEST, LATEST
from daye_analysis.package.odd_characters import character_name
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_values
from daye_analysis.problem_messages import Words

# Zero has no sign.
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"(?!-0(?:\.0+)?\Z)-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A double, and so Excel, R and JavaScript, keeps fifteen significant digits.
_DIGITS = 15

SPELLING_PROBLEMS: Words = {
    "cell.outer-space": (
        Text("“{found}”前后有空白。", "'{found}' has white space before or after it."),
        Text("请删去空白。", "Remove the white space."),
    ),
    "cell.outer-spaces": (
        Text("文件中有 {found} 个单元格前后有空白，这是第一个。", "{found} cells of the file have white space around them; this is the first."),
        Text("请删去空白，或运行 daye build --normalise。", "Remove the white space, or run `daye build --normalise`."),
    ),
    "cell.foreign-character": (
        Text("“{found}”含有 {character}。", "'{found}' holds {character}."),
        Text(
            "标识、代码、数字和日期只用半角 ASCII 字符。",
            "Identifiers, codes, numbers and dates use plain ASCII characters only.",
        ),
    ),
    "cell.not-number": (
        Text("“{found}”不是数字。", "'{found}' is not a number."),
        Text(
            "请写 450 或 -5.3 这样的数：无千分号、无单位、无指数，零不带负号；未知则整行不列。",
            "Write a number such as 450 or -5.3, without thousands separator, unit or exponent, and zero without a sign; if the value is unknown, leave the row out.",
        ),
    ),
    "cell.not-integer": (
        Text("“{found}”不是整数。", "'{found}' is not an integer."),
        Text("请写 12 这样的整数。", "Write a whole number, such as 12."),
    ),
    "cell.too-many-digits": (
        Text("“{found}”超过十五位数字。", "'{found}' has more than fifteen digits."),
        Text("请换用更大的单位。", "Use a larger unit of measure."),
    ),
    "cell.not-date": (
        Text("“{found}”不是日期。", "'{found}' is not a date."),
        Text("请写确实存在的日期，如 2026-12-31。", "Write a day that exists, such as 2026-12-31."),
    ),
    "cell.date-far-off": (
        Text("“{found}”过早或过晚。", "'{found}' is too early or too late."),
        Text(f"请写 {EARLIEST} 年至 {LATEST} 年间的日期。", f"Write a date from {EARLIEST} to {LATEST}."),
    ),
    "cell.not-boolean": (
        Text("“{found}”不是 true 或 false。", "'{found}' is neither true nor false."),
        Text("请写 true 或 false。", "Write true or false."),
    ),
}


def foreign_character(cell: str) -> Fault | None:
    """Return the fault of the first character that is not printable ASCII, or None."""
    if cell.isascii() and cell.isprintable():
        return None
    odd = next(each for each in cell if not (each.isascii() and each.isprintable()))
    return Fault("cell.foreign-character", {"found": cell, "character": character_name(odd)})


def _integer_fault(cell: str) -> str:
    if not _INTEGER.fullmatch(cell):
        return "cell.not-integer"
    return "cell.too-many-digits" if len(cell.lstrip("-")) > _DIGITS else ""


def _number_fault(cell: str) -> str:
    if not _NUMBER.fullmatch(cell):
        return "cell.not-number"
    digits = cell.replace(".", "").lstrip("-0")
    return "cell.too-many-digits" if len(digits) > _DIGITS else ""


def _date_fault(cell: str) -> str:
    if _DATE.fullmatch(cell):
        try:
            year = dt.date.fromisoformat(cell).year
        except ValueError:
            return "cell.not-date"
        return "" if EARLIEST <= year <= LATEST else "cell.date-far-off"
    return "cell.not-date"


def _boolean_fault(cell: str) -> str:
    return "" if cell in ("true", "false") else "cell.not-boolean"


_FAULTS: Mapping[str, Callable[[str], str]] = {
    "integer": _integer_fault,
    "number": _number_fault,
    "date": _date_fault,
    "boolean": _boolean_fault,
}


def spelling_fault(field: Field, cell: str) -> Fault | None:
    """Return what is wrong with how the non-empty `cell` is spelt for its type; a string may be spelt in any way."""
    fault = _FAULTS.get(field.type)
    code = fault(cell) if fault else ""
    if not code:
        return None
    if cell != cell.strip():
        return Fault("cell.outer-space", {"found": cell})
    return foreign_character(cell) or Fault(code, {"found": cell})


def misspelt(columns: Columns) -> list[Finding]:
    """Return every cell that is not spelt as its type wants."""
    found: list[Finding] = []
    for field in columns.table.fields:
        if field.type in _FAULTS:
            found += in_values(columns, field.name, partial(_unless_empty, field), SPELLING_PROBLEMS)
    return found


def _unless_empty(field: Field, cell: str) -> Fault | None:
    return spelling_fault(field, cell) if cell else None
