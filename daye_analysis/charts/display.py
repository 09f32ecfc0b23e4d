"""What a notebook shows: a picture, a print table or prose, each with what a report needs to print it well."""

from __future__ import annotations

import html
import io
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from daye_analysis.charts.style import lay_out, source_line
from daye_analysis.charts.typeface import FAMILY
from daye_analysis.package.formatting import number_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Bundle = tuple[dict[str, Any], dict[str, Any]]
Align = Literal["left", "center", "right"]
# Lines of a table's cell that are no longer than this are never broken.
_SHORT = 12
_NO_BREAK = ";white-space:nowrap"
_STYLE_OF_ALL = re.compile(r"<style[^>]*>\*\{([^{}<]*)\}</style>")


@dataclass(frozen=True)
class Picture:
    """A chart as SVG, with alternative text that says what it shows, and a caption."""

    svg: str = field(repr=False)
    alt: str
    caption: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        about = {"alt": self.alt, "caption": self.caption}
        return {"image/svg+xml": self.svg, "text/html": self.html(), "text/plain": self.alt}, {"image/svg+xml": about}

    def html(self) -> str:
        """Return the chart as part of a page: in the page's own fonts, read aloud by its alternative text, captioned.

        JupyterLab shows an SVG by itself as a closed picture that knows none of the page's fonts, without its `alt`.
        """
        # The house font, where a page has it, else its readers' own without serifs.
        drawing = self.svg[self.svg.index("<svg ") :].replace(f"'{FAMILY}'", f"'{FAMILY}', sans-serif")
        # A style for all that a drawing holds would become one for all that the page holds.
        rule = _STYLE_OF_ALL.search(drawing)
        drawing = _STYLE_OF_ALL.sub("", drawing)
        drawing = drawing.replace("<svg ", f'<svg style="max-width:100%;height:auto;{rule[1] if rule else ""}" ', 1)
        return (
            f'<figure style="margin:0;background:white;color:black"><div role="img" aria-label="{html.escape(self.alt)}">'
            f'{drawing}</div><figcaption style="font-size:0.9em">{html.escape(self.caption)}</figcaption></figure>'
        )


def picture(figure: Figure, alt: str, caption: str, source: str = "") -> Picture:
    """Return `figure` as a Picture, with `source`, where from and as of when, below what is drawn.

    The bytes depend on nothing but what was drawn. Everything is measured once: saving with `bbox_inches="tight"`
    would draw it all once more to find the same box.
    """
    from matplotlib import rc_context, rcParams
    from matplotlib.transforms import Bbox

    lay_out(figure)
    box = figure.get_tightbbox()
    if source:
        box = Bbox.union([box, source_line(figure, source, box)])
    out = io.StringIO()
    with rc_context({"svg.hashsalt": "daye_analysis", "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", bbox_inches=box.padded(rcParams["savefig.pad_inches"]), metadata={"Date": None, "Creator": None})
    return Picture(out.getvalue(), alt, caption)


@dataclass(frozen=True)
class PrintTable:
    """A table for people: cells are words already; `align` names the columns that are not left-aligned."""

    frame: pd.DataFrame = field(repr=False)
    caption: str
    align: dict[str, Align] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        about = {"caption": self.caption}
        return {"text/html": self.html(), "text/plain": self.text()}, {"text/html": about}

    def text(self) -> str:
        """Return the table as plain text, a line a row, its cells parted by tabs."""
        rows = [list(self.frame.columns), *self.frame.itertuples(index=False)]
        return "\n".join("\t".join(_plain(cell).replace("\n", " ") for cell in row) for row in rows)

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
            "<tr>" + "".join(f"<td{style}>{_cell(v)}</td>" for style, v in zip(styles, row, strict=True)) + "</tr>"
            for row in self.frame.itertuples(index=False)
        )
        return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


@dataclass(frozen=True)
class Prose:
    """Words with Markdown marks, made by code because they hold numbers; a list in `fine` ones is printed small."""

    markdown: str
    fine: bool = False

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        return {"text/markdown": self.markdown, "text/plain": self.markdown}, {"fine": True} if self.fine else {}


def escaped(text: object) -> str:
    """Return `text` so that Markdown shows it as it is."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]<>#|$~" else character for character in str(text))


def is_short(cells: pd.Series) -> bool:
    """Return whether every line of a column's cells is short enough to stay whole."""
    lines = (line for cell in cells for line in _plain(cell).split("\n"))
    return all(len(line) <= _SHORT for line in lines)


def _plain(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, float):
        return "" if math.isnan(value) else number_words(value)
    return str(value)


def _cell(value: object) -> str:
    return html.escape(_plain(value)).replace("\n", "<br>")
