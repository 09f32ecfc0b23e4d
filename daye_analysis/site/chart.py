"""A target's figures over time as a small SVG, drawn for phones: shapes differ, colours come from the style sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from markupsafe import Markup

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.formatting import number_words
from daye_analysis.package.records import Record
from daye_analysis.site.edition import Edition
from daye_analysis.views.verdict_words import known_of

_WIDTH: Final = 420
_HEIGHT: Final = 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 20, 22, 24, 26


@dataclass(frozen=True, slots=True)
class Point:
    """One mark: when, how much, which shape (`comparable`, `lower`, `upper`), and in which words."""

    day: pd.Timestamp
    value: float
    kind: str
    words: str


def points(edition: Edition, target_id: str, language: Language) -> list[Point]:
    """Return what a target's time line leaves, date by date: the comparable figure, else the bounds, in the reports' words."""
    judged, found = edition.judged[target_id], []
    for entry in edition.view.timeline(target_id).entries:
        for each in () if entry.carried else known_of(edition.package, judged, entry, language):
            if each.ids:
                kind = "comparable" if each.side == "value" else each.side
                found.append(Point(pd.Timestamp(entry.end), each.value, kind, each.dated(language)))
    return found


def chart(edition: Edition, target_id: str, language: Language) -> Markup | None:
    """Return the drawing, or None where nothing comparable and no bound is known, or all lies far off the plan's years."""
    judged = edition.judged[target_id]
    if judged["quantity"] == "rank":
        return None
    marks = points(edition, target_id, language)
    if not marks:
        return None
    due, goal = pd.Timestamp(judged["due"]), float(judged["target"])
    first = min(min(mark.day for mark in marks), pd.Timestamp(due.year - 3, 12, 31))
    top = 1.15 * max([goal, *(mark.value for mark in marks)]) or 1.0
    low = min(0.0, goal, *(mark.value for mark in marks))

    def x(day: pd.Timestamp) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * ((day - first) / (due - first)), 1)

    def y(value: float) -> float:
        return round(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - (value - low) / (top - low)), 1)

    name = edition.name("target", target_id, language)
    parts = [_axis(first, due, x, y(low)), _goal(judged, goal, x(due), y(goal), language)]
    parts += [_mark(mark, x(mark.day), y(mark.value)) for mark in marks]
    stop, joint = ("。", "；") if language == "zh" else (".", "; ")
    phrases = joint.join(mark.words for mark in marks)
    goal_words = Text(f"目标 {number_words(goal)}", f"target {number_words(goal)}").say(language)
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="chart-title chart-desc">'
        '<title id="chart-title">{}</title><desc id="chart-desc">{}</desc>{}</svg>'
    ).format(_WIDTH, _HEIGHT, name, f"{phrases}{joint}{goal_words}{stop}", Markup("").join(parts))


def _axis(first: pd.Timestamp, due: pd.Timestamp, at: Callable[[pd.Timestamp], float], base: float) -> Markup:
    """Return the base line and a tick at the end of each year, at most seven of them named."""
    ends = [pd.Timestamp(year, 12, 31) for year in range(first.year, due.year + 1)]
    ends = [end for end in ends if first <= end <= due]
    step = -(-len(ends) // 7)
    ticks = [
        Markup('<path class="tick" d="M{} {}v4"/><text class="year" x="{}" y="{}">{}</text>').format(
            at(end), base, at(end), base + 17, end.year
        )
        for end in reversed(ends[::-1][::step])
    ]
    line = Markup('<path class="axis" d="M{} {}H{}"/>').format(_LEFT, base, _WIDTH - _RIGHT)
    return line + Markup("").join(ticks)


def _goal(judged: Record, goal: float, x: float, y: float, language: Language) -> Markup:
    sign = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}[str(judged["comparator"])]
    words = f"{Text('目标', 'target').say(language)} {sign} {number_words(goal)}"
    return Markup(
        '<path class="goal-line" d="M{} {}H{}"/><path class="goal" d="M{} {}l6 6-6 6-6-6z"/><text class="goal-words" x="{}" y="{}">{}</text>'
    ).format(_LEFT, y, x, x, y - 6, x - 10, y - 9, words)


def _mark(mark: Point, x: float, y: float) -> Markup:
    shape = {
        "comparable": Markup('<circle class="comparable" cx="{x}" cy="{y}" r="5"/>'),
        "lower": Markup('<path class="bound" d="M{x} {y}m0-6l6 10h-12z"/>'),
        "upper": Markup('<path class="bound" d="M{x} {y}m0 6l6-10h-12z"/>'),
    }[mark.kind].format(x=x, y=y)
    near_left, near_right = x < _LEFT + 40, x > _WIDTH - 60
    above = y > _HEIGHT - _BOTTOM - 24  # the years are below
    anchor = "start" if near_left else "end" if near_right else "middle"
    return Markup('<g><title>{}</title>{}<text class="value {}" x="{}" y="{}">{}</text></g>').format(
        mark.words, shape, anchor, x, y - 11 if above else y + 19, number_words(mark.value)
    )


def evidence_bar(counts: Sequence[tuple[str, int, str]], total: int) -> Markup:
    """Return one bar of all targets by what is known of them; the numbers are beside it in words."""
    left, parts = 0.0, []
    for kind, number, words in counts:
        width = 1000 * number / total
        segment = Markup('<rect class="seg {}" x="{}" y="0" width="{}" height="20"><title>{}</title></rect>')
        parts.append(segment.format(kind, round(left, 2), round(width, 2), f"{words} {number}"))
        left += width
    return Markup('<svg class="bar" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">{}</svg>').format(Markup("").join(parts))
