"""Workbook content that is read differently than Excel shows it: hidden, struck out or not computed."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from xml.etree import ElementTree

from daye_analysis.bilingual import Text

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Excel's own formats of these numbers are not in the file.
_OWN_PERCENTS = {9: "0%", 10: "0.00%"}
_PERCENT_FORMAT = re.compile(r"(#,##)?0(\.0+)?%(?:_.)?")
_OFF = ("0", "false", "none")
_HIDDEN_ROW = Text("隐藏行中的内容", "text in a hidden row")
_HIDDEN_COLUMN = Text("隐藏列中的内容", "text in a hidden column")
_STRUCK = Text("删除线文字", "struck-out text")
_PERCENT = Text("无法识别的百分比格式的数", "a number in an unsupported percentage format")
_NOT_COMPUTED = Text("没有计算结果的公式", "a formula without a computed value")


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell `where` (sheet and address) and what it `holds`."""

    where: str
    holds: Text


def workbook_markup(path: Path, *, hidden: bool = True) -> Finding | None:
    """Return the first cell of the .xlsx file at `path` that cannot be read as Excel shows it, None where there is none.

    Without `hidden` the caller looks after hidden rows and columns. Raises zipfile.BadZipFile, KeyError, ValueError or
    ElementTree.ParseError (a SyntaxError) for a damaged file.
    """
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        struck_styles = _struck_styles(archive) if "xl/styles.xml" in names else frozenset()
        struck_texts = _struck_texts(archive) if "xl/sharedStrings.xml" in names else frozenset()
        for title, part in _sheets(archive):
            if part in names:
                with archive.open(part) as stream:
                    for found in _findings(ElementTree.iterparse(stream, ("start", "end")), struck_styles, struck_texts):
                        if hidden or found.holds not in (_HIDDEN_ROW, _HIDDEN_COLUMN):
                            return Finding(f"{title}!{found.where}", found.holds)
    return None


def percent_cells(path: Path) -> dict[tuple[str, int, int], str | Finding]:
    """Return what Excel shows in each cell of the .xlsx file at `path` whose number has a per-cent format (98.5% for 0.985).

    The cells are named by sheet, row and column, both from 1; what is in a format that is not understood is a Finding.
    Raises what `workbook_markup` raises.
    """
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        formats = _percent_formats(archive) if "xl/styles.xml" in names else {}
        found: dict[tuple[str, int, int], str | Finding] = {}
        for title, part in _sheets(archive) if formats else ():
            if part in names:
                with archive.open(part) as stream:
                    for row, column, address, value, style in _numbers(ElementTree.iterparse(stream, ("start", "end"))):
                        if style in formats:
                            shown = _as_percent(value, formats[style])
                            found[title, row, column] = shown or Finding(f"{title}!{address}", _PERCENT)
    return found


def _percent_formats(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return the code of each cell format with a per-cent sign, by the format's number."""
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = _OWN_PERCENTS | {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in root.iter(f"{_MAIN}numFmt")}
    numbers = [int(each.get("numFmtId", 0)) for each in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")]
    return {at: codes[number] for at, number in enumerate(numbers) if "%" in codes.get(number, "")}


def _numbers(events: Iterator[tuple[str, ElementTree.Element]]) -> Iterator[tuple[int, int, str, str, int]]:
    """Yield row, column, address, value and format of each cell of a sheet that holds a number."""
    row = column = 0
    for event, element in events:
        name = element.tag.removeprefix(_MAIN)
        if event == "start" and name == "row":
            # A row or cell that does not say where it is follows the one before.
            row, column = int(element.get("r", row + 1)), 0
        elif event == "end" and name == "c":
            address = element.get("r", "")
            column = _column(address) or column + 1
            value = element.findtext(f"{_MAIN}v")
            if value and element.get("t", "n") == "n":
                yield row, column, address or f"{row}:{column}", value, int(element.get("s", 0))
        elif event == "end" and name == "row":
            element.clear()


def _as_percent(value: str, code: str) -> str:
    """Return a number as a per-cent format shows it; empty where the format is not understood."""
    # Excel counts with fifteen digits and rounds halves away from zero.
    number = Decimal(f"{float(value):.15g}") * 100
    first, *others = code.split(";")
    match = _PERCENT_FORMAT.fullmatch(first)
    if match is None or (others and number <= 0):
        return ""
    rounded = number.quantize(Decimal(1).scaleb(-len((match[2] or ".")[1:])), ROUND_HALF_UP)
    return f"{rounded + 0:{',' if match[1] else ''}f}%"


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield title and part of each sheet, in order."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _findings(
    events: Iterator[tuple[str, ElementTree.Element]], struck_styles: frozenset[int], struck_texts: frozenset[int]
) -> Iterator[Finding]:
    hidden_columns: list[range] = []
    row_is_hidden = False
    for event, element in events:
        name = element.tag.removeprefix(_MAIN)
        if event == "start":
            if name == "row":
                row_is_hidden = _is_on(element.get("hidden"))
            continue
        if name == "col" and _is_on(element.get("hidden")):
            hidden_columns.append(range(int(element.get("min", 1)), int(element.get("max", 1)) + 1))
        elif name == "c":
            address = element.get("r", "")
            column = _column(address)
            # A formula whose text is computed and empty has the type `str`.
            value = element.findtext(f"{_MAIN}v") or ("" if element.get("t") == "str" else None)
            if value is None and element.find(f"{_MAIN}f") is not None:
                yield Finding(address, _NOT_COMPUTED)
            elif value is not None or element.find(f"{_MAIN}is") is not None:
                is_shared = element.get("t") == "s" and value is not None
                if row_is_hidden:
                    yield Finding(address, _HIDDEN_ROW)
                if any(column in hidden for hidden in hidden_columns):
                    yield Finding(address, _HIDDEN_COLUMN)
                if int(element.get("s", 0)) in struck_styles or _is_struck(element) or (is_shared and int(value or 0) in struck_texts):
                    yield Finding(address, _STRUCK)
        if name == "row":
            element.clear()


def _column(address: str) -> int:
    """Return the column of a cell, counted from 1; 0 where the cell names none."""
    found = _ADDRESS.fullmatch(address)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - 64
    return column


def _struck_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the cell formats whose font is struck out."""
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    fonts = [_is_struck(font) for font in root.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    formats = [int(each.get("fontId", 0)) for each in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")]
    return frozenset(at for at, font in enumerate(formats) if font < len(fonts) and fonts[font])


def _struck_texts(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the shared texts of which a part is struck out."""
    with archive.open("xl/sharedStrings.xml") as stream:
        found, at = set(), 0
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_MAIN}si":
                if _is_struck(element):
                    found.add(at)
                at += 1
                element.clear()
    return frozenset(found)


def _is_struck(element: ElementTree.Element) -> bool:
    return any(_is_on(each.get("val", "1")) for each in element.iter(f"{_MAIN}strike"))


def _is_on(value: str | None) -> bool:
    return value is not None and value.lower() not in _OFF
