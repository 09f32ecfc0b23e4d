"""The package as one XLSX workbook: a sheet that explains it, one sheet a table, one for the codes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed
from daye_analysis.package.definition import EXPORTED_TABLES, Field, Metadata, Table
from daye_analysis.package.describe.citation import citation_line
from daye_analysis.package.describe.licences import OFFICIAL_WORDING
from daye_analysis.package.export.cell_types import table_rows
from daye_analysis.package.export.messages import EXPORT_PROBLEMS
from daye_analysis.package.export.overview_sheets import OVERVIEW_TEXT, OVERVIEWS, write_overview
from daye_analysis.package.export.summary import ExportRow
from daye_analysis.package.formatting import text_columns
from daye_analysis.problem_messages import worded

if TYPE_CHECKING:
    import pandas as pd

EXPLANATION = "说明"
CODES = "代码"
_WIDEST = 48
_SAMPLED_ROWS = 200
# A sheet has 2^20 rows, and one is the heading.
_MOST_ROWS = 1_048_575
# What a cell can hold.
_LONGEST_TEXT = 32_767
# With more rows, each is written to disk as soon as it is whole.
_LARGE = 50_000
_READ_ME = (
    Text("每张工作表是一个表，首行为字段名；空单元格表示没有。", "Each sheet is one table with field names in its first row; an empty cell means that there is nothing."),
    Text("数值照来源所印，单位见 unit_code；多数目标在可查阅范围内未见同口径公开数据，没有数据不等于没有完成。",
         "Numbers are as their sources printed them, in the unit that unit_code names; for most targets no comparable figure "
         "was found in the sources that could be read, which is no sign of failure."),
)  # fmt: skip


class _Book:
    """An open workbook with the few formats that it needs."""

    def __init__(self, path: Path, metadata: Metadata, large: bool) -> None:
        import xlsxwriter

        self._path, self._content = path, io.BytesIO()
        self.book: Any = xlsxwriter.Workbook(self._content, {"constant_memory": large, "tmpdir": str(path.parent)})
        created = dt.datetime.fromisoformat(metadata.released_on)
        self.book.set_properties(
            {"title": metadata.title.zh, "author": metadata.publisher.zh, "created": created}
        )
        self.heading = self.book.add_format({"bold": True, "bg_color": "#DCE6F1", "valign": "top"})
        self.wrapped_heading = self.book.add_format({"bold": True, "bg_color": "#DCE6F1", "valign": "top", "text_wrap": True})
        self.date = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.title = self.book.add_format({"bold": True, "font_size": 14})

    def close(self) -> None:
        """Write the workbook; OSError where that fails."""
        import xlsxwriter

        try:
            self.book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(*error.args[0].args) from error
        # Only now: XlsxWriter leaves an archive that it could not write open, and Python complains of it at some later time.
        self._path.write_bytes(self._content.getvalue())

    def text_rows(self, sheet: Any, start: int, rows: Sequence[tuple[str, ...]], first: Any = None) -> int:
        """Write rows of text from row `start`, the first in format `first`; return the next free row."""
        for offset, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(start + offset, column, text, first if offset == 0 else self.wrapped)
        return start + len(rows)


def _explain(book: _Book, metadata: Metadata) -> None:
    sheet = book.book.add_worksheet(EXPLANATION)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 5, 40)
    at = book.text_rows(sheet, 0, [(metadata.title.zh,), (metadata.title.en,)], book.title) + 1
    about = [
        ("版本 version", metadata.version),
        ("标识 identifier", metadata.id),
        ("网站 site", metadata.homepage),
        ("内容", metadata.description.zh),
        ("content", metadata.description.en),
        ("用法", "\n".join(each.zh for each in _READ_ME)),
        ("how to read", "\n".join(each.en for each in _READ_ME)),
        ("引用 how to cite", "\n".join(citation_line(metadata))),
        ("许可 licence", "\n".join(OFFICIAL_WORDING)),
    ]
    for label, day in (("发布日 released on", metadata.released_on), ("数据查找截止日 figures searched for until", metadata.compiled_on)):
        sheet.write_string(at, 0, label, book.wrapped)
        sheet.write_datetime(at, 1, dt.datetime.fromisoformat(day), book.date)
        at += 1
    for label, text in ((label, text) for label, text in about if text):
        sheet.write_string(at, 0, label, book.wrapped)
        sheet.merge_range(at, 1, at, 5, "", book.wrapped)
        sheet.write_string(at, 1, text, book.wrapped)
        lines = sum(1 + text_columns(line) // 170 for line in text.split("\n"))
        sheet.set_row(at, 15 * lines)
        at += 1
    tables = [("工作表 sheet", "表", "table", "内容", "content")]
    tables += [(name, *name_of, *about_it) for name, name_of, about_it in OVERVIEW_TEXT]
    tables += [(t.name, t.title.zh, t.title.en, t.description.zh, t.description.en) for t in EXPORTED_TABLES]
    at = book.text_rows(sheet, at + 1, tables, book.heading) + 1
    fields = [("表 table", "字段 field", "名称", "title", "说明", "description")]
    fields += [
        (table.name, field.name, *field.title, *field.description)
        for table in EXPORTED_TABLES
        for field in table.fields
    ]
    book.text_rows(sheet, at, fields, book.heading)


def _codes(book: _Book) -> None:
    sheet = book.book.add_worksheet(CODES)
    sheet.set_column(0, 4, 20)
    sheet.set_column(5, 6, 50)
    rows = [("表 table", "字段 field", "代码 code", "标签", "label", "含义", "meaning")]
    rows += [
        (table.name, field.name, code.value, *code.label, *code.meaning)
        for table in EXPORTED_TABLES
        for field in table.fields
        for code in (field.codes.codes if field.codes else ())
    ]
    book.text_rows(sheet, 0, rows, book.heading)
    sheet.freeze_panes(1, 0)


def _column_width(field: Field, sample: pd.DataFrame) -> int:
    widest = max([text_columns(field.name) + 2, *(text_columns(value) for value in sample[field.name].dropna())])
    return 12 if field.type == "date" else min(widest + 2, _WIDEST)


def _table(book: _Book, table: Table, frame: pd.DataFrame) -> None:
    """Make the sheet of `table`: text is text whatever it looks like."""
    sheet = book.book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(frame), len(table.fields) - 1)
    sample = frame.iloc[:_SAMPLED_ROWS]
    for column, field in enumerate(table.fields):
        sheet.set_column(column, column, _column_width(field, sample))
        sheet.write_string(0, column, field.name, book.heading)

    def write_date(row: int, column: int, day: str) -> int:
        return int(sheet.write_datetime(row, column, dt.date.fromisoformat(day), book.date))

    writers = {"string": sheet.write_string, "boolean": sheet.write_boolean, "date": write_date}
    columns = [(column, writers.get(field.type, sheet.write_number)) for column, field in enumerate(table.fields)]
    for at, row in enumerate(table_rows(table, frame), start=1):
        for (column, write), value in zip(columns, row, strict=True):
            if value is not None and write(at, column, value):
                found = {"table": table.name, "found": len(value), "limit": _LONGEST_TEXT}
                raise CheckFailed(worded(EXPORT_PROBLEMS, "export.text-too-long", f"{table.path}:{at + 1}", **found))


def write_xlsx(
    tables: Mapping[str, pd.DataFrame], metadata: Metadata, path: Path, views: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
) -> None:
    """Write the workbook to `path`: the same bytes for the same tables and metadata.

    `views` are rows of the SQLite export's views by name; each has a sheet with headings in both languages.

    Raises CheckFailed (`export.too-many-rows`, `export.text-too-long`) where a table has more than a sheet can hold.
    """
    for table in EXPORTED_TABLES:
        if len(tables[table.name]) > _MOST_ROWS:
            found = {"table": table.name, "found": len(tables[table.name]), "limit": _MOST_ROWS}
            raise CheckFailed(worded(EXPORT_PROBLEMS, "export.too-many-rows", table.path, **found))
    book = _Book(path, metadata, large=sum(map(len, tables.values())) > _LARGE)
    _explain(book, metadata)
    for name, (sheet, columns) in OVERVIEWS.items():
        if views is not None:
            write_overview(book, sheet, columns, views[name])
    for table in EXPORTED_TABLES:
        _table(book, table, tables[table.name])
    _codes(book)
    book.close()


def read_xlsx(path: Path, table: Table) -> Iterator[ExportRow]:
    """Yield the rows of the sheet of `table`, read by another library than the one that wrote it."""
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(table.name)
    rows = sheet.iter_rows()
    header = next(rows)
    if header != list(table.field_names):
        raise ValueError(f"sheet {table.name} has columns {header}")
    yield from rows
