"""Blocks that stay on one page with what follows, so that no heading or lead-in is left at the foot of a page."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Heading,
    Paragraph,
    Picture,
    PlainText,
    Table,
    walk,
)
from daye_analysis.reporting.documents.writers.typst_tables import text_width

# From this level on, what is below a heading is one card.
_CARD_LEVEL = 3
# So much of a card (em of text, a few lines) is held together; holding more would leave pages a quarter white.
_MOST_HELD = 200.0


def kept_with_next(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places in `blocks` of those that are kept with the next; headings are in any case.

    Kept are a lone paragraph between a heading and a table or picture, and all blocks of a card but its last, as far as
    they are short.
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
        elif len(inside) > 1 and isinstance(blocks[inside[0]], Paragraph) and isinstance(blocks[inside[1]], Table | Picture):
            kept.add(inside[0])
    return frozenset(kept)


def _length(block: Block) -> float:
    return sum(text_width(node.text) for node in walk((block,)) if isinstance(node, PlainText))
