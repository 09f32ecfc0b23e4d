"""How far the known figures are from the target values: like figures as dots, bounds as hollow arrows."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.display import Picture, Prose, picture
from daye_analysis.figures.labels import label, target_names
from daye_analysis.figures.style import BLUE, GREY, ON_WHITE, VERMILION, new_figure, style
from daye_analysis.package.list_order import in_list_order
from daye_analysis.views.package import Package
from daye_analysis.package.published import YEARLY
from daye_analysis.package.records import Record, records
from daye_analysis.package.words import date_words, figure_day_words, value_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDEST = 160.0


def distances(package: Package, assessments: pd.DataFrame) -> pd.DataFrame:
    """Return one row a target that has a like figure or a bound, in the list's order, in per cent of the target.

    Columns: target_id, share, lower, upper (NaN where there is none), and the day each is of.
    """
    rows = assessments[assessments["evidence_class"].isin(["like", "bounds_only"])]
    rows = in_list_order(package, rows)
    goal = rows["target"]
    shares = pd.DataFrame(
        {
            "target_id": rows["target_id"],
            "share": 100 * rows["value"] / goal,
            "lower": 100 * rows["lower_bound"] / goal,
            "upper": 100 * rows["upper_bound"] / goal,
            "value_date": rows["value_date"],
            "bound_date": rows["bound_date"],
            "value": rows["value"],
            "lower_bound": rows["lower_bound"],
            "upper_bound": rows["upper_bound"],
            "unit_code": rows["unit_code"],
            "open": rows["lower_bound_is_open"],
            "yearly": rows["quantity"].isin(YEARLY),
        }
    )
    return shares[shares[["share", "lower", "upper"]].notna().any(axis=1)].reset_index(drop=True)


def distance_chart(package: Package, assessments: pd.DataFrame, language: Language, as_of: dt.date) -> Picture | Prose:
    """Return the chart, or a sentence where no target has a figure or a bound to draw."""
    rows = distances(package, assessments)
    if rows.empty:
        none = Text("没有一个目标有同口径数据或上下限，距离无从说起。", "No target has a like figure or a bound, so no distance can be told.")
        return Prose(none.say(language))
    names = target_names(package, language)
    with style():
        figure = new_figure(0.37 * len(rows) + 0.9, laid_out=True)
        axes = figure.subplots()
        axes.axvline(100, color=VERMILION, linewidth=1.2)
        axes.text(100, -0.75, label("target", language), color=VERMILION, ha="center", va="bottom", fontsize=8)
        for place, row in enumerate(records(rows)):
            _draw(axes, float(place), row, package, language)
        axes.set_yticks(range(len(rows)), [_wrapped(str(names[each]), language) for each in rows["target_id"]])
        axes.set_ylim(len(rows) - 0.5, -0.8)
        axes.set_xlim(0, _WIDEST)
        axes.set_xlabel(label("share_of_target", language))
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0, labelsize=8)
        axes.grid(axis="y", color="#EEEEEE", linewidth=1, zorder=0)
        axes.set_axisbelow(True)
        return picture(figure, _alt(rows, names, package, language), _caption(language), _reading(as_of, language))


def _draw(axes: Axes, place: float, row: Record, package: Package, language: Language) -> None:
    if pd.notna(row["share"]):
        at = min(float(row["share"]), _WIDEST)
        axes.plot(at, place, "o", color=BLUE, markersize=7, zorder=3)
        _write(axes, at, place, _words(row, "value", package, language), to_left=at > 60, above=False)
    both = pd.notna(row["lower"]) and pd.notna(row["upper"])
    # An arrow points to where the unknown figure can lie: up from a lower bound, down from an upper one.
    for side, mark, step in (("lower", ">", 1), ("upper", "<", -1)):
        if pd.isna(row[side]):
            continue
        at = min(float(row[side]), _WIDEST - 3)
        axes.plot([at, at + step * 9], [place, place], color=GREY, linewidth=1, zorder=2)
        axes.plot(at + step * 9, place, mark, color=GREY, markerfacecolor="white", markersize=7, zorder=3)
        axes.plot(at, place, "|", color=GREY, markersize=9, zorder=3)
        # Beside the mark on the side away from the line of the targets.
        left = at > 120 or (55 < at <= 100 and not both) if side == "upper" else at > 60
        start = at + step * 9 if left == (step < 0) else at
        _write(axes, start, place, _words(row, f"{side}_bound", package, language), left, above=both and side == "lower")


def _write(axes: Axes, at: float, place: float, words: str, to_left: bool, above: bool) -> None:
    """Print `words` beside a mark, or above it where another mark follows; they never widen the chart."""
    offset = (0, 9) if above else (-8 if to_left else 8, 0)
    side = "left" if above or not to_left else "right"
    note = axes.annotate(words, (at, place), offset, textcoords="offset points", fontsize=7.5, va="center", ha=side,
                         bbox=ON_WHITE, zorder=4)  # fmt: skip
    note.set_in_layout(False)


def _words(row: Record, column: str, package: Package, language: Language) -> str:
    unit = str(package.record("measurement_units", row["unit_code"])[f"label_{language}"])
    least = "more_than" if row["open"] else "at_least"
    bound = {"value": "exact", "lower_bound": least, "upper_bound": "exact"}[column]
    most = ("至多 " if language == "zh" else "at most ") if column == "upper_bound" else ""
    day = row["value_date"] if column == "value" else row["bound_date"]
    when = figure_day_words(day, bool(row["yearly"]), language)
    value = value_words(row[column], unit, language, bound)
    return f"{most}{value}（{when}）" if language == "zh" else f"{most}{value} ({when})"


def _wrapped(name: str, language: Language) -> str:
    width = 14 if language == "zh" else 26
    if len(name) <= width:
        return name
    if language == "zh":
        # Near the middle, but not between quotation marks, unless they hold the whole name.
        middle = (len(name) + 1) // 2
        whole = [at for at in range(1, len(name)) if name[:at].count("“") == name[:at].count("”")]
        half = min(whole, key=lambda at: abs(at - middle), default=middle)
        return f"{name[:half]}\n{name[half:]}"
    return textwrap.fill(name, width)


def _caption(language: Language) -> str:
    return Text("已知数据与目标值的距离", "How far the known figures are from the target values").say(language)


def _reading(as_of: dt.date, language: Language) -> str:
    day = date_words(pd.Timestamp(as_of), language)
    return Text(
        f"实心圆：同口径数据；空心箭头：只知上限或下限，箭头指向真值所在一侧。截至{day}可知。来源：观测值表。",
        f"Dot: a like figure. Hollow arrow: only a bound is known; the true figure lies where it points. As known on {day}. "
        "Source: observations.",
    ).say(language)


def _alt(rows: pd.DataFrame, names: dict[str, str], package: Package, language: Language) -> str:
    told = []
    for row in records(rows):
        columns = [c for c, s in (("value", "share"), ("lower_bound", "lower"), ("upper_bound", "upper")) if pd.notna(row[s])]
        colon, comma, space = ("：", "，", "") if language == "zh" else (": ", ", ", " ")
        parts = [f"{_words(row, c, package, language)}{space}{_of_target(row, c, language)}" for c in columns]
        told.append(f"{names[row['target_id']]}{colon}{comma.join(parts)}")
    head = Text("点图。各目标已知数据占目标值的百分比。", "Dot plot of the known figures in per cent of their targets. ").say(language)
    return head + ("；" if language == "zh" else "; ").join(told) + ("。" if language == "zh" else ".")


def _of_target(row: Record, column: str, language: Language) -> str:
    share = row[{"value": "share", "lower_bound": "lower", "upper_bound": "upper"}[column]]
    return f"，为目标值的 {share:.1f}%" if language == "zh" else f"({share:.1f} % of the target)"
