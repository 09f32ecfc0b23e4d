"""Word markup that python-docx omits from the text of a cell or paragraph, or reads differently than Word shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from daye_analysis.bilingual import Text

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
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
    _BOX: Text("文本框", "a text box"),
    "fldSimple": Text("域", "a field"),
    "smartTag": Text("智能标记", "a smart tag"),
    "customXml": Text("自定义标记", "custom markup"),
    "ruby": Text("注音文字", "a phonetic guide"),
    "sym": Text("符号字体的字符", "a character of a symbol font"),
}
# Word itself allows no more columns.
MOST_COLUMNS = 63
_OFF = ("0", "false", "off")


def word_markup(element: Any, *, text_boxes: bool = False) -> Text | None:
    """Return what of `element` (a part of a Word document's XML) is not plain text, None where all of it is.

    Reading on would give other words than Word shows: text outside python-docx's runs is dropped, struck-out and hidden
    text is kept. With `text_boxes` the caller reads those, and the tables in them.
    """
    for part in element.iter():
        name = str(part.tag).removeprefix(_WORD)
        if text_boxes and name == _BOX:
            continue
        if name in _KINDS and part.get(f"{_WORD}val", "1") not in _OFF:
            return _KINDS[name]
        if name in ("gridSpan", "gridBefore", "gridAfter") and not 0 <= _number(part.get(f"{_WORD}val", "1")) <= MOST_COLUMNS:
            return Text(f"超过 {MOST_COLUMNS} 列的合并单元格", f"a cell merged across more than {MOST_COLUMNS} columns")
        if name == "tbl" and part is not element and not (text_boxes and _is_boxed_alone(part)):
            return Text("嵌套表格", "a nested table")
    return None


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
