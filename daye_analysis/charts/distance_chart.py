"""How far the known figures are from the target values: comparable figures as dots, bounds as hollow arrows."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.display import Picture, Prose, picture
from daye_analysis.charts.labels import label, target_names
from daye_analysis.charts.style import BLUE, GREY, ON_WHITE, VERMILION, new_figure, style
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.records import Record, records
from daye_analysis.views.verdict_words import SIDES, Known, known
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDEST: Final = 160.0


def distances(view: View, language: Language) -> pd.DataFrame:
    """Return one row a target that has a comparable figure or a bound, in the list's order.

    Columns: target_id; value, lower, upper in per cent of the target (NaN where there is none); and the words of each with
    its date or period, as value_words, lower_words, upper_words.
    """
    found: list[dict[str, Any]] = []
    for row in records(in_list_order(view.package, view.assess())):
        figures: list[Known] = known(view.package, row, language) if row["target"] else []
        if figures:
            shares: dict[str, float] = {each.side: 100 * each.value / float(row["target"]) for each in figures}
            words = {f"{each.side}_words": each.dated(language) for each in figures}
            found.append({"target_id": str(row["target_id"]), **shares, **words})
    return pd.DataFrame(found, columns=["target_id", *SIDES, *(f"{side}_words" for side in SIDES)])


def distance_chart(view: View, language: Language) -> Picture | Prose:
    """Return the chart, or a sentence where no target has a figure or a bound to draw."""
    rows = distances(view, language)
    if rows.empty:
        none = Text("没有目标有同口径数据或上下限，无法比较差距。", "No target has a comparable figure or a bound to compare with its value.")
        return Prose(none.say(language))
    names = target_names(view.package, language)
    with style():
        figure = new_figure(0.37 * len(rows) + 0.9, laid_out=True)
        axes = figure.subplots()
        axes.axvline(100, color=VERMILION, linewidth=1.2)
        axes.text(100, -0.75, label("target", language), color=VERMILION, ha="center", va="bottom", fontsize=8)
        for place, row in enumerate(records(rows)):
            _draw(axes, float(place), row)
        axes.set_yticks(range(len(rows)), [_wrapped(str(names[each]), language) for each in rows["target_id"]])
        axes.set_ylim(len(rows) - 0.5, -0.8)
        axes.set_xlim(0, _WIDEST)
        axes.set_xlabel(label("share_of_target", language))
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0, labelsize=8)
        axes.grid(axis="y", color="#EEEEEE", linewidth=1, zorder=0)
        axes.set_axisbelow(True)
        return picture(figure, _alt(rows, names, language), _caption(language), _reading(view, language))


def _draw(axes: Axes, place: float, row: Record) -> None:
    beside = pd.notna(row["value"])
    if beside:
        at = min(float(row["value"]), _WIDEST)
        axes.plot(at, place, "o", color=BLUE, markersize=7, zorder=3)
        _write(axes, at, place, row["value_words"], to_left=at > 60, above=False)
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
        _write(axes, start, place, row[f"{side}_words"], left and not beside, above=(both or beside) and side == "lower")


def _write(axes: Axes, at: float, place: float, words: str, to_left: bool, above: bool) -> None:
    """Print `words` beside a mark, or above it where another mark follows; they never widen the chart."""
    offset = (0, 9) if above else (-8 if to_left else 8, 0)
    side = "left" if above or not to_left else "right"
    note = axes.annotate(words, (at, place), offset, textcoords="offset points", fontsize=7.5, va="center", ha=side,
                         bbox=ON_WHITE, zorder=4)  # fmt: skip
    note.set_in_layout(False)


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
    return Text("已知数据与目标值的差距", "How far the known figures are from the target values").say(language)


def _reading(view: View, language: Language) -> str:
    day = date_words(view.timestamp, language)
    return Text(
        f"实心圆：同口径数据；空心箭头：只知上限或下限，箭头指向真值所在一侧。截至{day}可知。来源：观测值表。",
        f"Dot: a comparable figure. Hollow arrow: only a bound is known; the true figure lies where it points. As known on {day}. "
        "Source: observations.",
    ).say(language)


def _alt(rows: pd.DataFrame, names: dict[str, str], language: Language) -> str:
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    told = []
    for row in records(rows):
        parts = [_of_target(row, side, language) for side in SIDES if pd.notna(row[side])]
        told.append(f"{names[row['target_id']]}{colon}{comma.join(parts)}")
    head = Text("点图。各目标已知数据占目标值的百分比。", "Dot plot of the known figures in per cent of their targets. ").say(language)
    return head + ("；" if language == "zh" else "; ").join(told) + ("。" if language == "zh" else ".")


def _of_target(row: Record, side: str, language: Language) -> str:
    words, share = row[f"{side}_words"], f"{row[side]:.1f}"
    return f"{words}，为目标值的 {share}%" if language == "zh" else f"{words} ({share} % of the target)"
