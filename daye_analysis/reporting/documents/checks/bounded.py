"""Hold every text to the limits, whatever it was read from: what is beyond them is named in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Blocks,
    Code,
    CodeBlock,
    Emphasis,
    Footnote,
    Formula,
    Group,
    Heading,
    Inline,
    Inlines,
    Link,
    Listing,
    NotPrinted,
    Paragraph,
    Passage,
    PlainText,
    Printout,
    Quote,
    Raised,
    Strike,
    Strong,
    Table,
    walk,
)
from daye_analysis.reporting.documents.limits import in_force


def bounded(blocks: Blocks) -> Blocks:
    """Return `blocks` with long texts, paragraphs, headings, cells and formulas cut at the limits in force."""
    return tuple(found for block in blocks for found in _bounded(block))


def with_fewer_headings(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield `passages` with the headings beyond the limit as paragraphs, the first of which is told."""
    most = in_force().headings
    count = 0
    for passage in passages:
        blocks: list[Block] = []
        for block in passage.blocks:
            count += isinstance(block, Heading)
            if not isinstance(block, Heading) or count <= most:
                blocks.append(block)
                continue
            blocks += [NotPrinted("headings", f"> {most:,}")] if count == most + 1 else []
            blocks.append(Paragraph((Strong(block.body),)))
        yield replace(passage, blocks=tuple(blocks))


def _bounded(block: Block) -> Iterator[Block]:
    most = in_force().text_characters
    match block:
        case CodeBlock(text) | Printout(text) if len(text) > most:
            yield replace(block, text=text[:most])
            yield NotPrinted("text", f"{most:,} / {len(text):,}")
        case Paragraph(body) | Heading(body=body):
            yield replace(block, body=_line(body))
        case Quote(body):
            yield replace(block, body=bounded(body))
        case Listing(items):
            yield replace(block, items=tuple(replace(item, body=bounded(item.body)) for item in items))
        case Table(cells=cells):
            bodies = [_line(cell.body) for cell in cells]
            kept = all(body is cell.body for body, cell in zip(bodies, cells, strict=True))
            yield block if kept else replace(block, cells=tuple(replace(cell, body=body) for cell, body in zip(cells, bodies, strict=True)))
        case Formula():
            yield _formula(block)
        case _:
            yield block


def _formula(formula: Formula) -> Formula | NotPrinted:
    most = in_force().formula_characters
    return formula if len(formula.latex) <= most else NotPrinted("long formula", f"{most:,} / {len(formula.latex):,}")


def _line(body: Inlines) -> Inlines:
    """Return the inlines of one paragraph, heading or cell, cut where they say more than is printed."""
    limits = in_force()
    said, is_long = 0, False
    for node in walk(body):
        said += len(node.text) if isinstance(node, PlainText | Code) else 0
        is_long |= isinstance(node, Formula) and len(node.latex) > limits.formula_characters
        is_long |= isinstance(node, Footnote) and bool(node.below)
    if said <= limits.paragraph_characters and not is_long:
        return body
    kept, left = _cut(body, limits.paragraph_characters)
    return kept if left >= 0 else (*kept, NotPrinted("text", f"{limits.paragraph_characters:,} / {said:,}"))


def _cut(body: Inlines, left: int) -> tuple[Inlines, int]:
    """Return as much of `body` as has `left` characters, and how many are left; fewer than 0 where not all was kept."""
    kept: list[Inline] = []
    for inline in body:
        if left < 0:
            break
        match inline:
            case PlainText(text) | Code(text):
                kept.append(replace(inline, text=text[:left]))
                left -= len(text)
            case Strong(within) | Emphasis(within) | Strike(within) | Raised(within) | Link(body=within) | Group(within):
                inside, left = _cut(within, left)
                kept.append(replace(inline, body=inside))
            case Footnote(lines, below):
                inside, left = _cut(lines, left)
                kept.append(Footnote(inside, bounded(below)))
            case Formula():
                kept.append(_formula(inline))
            case _:
                kept.append(inline)
    return tuple(kept), left
