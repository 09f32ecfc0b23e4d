"""What a notebook shows: a picture, a print table or prose, each with what a report needs to print it well."""

from __future__ import annotations

import html
import io
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.drawing.cell_forms import Drawn, Linked
from daye_analysis.charts.drawing.style import PAGE_WIDTH, source_line
from daye_analysis.charts.saving.write import save_chart, save_table
from daye_analysis.charts.typeface import FAMILY
from daye_analysis.package.formatting import number_words
from daye_analysis.package.view import PackageView
from daye_analysis.punctuation import FULL_STOP, SEMICOLON, joined

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Bundle = tuple[dict[str, Any], dict[str, Any]]
Align = Literal["left", "center", "right"]
# Lines of a table's cell that are no longer than this are never broken.
_SHORT = 12
_NO_BREAK = ";white-space:nowrap"
_NOTHING, _NEW_LINE = Text("", ""), Text("\n", "\n")
_STYLE_OF_ALL = re.compile(r"<style[^>]*>\*\{([^{}<]*)\}</style>")


@dataclass(frozen=True)
class Picture:
    """A chart as SVG, with alternative text that says what it shows, and a caption.

    Attributes
    ----------
    svg
        The drawing; its words are text, set in the fonts of whoever shows it.
    alt
        All that it shows, in words.
    caption
        Its title.
    draw
        Draws it again, with the arguments of matplotlib's `savefig`.
    """

    svg: str = field(repr=False)
    alt: str
    caption: str
    draw: Callable[..., None] = field(repr=False, compare=False)

    def save(self, path: str | Path) -> Path:
        """Write the chart to a file, as its name's ending says, and return the path.

        The source and the day are on it, the fonts in it, title and alternative text in its properties, and one chart always
        gives the same bytes.

        Parameters
        ----------
        path
            Ends in `.png`, `.svg`, `.pdf`, `.docx` or `.tex` (a figure that includes the PDF
            written beside it); a folder that is missing is made.

        Raises
        ------
        WrongUsage
            save.unknown-format, for any other ending; export.extra-missing, without the library for Word.
        InfrastructureFailed
            save.not-writable.

        Examples
        --------
        >>> distance_chart(view, "en").save("distance.png")  # doctest: +SKIP
        """
        return save_chart(self, Path(path))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        about = {"alt": self.alt, "caption": self.caption}
        return {"image/svg+xml": self.svg, "text/html": self.html(), "text/plain": self.alt}, {"image/svg+xml": about}

    def html(self) -> str:
        """Return the chart as part of a page: in the page's own fonts, read aloud by its alternative text, captioned.

        JupyterLab shows an SVG by itself as a closed picture that knows none of the page's fonts, without its `alt`.
        """
        drawing = on_screen(self.svg[self.svg.index("<svg ") :])
        # A style for all that a drawing holds would become one for all that the page holds.
        rule = _STYLE_OF_ALL.search(drawing)
        drawing = _STYLE_OF_ALL.sub("", drawing)
        drawing = drawing.replace("<svg ", f'<svg style="max-width:100%;height:auto;{rule[1] if rule else ""}" ', 1)
        return (
            f'<figure style="margin:0;background:white;color:black"><div role="img" aria-label="{html.escape(self.alt)}">'
            f'{drawing}</div><figcaption style="font-size:0.9em">{html.escape(self.caption)}</figcaption></figure>'
        )


def picture(
    figure: Figure, view: PackageView, language: Language, *, caption: Text, kind: Text, phrases: Iterable[str], how: Text = _NOTHING,
    source: Text = _NOTHING,
) -> Picture:  # fmt: skip
    """Return `figure` as a Picture, with where its numbers come from and as of when below what is drawn.

    The bytes depend on nothing but what was drawn. Everything is measured once: saving with `bbox_inches="tight"`
    would draw it all once more to find the same box. It is always as wide as a page, so that type has one size.

    Parameters
    ----------
    caption
        What the chart shows: its title.
    kind
        Which kind of chart it is, with which the alternative text begins.
    phrases
        The numbers that it shows, in words: the rest of the alternative text.
    how
        How to read it, printed before the source.
    source
        Where its numbers come from; the package's observations where nothing is given.
    """
    reading = joined([how.say(language), source.say(language) or as_known(view, language)], language, _NEW_LINE)
    svg, draw = render(figure, reading)
    alt = f"{kind.say(language)}{SEMICOLON.say(language).join(phrases)}{FULL_STOP.say(language)}"
    return Picture(svg, alt, caption.say(language), draw)


