"""Starting point against required growth, over the past growth of comparable industries."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.clusters.labels import no_clusters, word, years_span
from daye_analysis.charts.display import Picture, PrintTable, Prose, escaped, picture
from daye_analysis.charts.drawing.growth_axis import growth_ticks, on_growth_axis
from daye_analysis.charts.drawing.style import BLUE, GREEN, INK, ORANGE, PALE, VERMILION, new_figure, style
from daye_analysis.clusters.aims import cluster_aims, start_needed, starting_points
from daye_analysis.clusters.growth import class_growth
from daye_analysis.package.formatting import number_words, percent_words, period_words
from daye_analysis.package.records import Record, records
from daye_analysis.progress.reference_class import class_share, over
from daye_analysis.punctuation import bracketed, joined
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOWEST_SHARE: Final = 0.2
# More starting points than this leave no room for what each requires: then names alone are beside them.
_MOST_WORDED: Final = 3
# A median of fewer growths than this says nothing of what is usual.
_FEWEST: Final = 5


def starts_blocks(view: View, language: Language) -> list[Prose | Picture]:
    """Return what the class has shown in words, and the picture."""
    chart = starts_chart(view, language)
    return [starts_words(view, language), *([chart] if chart else [])]


def horizons(view: View) -> list[pd.Timestamp]:
    """Return the ends of year from which the required growth is drawn: the plan's start, and the last whole year.

    None after the due date, when nothing is required any more.
    """
    due, as_of = pd.Timestamp(cluster_aims(view)["due"].iloc[0]), view.timestamp
    if as_of > due:
        return []
    start = pd.Timestamp(view.package.plans["start"].iloc[0])
    last = pd.Timestamp(as_of.year - (0 if (as_of.month, as_of.day) == (12, 31) else 1), 12, 31)
    return [day for day in dict.fromkeys([start, last]) if start <= day < due]


def starts_words(view: View, language: Language) -> Prose:
    """Return what growth the class has shown and where a cluster would have to be for it to suffice, with the caution."""
    aims, growth = cluster_aims(view), class_growth(view)
    if aims.empty:
        return no_clusters(language)
    yearly = growth[over(growth, 1)]
    if yearly.empty:
        return Prose(Text("没有可供对照的历史增速。", "No past growth to compare with was found.").say(language))
    seen, averages = yearly["growth"], len(growth) - len(yearly)
    found = class_share(math.nan, yearly["series"], seen)
    median, low, high = found.median, float(seen.min()), float(seen.max())
    published = int(yearly["basis"].eq("published").sum())
    apart = Text(f"另有 {averages} 个为多年平均，不计入以上数字，列于附表。", f" Another {averages} are averages over several years; they are listed in the table but not counted here.")
    phrases = [
        Text(
            f"共查到各地同类产业 {found.series} 个序列的年增速 **{len(seen)}** 个（{published} 个为公布的增速，{len(seen) - published} 个由前后"
            f"两年公布的产值算得，二者口径不同，分开标示），最低 {percent_words(low, 'zh')}，中位数 **{percent_words(median, 'zh')}**（每个序列权重相同），"
            f"最高 {percent_words(high, 'zh')}。{apart.zh if averages else ''}",
            f"**{len(seen)}** yearly growth rates of comparable industries were found, in {found.series} series from all places ({published} as published, "
            f"{len(seen) - published} computed between two published outputs; they differ in basis and are marked apart): lowest "
            f"{percent_words(low, 'en')}, median **{percent_words(median, 'en')}** (each series counting once), highest {percent_words(high, 'en')}."
            f"{apart.en if averages else ''}",
        ).say(language),
        *_needed(view, yearly, median, language),
        Text(
            "使用须谨慎：这些是能够查到的增速，不是抽样；公开报道偏重高增长和整数关口，因此整体偏高；口径有产值、营业收入和"
            "增加值之分，名义与实际并存；少数高值出自起点很低的年份。",
            "Read with caution: this is what could be found, not a sample. Published pages favour booms and round thresholds, so the rates "
            "are biased upward; they mix output, revenue and value added, nominal and real; the highest start from a very low base.",
        ).say(language),
    ]
    return Prose("\n\n".join(escaped(part).replace("\\*\\*", "**") for part in phrases))


def _needed(view: View, growth: pd.DataFrame, median: float, language: Language) -> list[str]:
    """Return where a cluster that grows by the class's median must have been; nothing on a handful of growths."""
    aims, days = cluster_aims(view), horizons(view)
    if len(growth) < _FEWEST or median <= 0 or not days:
        return []
    due = pd.Timestamp(aims["due"].iloc[0])
    needed = {day.year: start_needed(median, due.year - day.year) for day in days}
    zh = "，或 ".join(f"{year} 年须已达到目标值的 {percent_words(share, 'zh', 0)}" for year, share in needed.items())
    en = " or ".join(f"at {percent_words(share, 'en', 0)} of it in {year}" for year, share in needed.items())
    return [
        Text(
            f"一个集群若每年按这个中位数增长，要在 {due.year} 年达到目标，{zh}。",
            f"A cluster that grows by this median every year reaches its aim in {due.year} only if it was {en}.",
        ).say(language)
    ]


