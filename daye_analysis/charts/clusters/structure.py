"""Decompositions of the clusters where both sides have figures, and where they don't, which figures are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.clusters.labels import (
    axis_unit,
    no_clusters,
    word,
    years_span,
)
from daye_analysis.charts.display import Align, Picture, PrintTable, Prose, escaped, picture
from daye_analysis.charts.drawing.style import BLUE, GREY, INK, ORANGE, SKY, new_figure, style
from daye_analysis.clusters.aims import aims_unit, cluster_aims, indicator_of, whole_series
from daye_analysis.clusters.structure import (
    Side,
    concentrations,
    contributions,
    lacking,
    quotients,
    series_years,
    shift_shares,
    sides,
)
from daye_analysis.package.formatting import number_words, percent_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records
from daye_analysis.punctuation import bracketed, listed
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Block = Picture | PrintTable | Prose

# What each analysis needs, in words: what it is, and which figures of one year.
_NEEDS: Final[dict[str, Text]] = {
    "contribution": Text(
        "**拉动与贡献率**（集群增量占整体增量的多少）：需要本地集群和整体连续两年的全年数据",
        "**Pull and contribution** (the cluster's part in the growth of the whole): needs the cluster and the whole here, two years running",
    ),
    "quotient": Text(
        "**区位商**（集群在本地的比重相当于在参照地区的几倍）：需要同一年本地与上级地区的集群和整体四个数",
        "**Location quotient** (the cluster's share here over its share in the reference): needs cluster and whole of one year, here and there",
    ),
    "concentration": Text(
        "**集中度**（赫芬达尔指数、克鲁格曼专业化指数）：需要同一年所有行业集群的数据，且各集群互不重叠",
        "**Concentration** (Herfindahl, Krugman): needs every sector cluster in one year, and that they share nothing",
    ),
    "shift_share": Text(
        "**偏离—份额分析**（总体增长、产业结构、地区竞争力）：需要本地与上级地区相同的两年，集群和整体都有数据",
        "**Shift-share** (reference growth, industry mix, regional shift): needs cluster and whole, here and there, in the same two years",
    ),
    "dynamic": Text(
        "**动态偏离—份额分析**：需要其间每一年的上述数据",
        "**Dynamic shift-share**: needs the same for every year between",
    ),
}
_PARTS: Final = {"reference_growth": (SKY, "////"), "industry_mix": (ORANGE, "...."), "regional_shift": (BLUE, "")}


def structure_blocks(view: View, language: Language, whole_id: str = "") -> list[Block]:
    """Return which years have figures, then every decomposition that they allow, then what the others lack.

    `whole_id` is the indicator of the whole; without it, the largest yearly context figure of the area (`whole_series`).
    """
    package, unit_code = view.package, aims_unit(cluster_aims(view))
    whole_id = indicator_of(whole_series(view, unit_code, whole_id))
    if package.clusters.empty:
        return [no_clusters(language)]
    if not whole_id:
        none = Text("没有可作整体的背景指标，以下分析均无法开展。", "There is no context indicator that could be the whole, so nothing can be decomposed.")
        return [Prose(none.say(language))]
    own, others = sides(view, unit_code, whole_id)
    blocks: list[Block | None] = [
        _years_table(package, own, others, whole_id, language),
        _contributions(package, own, language),
        _quotients(package, own, others, language),
        _concentrations(package, own, others, language),
        _shift_chart(view, own, others, unit_code, language),
        _shift_table(package, own, others, unit_code, language),
        _missing(package, own, others, whole_id, language),
    ]
    return [block for block in blocks if block is not None]


def _names(package: PackageTables, language: Language) -> pd.Series:
    return package.clusters.set_index("cluster_id")[f"name_{language}"]


def _area(package: PackageTables, area_id: str, language: Language) -> str:
    return str(package.record("areas", area_id)[f"name_{language}"])


def _whole(package: PackageTables, whole_id: str, language: Language) -> str:
    return str(package.record("indicators", whole_id)[f"name_{language}"])


def _years_table(package: PackageTables, own: Side, others: list[Side], whole_id: str, language: Language) -> PrintTable:
    years = series_years(own, others)
    names = _names(package, language)
    rows = {word("series", language): [_whole(package, whole_id, language) if i == "whole" else names[i] for i in years.index]}
    for area in years.columns:
        rows[_area(package, str(area), language)] = [_years_words(each, language) for each in years[area]]
    caption = Text("有可用全年数据的年份（同口径、无疑点）", "Years with a usable yearly figure (comparable, without doubt)").say(language)
    return PrintTable(pd.DataFrame(rows), caption, dict.fromkeys(list(rows)[1:], "center"))


def _years_words(years: list[int], language: Language) -> str:
    phrases = listed([str(year) for year in years], language)
    return f"{phrases}{'年' if language == 'zh' else ''}" if phrases else "—"


def _missing(package: PackageTables, own: Side, others: list[Side], whole_id: str, language: Language) -> Prose | None:
    """Return a sentence for each analysis that cannot be made, and whose figures are missing on each side."""
    wanting = [name for name, lacks in lacking(own, others).items() if lacks]
    if not wanting:
        return None
    years = series_years(own, others)
    names, whole = _names(package, language), _whole(package, whole_id, language)
    gaps = []
    for area in years.columns:
        empty = [whole if i == "whole" else str(names[i]) for i in years.index if not years.at[i, area]]
        if empty:
            joint = "：" if language == "zh" else ": "
            gaps.append(f"- {escaped(_area(package, str(area), language))}{joint}{escaped(listed(empty, language))}")
    head = Text(
        "以下分析因数据不全无法开展，不作图、不估算：",
        "The figures for the following analyses are incomplete, so nothing is drawn and nothing estimated:",
    ).say(language)
    gap = Text("各年份均无数据的序列：", "Series without a figure of any year:").say(language)
    end = ("。" if language == "zh" else ".")
    parts = [head, "\n".join(f"- {_NEEDS[name].say(language)}{end}" for name in wanting)]
    return Prose("\n\n".join([*parts, gap, "\n".join(gaps)] if gaps else parts))


def _contributions(package: PackageTables, own: Side, language: Language) -> PrintTable | None:
    found = contributions(own)
    if found.empty:
        return None
    names = _names(package, language)
    table = pd.DataFrame(
        {
            word("cluster", language): [names[each] for each in found["cluster_id"]],
            word("from_to", language): [_span(row, language) for row in records(found)],
            word("pull", language): [f"{100 * each:+.2f}" for each in found["pull"]],
            word("contribution", language): ["—" if pd.isna(each) else percent_words(each, language) for each in found["contribution"]],
        }
    )
    caption = Text("各集群对整体增长的拉动与贡献率（现价，名义；整体变动不足 1% 时不算贡献率）",
                   "The clusters' pull on the growth of the whole (nominal; no contribution where the whole moved by less than 1 %)")  # fmt: skip
    return PrintTable(table, caption.say(language), _right(table, 2))


def _quotients(package: PackageTables, own: Side, others: list[Side], language: Language) -> PrintTable | None:
    found = quotients(own, others)
    if found.empty:
        return None
    names = _names(package, language)
    table = pd.DataFrame(
        {
            word("cluster", language): [names[each] for each in found["cluster_id"]],
            word("year", language): [str(each) for each in found["year"]],
            word("reference", language): [_area(package, each, language) for each in found["reference"]],
            word("share", language): [percent_words(each, language) for each in found["share"]],
            word("reference_share", language): [percent_words(each, language) for each in found["reference_share"]],
            word("quotient", language): [f"{each:.2f}" for each in found["quotient"]],
        }
    )
    caption = Text("区位商：大于 1 表示本地比重高于参照地区", "Location quotients: above 1, the cluster weighs more here than there")
    return PrintTable(table, caption.say(language), _right(table, 3))


def _concentrations(package: PackageTables, own: Side, others: list[Side], language: Language) -> PrintTable | None:
    found = concentrations(own, others)
    if found.empty:
        return None
    table = pd.DataFrame(
        {
            word("year", language): [str(each) for each in found["year"]],
            word("herfindahl", language): [f"{each:.3f}" for each in found["herfindahl"]],
            word("normalised", language): [f"{each:.3f}" for each in found["normalised"]],
            word("reference", language): [word("none", language) if each is None else _area(package, each, language) for each in found["reference"]],
            word("krugman", language): ["—" if pd.isna(each) else f"{each:.3f}" for each in found["krugman"]],
        }
    )
    caption = Text("行业集群之间的集中度（假定互不重叠）", "Concentration among the sector clusters (if they share nothing)")
    return PrintTable(table, caption.say(language), {word(n, language): "right" for n in ("herfindahl", "normalised", "krugman")})


def _shift_table(
    package: PackageTables, own: Side, others: list[Side], unit_code: str, language: Language
) -> PrintTable | None:
    found = shift_shares(own, others)
    if found.empty:
        return None
    names = _names(package, language)
    factor, unit = axis_unit(package, unit_code, language)
    table = pd.DataFrame(
        {
            word("cluster", language): [
                f"{names[row['cluster_id']]}{bracketed(_span(row, language), language)}" for row in records(found)
            ],
            word("reference", language): [_area(package, each, language) for each in found["reference"]],
        }
        | {
            word(column, language): [_signed(factor * each) for each in found[column]]
            for column in ("change", *_PARTS, "competitive", "allocation")
        }
        | {
            word("dynamic", language): [
                "—" if pd.isna(row["dynamic_growth"])
                else " / ".join(_signed(factor * row[each]) for each in ("dynamic_growth", "dynamic_mix", "dynamic_shift"))
                for row in records(found)
            ]
        }
    )  # fmt: skip
    caption = Text(f"偏离—份额分析（{unit}，现价，名义）：三部分之和恰等于变动，“竞争力”与“配置”之和恰等于地区竞争力",
                   f"Shift-share ({unit}, nominal): the three parts add up to the change, competitive and allocation to the regional shift")  # fmt: skip
    return PrintTable(table, caption.say(language), _right(table, 2))


def _shift_chart(
    view: View, own: Side, others: list[Side], unit_code: str, language: Language
) -> Picture | None:
    package = view.package
    found = shift_shares(own, others)
    if found.empty:
        return None
    factor, unit = axis_unit(package, unit_code, language)
    names = _names(package, language)
    with style():
        figure = new_figure(0.55 * len(found) + 1.1)
        axes = figure.subplots()
        for place, row in enumerate(records(found)):
            _draw_parts(axes, float(place), row, factor)
        for part, (colour, hatch) in _PARTS.items():
            axes.barh(0, 0, color=colour, hatch=hatch, edgecolor="white", label=word(part, language))
        axes.plot([], [], "D", color=INK, markerfacecolor="white", label=word("change", language))
        axes.legend(loc="upper center", bbox_to_anchor=(0.4, -0.28), ncols=4, frameon=False, fontsize=8)
        labels = [f"{names[row['cluster_id']]}\n{_span(row, language)}" for row in records(found)]
        axes.set_yticks(range(len(found)), labels)
        axes.invert_yaxis()
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlabel(unit)
        axes.spines[["top", "right", "left"]].set_visible(False)
        return picture(
            figure, view, language,
            caption=Text(f"各集群变动的来源（{unit}，名义）", f"Where the clusters' change comes from ({unit}, nominal)"),
            kind=Text(f"横向堆积条形图，单位为{unit}。", f"Stacked bars in {unit}. "),
            phrases=_shift_phrases(found, names, factor, language),
        )  # fmt: skip


def _draw_parts(axes: Axes, place: float, row: Record, factor: float) -> None:
    """Stack the positive parts to the right of zero and the negative ones to its left; a diamond marks the sum."""
    right = left = 0.0
    for part, (colour, hatch) in _PARTS.items():
        size = factor * float(row[part])
        axes.barh(place, size, left=right if size >= 0 else left, color=colour, hatch=hatch, edgecolor="white", height=0.5)
        right, left = right + max(size, 0.0), left + min(size, 0.0)
    change = factor * float(row["change"])
    axes.plot(change, place, "D", color=INK, markerfacecolor="white", markersize=6, zorder=4)
    axes.annotate(_signed(change), (right, place), (5, 0), textcoords="offset points", fontsize=8, va="center")


def _shift_phrases(found: pd.DataFrame, names: pd.Series, factor: float, language: Language) -> list[str]:
    phrases = []
    for row in records(found):
        parts = listed([f"{word(part, language)} {_signed(factor * row[part])}" for part in _PARTS], language)
        total = f"{word('change', language)} {_signed(factor * row['change'])}"
        phrases.append(f"{names[row['cluster_id']]}{bracketed(_span(row, language), language)} {total}{bracketed(parts, language)}")
    return phrases


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number_words(round(value, 2))}"


def _right(table: pd.DataFrame, first: int) -> dict[str, Align]:
    return dict.fromkeys(table.columns[first:], "right")


def _span(row: Record, language: Language) -> str:
    return years_span(row["year_from"], row["year"], language)
