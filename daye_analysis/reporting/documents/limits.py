"""Limits on each output that is printed, so that time and memory stay bounded; what exceeds them is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from typing import Any

from daye_analysis.errors import CheckFailed
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.documents.problems import DOCUMENT_PROBLEMS


@dataclass(frozen=True, slots=True)
class PrintLimits:
    """What is printed of one table, text, HTML output or picture; whatever is beyond is named in its place.

    A notebook sets them in its metadata: `{"daye": {"limits": {"table_rows": 20000}}}`.

    Attributes
    ----------
    table_rows, table_cells
        Rows and cells of a table.
    html_bytes, html_elements
        Characters and elements of an HTML output.
    markdown_characters
        Characters of a Markdown text, beside the pictures that are in it.
    text_characters
        Characters of one printed text or block of code.
    paragraph_characters
        Characters of a paragraph, a heading or the cell of a table.
    headings
        Headings of a report; further ones are set as paragraphs.
    formula_characters
        Characters of a formula.
    footnotes
        Footnotes of one Markdown text, each time that one is cited counted.
    pixels
        Pixels of a picture.
    svg_bytes, svg_elements, svg_depth
        Size of a drawing; its elements with each reference to another counted out, and a filter as one for every 1,000 pixels
        of the drawing; and how deep they are in one another.
    """

    table_rows: int = 5_000
    table_cells: int = 60_000
    html_bytes: int = 4_000_000
    html_elements: int = 100_000
    markdown_characters: int = 500_000
    text_characters: int = 2_000_000
    paragraph_characters: int = 200_000
    headings: int = 2_000
    formula_characters: int = 10_000
    footnotes: int = 1_000
    pixels: int = 60_000_000
    svg_bytes: int = 10_000_000
    svg_elements: int = 200_000
    svg_depth: int = 200


def limits_of(notebook: Mapping[str, Any]) -> PrintLimits:
    """Return the limits that a notebook's metadata `daye.limits` set, and the others as they are.

    Raises
    ------
    CheckFailed
        `pdf.limit`, for a name that is no limit, or a value that is no whole number above 0.
    """
    about = (notebook.get("metadata") or {}).get("daye") or {}
    given = about.get("limits") or {}
    names = [field.name for field in fields(PrintLimits)]
    if not isinstance(given, Mapping):
        raise CheckFailed(worded(DOCUMENT_PROBLEMS, "pdf.limit", "daye.limits", entry=f"limits: {given}"[:80], names=tuple(names)))
    wrong = [name for name, value in given.items() if name not in names or type(value) is not int or value < 1]
    if wrong:
        raise CheckFailed([
            worded(DOCUMENT_PROBLEMS, "pdf.limit", f"daye.limits.{name}", entry=f"{name}: {given[name]}"[:80], names=tuple(names)) for name in wrong
        ])  # fmt: skip
    return PrintLimits(**given)


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
