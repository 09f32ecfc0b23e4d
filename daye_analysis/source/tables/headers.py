"""Find the header of a table, of one or two rows, or the line closest to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from daye_analysis.source.spans import Span
from daye_analysis.source.tables.alignment import fit
from daye_analysis.source.tables.column_roles import Column, Header, known_names, read_header
from daye_analysis.source.tables.records import DELIMITERS, Record

WIDEST, _LONGEST_NAME = 14, 60
_ROWS_COMPARED = 5
_HEADING_WORDS = re.compile("单位|部门|牵头|配合|责任|主体|序号|任务|目标|指标|时限|内容|举措|措施|年|属性|值|项目|名称|类别|备注|领域|事项|工作|进度")


@dataclass(frozen=True, slots=True)
class Nearest:
    """The line that came nearest to a header: its number, its words, and what of it is known."""

    line: int
    words: str
    known: tuple[Column, ...]


def nearest_header(text: str) -> Nearest | None:
    """Return the line that names the most columns, to report what was seen; None where none names two."""
    best: Nearest | None = None
    for delimiter in (*DELIMITERS, ","):
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > 400:
                continue
            cells = [each.strip() for each in re.split(delimiter, line) if each.strip()]
            known = known_names(cells)
            short = all(len(cell) <= 20 for cell in cells)
            if len(known) >= 2 and short and len(known) * 2 >= len(cells) and (best is None or len(known) > len(best.known)):
                best = Nearest(number, " ".join(line.split()), known)
    return best


def header_width(cells: Sequence[Span]) -> int | None:
    """Return how many of the first cells are a header, None if they are none.

    A block of its own is a header whole; where rows follow undivided, it is as many cells as divide the block
    evenly, with the fewest unknown names.
    """
    names = [cell.text for cell in cells]
    if len(names) <= WIDEST and (found := read_header(names)) and is_strict(names, found):
        return len(names)
    widths = {
        width: found
        for width in range(2, WIDEST + 1)
        if len(names) % width == 0 and (found := read_header(names[:width])) and is_strict(names[:width], found)
    }
    return min(widths, key=lambda width: (widths[width].unknown, -width), default=None)


def header_at(
    records: Sequence[Record], place: int, named: Mapping[str, Column] | None
) -> tuple[Header, tuple[Span, ...], int] | None:
    """Return the header that begins with the record at `place`, its cells, and where its rows begin."""
    cells = records[place].cells
    if not 2 <= len(cells) <= WIDEST or any(len(cell.text) > _LONGEST_NAME for cell in cells):
        return None
    if len(known_names([cell.text for cell in cells])) < 2 and not named:
        return None
    following = records[place + 1].cells if place + 1 < len(records) else ()
    below = [[cell.text for cell in record.cells] for record in records[place + 1 : place + 40]]
    two = _two_row_header(cells, following, below[1:], named) if len(following) > 1 else None
    if two:
        return two[0], two[1], place + 2
    names = [cell.text for cell in cells]
    header = read_header(names, below, named)
    if header is None or not (is_strict(names, header) or _all_named(names, named)):
        return None
    return header, tuple(cells), place + 1


def _all_named(names: Sequence[str], named: Mapping[str, Column] | None) -> bool:
    given = {re.sub(r"\s+", "", name) for name in named or {}}
    return sum(re.sub(r"\s+", "", name) in given for name in names) >= 2


def is_strict(names: Sequence[str], header: Header) -> bool:
    """Return whether this is a header and no row that happens to hold such words: short names, most of them known."""
    filled = [name for name in names if name.strip()]
    if any(re.search("[。；;，]", name) for name in filled) or any(name.strip().isdigit() for name in filled):
        return False
    if header.unknown > len(filled) / 2:
        return False
    worded = [name for name in filled if name.isascii() or _HEADING_WORDS.search(name)]
    return len(worded) * 2 > len(filled)


def _two_row_header(
    upper: Sequence[Span], lower: Sequence[Span], below: Sequence[Sequence[str]], named: Mapping[str, Column] | None
) -> tuple[Header, tuple[Span, ...]] | None:
    """Return the header that two rows make together: 目标 over 2026年 and 2027年, 责任分工 over 牵头 and 配合."""
    if any(re.search("[。；;]", cell.text) or len(cell.text) > _LONGEST_NAME for cell in lower):
        return None
    if not any(cell.text for cell in lower) or any(cell.text.isdigit() and len(cell.text) < 4 for cell in lower):
        return None
    best: tuple[float, Header, tuple[Span, ...]] | None = None
    for pairs in _pairings(upper, lower):
        names = [top.text + bottom.text if top.text != bottom.text else top.text for top, bottom in pairs]
        split = [bottom.text for _, bottom in pairs if bottom.text]
        own = known_names(split)
        header = read_header(names, below, named)
        if header and len(own) * 2 > len(split) and not header.unknown and is_strict(names, header):
            cells = tuple(bottom if bottom.text else top for top, bottom in pairs)
            # Of several ways to put the one under the other, the rows below show which is right.
            rows = [row for row in below if len(row) == len(cells)][:_ROWS_COMPARED]
            score = sum(fit(cell, column) for row in rows for cell, column in zip(row, header.columns, strict=True))
            if best is None or score > best[0]:
                best = score, header, cells
    return best[1:] if best else None


def _pairings(upper: Sequence[Span], lower: Sequence[Span]) -> Iterator[list[tuple[Span, Span]]]:
    """Yield ways in which the cells of the second row may be under those of the first."""
    blank = Span("", 0, 0)
    if len(upper) == len(lower):
        group, pairs = blank, []
        for top, bottom in zip(upper, lower, strict=True):
            group = top if top.text else group if bottom.text else blank
            pairs.append((group, bottom))
        if any(not top.text for top in upper) or any(not bottom.text for bottom in lower):
            yield pairs
    # Merged cells that vanished: each group of the first row spans as many of the second row's cells.
    filled = [cell for cell in lower if cell.text]
    for groups in (1, 2, 3):
        if len(filled) % groups or len(filled) // groups < 2 or len(filled) > 8:
            continue
        each = len(filled) // groups
        for chosen in combinations(range(len(upper)), groups):
            queue = iter(filled)
            yield [
                pair
                for place, top in enumerate(upper)
                for pair in ([(top, next(queue)) for _ in range(each)] if place in chosen else [(top, blank)])
            ]
