"""The one style of all charts, for print and screen: quiet, colour-blind safe, never colour alone."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from daye_analysis.figures.typeface import register_fonts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours, told apart under every common form of colour blindness.
BLUE: Final = "#0072B2"
SKY: Final = "#56B4E9"
ORANGE: Final = "#E69F00"
VERMILION: Final = "#D55E00"
GREEN: Final = "#009E73"
INK: Final = "#222222"
GREY: Final = "#767676"
PALE: Final = "#D9D9D9"

PAGE_WIDTH: Final = 6.3  # inches: what an A4 page leaves between its margins


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house style within this block, and leave matplotlib as it was."""
    import matplotlib as mpl
    import seaborn as sns

    wanted: dict[Any, Any] = {
        "font.family": register_fonts(),
        "font.size": 9,
        "axes.titlesize": 10,
        "axes.labelsize": 9,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": GREY,
        "ytick.color": INK,
        "xtick.labelsize": 8,
        "ytick.labelsize": 9,
        "axes.unicode_minus": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "daye_analysis",
        "figure.facecolor": "none",
        "axes.facecolor": "none",
    }
    with mpl.rc_context(), sns.axes_style("white"), mpl.rc_context(wanted):
        yield


def source_line(axes: Axes, words: str) -> None:
    """Print where the figures come from and as of when below the chart, from the left edge, on as many lines as needed."""
    wide = any("\u4e00" <= character <= "\u9fff" for character in words)
    lines = textwrap.fill(words, 58 if wide else 118)
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    # Measured, not guessed: below whatever has been drawn so far, legends and axis labels too.
    bottom = figure.get_tightbbox().y0 - 0.05
    figure.text(0.0, bottom / figure.get_figheight(), lines, fontsize=7.5, color=GREY, ha="left", va="top")
