"""Split a Chinese sentence at its punctuation: sentence, part, clause, and the items of a 、-list."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE, _PART, _CLAUSE, _PIECE = "。！？!?\n", "；;", "，,：:", "、"
_PAIRS = {"“": "”", "《": "》", "「": "」", "（": "）", "(": ")", "〔": "〕", "[": "]"}
_QUOTING = "“《「"
_FIGURE = re.compile(r"(?<![A-Za-z.\d])\d+(?:\.\d+)?\s*[^\d.年月日号）)\s]")


_QUOTED = re.compile("“[^”\n]*”|《[^》\n]*》|〈[^〉\n]*〉|「[^」\n]*」|『[^』\n]*』|‘[^’\n]*’|\"[^\"\n]{1,24}\"|'[^'\n]{1,24}'")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text without inner punctuation, and which sentence, part and clause (from 0) it is of."""

    start: int
    end: int
    sentence: int
    part: int
    clause: int


def pieces(text: str) -> list[Piece]:
    """Cut `text` into its non-blank pieces, in order; a sentence's end ends part and clause too.

    Punctuation in quotation marks and brackets does not cut, except that a bracket which holds a figure
    with a unit (（其中国家级3家）) is a clause of its own. A comma between digits does not cut.
    """
    found: list[Piece] = []
    begin = sentence = part = clause = 0
    for place, level in [*_cuts(text), (len(text), 3)]:
        if text[begin:place].strip():
            found.append(Piece(begin, place, sentence, part, clause))
        begin = place + 1
        sentence += level >= 3
        part += level >= 2
        clause += level >= 1
    return found


def quoted_places(text: str) -> set[int]:
    """Return the places between quotation marks or title marks, where a number is part of a name."""
    inside: set[int] = set()
    for match in _QUOTED.finditer(text):
        inside.update(range(*match.span()))
    return inside


def _cuts(text: str) -> list[tuple[int, int]]:
    """Return each place that cuts, with its level: 3 sentence, 2 part, 1 clause, 0 piece."""
    cuts: list[tuple[int, int]] = []
    closing: list[tuple[str, bool]] = []
    for place, character in enumerate(text):
        if closing and character == closing[-1][0]:
            if closing.pop()[1]:
                cuts.append((place, 1))
        elif character in _PAIRS and _closes(text, place):
            end = text.index(_PAIRS[character], place)
            cuts_here = character not in _QUOTING and _FIGURE.search(text, place, end) is not None
            closing.append((_PAIRS[character], cuts_here))
            if cuts_here:
                cuts.append((place, 1))
        elif all(cutting for _, cutting in closing):
            level = _level(text, place)
            if level is not None:
                cuts.append((place, level))
    return cuts


def _closes(text: str, place: int) -> bool:
    """Return whether the bracket or mark at `place` is closed before its sentence ends."""
    end = text.find(_PAIRS[text[place]], place + 1)
    return end >= 0 and not re.search("[。\n]", text[place:end])


def _level(text: str, place: int) -> int | None:
    character = text[place]
    if character in ",:" and text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit():
        return None
    for level, marks in ((3, _SENTENCE), (2, _PART), (1, _CLAUSE), (0, _PIECE)):
        if character in marks:
            return level
    return None
