"""Read a list in a spreadsheet: the rows of its sheets flattened, one sheet after the other."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from daye_analysis.errors import CheckFailed, DayeError, NotReadable, Refused
from daye_analysis.source.documents.docx import refuse_huge
from daye_analysis.source.documents.flattened import flattened
from daye_analysis.source.documents.html import LARGEST_TABLE
from daye_analysis.source.documents.list_file import require_file
from daye_analysis.source.documents.workbook import Finding, FormattedNumber, Markup, workbook_markup
from daye_analysis.source.problems import source_problem

# Rows and cells of a sheet's XML, and where a cell says that it is.
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")


def xlsx_text(path: Path) -> str:
    """Return the text of the sheets; what a merged cell says is in its first place, and a number is as it is shown (98.5% for 0.985).

    Needs python-calamine. Raises NotReadable (`source.file-not-found`, `source.xlsx-unreadable`,
    `source.xlsx-library-missing`, `source.hidden-sheet`), CheckFailed (`source.xlsx-markup`) and Refused (`source.docx-too-large`,
    `source.table-too-large`).
    """
    return "\n".join(flattened(rows) for rows in _sheets(path))


def xlsx_rows(path: Path) -> list[list[str]]:
    """Return the rows of the first sheet that is not empty; raises what `xlsx_text` raises."""
    return next(iter(_sheets(path)), [])


def _sheets(path: Path) -> list[list[list[str]]]:
    require_file(path)
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise NotReadable(source_problem("xlsx-library-missing", path.name)) from error
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_huge(archive, path.name)
            for name in archive.namelist():
                if b"sheetData" in (content := archive.read(name)):
                    _refuse_too_large(content, path)
        is_excel = path.suffix.lower() in (".xlsx", ".xlsm")
        markup = workbook_markup(path) if is_excel else Markup()
        for found in (*markup.unlike, *markup.hidden.values()):
            raise _unlike_excel(path, found)
        book = calamine.CalamineWorkbook.from_path(path)
        sheets = [(sheet, book.get_sheet_by_name(sheet.name)) for sheet in book.sheets_metadata]
    except DayeError:
        raise
    except Exception as error:  # a damaged file fails anywhere in the library that reads it
        raise NotReadable(source_problem("xlsx-unreadable", path.name)) from error
    full: list[list[list[str]]] = []
    for about, sheet in sheets:
        top, left = sheet.start or (0, 0)
        rows = [
            [markup.numbers.get((about.name, y, x)) or _shown(cell) for x, cell in enumerate(row, start=left + 1)]
            for y, row in enumerate(sheet.to_python(), start=top + 1)
        ]
        if not any(any(row) for row in rows):
            continue
        if about.visible != calamine.SheetVisibleEnum.Visible:
            raise NotReadable(source_problem("hidden-sheet", f"{path.name}:{about.name}"))
        full.append([[_readable(path, cell) for cell in row] for row in rows])
    return full


def _readable(path: Path, cell: str | FormattedNumber) -> str:
    if isinstance(cell, str):
        return cell
    if cell.shown is None:
        raise _unlike_excel(path, cell.finding)
    return cell.shown if "%" in cell.shown else cell.shown.replace(",", "")


def _unlike_excel(path: Path, found: Finding) -> CheckFailed:
    return CheckFailed(source_problem("xlsx-markup", f"{path.name}:{found.where}", found=found.holds))


def _refuse_too_large(sheet: bytes, path: Path) -> None:
    """Refuse a sheet by its own XML: the library makes a cell of every place up to the last one that is used."""
    rows = columns = 0
    for part in _ROW.split(sheet)[1:]:
        rows += 1
        columns = max(columns, len(_CELL.findall(part)))
    for match in _REFERENCE.finditer(sheet):
        column = 0
        for letter in match[1]:
            column = column * 26 + letter - ord("A") + 1
        rows, columns = max(rows, int(match[2])), max(columns, column)
    if rows * columns > LARGEST_TABLE:
        raise Refused(source_problem("table-too-large", path.name, found=rows * columns, limit=LARGEST_TABLE))


def _shown(cell: object) -> str:
    """Return a cell as it is most likely printed: whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
