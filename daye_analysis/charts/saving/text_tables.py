"""A table as text: CSV, Markdown, and a web page of its own."""

from __future__ import annotations

import csv
import html
import io
from typing import Final

from daye_analysis.charts.saving.shown import Table, sides

_MARKS: Final = {"left": "---", "center": ":-:", "right": "--:"}
# Word and Excel take the borders over; a browser on a dark screen keeps black on white.
_STYLE: Final = (
    "body{margin:1em;color:#1c2126;background:#fff;font-family:'Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif}"
    "table{border-collapse:collapse}th,td{border:1px solid #999;padding:.25em .5em;vertical-align:top}"
)


def csv_bytes(table: Table) -> bytes:
    """Return the table as CSV in UTF-8: the cells alone, since a line of other words would be taken for a row."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table.rows())
    # Without the mark Excel takes UTF-8 for the system's own encoding; other readers skip it.
    return out.getvalue().encode("utf-8-sig")


def markdown(table: Table) -> bytes:
    """Return the table as Markdown; a heading before rows is a row of its own, in bold."""
    rows = [[each.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for each in row] for row in table.rows()]
    lines = [rows[0], [_MARKS[side] for side in sides(table)]]
    for place, row in enumerate(rows[1:]):
        if place in table.groups:
            lines.append([f"**{table.groups[place]}**", *[""] * (len(row) - 1)])
        lines.append(row)
    grid = [f"| {' | '.join(line)} |" for line in lines]
    before, after = ([table.caption, ""] if table.caption else []), (["", table.source] if table.source else [])
    return "\n".join([*before, *grid, *after, ""]).encode()


def page(table: Table) -> bytes:
    """Return the table as a page that needs no other file."""
    source = f"<p>{html.escape(table.source)}</p>" if table.source else ""
    head = f'<meta charset="utf-8"><title>{html.escape(table.caption)}</title><style>{_STYLE}</style>'
    return f"<!doctype html>\n<html><head>{head}</head><body>{table.html()}{source}</body></html>\n".encode()
