"""A table: its header, its rows under their columns, and the lines between them that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daye_analysis.source.spans import Span
from daye_analysis.source.tables.alignment import aligned
from daye_analysis.source.tables.column_roles import Header, is_nothing
from daye_analysis.source.tables.records import PAGE_NUMBER, RULE, Record

_LONGEST_HEADING = 40
_NOTE = re.compile(r"\s*(?:\d[.、]\s*)?(?:注|备注|说明|附注|资料来源|来源|notes?|source)\s*[:：\d]|\s*\*", re.IGNORECASE)
_CAPTION = re.compile(r"\s*(?:附件|附表|表\s*\d|表[一二三四五六七八九十]|专栏|annex|table|appendix)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its columns are, the cells of its header, its rows, where it begins, and the lines above it.

    A row has a cell for each column, empty where it has none; a row of one cell heads those below it.
    `fitted` are the places (from 0) of the rows whose cells were fewer or more than the header's.
    """

    header: Header
    names: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]
    fitted: frozenset[int]
    above: tuple[str, ...]
    claimed: tuple[tuple[int, int], ...]


def with_rows(
    header: Header, names: tuple[Span, ...], body: Sequence[Record], above: tuple[str, ...], own: tuple[int, int]
) -> Table:
    width = len(header.headings)
    rows: list[tuple[Span, ...]] = []
    fitted: set[int] = set()
    claimed = [own]
    wide = [place for place, record in enumerate(body) if _filled(record) > 1]
    for place, record in enumerate(body):
        if _filled(record) == 1 and len(record.cells) < width:
            cell = next(cell for cell in record.cells if cell.text)
            if not _heads_rows(cell.text, any(later > place for later in wide)):
                continue
            rows.append((cell,))
        elif _filled(record) == 0:
            continue
        elif len(record.cells) == width:
            rows.append(record.cells)
        elif len(record.cells) < width and any(not cell.text for cell in record.cells):
            # Blanks keep the places of the others: only cells at the end are missing.
            fitted.add(len(rows))
            missing = [Span("", record.end, record.end)] * (width - len(record.cells))
            rows.append((*record.cells, *missing))
        else:
            cells = list(record.cells)
            if len(cells) * 2 < width and not wide:
                continue
            under = aligned([cell.text for cell in cells], header.columns)
            if sum(map(bool, under)) < 2:
                continue
            fitted.add(len(rows))
            rows.append(tuple(cells[each[0]] if each else Span("", record.start, record.start) for each in under))
        claimed.append((record.start, record.end))
    return Table(header, names, tuple(rows), frozenset(fitted), above, tuple(claimed))


def _filled(record: Record) -> int:
    return sum(bool(cell.text) for cell in record.cells)


def _heads_rows(words: str, rows_follow: bool) -> bool:
    """Return whether a line alone between rows heads those below it: no page number, note, caption or sentence."""
    if PAGE_NUMBER.fullmatch(words) or _NOTE.match(words) or _CAPTION.match(words) or is_nothing(words):
        return False
    return rows_follow and len(words) <= _LONGEST_HEADING and "。" not in words


def above_table(text: str) -> tuple[str, ...]:
    lines = (line.strip(" \t\u3000#*|｜│┃") for line in text.split("\n"))
    return tuple(line for line in lines if line and not RULE.fullmatch(line))
