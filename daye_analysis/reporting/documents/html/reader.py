"""Convert HTML to blocks: the output of pandas and other libraries, reduced to what can be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Blocks,
    CodeBlock,
    Divider,
    Formula,
    Heading,
    Inline,
    Inlines,
    Item,
    LineBreak,
    Listing,
    LostPicture,
    NotPrinted,
    Paragraph,
    Picture,
    PlainText,
    Quote,
    Strong,
    Table,
    plain,
    walk,
    words,
)
from daye_analysis.reporting.documents.formulas.marks import with_formulas
from daye_analysis.reporting.documents.html.inlines import formatted, parted, tidied, tidied_inside
from daye_analysis.reporting.documents.html.tables import LooseCell, LooseRow, make_table
from daye_analysis.reporting.documents.html.tree import (
    BLOCK_TAGS,
    DRAWING,
    NOT_PRINTED,
    Element,
    Verbatim,
    parse_html,
)

_STYLER = re.compile(r"#T_\w+[^{}]*\{[^{}]*?(?:background|color)\s*[-:]", re.IGNORECASE)
_BLANK = (PlainText(" "), LineBreak())


def read_html(source: str, keep_active: bool = False) -> Blocks:
    """Return the blocks of an HTML text; what runs is named in its place, or with `keep_active` shown as typed."""
    blocks = _blocks(parse_html(source, keep_active).children, nested=False)
    if any(isinstance(block, Table) for block in blocks) and _STYLER.search(source):
        # What a Styler says by colours alone is said to be missing, since paper may be grey and readers blind.
        return (*blocks, NotPrinted("colour"))
    return blocks


def _blocks(children: Iterable[Element | str], nested: bool) -> Blocks:
    """Read children into blocks; loose words between block elements become paragraphs."""
    found: list[Block] = []
    loose: list[Element | str] = []
    for child in children:
        if isinstance(child, Element) and (child.tag in BLOCK_TAGS or child.holds_block):
            found += _paragraphs(loose)
            loose = []
            found += _block(child, nested)
        else:
            loose.append(child)
    return (*found, *_paragraphs(loose))


def _paragraphs(loose: list[Element | str]) -> list[Block]:
    """Return loose pieces as a paragraph, or as the pictures and placeholders that they are nothing but."""
    body = tidied(_inlines(loose))
    alone = [inline for inline in body if isinstance(inline, Picture | LostPicture | NotPrinted)]
    if all(isinstance(inline, Picture | LostPicture | NotPrinted) or inline in _BLANK for inline in body):
        return [*alone]
    return parted(body)


def _block(element: Element, nested: bool) -> Iterable[Block]:
    if element.hidden:
        return []
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
            text = plain(_raw_text(element).strip("\n"))
            return [*([CodeBlock(text)] if text.strip() else []), *_pictures(element)]
        case "blockquote":
            body_blocks = _blocks(element.children, nested=True)
            return [Quote(body_blocks)] if body_blocks else []
        case "hr":
            return [Divider()]
        case "figcaption" | "summary" | "legend":
            return [Paragraph((Strong(body),))] if (body := tidied(_inlines(element.children))) else []
        case _:
            return _blocks(element.children, nested)


def _listing(element: Element) -> list[Block]:
    """Read a list; whatever is in it outside an item becomes an item."""
    items: list[Item] = []
    loose: list[Element | str] = []

    def flush() -> None:
        if body := _blocks(loose, nested=True):
            items.append(Item(body))
        loose.clear()

    for child in element.children:
        if isinstance(child, Element) and child.tag == "li":
            flush()
            if not child.hidden and (body := _blocks(child.children, nested=True)):
                items.append(Item(body))
        else:
            loose.append(child)
    flush()
    start = element.attributes.get("start", "1")
    first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
    return [Listing(tuple(items), first if element.tag == "ol" else None)] if items else []


def _definitions(element: Element) -> list[Block]:
    found: list[Block] = []
    for entry in element.children:
        if isinstance(entry, Element) and entry.tag == "dt":
            body = tidied(_inlines(entry.children))
            found += [Paragraph((Strong(body),))] if body else []
        else:
            found += _blocks(entry.children if isinstance(entry, Element) and entry.tag == "dd" else [entry], nested=True)
    return found


def _inlines(children: Iterable[Element | str]) -> list[Inline]:
    found: list[Inline] = []
    for child in children:
        if isinstance(child, str):
            found += [PlainText(plain(child))] if isinstance(child, Verbatim) else with_formulas(child)
        elif child.hidden:
            continue
        elif child.tag in BLOCK_TAGS or child.tag == "pre":
            # A block within a line, as in a table cell: it keeps its own line.
            inside = _inlines(child.children)
            found += [LineBreak(), *inside, LineBreak()] if inside else []
        elif child.tag in ("td", "th", "tr", "li"):
            found += [LineBreak(), *_inlines(child.children)]
        elif child.tag == "math":
            found += _mathematics(child)
        else:
            found += formatted(child.tag, child.attributes, tidied_inside(_inlines(child.children)))
    return found


def _mathematics(element: Element) -> list[Inline]:
    """Return MathML as the LaTeX that it was made from, else as its words."""
    for child in _descendants(element):
        if child.tag == "annotation" and "tex" in child.attributes.get("encoding", ""):
            return [Formula(_raw_text(child).strip(), display=element.attributes.get("display") == "block")]
    return [PlainText(plain(_raw_text(element)))]


def _descendants(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _descendants(child)


def _pictures(element: Element) -> list[Block]:
    """Return the pictures and placeholders within an element of which only the words are read."""
    found = _inlines(child for child in _descendants(element) if child.tag in ("img", DRAWING, NOT_PRINTED))
    return [inline for inline in found if isinstance(inline, Picture | LostPicture | NotPrinted)]


def _raw_text(element: Element) -> str:
    return "".join(
        child if isinstance(child, str) else "\n" if child.tag == "br" else "" if child.hidden else _raw_text(child)
        for child in element.children
    )


def _table(element: Element) -> list[Block]:
    """Read a table; what is in it outside cells comes before it, as in a browser."""
    head: list[LooseRow] = []
    body: list[LooseRow] = []
    captions: list[Inlines] = []
    around: list[Element | str] = []
    before: list[Block] = []
    for part in element.children:
        tag = part.tag if isinstance(part, Element) else ""
        if not isinstance(part, Element) or tag not in ("tr", "thead", "tbody", "tfoot", "caption", "colgroup", "col"):
            around.append(part)
        elif tag == "caption":
            inside = tidied(_inlines(part.children))
            captions.append(inside)
            before += [node for node in walk(inside) if isinstance(node, Picture | LostPicture | NotPrinted | Formula)]
        elif tag == "tr":
            body.append(_row(part))
        elif not part.hidden:
            rows = [row for row in part.find("tr") if not row.hidden]
            (head if tag == "thead" else body).extend(_row(row) for row in rows)
            around += [child for child in part.children if not (isinstance(child, Element) and child.tag == "tr")]
    table = make_table(head, body, " ".join(filter(None, map(words, captions))))
    if not table:
        return [*_blocks(around, nested=True), *(Paragraph(caption) for caption in captions if caption)]
    return [*_blocks(around, nested=True), *before, *table]


def _row(row: Element) -> list[LooseCell]:
    cells = (
        child if isinstance(child, Element) and child.tag in ("td", "th") else Element("td", children=[child])
        for child in row.children
        if isinstance(child, Element) or child.strip()
    )
    return [
        LooseCell(
            _cell_body(cell),
            _span(cell.attributes.get("colspan")),
            _span(cell.attributes.get("rowspan")),
            heads=cell.tag == "th",
        )
        for cell in cells
        if not cell.hidden
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
