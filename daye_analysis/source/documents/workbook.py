"""Workbook content that is read differently than Excel shows it: hidden, struck out, raised, formatted or not computed."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from daye_analysis.bilingual import Text
from daye_analysis.source.documents.number_formats import (
    GENERAL,
    OWN_FORMATS,
    hides_text,
    is_as_stored,
    is_same_number,
    shown_number,
)
from daye_analysis.source.documents.raised_text import RAISED, joins_a_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_RGB = re.compile("[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?")
_OFF = ("0", "false", "none")
# Rows of less than a point and columns of less than half a digit show nothing.
_LOWEST, _NARROWEST = 1.0, 0.5
_HIDDEN_ROW = Text("隐藏行中的内容", "text in a hidden row")
_HIDDEN_COLUMN = Text("隐藏列中的内容", "text in a hidden column")
_STRUCK = Text("删除线文字", "struck-out text")
_WHITE = Text("浅色底上的白色文字", "white text on a light background")
_PERCENT = Text("无法识别的百分比格式的数", "a number in an unsupported percentage format")
_FORMATTED = Text("数字格式使所示与所存不同的内容", "content that its number format shows otherwise than it is stored")
_NOT_COMPUTED = Text("没有计算结果的公式", "a formula without a computed value")

# Title of the sheet, row and column, both from 1.
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell `where` (sheet and address) and what it `holds`."""

    where: str
    holds: Text


class FormattedNumber(NamedTuple):
    """A number in a format of its own: as it is `shown` (None where the format is not understood), and what to say of it."""

    shown: str | None
    is_as_stored: bool
    is_percent: bool
    finding: Finding


@dataclass(slots=True)
class Markup:
    """What of a workbook is not plain content: cells that read otherwise, hidden ones, formatted numbers.

    `extents` has the last row and column of each sheet that a cell or a merged range reaches, `without_cells` the titles
    of sheets of another kind (charts, dialogs).
    """

    unlike: list[Finding] = field(default_factory=list)
    hidden: dict[Place, Finding] = field(default_factory=dict)
    numbers: dict[Place, FormattedNumber] = field(default_factory=dict)
    extents: dict[str, tuple[int, int]] = field(default_factory=dict)
    without_cells: list[str] = field(default_factory=list)


class _Style(NamedTuple):
    code: str = GENERAL
    is_struck: bool = False
    is_white: bool = False


def workbook_markup(path: Path) -> Markup:
    """Return what of the .xlsx file at `path` cannot be read as it stands.

    Raises zipfile.BadZipFile, KeyError, ValueError or ElementTree.ParseError (a SyntaxError) for a damaged file.
    """
    found = Markup()
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        styles = _styles(archive) if "xl/styles.xml" in names else []
        texts = _marked_texts(archive) if "xl/sharedStrings.xml" in names else {}
        for title, part in _sheets(archive):
            if part in names:
                with archive.open(part) as stream:
                    _Sheet(title, styles, texts, found).read(ElementTree.iterparse(stream, ("start", "end")))
    return found


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield title and part of each sheet, in order."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


