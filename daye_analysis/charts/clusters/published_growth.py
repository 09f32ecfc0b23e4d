"""Growth as published of the activity that clusters are part of, by period and place: a picture and its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.clusters.labels import word
from daye_analysis.charts.display import Picture, PrintTable, Prose, escaped, picture
from daye_analysis.charts.drawing.rows import row_chart
from daye_analysis.charts.drawing.style import BLUE, GREEN, GREY, ORANGE, SKY, style
from daye_analysis.clusters.growth import activity_growth
from daye_analysis.package.formatting import number_words, period_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records
from daye_analysis.punctuation import COLON, bracketed, listed
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Marker, colour and area in square points: places stay apart without colour. The last, the smallest, is drawn on top.
_LOOKS: Final = {
    "own": ("o", BLUE, 58.0),
    "parent": ("s", ORANGE, 40.0),
    "containing": ("^", GREEN, 48.0),
    "sibling": ("v", SKY, 44.0),
    "neighbour": ("X", GREY, 34.0),
}
_NEAR: Final = {
    "own": Text("本地", "own area"),
    "parent": Text("上级市", "prefecture"),
    "containing": Text("全省、全国", "province, country"),
    "sibling": Text("同市其他县（市、区）", "same prefecture"),
    "neighbour": Text("省内其他地区", "elsewhere in the province"),
}
# Which way a bound says that the figure lies.
_POINTS_TO: Final = {"at_least": 1, "more_than": 1, "at_most": -1, "less_than": -1}


def activity_blocks(view: View, language: Language, indicator_id: str = "") -> list[Prose | Picture]:
    """Return what is counted and the picture; only a sentence where there are no figures.

    `indicator_id` as in `activity_growth`.
    """
    chart = activity_chart(view, language, indicator_id)
    return [activity_words(view, language, indicator_id), *([chart] if chart else [])]


def activity_words(view: View, language: Language, indicator_id: str = "") -> Prose:
    """Return what is counted, on which price basis as far as its definition says, and how to read the picture."""
    rows, package = activity_growth(view, indicator_id), view.package
    if rows.empty:
        return Prose(Text("没有可列的背景指标增速。", "No published growth of a context indicator was found.").say(language))
    indicator = package.record("indicators", rows["indicator_id"].iloc[0])
    name, definition = indicator[f"name_{language}"], str(indicator[f"definition_{language}"])
    return Prose(
        Text(
            f"**{escaped(name)}**：{escaped(definition)}下图只列公布的同比增速，同一行是同一时期，可以横向比较；"
            "不同月份的年内累计增速不宜纵向相减。",
            f"**{escaped(name)}**: {escaped(definition)} The picture shows published year-on-year growth only. A row is one period, "
            "so that places compare within it; sums to different months do not compare down the page.",
        ).say(language)
    )


def activity_chart(view: View, language: Language, indicator_id: str = "") -> Picture | None:
    """Return published growth, a row a period and a mark a place, with places and figures in words; None without figures."""
    import seaborn as sns

    rows, package = activity_growth(view, indicator_id), view.package
    if rows.empty:
        return None
    rows = _labelled(package, rows, language)
    periods = list(dict.fromkeys(rows["period"]))
    rows = rows.assign(place=rows["period"].map({period: place for place, period in enumerate(periods)}))
    words = [listed(rows.loc[rows["period"] == period].sort_values("value")["label"], language) for period in periods]
    with style():
        figure, axes = row_chart(periods, words, words_width=2.6, above=0.3)
        for near, (mark, colour, size) in _LOOKS.items():
            points = rows[rows["near"] == near]
            hollow = points["statement"].eq("forecast") | points["bound"].ne("exact")
            for each, face in ((points[~hollow], colour), (points[hollow], "white")):
                sns.scatterplot(each, x="value", y="place", marker=mark, s=size, facecolor=face,
                                edgecolor=colour, linewidth=1.3, ax=axes, legend=False, zorder=3)  # fmt: skip
        low, high = min(0.0, rows["value"].min()), rows["value"].max()
        span = high - low
        for row in records(rows[rows["bound"].isin(_POINTS_TO)]):
            tip = row["value"] + _POINTS_TO[row["bound"]] * 0.09 * span
            arrow = {"arrowstyle": "->", "color": _LOOKS[row["near"]][1], "linewidth": 1.2}
            axes.annotate("", (tip, row["place"]), (row["value"], row["place"]), arrowprops=arrow)
        axes.set_xlim(low - 0.04 * span, high + 0.12 * span)
        axes.axvline(0, color=GREY, linewidth=0.8, zorder=1)
        axes.set_ylabel("")
        axes.set_xlabel(Text("同比增速，%（按公布口径，不由水平值推算）", "growth over a year before, per cent, as published").say(language))
        _key(figure, rows["near"], language)
        name = package.record("indicators", rows["indicator_id"].iloc[0])
        return picture(
            figure, view, language,
            caption=Text(f"{name['name_zh']}增速：本地、上级与邻近地区", f"{name['name_en']}: growth here, above and around"),
            kind=Text("点图，单位为%。", "Dot plot in per cent. "),
            phrases=[f"{period}{COLON.say(language)}{each}" for period, each in zip(periods, words, strict=True)],
            how=Text("空心：预计数，或只知上下限（箭头）。", "Hollow: a forecast, or only a bound (arrow)."),
        )  # fmt: skip


def _key(figure: Figure, near: pd.Series, language: Language) -> None:
    """Explain the marks that the chart has, above it."""
    from matplotlib.lines import Line2D

    keys = [
        Line2D([], [], linestyle="", marker=mark, color=colour, markersize=size**0.5, label=_NEAR[each].say(language))
        for each, (mark, colour, size) in _LOOKS.items()
        if each in set(near)
    ]
    figure.legend(handles=keys, loc="upper left", ncols=5, frameon=False, fontsize=8, handletextpad=0.2, columnspacing=1.2, borderaxespad=0)


def _labelled(package: PackageTables, rows: pd.DataFrame, language: Language) -> pd.DataFrame:
    names = package.areas.set_index("area_id")[f"name_{language}"]
    labels = []
    for row in records(rows):
        before = _before(language).get(str(row["bound"]), "")
        after = bracketed(word("forecast", language), language) if row["statement"] == "forecast" else ""
        labels.append(f"{names[row['area_id']]} {before}{number_words(row['value'])}{after}")
    periods = [period_words(s, e, language) for s, e in zip(rows["period_start"], rows["period_end"], strict=True)]
    return rows.assign(label=labels, period=periods)


def activity_table(
    view: View, language: Language, numbers: Mapping[str, int], indicator_id: str = ""
) -> PrintTable | None:
    """Return the figures of the picture with what each counts and its source; `numbers` are those of the sources."""
    rows, package = activity_growth(view, indicator_id), view.package
    if rows.empty:
        return None
    shown = _labelled(package, rows, language)
    names = package.areas.set_index("area_id")[f"name_{language}"]
    table = pd.DataFrame(
        {
            word("period", language): shown["period"],
            word("area", language): [names[each] for each in shown["area_id"]],
            word("growth", language): [_per_cent(row, language) for row in records(shown)],
            word("scope", language): shown[f"scope_note_{language}"].fillna(""),
            word("source", language): [f"[{numbers[str(each)]}]" for each in shown["source_id"]],
        }
    )
    caption = Text("图中各增速的统计范围与来源", "What each growth in the picture counts, and its source").say(language)
    return PrintTable(table, caption, {word("growth", language): "right"})


def _before(language: Language) -> dict[str, str]:
    return {"at_least": "≥ ", "more_than": "> ", "at_most": "≤ ", "less_than": "< ", "about": word("about", language) + " "}


def _per_cent(row: Record, language: Language) -> str:
    before = _before(language).get(str(row["bound"]), "")
    after = bracketed(word("forecast", language), language) if row["statement"] == "forecast" else ""
    return f"{before}{number_words(row['value'])}{'' if language == 'zh' else ' '}%{after}"
