"""Word markup that python-docx omits from the text of a cell or paragraph, or reads differently than Word shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.source.documents.raised_text import RAISED, joins_a_number

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
    f"{_WORD}object",
)
_BOX = "txbxContent"
_CHANGES = Text("未接受的修订", "unaccepted changes")
# Elements by their local name, with what each is called.
_KINDS = {
    "ins": _CHANGES,
    "del": _CHANGES,
    "moveFrom": _CHANGES,
    "moveTo": _CHANGES,
    "cellIns": _CHANGES,
    "cellDel": _CHANGES,
    "sdt": Text("内容控件", "a content control"),
    "strike": Text("删除线文字", "struck-out text"),
    "dstrike": Text("删除线文字", "struck-out text"),
    "vanish": Text("隐藏文字", "hidden text"),
    "specVanish": Text("隐藏文字", "hidden text"),
    "bdo": Text("文字方向标记", "a mark of writing direction"),
    "dir": Text("文字方向标记", "a mark of writing direction"),
    _BOX: Text("文本框", "a text box"),
    "fldSimple": Text("域", "a field"),
    "smartTag": Text("智能标记", "a smart tag"),
    "customXml": Text("自定义标记", "custom markup"),
    "ruby": Text("注音文字", "a phonetic guide"),
    "sym": Text("符号字体的字符", "a character of a symbol font"),
    "hidden": Text("隐藏的行", "a hidden row"),
    f"{_MATHS}oMath": Text("公式", "an equation"),
}
# What a list may have beside its text, and a reply may not: it says more than the cell.
_BESIDE = {
    **dict.fromkeys((tag.removeprefix(_WORD) for tag in _PICTURES), Text("图片", "a picture")),
    "numId": Text("自动编号", "automatic numbering"),
    "footnoteReference": Text("脚注", "a footnote"),
    "endnoteReference": Text("尾注", "an endnote"),
    "commentReference": Text("批注", "a comment"),
    "commentRangeStart": Text("批注", "a comment"),
}
_WHITE = Text("浅色底上的白色文字", "white text on a light background")
_UNSTYLED: Mapping[str, frozenset[str]] = MappingProxyType({})
# Word itself allows no more columns.
MOST_COLUMNS = 63
_OFF = ("0", "false", "off", "baseline")


def word_markup(element: Any, *, styles: Mapping[str, frozenset[str]] = _UNSTYLED, is_list: bool = False) -> Text | None:
    """Return what of `element` (a part of a Word document's XML) is not plain text, None where all of it is.

    Reading on would give other words than Word shows: text outside python-docx's runs is dropped, struck-out and hidden
    text is kept, a raised digit joins the number before it. `styles` is what `marked_styles` returns. Of a list the
    caller reads text boxes, with the tables in them, and goes past notes.
    """
    kinds = _KINDS if is_list else _KINDS | _BESIDE
    for part in element.iter():
        name = str(part.tag).removeprefix(_WORD)
        if is_list and name == _BOX:
            continue
        if name in kinds and _is_on(part):
            return kinds[name]
        if name in ("rStyle", "pStyle"):
            for marked in styles.get(part.get(f"{_WORD}val", ""), frozenset()) & kinds.keys():
                return kinds[marked]
        if name in ("gridSpan", "gridBefore", "gridAfter") and not 0 <= _number(part.get(f"{_WORD}val", "1")) <= MOST_COLUMNS:
            return Text(f"超过 {MOST_COLUMNS} 列的合并单元格", f"a cell merged across more than {MOST_COLUMNS} columns")
        if name == "tbl" and part is not element and not (is_list and _is_boxed_alone(part)):
            return Text("嵌套表格", "a nested table")
        if name == "p" and joins_a_number((_words(run), _is_raised(run, styles)) for run in part.iter(f"{_WORD}r")):
            return RAISED
        if name == "r" and not is_list and _words(part).strip() and _is_white(part):
            return _WHITE
    return None


def marked_styles(document: Any) -> dict[str, frozenset[str]]:
    """Return what the styles of a Word document do to their text beyond its look, by their identifiers."""
    own: dict[str, tuple[frozenset[str], str]] = {}
    for style in document.styles.element.iter(f"{_WORD}style"):
        named = (str(part.tag).removeprefix(_WORD) for part in style.iterfind(f"{_WORD}rPr/*") if _is_on(part))
        base = style.find(f"{_WORD}basedOn")
        own[style.get(f"{_WORD}styleId", "")] = (
            frozenset(named) & {"strike", "dstrike", "vanish", "specVanish", "vertAlign"},
            "" if base is None else base.get(f"{_WORD}val", ""),
        )
    found = {}
    for name, (marks, base) in own.items():
        seen = {name}
        while base in own and base not in seen:
            seen.add(base)
            marks, base = marks | own[base][0], own[base][1]
        if marks:
            found[name] = marks
    return found


def _is_on(part: Any) -> bool:
    return part.get(f"{_WORD}val", "1") not in _OFF


def _words(run: Any) -> str:
    return "".join(each.text or "" for each in run.iterchildren(f"{_WORD}t"))


def _is_raised(run: Any, styles: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a run is a superscript or subscript: as such, by its place, or by its style."""
    for part in run.iterfind(f"{_WORD}rPr/*"):
        name, value = str(part.tag).removeprefix(_WORD), part.get(f"{_WORD}val", "")
        if name == "vertAlign":
            return str(value) != "baseline"
        if (name == "position" and value.strip("0")) or (name == "rStyle" and "vertAlign" in styles.get(value, ())):
            return True
    return False


def _is_white(run: Any) -> bool:
    """Return whether a run is white where nothing dark is behind it."""
    color = run.find(f"{_WORD}rPr/{_WORD}color")
    if color is None or (color.get(f"{_WORD}val", "").upper() != "FFFFFF" and color.get(f"{_WORD}themeColor") != "background1"):
        return False
    shades = (
        shade.get(f"{_WORD}fill", "auto")
        for each in (run, *run.iterancestors(f"{_WORD}p", f"{_WORD}tc"))
        for shade in each.iterfind(f"{_WORD}{str(each.tag).removeprefix(_WORD)}Pr/{_WORD}shd")
    )
    return not any(re.fullmatch("[0-9A-Fa-f]{6}", fill) and min(bytes.fromhex(fill)) < 0xC0 for fill in shades)


def text_boxes(element: Any) -> Iterator[Any]:
    """Yield the contents of the text boxes in `element`, in order, each once: Word keeps a second copy for old readers."""
    for box in element.iter(f"{_WORD}{_BOX}"):
        if next(box.iterancestors(f"{_WORD}{_BOX}"), None) is None and not _is_second_copy(box):
            yield box


def has_picture(element: Any) -> bool:
    """Return whether a picture or an embedded object is in `element`."""
    return any(not _is_second_copy(part) for tag in _PICTURES for part in element.iter(tag))


def _is_boxed_alone(table: Any) -> bool:
    """Return whether a table is in a text box that is anchored outside all tables."""
    box = next(table.iterancestors(f"{_WORD}{_BOX}"), None)
    return box is not None and next(box.iterancestors(f"{_WORD}tbl"), None) is None


def _is_second_copy(element: Any) -> bool:
    fallback = next(element.iterancestors(f"{_COMPATIBILITY}Fallback"), None)
    return fallback is not None and fallback.getparent().find(f"{_COMPATIBILITY}Choice") is not None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1
