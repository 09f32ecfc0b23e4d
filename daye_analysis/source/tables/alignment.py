"""Assign cells to columns by their content if a row has more or fewer cells than the header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from daye_analysis.source.bodies import is_body
from daye_analysis.source.tables.column_roles import Column, is_nothing, is_value
from daye_analysis.source.targets.due_dates import find_due_dates
from daye_analysis.source.targets.measures import is_unit

_LONG, _VERY_LONG = 12, 60
_ALWAYS = re.compile("长期|全年|持续|常年|每年|立即|ongoing|annual", re.IGNORECASE)
# Cells lost in copying are those that were merged, and these are on the left; a cell that fits nowhere is dropped.
_SKIP_LEFT, _SKIP, _DROP = 0.1, 0.4, 2.5


def aligned(cells: Sequence[str], columns: Sequence[Column], *, join: bool = False) -> list[list[int]]:
    """Return for each column which of `cells`, in order, are under it: none, one, or with `join` several.

    The assignment with the best sum of fits keeps the order of both.
    """
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for k in range(len(columns) + 1):
        for i in range(len(cells) + 1):
            options = [best[(i, k)]] if (i, k) in best else []
            if k > 0 and (i, k - 1) in best:
                score, path = best[(i, k - 1)]
                seen = any(place >= 0 for place in path)
                options.append((score - (_SKIP if seen else _SKIP_LEFT), (*path, -1)))
            if i > 0 and k > 0 and (i - 1, k - 1) in best:
                score, path = best[(i - 1, k - 1)]
                options.append((score + fit(cells[i - 1], columns[k - 1]), (*path, i - 1)))
            if i > 0 and k > 0 and (i - 1, k) in best:
                score, path = best[(i - 1, k)]
                gain = _joined(cells, path, i - 1, columns[k - 1]) if join else -_DROP
                options.append((score + gain, path))
            if i > 0 and k == 0 and (i - 1, 0) in best:
                options.append((best[(i - 1, 0)][0] - _DROP, ()))
            if options:
                best[(i, k)] = max(options, key=lambda option: option[0])
    starts = best[(len(cells), len(columns))][1]
    return _with_joined(starts, len(cells)) if join else [[place] if place >= 0 else [] for place in starts]


def _joined(cells: Sequence[str], path: tuple[int, ...], place: int, column: Column) -> float:
    """Return the gain of a further line in the last column's cell; a line fits no cell that was skipped."""
    if not path or path[-1] < 0:
        return -_DROP
    gain = fit(cells[place], column)
    return min(0.3 * gain, gain) if column in ("task", "goal", "lead", "responsible") else -1.0


def _with_joined(starts: Sequence[int], count: int) -> list[list[int]]:
    found: list[list[int]] = []
    for k, start in enumerate(starts):
        following = next((each for each in starts[k + 1 :] if each >= 0), count)
        found.append(list(range(start, following)) if start >= 0 else [])
    return found


def fit(cell: str, column: Column) -> float:
    """Return how well the words of `cell` suit `column`, below zero where they do not."""
    if is_nothing(cell):
        return 0.5 if column in ("responsible", "due", "other", "person", "goal", "base", "value") else 0.0
    numbered = re.fullmatch(r"[（(]?\d{1,3}[）)、.．]?|[一二三四五六七八九十]{1,3}", cell) is not None
    body = is_body(cell)
    sentence = len(cell) > _VERY_LONG or "。" in cell or "；" in cell
    if column == "number":
        return 3.0 if numbered else -3.0
    if column in ("lead", "responsible"):
        return 3.0 if body else -3.0 if sentence or numbered else -0.5
    if column in ("task", "goal"):
        if body or (numbered and column == "task"):
            return -2.0
        # Of a task and what heads it, the task is what a row cannot lack.
        return 2.0 if sentence or len(cell) > _LONG else 1.1 if column == "task" else 0.6
    if column == "due":
        dated = find_due_dates(cell) or _ALWAYS.search(cell)
        return 2.0 if dated and not sentence else -1.0
    if column in ("value", "base"):
        return 2.5 if is_value(cell) else -1.0
    if column == "measure":
        return 3.0 if is_unit(cell) else -2.0
    if column in ("action", "heading"):
        return -2.0 if body or numbered or sentence else 1.0 if len(cell) <= _LONG else 0.2
    if column == "obligation":
        return 2.0 if "性" in cell and len(cell) < 8 else -1.0
    return 0.0 if column == "person" else 0.1
