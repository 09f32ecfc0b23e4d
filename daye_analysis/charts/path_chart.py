"""Outturns over the years and the path that the target still requires, for targets with comparable figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Picture, picture
from daye_analysis.charts.drawing.panels import on_axis, panels, year_axis
from daye_analysis.charts.drawing.style import BLUE, GREY, INK, VERMILION, style
from daye_analysis.charts.labels import target_names
from daye_analysis.package.formatting import number_words, period_words, unit_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records
from daye_analysis.punctuation import COLON, bracketed, listed
from daye_analysis.views.verdict_words import known
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST: Final = 6
# Marks a figure whose date no source states.
INFERRED: Final = "*"
# How each kind of point is drawn: marker, colour, face. A triangle points to where the true figure lies.
_MARKS: Final = {
    "comparable": ("o", BLUE, BLUE), "derived": ("o", BLUE, "white"), "lower": ("^", GREY, "white"), "upper": ("v", GREY, "white"),
}  # fmt: skip


def path_points(view: View, language: Language) -> pd.DataFrame:
    """Return what is known over time of each target with a required growth, in the list's order.

    Columns: target_id, start (NaT for a level), day, value, kind (comparable; lower or upper for a bound of a later date;
    derived by arithmetic), words.
    """
    assessments = view.assess()
    chosen = in_list_order(view.package, assessments[assessments["required_growth"].notna()])
    points: list[tuple[str, object, pd.Timestamp, float, str, str]] = []
    for row in records(chosen):
        target_id, found = str(row["target_id"]), []
        for entry in view.timeline(target_id).figures:
            words = f"{_number(entry.value)}{INFERRED if entry.inferred else ''}"
            found.append((target_id, entry.start, pd.Timestamp(entry.end), entry.value, "comparable", words))
        for each in known(view.package, row, language):
            if each.side != "value":
                found.append((target_id, row["bound_start"], row["bound_date"], each.value, each.side, each.words))
        if pd.notna(row["derived_value"]):
            value = float(row["derived_value"])
            words = Text(f"约 {_number(value)}（推算）", f"about {_number(value)} (derived)").say(language)
            found.append((target_id, None, row["derived_date"], value, "derived", words))
        points += sorted(found, key=lambda point: point[2])
    table = pd.DataFrame(points, columns=["target_id", "start", "day", "value", "kind", "words"])
    return table.assign(start=pd.to_datetime(table["start"]))


def path_chart(view: View, language: Language) -> Picture | None:
    """Return a small chart for each such target (at most six), or None where there is none."""
    points, package = path_points(view, language), view.package
    if points.empty:
        return None
    names = target_names(package, language)
    judged = {str(row["target_id"]): row for row in records(view.assess())}
    targets = list(dict.fromkeys(points["target_id"]))[:_MOST]
    titles = [_title(package, judged[each], names[each], language) for each in targets]
    of = [points[points["target_id"] == each] for each in targets]
    with style():
        figure, drawn = panels(titles, 2, 1.8)
        for axes, target_id, each in zip(drawn, targets, of, strict=True):
            _draw(axes, each, judged[target_id], language)
        return picture(
            figure, view, language,
            caption=Text("已公布的实绩与达到目标所需的路径", "Published outturns and the path that the targets require"),
            kind=Text("按年份的点图，虚线从最近实绩连到目标。", "Dots over the years, dotted from the latest outturn to the target. "),
            phrases=[_phrase(title, each, judged[target_id], language) for title, target_id, each in zip(titles, targets, of, strict=True)],
            how=Text(
                f"{INFERRED}：时间为推断；横轴刻度为年末，横线为时期。实心圆：公布的实绩；空心圆：由公布数推算；三角：此后的上下限；虚线：自最近一期实绩至目标值，不是预测。",
                f"{INFERRED} date inferred; ticks are ends of years, a level line is a period. Filled: published outturn; hollow: derived from published "
                "figures; triangle: a later bound; dotted: from the latest outturn to the target, not a forecast.",
            ),
        )  # fmt: skip


def _draw(axes: Axes, points: pd.DataFrame, judged: Record, language: Language) -> None:
    import seaborn as sns

    due, goal = pd.Timestamp(judged["due"]), float(judged["target"])
    last = points[points["kind"] == "comparable"].iloc[-1]
    way = pd.DataFrame({"day": on_axis([last["day"], due]), "value": [last["value"], goal]})
    sns.lineplot(way, x="day", y="value", color=VERMILION, linestyle=":", linewidth=1.6, errorbar=None, estimator=None, ax=axes)
    axes.plot(on_axis(due), goal, "D", color=VERMILION, markersize=6, zorder=3)
    # A figure of a year or of a part of it is of that whole time.
    spans = points[points["start"].notna()]
    axes.hlines(spans["value"], on_axis(spans["start"]), on_axis(spans["day"]), color=GREY, linewidth=1, zorder=2)
    for kind, (mark, colour, face) in _MARKS.items():
        each = points[points["kind"] == kind].assign(day=lambda rows: on_axis(rows["day"]))
        sns.scatterplot(each, x="day", y="value", marker=mark, facecolor=face, edgecolor=colour, linewidth=1.2, s=36, legend=False, ax=axes, zorder=4)
    axes.set(xlabel="", ylabel="")
    year_axis(axes, min(points["day"].min(), spans["start"].min()) if len(spans) else points["day"].min(), due)
    axes.set_ylim(0, 1.2 * max(goal, float(points["value"].max())))
    _write(axes, points, (due, goal), _target_words(judged, language), rises=goal >= last["value"])


def _write(axes: Axes, points: pd.DataFrame, target: tuple[pd.Timestamp, float], asked: str, *, rises: bool) -> None:
    """Write each figure where the dotted line does not run: below it where it rises, above it where it falls."""
    axes.annotate(asked, (on_axis(target[0]), target[1]), (4, 7 if rises else -7), textcoords="offset points", fontsize=8,
                  color=VERMILION, ha="right", va="bottom" if rises else "top")  # fmt: skip
    for point in records(points):
        bound, below = point["kind"] in ("lower", "upper"), rises == (point["kind"] != "derived")
        axes.annotate(point["words"], (on_axis(point["day"]), float(point["value"])), (0, -7 if below else 7),
                      textcoords="offset points", fontsize=8, ha="right" if bound else "center",
                      va="top" if below else "bottom", color=GREY if bound else INK)  # fmt: skip


def _title(package: PackageTables, judged: Record, name: str, language: Language) -> str:
    """Return what a small chart shows, and in which unit."""
    unit = unit_words(str(package.record("measurement_units", judged["unit_code"])[f"label_{language}"]))
    return f"{name}{bracketed(unit, language)}"


def _number(value: float) -> str:
    return number_words(round(value, 1))


def _target_words(judged: Record, language: Language) -> str:
    sign = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< "}[str(judged["comparator"])]
    return f"{Text('目标 ', 'target ').say(language)}{sign}{number_words(float(judged['target']))}"


def _phrase(title: str, points: pd.DataFrame, judged: Record, language: Language) -> str:
    figures = [f"{period_words(row['start'], row['day'], language)} {row['words']}" for row in records(points)]
    return f"{title}{COLON.say(language)}{listed([*figures, _target_words(judged, language)], language)}"
