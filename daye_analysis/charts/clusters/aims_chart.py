"""The clusters' aims and what bounds them over the plan's years: one small chart a cluster, all on the same axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.clusters.labels import axis_unit, word
from daye_analysis.charts.display import Picture, picture
from daye_analysis.charts.drawing.panels import on_axis, panels, year_axis
from daye_analysis.charts.drawing.style import BLUE, GREY, INK, PALE, VERMILION, style
from daye_analysis.charts.drawing.text_size import wrapped
from daye_analysis.clusters.aims import cluster_aims, other_aims
from daye_analysis.package.evidence.timeline import Entry
from daye_analysis.package.formatting import number_words, period_words
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.progress.outlook.run_rate import run_rates
from daye_analysis.punctuation import COLON, COMMA, bracketed, joined
from daye_analysis.views.verdict_words import period_of
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLUMNS: Final = 3
_HEIGHT: Final = 1.35  # inches
_WORDS: Final = 7.5  # points


def aims_chart(view: View, language: Language) -> Picture | None:
    """Return each cluster's aim, comparable figures as dots, and bounds as stretches or arrows; nothing is drawn for the unknown.

    Aims of others are grey. None where there are no aims.
    """
    aims, others = cluster_aims(view), other_aims(view)
    if aims.empty:
        return None
    package = view.package
    factor, unit = axis_unit(package, str(aims["unit_code"].iloc[0]), language)
    rows = records(aims.assign(**{c: aims[c] * factor for c in ("target", "value", "lower_bound", "upper_bound")}))
    others = others[others["target_id"].isin(aims["target_id"])]
    beside = records_by(others.assign(figure=others["figure"] * factor), "target_id")
    yearly = run_rates(view)
    yearly = yearly[yearly["target_id"].isin(aims["target_id"])]
    paces = records_by(yearly.assign(run_rate=yearly["run_rate"] * factor), "target_id")
    start, due = pd.Timestamp(package.plans["start"].iloc[0]), aims["due"].max()
    known = {
        str(row["target_id"]): [each for each in view.timeline(str(row["target_id"])).entries if pd.Timestamp(each.end) >= start and not each.conflict]
        for row in rows
    }
    shown = [row["target"] for row in rows]
    shown += [factor * top for each in known.values() for entry in each for top in (entry.value, entry.high_shown, entry.low_shown) if top == top]
    shown += [row["run_rate"] for each in paces.values() for row in each]
    with style():
        figure, drawn = panels([_name(row, language) for row in rows], _COLUMNS, _HEIGHT, shared=True)
        for axes, row in zip(drawn, rows, strict=True):
            axes.set_ylim(0, 1.2 * max(shown))
            year_axis(axes, start, due)
            _draw(axes, row, known[str(row["target_id"])], beside.get(str(row["target_id"]), []), factor, language)
            for pace in paces.get(str(row["target_id"]), []):
                _draw_pace(axes, pace)
        return picture(
            figure, view, language,
            caption=Text(f"各集群的目标与已知的上下限{bracketed(unit, 'zh')}", f"The clusters' aims and what bounds them{bracketed(unit, 'en')}"),
            kind=Text(f"同一坐标的小图，单位为{unit}。", f"Small charts on the same axes, in {unit}. "),
            phrases=[_phrase(row, beside.get(str(row["target_id"]), []), paces.get(str(row["target_id"]), []), language) for row in rows],
            how=_how(unit, bool(beside), bool(paces)),
        )  # fmt: skip


def _draw(axes: Axes, row: Record, known: Sequence[Entry], others: Sequence[Record], factor: float, language: Language) -> None:
    due, goal = on_axis(pd.Timestamp(row["due"])), float(row["target"])
    axes.axhline(goal, color=VERMILION, linewidth=0.6, alpha=0.5, zorder=1)
    axes.plot(due, goal, "D", color=VERMILION, markersize=6, zorder=4)
    _write(axes, f"{word('aim', language)} {number_words(round(goal, 6))}", due, goal, (3, 6), VERMILION, ("right", "bottom"))
    for aim in others:
        axes.plot(on_axis(aim["period_end"]), aim["figure"], "D", color=GREY, markerfacecolor="white", markersize=4.5, zorder=3)
        if abs(aim["figure"] - goal) > 0.02 * goal:
            _write(axes, number_words(round(float(aim["figure"]), 6)), on_axis(aim["period_end"]), aim["figure"], (-7, 0), GREY, ("right", "center"))
    for entry in known:
        at = on_axis(pd.Timestamp(entry.end))
        if entry.decided:
            value = factor * entry.value
            axes.plot(at, value, "o", color=BLUE, markersize=6, zorder=4)
            _write(axes, number_words(round(value, 6)), at, value, (0, -6), INK, ("center", "top"))
        else:
            _draw_bounds(axes, at, entry, factor)
    if not known:
        kind = "related_only" if row["evidence_class"] == "related_only" else "nothing"
        words = wrapped(word(kind, language), _WORDS, 1.1)
        axes.text(0.03, 0.05, words, transform=axes.transAxes, fontsize=_WORDS, color=GREY, va="bottom")


def _draw_bounds(axes: Axes, at: float, entry: Entry, factor: float) -> None:
    """Draw a stretch between two bounds, or an arrow from one to where the figure lies, with the bounds to its left."""
    low, high, height = factor * entry.low_shown, factor * entry.high_shown, axes.get_ylim()[1]
    if pd.notna(low) and pd.notna(high):
        axes.plot([at, at], [low, high], color=PALE, linewidth=5, solid_capstyle="butt", zorder=2)
    signs = ">" if entry.low_is_open else "≥", "<" if entry.high_is_open else "≤"
    for end, other, way, sign in zip((low, high), (high, low), (1, -1), signs, strict=True):
        if pd.isna(end):
            continue
        axes.plot(at, end, "_", color=GREY, markersize=9, markeredgewidth=1.3, zorder=3)
        # What is near nothing would be struck through by the axis.
        down = "bottom" if end < 0.06 * height else "center"
        _write(axes, f"{sign} {number_words(round(end, 6))}", at, end, (-7, 1 if down == "bottom" else 0), INK, ("right", down))
        if pd.isna(other):
            tip = min(max(end + way * 0.12 * height, 0.0), height)
            axes.plot([at, at], [end, tip], color=GREY, linewidth=1.1, zorder=2)
            axes.plot(at, tip, "^" if way > 0 else "v", color=GREY, markerfacecolor="white", markersize=5.5, zorder=3)


def _draw_pace(axes: Axes, pace: Record) -> None:
    """Draw what a year comes to at the pace of its known months, at its end, where no figure of the whole year is."""
    at = on_axis(pd.Timestamp(pace["period_end"].year, 12, 31))
    axes.plot(at, pace["run_rate"], "o", color=BLUE, markerfacecolor="white", markersize=5.5, zorder=5)
    _write(axes, number_words(round(pace["run_rate"], 1)), at, pace["run_rate"], (6, 0), BLUE, ("left", "center"))


def _write(
    axes: Axes, words: str, at: float, value: float, offset: tuple[float, float], colour: str, sides: tuple[str, str]
) -> None:
    across, down = sides
    axes.annotate(words, (at, value), offset, textcoords="offset points", fontsize=_WORDS, color=colour, ha=across, va=down)


def _name(row: Record, language: Language) -> str:
    """Return the cluster's name, with the word that a place defines it."""
    return f"{row[f'name_{language}']}{bracketed(word('place', language) if row['is_place'] else '', language)}"


