"""Fit a table to the page: type size, column widths, rotated headings, a landscape page, or several parts."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from daye_analysis.charts.typeface import advance_width
from daye_analysis.reporting.documents.document_blocks import (
    Cell,
    Formula,
    Inlines,
    LineBreak,
    Picture,
    Table,
    walk,
    words,
)
from daye_analysis.reporting.documents.writers.fewest_lines import fewest_lines

PORTRAIT_WIDTH = 441.0  # pt: 210 mm less margins of 28 and 26 mm, rounded down
_WHOLE_PAGE_WIDTH = 527.0  # pt: 210 mm less margins of 12 mm
_WHOLE_PAGE_SIZES = (9.0, 8.6, 8.0, 7.4, 7.0, 6.6, 6.2)  # pt
_WHOLE_PAGE_GAP = 6.0  # pt
LANDSCAPE_WIDTH = 688.0  # pt: 297 mm less the same margins, rounded down

_SLACK = 1.01  # against rounding
_FULL_FROM = 0.7  # a table that fills this share of the line is widened to all of it
_TURN_FROM = 3.0  # em: longer headings are worth turning
_TURN_UP_TO = 30.0  # em
_LONG_TEXT_WIDTH = 6.5  # em
_TURNED_WIDTH = 1.3  # em
_HEAD_WIDTH = 5.0  # em
_PICTURE_WIDTH = 12.0  # em
_TOGETHER_UP_TO = 100.0  # pt: a table of at most a seventh of the page is not torn apart
_TALL = 240.0  # pt: a third of a page; heights are estimates
_LAST_SIZE = 7.0  # pt
_FINE_SIZE = 7.5  # pt
_STEP = 6.0  # pt: the smallest step in which the room on a line is shared out

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_JOINT = re.compile(rf"(?<=[{_WIDE}])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[{_WIDE}])")
_JOINT_WIDTH = 0.25
# A line may end after a hyphen, but not between it and a digit (Unicode UAX 14, rule LB25).
_UNBREAKABLE = re.compile(rf"[{_WIDE}]|(?:[^\s\-{_WIDE}]|\u00a0|-(?=\d))+-?|-")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table is set: type size and white space between columns (pt), and widths in Typst's terms."""

    size: float
    gap: float
    widths: tuple[str, ...]
    turned: bool = False
    landscape: bool = False
    breaks_words: bool = False
    together: bool = False
    # Rows that may continue on the next page, since one page may not hold them.
    tall_rows: frozenset[int] = frozenset()
    # Places (x, y) of cells whose group of rows may go on over pages; each page repeats what they say.
    long_groups: frozenset[tuple[int, int]] = frozenset()
    # Those of them that say so much that it is said once, and may itself go on over pages.
    long_labels: frozenset[tuple[int, int]] = frozenset()
    # How the header goes on: on every page, on the first alone, or as rows that may break.
    header: Literal["repeated", "once", "rows"] = "repeated"


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One way to make room.

    A column whose lines are all within `comfort` em keeps them whole; a longer one gets room
    for its longest word and for `_LONG_TEXT_WIDTH`, or `comfort` if that is less. No cell may have more than `most_lines`.
    """

    sizes: tuple[float, ...]
    comfort: float
    turned: bool = False
    landscape: bool = False
    most_lines: float = math.inf


_ATTEMPTS = (
    _Attempt((9.0, 8.5), comfort=10),
    _Attempt((9.0, 8.5, 8.0), comfort=6),
    _Attempt((9.0, 8.5, 8.0, 7.5), comfort=4),
    _Attempt((9.0, 8.5, 8.0, 7.5, 7.0), comfort=4, turned=True),
    _Attempt((8.0, 7.5, 7.0), comfort=2, most_lines=3),
    _Attempt((9.0, 8.5, 8.0, 7.5, 7.0), comfort=4, landscape=True),
    _Attempt((9.0, 8.5, 8.0, 7.5, 7.0), comfort=2, turned=True, landscape=True),
)


@dataclass(frozen=True, slots=True)
class _Extent:
    """A cell's widths in em: its longest word, and each of its lines."""

    cell: Cell
    word: float
    lines: tuple[float, ...]
    in_head: bool

    @property
    def line(self) -> float:
        return max(self.lines)


