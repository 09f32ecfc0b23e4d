"""The sum of the clusters' aims against the whole that they are parts of: what it would take, and why it may double count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.clusters.labels import axis_unit, no_clusters
from daye_analysis.charts.display import Picture, Prose, escaped, picture
from daye_analysis.charts.drawing.style import BLUE, GREY, VERMILION, new_figure, style
from daye_analysis.clusters.aims import AimSum, aim_sum, aims_unit, cluster_aims, required_path, whole_series
from daye_analysis.package.formatting import number_words, percent_words, value_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import records
from daye_analysis.punctuation import listed
from daye_analysis.views.verdict_words import unit_label
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def sum_blocks(view: View, language: Language, whole_id: str = "") -> list[Prose | Picture]:
    """Return the words on the sum of the aims, and its picture where there is a whole to set it against.

    `whole_id` is the indicator of the whole; without it, the largest yearly context figure of the area (`whole_series`).
    """
    chart = sum_chart(view, language, whole_id)
    return [sum_words(view, language, whole_id), *([chart] if chart else [])]


def _sum_and_whole(view: View, whole_id: str) -> tuple[AimSum | None, pd.DataFrame]:
    aims = cluster_aims(view)
    return aim_sum(aims), whole_series(view, aims_unit(aims), whole_id)


def sum_words(view: View, language: Language, whole_id: str = "") -> Prose:
    """Return what the aims come to, what equality with the whole would take, and what the sum does not mean."""
    aims, package = cluster_aims(view), view.package
    total, whole = _sum_and_whole(view, whole_id)
    if total is None:
        none = Text("集群目标不足两个，或单位、期限不一致，不作合计。", "Fewer than two aims share a unit and a due date, so they are not summed.")
        return no_clusters(language) if aims.empty else Prose(none.say(language))
    phrases = [_sum_sentence(package, aims, total, language)]
    if whole.empty:
        missing = Text("没有本地区同单位的全年总量数据，无从比较。", "No yearly figure of a whole in this unit was found for the area to compare it with.")
        return Prose("\n\n".join([*phrases, missing.say(language)]))
    last = whole.iloc[-1]
    name = escaped(_whole_name(package, whole, language))
    value = _amount(package, float(last["value"]), total, language)
    growth = required_path(float(last["value"]), last["date"], total.total, total.due)
    years = total.due.year - last["date"].year
    factor, _ = axis_unit(package, total.unit_code, language)
    both = [number_words(round(factor * each, 6)) for each in (total.total, float(last["value"]))]
    formula = f"$({both[0]} \\div {both[1]})^{{1/{years}}} - 1$" if years > 1 else f"${both[0]} \\div {both[1]} - 1$"
    phrases.append(
        Text(
            f"{name}最近一期全年数据为 {last['date'].year} 年的 {value}（现价，名义）。即使假定 {len(total.cluster_ids)} 个集群合计恰为全部{name}，"
            f"至 {total.due.year} 年{_over(years, 'zh')}也须{_pace(years, 'zh')}增长 **{percent_words(growth, 'zh')}**：{formula}。",
            f"The latest year with a figure of {name} is {last['date'].year}: {value} (current prices, nominal). Even if the aims "
            f"were all of it, it would have to grow **{percent_words(growth, 'en')}**{_pace(years, 'en')} over the {_over(years, 'en')} to {total.due.year}: "
            f"{formula}.",
        ).say(language)
    )
    phrases.append(escaped(_caution(language)))
    return Prose("\n\n".join(phrases))


def sum_finding(view: View, whole_id: str = "") -> Text | None:
    """Return in one sentence what the aims come to and what the whole would have to grow by; None without a sum."""
    package = view.package
    total, whole = _sum_and_whole(view, whole_id)
    if total is None:
        return None
    number = len(total.cluster_ids)
    amount = Text(_amount(package, total.total, total, "zh"), _amount(package, total.total, total, "en"))
    of_sectors = Text("按行业划定的" if total.left_out else "", " defined by sector" if total.left_out else "")
    head = Text(f"{number} 个{of_sectors.zh}集群的目标值合计 **{amount.zh}**", f"The aims of the {number} clusters{of_sectors.en} come to **{amount.en}**")
    if whole.empty:
        return Text(f"{head.zh}。", f"{head.en}.")
    last = whole.iloc[-1]
    growth = required_path(float(last["value"]), last["date"], total.total, total.due)
    years = total.due.year - last["date"].year
    (zh, value_zh), (en, value_en) = (
        (_whole_name(package, whole, language), _amount(package, float(last["value"]), total, language)) for language in ("zh", "en")
    )
    return Text(
        f"{head.zh}；{last['date'].year} 年{zh}为 {value_zh}，即使全部计入集群，至 {total.due.year} 年也须{_pace(years, 'zh')}增长 **{percent_words(growth, 'zh')}**。",
        f"{head.en}; {en} was {value_en} in {last['date'].year} and, even if all of it counted, would have to grow "
        f"**{percent_words(growth, 'en')}**{_pace(years, 'en')} to {total.due.year}.",
    )


def _over(years: int, language: Language) -> str:
    """Return a number of years; nothing in Chinese for one, which the year itself names."""
    if language == "zh":
        return f"的 {years} 年间" if years > 1 else ""
    return f"{years} years" if years > 1 else "year"


def _pace(years: int, language: Language) -> str:
    """Return the words for a growth a year; one year has none."""
    return Text("年均", " a year").say(language) if years > 1 else ""


def _sum_sentence(package: PackageTables, aims: pd.DataFrame, total: AimSum, language: Language) -> str:
    factor, unit = axis_unit(package, total.unit_code, language)
    summed = aims[aims["cluster_id"].isin(total.cluster_ids)]
    parts = " + ".join(number_words(round(factor * each, 6)) for each in summed["target"])
    amount, number = _amount(package, total.total, total, language), len(total.cluster_ids)
    phrases = Text(
        f"{number} 个{'按行业划定的集群的' if total.left_out else ''}目标相加为 **{amount}**（{parts}）。",
        f"The {number} aims{' of clusters defined by sector' if total.left_out else ''} come to **{amount}** ({parts}, in {unit}).",
    )
    if not total.left_out:
        return phrases.say(language)
    names = aims[aims["cluster_id"].isin(total.left_out)]
    zh, en = (listed(names[f"name_{each}"], each) for each in ("zh", "en"))
    apart = Text(f"{zh}按区域划定，与各行业可能重叠，不计入合计。", f" {en}, defined by place, may overlap with them and is left out of the sum.")
    return phrases.say(language) + escaped(apart.say(language))


def _caution(language: Language) -> str:
    overlap = Text(
        "各集群的企业名录没有公布，同一企业仍可能重复计入。",
        "The clusters' lists of firms are not published; one firm may still be counted in two of them.",
    )
    measure = Text(
        "目标原文没有写明是产值还是营业收入，也没有写明是否只计规上工业，因此与总量只作量级上的比较。",
        " The official words do not say whether output or revenue is meant, nor whether only above-scale industry counts; "
        "only orders of magnitude can be compared.",
    )
    return overlap.say(language) + measure.say(language)


def sum_chart(view: View, language: Language, whole_id: str = "") -> Picture | None:
    """Return the whole's yearly figures, the sum of the aims at the due date, and the even growth between; None without both."""
    (total, whole), package = _sum_and_whole(view, whole_id), view.package
    if total is None or whole.empty:
        return None
    factor, unit = axis_unit(package, total.unit_code, language)
    years, values = [day.year for day in whole["date"]], [float(value) * factor for value in whole["value"]]
    goal = total.total * factor
    growth = required_path(values[-1], whole["date"].iloc[-1], goal, total.due)
    with style():
        figure = new_figure(1.9)
        axes = figure.subplots()
        path = [(year, values[-1] * (1 + growth) ** (year - years[-1])) for year in range(years[-1], total.due.year + 1)]
        axes.plot(*zip(*path, strict=True), color=GREY, linewidth=1.2, linestyle=(0, (4, 3)))
        axes.plot(years, values, "o-", color=BLUE, markersize=7, linewidth=1.4)
        axes.plot(total.due.year, goal, "D", color=VERMILION, markerfacecolor="white", markersize=9, markeredgewidth=1.6)
        _label_points(axes, package, total, whole, years, values, goal, growth, language)
        axes.set_ylim(0, 1.15 * max(goal, *values))
        axes.set_xlim(years[0] - 0.5, total.due.year + 0.6)
        axes.set_xticks(range(years[0], total.due.year + 1))
        axes.set_ylabel(unit)
        axes.spines[["top", "right"]].set_visible(False)
        name, goal_words, over = _whole_name(package, whole, language), _amount(package, total.total, total, language), total.due.year - years[-1]
        phrases = [Text(f"{row['date'].year}年 {amount}", f"{row['date'].year} {amount}").say(language)
                for row in records(whole) for amount in [_amount(package, float(row["value"]), total, language)]]  # fmt: skip
        return picture(
            figure, view, language,
            caption=Text("集群目标之和与总量", "The sum of the aims and the total"),
            kind=Text(f"折线图。{name}：", f"Line chart of {name}: "),
            phrases=[
                *phrases,
                Text(f"{len(total.cluster_ids)} 个集群目标之和：{total.due.year}年 {goal_words}", f"sum of the {len(total.cluster_ids)} aims: {goal_words} in {total.due.year}").say(language),
                Text(f"若二者相等，须{_pace(over, 'zh')}增长 {percent_words(growth, 'zh')}",
                     f"if both were to be equal, growth of {percent_words(growth, 'en')}{_pace(over, 'en')} would be needed").say(language),
            ],
            how=Text("圆点：公布的全年数据（现价，名义）；空心菱形：目标之和；虚线：两者相等所需的匀速增长，不是预测。",
                     "Dots: published figures of a year (current prices, nominal). Hollow diamond: sum of the aims. "
                     "Dashes: the even growth that would make both equal; not a forecast."),
        )  # fmt: skip


