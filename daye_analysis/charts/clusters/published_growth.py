"""Growth as published of the activity that clusters are part of, by period and place: a picture and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.clusters.labels import bracket, source_words, word
from daye_analysis.charts.display import Picture, PrintTable, Prose, escaped, picture
from daye_analysis.charts.style import BLUE, GREEN, GREY, INK, ORANGE, SKY, new_figure, style
from daye_analysis.clusters.growth import activity_growth
from daye_analysis.package.formatting import number_words, period_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Marker, colour and size: places stay apart without colour, and each point says its name.
_LOOKS: Final = {
    "own": ("o", BLUE, 8.0),
    "parent": ("s", ORANGE, 6.5),
    "containing": ("^", GREEN, 7.0),
    "sibling": ("v", SKY, 6.5),
    "neighbour": ("x", GREY, 5.5),
}
_WIDEST_LABEL: Final = {"zh": 0.155, "en": 0.2}


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
    """Return published growth, a row a period and a labelled point a place; None without figures."""
    rows, package = activity_growth(view, indicator_id), view.package
    if rows.empty:
        return None
    rows = _labelled(package, rows, language)
    periods = list(dict.fromkeys(rows["period"]))
    low, high = min(0.0, rows["value"].min()), rows["value"].max()
    with style():
        figure = new_figure(0.26 * len(periods) + 0.9)
        axes = figure.subplots()
        span = (high - low) / (1 - _WIDEST_LABEL[language])
        axes.set_xlim(low - 0.02 * span, low + span)
        points = records_by(rows, "period")
        for place, period in enumerate(periods):
            _draw_row(axes, place, sorted(points[period], key=lambda row: float(row["value"])), span)
        axes.set_yticks(range(len(periods)), periods, fontsize=8)
        axes.set_ylim(len(periods) - 0.5, -0.7)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.grid(axis="y", color="#EEEEEE", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(Text("同比增速，%（按公布口径，不由水平值推算）", "growth over a year before, per cent, as published").say(language))
        name = str(package.record("indicators", rows["indicator_id"].iloc[0])[f"name_{language}"])
        caption = Text(f"{name}增速：本地、上级与邻近地区", f"{name}: growth here, above and around").say(language)
        return picture(figure, _alt(rows, periods, language), caption, _reading(view, language))


def _draw_row(axes: Axes, place: int, rows: Sequence[Record], span: float) -> None:
    """Draw one period's points, from left to right, each with its label beside it where there is room."""
    at = [float(row["value"]) for row in rows]
    sides = _sides(at, [_width(str(row["label"]), span) for row in rows], axes.get_xlim()[0])
    for row, side in zip(rows, sides, strict=True):
        mark, colour, size = _LOOKS[str(row["near"])]
        hollow = row["statement"] == "forecast" or row["bound"] != "exact"
        axes.plot(row["value"], place, mark, color=colour, markersize=size, markerfacecolor="white" if hollow else colour,
                  markeredgewidth=1.5 if hollow or mark == "x" else 0.8, zorder=3)  # fmt: skip
        more, less = row["bound"] in ("at_least", "more_than"), row["bound"] in ("at_most", "less_than")
        if more or less:
            axes.annotate("", (row["value"] + (0.055 if more else -0.055) * span, place), (row["value"], place),
                          arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.2})  # fmt: skip
        offset, across, down = {
            "right": ((24 if more else 7, 0), "left", "center"),
            "left": ((-7, 0), "right", "center"),
            "above": ((0, 4), "center", "bottom"),
        }[side]
        axes.annotate(row["label"], (row["value"], place), offset, textcoords="offset points", fontsize=7.5,
                      va=down, ha=across, color=INK if row["near"] == "own" else GREY)  # fmt: skip


def _width(label: str, span: float) -> float:
    """Return about how much of an axis of `span` a label takes, with its distance from the point."""
    return span * (0.02 + 0.0108 * sum(2 if ord(character) > 0x2E7F else 1 for character in label))


def _sides(at: list[float], widths: list[float], left: float) -> list[str]:
    """Return on which side of each point, ascending, its label runs into no other one nor over the `left` edge."""
    sides: list[str] = []
    taken = left
    for i, (x, width) in enumerate(zip(at, widths, strict=True)):
        if i + 1 == len(at) or x + width <= at[i + 1]:
            side, end = "right", x + width
        elif x - width >= taken:
            side, end = "left", x
        else:
            side, end = "above", x
        sides.append(side)
        taken = max(taken, end)
    return sides


def _labelled(package: PackageTables, rows: pd.DataFrame, language: Language) -> pd.DataFrame:
    names = package.areas.set_index("area_id")[f"name_{language}"]
    labels = []
    for row in records(rows):
        before = _before(language).get(str(row["bound"]), "")
        after = bracket(word("forecast", language), language) if row["statement"] == "forecast" else ""
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
    after = bracket(word("forecast", language), language) if row["statement"] == "forecast" else ""
    return f"{before}{number_words(row['value'])}{'' if language == 'zh' else ' '}%{after}"


def _reading(view: View, language: Language) -> str:
    how = Text("圆点：本地；方块：上级市；三角：省和全国；倒三角：同市县区；叉：省内其他地区。空心：预计数，或只知上下限（箭头）。",
               "Dot: own area. Square: the prefecture. Triangle: province and country. Inverted: same prefecture. Cross: elsewhere in "
               "the province. Hollow: a forecast, or only a bound (arrow).")  # fmt: skip
    return f"{how.say(language)} {source_words(view, language)}"


def _alt(rows: pd.DataFrame, periods: list[str], language: Language) -> str:
    joint, comma, end = ("：", "，", "。") if language == "zh" else (": ", ", ", ".")
    told = [f"{period}{joint}{comma.join(rows.loc[rows['period'] == period, 'label'])}" for period in periods]
    head = Text("点图，单位为%。", "Dot plot in per cent. ").say(language)
    return head + ("；" if language == "zh" else "; ").join(told) + end