def laid_out(table: Table, sideways: bool = True) -> list[tuple[Table, Layout]]:
    """Return `table` with the first layout that fits; where none does, its parts one below the other.

    Only one that is in nothing else has a page on its side. Each part repeats the columns that name the rows. A single column that is wider than the line breaks its words.
    """
    extents = _extents(table)
    if table.widths:
        widths = tuple(f"{share * PORTRAIT_WIDTH:.2f}pt" for share in table.widths)
        return [(table, _paged(table, extents, Layout(_FINE_SIZE if table.fine else 8.5, 8.0, widths)))]
    for attempt in (each for each in _ATTEMPTS if sideways or not each.landscape):
        if layout := _fitting(extents, table.columns, attempt):
            return [(table, _paged(table, extents, layout))]
    return [(part, _paged(part, _extents(part), _part_layout(part))) for part in _parts(table)]


def whole_page_layouts(table: Table) -> list[Layout]:
    """Return layouts of a table with a page of its own, the largest type first; widths are shares of the line.

    Each makes the table shortest in its type and, as the page decides, serves down to the size of the next.
    """
    extents = _extents(table)
    layouts = []
    for size in _WHOLE_PAGE_SIZES:
        least, most = _widths(extents, table.columns, size, _WHOLE_PAGE_GAP, 4, turned=False)
        rows: dict[int, dict[int, list[float]]] = {}
        for extent in extents:
            cell = extent.cell
            for picture in (node for node in walk(cell.body) if isinstance(node, Picture)):
                # A drawing is as wide in any type.
                least[cell.x] = max(least[cell.x], (picture.width or 0.0) + _WHOLE_PAGE_GAP)
            if cell.colspan == 1:
                # What spans rows has their lines for its words.
                rows.setdefault(cell.y, {})[cell.x] = [line * size / cell.rowspan for line in extent.lines]
        spare = max(_WHOLE_PAGE_WIDTH - sum(least), 0.0) / max(sum(most) - sum(least), 1.0)
        start = [low + (high - low) * spare for low, high in zip(least, most, strict=True)]
        widths = fewest_lines(list(rows.values()), least, start, _WHOLE_PAGE_GAP)
        layouts.append(Layout(size, _WHOLE_PAGE_GAP, tuple(f"{width:.2f}fr" for width in widths)))
    return layouts


def _paged(table: Table, extents: list[_Extent], layout: Layout) -> Layout:
    """Return `layout` with the places where the table may break: a short one nowhere, a row or group only if a page may not hold it."""
    heights = [_height(count, layout) for count in _row_lines(extents, layout)]
    until = [0.0, *itertools.accumulate(heights)]
    groups = {
        (extent.cell.x, extent.cell.y): _height(_lines_needed(extent, layout), layout)
        for extent in extents
        if extent.cell.rowspan > 1 and until[extent.cell.y + extent.cell.rowspan] - until[extent.cell.y] > _TALL
    }
    long_labels = frozenset(place for place, height in groups.items() if height > _TALL)
    return replace(
        layout,
        together=until[-1] <= (_TOGETHER_UP_TO if table.header_rows else _TALL),
        tall_rows=frozenset(y for y, height in enumerate(heights) if height > _TALL) | {y for _, y in long_labels},
        long_groups=frozenset(groups),
        long_labels=long_labels,
        header="repeated" if (head := until[table.header_rows]) <= _TALL else "once" if head <= 2 * _TALL else "rows",
    )


def _height(lines: int, layout: Layout) -> float:
    return lines * layout.size * 1.5 + 6


def text_width(text: str) -> float:
    """Return the width of `text` in em of the report's font, with the room between Chinese and Latin."""
    joints = len(_JOINT.findall(text))
    return sum(_advance(character) for character in text) + joints * _JOINT_WIDTH


def _advance(character: str) -> float:
    width = advance_width(character)
    return 1.0 if width is None else width


def _extents(table: Table) -> list[_Extent]:
    """Measure every cell, those that span fewer columns first."""
    return [
        _extent(cell, cell.y < table.header_rows)
        for cell in sorted(table.cells, key=lambda cell: cell.colspan)
    ]


def _extent(cell: Cell, in_head: bool) -> _Extent:
    texts = _lines(cell.body)
    others = [_other_width(node) for node in walk(cell.body) if isinstance(node, Picture | Formula)]
    word = max(
        [*(text_width(piece) for text in texts for piece in _UNBREAKABLE.findall(text)), *others], default=0.0
    )
    return _Extent(cell, word, (*map(text_width, texts), *others), in_head)


