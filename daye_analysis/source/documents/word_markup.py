"""What python-docx leaves out of a cell's or paragraph's text, or keeps though Word shows it otherwise."""

from __future__ import annotations

from typing import Any

from daye_analysis.bilingual import Text

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
    "txbxContent": Text("文本框", "a text box"),
}
_OFF = ("0", "false", "off")


def word_markup(element: Any, *, nested_tables: bool = True) -> Text | None:
    """Return what of `element` (a part of a Word document's XML) is not plain text, None where all of it is.

    Reading on would give other words than Word shows: text outside python-docx's runs is dropped, struck-out and hidden
    text is kept.
    """
    for part in element.iter():
        name = str(part.tag).removeprefix(_WORD)
        if name in _KINDS and part.get(f"{_WORD}val", "1") not in _OFF:
            return _KINDS[name]
        if nested_tables and name == "tbl" and part is not element:
            return Text("嵌套表格", "a nested table")
    return None
