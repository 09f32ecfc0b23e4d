"""Tables as an Excel workbook, a sheet each: numbers as numbers, all else as text that is never taken for a formula."""

from __future__ import annotations

import io
import numbers
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from daye_analysis.charts.saving.shown import NO_DATE, Table, sides
from daye_analysis.package.formatting import text_columns

_WIDEST: Final = 60  # characters of a column
_NARROWEST: Final = 8
_LONGEST_NAME: Final = 31  # characters that Excel allows
_LONGEST_TEXT: Final = 32_767
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Sheet:
    """One sheet: a title, then rows of text and numbers, None where a cell is empty, and a line below.

    The first `heads` rows are headings, as are the cells of `headings`, by row and column; those of `across` run over the cells
    beside them. `sides` are those of the columns.
    """

    rows: Sequence[Sequence[str | float | None]]
    name: str = ""
    title: str = ""
    below: str = ""
    heads: int = 1
    headings: Collection[tuple[int, int]] = ()
    across: Collection[tuple[int, int]] = ()
    sides: Sequence[str] = ()


def table_sheet(table: Table) -> Sheet:
    """Return a print table as a sheet: its numbers can be reckoned with, and a heading before rows is a row of its own."""
    rows: list[list[str | float | None]] = []
    headings = []
    for place, words in enumerate(table.rows()):
        if place - 1 in table.groups:
            headings.append((len(rows), 0))
            rows.append([table.groups[place - 1], *[None] * (len(words) - 1)])
        cells = words if place == 0 else [_typed(cell, said) for cell, said in zip(table.frame.iloc[place - 1], words, strict=True)]
        rows.append(list(cells))
    return Sheet(rows, title=table.caption, below=table.source, headings=headings, across=headings, sides=sides(table))


def workbook(sheets: Sequence[Sheet], title: str = "", *, author: str = "", comments: str = "", made: datetime = NO_DATE) -> bytes:
    """Return sheets as one workbook; the same sheets give the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": title, "author": author, "comments": comments, "created": made})
        looks = _Looks(book)
        for sheet in sheets:
            _fill(book.add_worksheet(_NOT_IN_A_NAME.sub("", sheet.name)[:_LONGEST_NAME].strip() or None), sheet, looks)
    return out.getvalue()


class _Looks:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "top"})
        self.below = book.add_format({"font_size": 9})
        self.on = {side: book.add_format({"text_wrap": True, "valign": "top", "align": side}) for side in ("left", "center", "right")}


def _fill(sheet: Any, given: Sheet, looks: _Looks) -> None:
    first = 2 if given.title else 0
    if given.title:
        sheet.write_string(0, 0, given.title[:_LONGEST_TEXT], looks.title)
    for at in range(max(map(len, given.rows), default=0)):
        cells = [row[at] for down, row in enumerate(given.rows) if at < len(row) and (down, at) not in given.across]
        longest = max((text_columns(line) for cell in cells for line in str(cell or "").split("\n")), default=0)
        sheet.set_column(at, at, min(max(longest + 2, _NARROWEST), _WIDEST))
    for down, row in enumerate(given.rows):
        for at, cell in enumerate(row):
            heads = down < given.heads or (down, at) in given.headings
            look = looks.head if heads else looks.on[given.sides[at] if given.sides else "left"]
            if cell is None:
                sheet.write_blank(first + down, at, None, look)
            elif isinstance(cell, str):
                sheet.write_string(first + down, at, cell[:_LONGEST_TEXT], look)
            else:
                sheet.write_number(first + down, at, cell, look)
    if given.below:
        sheet.write_string(first + len(given.rows) + 1, 0, given.below[:_LONGEST_TEXT], looks.below)
    sheet.freeze_panes(first + given.heads, 0)


def _typed(cell: object, said: str) -> str | float | None:
    """Return a cell as Excel keeps it."""
    if not said:
        return None
    return float(cell) if isinstance(cell, numbers.Real) and not isinstance(cell, bool) else said
