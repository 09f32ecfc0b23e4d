"""Cells of a table that are more than their words: one that leads somewhere, and one that is drawn."""

from __future__ import annotations

import base64
import html
import re
from typing import Final, Self

# Whoever lays a table out need not open the drawing.
_WIDTH: Final = re.compile(r'\bwidth="[0-9.]+"')


class Linked(str):
    """Words that lead to an anchor of the same report."""

    __slots__ = ("anchor",)
    anchor: str

    def __new__(cls, words: str, anchor: str) -> Self:
        """Return `words` as a link to `anchor`."""
        made = super().__new__(cls, words)
        made.anchor = anchor
        return made

    def as_html(self) -> str:
        """Return the link, its first line only where the words have several."""
        first, line_break, rest = self.partition("\n")
        return f'<a href="#{html.escape(self.anchor)}">{html.escape(first)}</a>{html.escape(line_break + rest)}'


class Drawn(str):
    """A drawing that stands for words: wherever nothing can be drawn, the words stand for it."""

    __slots__ = ("svg",)
    svg: str

    def __new__(cls, words: str, svg: str) -> Self:
        """Return `words` as the drawing `svg`."""
        made = super().__new__(cls, words)
        made.svg = svg
        return made

    def as_html(self) -> str:
        """Return the drawing as a picture within the page, described by the words."""
        data = base64.b64encode(self.svg.encode("utf-8")).decode("ascii")
        size = _WIDTH.search(self.svg)
        return f'<img src="data:image/svg+xml;base64,{data}" alt="{html.escape(self)}"{f" {size[0]}" if size else ""}>'
