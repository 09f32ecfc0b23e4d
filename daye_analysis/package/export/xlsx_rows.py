"""Filling the sheets of a finished workbook with many rows, each distinct value made into XML only once.

XlsxWriter takes some five microseconds a cell; a million observations have 17 million cells. So it makes the workbook
with its headings, widths and formats, and the rows of the tables are put into its sheets as text.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from daye_analysis.package.definition import Field, Table

if TYPE_CHECKING:
    import pandas as pd

_CHUNK = 20_000
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_DAY_ZERO = np.datetime64("1899-12-30", "D")
# What XML cannot hold, and what a spreadsheet would take for such a thing, is written as _xHHHH_.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NUMBER_FORMAT = re.compile(r'<numFmt numFmtId="([0-9]+)" formatCode="yyyy-mm-dd"/>')
_EMPTY = '"/>'


def _text(value: str) -> str:
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(value, quote=False))


def _cell(field: Field, value: Any, date_style: int) -> str:
    """Return the rest of a cell's XML after its address; text is a string whatever it looks like."""
    if field.type == "string":
        return f'" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    if field.type == "boolean":
        return f'" t="b"><v>{int(value)}</v></c>'
    if field.type == "date":
        day = int((np.datetime64(value, "D") - _DAY_ZERO) / np.timedelta64(1, "D"))
        return f'" s="{date_style}"><v>{day}</v></c>'
    return f'"><v>{value!r}</v></c>'


def _cells(field: Field, column: pd.Series, date_style: int) -> np.ndarray[Any, np.dtype[np.object_]]:
    import pandas as pd

    codes, distinct = pd.factorize(column)
    written = [_cell(field, value, date_style) for value in pd.Series(distinct).tolist()]
    # A missing value has code -1, which is the last.
    return np.array([*written, _EMPTY], dtype=object)[codes]


def _letters(place: int) -> str:
    """Return the letters of the column at `place`, counted from 0: A to Z, AA and on."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(65 + last)


def _row_text(table: Table, frame: pd.DataFrame, date_style: int) -> Iterator[bytes]:
    """Yield the XML of the rows of `frame`, which stand below one heading row, some thousands at a time."""
    addresses = [f'<c r="{_letters(place)}' for place in range(len(table.fields))]
    for start in range(0, len(frame), _CHUNK):
        part = frame.iloc[start : start + _CHUNK]
        numbers = [str(start + offset + 2) for offset in range(len(part))]
        strands: list[Any] = [repeat('<row r="'), numbers, repeat('">')]
        for field, address in zip(table.fields, addresses, strict=True):
            strands += [repeat(address), numbers, _cells(field, part[field.name], date_style).tolist()]
        rows = zip(*strands, repeat("</row>"), strict=False)
        yield "".join(map("".join, rows)).encode()


def _date_style(styles: str) -> int:
    """Return the place of the date format among the cell formats of `styles.xml`."""
    found = _NUMBER_FORMAT.search(styles)
    formats = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0]
    identifiers = re.findall(r'<xf numFmtId="([0-9]+)"', formats)
    return identifiers.index(found[1]) if found else 0


def fill_sheets(book: Path, sheets: Mapping[str, tuple[Table, pd.DataFrame]], destination: Path) -> None:
    """Copy the workbook `book` to `destination`, the rows of each table put below the heading of its sheet.

    `sheets` gives table and rows by the name of the sheet's part (`xl/worksheets/sheet2.xml`). Same bytes every time.
    """
    with (
        zipfile.ZipFile(book) as old,
        zipfile.ZipFile(destination, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        date_style = _date_style(old.read("xl/styles.xml").decode())
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            content = old.read(name)
            if name not in sheets:
                new.writestr(entry, content)
                continue
            table, frame = sheets[name]
            last = f"{_letters(len(table.fields) - 1)}{len(frame) + 1}"
            before, end, after = content.partition(b"</sheetData>")
            before = re.sub(rb'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{last}"/>'.encode(), before)
            with new.open(entry, "w", force_zip64=True) as part:
                part.write(before)
                for text in _row_text(table, frame, date_style):
                    part.write(text)
                part.write(end + after)
