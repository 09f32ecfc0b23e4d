"""Small charts side by side, all over time: one a target or a cluster, each with its name and unit above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.charts.drawing.style import GREY, PAGE_WIDTH, new_figure
from daye_analysis.charts.drawing.text_size import text_height, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE_SIZE: Final = 8.5
_LEFT: Final = 0.42  # inches for the numbers of an upright axis
_BETWEEN: Final = 0.15
_BELOW: Final = 0.3


def panels(titles: Sequence[str], columns: int, height: float, *, shared: bool = False) -> tuple[Figure, list[Axes]]:
    """Return a figure as wide as a page, and axes of `height` inches below each title.

    Parameters
    ----------
    shared
        Whether all have the same axes: then only the outer ones have numbers.
    """
    columns = min(columns, len(titles))
    rows = -(-len(titles) // columns)
    wide = (PAGE_WIDTH - _LEFT * (1 if shared else columns) - _BETWEEN * (columns - 1)) / columns
    step = wide + _BETWEEN + (0 if shared else _LEFT)
    titles = [wrapped(title, TITLE_SIZE, wide + (0 if shared else _LEFT)) for title in titles]
    head = max(text_height(title, TITLE_SIZE) for title in titles) + 0.08
    below = 0.12 if shared else _BELOW
    whole = rows * (head + height + below) + (_BELOW - below)
    figure = new_figure(whole)
    drawn: list[Axes] = []
    for place, title in enumerate(titles):
        down, across = divmod(place, columns)
        bottom = whole - (down + 1) * (head + height) - down * below
        axes = figure.add_axes(((_LEFT + across * step) / PAGE_WIDTH, bottom / whole, wide / PAGE_WIDTH, height / whole))
        axes.set_title(title, fontsize=TITLE_SIZE, loc="left", x=0 if shared else -_LEFT / wide, pad=5)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(GREY)
        lowest = place + columns >= len(titles)
        axes.tick_params(labelsize=7.5, labelbottom=not shared or lowest, labelleft=not shared or across == 0)
        drawn.append(axes)
    return figure, drawn


def year_axis(axes: Axes, first: pd.Timestamp, end: pd.Timestamp) -> None:
    """Let an axis run from `first` to `end` with some room, and name the ends of its years, as many as there is room for."""
    span = end - first
    axes.set_xlim(on_axis(first - span * 0.12), on_axis(end + span * 0.1))
    years = [year for year in range(first.year - 1, end.year + 1) if first - span * 0.12 <= pd.Timestamp(year, 12, 31)]
    every = 1 + len(years) * 0.32 // (axes.get_position().width * PAGE_WIDTH)
    shown = [year for year in years if (end.year - year) % every == 0]
    axes.set_xticks([on_axis(pd.Timestamp(year, 12, 31)) for year in shown], [str(year) for year in shown])


def on_axis(days: Any) -> Any:
    """Return where days lie on an axis of time, for a day or a column of days."""
    from matplotlib import dates

    convert: Any = dates.date2num
    return convert(days)
