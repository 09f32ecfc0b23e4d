"""Charts with a row for each thing: names to the left, words to the right, so that no line or mark runs through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from daye_analysis.charts.drawing.style import GRID, INK, PAGE_WIDTH, new_figure
from daye_analysis.charts.drawing.text_size import text_height, widest, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME_SIZE: Final = 8.0
WORDS_SIZE: Final = 7.5
_GAP: Final = 0.1  # inches between names, chart and words
_BETWEEN_ROWS: Final = 0.11
_LEAST_ROW: Final = 0.24
_BELOW: Final = 0.5  # for the axis, its numbers and its name


def row_chart(
    names: Sequence[str],
    words: Sequence[str] = (),
    *,
    name_width: float = 1.7,
    words_width: float = 2.1,
    colours: Sequence[str] = (),
    above: float = 0.0,
) -> tuple[Figure, Axes]:
    """Return a figure as wide as a page, and its axes with a row for each name; the first row, at 0, is on top.

    Parameters
    ----------
    names, words
        What is to the left and to the right of each row, broken into lines where it is wider than the width, in inches.
    colours
        Those of the words; ink where none is given.
    above
        Inches above the first row, for a legend or a heading.
    """
    names = [wrapped(name, NAME_SIZE, name_width) for name in names]
    words = [wrapped(each, WORDS_SIZE, words_width) for each in words]
    tallest = max(text_height(text, size) for size, texts in ((NAME_SIZE, names), (WORDS_SIZE, words)) for text in texts)
    height = max(tallest + _BETWEEN_ROWS, _LEAST_ROW) * len(names)
    left = widest(names, NAME_SIZE) + _GAP
    right = widest(words, WORDS_SIZE) + _GAP if words else 0.0
    whole = height + above + _BELOW
    figure = new_figure(whole)
    axes = figure.add_axes((left / PAGE_WIDTH, _BELOW / whole, (PAGE_WIDTH - left - right) / PAGE_WIDTH, height / whole))
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names, fontsize=NAME_SIZE)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    beside = _GAP / (PAGE_WIDTH - left - right)
    for place, each in enumerate(words):
        colour = colours[place] if colours else INK
        axes.text(1 + beside, place, each, transform=axes.get_yaxis_transform(), fontsize=WORDS_SIZE, color=colour, va="center")
    return figure, axes
