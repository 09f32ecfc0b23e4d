"""HTML into blocks: what pandas and other libraries show, reduced to what can be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from daye_analysis.reporting.pdf.blocks import (
    Block,
    Blocks,
    CodeBlock,
    Divider,
    Heading,
    Inline,
    Inlines,
    Item,
    LineBreak,
    Listing,
    LostPicture,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Table,
    Text,
    plain,
    words,
)
from daye_analysis.reporting.pdf.html_tree import Element, parse_html
from daye_analysis.reporting.pdf.inlines import formatted, tidied, tidied_inside
from daye_analysis.reporting.pdf.tables import LooseCell, LooseRow, make_table

_BLOCK_TAGS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "details",
        "summary",
        "figure",
        "figcaption",
        "address",
        "body",
        "html",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "pre",
        "blockquote",
        "hr",
        "center",
        "fieldset",
    ]
)


def read_html(source: str, keep_active: bool = False) -> Blocks:
    """Return the blocks of an HTML text; scripts are dropped, or with `keep_active` shown as typed."""
    return _blocks(parse_html(source, keep_active).children, nested=False)


def _blocks(children: Iterable[Element | str], nested: bool) -> Blocks:
    """Read children into blocks; loose words between block elements become paragraphs."""
    found: list[Block] = []
    loose: list[Element | str] = []
    for child in children:
        if isinstance(child, Element) and (child.tag in _BLOCK_TAGS or _holds_block(child)):
            found += _paragraphs(loose)
            loose = []
            found += _block(child, nested)
        else:
            loose.append(child)
    return (*found, *_paragraphs(loose))


def _holds_block(element: Element) -> bool:
    return any(
        isinstance(child, Element) and (child.tag in _BLOCK_TAGS or _holds_block(child))
        for child in element.children
    )


def _paragraphs(loose: list[Element | str]) -> list[Block]:
    body = tidied(_inlines(loose))
    images = [inline for inline in body if isinstance(inline, Picture | LostPicture)]
    if len(images) == len(body):
        return [*images]
    return [Paragraph(body)]


def _block(element: Element, nested: bool) -> Iterable[Block]:
    match element.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            body = tidied(_inlines(element.children))
            return (
                [Paragraph((Strong(body),)) if nested else Heading(int(element.tag[1]), body)] if body else []
            )
        case "ul" | "ol":
            return _listing(element)
        case "dl":
            return _definitions(element)
        case "table":
            return _table(element)
        case "pre":
            return [CodeBlock(plain(_raw_text(element).strip("\n")))]
        case "blockquote":
            return [Quote(_blocks(element.children, nested=True))]
        case "hr":
            return [Divider()]
        case "figcaption" | "summary":
            return [Paragraph((Strong(body),))] if (body := tidied(_inlines(element.children))) else []
        case _:
            return _blocks(element.children, nested)


def _listing(element: Element) -> list[Block]:
    items = tuple(Item(_blocks(item.children, nested=True)) for item in element.find("li"))
    start = element.attributes.get("start", "1")
    first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
    return [Listing(items, first if element.tag == "ol" else None)] if items else []


def _definitions(element: Element) -> list[Block]:
    found: list[Block] = []
    for entry in element.find("dt", "dd"):
        if entry.tag == "dt":
            found.append(Paragraph((Strong(tidied(_inlines(entry.children))),)))
        else:
            found += _blocks(entry.children, nested=True)
    return found


def _inlines(children: Iterable[Element | str]) -> list[Inline]:
    found: list[Inline] = []
    for child in children:
        if isinstance(child, str):
            found.append(Text(plain(child)))
        elif child.tag in _BLOCK_TAGS:
            # A block within a line, as in a table cell: it keeps its own line.
            inside = _inlines(child.children)
            found += [LineBreak(), *inside, LineBreak()] if inside else []
        elif child.tag in ("td", "th", "tr", "li"):
            found += [LineBreak(), *_inlines(child.children)]
        else:
            found += formatted(child.tag, child.attributes, tidied_inside(_inlines(child.children)))
    return found


def _raw_text(element: Element) -> str:
    return "".join(child if isinstance(child, str) else _raw_text(child) for child in element.children)


def _table(element: Element) -> list[Block]:
    head: list[LooseRow] = []
    body: list[LooseRow] = [_row(row) for row in element.find("tr")]
    for part in element.find("thead", "tbody", "tfoot"):
        (head if part.tag == "thead" else body).extend(_row(row) for row in part.find("tr"))
    caption = " ".join(words(tidied(_inlines(each.children))) for each in element.find("caption"))
    table = make_table(head, body, caption)
    return [table] if isinstance(table, Table) else []


def _row(row: Element) -> list[LooseCell]:
    return [
        LooseCell(
            _cell_body(cell),
            _span(cell.attributes.get("colspan")),
            _span(cell.attributes.get("rowspan")),
            heads=cell.tag == "th",
        )
        for cell in row.find("td", "th")
    ]


def _cell_body(cell: Element) -> Inlines:
    """Read a cell's words; line breaks that blocks inside it left behind are never doubled."""
    kept: list[Inline] = []
    for inline in tidied(_inlines(cell.children)):
        if not (isinstance(inline, LineBreak) and kept and isinstance(kept[-1], LineBreak)):
            kept.append(inline)
    return tuple(kept)


def _span(value: str | None) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,4}", value.strip()) else 1
