"""The growth that targets still require, over every growth that such indicators have ever shown."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.display import Picture, picture
from daye_analysis.charts.growth_text import ONE_YEAR, needed
from daye_analysis.charts.labels import target_names
from daye_analysis.charts.style import BLUE, GREY, INK, new_figure, style
from daye_analysis.package.formatting import percent_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.records import records
from daye_analysis.progress.reference_class import class_share, comparable_growths
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_KEYS: Final = ["target_id", "area_id", "indicator_id", "reference_class", "direction"]
_LIMITS: Final = (-0.25, 4.2)
_TICKS: Final = (-0.2, 0.0, 0.2, 0.5, 1.0, 2.0, 4.0)


def required_growths(view: View, language: Language) -> pd.DataFrame:
    """Return one row a target whose required growth is known, exactly or as a minimum, in the list's order.

    Columns: target_id, area_id, indicator_id, reference_class, direction, growth (a year, as a share, negative for a
    target that falls), exact (False where only a bound says it), years (from its figure to the due date), since (the date or
    period of that figure, in words), inferred (whether no source states that date).
    """
    found = []
    for row in records(in_list_order(view.package, view.assess())):
        # What is left of a year is no growth a year, and none that such indicators have shown compares with it.
        known = [each for each in needed(row, language) if pd.notna(each.low) and each.years >= ONE_YEAR[0]]
        keys = [str(row[name]) for name in _KEYS]
        found += [(*keys, each.low, each.exact, each.years, each.since, each.inferred) for each in known[:1]]
    return pd.DataFrame(found, columns=[*_KEYS, "growth", "exact", "years", "since", "inferred"])


def _compared(seen: pd.DataFrame, row: Any) -> pd.DataFrame:
    """Return the growths that a target's required growth is compared with: of other series, over as many years."""
    own = (str(row.indicator_id), str(row.area_id))
    return comparable_growths(seen, str(row.reference_class), str(row.direction), float(row.years), own)


def growth_chart(view: View, language: Language) -> Picture | None:
    """Return the chart, or None where no required growth is known."""
    rows, seen = required_growths(view, language), view.growths_ever()
    if rows.empty:
        return None
    names = target_names(view.package, language)
    with style():
        figure = new_figure(0.62 * len(rows) + 1.0, laid_out=True)
        axes = figure.subplots()
        for place, row in enumerate(rows.itertuples(index=False)):
            _draw(axes, place, float(str(row.growth)), bool(row.exact), _required_words(row, language), _compared(seen, row))
        wide = 12 if language == "zh" else 28
        axes.set_yticks(range(len(rows)), [textwrap.fill(str(names[each]), wide) for each in rows["target_id"]])
        axes.set_ylim(len(rows) - 0.5, -0.6)
        # A logarithm of one plus growth, so that a doubling is as far from nothing as a halving.
        axes.set_xlim(np.log1p(_LIMITS[0]), np.log1p(_LIMITS[1]))
        axes.set_xticks(np.log1p(_TICKS), [percent_words(tick, language, 0) for tick in _TICKS])
        axes.axvline(0.0, color="#CCCCCC", linewidth=1, zorder=0)
        axes.set_xlabel(Text("年增速（对数尺度）", "Growth a year (logarithmic scale)").say(language))
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0, labelsize=8)
        caption = Text("后续所需年增速与同类指标历史增速", "Growth still required a year, and growth that such indicators have shown")
        return picture(figure, _alt(rows, seen, names, language), caption.say(language), _reading(view, language))


def _draw(axes: Axes, place: int, growth: float, exact: bool, words: str, compared: pd.DataFrame) -> None:
    growths = compared["growth"].to_numpy(dtype=float)
    inside = growths[(growths > _LIMITS[0]) & (growths < _LIMITS[1])]
    axes.plot(np.log1p(inside), [place] * len(inside), "|", color=GREY, markersize=10, markeredgewidth=0.9, alpha=0.75)
    if len(growths):
        middle = class_share(math.nan, compared["series"], growths).median
        axes.plot(np.log1p(middle), place, "|", color=INK, markersize=18, markeredgewidth=1.6)
    at = float(np.log1p(np.clip(growth, *_LIMITS)))
    step = 0.09 if growth > 0 else -0.09
    if exact:
        axes.plot(at, place, "o", color=BLUE, markersize=8, zorder=4)
    else:
        axes.plot([at, at + step], [place, place], color=BLUE, linewidth=1.2, zorder=4)
        axes.plot(at + step, place, ">" if step > 0 else "<", color=BLUE, markerfacecolor="white", markersize=7, zorder=5)
        axes.plot(at, place, "|", color=BLUE, markersize=10, zorder=4)
    axes.annotate(words, (at, place), (0, 11), textcoords="offset points", fontsize=8, color=BLUE, ha="center",
                  va="bottom").set_in_layout(False)  # fmt: skip


def _required_words(row: Any, language: Language) -> str:
    """Return what growth is required, and from the figure of which time on."""
    growth, falls = percent_words(abs(float(row.growth)), language), float(row.growth) < 0
    least = "" if row.exact else Text("至少", "at least ").say(language)
    inferred = Text("，时间为推断", ", date inferred").say(language) if row.inferred else ""
    if language == "zh":
        return f"{least}{'下降' if falls else '增长'} {growth}（自{row.since}起{inferred}）"
    return f"{least}{'a fall of ' if falls else ''}{growth} (from {row.since}{inferred})"


def _reading(view: View, language: Language) -> str:
    day = date_words(view.timestamp, language)
    return Text(
        f"蓝点：所需年增速；空心箭头：至少如此；灰线：其他同类序列在同样长的时段内的年增速，黑线：中位数（每个序列权重相同）。截至{day}可知。来源：观测值表。",
        "Blue dot: growth required; hollow arrow: at least so much, from an upper bound. Grey ticks: growth a year that other comparable "
        f"series have shown over as many years; black: their median, each series counting once. As known on {day}. Source: observations.",
    ).say(language)


def _alt(rows: pd.DataFrame, seen: pd.DataFrame, names: dict[str, str], language: Language) -> str:
    told = []
    for row in rows.itertuples(index=False):
        compared = _compared(seen, row)
        past_of = class_share(math.nan, compared["series"], compared["growth"])
        growth = _required_words(row, language)
        if language == "zh":
            median = percent_words(past_of.median, "zh")
            past = f"同类 {past_of.series} 个序列 {past_of.growths} 个增速的中位数 {median}" if past_of.growths else "没有同类增速"
            told.append(f"{names[str(row.target_id)]}：所需增速{growth}，{past}")
        else:
            median = percent_words(past_of.median, "en")
            past = f"median of {past_of.growths} growth rates in {past_of.series} series {median}" if past_of.growths else "none to compare with"
            told.append(f"{names[str(row.target_id)]}: {growth} required, {past}")
    head = Text("点图。各目标所需年增速与同类指标历史增速。", "Dot plot of the growth required a year beside growth seen. ").say(language)
    return head + ("；" if language == "zh" else "; ").join(told) + ("。" if language == "zh" else ".")
