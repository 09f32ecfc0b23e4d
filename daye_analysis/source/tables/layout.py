"""The tables in a plain text, each with its own header, whichever way they were flattened.

A table may be one cell a line (with a tab before each, or with nothing) or one row a line (cells divided by tabs,
bars or gaps). Lines between its rows that are no cells (headings, page numbers, notes) belong to it only if they head
rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from daye_analysis.source.spans import Span, blocks, trimmed
from daye_analysis.source.tables.alignment import aligned, fit
from daye_analysis.source.tables.column_roles import Column, Header, is_nothing, known_names, read_header

# Between the cells of a line: a tab, a bar of any make, or a gap wider than a word space.
_DELIMITERS = ("\t", "[|｜│┃]", "[ \u3000]{2,}|\u3000")
_ROWS_COMPARED = 5
_WIDEST, _LONGEST_NAME, _LONGEST_HEADING = 14, 60, 40
_RULE = re.compile(r"[\s|｜│┃:：\-—─━=+┼┌┐└┘├┤┬┴]*")
_PAGE = re.compile(r"[\s\-—–·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[\s\-—–·]*|[Pp]age \d+( of \d+)?")
_NOTE = re.compile(r"\s*(?:\d[.、]\s*)?(?:注|备注|说明|附注|资料来源|来源|notes?|source)\s*[:：\d]|\s*\*", re.IGNORECASE)
_CAPTION = re.compile(r"\s*(?:附件|附表|表\s*\d|表[一二三四五六七八九十]|专栏|annex|table|appendix)", re.IGNORECASE)
_TITLE = re.compile("(?:表|方案|清单|计划|意见|通知|规划)$")
_SECTION = re.compile("[（(]?[一二三四五六七八九十]+[）)、.．]")
_HEADING_WORDS = re.compile("单位|部门|牵头|配合|责任|主体|序号|任务|目标|指标|时限|内容|举措|措施|年|属性|值|项目|名称|类别|备注|领域|事项|工作|进度")


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


@dataclass(frozen=True, slots=True)
class _Record:
    """A line or block: its cells and its extent."""

    cells: tuple[Span, ...]
    start: int
    end: int


def find_tables(text: str, named: Mapping[str, Column] | None = None) -> tuple[Table, ...]:
    """Return the tables in `text` in order, none overlapping; `named` overrules what columns of a name hold.

    Of the ways in which a text may have been flattened, that which gives the most rows is taken.
    """
    ways = [_block_records(text), *(_line_records(text, each) for each in _DELIMITERS)]
    found = [_tables(text, records, named) for records in ways]
    found.append(_single_cell_tables(text, named))
    return max(found, key=lambda tables: (sum(len(row) > 1 for table in tables for row in table.rows), len(tables)))


@dataclass(frozen=True, slots=True)
class Nearest:
    """The line that came nearest to a header: its number, its words, and what of it is known."""

    line: int
    words: str
    known: tuple[Column, ...]


def nearest_header(text: str) -> Nearest | None:
    """Return the line that names the most columns, for telling what was seen; None where none names two."""
    best: Nearest | None = None
    for delimiter in (*_DELIMITERS, ","):
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > 400:
                continue
            cells = [each.strip() for each in re.split(delimiter, line) if each.strip()]
            known = known_names(cells)
            short = all(len(cell) <= 20 for cell in cells)
            if len(known) >= 2 and short and len(known) * 2 >= len(cells) and (best is None or len(known) > len(best.known)):
                best = Nearest(number, " ".join(line.split()), known)
    return best


def _block_records(text: str) -> list[_Record]:
    """Return one record for each block of cells, and one for each line that is in no cell."""
    records: list[_Record] = []
    for block in blocks(text):
        records += [_Record((line,), line.start, line.end) for line in _lines_of(block.before)]
        if block.cells and _begins_line(text, block.cells[0]):
            last = block.cells[-1]
            records.append(_Record(block.cells, block.cells[0].start - 1, last.end))
    return list(_divided(text, records))


def _divided(text: str, records: Sequence[_Record]) -> Iterator[_Record]:
    """Cut blocks that hold several rows, undivided, by the width of their header."""
    width = 0
    for record in records:
        cells = record.cells
        if len(cells) == 1:
            yield record
            continue
        width = _header_width(cells) or width
        lines = text.count("\n", cells[0].start, cells[-1].start) > 0
        step = width if lines and width and len(cells) > width and len(cells) % width == 0 else len(cells)
        for begin in range(0, len(cells), step):
            part = cells[begin : begin + step]
            yield _Record(part, part[0].start - 1 if begin else record.start, part[-1].end)


def _header_width(cells: Sequence[Span]) -> int | None:
    """Return how many of the first cells are a header, None if they are none.

    A block of its own is a header whole; where rows follow undivided, it is as many cells as divide the block
    evenly, with the fewest unknown names.
    """
    names = [cell.text for cell in cells]
    if len(names) <= _WIDEST and (found := read_header(names)) and _is_strict(names, found):
        return len(names)
    widths = {
        width: found
        for width in range(2, _WIDEST + 1)
        if len(names) % width == 0 and (found := read_header(names[:width])) and _is_strict(names[:width], found)
    }
    return min(widths, key=lambda width: (widths[width].unknown, -width), default=None)


def _begins_line(text: str, cell: Span) -> bool:
    """Return whether nothing but white space is before `cell` on its line."""
    return not text[text.rfind("\n", 0, cell.start) + 1 : cell.start].strip()


def _lines_of(span: Span) -> Iterator[Span]:
    begin = 0
    for line in span.text.split("\n"):
        piece = trimmed(span.text, begin, begin + len(line))
        if piece.text:
            yield Span(piece.text, span.start + piece.start, span.start + piece.end)
        begin += len(line) + 1


def _line_records(text: str, delimiter: str) -> list[_Record]:
    """Return the cells of each line; the empty cells outside the outer bars of | a | b | are dropped."""
    records: list[_Record] = []
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        if line.strip() and not _RULE.fullmatch(line):
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
            records.append(_Record(tuple(cells), begin, end))
        begin = end + 1
    return records


def _tables(text: str, records: Sequence[_Record], named: Mapping[str, Column] | None) -> tuple[Table, ...]:
    found: list[Table] = []
    place, free = 0, 0
    while place < len(records):
        opened = _header_at(records, place, named)
        if opened is None:
            place += 1
            continue
        header, names, first = opened
        last = first
        while last < len(records) and not _header_at(records, last, named):
            last += 1
        body = records[first:last]
        above = _above(text[free : records[place].start])
        table = _with_rows(header, names, body, above, (records[place].start, records[first - 1].end))
        found.append(table)
        free = max(end for _, end in table.claimed)
        # Copies of the header, as a table has at the top of each page, go on with the same table.
        place = last
    return tuple(_rejoined(found))


def _header_at(
    records: Sequence[_Record], place: int, named: Mapping[str, Column] | None
) -> tuple[Header, tuple[Span, ...], int] | None:
    """Return the header that begins with the record at `place`, its cells, and where its rows begin."""
    cells = records[place].cells
    if not 2 <= len(cells) <= _WIDEST or any(len(cell.text) > _LONGEST_NAME for cell in cells):
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
    if header is None or not (_is_strict(names, header) or _all_named(names, named)):
        return None
    return header, tuple(cells), place + 1


def _all_named(names: Sequence[str], named: Mapping[str, Column] | None) -> bool:
    told = {re.sub(r"\s+", "", name) for name in named or {}}
    return sum(re.sub(r"\s+", "", name) in told for name in names) >= 2


def _is_strict(names: Sequence[str], header: Header) -> bool:
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
        if header and len(own) * 2 > len(split) and not header.unknown and _is_strict(names, header):
            cells = tuple(bottom if bottom.text else top for top, bottom in pairs)
            # Of several ways to put the one under the other, the rows below tell which is right.
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


def _with_rows(
    header: Header, names: tuple[Span, ...], body: Sequence[_Record], above: tuple[str, ...], own: tuple[int, int]
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


def _filled(record: _Record) -> int:
    return sum(bool(cell.text) for cell in record.cells)


def _heads_rows(words: str, rows_follow: bool) -> bool:
    """Return whether a line alone between rows heads those below it: no page number, note, caption or sentence."""
    if _PAGE.fullmatch(words) or _NOTE.match(words) or _CAPTION.match(words) or is_nothing(words):
        return False
    return rows_follow and len(words) <= _LONGEST_HEADING and "。" not in words


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


def _single_cell_tables(text: str, named: Mapping[str, Column] | None) -> tuple[Table, ...]:
    """Read cells that are one a line without any mark, as they are left where the tags of a page are stripped."""
    lines = [_without_bar(line) for line in _lines_of(Span(text, 0, len(text)))]
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
        above = _above(text[free : names[0].start])
        table = _with_rows(header, names, body, above, (names[0].start, names[-1].end))
        found.append(table)
        free = max(end for _, end in table.claimed)
        place = last
    return tuple(found)


def _header_run(lines: Sequence[Span], place: int, named: Mapping[str, Column] | None) -> int:
    """Return how many lines from `place` on are the names of a header's columns, 0 if they are none."""
    if len(lines[place].text) > 20 or not known_names([lines[place].text]):
        return 0
    for width in range(min(_WIDEST, len(lines) - place), 2, -1):
        names = [line.text for line in lines[place : place + width]]
        if any(len(name) > 20 or _TITLE.search(name) for name in names):
            continue
        header = read_header(names, (), named)
        if header and header.unknown == 0 and _is_strict(names, header):
            return width
    return 0


def _numbered_records(text: str, lines: Sequence[Span], header: Header) -> Iterator[_Record]:
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
        yield from (_Record((line,), line.start, line.end) for line in lines[: starts[0]])
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
            yield _Record(cells, chunk[0].start, chunk[-1].end)
        for line in trailing:
            yield _Record((line,), line.start, line.end)


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


def _above(text: str) -> tuple[str, ...]:
    lines = (line.strip(" \t\u3000#*|｜│┃") for line in text.split("\n"))
    return tuple(line for line in lines if line and not _RULE.fullmatch(line))
