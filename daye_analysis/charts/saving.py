"""Charts and tables as files to take along: PNG, SVG and PDF; Excel, CSV, Markdown and Word."""

from __future__ import annotations

import csv
import datetime as dt
import io
import numbers
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

import pandas as pd

from daye_analysis.charts.drawing.style import style
from daye_analysis.charts.drawing.text_size import text_width
from daye_analysis.charts.problems import CHART_PROBLEMS
from daye_analysis.errors import InfrastructureFailed, WrongUsage
from daye_analysis.package.export.extra import need_extra
from daye_analysis.package.export.zip_archive import EARLIEST
from daye_analysis.package.request.document import without_clock
from daye_analysis.problem_messages import worded
from daye_analysis.storage.files import replace_file

DOTS_PER_INCH: Final = 200
# What Office formats want a date for; the same in every file.
_EARLIEST: Final = dt.datetime(*EARLIEST)
_WIDEST_COLUMN: Final = 60.0  # characters
_SHEET_NAME: Final = 31  # characters that Excel allows
_Shown = TypeVar("_Shown")


class Chart(Protocol):
    """A chart that can be drawn again, with its words."""

    @property
    def alt(self) -> str:
        """All that it shows, in words."""

    @property
    def caption(self) -> str:
        """Its title."""

    @property
    def draw(self) -> Callable[..., None]:
        """Draws it, with the arguments of matplotlib's `savefig`."""


class Table(Protocol):
    """A table with the words of its cells."""

    @property
    def frame(self) -> pd.DataFrame:
        """Its cells."""

    @property
    def caption(self) -> str:
        """Its title, which may be empty."""

    @property
    def align(self) -> Mapping[str, str]:
        """The columns that are not left-aligned, by name."""

    def rows(self) -> list[list[str]]:
        """Return the headings and the rows, every cell in words."""


def save_picture(picture: Chart, path: Path) -> Path:
    """Write a chart to `path` as PNG, SVG or PDF; raises as `Picture.save`."""
    return _save(picture, path, {".png": _png, ".svg": _svg, ".pdf": _pdf})


def save_table(table: Table, path: Path) -> Path:
    """Write a table to `path` as Excel, CSV, Markdown or Word; raises as `PrintTable.save`."""
    return _save(table, path, {".xlsx": lambda each: workbook([each]), ".csv": _csv, ".md": _markdown, ".docx": _word})


def _save(shown: _Shown, path: Path, writers: Mapping[str, Callable[[_Shown], bytes]]) -> Path:
    """Make the file's bytes first and replace it in one step, so that a fault leaves what was there."""
    write = writers.get(path.suffix.lower())
    if write is None:
        raise WrongUsage(worded(CHART_PROBLEMS, "save.unknown-format", path.name, found=path.suffix or path.name, known=tuple(writers)))
    content = write(shown)
    try:
        replace_file(path, content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InfrastructureFailed(worded(CHART_PROBLEMS, "save.not-writable", path.name, reason=reason)) from error
    return path


def _png(picture: Chart) -> bytes:
    return _drawn(picture, "png", {"Software": None, "Title": picture.caption, "Description": picture.alt}, dpi=DOTS_PER_INCH)


def _svg(picture: Chart) -> bytes:
    """Return the chart with its words as outlines, since no program but a browser reads fonts within an SVG."""
    about = {"Title": picture.caption, "Description": picture.alt, "Date": None, "Creator": None}
    return _drawn(picture, "svg", about, {"svg.fonttype": "path"})


def _pdf(picture: Chart) -> bytes:
    about = {"Title": picture.caption, "Subject": picture.alt, "CreationDate": None, "Creator": None, "Producer": None}
    return _drawn(picture, "pdf", about, {"pdf.fonttype": 42})


def _drawn(picture: Chart, kind: str, about: Mapping[str, object], settings: Mapping[str, object] | None = None, **more: Any) -> bytes:
    from matplotlib import rc_context

    out = io.BytesIO()
    wanted: Any = settings or {}
    with style(), rc_context(wanted):
        picture.draw(out, format=kind, metadata=about, **more)
    return out.getvalue()


def workbook(tables: Sequence[Table], names: Sequence[str] = ()) -> bytes:
    """Return tables as one Excel file, a sheet each: its caption, then its rows; text is never taken for a formula.

    Parameters
    ----------
    names
        Those of the sheets; numbers where none are given.
    """
    need_extra("xlsxwriter")
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": tables[0].caption if len(tables) == 1 else "", "created": _EARLIEST})
        title, head = book.add_format({"bold": True}), book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {side: book.add_format({"text_wrap": True, "valign": "top", "align": side}) for side in ("left", "center", "right")}
        for place, table in enumerate(tables):
            sheet = book.add_worksheet(names[place][:_SHEET_NAME] if names else None)
            first = 0
            if table.caption:
                sheet.write_string(0, 0, table.caption, title)
                first = 2
            rows = table.rows()
            for at, column in enumerate(table.frame.columns):
                across = formats[table.align.get(column, "left")]
                longest = max((text_width(line, 1.0) * 72 * 2 for row in rows for line in str(row[at]).split("\n")), default=0.0)
                sheet.set_column(at, at, min(max(longest + 1, 8.0), _WIDEST_COLUMN))
                sheet.write_string(first, at, rows[0][at], head)
                for down, value in enumerate(table.frame.iloc[:, at], 1):
                    if not rows[down][at]:
                        sheet.write_blank(first + down, at, None, across)
                    elif isinstance(value, numbers.Real) and not isinstance(value, bool):
                        sheet.write_number(first + down, at, float(value), across)
                    else:
                        sheet.write_string(first + down, at, rows[down][at], across)
            sheet.freeze_panes(first + 1, 0)
    return out.getvalue()


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table.rows())
    # Without the mark Excel takes UTF-8 for the system's own encoding; other readers skip it.
    return out.getvalue().encode("utf-8-sig")


def _markdown(table: Table) -> bytes:
    marks = {"left": "---", "center": ":-:", "right": "--:"}
    rows = [[each.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for each in row] for row in table.rows()]
    under = [marks[table.align.get(column, "left")] for column in table.frame.columns]
    lines = [f"| {' | '.join(row)} |" for row in (rows[0], under, *rows[1:])]
    return "\n".join([*([table.caption, ""] if table.caption else []), *lines, ""]).encode()


def _word(table: Table) -> bytes:
    need_extra("docx")
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    sides = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
    document, rows = docx.Document(), table.rows()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = table.caption, "", ""
    properties.created = properties.modified = _EARLIEST
    if table.caption:
        document.add_paragraph().add_run(table.caption).bold = True
    grid = document.add_table(len(rows), len(rows[0]), "Table Grid")
    for down, (row, cells) in enumerate(zip(rows, grid.rows, strict=True)):
        for column, text, cell in zip(table.frame.columns, row, cells.cells, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = sides[table.align.get(column, "left")]
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(9), down == 0
    # A table over several pages repeats its headings.
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())
