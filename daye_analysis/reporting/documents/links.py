"""Links within a document: between citations and sources in both directions, and links whose anchor exists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from daye_analysis.reporting.documents.document_blocks import (
    Anchor,
    Block,
    CitedAt,
    Group,
    Inline,
    Item,
    Link,
    Listing,
    Node,
    Paragraph,
    Passage,
    PlainText,
    transformed,
)

_MARK = re.compile(r"\[(\d{1,4})\]")


def linked_passages(passages: Sequence[Passage]) -> list[Passage]:
    """Return `passages` with each [3] linked to the third source and back, and without links that lead nowhere.

    Of anchors of one name the first is kept.
    """
    passages = _cited(passages)
    names: set[str] = set()

    def once(node: Node) -> Node:
        if not isinstance(node, Anchor):
            return node
        if node.name in names:
            return Group(())
        names.add(node.name)
        return node

    passages = [replace(passage, blocks=transformed(passage.blocks, once)) for passage in passages]

    def leading(node: Node) -> Node:
        if isinstance(node, Link) and node.address.startswith("#") and node.address[1:] not in names:
            return Group(node.body)
        return node

    return [replace(passage, blocks=transformed(passage.blocks, leading)) for passage in passages]


def _cited(passages: Sequence[Passage]) -> list[Passage]:
    """Return `passages` with marks and sources linked, where one of their lists is that of the sources."""
    lists = [block for passage in passages for block in passage.blocks if isinstance(block, Listing) and block.cited]
    if not lists:
        return list(passages)
    first = lists[0].start or 1
    numbers = range(first, first + len(lists[0].items))
    times = dict.fromkeys(numbers, 0)

    def mark(node: Node) -> Node:
        return _marked(node, times) if isinstance(node, PlainText) else node

    done = []
    for passage in passages:
        blocks: list[Block] = []
        for block in passage.blocks:
            blocks.append(block if block is lists[0] else transformed((block,), mark)[0])
        done.append(replace(passage, blocks=tuple(blocks)))
    sources = _with_ways_back(lists[0], times)
    return [
        replace(passage, blocks=tuple(sources if block is lists[0] else block for block in passage.blocks))
        for passage in done
    ]


def _marked(node: PlainText, times: dict[int, int]) -> Inline:
    """Return a text whose marks of known sources are links that can be come back to."""
    found: list[Inline] = []
    end = 0
    for match in _MARK.finditer(node.text):
        number = int(match[1])
        if number not in times:
            continue
        times[number] += 1
        found += [PlainText(node.text[end : match.start()])] if match.start() > end else []
        found += [Anchor(f"cited-{number}-{times[number]}"), Link(f"#source-{number}", (PlainText(match[0]),))]
        end = match.end()
    if not found:
        return node
    return Group((*found, *([PlainText(node.text[end:])] if end < len(node.text) else [])))


def _with_ways_back(listing: Listing, times: dict[int, int]) -> Listing:
    items = []
    for number, item in zip(times, listing.items, strict=True):
        first = item.body[0] if item.body else None
        if isinstance(first, Paragraph):
            names = tuple(f"cited-{number}-{time}" for time in range(1, times[number] + 1))
            back: tuple[Inline, ...] = (PlainText(" "), CitedAt(names)) if names else ()
            item = Item((Paragraph((Anchor(f"source-{number}"), *first.body, *back)), *item.body[1:]), item.done)
        items.append(item)
    return replace(listing, items=tuple(items))
