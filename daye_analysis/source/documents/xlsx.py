"""A list in a spreadsheet: the rows of its sheets flattened, one sheet after the other."""

from __future__ import annotations

import zipfile
from pathlib import Path

from daye_analysis.errors import NotReadable, Refused
from daye_analysis.source.documents.docx import LARGEST
from daye_analysis.source.documents.flattened import flattened
from daye_analysis.source.documents.html import LARGEST_TABLE
from daye_analysis.source.problems import source_problem


def xlsx_text(path: Path) -> str:
    """Return the text of the sheets; what a merged cell says is in its first place.

    Needs python-calamine. Raises NotReadable (`source.file-not-found`, `source.xlsx-unreadable`,
    `source.xlsx-library-missing`, `source.hidden-sheet`) and Refused (`source.docx-too-large`,
    `source.table-too-large`).
    """
    return "\n".join(flattened(rows) for rows in _sheets(path))


def xlsx_rows(path: Path) -> list[list[str]]:
    """Return the rows of the first sheet that is not empty; raises what `xlsx_text` raises."""
    return next(iter(_sheets(path)), [])


def _sheets(path: Path) -> list[list[list[str]]]:
    if not path.is_file():
        raise NotReadable(source_problem("file-not-found", path.name))
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise NotReadable(source_problem("xlsx-library-missing", path.name)) from error
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST:
            raise Refused(source_problem("docx-too-large", path.name, found=size))
        book = calamine.CalamineWorkbook.from_path(path)
        sheets = [(sheet, book.get_sheet_by_name(sheet.name)) for sheet in book.sheets_metadata]
    except (calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise NotReadable(source_problem("xlsx-unreadable", path.name)) from error
    found: list[list[list[str]]] = []
    for about, sheet in sheets:
        if sheet.total_height * sheet.total_width > LARGEST_TABLE:
            cells = sheet.total_height * sheet.total_width
            raise Refused(source_problem("table-too-large", path.name, found=cells, limit=LARGEST_TABLE))
        rows = [[_shown(cell) for cell in row] for row in sheet.to_python()]
        if not any(any(row) for row in rows):
            continue
        if about.visible != calamine.SheetVisibleEnum.Visible:
            raise NotReadable(source_problem("hidden-sheet", f"{path.name}:{about.name}"))
        found.append(rows)
    return found


def _shown(cell: object) -> str:
    """Return a cell as it is most likely printed: whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
