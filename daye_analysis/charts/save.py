"""Save any table or chart, the project's or one's own, as the file's name says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from daye_analysis.charts.display import Picture, PrintTable
from daye_analysis.charts.drawing.style import source_line
from daye_analysis.charts.explorer import SortableTable
from daye_analysis.charts.frames import print_table
from daye_analysis.charts.problems import CHART_PROBLEMS
from daye_analysis.charts.saving.write import save_chart, save_table
from daye_analysis.charts.series_chart import SeriesChart
from daye_analysis.charts.typeface import register_fonts
from daye_analysis.errors import WrongUsage
from daye_analysis.problem_messages import worded
from daye_analysis.session import language_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def save(
    shown: object, path: str | Path, *, caption: str = "", source: str = "", alt: str = "", language: str | None = None
) -> Path:
    """Write a table or a chart to a file and return its path; the file's ending says the format.

    A table becomes `.xlsx`, `.csv`, `.md`, `.docx`, `.tex` or `.html`; a chart `.png`, `.svg`, `.pdf`, `.docx`, or `.tex` with its PDF
    beside it. A file that is there is replaced, in one step.

    Parameters
    ----------
    shown
        A DataFrame or Series, a table or chart of this project, or a chart that matplotlib, seaborn or pandas drew. Columns of the
        dictionary get their titles, a whole table of a view the columns that a person reads.
    path
        A folder that is missing is made.
    caption
        Title above a table, below a chart; that of the table or chart itself where not given.
    source
        Where the figures come from, below the table or on the chart. The project's charts say it themselves.
    alt
        What a chart of one's own shows, in words, for readers who do not see it; the caption where not given.
    language
        Of the titles: `zh` or `en`; the session's where not given.

    Raises
    ------
    WrongUsage
        save.unknown-format, which lists the endings; save.nothing-to-save; export.extra-missing, without the library for Word.
    InfrastructureFailed
        save.not-writable.

    Examples
    --------
    >>> import daye_analysis, tempfile
    >>> view = daye_analysis.load().as_of("2026-11-29")
    >>> led = view.targets(lead="市科技局")[["target", "asked", "known", "verdict"]]
    >>> path = daye_analysis.save(led, tempfile.mkdtemp() + "/led.md", caption="Targets of the science bureau", language="en")
    >>> path.read_text(encoding="utf-8").splitlines()[2]
    '| Target | Asked | Known | Verdict |'
    """
    spoken, where = language_of(language), Path(path)
    if isinstance(shown, pd.DataFrame | pd.Series):
        return save_table(print_table(shown, spoken, caption, source), where)
    if isinstance(shown, SortableTable):
        shown = shown.table
    if isinstance(shown, PrintTable):
        return save_table(replace(shown, caption=caption or shown.caption, source=source or shown.source), where)
    if isinstance(shown, Picture | SeriesChart):
        return save_chart(replace(shown, caption=caption or shown.caption, alt=alt or shown.alt), where)
    figure = _figure(shown)
    if figure is None:
        raise WrongUsage(worded(CHART_PROBLEMS, "save.nothing-to-save", "shown", found=type(shown).__name__))
    return save_chart(_own_chart(figure, caption, source, alt), where)


@dataclass(frozen=True)
class _OwnChart:
    """A chart of the user's own, with its words."""

    alt: str
    caption: str
    draw: Callable[..., None] = field(repr=False)


def _figure(shown: object) -> Figure | None:
    """Return the figure of whatever matplotlib, seaborn or pandas gives for a chart: figure, axes, several of them, a grid."""
    from matplotlib.figure import Figure

    inner = getattr(shown, "flat", None)  # pandas gives several axes as an array
    first: Any = next(iter(inner), None) if inner is not None else shown
    figure = getattr(first, "figure", None)
    figure = getattr(figure, "figure", figure)  # a part of a figure names the whole
    return figure if isinstance(figure, Figure) else None


def _own_chart(figure: Figure, caption: str, source: str, alt: str) -> _OwnChart:
    titles = [figure.get_suptitle(), *(axes.get_title() for axes in figure.axes)]
    title = caption or next((each for each in titles if each), "")

    def draw(out: Any, **options: Any) -> None:
        with _chinese_in(figure):
            added = len(figure.texts)
            if source:
                source_line(figure, source, figure.get_tightbbox())
            figure.savefig(out, bbox_inches="tight", **options)
            for text in figure.texts[added:]:
                text.remove()

    return _OwnChart(alt or title, title, draw)


@contextmanager
def _chinese_in(figure: Figure) -> Iterator[None]:
    """Take what the fonts of a figure's words lack from ours within this block; a box in place of each character says nothing."""
    from matplotlib.text import Text

    texts = [(each, each.get_fontfamily()) for each in figure.findobj(Text) if isinstance(each, Text)]
    for text, families in texts:
        text.set_fontfamily([*families, register_fonts()])
    try:
        yield
    finally:
        for text, families in texts:
            text.set_fontfamily(families)
