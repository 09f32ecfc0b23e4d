"""Read the table of a reply from XLSX or DOCX, as the text that was filled in."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, NotReadable, Refused
from daye_analysis.package.export.extra import need_extra
from daye_analysis.package.formatting import number_words
from daye_analysis.package.request.messages import COLUMNS, FILLED_IN, REQUEST_PROBLEMS
from daye_analysis.problem_messages import whole, worded
from daye_analysis.source.documents.word_markup import marked_styles, word_markup
from daye_analysis.source.documents.workbook import workbook_markup
from daye_analysis.storage.files import regular_file

# A request of forty targets over ten years has 400 rows, 12 columns and less than 1 MB.
_LARGEST = 16 * 1024 * 1024
MOST_ROWS = 2000
MOST_COLUMNS = 100
_SPACE = re.compile(r"\s+")
_COMMENT = Text("批注", "a comment")


class _Cell(NamedTuple):
    text: str
    where: str
    is_percent: bool = False
    is_hidden: bool = False
    is_merged: bool = False


@dataclass(frozen=True, slots=True)
class FilledInRow:
    """One row of a reply: `cells` by column, the place of each (`places`), and whether its value is a cell of per cent."""

    cells: dict[str, str]
    places: dict[str, str]
    is_percent: bool

    @property
    def where(self) -> str:
        """The place of its value."""
        return self.places["value"]


def _tidy(text: str) -> str:
    """Return `text` in composed characters, on one line, with single spaces."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_words(value)
    return _tidy(str(value))


def _columns(row: Sequence[str]) -> dict[str, int] | None:
    """Return the position of each column if `row` is the heading row: a heading ends in its English word."""
    endings = {_tidy("\n".join(words)): name for name, (words, _) in COLUMNS.items()}
    found = {endings[text]: place for place, text in enumerate(row) if text in endings}
    return found if len(found) == len(COLUMNS) else None


def _workbook_rows(path: Path) -> Iterator[list[_Cell]]:
    """Yield the cells of every row of every sheet."""
    import openpyxl

    markup = workbook_markup(path)
    for title in markup.without_cells:
        raise CheckFailed(worded(REQUEST_PROBLEMS, "request.chart-sheet", f"{path.name}:{title}"))
    for rows, columns in markup.extents.values():
        _refuse_too_many(path, rows, columns)
    others = [each.finding for each in markup.numbers.values() if not (each.is_as_stored or each.is_percent)]
    for found in (*markup.unlike, *others):
        raise _markup(f"{path.name}:{found.where.rpartition('!')[2]}", found.holds)
    # A formula's cell holds what the program that saved the file had computed. Read whole: what the file itself says of its
    # extent may be stale.
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            raise CheckFailed(worded(REQUEST_PROBLEMS, "request.hidden-sheet", f"{path.name}:{sheet.title}"))
        _refuse_too_many(path, sheet.max_row, sheet.max_column)
        # As in Word, cells merged over rows say the same in each.
        merged = {
            (row, each.min_col): sheet.cell(each.min_row, each.min_col)
            for each in sheet.merged_cells.ranges
            if each.max_row > each.min_row
            for row in range(each.min_row, each.max_row + 1)
        }
        for row in sheet.iter_rows():
            cells = []
            for cell in row:
                where, place = f"{path.name}:{cell.coordinate}", (sheet.title, cell.row, cell.column)
                if cell.comment is not None:
                    raise _markup(where, _COMMENT)
                shown = merged.get((cell.row, cell.column), cell)
                number = markup.numbers.get((sheet.title, shown.row, shown.column))
                is_percent = number is not None and number.is_percent
                cells.append(
                    _Cell(_cell_text(shown.value), where, is_percent, place in markup.hidden, place[1:] in merged)
                )
            yield cells
    book.close()


