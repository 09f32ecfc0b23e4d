"""A table in plain text cut into rows of cells, whichever way it was flattened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daye_analysis.source.cells import Block, Span, blocks, trimmed
from daye_analysis.source.columns import Column, columns, unknown_names

# Between the cells of a line: a tab, a bar of any make, or a gap wider than a word space.
_DELIMITERS = ("\t", "[|｜│┃]", "[ \u3000]{2,}|\u3000")
_WIDEST, _LONGEST_NAME = 12, 14
_RULE = re.compile(r"[\s|｜│┃:：\-—─━=+┼┌┐└┘├┤┬┴]*")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what its columns are, its rows below the header, and the lines above it."""

    columns: tuple[Column, ...]
    header: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]
    above: tuple[str, ...]


def find_grid(text: str) -> Grid | None:
    """Return the table in `text`, one cell or one row a line, or None where no header is recognised."""
    return _cell_a_line(text) or _row_a_line(text)


def _cell_a_line(text: str) -> Grid | None:
    found = blocks(text)
    for place, block in enumerate(found):
        if not block.cells or not _begins_line(text, block.cells[0]):
            continue
        width = _header_width(block.cells)
        if width is None or "\n" not in text[block.cells[0].start : block.cells[width - 1].start]:
            continue
        header = block.cells[:width]
        kinds = columns([cell.text for cell in header])
        below = [Block(Span("", 0, 0), block.cells[width:]), *found[place + 1 :]]
        above = _lines([*(b.before.text for b in found[: place + 1])])
        return Grid(kinds or (), header, tuple(_without_header(_rows(below, width), header)), above)
    return None


def _header_width(cells: Sequence[Span]) -> int | None:
    """Return how many of the first cells are the header.

    A block of its own is a header whole; where rows follow undivided, it is as many cells as divide the block
    evenly, with the fewest unknown names.
    """
    names = [cell.text for cell in cells]
    if len(names) <= _WIDEST and not any(name.isdigit() or len(name) > _LONGEST_NAME for name in names):
        return len(names) if columns(names) else None
    widths = [w for w in range(2, _WIDEST + 1) if len(names) % w == 0 and columns(names[:w])]
    return min(widths, key=lambda width: (unknown_names(names[:width]), -width), default=None)


def _begins_line(text: str, cell: Span) -> bool:
    """Tell whether nothing but white space stands before `cell` on its line."""
    return not text[text.rfind("\n", 0, cell.start) + 1 : cell.start].strip()


def _rows(found: Sequence[Block], width: int) -> Iterator[tuple[Span, ...]]:
    """Yield the rows; a block that holds several rows, undivided, is cut by the header's width."""
    for block in found:
        if block.before.text:
            yield (block.before,)
        cells = block.cells
        step = width if len(cells) % width == 0 else len(cells)
        for begin in range(0, len(cells), step or 1):
            yield cells[begin : begin + step]


def _row_a_line(text: str) -> Grid | None:
    for delimiter in _DELIMITERS:
        lines = list(_split_lines(text, delimiter))
        for place, header in enumerate(lines):
            kinds = columns([cell.text for cell in header])
            if kinds is None:
                continue
            above = _lines([text[: header[0].start]])
            rows = (row for row in lines[place + 1 :] if not _RULE.fullmatch("".join(c.text for c in row)))
            return Grid(kinds, header, tuple(_without_header(rows, header)), above)
    return None


def _split_lines(text: str, delimiter: str) -> Iterator[tuple[Span, ...]]:
    """Yield the cells of each line; the empty cells outside the outer bars of | a | b | are dropped."""
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        if line.strip():
            edges = [begin, *(begin + m.start() for m in re.finditer(delimiter, line)), end]
            ends = [begin, *(begin + m.end() for m in re.finditer(delimiter, line))]
            cells = [trimmed(text, ends[i], edges[i + 1]) for i in range(len(ends))]
            barred = "|" in delimiter
            if barred and len(cells) > 2 and not cells[0].text and line.lstrip()[:1] in "|｜│┃":
                cells = cells[1:]
            if barred and len(cells) > 2 and not cells[-1].text and line.rstrip()[-1:] in "|｜│┃":
                cells = cells[:-1]
            yield tuple(cells)
        begin = end + 1


def _without_header(rows: Iterator[tuple[Span, ...]], header: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Yield the rows without further copies of the header, as a table has at the top of each page."""
    names = [cell.text for cell in header]
    for row in rows:
        if [cell.text for cell in row] != names:
            yield row


def _lines(parts: Sequence[str]) -> tuple[str, ...]:
    lines = (line.strip(" \t\u3000#*|｜│┃") for part in parts for line in part.split("\n"))
    return tuple(line for line in lines if not _RULE.fullmatch(line))
