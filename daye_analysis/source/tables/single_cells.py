"""Tables with one unmarked cell per line, as left when the tags of a page are stripped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from daye_analysis.source.spans import Span
from daye_analysis.source.tables.alignment import aligned, fit
from daye_analysis.source.tables.column_roles import Column, Header, known_names, read_header
from daye_analysis.source.tables.headers import WIDEST, is_strict
from daye_analysis.source.tables.records import Record, lines_of
from daye_analysis.source.tables.table import Table, above_table, with_rows

_TITLE = re.compile("(?:表|方案|清单|计划|意见|通知|规划)$")
_SECTION = re.compile("[（(]?[一二三四五六七八九十]+[）)、.．]")


def single_cell_tables(text: str, named: Mapping[str, Column] | None) -> tuple[Table, ...]:
    """Read cells that are one a line without any mark, as they are left where the tags of a page are stripped."""
    lines = [_without_bar(line) for line in lines_of(Span(text, 0, len(text)))]
    found: list[Table] = []
    place, free = 0, 0
    while place < len(lines):
        width = _header_run(lines, place, named)
        if width == 0:
            place += 1
            continue
        names = tuple(lines[place : place + width])
        first = place + width
        last = next((p for p in range(first, len(lines)) if _header_run(lines, p, named)), len(lines))
        header = read_header([name.text for name in names], (), named)
        if header is None:
            break
        body = list(_numbered_records(text, lines[first:last], header))
        above = above_table(text[free : names[0].start])
        table = with_rows(header, names, body, above, (names[0].start, names[-1].end))
        found.append(table)
        free = max(end for _, end in table.claimed)
        place = last
    return tuple(found)


def _header_run(lines: Sequence[Span], place: int, named: Mapping[str, Column] | None) -> int:
    """Return how many lines from `place` on are the names of a header's columns, 0 if they are none."""
    if len(lines[place].text) > 20 or not known_names([lines[place].text]):
        return 0
    for width in range(min(WIDEST, len(lines) - place), 2, -1):
        names = [line.text for line in lines[place : place + width]]
        if any(len(name) > 20 or _TITLE.search(name) for name in names):
            continue
        header = read_header(names, (), named)
        if header and header.unknown == 0 and is_strict(names, header):
            return width
    return 0


def _numbered_records(text: str, lines: Sequence[Span], header: Header) -> Iterator[Record]:
    """Cut the lines below a header into rows: at each next row number, or by the width where rows have none."""
    width = len(header.headings)
    starts: list[int] = []
    if header.columns[0] == "number":
        expected = 1
        for place, line in enumerate(lines):
            number = re.fullmatch(r"(\d{1,3})[.、．]?", line.text)
            if number and int(number[1]) in (expected, 1) and place + 2 < len(lines) + 1:
                starts.append(place)
                expected = int(number[1]) + 1
    elif len(items := _items(lines)) > 1:
        starts = items
        yield from (Record((line,), line.start, line.end) for line in lines[: starts[0]])
    else:
        starts = list(range(0, len(lines), width))
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=False):
        chunk = list(lines[start:stop])
        if stop == len(lines):
            # What follows the last row is text of its own, unless it still fits the last column.
            end = width
            while end < len(chunk) and fit(chunk[end].text, header.columns[-1]) > 0:
                end += 1
            chunk = chunk[:end]
        # A heading above the next row's number ends this row.
        trailing: list[Span] = []
        last = header.columns[-1]
        while len(chunk) > 2 and (
            (len(chunk) > width and _SECTION.match(chunk[-1].text))
            or (fit(chunk[-1].text, last) < 0 < fit(chunk[-2].text, last))
        ):
            trailing.insert(0, chunk.pop())
        under = aligned([line.text for line in chunk], header.columns, join=True)
        cells = tuple(_merged(text, chunk, each) for each in under)
        if sum(bool(cell.text) for cell in cells) > 1:
            yield Record(cells, chunk[0].start, chunk[-1].end)
        for line in trailing:
            yield Record((line,), line.start, line.end)


def _without_bar(line: Span) -> Span:
    """Return a line without the bar after it, which some pages leave behind each cell."""
    words = line.text.rstrip("|｜│┃ ")
    return Span(words, line.start, line.start + len(words)) if words else line


def _items(lines: Sequence[Span]) -> list[int]:
    """Return the lines that begin with the next higher number and a mark: 4.全社会研发经费投入增长."""
    found: list[int] = []
    number = 0
    for place, line in enumerate(lines):
        item = re.match(r"(\d{1,3})[.．、]\s*[^\d\s]", line.text)
        if item and int(item[1]) > number:
            number = int(item[1])
            found.append(place)
    return found


def _merged(text: str, lines: Sequence[Span], places: Sequence[int]) -> Span:
    if not places:
        return Span("", lines[0].start, lines[0].start)
    start, end = lines[places[0]].start, lines[places[-1]].end
    return Span(text[start:end], start, end)
