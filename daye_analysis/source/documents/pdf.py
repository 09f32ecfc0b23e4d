"""Read a list in a PDF with text: tables by their cells, wrapped lines joined; scans are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daye_analysis.errors import DayeError, NotReadable, Refused
from daye_analysis.source.documents.flattened import flattened
from daye_analysis.source.documents.list_file import require_file
from daye_analysis.source.problems import source_problem
from daye_analysis.source.tables.records import PAGE_NUMBER

# No list is longer; it bounds the time that a book would take.
MOST_PAGES = 300
_ENDS = re.compile("[。！？；：;:]$")
_FIRST_WORD = re.compile(r"[A-Za-z0-9.,%]+|\S")


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: its words, its left and right edge, the width of one of its characters and of its page (points)."""

    words: str
    left: float
    right: float
    size: float
    page_width: float


def pdf_text(path: Path) -> str:
    """Return the text of the pages: each paragraph on a line, each table with a tab before its cells.

    Page numbers at the head and foot of a page are left out, and a table that goes on overleaf is one table.
    Needs pdfplumber. Raises NotReadable (`source.pdf-unreadable`, `source.pdf-scanned`, `source.pdf-library-missing`)
    and Refused (`source.pdf-too-long`).
    """
    require_file(path)
    try:
        import pdfplumber
    except ImportError as error:
        raise NotReadable(source_problem("pdf-library-missing", path.name)) from error
    try:
        with pdfplumber.open(path) as document:
            if len(document.pages) > MOST_PAGES:
                raise Refused(source_problem("pdf-too-long", path.name, found=len(document.pages), limit=MOST_PAGES))
            parts = [part for page in document.pages for part in _parts(page)]
            pages = len(document.pages)
    except DayeError:
        raise
    except Exception as error:  # a damaged file fails anywhere in the library that reads it
        raise NotReadable(source_problem("pdf-unreadable", path.name)) from error
    text = "".join(_joined(parts))
    if sum(not character.isspace() for character in text) < 10 * pages:
        raise NotReadable(source_problem("pdf-scanned", path.name, found=pages))
    return text


_Rows = list[list[str]]


def _parts(page: Any) -> Iterator[_Line | _Rows]:
    """Yield the tables of a page as rows of cells, and the lines between them, from top to bottom."""
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    top, left, right, bottom = page.bbox[1], page.bbox[0], page.bbox[2], page.bbox[3]
    strips: list[tuple[float, float, Any]] = []
    for table in tables:
        strips += [(top, table.bbox[1], None), (table.bbox[1], table.bbox[3], table)]
        top = max(top, table.bbox[3])
    strips.append((top, bottom, None))
    for place, (start, stop, table) in enumerate(strips):
        if table is not None:
            yield [[_cell(page, cell) for cell in row.cells] for row in table.rows]
        elif stop > start:
            lines = _lines(page.crop((left, start, right, stop)), page.width)
            first = place == 0 and bool(lines) and PAGE_NUMBER.fullmatch(lines[0].words) is not None
            last = place == len(strips) - 1 and len(lines) > first and PAGE_NUMBER.fullmatch(lines[-1].words) is not None
            yield from lines[first : len(lines) - last]


def _lines(area: Any, page_width: float) -> list[_Line]:
    found = area.extract_text_lines()
    return [
        _Line(line["text"].strip(), line["x0"], line["x1"], max(char["size"] for char in line["chars"]), page_width)
        for line in found
    ]


def _cell(page: Any, box: tuple[float, float, float, float] | None) -> str:
    """Return the words of a cell, empty where a merged one covers its place."""
    if box is None or box[2] <= box[0] or box[3] <= box[1]:
        return ""
    lines = _lines(page.crop(box, strict=False), page.width)
    # A cell has the same margin on both sides.
    inner = box[2] - max(min((line.left for line in lines), default=box[0]) - box[0], 0)
    return "\n".join(_paragraphs(lines, inner))


def _joined(parts: Sequence[_Line | _Rows]) -> Iterator[str]:
    """Yield the text of lines and tables; rows that follow each other without a line between them are one table."""
    right = _right_edge([part for part in parts if isinstance(part, _Line)])
    lines: list[_Line] = []
    rows: _Rows = []
    for part in [*parts, None]:
        if not isinstance(part, list) and rows:
            yield f"\n{flattened(rows)}\n"
            rows = []
        if not isinstance(part, _Line) and lines:
            yield "".join(f"{paragraph}\n" for paragraph in _paragraphs(lines, right))
            lines = []
        if isinstance(part, _Line):
            lines.append(part)
        elif part is not None:
            rows += part


def _right_edge(lines: Sequence[_Line]) -> float:
    """Return where full lines end: at the furthest edge if another line ends near it, else as far in as lines begin."""
    edges = sorted((line.right for line in lines), reverse=True)
    if len(edges) > 1 and edges[0] - edges[1] < lines[0].size:
        return edges[0]
    return max([*edges[:1], *(line.page_width - min(each.left for each in lines) for line in lines[:1])], default=0.0)


def _paragraphs(lines: Sequence[_Line], right: float) -> Iterator[str]:
    """Join each line to the one before it where its first word would not have fitted there.

    A line that ends a sentence ends its paragraph too: what follows may be the next one, and sentences are read alone.
    """
    paragraph = ""
    before: _Line | None = None
    for line in lines:
        word = _FIRST_WORD.match(line.words)
        width = line.size * (1 if word is None or len(word.group()) == 1 else 0.6 * len(word.group()))
        # A mark may not open a line, so that the character before it moves down with it.
        full = before is not None and right - before.right < width + line.size
        if before is not None and full and not _ENDS.search(before.words):
            spaced = before.words[-1:].isascii() and line.words[:1].isascii()
            paragraph += (" " if spaced else "") + line.words
        else:
            if paragraph:
                yield paragraph
            paragraph = line.words
        before = line
    if paragraph:
        yield paragraph