class _Sheet:
    """Reads one sheet from its beginning to its end."""

    def __init__(self, title: str, styles: list[_Style], texts: dict[int, Text], found: Markup) -> None:
        self.title, self.styles, self.texts, self.found = title, styles, texts, found
        self.row = self.column = 0
        self.row_is_hidden = self.rows_are_hidden = self.columns_are_hidden = False
        self.columns: list[tuple[range, bool]] = []

    def read(self, events: Iterator[tuple[str, ElementTree.Element]]) -> None:
        for event, element in events:
            name = element.tag.removeprefix(_MAIN)
            if event == "start" and name == "row":
                # A row or cell that does not say where it is follows the one before.
                self.row, self.column = int(element.get("r", self.row + 1)), 0
                height = element.get("ht")
                self.row_is_hidden = _is_on(element.get("hidden")) or (
                    self.rows_are_hidden if height is None else float(height) < _LOWEST
                )
            elif event == "start" and name in ("chartsheet", "dialogsheet"):
                self.found.without_cells.append(self.title)
            elif event == "start" and name == "sheetFormatPr":
                self.rows_are_hidden = _is_on(element.get("zeroHeight"))
                self.columns_are_hidden = float(element.get("defaultColWidth", 9)) < _NARROWEST
            elif event == "end" and name == "col":
                width = float(element.get("width", 9))
                where = range(int(element.get("min", 1)), int(element.get("max", 1)) + 1)
                self.columns.append((where, _is_on(element.get("hidden")) or width < _NARROWEST))
            elif event == "end" and name == "c":
                self.cell(element)
            elif event == "end" and name == "mergeCell":
                self.reach(*_row_and_column(element.get("ref", "").partition(":")[2]))
            elif event == "end" and name == "row":
                element.clear()

    def reach(self, row: int, column: int) -> None:
        last = self.found.extents.get(self.title, (0, 0))
        self.found.extents[self.title] = max(last[0], row), max(last[1], column)

    def cell(self, element: ElementTree.Element) -> None:
        self.column = _row_and_column(element.get("r", ""))[1] or self.column + 1
        self.reach(self.row, self.column)
        where = f"{self.title}!{element.get('r', '') or f'{self.row}:{self.column}'}"
        kind = element.get("t", "n")
        # A formula whose text is computed and empty has the type `str`.
        value = element.findtext(f"{_MAIN}v") or ("" if kind == "str" else None)
        if value is None and element.find(f"{_MAIN}is") is None:
            if element.find(f"{_MAIN}f") is not None:
                self.found.unlike.append(Finding(where, _NOT_COMPUTED))
            return
        place = self.title, self.row, self.column
        if self.row_is_hidden:
            self.found.hidden[place] = Finding(where, _HIDDEN_ROW)
        elif any([hidden for columns, hidden in self.columns if self.column in columns] or [self.columns_are_hidden]):
            self.found.hidden[place] = Finding(where, _HIDDEN_COLUMN)
        at = int(element.get("s", 0))
        style = self.styles[at] if at < len(self.styles) else _Style()
        if style.is_struck or style.is_white:
            self.found.unlike.append(Finding(where, _STRUCK if style.is_struck else _WHITE))
        elif marked := self.texts.get(int(value or -1)) if kind == "s" else _mark(element):
            self.found.unlike.append(Finding(where, marked))
        elif kind in ("s", "str", "inlineStr") and hides_text(style.code):
            self.found.unlike.append(Finding(where, _FORMATTED))
        elif kind == "n" and value and not is_as_stored(style.code):
            shown = shown_number(value, style.code)
            is_percent = "%" in style.code
            finding = Finding(where, _PERCENT if is_percent else _FORMATTED)
            self.found.numbers[place] = FormattedNumber(shown, is_same_number(shown, value), is_percent, finding)


def _row_and_column(address: str) -> tuple[int, int]:
    """Return row and column of an address, both from 1; 0 and 0 where it is none."""
    found = _ADDRESS.fullmatch(address)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - 64
    return int(found[2]) if found else 0, column


def _styles(archive: zipfile.ZipFile) -> list[_Style]:
    """Return the formats of cells by their number."""
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = OWN_FORMATS | {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in root.iter(f"{_MAIN}numFmt")}
    fonts = root.findall(f"{_MAIN}fonts/{_MAIN}font")
    struck = [_mark(font) is not None for font in fonts]
    white = [_is_light(font.find(f"{_MAIN}color"), 0xF0) for font in fonts]
    light = [_is_light_fill(fill) for fill in root.findall(f"{_MAIN}fills/{_MAIN}fill")]
    found = []
    for each in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
        font, fill = int(each.get("fontId", 0)), int(each.get("fillId", 0))
        is_white = font < len(white) and white[font] and (fill >= len(light) or light[fill])
        code = codes.get(int(each.get("numFmtId", 0)), GENERAL)
        found.append(_Style(code, font < len(struck) and struck[font], is_white))
    return found


def _is_light_fill(fill: ElementTree.Element) -> bool:
    pattern = fill.find(f"{_MAIN}patternFill")
    if pattern is None or pattern.get("patternType", "none") != "solid":
        return fill.find(f"{_MAIN}gradientFill") is None
    return _is_light(pattern.find(f"{_MAIN}fgColor"), 0xC0)


def _is_light(color: ElementTree.Element | None, least: int) -> bool:
    """Return whether a colour is white, or no darker than `least` in red, green and blue."""
    if color is None or float(color.get("tint", 0)):
        return False
    if rgb := color.get("rgb"):
        return _RGB.fullmatch(rgb) is not None and min(bytes.fromhex(rgb[-6:])) >= least
    return color.get("theme") == "0" or color.get("indexed") in ("1", "9", "65")


def _marked_texts(archive: zipfile.ZipFile) -> dict[int, Text]:
    """Return what the shared texts hold that are not plain, by their number."""
    with archive.open("xl/sharedStrings.xml") as stream:
        found, at = {}, 0
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_MAIN}si":
                if marked := _mark(element):
                    found[at] = marked
                at += 1
                element.clear()
    return found


def _mark(element: ElementTree.Element) -> Text | None:
    """Return what of a text or font is not plain."""
    if any(_is_on(each.get("val", "1")) for each in element.iter(f"{_MAIN}strike")):
        return _STRUCK
    runs = ((each.findtext(f"{_MAIN}t") or "", _is_raised(each)) for each in element.iter(f"{_MAIN}r"))
    return RAISED if joins_a_number(runs) else None


def _is_raised(run: ElementTree.Element) -> bool:
    return any(each.get("val", "baseline") != "baseline" for each in run.iter(f"{_MAIN}vertAlign"))


def _is_on(value: str | None) -> bool:
    return value is not None and value.lower() not in _OFF