def _label_points(
    axes: Axes, package: PackageTables, total: AimSum, whole: pd.DataFrame, years: list[int], values: list[float],
    goal: float, growth: float, language: Language,
) -> None:  # fmt: skip
    for year, value in zip(years, values, strict=True):
        axes.annotate(number_words(round(value, 6)), (year, value), (0, -9), textcoords="offset points", fontsize=8.5,
                      ha="center", va="top", color=BLUE)  # fmt: skip
    axes.annotate(_whole_name(package, whole, language), (years[0], values[0]), (-14, -23), textcoords="offset points",
                  fontsize=8.5, color=BLUE, ha="left", va="top")  # fmt: skip
    axes.annotate(number_words(round(goal, 6)) + "\n" + Text("目标之和", "sum of the aims").say(language),
                  (total.due.year, goal), (0, -11), textcoords="offset points", fontsize=8.5, color=VERMILION,
                  ha="center", va="top")  # fmt: skip
    middle = (years[-1] + total.due.year) / 2
    along = values[-1] * (1 + growth) ** (middle - years[-1])
    years_left = total.due.year - years[-1]
    needed = Text(f"若二者相等：{_pace(years_left, 'zh')}增长 {percent_words(growth, 'zh')}",
                  f"if both were equal: {percent_words(growth, 'en')}{_pace(years_left, 'en')}")  # fmt: skip
    axes.annotate(needed.say(language), (middle, along), (-6, 8), textcoords="offset points", fontsize=8.5, ha="right")
    unknown = Text(f"{years[-1] + 1} 年起未见公开的全年数据", f"no yearly figure found after {years[-1]}")
    if total.due.year > years[-1] + 1:
        axes.annotate(unknown.say(language), (middle, 0), (0, 6), textcoords="offset points", fontsize=8, color=GREY, ha="center")


def _whole_name(package: PackageTables, whole: pd.DataFrame, language: Language) -> str:
    names = package.indicators.set_index("indicator_id")[f"name_{language}"]
    name = str(names[whole["indicator_id"].iloc[-1]])
    return name if language == "zh" else name[:1].lower() + name[1:]


def _amount(package: PackageTables, value: float, total: AimSum, language: Language) -> str:
    return value_words(round(value, 6), unit_label(package, total.unit_code, language), language)
