"""The tables of a report as one workbook: a sheet that says what the report is, and a sheet a table."""

from __future__ import annotations

import io
import re
from datetime import datetime, time
from typing import Any

from daye_analysis.bilingual import Text as Bilingual
from daye_analysis.bilingual import date_words
from daye_analysis.reporting.documents.document_blocks import (
    Document,
    Inlines,
    LineBreak,
    Picture,
    Table,
    Text,
    walk,
)
from daye_analysis.reporting.documents.phrases import AS_OF_LABEL, IMPRINT_LABELS

_SHEET = Bilingual("说明", "About")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")
_WIDEST = 60
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


def write_workbook(document: Document) -> bytes:
    """Return every table of `document` as XLSX, each on a sheet of its own; empty where there is none.

    Cells are text, and numbers where they are nothing else; a drawing is its description. The same document gives the same
    bytes.
    """
    import xlsxwriter

    tables = [block for passage in document.passages for block in passage.blocks if isinstance(block, Table)]
    if not any(table.header_rows for table in tables):
        return b""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        moment = datetime.combine(document.as_of, time()) if document.as_of else datetime(1970, 1, 1)
        about = {"title": document.title, "author": document.author, "comments": document.imprint.cite, "created": moment}
        book.set_properties(about)
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "valign": "top", "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        title = book.add_format({"bold": True, "font_size": 14})
        sheet = book.add_worksheet(_SHEET.say(document.language))
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, document.title, title)
        for row, (name, said) in enumerate(_about(document), start=2):
            sheet.write_string(row, 0, name, head)
            sheet.write_string(row, 1, said, wrapped)
        for number, table in enumerate((table for table in tables if table.header_rows), start=1):
            _sheet(book.add_worksheet(_name(table, number)), table, head, wrapped, title)
    return out.getvalue()


def _about(document: Document) -> list[tuple[str, str]]:
    language, imprint = document.language, document.imprint
    as_of = [(AS_OF_LABEL.say(language), date_words(document.as_of, language))] if document.as_of else []
    lines = [(label.say(language), getattr(imprint, name)) for name, label in IMPRINT_LABELS.items()]
    return [*as_of, *((name, said) for name, said in lines if said)]


def _sheet(sheet: Any, table: Table, head: Any, wrapped: Any, title: Any) -> None:
    """Write one table below its caption."""
    first = 2 if table.caption else 0
    if table.caption:
        sheet.write_string(0, 0, f"{table.label}　{table.caption}"[:_LONGEST_TEXT], title)
    widths = [8] * table.columns
    for cell in table.cells:
        said = _said(cell.body)[:_LONGEST_TEXT]
        look = head if cell.y < table.header_rows or cell.heads else wrapped
        if _NUMBER.fullmatch(said):
            sheet.write_number(first + cell.y, cell.x, float(said), look)
        else:
            sheet.write_string(first + cell.y, cell.x, said, look)
        if cell.colspan == 1:
            widths[cell.x] = max(widths[cell.x], *(_width(line) for line in said.split("\n")))
    for x, width in enumerate(widths):
        sheet.set_column(x, x, min(width + 2, _WIDEST))
    sheet.freeze_panes(first + table.header_rows, 0)


def _said(body: Inlines) -> str:
    parts = []
    for node in walk(body):
        if isinstance(node, Text):
            parts.append(node.text)
        elif isinstance(node, LineBreak):
            parts.append("\n")
        elif isinstance(node, Picture):
            parts.append(node.alt)
    return "".join(parts).replace("\u00a0", " ").strip()


def _width(text: str) -> int:
    return sum(2 if ord(each) > 0x2E7F else 1 for each in text)


def _name(table: Table, number: int) -> str:
    """Return the name of a table's sheet: its number, and as much of its caption as a name may hold."""
    name = _NOT_IN_A_NAME.sub("", f"{number} {table.caption}")[:_LONGEST_NAME].strip()
    return name or str(number)