def _other_words(aim: Record, language: Language) -> str:
    year = period_words(_start_of(aim), aim["period_end"], language)
    return f"{number_words(round(float(aim['figure']), 6))}{bracketed(year, language)}"


def _start_of(aim: Record) -> pd.Timestamp | None:
    """Return the start of an aim's period; one for a yearly quantity that names only the year's end is of that year."""
    if pd.isna(aim["period_start"]) and aim["yearly"]:
        return pd.Timestamp(aim["period_end"].year, 1, 1)
    return aim["period_start"]  # type: ignore[no-any-return]


def _bound_words(row: Record, side: str, language: Language) -> str:
    """Return a figure or an end of bounds in the axis's unit, with its period: more than 15 (2025)."""
    before = {
        "value": Text("", ""),
        "lower_bound": Text("超过 ", "more than ") if row["lower_bound_is_open"] else Text("至少 ", "at least "),
        "upper_bound": Text("不足 ", "less than ") if row["upper_bound_is_open"] else Text("至多 ", "at most "),
    }[side]
    period = period_of(row, "value" if side == "value" else "bound", language)
    return f"{before.say(language)}{number_words(round(row[side], 6))}{bracketed(period, language)}"


def _how(unit: str, others: bool, paced: bool) -> Text:
    grey = Text("灰色菱形：其他主体或规划对本地或其一部分提出的目标。", "Grey diamond: an aim of others for the area or a part of it.")
    pace = Text("空心圆：年内累计数按月数折算为全年，不是预测。", "Hollow dot: the year at the pace of its known months, not a forecast.")
    more = [text for text, shown in ((pace, paced), (grey, others)) if shown]
    return Text(
        f"纵轴：{unit}，横轴刻度为年末。橙色菱形：目标；实心圆：同口径全年数据；灰色粗线：上下限之间；箭头：只知上限或下限，指向真值所在一侧。{''.join(each.zh for each in more)}",
        f"Vertical axis: {unit}; ticks are ends of years. Orange diamond: the aim. Dot: a comparable figure of a year. Thick grey: between two bounds. "
        f"Arrow: only one bound is known; the figure lies where it points. {' '.join(each.en for each in more)}",
    )


def _phrase(row: Record, others: Sequence[Record], paces: Sequence[Record], language: Language) -> str:
    known = [_bound_words(row, side, language) for side in ("value", "lower_bound", "upper_bound") if pd.notna(row[side])]
    if not known:
        known = [word("related_only" if row["evidence_class"] == "related_only" else "nothing", language)]
    for pace in paces:
        months, rate = period_words(pace["period_start"], pace["period_end"], language), number_words(round(pace["run_rate"], 1))
        known.append(Text(f"按{months}累计数折算全年 {rate}", f"a year at the pace of {months} {rate}").say(language))
    known += [Text("其他主体的目标 ", "an aim of others ").say(language) + _other_words(aim, language) for aim in others]
    aim = Text("目标 ", "aim ").say(language) + number_words(round(row["target"], 6))
    return f"{row[f'name_{language}']}{COLON.say(language)}{joined([aim, *known], language, COMMA)}"
