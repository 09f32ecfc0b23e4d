"""Outturns over the years and the path that the target still requires, for targets with comparable figures."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.display import Picture, picture
from daye_analysis.charts.labels import target_names
from daye_analysis.charts.style import BLUE, GREY, VERMILION, new_figure, style
from daye_analysis.package.formatting import number_words, period_words, unit_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records
from daye_analysis.views.verdict_words import known
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST: Final = 6
# Marks a figure whose date no source states.
INFERRED: Final = "*"
# How each kind of point is drawn: marker, colour, face. A triangle points to where the true figure lies.
_MARKS: Final = {
    "comparable": ("o", BLUE, BLUE), "derived": ("o", BLUE, "white"), "lower": ("^", GREY, "white"), "upper": ("v", GREY, "white"),
}  # fmt: skip


def path_points(view: View, language: Language) -> pd.DataFrame:
    """Return what is known over time of each target with a required growth, in the list's order.

    Columns: target_id, start (NaT for a level), day, value, kind (comparable; lower or upper for a bound of a later date;
    derived by arithmetic), words.
    """
    assessments = view.assess()
    chosen = in_list_order(view.package, assessments[assessments["required_growth"].notna()])
    points: list[tuple[str, object, pd.Timestamp, float, str, str]] = []
    for row in records(chosen):
        target_id, found = str(row["target_id"]), []
        for entry in view.timeline(target_id).figures:
            words = f"{_number(entry.value)}{INFERRED if entry.inferred else ''}"
            found.append((target_id, entry.start, pd.Timestamp(entry.end), entry.value, "comparable", words))
        for each in known(view.package, row, language):
            if each.side != "value":
                found.append((target_id, row["bound_start"], row["bound_date"], each.value, each.side, each.words))
        if pd.notna(row["derived_value"]):
            value = float(row["derived_value"])
            words = Text(f"约 {_number(value)}（推算）", f"about {_number(value)} (derived)").say(language)
            found.append((target_id, None, row["derived_date"], value, "derived", words))
        points += sorted(found, key=lambda point: point[2])
    return pd.DataFrame(points, columns=["target_id", "start", "day", "value", "kind", "words"])


def path_chart(view: View, language: Language) -> Picture | None:
    """Return a small chart for each such target (at most six), or None where there is none."""
    points, package = path_points(view, language), view.package
    if points.empty:
        return None
    names = target_names(package, language)
    judged = {str(row["target_id"]): row for row in records(view.assess())}
    targets = list(dict.fromkeys(points["target_id"]))[:_MOST]
    rows = (len(targets) + 1) // 2
    with style():
        figure = new_figure(2.4 * rows + 0.3, laid_out=True)
        grid = figure.subplots(rows, 2, squeeze=False)
        for axes, target_id in zip(grid.flat, targets, strict=False):
            row = judged[target_id]
            _draw(axes, points[points["target_id"] == target_id], row, _title(package, row, str(names[target_id]), language), language)
        for axes in grid.flat[len(targets) :]:
            axes.set_visible(False)
        caption = Text("已公布的实绩与达到目标所需的路径", "Published outturns and the path that the targets require")
        alt = _alt(package, points, judged, names, targets, language)
        return picture(figure, alt, caption.say(language), _reading(view, language))


def _draw(axes: Axes, points: pd.DataFrame, judged: Record, title: str, language: Language) -> None:
    of = {kind: points[points["kind"] == kind] for kind in ("comparable", "derived", "lower", "upper")}
    due, goal = pd.Timestamp(judged["due"]), float(judged["target"])
    last = of["comparable"].iloc[-1]
    end_number = _days(due)
    axes.plot([_days(last["day"]), end_number], [last["value"], goal], ":", color=VERMILION, linewidth=1.6)
    axes.plot(end_number, goal, "D", color=VERMILION, markersize=6)
    axes.annotate(_target_words(judged, language), (end_number, goal), (-6, 6), textcoords="offset points", fontsize=8,
                  color=VERMILION, ha="right", va="bottom")  # fmt: skip
    for kind, (mark, colour, face) in _MARKS.items():
        axes.plot(_days(of[kind]["day"]), of[kind]["value"], mark, color=colour, markerfacecolor=face, markersize=6)
    for point in records(points):
        below, bound = point["kind"] == "comparable", point["kind"] in ("lower", "upper")
        axes.annotate(point["words"], (_days(point["day"]), float(point["value"])), (0, -8 if below or bound else 8),
                      textcoords="offset points", fontsize=8, ha="right" if bound else "center",
                      va="top" if below or bound else "bottom", color=GREY if bound else "black")  # fmt: skip
    axes.set_title(title, fontsize=9, loc="left")
    first, end = points["day"].min(), due
    axes.set_xlim(_days(first - (end - first) * 0.12), _days(end + (end - first) * 0.08))
    axes.set_ylim(0, 1.18 * max(goal, float(points["value"].max())))
    years = range(first.year + (first.month == 12), end.year + 2)
    shown = [year for year in years if first <= pd.Timestamp(year, 1, 1) <= end + pd.Timedelta(days=2)]
    axes.set_xticks([_days(pd.Timestamp(year - 1, 12, 31)) for year in shown], [str(year - 1) for year in shown])
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.tick_params(labelsize=7.5)


def _title(package: PackageTables, judged: Record, name: str, language: Language) -> str:
    """Return what a small chart shows and in which unit, on lines no wider than the chart."""
    unit = unit_words(str(package.record("measurement_units", judged["unit_code"])[f"label_{language}"]))
    return f"{name}（{unit}）" if language == "zh" else textwrap.fill(f"{name} ({unit})", 44, break_on_hyphens=False)


def _number(value: float) -> str:
    return number_words(round(value, 1))


def _days(days: Any) -> Any:
    """Return days as matplotlib counts them, for a day or a column of days."""
    from matplotlib import dates

    convert: Any = dates.date2num
    return convert(days)


def _target_words(judged: Record, language: Language) -> str:
    sign = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< "}[str(judged["comparator"])]
    return f"{Text('目标 ', 'target ').say(language)}{sign}{number_words(float(judged['target']))}"


def _reading(view: View, language: Language) -> str:
    day = date_words(view.timestamp, language)
    marked = Text(f"{INFERRED}：时间为推断；", f"{INFERRED} date inferred; ").say(language)
    return Text(
        f"{marked}横轴刻度为年末。实心圆：公布的实绩；空心圆：由公布数推算；三角：此后的上下限；虚线：自最近一期实绩至目标值，不是预测。截至{day}可知。来源：观测值表。",
        f"{marked}ticks are ends of years. Filled: published outturn; hollow: derived from published figures; triangle: a later bound; dotted: from the "
        f"latest outturn to the target, no forecast. As known on {day}. Source: observations.",
    ).say(language)


def _alt(
    package: PackageTables, points: pd.DataFrame, judged: dict[str, Record], names: dict[str, str], targets: list[str], language: Language
) -> str:
    told = []
    for target_id in targets:
        rows = points[points["target_id"] == target_id]
        figures = [
            f"{period_words(row['start'], row['day'], language)} {row['words']}" for row in records(rows)
        ]
        joint = "、" if language == "zh" else ", "
        title = _title(package, judged[target_id], str(names[target_id]), language).replace("\n", " ")
        told.append(f"{title}{'：' if language == 'zh' else ': '}{joint.join(figures)}{joint}{_target_words(judged[target_id], language)}")
    head = Text("按年份的点图，虚线从最近实绩连到目标。", "Dots over the years, dotted from the latest outturn to the target. ").say(language)
    return head + ("；" if language == "zh" else "; ").join(told) + ("。" if language == "zh" else ".")
