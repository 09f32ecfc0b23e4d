"""A table or a chart as a Word document of its own."""

from __future__ import annotations

import io
from typing import Any, Final

from daye_analysis.charts.saving.pictures import png
from daye_analysis.charts.saving.shown import MOST_UPRIGHT, NO_DATE, Chart, Table, shares, sides
from daye_analysis.package.export.extra import need_extra
from daye_analysis.package.request.document import without_clock

_SMALL: Final = 9.0  # points


def table_document(table: Table) -> bytes:
    """Return the table with its caption above and its source below; headings are repeated on each page."""
    document = _document(table.caption, lying=len(table.frame.columns) > MOST_UPRIGHT)
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    aligned = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
    if table.caption:
        document.add_paragraph().add_run(table.caption).bold = True
    rows = table.rows()
    grid = document.add_table(0, len(rows[0]), "Table Grid")
    # Word reads a cell's width and LibreOffice the column's.
    widths = [int(share * _between_margins(document)) for share in shares(table)]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for place, row in enumerate(rows):
        if place - 1 in table.groups:
            heading = grid.add_row().cells
            _write(heading[0].merge(heading[-1]).paragraphs[0], table.groups[place - 1], bold=True)
        for text, cell, side, width in zip(row, grid.add_row().cells, sides(table), widths, strict=True):
            cell.width = width
            _write(cell.paragraphs[0], text, bold=place == 0)
            cell.paragraphs[0].alignment = aligned[side]
    _repeat_on_each_page(grid.rows[0])
    if table.source:
        _write(document.add_paragraph(), table.source)
    return _bytes(document)


def chart_document(chart: Chart) -> bytes:
    """Return the chart as a picture with its alternative text, its caption below it."""
    document = _document(chart.caption)
    picture = document.add_picture(io.BytesIO(png(chart)), width=_between_margins(document))
    about = picture._inline.docPr
    about.set("descr", chart.alt)
    about.set("title", chart.caption)
    if chart.caption:
        document.add_paragraph().add_run(chart.caption).bold = True
    return _bytes(document)


def _document(title: str, *, lying: bool = False) -> Any:
    """Return an empty document on A4, upright or lying."""
    need_extra("docx")
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if lying else (Mm(210), Mm(297))
    section.left_margin = section.right_margin = Mm(20)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = NO_DATE
    return document


def _between_margins(document: Any) -> int:
    section = document.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _write(paragraph: Any, text: str, *, bold: bool = False) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(_SMALL), bold


def _repeat_on_each_page(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _bytes(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())
