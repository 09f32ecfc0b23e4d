"""Outturns over the years and the path that the target still requires, for targets with like figures."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.display import Picture, picture
from daye_analysis.figures.labels import target_names
from daye_analysis.figures.style import BLUE, GREY, VERMILION, new_figure, style
from daye_analysis.package.list_order import in_list_order
from daye_analysis.views.package import Package
from daye_analysis.package.records import Record, records
from daye_analysis.package.words import date_words, number_words, period_words, unit_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST = 6


def path_points(package: Package, assessments: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return the like figures that are levels or whole sums, for targets with a required growth, in the list's order.

    Columns: target_id, day, value, kind (like, or derived by arithmetic).
    """
    chosen = in_list_order(package, assessments[assessments["required_growth"].notna()])
    parts: list[pd.DataFrame] = []
    like = evidence[evidence["role"] == "like"]
    for row in records(chosen):
        target_id = str(row["target_id"])
        found = like[like["target_id"] == target_id]
        points = pd.DataFrame({"target_id": target_id, "day": found["period_end"], "value": found["figure"], "kind": "like"})
        if pd.notna(row["derived_value"]):
            day = pd.Timestamp(row["derived_date"])
            derived = {"target_id": target_id, "day": day, "value": row["derived_value"], "kind": "derived"}
            points = pd.concat([points, pd.DataFrame([derived])], ignore_index=True)
        parts.append(points.sort_values("day"))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["target_id", "day", "value", "kind"])


def path_chart(
    package: Package, assessments: pd.DataFrame, evidence: pd.DataFrame, language: Language, as_of: dt.date
) -> Picture | None:
    """Return a small chart for each such target (at most six), or None where there is none."""
    points = path_points(package, assessments, evidence)
    if points.empty:
        return None
    names = target_names(package, language)
    judged = {str(row["target_id"]): row for row in records(assessments)}
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
        caption = Text("已公布的实绩与到期所需的路径", "Published outturns and the path that the targets require")
        alt = _alt(package, points, judged, names, targets, language)
        return picture(figure, alt, caption.say(language), _reading(as_of, language))


def _draw(axes: Axes, points: pd.DataFrame, judged: Record, title: str, language: Language) -> None:
    like, derived = points[points["kind"] == "like"], points[points["kind"] == "derived"]
    due, goal = pd.Timestamp(judged["due"]), float(judged["target"])
    last = like.iloc[-1]
    end_number = _number(due)
    axes.plot([_number(last["day"]), end_number], [last["value"], goal], ":", color=VERMILION, linewidth=1.6)
    axes.plot(end_number, goal, "D", color=VERMILION, markersize=6)
    axes.annotate(_target_words(judged, language), (end_number, goal), (-6, 6), textcoords="offset points", fontsize=8,
                  color=VERMILION, ha="right", va="bottom")  # fmt: skip
    axes.plot(_number(like["day"]), like["value"], "o", color=BLUE, markersize=6)
    axes.plot(_number(derived["day"]), derived["value"], "o", color=BLUE, markerfacecolor="white", markersize=6)
    for point in records(points):
        value = number_words(round(float(point["value"]), 1))
        below = point["kind"] == "like"
        words = value if below else Text(f"约 {value}（推算）", f"about {value} (derived)").say(language)
        axes.annotate(words, (_number(point["day"]), float(point["value"])), (0, -8 if below else 8), textcoords="offset points", fontsize=8,
                      ha="center", va="top" if below else "bottom")  # fmt: skip
    axes.set_title(title, fontsize=9, loc="left")
    first, end = points["day"].min(), due
    axes.set_xlim(_number(first - (end - first) * 0.12), _number(end + (end - first) * 0.08))
    axes.set_ylim(0, goal * 1.18)
    years = range(first.year + (first.month == 12), end.year + 2)
    shown = [year for year in years if first <= pd.Timestamp(year, 1, 1) <= end + pd.Timedelta(days=2)]
    axes.set_xticks([_number(pd.Timestamp(year - 1, 12, 31)) for year in shown], [str(year - 1) for year in shown])
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.tick_params(labelsize=7.5)


def _title(package: Package, judged: Record, name: str, language: Language) -> str:
    """Return what a small chart shows and in which unit, on lines no wider than the chart."""
    unit = unit_words(str(package.record("measurement_units", judged["unit_code"])[f"label_{language}"]))
    return f"{name}（{unit}）" if language == "zh" else textwrap.fill(f"{name} ({unit})", 44, break_on_hyphens=False)


def _number(days: Any) -> Any:
    """Return days as matplotlib counts them, for a day or a column of days."""
    from matplotlib import dates

    convert: Any = dates.date2num
    return convert(days)


def _target_words(judged: Record, language: Language) -> str:
    sign = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< "}[str(judged["comparator"])]
    return f"{Text('目标 ', 'target ').say(language)}{sign}{number_words(float(judged['target']))}"


def _reading(as_of: dt.date, language: Language) -> str:
    day = date_words(pd.Timestamp(as_of), language)
    return Text(
        f"横轴刻度为年末。实心：公布的实绩；空心：由公布数推算；虚线：从最近实绩到目标值，不是预测。截至{day}可知。来源：观测值表。",
        "Ticks are ends of years. Filled: published outturn; hollow: derived from published figures; dotted: from the latest outturn to the "
        f"target, no forecast. As known on {day}. Source: observations.",
    ).say(language)


def _alt(
    package: Package, points: pd.DataFrame, judged: dict[str, Record], names: dict[str, str], targets: list[str], language: Language
) -> str:
    told = []
    for target_id in targets:
        rows = points[points["target_id"] == target_id]
        figures = [
            f"{period_words(None, row['day'], language)} {number_words(round(float(row['value']), 1))}"
            + ("" if row["kind"] == "like" else Text("（推算）", " (derived)").say(language))
            for row in records(rows)
        ]
        joint = "、" if language == "zh" else ", "
        title = _title(package, judged[target_id], str(names[target_id]), language).replace("\n", " ")
        told.append(f"{title}{'：' if language == 'zh' else ': '}{joint.join(figures)}{joint}{_target_words(judged[target_id], language)}")
    head = Text("按年份的点图，虚线从最近实绩连到目标。", "Dots over the years, dotted from the latest outturn to the target. ").say(language)
    return head + ("；" if language == "zh" else "; ").join(told) + ("。" if language == "zh" else ".")