def render(figure: Figure, reading: str) -> tuple[str, Callable[..., None]]:
    """Return `figure`, with `reading` below it, as SVG, and what draws it again."""
    from matplotlib import rcParams
    from matplotlib.transforms import Bbox

    box = figure.get_tightbbox()
    box = Bbox.union([box, source_line(figure, reading, box), Bbox([[0, box.y0], [PAGE_WIDTH, box.y1]])])
    draw: Any = partial(figure.savefig, bbox_inches=box.padded(rcParams["savefig.pad_inches"]))
    out = io.StringIO()
    draw(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return out.getvalue(), draw


def on_screen(svg: str) -> str:
    """Return a drawing for a page: in the house font, where the page has it, else in its readers' own without serifs."""
    return svg.replace(f"'{FAMILY}'", f"'{FAMILY}', sans-serif")


def as_known(view: PackageView, language: Language) -> str:
    """Return where the figures of a chart come from, and as of when."""
    day = date_words(view.timestamp, language)
    return Text(f"来源：本数据包的观测值表；截至{day}可知。", f"Source: this package's observations, as known on {day}.").say(language)


@dataclass(frozen=True)
class PrintTable:
    """A table for people: cells are words already; `align` names the columns that are not left-aligned.

    `widths` are the columns' shares of the line, where several tables are to share one grid. `groups` are headings that
    are before rows, by the row's place. Empty cells of the `spanning` columns belong to the cell above them. A table with
    `whole_page` is printed on a page of its own, in the type that fits. `source` is the line below it in files that it is saved to.
    """

    frame: pd.DataFrame = field(repr=False)
    caption: str
    align: dict[str, Align] = field(default_factory=dict)
    widths: tuple[float, ...] = ()
    groups: dict[int, str] = field(default_factory=dict)
    whole_page: bool = False
    source: str = ""
    spanning: tuple[str, ...] = ()

    def save(self, path: str | Path) -> Path:
        """Write the table to a file, as its name's ending says, and return the path; one table always gives the same bytes.

        Parameters
        ----------
        path
            Ends in `.xlsx`, `.csv` (in UTF-8 with the mark by which Excel knows it), `.md`, `.docx`, `.tex` (a longtable to be
            included) or `.html`; a folder that is missing is made.

        Raises
        ------
        WrongUsage
            save.unknown-format, for any other ending; export.extra-missing, without the libraries for Excel and Word.
        InfrastructureFailed
            save.not-writable.

        Examples
        --------
        >>> settled_table(view, "en").save("settled.xlsx")  # doctest: +SKIP
        """
        return save_table(self, Path(path))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        about: dict[str, Any] = {"caption": self.caption}
        about |= {"widths": list(self.widths)} if self.widths else {}
        about |= {"whole_page": True} if self.whole_page else {}
        return {"text/html": self.html(), "text/plain": self.text()}, {"text/html": about}

    def rows(self) -> list[list[str]]:
        """Return the headings and the rows, every cell in words."""
        return [[cell_text(cell) for cell in row] for row in (list(self.frame.columns), *self.frame.itertuples(index=False))]

    def text(self) -> str:
        """Return the table as plain text, a line a row, its cells parted by tabs."""
        return "\n".join("\t".join(row).replace("\n", " ") for row in self.rows())

    def html(self) -> str:
        """Return the table as HTML with everything escaped; line breaks within a cell are kept, short ones have no more."""
        columns = list(self.frame.columns)
        styles = [
            f' style="text-align:{self.align.get(column, "left")}{_NO_BREAK if is_short(self.frame.iloc[:, at]) else ""}"'
            for at, column in enumerate(columns)
        ]
        title = f'<caption style="caption-side:top;text-align:left">{html.escape(self.caption)}</caption>' if self.caption else ""
        head = "".join(f"<th{style}>{_cell(column)}</th>" for style, column in zip(styles, columns, strict=True))
        rows = (
            f"{self._heading(at)}<tr>{''.join(self._data(at, x, style, v) for x, (style, v) in enumerate(zip(styles, row, strict=True)))}</tr>"
            for at, row in enumerate(self.frame.itertuples(index=False))
        )
        return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _data(self, at: int, x: int, style: str, value: object) -> str:
        """Return a cell, over the rows that belong to it; empty where it belongs to the one above."""
        if self.frame.columns[x] not in self.spanning:
            return f"<td{style}>{_cell(value)}</td>"
        if self._belongs_above(at, x):
            return ""
        end = at + 1
        while end < len(self.frame) and self._belongs_above(end, x):
            end += 1
        rows = f' rowspan="{end - at}"' if end - at > 1 else ""
        return f"<td{style}{rows}>{_cell(value)}</td>"

    def _belongs_above(self, at: int, x: int) -> bool:
        return at > 0 and at not in self.groups and not cell_text(self.frame.iat[at, x])

    def _heading(self, at: int) -> str:
        """Return the row with the heading that is before row `at`; empty where there is none."""
        if at not in self.groups:
            return ""
        style = "text-align:left;background:#f4f6f8;color:#1c2126"
        return f'<tr><th colspan="{len(self.frame.columns)}" style="{style}">{html.escape(self.groups[at])}</th></tr>'


@dataclass(frozen=True)
class Prose:
    """Words with Markdown marks, made by code because they hold numbers; a list in `fine` ones is printed small.

    The list in a `cited` one is that of the report's sources.
    """

    markdown: str
    fine: bool = False
    cited: bool = False

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        about = {name: True for name in ("fine", "cited") if getattr(self, name)}
        return {"text/markdown": self.markdown, "text/plain": self.markdown}, about


def listing(sentences: Iterable[Text], language: Language) -> Prose:
    """Return sentences as a list."""
    return Prose("\n".join(f"- {each.say(language)}" for each in sentences))


def escaped(text: object) -> str:
    """Return `text` so that Markdown shows it as it is."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]<>#|$~" else character for character in str(text))


def is_short(cells: pd.Series) -> bool:
    """Return whether every line of a column's cells is short enough to stay whole."""
    lines = (line for cell in cells for line in cell_text(cell).split("\n"))
    return all(len(line) <= _SHORT for line in lines)


def cell_text(value: object) -> str:
    """Return a table's cell as its words; empty for a missing one."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, float):
        return "" if math.isnan(value) else number_words(value)
    return str(value)


def _cell(value: object) -> str:
    if isinstance(value, Linked | Drawn):
        return value.as_html().replace("\n", "<br>")
    return html.escape(cell_text(value)).replace("\n", "<br>")