def _document_rows(path: Path) -> Iterator[list[_Cell]]:
    import docx
    from docx.oxml.ns import qn
    from docx.table import _Cell as WordCell

    document = docx.Document(str(path))
    styles = marked_styles(document)
    for part in document.element.body:
        if part.tag != qn("w:tbl") and next(part.iter(qn("w:tbl")), None) is not None:
            raise _markup(path.name, word_markup(part, styles=styles) or "")
    for number, table in enumerate(document.tables, start=1):
        widest = max((sum(_left_out(tr)) + sum(tc.grid_span for tc in tr.tc_lst) for tr in table._tbl.tr_lst), default=0)
        _refuse_too_many(path, len(table._tbl.tr_lst), widest)
        above: dict[int, str] = {}
        # By the XML's own cells: python-docx lays out the whole grid for each row.
        for at, row in enumerate(table._tbl.tr_lst, start=1):
            where = f"{path.name}:table {number} row {at}"
            before, after = _left_out(row)
            cells = [_Cell("", f"{where} column {column}") for column in range(1, before + 1)]
            for element in row.tc_lst:
                if found := word_markup(element, styles=styles):
                    raise _markup(f"{where} column {len(cells) + 1}", found)
                goes_on = element.vMerge == "continue"
                text = above.get(len(cells), "") if goes_on else _tidy(WordCell(element, table).text)
                for column in range(len(cells), len(cells) + element.grid_span):
                    above[column] = text
                    cells.append(_Cell(text, f"{where} column {column + 1}", is_merged=element.vMerge is not None))
            cells += [_Cell("", f"{where} column {len(cells) + each}") for each in range(1, after + 1)]
            if found := word_markup(row, styles=styles):
                raise _markup(where, found)
            yield cells
        if found := word_markup(table._tbl, styles=styles):
            raise _markup(f"{path.name}:table {number}", found)


def _left_out(row: Any) -> tuple[int, int]:
    """Return how many columns a Word row leaves out before its first and after its last cell."""
    return row.grid_before, row.grid_after


def _markup(where: str, found: Text | str) -> CheckFailed:
    return CheckFailed(worded(REQUEST_PROBLEMS, "request.markup", where, found=found))


def _refuse_too_many(path: Path, rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        found = {"rows": rows, "columns": columns, "most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
        raise Refused(worded(REQUEST_PROBLEMS, "request.too-many-cells", path.name, **found))


def _refuse_too_big(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _LARGEST:
        raise Refused(worded(REQUEST_PROBLEMS, "request.too-big", path.name, limit=_LARGEST))


def _refuse_outside(row: Sequence[_Cell], columns: Mapping[str, int], width: int) -> None:
    """Refuse a row whose cells are not those below the headings, or that says something beside them."""
    if len(row) != width:
        first = next(cell for cell in row if cell.text)
        raise CheckFailed(worded(REQUEST_PROBLEMS, "request.row-cells", first.where, found=len(row), wanted=width))
    for place, cell in enumerate(row):
        if cell.text and place not in columns.values():
            raise CheckFailed(worded(REQUEST_PROBLEMS, "request.outside-form", cell.where, found=cell.text))


def filled_in_rows(path: Path) -> list[FilledInRow]:
    """Return the rows below the headings of the request in `path` (.xlsx or .docx), filled in or not.

    Raises NotReadable (`request.not-readable`), Refused (`request.too-big`, `request.too-many-cells`), CheckFailed
    (`request.no-table`, `request.hidden-sheet`, `request.hidden-cell`, `request.markup`, `request.merged-value`,
    `request.row-cells`, `request.outside-form`).
    """
    need_extra("openpyxl", "docx")
    readers = {".xlsx": _workbook_rows, ".docx": _document_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise NotReadable(worded(REQUEST_PROBLEMS, "request.not-readable", path.name, found=path.suffix))
    try:
        regular_file(path)
    except OSError as error:
        raise NotReadable(
            worded(REQUEST_PROBLEMS, "request.not-readable", path.name, found=whole(error.strerror or error))
        ) from error
    try:
        _refuse_too_big(path)
        rows = list(reader(path))
    except (CheckFailed, Refused):
        raise
    except Exception as error:  # a damaged file fails anywhere in the libraries that read it
        raise NotReadable(
            worded(REQUEST_PROBLEMS, "request.not-readable", path.name, found=type(error).__name__)
        ) from error
    columns: dict[str, int] | None = None
    width = 0
    found: list[FilledInRow] = []
    for row in rows:
        texts = [cell.text for cell in row]
        heading = _columns(texts)
        if heading:
            columns = heading
            width = len(row)
        elif columns and any(texts):
            _refuse_outside(row, columns, width)
            cells = {name: texts[place] for name, place in columns.items()}
            for name in FILLED_IN:
                if (cell := row[columns[name]]).is_hidden and cell.text:
                    raise CheckFailed(worded(REQUEST_PROBLEMS, "request.hidden-cell", cell.where))
            if (cell := row[columns["value"]]).is_merged and cell.text:
                raise CheckFailed(worded(REQUEST_PROBLEMS, "request.merged-value", cell.where, found=cell.text))
            places = {name: row[place].where for name, place in columns.items()}
            found.append(FilledInRow(cells, places, row[columns["value"]].is_percent))
    if columns is None:
        raise CheckFailed(worded(REQUEST_PROBLEMS, "request.no-table", path.name))
    return found