def starts_chart(view: View, language: Language) -> Picture | None:
    """Return, for each start as a share of its aim, the growth a year that it requires, beside the past growths.

    Both axes are logarithmic, so that a number of years is a straight line; only growths over one year are drawn. None
    without aims or growths, and after the due date.
    """
    aims, growth = cluster_aims(view), class_growth(view)
    growth = growth[over(growth, 1)]
    if aims.empty or growth.empty or not horizons(view):
        return None
    with style():
        figure = new_figure(3.7)
        axes, side = figure.subplots(1, 2, sharey=True, width_ratios=[4.2, 1.9], gridspec_kw={"wspace": 0.04})
        shortest = min(pd.Timestamp(aims["due"].iloc[0]).year - day.year for day in horizons(view))
        steepest = _lowest(aims) ** (-1 / shortest) - 1
        low = on_growth_axis(min(float(growth["growth"].min()), -0.05)) - 0.05
        high = on_growth_axis(max(float(growth["growth"].max()), steepest)) + 0.12
        ticks = growth_ticks(low, high, 0.06)
        axes.set_ylim(low, high)
        axes.set_yticks(on_growth_axis(ticks), [percent_words(tick, language, 0) for tick in ticks], fontsize=8)
        _draw_lines(axes, view, language)
        _draw_starts(axes, aims, language)
        _draw_growths(axes, side, growth, language)
        for each in (axes, side):
            each.axhline(0, color=PALE, linewidth=0.8, zorder=0)
            each.spines[["top", "right"]].set_visible(False)
        side.spines["left"].set_visible(False)
        side.tick_params(axis="y", length=0, labelleft=False)
        axes.set_ylabel(Text("至目标期末所需年增速", "growth a year required to the due date").say(language))
        axes.set_xlabel(Text("起点相当于目标值的百分比", "starting point, per cent of the aim").say(language))
        return picture(
            figure, view, language,
            caption=Text("起点与所需增速，对照同类产业历史增速", "Starting point and required growth, against past growth of comparable industries"),
            kind=Text("双对数折线图与点图。", "Log-log lines with a dot plot. "),
            phrases=_phrases(view, language),
            how=Text("斜线：起点所对应的所需增速（名义）；粗线段：已知上下限之间的范围；右侧：公开可见的同类增速，整体偏高。",
                     "Lines: the growth that a start requires (nominal). Thick stretch: what the known bounds leave open. Right: growth rates "
                     "of comparable industries, biased upward."),
        )  # fmt: skip


def _lowest(aims: pd.DataFrame) -> float:
    """Return where the axis of starting points begins: a fifth of the aim, or where its lowest start leaves it room."""
    starts = starting_points(aims)
    known = pd.concat([starts["low"], starts["high"]]).dropna()
    lowest = float(known[known > 0].min()) if (known > 0).any() else _LOWEST_SHARE
    return 0.5 if lowest > 0.6 else min(_LOWEST_SHARE, 0.85 * lowest)


def _required(share: Any, years: float) -> Any:
    """Return where the growth a year that leads from a share of the aim to the aim lies on its axis."""
    return -np.log(share) / years


def _draw_lines(axes: Axes, view: View, language: Language) -> None:
    import seaborn as sns

    aims = cluster_aims(view)
    due, lowest = pd.Timestamp(aims["due"].iloc[0]), _lowest(aims)
    for day, dashes in zip(horizons(view), ["-", (0, (5, 3))], strict=False):
        years = due.year - day.year
        line = pd.DataFrame({"share": [lowest, 1.0], "growth": _required(np.array([lowest, 1.0]), years)})
        sns.lineplot(line, x="share", y="growth", color=INK, linewidth=1.2, linestyle=dashes, estimator=None, errorbar=None, ax=axes)
        words = Text(f"自 {day.year} 年起，{years} 年", f"from {day.year}: {years} year{'s' if years > 1 else ''}")
        at = lowest**0.97
        axes.annotate(words.say(language), (at, _required(at, years)), (5, 5), textcoords="offset points", fontsize=8)
    axes.set_xscale("log")
    axes.set_xlim(lowest, 1.05)
    ticks = [tick for tick in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0) if tick >= lowest]
    axes.set_xticks(ticks, [percent_words(tick, language, 0) for tick in ticks])
    axes.minorticks_off()


