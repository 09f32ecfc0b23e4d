"""A chart as PNG, SVG or PDF: its words in the file's properties, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

from daye_analysis.charts.drawing.style import style
from daye_analysis.charts.saving.shown import Chart

DOTS_PER_INCH: Final = 200


def png(chart: Chart) -> bytes:
    """Return the chart as PNG."""
    return _drawn(chart, "png", {"Software": None, "Title": chart.caption, "Description": chart.alt}, dpi=DOTS_PER_INCH)


def svg(chart: Chart) -> bytes:
    """Return the chart as SVG with its words as outlines, since no program but a browser reads fonts within an SVG."""
    about = {"Title": chart.caption, "Description": chart.alt, "Date": None, "Creator": None}
    return _drawn(chart, "svg", about, {"svg.fonttype": "path"})


def pdf(chart: Chart) -> bytes:
    """Return the chart as PDF, its fonts within."""
    about = {"Title": chart.caption, "Subject": chart.alt, "CreationDate": None, "Creator": None, "Producer": None}
    return _drawn(chart, "pdf", about, {"pdf.fonttype": 42})


def _drawn(chart: Chart, kind: str, about: Mapping[str, object], settings: Mapping[str, object] | None = None, **more: Any) -> bytes:
    from matplotlib import rc_context

    out = io.BytesIO()
    wanted: Any = settings or {}
    with style(), rc_context(wanted):
        chart.draw(out, format=kind, metadata=about, **more)
    return out.getvalue()