def _fitting(extents: list[_Extent], columns: int, attempt: _Attempt) -> Layout | None:
    if attempt.turned and not _turning_helps(extents):
        return None
    line = LANDSCAPE_WIDTH if attempt.landscape else PORTRAIT_WIDTH
    for size in attempt.sizes:
        gap = 10.0 if size > 7.5 else 5.0
        least, most = _widths(extents, columns, size, gap, attempt.comfort, attempt.turned)
        if sum(least) > line:
            continue
        shared = _shared(extents, least, most, line)
        layout = Layout(size, gap, shared, attempt.turned, attempt.landscape)
        if attempt.most_lines == math.inf or max(_row_lines(extents, layout)) <= attempt.most_lines:
            return layout
    return None


def _widths(
    extents: list[_Extent], columns: int, size: float, gap: float, comfort: float, turned: bool
) -> tuple[list[float], list[float]]:
    """Return each column's least width and most useful width (its longest line), in pt."""
    words, lines, whole = [0.0] * columns, [0.0] * columns, [0.0] * columns
    for extent in extents:
        x = extent.cell.x
        if extent.cell.colspan == 1:
            upright = turned and extent.in_head
            words[x] = max(words[x], _TURNED_WIDTH if upright else extent.word)
            lines[x] = max(lines[x], _TURNED_WIDTH if upright else extent.line)
            # A heading may take two lines rather than room from the words below the others.
            whole[x] = max(whole[x], min(lines[x], _HEAD_WIDTH) if extent.in_head else extent.line)
    least = [
        max(word, line if line <= comfort else min(comfort, _LONG_TEXT_WIDTH)) * size * _SLACK + gap
        for word, line in zip(words, whole, strict=True)
    ]
    most = [line * size * _SLACK + gap for line in lines]
    for extent in extents:
        across = range(extent.cell.x, extent.cell.x + extent.cell.colspan)
        for widths, wanted in ((least, extent.word), (most, extent.line)) if len(across) > 1 else ():
            missing = wanted * size * _SLACK + gap - sum(widths[x] for x in across)
            for x in across:
                widths[x] += max(0.0, missing) / len(across)
    return least, most


def _row_lines(extents: list[_Extent], layout: Layout) -> list[int]:
    """Return how many lines each row is estimated to take; what a cell says is shared among all rows that it spans."""
    lines = [1] * max(extent.cell.y + extent.cell.rowspan for extent in extents)
    for extent in extents:
        cell = extent.cell
        share = _lines_needed(extent, layout) // cell.rowspan
        for y in range(cell.y, cell.y + cell.rowspan):
            lines[y] = max(lines[y], share)
    return lines


def _lines_needed(extent: _Extent, layout: Layout) -> int:
    """Return how many lines a cell is estimated to take."""
    across = layout.widths[extent.cell.x : extent.cell.x + extent.cell.colspan]
    if "auto" in across or (layout.turned and extent.in_head):
        return len(extent.lines)
    room = max(sum(float(width.removesuffix("pt")) for width in across) - layout.gap, layout.size)
    return sum(math.ceil(line * layout.size * _SLACK / room) for line in extent.lines)


def _other_width(node: Picture | Formula) -> float:
    if isinstance(node, Picture):
        return min(_PICTURE_WIDTH, node.width / _LAST_SIZE) if node.width else _PICTURE_WIDTH
    return 0.55 * len(re.sub(r"\\[A-Za-z]+|[{}\s]", "x", node.latex))


def _lines(body: Inlines) -> list[str]:
    lines = [""]
    for inline in body:
        if isinstance(inline, LineBreak):
            lines.append("")
        else:
            lines[-1] += words((inline,))
    return lines


def _shared(
    extents: Sequence[_Extent], least: Sequence[float], most: Sequence[float], line: float
) -> tuple[str, ...]:
    """Share the line: each column its natural width if all fit; otherwise so that the table becomes short."""
    natural = sum(most)
    if natural <= line * _FULL_FROM:
        return ("auto",) * len(most)
    if natural <= line:
        return tuple(f"{width * line / natural:.2f}pt" for width in most)
    return tuple(f"{width:.2f}pt" for width in _shortest(extents, least, most, line))


