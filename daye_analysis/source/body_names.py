"""Split a cell that names several bodies into their spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from daye_analysis.source.spans import Span, trimmed

SEPARATORS = "、，,；;\n"
_OPENING, _CLOSING = "（(“《〔[", "）)”》〕]"
_NOTHING_BETWEEN = re.compile(r"[、，,；;]\s*[、，,；;]|^\s*[、，,；;]|[、，,；;]\s*$")

INDIVISIBLE = ("各乡镇（场）、街道",)


def split_body_names(cell: Span, indivisible: Sequence[str] = INDIVISIBLE) -> tuple[Span, ...]:
    """Return the spellings in `cell`, in order, each verbatim and with its own span.

    Separators are 、 ， , ； ; and the line break. They do not cut inside brackets or quotation marks,
    nor inside a wording listed in `indivisible` (a group of units whose name holds a separator).
    """
    kept = _kept_places(cell.text, indivisible)
    names: list[Span] = []
    begin = 0
    for place, character in enumerate(cell.text + "\n"):
        if character in SEPARATORS and place not in kept:
            name = trimmed(cell.text, begin, place)
            if name.text:
                names.append(Span(name.text, cell.start + name.start, cell.start + name.end))
            begin = place + 1
    return tuple(names)


def names_nobody_between(cell: str) -> bool:
    """Return whether two separators follow each other, or one is at an end: a name may be lost there."""
    return _NOTHING_BETWEEN.search(cell) is not None


def _kept_places(text: str, indivisible: Sequence[str]) -> set[int]:
    """Return the places at which a separator does not separate."""
    kept: set[int] = set()
    for wording in indivisible:
        for match in re.finditer(re.escape(wording), text):
            kept.update(range(match.start(), match.end()))
    opened: list[int] = []
    for place, character in enumerate(text):
        if character in _OPENING:
            opened.append(place)
        elif character in _CLOSING and opened:
            begin = opened.pop()
            if "\n" not in text[begin:place]:
                kept.update(range(begin, place))
    return kept
