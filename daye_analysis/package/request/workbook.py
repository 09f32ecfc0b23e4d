"""A request as an XLSX workbook to fill in."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from daye_analysis.package.formatting import text_columns
from daye_analysis.package.request.messages import COLUMNS, FILLED_IN, SHEET, TITLE, heading
from daye_analysis.package.request.sheet import Sheet

_YELLOW = "#FFF8D6"
_A4 = 9
_LINE = 15
# How many characters of the letter's type fit across the whole table.
_LETTER_WIDTH = sum(width for _, width in COLUMNS.values()) * 4 // 5


def _formats(book: Any) -> dict[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "subtitle": book.add_format({"font_size": 10, "align": "center", "italic": True}),
        "zh": book.add_format({"text_wrap": True, "valign": "top", "font_size": 12}),
        "en": book.add_format({"text_wrap": True, "valign": "top", "font_size": 9, "font_color": "#555555"}),
        "heading": book.add_format({**cell, "bold": True, "bg_color": "#DCE6F1"}),
        "given": book.add_format(cell),
        "key": book.add_format({**cell, "font_size": 7, "font_color": "#777777"}),
        # Cells of text keep what was typed: as a number, 17% would be stored as 0.17.
        "filled_in": book.add_format({**cell, "bg_color": _YELLOW}),
    }


def _lines(text: str, width: int) -> int:
    """Return how many lines `text` takes in a column of `width`."""
    return sum(1 + text_columns(line) // (width - 1) for line in text.split("\n"))


def _letter(page: Any, sheet: Sheet, formats: dict[str, Any]) -> int:
    """Write title and letter above the table and return the table's first row."""
    last = len(COLUMNS) - 1
    page.merge_range(0, 0, 0, last, TITLE.zh, formats["title"])
    page.merge_range(1, 0, 1, last, TITLE.en, formats["subtitle"])
    row = 2
    for text in (sheet.salutation, *sheet.paragraphs, sheet.closing):
        for words, style, height, width in (
            (text.zh, formats["zh"], 17, _LETTER_WIDTH),
            (text.en, formats["en"], 13, _LETTER_WIDTH * 4 // 3),
        ):
            page.merge_range(row, 0, row, last, words, style)
            page.set_row(row, height * _lines(words, width))
            row += 1
    return row + 1


def workbook_bytes(sheet: Sheet, author: str, day: dt.date) -> bytes:
    """Return `sheet` as .xlsx; `author` and `day` go into the file's properties, so that its bytes are the same."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties(
        {"title": TITLE.zh, "author": author, "created": dt.datetime(day.year, day.month, day.day)}
    )
    formats = _formats(book)
    page = book.add_worksheet(SHEET)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    first = _letter(page, sheet, formats)
    for place, (column, (_, width)) in enumerate(COLUMNS.items()):
        page.set_column(place, place, width)
        page.write_string(first, place, heading(column), formats["heading"])
    page.set_row(first, 32)
    page.repeat_rows(first)
    for offset, row in enumerate(sheet.rows, start=1):
        lines = max(_lines(row[column], width) for column, (_, width) in COLUMNS.items() if column != "key")
        page.set_row(first + offset, _LINE * lines)
        for place, column in enumerate(COLUMNS):
            style = formats["filled_in" if column in FILLED_IN else "key" if column == "key" else "given"]
            page.write_string(first + offset, place, row[column], style)
    book.close()
    return content.getvalue()
