"""The tables in a plain text, each with its own header, however they were flattened.

A table may be one cell a line (with a tab before each, or with nothing) or one row a line (cells divided by tabs,
bars or gaps). Lines between its rows that are no cells (headings, page numbers, notes) belong to it only if they head
rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from daye_analysis.source.tables.column_roles import Column
from daye_analysis.source.tables.headers import header_at, header_width
from daye_analysis.source.tables.records import DELIMITERS, WORD_SPACE, Record, block_records, line_records
from daye_analysis.source.tables.single_cells import single_cell_tables
from daye_analysis.source.tables.table import Table, above_table, with_rows


def find_tables(text: str, named: Mapping[str, Column] | None = None) -> tuple[Table, ...]:
    """Return the tables in `text` in order, none overlapping; `named` overrules what columns of a name hold.

    Of the ways in which a text may have been flattened, that which gives the most rows is taken.
    """
    ways = [list(_divided(text, block_records(text))), *(line_records(text, each) for each in DELIMITERS)]
    found = [_tables(text, records, named) for records in ways]
    found.append(single_cell_tables(text, named))
    best = max(found, key=lambda tables: (sum(len(row) > 1 for table in tables for row in table.rows), len(tables)))
    # A word space parts cells only where nothing else does, as in what text recognition leaves of a table.
    return best or _tables(text, line_records(text, WORD_SPACE), named)


def _divided(text: str, records: Sequence[Record]) -> Iterator[Record]:
    """Cut blocks that hold several rows, undivided, by the width of their header."""
    width = 0
    for record in records:
        cells = record.cells
        if len(cells) == 1:
            yield record
            continue
        width = header_width(cells) or width
        lines = text.count("\n", cells[0].start, cells[-1].start) > 0
        step = width if lines and width and len(cells) > width and len(cells) % width == 0 else len(cells)
        for begin in range(0, len(cells), step):
            part = cells[begin : begin + step]
            yield Record(part, part[0].start - 1 if begin else record.start, part[-1].end)


def _tables(text: str, records: Sequence[Record], named: Mapping[str, Column] | None) -> tuple[Table, ...]:
    found: list[Table] = []
    place, free = 0, 0
    while place < len(records):
        opened = header_at(records, place, named)
        if opened is None:
            place += 1
            continue
        header, names, first = opened
        last = first
        while last < len(records) and not header_at(records, last, named):
            last += 1
        body = records[first:last]
        above = above_table(text[free : records[place].start])
        table = with_rows(header, names, body, above, (records[place].start, records[first - 1].end))
        found.append(table)
        free = max(end for _, end in table.claimed)
        # Copies of the header, as a table has at the top of each page, go on with the same table.
        place = last
    return tuple(_rejoined(found))


def _rejoined(tables: Sequence[Table]) -> Iterator[Table]:
    """Join a table that begins with the same header again, as at the top of each page, to the one before it."""
    current: Table | None = None
    for table in tables:
        if current and not table.above and [n.text for n in table.names] == [n.text for n in current.names]:
            shifted = {place + len(current.rows) for place in table.fitted}
            current = Table(
                current.header,
                current.names,
                (*current.rows, *table.rows),
                current.fitted | shifted,
                current.above,
                (*current.claimed, *table.claimed),
            )
        else:
            if current:
                yield current
            current = table
    if current:
        yield current
