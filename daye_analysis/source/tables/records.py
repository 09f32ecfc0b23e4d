"""The cells of a text as records, one per line or block, however a table was flattened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from daye_analysis.source.spans import Span, blocks, trimmed

# Between the cells of a line: a tab, a bar of any make, or a gap wider than a word space.
DELIMITERS = ("\t", "[|｜│┃]", "[ \u3000]{2,}|\u3000")
WORD_SPACE = "[ \u3000]+"
# A line that numbers the page: — 3 —, 第 1 页 共 2 页.
PAGE_NUMBER = re.compile(r"[\s\-—–·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共，,]{1,2}\s*\d{1,4}\s*页?)?[\s\-—–·]*|[Pp]age \d+( of \d+)?")
RULE = re.compile(r"[\s|｜│┃:：\-—─━=+┼┌┐└┘├┤┬┴]*")


@dataclass(frozen=True, slots=True)
class Record:
    """A line or block: its cells and its extent."""

    cells: tuple[Span, ...]
    start: int
    end: int


def block_records(text: str) -> list[Record]:
    """Return one record for each block of cells, and one for each line that is in no cell."""
    records: list[Record] = []
    for block in blocks(text):
        records += [Record((line,), line.start, line.end) for line in lines_of(block.before)]
        if block.cells and _begins_line(text, block.cells[0]):
            last = block.cells[-1]
            records.append(Record(block.cells, block.cells[0].start - 1, last.end))
    return records


def _begins_line(text: str, cell: Span) -> bool:
    """Return whether nothing but white space is before `cell` on its line."""
    return not text[text.rfind("\n", 0, cell.start) + 1 : cell.start].strip()


def lines_of(span: Span) -> Iterator[Span]:
    begin = 0
    for line in span.text.split("\n"):
        piece = trimmed(span.text, begin, begin + len(line))
        if piece.text:
            yield Span(piece.text, span.start + piece.start, span.start + piece.end)
        begin += len(line) + 1


def line_records(text: str, delimiter: str) -> list[Record]:
    """Return the cells of each line; the empty cells outside the outer bars of | a | b | are dropped."""
    records: list[Record] = []
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        # Parted by word spaces, 第 1 页 共 2 页 would be a row.
        numbers_page = delimiter == WORD_SPACE and PAGE_NUMBER.fullmatch(line)
        if line.strip() and not RULE.fullmatch(line) and not numbers_page:
            matches = list(re.finditer(delimiter, line))
            edges = [*(begin + match.start() for match in matches), end]
            starts = [begin, *(begin + match.end() for match in matches)]
            cells = [trimmed(text, start, edge) for start, edge in zip(starts, edges, strict=True)]
            barred = "|" in delimiter
            if barred and len(cells) > 2 and not cells[0].text and line.lstrip()[:1] in "|｜│┃":
                cells = cells[1:]
            if barred and len(cells) > 2 and not cells[-1].text and line.rstrip()[-1:] in "|｜│┃":
                cells = cells[:-1]
            if not barred and "\t" not in delimiter and not cells[0].text:
                cells = cells[1:]
            records.append(Record(tuple(cells), begin, end))
        begin = end + 1
    return records