def _draw_starts(axes: Axes, aims: pd.DataFrame, language: Language) -> None:
    """Draw what is known of each cluster's start on its line: a dot, a stretch between bounds, or a hollow arrow."""
    starts = starting_points(aims)
    for place, (colour, row) in enumerate(zip(_colours(len(starts)), records(starts), strict=True)):
        low, high = row["low"], row["high"]
        low_at, high_at = (_required(each, row["years"]) if each > 0 else np.nan for each in (low, high))
        hollow: dict[str, Any] = {"color": colour, "markerfacecolor": "white", "zorder": 4}
        shown = high if low == 0 else low
        if low == high:
            axes.plot(low, low_at, "o", color=colour, markersize=7, zorder=4)
        elif low > 0 and pd.notna(high):
            axes.plot([low, high], [low_at, high_at], color=colour, linewidth=5, alpha=0.45, solid_capstyle="butt")
            axes.plot([low, high], [low_at, high_at], "o", markersize=6, **hollow)
            shown = math.sqrt(low * high)
        else:
            axes.plot(shown, _required(shown, row["years"]), "<" if low == 0 else ">", markersize=8, **hollow)
        _name_start(axes, aims, row, (shown, _required(shown, row["years"])), place, len(starts), colour, language)


def _name_start(
    axes: Axes, aims: pd.DataFrame, row: Record, at: tuple[float, float], place: int, number: int, colour: str,
    language: Language,
) -> None:  # fmt: skip
    """Write a cluster's name and what it requires in the corner above the lines, which is always empty.

    Where many clusters have a starting point, only the name is shown, beside it, in turn above and below.
    """
    name = str(aims.set_index("cluster_id")[f"name_{language}"][row["cluster_id"]])
    if number > _MOST_WORDED:
        axes.annotate(name, at, (5, 5 if place % 2 else -5), textcoords="offset points", fontsize=7, color=colour,
                      va="bottom" if place % 2 else "top")  # fmt: skip
        return
    words = "\n".join([name, *_stretch(row, language)])
    axes.annotate(words, at, (0.99, 0.88 - 0.23 * place), textcoords="axes fraction", fontsize=7.5, color=colour, ha="right",
                  va="top", linespacing=1.5, arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.6})  # fmt: skip


def _stretch(row: Record, language: Language) -> tuple[str, str]:
    """Return what is known of a start, and what growth follows: "2025: 30 % to 63 %", "needs 59 % to 233 %"."""
    period = period_words(pd.Timestamp(row["date"].year, 1, 1), row["date"], language)
    low, high = row["low"], row["high"]
    need = [percent_words(share ** (-1 / row["years"]) - 1, language, 0) if share > 0 else "" for share in (high, low)]
    at = [percent_words(share, language, 0) if share > 0 else "" for share in (low, high)]
    if low == high:
        known, growth = Text(at[0], at[0]), Text(f"须增 {need[0]}", f"needs {need[0]}")
    elif low > 0 and pd.notna(high):
        known = Text(f"{at[0]}—{at[1]}", f"{at[0]} to {at[1]}")
        growth = Text(f"须增 {need[0]}—{need[1]}", f"needs {need[0]} to {need[1]}")
    elif low > 0:
        known, growth = Text(f"至少 {at[0]}", f"at least {at[0]}"), Text(f"至多须增 {need[1]}", f"needs at most {need[1]}")
    else:
        known, growth = Text(f"至多 {at[1]}", f"at most {at[1]}"), Text(f"至少须增 {need[0]}", f"needs at least {need[0]}")
    joint = "" if language == "zh" else ": "
    return f"{period}{joint}{known.say(language)}", growth.say(language)


