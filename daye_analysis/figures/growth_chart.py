"""The growth that targets still require, over every growth that such indicators have ever shown."""

from __future__ import annotations

import datetime as dt
import math
import textwrap
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.display import Picture, picture
from daye_analysis.figures.labels import target_names
from daye_analysis.figures.style import BLUE, GREY, INK, new_figure, style
from daye_analysis.figures.verdicts import percent
from daye_analysis.package.list_order import in_list_order
from daye_analysis.views.package import Package
from daye_analysis.package.published import YEARLY
from daye_analysis.package.words import date_words, figure_day_words
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.reference_class import class_share, comparable_growths

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TICKS: Final = (-0.2, 0.0, 0.2, 0.5, 1.0, 2.0, 4.0)


def required_growths(package: Package, assessments: pd.DataFrame) -> pd.DataFrame:
    """Return one row a target whose required growth is known, exactly or from below, in the list's order.

    Columns: target_id, area_id, indicator_id, reference_class, direction, growth (a year, as a share), exact (False where
    only a bound says it), since (the day of the figure it starts from), years (from it to the due date), yearly (whether
    that figure is a whole year's).
    """
    rows = assessments.copy()
    rows["exact"] = rows["required_growth"].notna()
    rows["growth"] = rows["required_growth"].fillna(rows["required_growth_at_least"].where(rows["required_growth_at_least"] > 0))
    rows["since"] = rows["value_date"].where(rows["exact"], rows["bound_date"])
    rows["yearly"] = rows["quantity"].isin(YEARLY)
    rows = in_list_order(package, rows[rows["growth"].notna()]).reset_index(drop=True)
    rows["years"] = years_between(rows["since"].to_numpy("datetime64[D]"), rows["due"].to_numpy("datetime64[D]"))
    columns = ["target_id", "area_id", "indicator_id", "reference_class", "direction", "growth", "exact", "since", "years", "yearly"]
    return rows[columns]


def _compared(seen: pd.DataFrame, row: Any) -> pd.DataFrame:
    """Return the growths that a target's required growth is compared with: of other series, over as many years."""
    own = (str(row.indicator_id), str(row.area_id))
    return comparable_growths(seen, str(row.reference_class), str(row.direction), float(row.years), own)


def growth_chart(
    package: Package, assessments: pd.DataFrame, seen: pd.DataFrame, language: Language, as_of: dt.date
) -> Picture | None:
    """Return the chart, or None where no required growth is known. `seen` is `reference_class.growths_ever`."""
    rows = required_growths(package, assessments)
    if rows.empty:
        return None
    names = target_names(package, language)
    with style():
        figure = new_figure(0.62 * len(rows) + 1.0, laid_out=True)
        axes = figure.subplots()
        for place, row in enumerate(rows.itertuples(index=False)):
            _draw(axes, place, float(str(row.growth)), bool(row.exact), _required_words(row, language), _compared(seen, row))
        wide = 12 if language == "zh" else 28
        axes.set_yticks(range(len(rows)), [textwrap.fill(str(names[each]), wide) for each in rows["target_id"]])
        axes.set_ylim(len(rows) - 0.5, -0.6)
        # A logarithm of one plus growth, so that a doubling is as far from nothing as a halving.
        axes.set_xlim(np.log1p(-0.25), np.log1p(4.2))
        axes.set_xticks(np.log1p(_TICKS), [percent(tick, language, 0) for tick in _TICKS])
        axes.axvline(0.0, color="#CCCCCC", linewidth=1, zorder=0)
        axes.set_xlabel(Text("年增速（对数尺度）", "Growth a year (logarithmic scale)").say(language))
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0, labelsize=8)
        caption = Text("还需要的年均增速，与同类指标有过的增速", "Growth still required a year, and growth that such indicators have shown")
        return picture(figure, _alt(rows, seen, names, language), caption.say(language), _reading(as_of, language))


def _draw(axes: Axes, place: int, growth: float, exact: bool, words: str, compared: pd.DataFrame) -> None:
    growths = compared["growth"].to_numpy(dtype=float)
    inside = growths[(growths > -0.25) & (growths < 4.2)]
    axes.plot(np.log1p(inside), [place] * len(inside), "|", color=GREY, markersize=10, markeredgewidth=0.9, alpha=0.75)
    if len(growths):
        middle = class_share(math.nan, compared["series"], growths).median
        axes.plot(np.log1p(middle), place, "|", color=INK, markersize=18, markeredgewidth=1.6)
    at = float(np.log1p(growth))
    if exact:
        axes.plot(at, place, "o", color=BLUE, markersize=8, zorder=4)
    else:
        axes.plot([at, at + 0.09], [place, place], color=BLUE, linewidth=1.2, zorder=4)
        axes.plot(at + 0.09, place, ">", color=BLUE, markerfacecolor="white", markersize=7, zorder=5)
        axes.plot(at, place, "|", color=BLUE, markersize=10, zorder=4)
    axes.annotate(words, (at, place), (0, 11), textcoords="offset points", fontsize=8, color=BLUE, ha="center",
                  va="bottom").set_in_layout(False)  # fmt: skip


def _required_words(row: Any, language: Language) -> str:
    """Return what growth is required, and from the figure of which time on."""
    since = figure_day_words(row.since, bool(row.yearly), language)
    growth = percent(float(row.growth), language)
    least = "" if row.exact else Text("至少 ", "at least ").say(language)
    return Text(f"{least}{growth}（自{since}）", f"{least}{growth} (from {since})").say(language)


def _reading(as_of: dt.date, language: Language) -> str:
    day = date_words(pd.Timestamp(as_of), language)
    return Text(
        f"蓝点：所需增速；空心箭头：至少如此；灰线：其他同类序列在同样长的时段内的年均增速，黑线：中位数（每个序列权重相同）。截至{day}可知。来源：观测值表。",
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
            median = percent(past_of.median, "zh")
            past = f"同类 {past_of.series} 个序列 {past_of.growths} 个增速的中位数 {median}" if past_of.growths else "没有同类增速"
            told.append(f"{names[str(row.target_id)]}：所需增速{growth}，{past}")
        else:
            median = percent(past_of.median, "en")
            past = f"median of {past_of.growths} growth rates in {past_of.series} series {median}" if past_of.growths else "none to compare with"
            told.append(f"{names[str(row.target_id)]}: {growth} required, {past}")
    head = Text("点图。各目标所需年均增速与同类指标有过的增速。", "Dot plot of the growth required a year beside growth seen. ").say(language)
    return head + ("；" if language == "zh" else "; ").join(told) + ("。" if language == "zh" else ".")
