"""The one style of all charts, for print and screen: quiet, colour-blind safe, never colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from daye_analysis.charts.drawing.text_size import wrapped
from daye_analysis.charts.typeface import register_fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

# Okabe and Ito's colours, told apart under every common form of colour blindness.
BLUE: Final = "#0072B2"
SKY: Final = "#56B4E9"
ORANGE: Final = "#E69F00"
VERMILION: Final = "#D55E00"
GREEN: Final = "#009E73"
INK: Final = "#222222"
GREY: Final = "#767676"
PALE: Final = "#D9D9D9"
GRID: Final = "#EBEBEB"

PAGE_WIDTH: Final = 6.3  # inches: what an A4 page leaves between its margins


def use_style() -> None:
    """Draw everything from here on in the house style: Chinese on any machine, colours told apart by everyone.

    For charts of one's own with matplotlib, seaborn or pandas; the project's charts have it anyway.

    Examples
    --------
    >>> import daye_analysis
    >>> daye_analysis.use_style()
    """
    import matplotlib as mpl
    import seaborn as sns
    from cycler import cycler

    sns.set_theme(style="white")
    colours = cycler(color=[BLUE, ORANGE, GREEN, VERMILION, SKY, GREY])
    mpl.rcParams.update({**_settings(), "axes.prop_cycle": colours, "figure.facecolor": "white", "axes.facecolor": "white"})


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house style within this block, and leave matplotlib as it was."""
    import matplotlib as mpl
    import seaborn as sns

    with mpl.rc_context(), sns.axes_style("white"), mpl.rc_context(_settings()):
        yield


def _settings() -> dict[Any, Any]:
    """Return the house style as matplotlib's settings."""
    return {
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
        # Words are set by whoever shows the SVG, at any size: measured without fitting them to pixels.
        "text.hinting": "none",
        "svg.hashsalt": "daye_analysis",
        "figure.facecolor": "white",
        "axes.facecolor": "none",
    }


def new_figure(height: float) -> Figure:
    """Return an empty figure as wide as a page and `height` inches high.

    It is not one of pyplot's, which stay with the process until they are closed and ask which screen there is.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(PAGE_WIDTH, height))
    FigureCanvasAgg(figure)
    return figure


def source_line(figure: Figure, words: str, drawn: Bbox) -> Bbox:
    """Print where the figures come from, and as of when, below what is drawn, and return its box in inches.

    It starts at the left edge of the figure, or of what reaches beyond it, and takes as many lines as it needs; `drawn` is the box of everything else, in inches.
    """
    from matplotlib.transforms import Bbox

    lines = wrapped(words, 7.5, PAGE_WIDTH, even=False)
    at = (drawn.y0 - 0.05) / figure.get_figheight()
    text = figure.text(min(0.0, drawn.x0 / figure.get_figwidth()), at, lines, fontsize=7.5, color=GREY, ha="left", va="top")
    return Bbox(text.get_window_extent().get_points() / figure.dpi)
