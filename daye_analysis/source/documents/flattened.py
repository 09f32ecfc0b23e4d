"""Rows of cells as plain text for the readers of tables."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence

from daye_analysis.source.tables.layout import find_tables


def flattened(rows: Iterable[Sequence[str]]) -> str:
    """Return `rows` with a tab before each cell, each on lines of its own, and a blank line after each row.

    A row with nothing but its first cell is a line of its own: a title, or a heading across the table.
    """
    lines: list[str] = []
    for row in rows:
        cells = ["\n".join(_clean(cell)) for cell in row]
        while cells and not cells[-1] and sum(map(bool, cells)) <= 1:
            cells.pop()
        if len(cells) == 1:
            lines += [cells[0], ""]
        elif any(cells):
            lines += [*("\t" + cell for cell in cells), ""]
    return "\n".join(lines) + "\n"


def of_comma_values(text: str, *, certain: bool = False) -> str:
    """Return comma-separated values flattened; `text` as it is where it is no such table, unless that is `certain`."""
    if not certain and ("\t" in text or find_tables(text)):
        return text
    rows = list(csv.reader(io.StringIO(text, newline="")))
    separated = flattened(rows)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, rows_alike = widths.most_common(1)[0] if widths else (0, 0)
    # Sentences have commas too, but not the same number in each line.
    regular = width > 2 and rows_alike > 1 and rows_alike * 10 >= 7 * widths.total()
    return separated if certain or (regular and find_tables(separated)) else text


def _clean(cell: str) -> list[str]:
    """Return the non-blank lines of a cell, without tabs, which would open a cell."""
    lines = (" ".join(line.split("\t")).strip() for line in cell.split("\n"))
    return [line for line in lines if line]
