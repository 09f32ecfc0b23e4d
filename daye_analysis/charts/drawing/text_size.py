"""How wide words are on a chart, and where their lines break."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from daye_analysis.charts.typeface import advance_width

# What no line breaks: a quoted name, a date, a word in Latin letters or digits, each with the marks around it.
_PIECES: Final = re.compile(
    r"(?:“[^”]*”|[（《‘]*(?:(?:[\d.—]+[年月日]末?)+|[^\s\u2e80-\u9fff\uff00-\uffef“”‘’（）《》—…]+|[^\s]))[，。、；：！？）》’…—]*\s*"
)
_BRACKET: Final = re.compile(r"^(.+?) ?([（(][^（(]*)$", re.DOTALL)
_LINE: Final = 1.2  # matplotlib's distance of lines, in heights of the type
_POINTS: Final = 72.0  # to an inch


def text_width(text: str, size: float) -> float:
    """Return how many inches the longest line of `text` takes in type of `size` points, at most (set in bold)."""
    return max(sum(advance_width(each) or 1.0 for each in line) for line in text.split("\n")) * size / _POINTS


def text_height(text: str, size: float) -> float:
    """Return how many inches the lines of `text` take in type of `size` points."""
    return (text.count("\n") + 1) * _LINE * size / _POINTS


def wrapped(text: str, size: float, width: float, *, even: bool = True) -> str:
    """Return `text` on as few lines as fit into `width` inches; a word that is longer is not broken.

    `even` lines are of about one length, and two of them part before the bracket at the end where both fit.
    """
    if text_width(text, size) <= width:
        return text
    if not even:
        return "\n".join(_filled(text, size, width))
    if (parts := _BRACKET.match(text)) and text_width("\n".join(parts.groups()), size) <= width:
        return "\n".join(parts.groups())
    lines = _filled(text, size, width)
    narrower = width
    while narrower > width / 2 and len(shorter := _filled(text, size, narrower)) == len(lines):
        lines, narrower = shorter, 0.96 * narrower
    return "\n".join(lines)


def widest(texts: Iterable[str], size: float) -> float:
    """Return how many inches the widest of `texts` takes; none takes no room."""
    return max((text_width(each, size) for each in texts), default=0.0)


def _filled(text: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for piece in _PIECES.findall(part):
            if line and text_width(line + piece.rstrip(), size) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return lines
