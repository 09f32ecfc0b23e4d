"""Convert rows of cells to a table grid: spans resolved, header rows recognised, numbers aligned."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from daye_analysis.reporting.documents.document_blocks import Align, Cell, Inlines, NotPrinted, Table, words
from daye_analysis.reporting.documents.limits import in_force

_WIDEST_SPAN = 200
_MOST_COLUMNS = 1000
# 12, −3.5 %, 1,200, >= 5, ≈3, 12.5%, p values, and the marks for a missing number.
_NUMBER = re.compile(
    r"[<>≥≤≈~±]?=?\s*[+\-−–±]?\s*(?:[¥￥$€£]\s*)?\d[\d, ]*(?:\.\d+)?(?:[eE][+\-−]?\d+)?\s*(?:%|‰|pp|×|x)?"
)
# ●, ○, ✓: a matrix.
_MARK = re.compile(r"[^\w\s]{1,2}")
_NO_NUMBER = {
    "",
    "-",
    "–",
    "—",
    "−",
    "…",
    "...",
    "NaN",
    "nan",
    "<NA>",
    "None",
    "NaT",
    "inf",
    "-inf",
    "/",
    "无",
}


@dataclass(frozen=True, slots=True)
class LooseCell:
    """A cell as its row gave it, without a place."""

    body: Inlines
    colspan: int = 1
    rowspan: int = 1
    heads: bool = False


LooseRow = Sequence[LooseCell]


def make_table(head: Sequence[LooseRow], body: Sequence[LooseRow], caption: str = "") -> list[Table | NotPrinted]:
    """Return the table of these rows; nothing when there is no cell, and a placeholder after one that is cut.

    Without `head` rows, leading rows made of header cells only serve as the head. Spans are clipped to their part of
    the table and to the places still free, so that any HTML gives a sound grid.
    """
    head, body = list(head), list(body)
    if not head:
        while len(body) > 1 and body[0] and all(cell.heads for cell in body[0]):
            head.append(body.pop(0))
    limits = in_force()
    widths = [sum(max(1, min(cell.colspan, _WIDEST_SPAN)) for cell in row) for row in (*head, *body)]
    widest = max(1, min(max(widths, default=1), _MOST_COLUMNS))
    most = max(1, min(limits.table_rows, limits.table_cells // widest))
    kept_head, kept = head[:most], body[:most]
    (in_head, cut), (in_body, more) = _placed(kept_head, 0), _placed(kept, len(kept_head))
    cells = _without_empty_columns(in_head + in_body)
    if not cells:
        return []
    columns = max(cell.x + cell.colspan for cell in cells)
    rows = len(kept_head) + len(kept)
    if columns > widest and columns * rows > limits.table_cells:
        # Spans from above drove cells further than any row alone is wide.
        fewer = max(1, limits.table_cells // columns - len(kept_head))
        beyond = len(head) + len(body) - len(kept_head) - fewer
        shown = make_table(kept_head, body[:fewer], caption)
        return [*shown, NotPrinted("rows", f"{len(kept_head) + fewer + 1:,} – {len(kept_head) + fewer + beyond:,}")] if beyond > 0 else shown
    taken = {(x, y) for cell in cells for x in _across(cell) for y in _down(cell)}
    gaps = [
        Cell(x, y, (), heads=y < len(kept_head))
        for y in range(rows)
        for x in range(columns)
        if (x, y) not in taken
    ]
    ordered = sorted([*cells, *gaps], key=lambda cell: (cell.y, cell.x))
    left: tuple[Align, ...] = tuple("left" for _ in range(columns))
    table = aligned(Table(len(kept_head), rows, left, tuple(ordered), caption))
    beyond = len(head) + len(body) - rows
    return [
        table,
        *([NotPrinted("columns", f"> {_MOST_COLUMNS:,}")] if cut or more else []),
        *([NotPrinted("rows", f"{rows + 1:,} – {rows + beyond:,}")] if beyond else []),
    ]


def aligned(table: Table) -> Table:
    """Return `table` with columns of numbers set right, columns of marks in the middle, and the others left."""
    columns: list[list[str]] = [[] for _ in range(table.columns)]
    for cell in table.cells:
        if cell.y >= table.header_rows and cell.colspan == 1:
            columns[cell.x].append(words(cell.body).strip())
    return replace(table, align=tuple(map(_alignment, columns)))


def _placed(rows: Sequence[LooseRow], first: int) -> tuple[list[Cell], bool]:
    """Give each cell of one part of the table its place, as HTML does: the next free one in its row.

    Says too whether cells were cut: those that would begin beyond the limit of columns, where spans from above may have
    driven them.
    """
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    cut = False
    for row, loose_cells in enumerate(rows):
        x = 0
        for loose in loose_cells:
            while (x, row) in taken:
                x += 1
            if x >= _MOST_COLUMNS:
                cut = True
                break
            rowspan = min(max(1, loose.rowspan) if loose.rowspan else len(rows), len(rows) - row)
            colspan = 1
            while colspan < min(loose.colspan, _WIDEST_SPAN, _MOST_COLUMNS - x) and (x + colspan, row) not in taken:
                colspan += 1
            cell = Cell(x, first + row, loose.body, colspan, rowspan, loose.heads)
            taken |= {(across, down - first) for across in _across(cell) for down in _down(cell)}
            cells.append(cell)
            x += colspan
    return cells, cut


def _without_empty_columns(cells: list[Cell]) -> list[Cell]:
    """Return `cells` without the columns that only wide cells reach, of which HTML shows nothing either."""
    begun = sorted({cell.x for cell in cells})
    return [
        replace(cell, x=(at := bisect_left(begun, cell.x)), colspan=bisect_left(begun, cell.x + cell.colspan) - at)
        for cell in cells
    ]


def _across(cell: Cell) -> range:
    return range(cell.x, cell.x + cell.colspan)


def _down(cell: Cell) -> range:
    return range(cell.y, cell.y + cell.rowspan)


def _alignment(texts: Sequence[str]) -> Align:
    numbers = [text for text in texts if text not in _NO_NUMBER]
    if numbers and all(_MARK.fullmatch(text) for text in numbers):
        return "center"
    return "right" if numbers and all(_NUMBER.fullmatch(text) for text in numbers) else "left"
