"""Tables as GitHub and JupyterLab read them: a row may have fewer or more cells than the headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mistune import BlockParser, BlockState, Markdown

_ROW = r"^ {0,3}(?:\|[^\n]*|\S[^\n]*\|[^\n]*)(?:\n|$)"
# A pipe ends a cell unless it is escaped.
_CELL = re.compile(r"((?:[^|\\]|\\.|\\$)*)(?:\||$)", re.DOTALL)
_RULE = re.compile(r" *(:?)-+(:?) *")
_ALIGN = {("", ""): None, (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}


def tables(md: Markdown) -> None:
    """Teach mistune tables, also within lists and quotations."""
    md.block.register("table", _ROW, _parse, before="paragraph")
    md.block.insert_rule(md.block.block_quote_rules, "table", before="paragraph")
    md.block.insert_rule(md.block.list_rules, "table", before="paragraph")


def _parse(_: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
    at = match.end()
    heads, rule = _cells(match.group()), state.get_line(at)
    align = _alignment(_cells(rule)) if "|" in rule or ":" in rule else None
    if align is None or len(align) != len(heads):
        return None
    at += len(rule)
    rows = []
    while at < state.cursor_max and _goes_on(line := state.get_line(at)):
        rows.append({"type": "table_row", "children": [{"type": "table_cell", "text": cell} for cell in _cells(line)]})
        at += len(line)
    head = {"type": "table_head", "children": [
        {"type": "table_cell", "text": cell, "attrs": {"align": side}} for cell, side in zip(heads, align, strict=True)
    ]}  # fmt: skip
    state.append_token({"type": "table", "children": [head, {"type": "table_body", "children": rows}]})
    return at


def _cells(line: str) -> list[str]:
    text = line.strip(" \t\n").removeprefix("|")
    cells = [cell.group(1).strip() for cell in _CELL.finditer(text)]
    # An end of the line is one more empty match; a pipe at the end closes the last cell.
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


def _alignment(cells: list[str]) -> list[Any] | None:
    """Return how each column is aligned; None where this is no line of dashes."""
    found = [_RULE.fullmatch(cell) for cell in cells]
    return [_ALIGN[match.group(1), match.group(2)] for match in found if match] if found and all(found) else None


def _goes_on(line: str) -> bool:
    return "|" in line and bool(line.strip())
