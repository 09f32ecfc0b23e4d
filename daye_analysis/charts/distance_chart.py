"""How far the known figures are from the target values: comparable figures as dots, bounds as hollow arrows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Picture, Prose, picture
from daye_analysis.charts.drawing.rows import row_chart
from daye_analysis.charts.drawing.style import BLUE, GREY, PALE, VERMILION, style
from daye_analysis.charts.labels import label, target_names
from daye_analysis.package.formatting import percent_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.records import Record, records
from daye_analysis.punctuation import COLON, COMMA, bracketed, joined
from daye_analysis.views.verdict_words import SIDES, Known, known
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# What lies beyond is drawn at the axis's end, with a sign and its share in words.
WIDEST: Final = 400.0
_NARROWEST: Final = 120.0
_BEYOND: Final = "»"
_LOWER_IS_BETTER: Final = "↓"


def distances(view: View, language: Language) -> pd.DataFrame:
    """Return one row a target that has a comparable figure or a bound, in the list's order.

    Columns: target_id; falls, whether its value is to be undercut; value, lower, upper in per cent of the target (NaN where
    there is none); and the words of each with its date or period, as value_words, lower_words, upper_words.
    """
    found: list[dict[str, Any]] = []
    for row in records(in_list_order(view.package, view.assess())):
        figures: list[Known] = known(view.package, row, language) if row["target"] else []
        if figures:
            shares: dict[str, float] = {each.side: 100 * each.value / float(row["target"]) for each in figures}
            words = {f"{each.side}_words": each.dated(language) for each in figures}
            found.append({"target_id": str(row["target_id"]), "falls": row["comparator"] in ("le", "lt"), **shares, **words})
    return pd.DataFrame(found, columns=["target_id", "falls", *SIDES, *(f"{side}_words" for side in SIDES)])


def distance_chart(view: View, language: Language) -> Picture | Prose:
    """Return the chart, or a sentence where no target has a figure or a bound to draw."""
    rows = distances(view, language)
    if rows.empty:
        none = Text("没有目标有同口径数据或上下限，无法比较差距。", "No target has a comparable figure or a bound to compare with its value.")
        return Prose(none.say(language))
    of = target_names(view.package, language)
    names = [f"{of[row['target_id']]}{f' {_LOWER_IS_BETTER}' if row['falls'] else ''}" for row in records(rows)]
    shares = rows[list(SIDES)].max().max()
    end = min(max(50 * math.ceil(1.04 * shares / 50), _NARROWEST), WIDEST)
    with style():
        figure, axes = row_chart(names, [_words(row, language) for row in records(rows)], above=0.22)
        axes.axvline(100, color=VERMILION, linewidth=1.2)
        axes.annotate(label("target", language), (100, 1), (0, 2), xycoords=("data", "axes fraction"), textcoords="offset points",
                      color=VERMILION, ha="center", va="bottom", fontsize=8)  # fmt: skip
        for place, row in enumerate(records(rows)):
            _draw(axes, float(place), row, end)
        axes.set_xlim(0, end)
        axes.set_xlabel(label("share_of_target", language))
        return picture(
            figure, view, language,
            caption=Text("已知数据与目标值的差距", "How far the known figures are from the target values"),
            kind=Text("点图。各目标已知数据占目标值的百分比。", "Dot plot of the known figures in per cent of their targets. "),
            phrases=[f"{name}{COLON.say(language)}{_phrase(row, language)}" for name, row in zip(names, records(rows), strict=True)],
            how=_how(bool(rows["falls"].any()), shares > end),
        )  # fmt: skip


def _draw(axes: Axes, place: float, row: Record, end: float) -> None:
    """Draw a dot; a stretch between two bounds, or a hollow arrow that points from one to where the unknown figure can lie."""
    between = bool(pd.notna(row["lower"]) and pd.notna(row["upper"]))
    if between:
        axes.plot([min(row[side], end) for side in ("lower", "upper")], [place, place], color=PALE, linewidth=5, solid_capstyle="butt", zorder=2)
    for side, mark, step in (("lower", ">", 1), ("upper", "<", -1), ("value", "o", 0)):
        if pd.isna(row[side]):
            continue
        beyond = row[side] > end
        # Within the axis, with the sign behind it.
        at = 0.97 * end if beyond else float(row[side])
        if beyond:
            axes.text(0.985 * end, place, _BEYOND, color=BLUE if side == "value" else GREY, va="center_baseline", ha="left", fontsize=10)
        if side == "value":
            axes.plot(at, place, mark, color=BLUE, markersize=7, zorder=4)
            continue
        axes.plot(at, place, "|", color=GREY, markersize=9, zorder=3)
        if not between:
            tip = at + step * 0.055 * end
            axes.plot([at, tip], [place, place], color=GREY, linewidth=1, zorder=3)
            axes.plot(tip, place, mark, color=GREY, markerfacecolor="white", markersize=6.5, zorder=3, clip_on=False)


def _words(row: Record, language: Language) -> str:
    """Return a line for each figure, in the order of the axis; what lies beyond it with its share."""
    lines = [f"{row[f'{side}_words']}{_beyond(row[side], language)}" for side in ("lower", "value", "upper") if pd.notna(row[side])]
    return "\n".join(lines)


def _beyond(share: float, language: Language) -> str:
    return f"{COMMA.say(language)}{percent_words(share / 100, language, 0)}" if share > WIDEST else ""


def _how(falls: bool, beyond: bool) -> Text:
    parts = [
        Text("实心圆：同口径数据；空心箭头：只知上限或下限，箭头指向真值所在一侧；灰色粗线：上下限之间。",
             "Dot: a comparable figure. Hollow arrow: only a bound is known; the true figure lies where it points. Thick grey: between two bounds."),
        Text(f"{_LOWER_IS_BETTER}：要求不高于目标值。", f"{_LOWER_IS_BETTER}: at most the target value is asked.") if falls else None,
        Text(f"{_BEYOND}：超出坐标轴。", f"{_BEYOND}: beyond the axis.") if beyond else None,
    ]  # fmt: skip
    return Text("".join(each.zh for each in parts if each), " ".join(each.en for each in parts if each))


def _phrase(row: Record, language: Language) -> str:
    return joined([_of_target(row, side, language) for side in SIDES if pd.notna(row[side])], language)


def _of_target(row: Record, side: str, language: Language) -> str:
    words, share = row[f"{side}_words"], f"{row[side]:.1f}"
    return Text(f"{words}，为目标值的 {share}%", f"{words}{bracketed(f'{share} % of the target', 'en')}").say(language)
