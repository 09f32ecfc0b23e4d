"""A chart the height of a line of text: what is known of one target against its value, for a cell of a table."""

from __future__ import annotations

import math
from typing import Final

from daye_analysis.charts.drawing.style import BLUE, GREY, VERMILION

WIDTH: Final = 84.0
HEIGHT: Final = 12.0
# The target's line is here; what is beyond twice the target is shown by an arrow at the edge.
_AT_TARGET: Final = 56.0
_LEFT: Final = 4.0
_RIGHT: Final = WIDTH - 4.0
_MIDDLE: Final = HEIGHT / 2
_NO_FILL: Final = "white"


def small_chart(value: float, lower: float, upper: float) -> str:
    """Return an SVG of a figure, or of bounds, in shares of the target; NaN where there is none.

    A dot is a comparable figure. A bracket is a bound, with a hollow bar over all that it leaves possible, which runs to
    the edge on a side without a bound. The line is the target. An arrowhead is where a mark lies beyond the edge.
    """
    drawn = [
        _line(_LEFT, _MIDDLE, _RIGHT, _MIDDLE, "#D0D0D0", 0.8),
        *(_bounds(lower, upper) if not (math.isnan(lower) and math.isnan(upper)) else ()),
        _line(_AT_TARGET, 1.0, _AT_TARGET, HEIGHT - 1.0, VERMILION, 1.6),
        *(_dot(value) if not math.isnan(value) else ()),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}" height="{HEIGHT:g}" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        f"{''.join(drawn)}</svg>"
    )


def _x(share: float) -> float:
    """Return where a share of the target is, at most the edge."""
    return min(max(_LEFT + share * (_AT_TARGET - _LEFT), _LEFT), _RIGHT)


def _is_beyond(share: float) -> bool:
    return _LEFT + share * (_AT_TARGET - _LEFT) > _RIGHT


def _dot(share: float) -> list[str]:
    if _is_beyond(share):
        return [_arrow(BLUE, BLUE)]
    return [f'<circle cx="{_x(share):.1f}" cy="{_MIDDLE:g}" r="3.4" fill="{BLUE}"/>']


def _bounds(lower: float, upper: float) -> list[str]:
    start = _LEFT if math.isnan(lower) else _x(lower)
    end = _RIGHT if math.isnan(upper) else _x(upper)
    bar = (
        f'<rect x="{start:.1f}" y="{_MIDDLE - 2.2:g}" width="{max(end - start, 0.5):.1f}" height="4.4" fill="{_NO_FILL}" '
        f'stroke="{GREY}" stroke-width="0.8"/>'
    )
    marks = [bar]
    for share, side in ((lower, 1), (upper, -1)):
        if math.isnan(share):
            continue
        if _is_beyond(share):
            marks.append(_arrow(_NO_FILL, GREY))
        else:
            marks.append(_bracket(_x(share), side))
    return marks


def _bracket(at: float, side: int) -> str:
    """Return a bracket that opens towards what is possible: to the right from a lower bound, to the left from an upper one."""
    to = at + side * 2.6
    points = f"{to:.1f},{_MIDDLE - 4.4:g} {at:.1f},{_MIDDLE - 4.4:g} {at:.1f},{_MIDDLE + 4.4:g} {to:.1f},{_MIDDLE + 4.4:g}"
    return f'<polyline points="{points}" fill="none" stroke="{GREY}" stroke-width="1.4"/>'


def _arrow(fill: str, stroke: str) -> str:
    left = _RIGHT - 4.0
    points = f"{left:g},{_MIDDLE - 3.4:g} {_RIGHT + 3:g},{_MIDDLE:g} {left:g},{_MIDDLE + 3.4:g}"
    return f'<polygon points="{points}" fill="{fill}" stroke="{stroke}" stroke-width="0.8"/>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" stroke-width="{width:g}"/>'
