"""A chart of a series that responds: hover for a figure and its source, click a place to follow it, drag to look closer.

It is a Vega-Lite specification, which JupyterLab draws by itself, with a kernel and without; whatever cannot draw it, such
as a printed report or a page on the web, shows the same figures as a still chart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Bundle, as_known, on_screen, render
from daye_analysis.charts.drawing.style import GREY, GRID, INK, VERMILION, new_figure, style
from daye_analysis.charts.saving.write import save_chart
from daye_analysis.charts.typeface import FAMILY
from daye_analysis.package.formatting import number_words, percent_words, unit_words, value_words
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.session import language_of
from daye_analysis.views.lookup import find
from daye_analysis.views.verdict_words import unit_label
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

VEGA_LITE: Final = "application/vnd.vegalite.v5+json"
_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
# More lines than this are told apart by following one, not by colour.
_MOST_NAMED: Final = 8
_WORDS: Final = {
    "series": Text("地区", "Place"), "period": Text("时期", "Period"), "figure": Text("数值", "Figure"),
    "growth": Text("年均增速", "Growth a year"), "source": Text("来源", "Source"), "observation_id": Text("观测值标识", "Observation"),
    "choose": Text("突出显示：", "Highlight: "), "all": Text("全部", "all"),
}  # fmt: skip
_MENU: Final[dict[Language, dict[str, str]]] = {
    "zh": {"PNG_ACTION": "存为 PNG", "SVG_ACTION": "存为 SVG", "CLICK_TO_VIEW_ACTIONS": "点击显示菜单"},
    "en": {"PNG_ACTION": "Save as PNG", "SVG_ACTION": "Save as SVG", "CLICK_TO_VIEW_ACTIONS": "Click to view actions"},
}


@dataclass(frozen=True)
class SeriesChart:
    """A series that responds where Vega-Lite is drawn, and stands still elsewhere; see `series_chart`."""

    specification: dict[str, Any] = field(repr=False)
    svg: str = field(repr=False)
    alt: str
    caption: str
    language: Language
    draw: Callable[..., None] = field(repr=False, compare=False)

    def save(self, path: str | Path) -> Path:
        """Write the still chart to a file, as `Picture.save` does."""
        return save_chart(self, Path(path))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        # No HTML: JupyterLab would prefer it to the chart that responds.
        data = {VEGA_LITE: self.specification, "image/svg+xml": self.svg, "text/plain": self.alt}
        options = {"renderer": "svg", "actions": {"export": True, "source": False, "compiled": False, "editor": False}, "i18n": _MENU[self.language]}
        return data, {"image/svg+xml": {"alt": self.alt, "caption": self.caption}, VEGA_LITE: {"embed_options": options}}


def series_chart(view: View, indicator: str, areas: tuple[str, ...] = (), language: str | None = None) -> SeriesChart:
    """Return an indicator's comparable figures over places and years as a chart that responds.

    Parameters
    ----------
    view
        The package as of a day.
    indicator, areas
        As in `View.series`.
    language
        `zh` or `en`; the session's where not given.

    Raises
    ------
    WrongUsage
        selection.unknown or selection.ambiguous, with the nearest names.
    """
    spoken = language_of(language)
    rows = view.series(indicator, areas, language=spoken)
    found = view.package.record("indicators", find(view.package, "indicator", indicator))
    name, unit = str(found[f"name_{spoken}"]), unit_words(unit_label(view.package, found["unit_code"], spoken))
    title = Text(f"{name}（{unit}）", f"{name} ({unit})").say(spoken)
    specification = _specification([_point(row, spoken) for row in records(rows)], title, spoken)
    svg, draw = _still(view, rows, title, spoken)
    return SeriesChart(specification, on_screen(svg), _phrase(rows, name, spoken), title, spoken, draw)


def _point(row: Record, language: Language) -> dict[str, Any]:
    growth: str = "" if pd.isna(row["growth"]) else percent_words(float(row["growth"]), language)
    return {
        "series": row["series"],
        "end": row["period_end"].strftime("%Y-%m-%d"),
        "value": row["value"],
        "period": row["period"],
        "figure": value_words(row["value"], row["unit"], language, row["bound"]),
        "growth": growth,
        "source": row["source"],
        "observation_id": row["observation_id"],
    }


def _specification(points: list[dict[str, Any]], title: str, language: Language) -> dict[str, Any]:
    names = list(dict.fromkeys(point["series"] for point in points))
    shown = {"condition": {"param": "followed", "value": 1}, "value": 0.12}
    tooltip = [{"field": name, "title": _WORDS[name].say(language), "type": "nominal"}
               for name in ("series", "period", "figure", "growth", "source", "observation_id")]  # fmt: skip
    colour: dict[str, Any] = {"field": "series", "type": "nominal", "title": _WORDS["series"].say(language)}
    if len(names) > _MOST_NAMED:
        colour["legend"] = None
    axes = {
        "x": {"field": "end", "type": "temporal", "title": None, "axis": {"format": "%Y", "tickCount": "year"}},
        "y": {"field": "value", "type": "quantitative", "title": None, "scale": {"type": "log"} if _log([point["value"] for point in points]) else {"zero": False}},
        "color": colour,
        "opacity": shown,
        "detail": {"field": "series"},
    }
    choice = {"input": "select", "options": [None, *names], "labels": [_WORDS["all"].say(language), *names], "name": _WORDS["choose"].say(language)}
    # In one layer only: in each of them it would be two signals of one name.
    followed = {"name": "followed", "select": {"type": "point", "fields": ["series"]}, "bind": choice}
    return {
        "$schema": _SCHEMA,
        "title": {"text": title, "anchor": "start"},
        "description": title,
        "width": 560,
        "height": 320,
        "data": {"values": points},
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 1.5}, "encoding": axes},
            {"mark": {"type": "point", "filled": True, "size": 50}, "params": [followed, {"name": "closer", "select": "interval", "bind": "scales"}],
             "encoding": {**axes, "tooltip": tooltip}},
        ],
        # JupyterLab's dark theme would write in white; the chart stays on white, as all others.
        "background": "white",
        "config": {
            "font": f"'{FAMILY}', sans-serif", "view": {"stroke": None}, "range": {"category": {"scheme": "tableau10"}},
            "axis": {"labelColor": INK, "gridColor": GRID, "domainColor": GREY, "tickColor": GREY},
            "title": {"color": INK}, "legend": {"labelColor": INK, "titleColor": INK},
        },
    }  # fmt: skip


def _log(values: list[float]) -> bool:
    """Return whether places differ so much that only a logarithmic axis shows them all."""
    return bool(values) and min(values) > 0 and max(values) > 20 * min(values)


def _still(view: View, rows: pd.DataFrame, title: str, language: Language) -> tuple[str, Callable[..., None]]:
    """Return the same figures as a still chart, in SVG, and what draws it again: the plans' own areas stand out."""
    lines = records_by(rows, "series")
    own = {name for name, points in lines.items() if points[0]["area_id"] in set(view.package.plans["area_id"])}
    with style():
        figure = new_figure(3.6)
        axes = figure.add_axes((0.09, 0.1, 0.76, 0.8))
        axes.set_title(title, loc="left")
        for series, points in lines.items():
            look: dict[str, Any] = {"color": VERMILION, "zorder": 3} if series in own else {"color": GREY, "alpha": 0.7}
            axes.plot([each["period_end"] for each in points], [each["value"] for each in points], marker="o", markersize=2.5, linewidth=1, **look)
        if _log([float(value) for value in rows["value"]]):
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter(lambda value, _: number_words(value))
        axes.spines[["top", "right"]].set_visible(False)
        _name_lines(axes, lines, own)
        return render(figure, as_known(view, language))


