"""What a notebook shows: a picture, a print table or prose, each with what a report needs to print it well."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Bundle = tuple[dict[str, Any], dict[str, Any]]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Picture:
    """A chart as SVG, with alternative text that says what it shows, and a caption."""

    svg: str = field(repr=False)
    alt: str
    caption: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        about = {"alt": self.alt, "caption": self.caption}
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {"image/svg+xml": about}


def picture(figure: Figure, alt: str, caption: str) -> Picture:
    """Return `figure` as a Picture and close it. The bytes depend on nothing but what was drawn."""
    import matplotlib.pyplot as plt
    from matplotlib import rc_context

    out = io.StringIO()
    with rc_context({"svg.hashsalt": "daye_analysis", "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return Picture(out.getvalue(), alt, caption)


@dataclass(frozen=True)
class PrintTable:
    """A table for people: cells are words already; `align` names the columns that are not left-aligned."""

    frame: pd.DataFrame = field(repr=False)
    caption: str
    align: dict[str, Align] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        about = {"caption": self.caption}
        return {"text/html": self.html(), "text/plain": self.frame.to_string(index=False)}, {"text/html": about}

    def html(self) -> str:
        """Return the table as HTML with everything escaped; line breaks within a cell are kept."""
        columns = list(self.frame.columns)
        styles = {column: f' style="text-align:{self.align.get(column, "left")}"' for column in columns}
        head = "".join(f"<th{styles[column]}>{_cell(column)}</th>" for column in columns)
        rows = (
            "<tr>" + "".join(f"<td{styles[c]}>{_cell(v)}</td>" for c, v in zip(columns, row, strict=True)) + "</tr>"
            for row in self.frame.itertuples(index=False)
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


@dataclass(frozen=True)
class Prose:
    """Words with Markdown marks, made by code because they hold numbers."""

    markdown: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        return {"text/markdown": self.markdown, "text/plain": self.markdown}, {}


def escaped(text: object) -> str:
    """Return `text` so that Markdown shows it as it is."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]<>#|$~" else character for character in str(text))


def _cell(value: object) -> str:
    return "" if value is None or value is pd.NA else html.escape(str(value)).replace("\n", "<br>")