def _shortest(
    extents: Sequence[_Extent], least: Sequence[float], most: Sequence[float], line: float
) -> list[float]:
    """Give each step of what is left to the column whose growth shortens the rows most.

    A row is as long as its longest cell, so room goes where words are many, not to every long column alike.
    """
    widths = list(least)
    rows: dict[int, list[tuple[int, float]]] = {}
    for extent in extents:
        if extent.cell.colspan == extent.cell.rowspan == 1 and any(extent.lines):
            rows.setdefault(extent.cell.y, []).append((extent.cell.x, sum(extent.lines)))
    while (left := line - sum(widths)) > 0.5:
        # Large steps first: their number, and so the time taken, stays small.
        step = min(left, max(_STEP, left / 24))
        growing = [x for x in range(len(widths)) if widths[x] < most[x]] or [len(widths) - 1]
        gains = dict.fromkeys(growing, 0.0)
        for row in rows.values():
            longest, second, at = 0.0, 0.0, -1
            for x, length in row:
                lines = length / max(widths[x], 1.0)
                if lines > longest:
                    longest, second, at = lines, longest, x
                elif lines > second:
                    second = lines
            if at in gains:
                gains[at] += longest - max(longest * widths[at] / (widths[at] + step), second)
        best = max(growing, key=lambda x: (gains[x], most[x] - widths[x]))
        widths[best] += step
    return widths


def _filled(least: Sequence[float], most: Sequence[float], line: float) -> list[float]:
    """Cap all columns at one width, chosen by bisection so that they fill the line; none gets less than its least."""
    low, high = 0.0, max(most)
    for _ in range(50):
        cap = (low + high) / 2
        total = sum(max(small, min(large, cap)) for small, large in zip(least, most, strict=True))
        low, high = (cap, high) if total <= line else (low, cap)
    return [max(small, min(large, low)) for small, large in zip(least, most, strict=True)]


def _turning_helps(extents: list[_Extent]) -> bool:
    """Whether headings are long over narrow columns, as in a matrix, and short enough to be rotated."""
    heads = [extent.line for extent in extents if extent.in_head and extent.cell.colspan == 1]
    return _TURN_FROM < max(heads, default=0.0) <= _TURN_UP_TO


def _part_layout(table: Table) -> Layout:
    gap = 5.0
    extents = _extents(table)
    least, most = _widths(extents, table.columns, _LAST_SIZE, gap, 0, turned=False)
    if sum(least) <= PORTRAIT_WIDTH:
        return Layout(_LAST_SIZE, gap, _shared(extents, least, most, PORTRAIT_WIDTH))
    widths = _filled([0.0] * table.columns, most, PORTRAIT_WIDTH)
    return Layout(_LAST_SIZE, gap, tuple(f"{width:.2f}pt" for width in widths), breaks_words=True)


def _parts(table: Table) -> Iterator[Table]:
    """Yield `table` in groups of columns that fit an upright page, each with the columns that name the rows."""
    names = _name_columns(table)
    least, _ = _widths(_extents(table), table.columns, _LAST_SIZE, 5.0, 0, turned=False)
    start = names
    while start < table.columns:
        end = start + 1
        while end < table.columns and sum(least[:names]) + sum(least[start : end + 1]) <= PORTRAIT_WIDTH:
            end += 1
        yield _with_columns(table, range(names), range(start, end))
        start = end


def _name_columns(table: Table) -> int:
    """Return how many leading columns name the rows: those of header cells, else the first (of more than one)."""
    heads = {cell.x for cell in table.cells if cell.heads and cell.y >= table.header_rows}
    count = next(x for x in range(table.columns + 1) if x not in heads)
    return min(count or 1, table.columns - 1)


def _with_columns(table: Table, *kept: range) -> Table:
    """Return `table` with only these runs of columns; cells that span further are cut."""
    cells: list[Cell] = []
    offset = 0
    for run in kept:
        for cell in table.cells:
            first, last = max(cell.x, run.start), min(cell.x + cell.colspan, run.stop)
            if first < last:
                cells.append(replace(cell, x=first - run.start + offset, colspan=last - first))
        offset += len(run)
    align = tuple(table.align[x] for run in kept for x in run)
    return replace(table, align=align, cells=tuple(sorted(cells, key=lambda cell: (cell.y, cell.x))))