def _name_lines(axes: Axes, lines: Mapping[str, Sequence[Record]], own: Collection[str]) -> None:
    """Write the names of places at the ends of their lines, as many as fit: the plans' own first, then the longest lines."""
    figure = axes.get_figure()
    assert figure is not None
    taken: list[Bbox] = []
    for series in sorted(lines, key=lambda name: (name not in own, -len(lines[name]))):
        last = lines[series][-1]
        name = axes.annotate(
            series, (last["period_end"], last["value"]), xytext=(4, 0), textcoords="offset points", fontsize=7, va="center",
            color=VERMILION if series in own else INK,
        )  # fmt: skip
        box = name.get_window_extent()
        if any(box.overlaps(other) for other in taken):
            name.remove()
        else:
            taken.append(box)


def _phrase(rows: pd.DataFrame, name: str, language: Language) -> str:
    """Return the chart in words: the latest figure of each place."""
    phrases = [f"{series} {each[-1]['period']} {value_words(each[-1]['value'], each[-1]['unit'], language, each[-1]['bound'])}"
            for series, each in records_by(rows, "series").items()]  # fmt: skip
    listed = ("；" if language == "zh" else "; ").join(phrases)
    return Text(f"折线图。{name}，各地最近一期：{listed}。", f"Line chart of {name}; latest of each place: {listed}.").say(language)
