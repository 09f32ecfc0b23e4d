"""What a file is made of: a chart that can be drawn again, or a table with the words of its cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final, Protocol

import pandas as pd

from daye_analysis.package.export.zip_archive import EARLIEST
from daye_analysis.package.formatting import text_columns

# Columns that a page holds upright.
MOST_UPRIGHT: Final = 6
_NARROWEST: Final = 8  # characters
_WIDEST: Final = 36
# What Office formats want a date for; the same in every file.
NO_DATE: Final = dt.datetime(*EARLIEST)


class Chart(Protocol):
    """A chart that can be drawn again, with its words; where its figures come from is on it."""

    @property
    def alt(self) -> str:
        """All that it shows, in words."""

    @property
    def caption(self) -> str:
        """Its title."""

    @property
    def draw(self) -> Callable[..., None]:
        """Draws it, with the arguments of matplotlib's `savefig`."""


class Table(Protocol):
    """A table with the words of its cells."""

    @property
    def frame(self) -> pd.DataFrame:
        """Its cells."""

    @property
    def caption(self) -> str:
        """Its title, which may be empty."""

    @property
    def align(self) -> Mapping[str, str]:
        """The columns that are not left-aligned, by name."""

    @property
    def source(self) -> str:
        """Where its figures come from, printed below it; may be empty."""

    @property
    def groups(self) -> Mapping[int, str]:
        """Headings that are before rows, by the row's place."""

    def rows(self) -> list[list[str]]:
        """Return the headings and the rows, every cell in words."""

    def html(self) -> str:
        """Return the table as HTML with everything escaped."""


def sides(table: Table) -> list[str]:
    """Return on which side each column's cells are: left, center or right."""
    return [table.align.get(column, "left") for column in table.frame.columns]


def longest_lines(table: Table) -> list[int]:
    """Return how many characters the longest line of each column has, a Chinese one counted as two."""
    return [max(text_columns(line) for cell in column for line in cell.split("\n")) for column in zip(*table.rows(), strict=True)]


def shares(table: Table) -> list[float]:
    """Return each column's share of a line on which words have to break."""
    weights = [min(max(each + 4, _NARROWEST), _WIDEST) for each in longest_lines(table)]
    return [weight / sum(weights) for weight in weights]