def _draw_growths(axes: Axes, side: Axes, growth: pd.DataFrame, language: Language) -> None:
    """Draw the past growths beside the lines: published as dots, computed between levels as hollow squares."""
    import seaborn as sns

    for at, (basis, mark, face) in enumerate((("published", "o", ORANGE), ("levels", "s", "white"))):
        seen = on_growth_axis(growth.loc[growth["basis"] == basis, "growth"])
        sns.stripplot(x=[at] * len(seen), y=seen, marker=mark, facecolor=face, edgecolor=ORANGE, linewidth=1, size=5, alpha=0.9, jitter=False,
                      native_scale=True, legend=False, ax=side)  # fmt: skip
    middle = class_share(math.nan, growth["series"], growth["growth"]).median
    median = on_growth_axis(middle)
    for each in (side, axes):
        each.axhline(median, color=VERMILION, linewidth=1, zorder=1)
    words = Text(f"同类增速的中位数 {percent_words(middle, 'zh')}", f"median of past rates {percent_words(middle, 'en')}")
    axes.annotate(words.say(language), (axes.get_xlim()[0], median), (4, 3), textcoords="offset points",
                  fontsize=7.5, color=VERMILION)  # fmt: skip
    side.set_xlim(-0.5, 1.65)
    side.set_xlabel("")
    side.set_xticks([0, 1], [Text("公布的\n增速", "as\npublished").say(language), Text("由两年\n产值算得", "between\ntwo outputs").say(language)], fontsize=7.5)
    side.set_title(Text("同类产业历史增速", "past growth").say(language), fontsize=8)


def _colours(number: int) -> list[str]:
    return ([BLUE, GREEN, INK] * (number // 3 + 1))[:number]


def _phrases(view: View, language: Language) -> list[str]:
    """Return what the chart shows in words: what half of an aim requires, each start, and the past growths."""
    aims, growth = cluster_aims(view), class_growth(view)
    names = aims.set_index("cluster_id")[f"name_{language}"]
    due = pd.Timestamp(aims["due"].iloc[0])
    lines = []
    for year in (day.year for day in horizons(view)):
        years = due.year - year
        zh, en = (percent_words(0.5 ** (-1 / years) - 1, each, 0) for each in ("zh", "en"))
        lines.append(
            Text(f"自 {year} 年起点为目标一半时须{'年均' if years > 1 else ''}增长 {zh}",
                 f"from half of the aim in {year}, {en}{' a year' if years > 1 else ''} is needed").say(language)
        )  # fmt: skip
    starts = [f"{names[row['cluster_id']]} {joined(_stretch(row, language), language)}" for row in records(starting_points(aims))]
    seen = growth["growth"]
    low, median, high = float(seen.min()), class_share(math.nan, growth["series"], seen).median, float(seen.max())
    phrases = Text(
        f"可查的 {len(seen)} 个同类产业年增速在 {percent_words(low, 'zh')} 到 {percent_words(high, 'zh')} 之间，中位数 {percent_words(median, 'zh')}",
        f"the {len(seen)} past yearly growth rates run from {percent_words(low, 'en')} to {percent_words(high, 'en')}, "
        f"median {percent_words(median, 'en')}",
    )
    return [*lines, *starts, phrases.say(language)]


def growths_table(view: View, language: Language, numbers: Mapping[str, int]) -> PrintTable | None:
    """Return the past growths, lowest first, with what grew, where, when, on which basis, and its sources."""
    growth, package = class_growth(view), view.package
    if growth.empty:
        return None
    areas = package.areas.set_index("area_id")[f"name_{language}"]
    names = package.indicators.set_index("indicator_id")[f"name_{language}"]
    source = package.observations.set_index("observation_id")["source_id"]
    basis = {"published": Text("公布", "published"), "levels": Text("由两年产值算得", "computed")}
    what, where, years, rate, how = (
        each.say(language) for each in (Text("指标", "Indicator"), Text("地区", "Area"), Text("年份", "Years"),
                                        Text("年增速", "Growth a year"), Text("依据", "Basis"))
    )  # fmt: skip
    rows = [
        {
            what: names[row["indicator_id"]],
            where: areas[row["area_id"]],
            years: _years(row, language),
            rate: percent_words(float(row["growth"]), language),
            how: basis[str(row["basis"])].say(language),
            word("source", language): _cited(row, source, numbers),
        }
        for row in records(growth)
    ]
    caption = Text("同类产业历史年增速（可查到的，不是抽样）", "Yearly growth rates of comparable industries that could be read (not a sample)")
    return PrintTable(pd.DataFrame(rows), caption.say(language), {rate: "right"})


def _years(row: Record, language: Language) -> str:
    first, last = pd.Timestamp(row["date_from"]), pd.Timestamp(row["date_to"])
    if last.year - first.year == 1:
        return period_words(pd.Timestamp(last.year, 1, 1), last, language)
    span = number_words(float(last.year - first.year))
    return f"{years_span(first.year, last.year, language)}{bracketed(Text(f'{span} 年年均', f'mean of {span} years').say(language), language)}"


def _cited(row: Record, source: pd.Series, numbers: Mapping[str, int]) -> str:
    cited = {numbers[str(source[each])] for each in str(row["observation_ids"]).split()}
    return "".join(f"[{number}]" for number in sorted(cited))
