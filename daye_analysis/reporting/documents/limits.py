"""Limits on each output that is printed, so that time and memory stay bounded; what exceeds them is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintLimits:
    """What is printed of one table, text, HTML output or picture; whatever is beyond is named in its place.

    Attributes
    ----------
    table_rows, table_cells
        Rows and cells of a table.
    html_bytes, html_elements
        Characters and elements of an HTML output.
    text_characters
        Characters of one printed text or paragraph.
    pixels
        Pixels of a picture.
    svg_bytes, svg_elements
        Size of a drawing, and its elements with each reference to another counted out.
    """

    table_rows: int = 5_000
    table_cells: int = 60_000
    html_bytes: int = 4_000_000
    html_elements: int = 100_000
    text_characters: int = 2_000_000
    pixels: int = 60_000_000
    svg_bytes: int = 10_000_000
    svg_elements: int = 200_000


_IN_FORCE: ContextVar[PrintLimits] = ContextVar("limits", default=PrintLimits())  # noqa: B039 (frozen)


def in_force() -> PrintLimits:
    """Return the limits of what is being read."""
    return _IN_FORCE.get()


@contextmanager
def applied(limits: PrintLimits) -> Iterator[None]:
    """Read with other limits."""
    token = _IN_FORCE.set(limits)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)
