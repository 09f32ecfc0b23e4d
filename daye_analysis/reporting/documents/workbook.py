"""The tables of a report as one workbook: a sheet that describes the report, and one sheet for each table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time

from daye_analysis.bilingual import Text, date_words
from daye_analysis.charts.saving.sheets import Sheet, workbook
from daye_analysis.charts.saving.shown import NO_DATE
from daye_analysis.reporting.documents.document_blocks import (
    Document,
    Inlines,
    LineBreak,
    Picture,
    PlainText,
    Table,
    walk,
)
from daye_analysis.reporting.documents.phrases import AS_OF_LABEL, IMPRINT_LABELS

_SHEET = Text("说明", "About")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")


def write_workbook(document: Document) -> bytes:
    """Return every table of `document` as XLSX, each on a sheet of its own; empty where there is none.

    Cells are text, and numbers where they are nothing else; a drawing is its description. The same document gives the same
    bytes.
    """
    tables = [block for passage in document.passages for block in passage.blocks if isinstance(block, Table) and block.header_rows]
    if not tables:
        return b""
    about = _about(document)
    first = Sheet(about, _SHEET.say(document.language), document.title, heads=0, headings=[(row, 0) for row in range(len(about))])
    sheets = [first, *(_sheet(table, number) for number, table in enumerate(tables, start=1))]
    made = datetime.combine(document.as_of, time()) if document.as_of else NO_DATE
    return workbook(sheets, document.title, author=document.author, comments=document.imprint.cite, made=made)


def _about(document: Document) -> Sequence[tuple[str, str]]:
    language, imprint = document.language, document.imprint
    as_of = [(AS_OF_LABEL.say(language), date_words(document.as_of, language))] if document.as_of else []
    lines = [(label.say(language), getattr(imprint, name)) for name, label in IMPRINT_LABELS.items()]
    return [*as_of, *((name, said) for name, said in lines if said)]


def _sheet(table: Table, number: int) -> Sheet:
    """Return one table below its caption."""
    rows: list[list[str | float | None]] = [[None] * table.columns for _ in range(max(cell.y for cell in table.cells) + 1)]
    for cell in table.cells:
        said = _said(cell.body)
        rows[cell.y][cell.x] = float(said) if _NUMBER.fullmatch(said) else said
    return Sheet(
        rows,
        f"{number} {table.caption}",
        f"{table.label}　{table.caption}" if table.caption else "",
        heads=table.header_rows,
        headings={(cell.y, cell.x) for cell in table.cells if cell.heads},
        across={(cell.y, cell.x) for cell in table.cells if cell.colspan > 1},
    )


def _said(body: Inlines) -> str:
    parts = []
    for node in walk(body):
        if isinstance(node, PlainText):
            parts.append(node.text)
        elif isinstance(node, LineBreak):
            parts.append("\n")
        elif isinstance(node, Picture):
            parts.append(node.alt)
    return "".join(parts).replace("\u00a0", " ").strip()
