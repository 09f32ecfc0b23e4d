"""Blocks that stay on one page with what follows, so that no heading is left at the foot of a page, and no colophon has one alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    PlainText,
    Table,
    walk,
)
from daye_analysis.reporting.documents.writers.typst_tables import text_width

# From this level on, what is below a heading is one card.
_CARD_LEVEL = 3
# So much of what is above a colophon (em of text, a few lines; twice as much in small type) goes onto its page with it.
_WITH_COLOPHON = 100.0
# So much of a card (em of text, a few lines) is held together; holding more would leave pages a quarter white.
_MOST_HELD = 120.0
_QUARTER, _HALF_PAGE = 170.0, 300.0  # pt
_SVG_HEIGHT = re.compile(rb'<svg[^>]*\bheight="([0-9.]+)pt"')
_SVG_HEAD = 2000  # bytes


def kept_with_next(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places in `blocks` of those that are kept with the next; headings are in any case.

    Kept are a lone paragraph between a heading and a table or picture, unless that is tall, and all blocks of a card but its
    last, as far as they are short.
    """
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Heading)]
    kept: set[int] = set()
    for start, end in itertools.pairwise([*starts, len(blocks)]):
        inside = range(start + 1, end)
        heading = blocks[start]
        assert isinstance(heading, Heading)
        if heading.level >= _CARD_LEVEL:
            held = itertools.accumulate(_length(blocks[at]) for at in inside[:-1])
            kept |= {at for at, length in zip(inside, held, strict=False) if length <= _MOST_HELD}
        elif len(inside) > 1 and isinstance(blocks[inside[0]], Paragraph) and _is_led_in(blocks[inside[1]]):
            kept.add(inside[0])
    return frozenset(kept)


def with_colophon(blocks: Sequence[Block], colophon: int) -> tuple[tuple[Block, ...], frozenset[int]]:
    """Return the blocks, and the places in them of those that go onto one page with the colophon, which begins at a place in `blocks`.

    They are what is just above it, as far as that is short. Of a long list its last items go, as a list of their own.
    """
    found, held = list(blocks), set[int]()
    above, room = colophon - 1, _WITH_COLOPHON
    while above >= 0 and isinstance(block := found[above], Paragraph | Listing) and room > 0:
        first = _first_within(block, room) if isinstance(block, Listing) else 0
        if isinstance(block, Listing) and 0 < first < len(block.items):
            start = None if block.start is None else block.start + first
            found[above : above + 1] = [replace(block, items=block.items[:first]), replace(block, items=block.items[first:], start=start)]
            return tuple(found), frozenset({above + 1, *(at + 1 for at in held)})
        if first or _length(block) > room:
            break
        held.add(above)
        room -= _length(block)
        above -= 1
    return tuple(found), frozenset(held)


def _first_within(listing: Listing, room: float) -> int:
    """Return the place of the first of a list's last items that are no longer than `room` altogether; their number if none is so short."""
    lengths = [sum(map(_length, item.body)) / (2 if listing.fine else 1) for item in listing.items]
    held = sum(total <= room for total in itertools.accumulate(reversed(lengths)))
    return len(lengths) - held


def floating(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places of pictures that go to a page's foot, so that what follows fills the page before them where they do not fit.

    They are those of half a page with words or a table after them in their section; any other would be a page away from its heading.
    """
    pairs = enumerate(itertools.pairwise(blocks))
    return frozenset(at for at, (block, after) in pairs if _height(block) > _HALF_PAGE and isinstance(after, Paragraph | Table))


def _is_led_in(block: Block) -> bool:
    """Return whether a block is shown with the paragraph above it: tall pictures would leave the page before them white."""
    return isinstance(block, Table | Picture) and _height(block) <= _QUARTER


def _height(block: Block) -> float:
    """Return the height of a picture in pt; 0 for anything else, and where it is not said."""
    if not isinstance(block, Picture):
        return 0.0
    drawn = _SVG_HEIGHT.search(block.data[:_SVG_HEAD]) if block.format == "svg" else None
    return block.height or (float(drawn[1]) if drawn else 0.0)


def _length(block: Block) -> float:
    return sum(text_width(node.text) for node in walk((block,)) if isinstance(node, PlainText))
