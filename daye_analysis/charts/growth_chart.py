"""The growth that targets still require, over the past growth of comparable indicators."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Picture, picture
from daye_analysis.charts.drawing.growth_axis import growth_ticks, on_growth_axis
from daye_analysis.charts.drawing.rows import row_chart
from daye_analysis.charts.drawing.style import BLUE, GREY, INK, style
from daye_analysis.charts.labels import target_names
from daye_analysis.charts.verdicts.growth_text import ONE_YEAR, needed
from daye_analysis.package.formatting import percent_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.records import records
from daye_analysis.progress.reference_class import class_share, comparable_growths
from daye_analysis.punctuation import bracketed
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_KEYS: Final = ["target_id", "area_id", "indicator_id", "reference_class", "direction"]


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
    listed = list(rows.itertuples(index=False))
    compared = [_compared(seen, row) for row in listed]
    with style():
        figure, axes = row_chart(
            [names[each] for each in rows["target_id"]], [_required_words(row, language) for row in listed], colours=[BLUE] * len(rows)
        )
        _draw_seen(axes, compared)
        for place, row in enumerate(listed):
            _draw_required(axes, place, float(str(row.growth)), bool(row.exact))
        _scale(axes, pd.concat([rows["growth"], *(each["growth"] for each in compared)]), language)
        return picture(
            figure, view, language,
            caption=Text("后续所需年增速与同类指标历史增速", "Growth still required a year, and past growth of comparable indicators"),
            kind=Text("点图。各目标所需年增速与同类指标历史增速。", "Dot plot of the growth required a year beside past growth. "),
            phrases=[_phrase(names[str(row.target_id)], row, each, language) for row, each in zip(listed, compared, strict=True)],
            how=Text(
                "蓝点：所需年增速；空心箭头：至少如此；灰线：其他同类序列在同样长的时段内的年增速，黑线：中位数（每个序列权重相同）。",
                "Blue dot: growth required; hollow arrow: at least so much, from an upper bound. Grey ticks: growth a year that other comparable "
                "series have shown over as many years; black: their median, each series counting once.",
            ),
        )  # fmt: skip


def _draw_seen(axes: Axes, compared: list[pd.DataFrame]) -> None:
    """Draw the past growths as a strip of ticks in each row, with a longer one at their median."""
    import seaborn as sns

    strips = pd.concat([each.assign(place=place) for place, each in enumerate(compared)])
    if strips.empty:
        return
    medians = pd.DataFrame(
        [(place, class_share(math.nan, each["series"], each["growth"]).median) for place, each in enumerate(compared) if len(each)],
        columns=["place", "growth"],
    )
    for points, marks in ((strips, {"color": GREY, "s": 60, "linewidth": 0.9, "alpha": 0.75}), (medians, {"color": INK, "s": 220, "linewidth": 1.6})):
        at = pd.DataFrame({"x": on_growth_axis(points["growth"]), "y": points["place"]})
        sns.scatterplot(at, x="x", y="y", marker="|", ax=axes, legend=False, **marks)
    axes.set_ylabel("")


def _draw_required(axes: Axes, place: int, growth: float, exact: bool) -> None:
    at, step = float(on_growth_axis(growth)), 0.1 if growth > 0 else -0.1
    if exact:
        axes.plot(at, place, "o", color=BLUE, markersize=7, zorder=4)
        return
    axes.plot([at, at + step], [place, place], color=BLUE, linewidth=1.2, zorder=4)
    axes.plot(at + step, place, ">" if step > 0 else "<", color=BLUE, markerfacecolor="white", markersize=6.5, zorder=5)
    axes.plot(at, place, "|", color=BLUE, markersize=10, zorder=4)


def _scale(axes: Axes, growths: pd.Series, language: Language) -> None:
    """Give the axis room for every growth."""
    low, high = float(on_growth_axis(min(growths.min(), -0.1))) - 0.06, float(on_growth_axis(max(growths.max(), 0.1))) + 0.2
    ticks = growth_ticks(low, high, 0.075)
    axes.set_xlim(low, high)
    axes.set_xticks(on_growth_axis(ticks), [percent_words(tick, language, 0) for tick in ticks])
    axes.axvline(0.0, color="#CCCCCC", linewidth=1, zorder=0)
    axes.set_xlabel(Text("年增速（对数尺度）", "Growth a year (logarithmic scale)").say(language))


def _required_words(row: Any, language: Language) -> str:
    """Return what growth is required, and from the figure of which time on."""
    growth, falls = percent_words(abs(float(row.growth)), language), float(row.growth) < 0
    least = "" if row.exact else Text("至少", "at least ").say(language)
    inferred = Text("，时间为推断", ", date inferred").say(language) if row.inferred else ""
    size = Text(f"{'下降' if falls else '增长'} {growth}", f"{'a fall of ' if falls else ''}{growth}").say(language)
    return least + size + bracketed(Text(f"自{row.since}起", f"from {row.since}").say(language) + inferred, language)


def _phrase(name: str, row: Any, compared: pd.DataFrame, language: Language) -> str:
    past_of, growth = class_share(math.nan, compared["series"], compared["growth"]), _required_words(row, language)
    if not past_of.growths:
        past = Text("没有同类增速", "none to compare with")
    else:
        median = {each: percent_words(past_of.median, each) for each in ("zh", "en")}
        past = Text(f"同类 {past_of.series} 个序列 {past_of.growths} 个增速的中位数 {median['zh']}",
                    f"median of {past_of.growths} growth rates in {past_of.series} series {median['en']}")  # fmt: skip
    return Text(f"{name}：所需增速{growth}，{past.zh}", f"{name}: {growth} required, {past.en}").say(language)
