"""Flattened table text: every tab starts a cell, every blank line ends a row.

A line that begins without a tab goes on with the cell before it. A line that holds a tab and nothing
else is an empty cell, not a blank line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the official text: `text` is exactly what is at code points `start` to `end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between two blank lines: what is before the first tab, and the cells after it."""

    before: Span
    cells: tuple[Span, ...]


def trimmed(text: str, start: int, end: int) -> Span:
    """Return `text[start:end]` as a span without the white space around it; if blank, empty at `start`."""
    piece = text[start:end]
    if not piece.strip():
        return Span("", start, start)
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return Span(piece, start, start + len(piece))


def line_of(text: str, offset: int) -> int:
    """Return the number of the line, from 1, on which code point `offset` is."""
    return text.count("\n", 0, offset) + 1


def blocks(text: str) -> tuple[Block, ...]:
    """Cut flattened table text into its blocks; all spans are offsets into `text`."""
    return tuple(_block(text, start, end) for start, end in _stretches(text))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    begin: int | None = None
    offset = 0
    for line in text.split("\n"):
        blank = not line.strip() and "\t" not in line
        if blank and begin is not None:
            yield begin, offset
            begin = None
        elif not blank and begin is None:
            begin = offset
        offset += len(line) + 1
    if begin is not None:
        yield begin, len(text)


def _block(text: str, start: int, end: int) -> Block:
    tabs = [place for place in range(start, end) if text[place] == "\t"]
    edges = [*tabs, end]
    cells = tuple(trimmed(text, edges[i] + 1, edges[i + 1]) for i in range(len(tabs)))
    return Block(trimmed(text, start, edges[0]), cells)
