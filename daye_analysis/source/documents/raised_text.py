"""Superscripts and subscripts that would become part of a number if they were read as plain text: 3² as 32."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from daye_analysis.bilingual import Text

RAISED = Text("紧接数字的上标或下标", "a superscript or subscript next to a number")
_ENDS = re.compile(r"[0-9０-９.．-]\Z")
_BEGINS = re.compile(r"[0-9０-９.．-]")


def joins_a_number(parts: Iterable[tuple[str, bool]]) -> bool:
    """Return whether digits meet where the text of one line, as (words, raised or not), goes up or down."""
    joined = groupby((part for part in parts if part[0]), key=lambda part: part[1])
    words = ["".join(text for text, _ in part) for _, part in joined]
    return any(_ENDS.search(a) and _BEGINS.match(b) for a, b in pairwise(words))
