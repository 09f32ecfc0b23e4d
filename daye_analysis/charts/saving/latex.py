"""A table and a chart for LaTeX: a `longtable` with booktabs' rules, and a `figure` that includes the chart's PDF.

The LaTeX that pandas writes breaks no line within a cell, and says in English where a table goes on.
"""

from __future__ import annotations

import re
from typing import Final

from daye_analysis.charts.saving.shown import MOST_UPRIGHT, Chart, Table, longest_lines, shares, sides
from daye_analysis.package.tex import tex

_TABLE_NEEDS: Final = "% \\usepackage{array,booktabs,longtable,pdflscape}; Chinese: XeLaTeX or LuaLaTeX with ctex"
_FIGURE_NEEDS: Final = "% \\usepackage{graphicx}; Chinese: XeLaTeX or LuaLaTeX with ctex"
_LINE: Final = 76  # characters of a line
_SIDE: Final = {"left": "l", "center": "c", "right": "r"}
_WRAPPED: Final = {"left": r"\raggedright", "center": r"\centering", "right": r"\raggedleft"}
_NO_LABEL: Final = re.compile(r"[^\w.-]+")


def table_source(table: Table, name: str) -> bytes:
    """Return the table as LaTeX to be included; `name` is that of its label. Wide ones are in small type, the widest lie."""
    rows = [[_cell(each) for each in row] for row in table.rows()]
    across = len(rows[0])
    fits = sum(longest_lines(table)) + 2 * across <= _LINE
    head = ["\\toprule", _row([_bold(each) for each in rows[0]]), "\\midrule"]
    lines = [f"\\begin{{longtable}}{{{_columns(table, fits)}}}"]
    if table.caption:
        lines.append(f"\\caption{{{tex(table.caption)}}}\\label{{tab:{_label(name)}}}\\\\")
    lines += [*head, "\\endfirsthead", *head, "\\endhead", "\\bottomrule", "\\endfoot", "\\bottomrule"]
    if table.source:
        width = "\\dimexpr\\linewidth-2\\tabcolsep\\relax"
        lines.append(f"\\multicolumn{{{across}}}{{p{{{width}}}}}{{\\footnotesize {_cell(table.source)}}}\\\\")
    lines.append("\\endlastfoot")
    for place, row in enumerate(rows[1:]):
        if place in table.groups:
            lines.append(f"\\multicolumn{{{across}}}{{l}}{{{_bold(_cell(table.groups[place]))}}}\\\\")
        lines.append(_row(row))
    lines.append("\\end{longtable}")
    if not fits:
        lines = ["\\begingroup\\footnotesize\\setlength{\\tabcolsep}{3pt}", *lines, "\\endgroup"]
    if across > MOST_UPRIGHT:
        lines = ["\\begin{landscape}", *lines, "\\end{landscape}"]
    return "\n".join([_TABLE_NEEDS, *lines, ""]).encode()


def figure_source(chart: Chart, name: str) -> bytes:
    """Return the `figure` that includes the PDF of the same name, with its caption and alternative text."""
    alt = tex(chart.alt).replace("\n", " ")
    return "\n".join([
        _FIGURE_NEEDS, "\\begin{figure}[htbp]", "\\centering",
        f"\\includegraphics[width=\\linewidth,alt={{{alt}}}]{{{name}.pdf}}",
        f"\\caption{{{tex(chart.caption)}}}\\label{{fig:{_label(name)}}}", "\\end{figure}", "",
    ]).encode()  # fmt: skip


def _columns(table: Table, fits: bool) -> str:
    """Return the columns: as wide as their words where they fit on a line, else shares of it in which words break."""
    if fits:
        return "".join(_SIDE[side] for side in sides(table))
    return "".join(
        f">{{{_WRAPPED[side]}\\arraybackslash}}p{{\\dimexpr{share:.3f}\\linewidth-2\\tabcolsep\\relax}}"
        for side, share in zip(sides(table), shares(table), strict=True)
    )


def _row(cells: list[str]) -> str:
    # A row that began with a bracket would be an argument of the line break before it.
    line = " & ".join(cells)
    return f"{'{}' if line.startswith('[') else ''}{line} \\\\"


def _bold(words: str) -> str:
    return rf"\textbf{{{words}}}"


def _cell(text: str) -> str:
    return tex(text).replace("\n", r"\newline ")


def _label(name: str) -> str:
    return _NO_LABEL.sub("-", name)
