"""A data request as a DOCX letter with a table to fill in."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from daye_analysis.package.export.zip_archive import EARLIEST
from daye_analysis.package.request.messages import COLUMNS, FILLED_IN, TITLE, heading
from daye_analysis.package.request.sheet import Sheet

_YELLOW = "FFF8D6"
_BLUE = "DCE6F1"
# The typeface that official letters use; where it is missing, the reader's program takes another.
_CHINESE = "仿宋"


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)


def _mark_row(row: Any, mark: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def _landscape_a4(document: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    style = document.styles["Normal"]
    style.font.size = Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE)


def _fill_table(document: Any, sheet: Sheet) -> None:
    from docx.shared import Mm, Pt

    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    total = sum(width for _, width in COLUMNS.values())
    widths = [Mm(267 * width / total) for _, width in COLUMNS.values()]
    # Word reads a cell's width and LibreOffice the column's.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    texts = [
        [heading(column) for column in COLUMNS],
        *([row[column] for column in COLUMNS] for row in sheet.rows),
    ]
    for place, row in enumerate(texts):
        cells = table.rows[0].cells if place == 0 else table.add_row().cells
        for cell, text, name, width in zip(cells, row, COLUMNS, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(5.5 if name == "key" and place else 7.5)
            run.bold = place == 0
            if place == 0 or name in FILLED_IN:
                _shade(cell, _BLUE if place == 0 else _YELLOW)
        _mark_row(table.rows[place], "w:cantSplit")
    _mark_row(table.rows[0], "w:tblHeader")


def without_clock(content: bytes) -> bytes:
    """Return the .docx `content` without the clock that its entries carry."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return out.getvalue()


def letter_bytes(sheet: Sheet, author: str, day: dt.date) -> bytes:
    """Return `sheet` as .docx; `author` and `day` go into the file's properties, so that its bytes are the same."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = docx.Document()
    _landscape_a4(document)
    for text, size in zip(TITLE, (18, 10), strict=True):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), size > 10
    for words in (sheet.salutation, *sheet.paragraphs, sheet.closing):
        document.add_paragraph(words.zh).paragraph_format.space_after = Pt(0)
        document.add_paragraph().add_run(words.en).font.size = Pt(8.5)
    _fill_table(document, sheet)
    noon = dt.datetime(day.year, day.month, day.day, 12)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = TITLE.zh, author, author
    properties.comments, properties.created, properties.modified = "", noon, noon
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())
