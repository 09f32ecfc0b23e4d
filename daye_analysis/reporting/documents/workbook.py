"""The tables of a report as one workbook: a sheet that describes the report, one for each table, and one for the sources they cite."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.saving.sheets import Sheet, workbook
from daye_analysis.charts.saving.shown import NO_DATE
from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Blocks,
    Document,
    Heading,
    Inlines,
    LineBreak,
    Listing,
    Paragraph,
    Picture,
    PlainText,
    Table,
    walk,
    words,
)
from daye_analysis.reporting.documents.phrases import AS_OF_LABEL, IMPRINT_LABELS

_SHEET = Text("说明", "About")
_SOURCES = (Text("编号", "No."), Text("来源", "Source"))
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")


def write_workbook(document: Document) -> bytes:
    """Return every table of `document` as XLSX, each on a sheet of its own, and the sources; empty where there is no table.

    A table without a caption has the name of its section. Cells are text, and numbers where they are nothing else; a drawing
    is its description. The same document gives the same bytes.
    """
    blocks = [block for passage in document.passages for block in passage.blocks]
    tables = list(_titled(blocks))
    if not tables:
        return b""
    about = _about(document)
    first = Sheet(about, _SHEET.say(document.language), document.title, heads=0, headings=[(row, 0) for row in range(len(about))])
    sheets = [first, *(_sheet(table, title, number) for number, (table, title) in enumerate(tables, start=1))]
    sheets += [_sources(block, document.language) for block in blocks if isinstance(block, Listing) and block.cited]
    made = datetime.combine(document.as_of, time()) if document.as_of else NO_DATE
    return workbook(sheets, document.title, author=document.author, comments=document.imprint.cite, made=made)


def _about(document: Document) -> Sequence[tuple[str, str]]:
    language, imprint = document.language, document.imprint
    as_of = [(AS_OF_LABEL.say(language), date_words(document.as_of, language))] if document.as_of else []
    lines = [(label.say(language), getattr(imprint, name)) for name, label in IMPRINT_LABELS.items()]
    return [*as_of, *((name, said) for name, said in lines if said)]


def _titled(blocks: Sequence[Block]) -> Iterator[tuple[Table, str]]:
    """Yield each table that has headings with its caption, or else the heading of the section that it is in."""
    section = ""
    for block in blocks:
        if isinstance(block, Heading):
            section = f"{block.number}{words(block.body)}"
        elif isinstance(block, Table) and block.header_rows:
            yield block, block.caption or section


def _sources(listing: Listing, language: Language) -> Sheet:
    """Return the sources by the numbers with which cells cite them."""
    rows: list[list[str | float | None]] = [[head.say(language) for head in _SOURCES]]
    rows += [[float(number), _said_in(item.body)] for number, item in enumerate(listing.items, start=listing.start or 1)]
    return Sheet(rows, _SOURCES[1].say(language), _SOURCES[1].say(language))


def _said_in(blocks: Blocks) -> str:
    return " ".join(_said(block.body) for block in blocks if isinstance(block, Paragraph))


def _sheet(table: Table, title: str, number: int) -> Sheet:
    """Return one table below its title."""
    rows: list[list[str | float | None]] = [[None] * table.columns for _ in range(max(cell.y for cell in table.cells) + 1)]
    for cell in table.cells:
        said = _said(cell.body)
        rows[cell.y][cell.x] = float(said) if _NUMBER.fullmatch(said) else said
    return Sheet(
        rows,
        f"{number} {title}",
        f"{table.label}　{title}" if table.label else title,
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
