"""The aims of the clusters and what bounds them: a picture and a table with the growth that each still requires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.brief.findings import verdict_cell
from daye_analysis.charts.clusters.labels import axis_unit, bracket, no_clusters, source_words, word
from daye_analysis.charts.display import Picture, PrintTable, Prose, picture
from daye_analysis.charts.growth_text import needed
from daye_analysis.charts.style import BLUE, GREY, ON_WHITE, VERMILION, new_figure, style
from daye_analysis.clusters.aims import cluster_aims, other_aims, still_open
from daye_analysis.package.definition import codes
from daye_analysis.package.definition.judged import EVIDENCE_REASON, EVIDENCE_ROLE
from daye_analysis.package.formatting import (
    number_words,
    percent_words,
    period_words,
    target_words,
    value_words,
)
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.views.verdict_words import period_of, unit_label
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def aims_headline(view: View, language: Language) -> Prose:
    """Return how many clusters have an aim, and of how many of them something is known."""
    aims = cluster_aims(view)
    if aims.empty:
        return no_clusters(language)
    counts = aims["evidence_class"].value_counts()
    like, bound, related, nothing = (int(counts.get(k, 0)) for k in ("comparable", "bounds_only", "related_only", "nothing"))
    due, day = pd.Timestamp(aims["due"].iloc[0]), view.timestamp
    return Prose(
        Text(
            f"清单为 **{len(aims)}** 个产业集群确定了目标，目标期末为{date_words(due, 'zh')}。截至{date_words(day, 'zh')}，"
            f"有全年同口径数据的 **{like}** 个，只有上下限的 **{bound}** 个，只有相关数据的 **{related}** 个，"
            f"在可查阅范围内未见公开数据的 **{nothing}** 个。未见公开数据，不等于没有增长。",
            f"The list sets an aim for **{len(aims)}** clusters, due {date_words(due, 'en')}. As of {date_words(day, 'en')}, "
            f"**{like or 'none'}** {'has' if like < 2 else 'have'} a comparable figure of a whole year, **{bound}** only bounds, "
            f"**{related}** only related figures, and for **{nothing}** nothing was found in the sources that could be read. "
            "Absence of published figures is no sign of absent growth.",
        ).say(language)
    )


def aims_blocks(view: View, language: Language) -> list[Prose | Picture]:
    """Return the words on what is known of the aims, and their picture where there are any."""
    chart = aims_chart(view, language)
    return [aims_headline(view, language), *([chart] if chart else [])]


def aims_chart(view: View, language: Language) -> Picture | None:
    """Return the aims as ticks with comparable figures as dots and bounds as hollow arrows; nothing is drawn for the unknown.

    Aims of others are grey ticks, shorter than those of the list's own aims. None where there are no aims.
    """
    aims, others = cluster_aims(view), other_aims(view)
    if aims.empty:
        return None
    factor, unit = axis_unit(view.package, str(aims["unit_code"].iloc[0]), language)
    rows = aims.assign(**{c: aims[c] * factor for c in ("target", "value", "lower_bound", "upper_bound")})
    beside = others.assign(figure=others["figure"] * factor)
    right = 1.12 * float(rows[["target", "value", "lower_bound"]].max().max())
    beside = beside[beside["target_id"].isin(rows["target_id"]) & (beside["figure"] <= right)]
    with style():
        figure = new_figure(0.52 * len(rows) + 0.8)
        axes = figure.subplots()
        aims_of_others = records_by(beside, "target_id")
        for place, row in enumerate(records(rows)):
            _draw(axes, float(place), row, right, language)
            for aim in aims_of_others.get(str(row["target_id"]), []):
                _draw_other(axes, float(place), aim, float(row["target"]), right, language)
        axes.set_yticks(range(len(rows)), [_name(row, language) for row in records(rows)], linespacing=1.5)
        axes.set_ylim(len(rows) - 0.4, -0.55)
        axes.set_xlim(0, right)
        axes.set_xlabel(unit)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.set_axisbelow(True)
        axes.grid(axis="y", color="#F0F0F0", linewidth=1)
        caption = Text("各集群的目标与已知的上下限", "The clusters' aims and what bounds them").say(language)
        reading = _reading(view, len(beside) > 0, language)
        return picture(figure, _alt(rows, beside, unit, language), caption + bracket(unit, language), reading)


def _draw(axes: Axes, place: float, row: Record, right: float, language: Language) -> None:
    axes.plot([row["target"]] * 2, [place - 0.26, place + 0.26], color=VERMILION, linewidth=2, zorder=3)
    axes.annotate(f"{word('aim', language)} {number_words(round(row['target'], 6))}", (row["target"], place - 0.26),
                  (0, 2), textcoords="offset points", fontsize=8, color=VERMILION, ha="center", va="bottom")  # fmt: skip
    if pd.notna(row["value"]):
        axes.plot(row["value"], place, "o", color=BLUE, markersize=7, zorder=4)
        axes.annotate(_bound_words(row, "value", language), (row["value"], place), (0, -7), textcoords="offset points",
                      fontsize=8, ha="center", va="top")  # fmt: skip
    step = 0.06 * right
    for side, mark, sign in (("lower_bound", ">", 1), ("upper_bound", "<", -1)):
        at = row[side]
        if pd.isna(at):
            continue
        axes.plot([at, at + sign * step], [place, place], color=GREY, linewidth=1.2, zorder=2)
        axes.plot(at + sign * step, place, mark, color=GREY, markerfacecolor="white", markersize=7, zorder=3)
        axes.plot(at, place, "|", color=GREY, markersize=10, markeredgewidth=1.4, zorder=3)
        # A lower bound's words are above its arrow and run right, an upper bound's below it and run left.
        axes.annotate(_bound_words(row, side, language), (at, place), (-2 * sign, 5 * sign), textcoords="offset points",
                      fontsize=8, color=GREY, va="bottom" if sign > 0 else "top", ha="left" if sign > 0 else "right")  # fmt: skip
    if all(pd.isna(row[column]) for column in ("value", "lower_bound", "upper_bound")):
        kind = str(row["evidence_class"])
        # Beside the aim, so that nothing is where a bar would begin; before it where there is no room behind.
        before = row["target"] > 0.5 * right
        axes.annotate(word("related_only" if kind == "related_only" else "nothing", language), (row["target"], place),
                      (-7 if before else 7, 0), textcoords="offset points", fontsize=8, color=GREY, va="center",
                      ha="right" if before else "left", bbox=ON_WHITE)  # fmt: skip


def _draw_other(axes: Axes, place: float, aim: Record, target: float, right: float, language: Language) -> None:
    """Draw another body's aim as a short grey tick above the line; its words keep clear of the list's own aim."""
    at = float(aim["figure"])
    axes.plot([at] * 2, [place - 0.17, place], color=GREY, linewidth=1.6, zorder=2)
    under = abs(at - target) < 0.08 * right
    left = not under and 0 < target - at < 0.2 * right
    axes.annotate(_other_words(aim, language), (at, place + (0.26 if under else -0.17)), (0, -2 if under else 2),
                  textcoords="offset points", fontsize=7, color=GREY, va="top" if under else "bottom",
                  ha="right" if left else "left")  # fmt: skip


def _other_words(aim: Record, language: Language) -> str:
    year = period_words(_start_of(aim), aim["period_end"], language)
    return f"{number_words(round(float(aim['figure']), 6))}{bracket(year, language)}"


def _start_of(aim: Record) -> pd.Timestamp | None:
    """Return the start of an aim's period; one for a yearly quantity that names only the year's end is of that year."""
    if pd.isna(aim["period_start"]) and aim["yearly"]:
        return pd.Timestamp(aim["period_end"].year, 1, 1)
    return aim["period_start"]  # type: ignore[no-any-return]


def _bound_words(row: Record, side: str, language: Language) -> str:
    """Return a figure or an end of bounds in the axis's unit, with its period: more than 15 (2025)."""
    before = {
        "value": Text("", ""),
        "lower_bound": Text("超过 ", "more than ") if row["lower_bound_is_open"] else Text("至少 ", "at least "),
        "upper_bound": Text("不足 ", "less than ") if row["upper_bound_is_open"] else Text("至多 ", "at most "),
    }[side]
    period = period_of(row, "value" if side == "value" else "bound", language)
    return f"{before.say(language)}{number_words(round(row[side], 6))}{bracket(period, language)}"


def _name(row: Record, language: Language) -> str:
    """Return the cluster's name on two lines at most, with the word that a place defines it."""
    name = str(row[f"name_{language}"])
    width = 12 if language == "zh" else 22
    if len(name) > width:
        cut = width if language == "zh" else name.rfind(" ", 0, width)
        name = f"{name[:cut]}\n{name[cut:].strip()}"
    return f"{name}\n{bracket(word('place', language), language).strip()}" if row["is_place"] else name


def _reading(view: View, others: bool, language: Language) -> str:
    how = Text("竖线：目标；圆点：同口径全年数据；空心箭头：只知上限或下限，箭头指向真值所在一侧。",
               "Tick: the aim. Dot: a comparable figure of a year. Hollow arrow: only a bound is known; the figure lies where it points.")
    grey = Text("灰色短线：其他主体或规划对本地或其一部分提出的目标。", " Grey tick: an aim of others for the area or a part of it.")
    return f"{how.say(language)}{grey.say(language) if others else ''} {source_words(view, language)}"  # fmt: skip


def _alt(rows: pd.DataFrame, others: pd.DataFrame, unit: str, language: Language) -> str:
    told, beside = [], records_by(others, "target_id")
    for row in records(rows):
        sides = [side for side in ("value", "lower_bound", "upper_bound") if pd.notna(row[side])]
        known = [_bound_words(row, side, language) for side in sides]
        if not known:
            known = [word("related_only" if row["evidence_class"] == "related_only" else "nothing", language)]
        known += [
            Text(f"其他主体的目标 {_other_words(aim, 'zh')}", f"an aim of others {_other_words(aim, 'en')}").say(language)
            for aim in beside.get(str(row["target_id"]), [])
        ]
        joint = Text(f"{row['name_zh']}：目标 {number_words(round(row['target'], 6))}，{'，'.join(known)}",
                     f"{row['name_en']}: aim {number_words(round(row['target'], 6))}, {', '.join(known)}")  # fmt: skip
        told.append(joint.say(language))
    head = Text(f"横轴为{unit}的点图。", f"Dot plot in {unit}. ").say(language)
    return head + ("；" if language == "zh" else "; ").join(told) + ("。" if language == "zh" else ".")


def required_table(view: View, language: Language, numbers: Mapping[str, int]) -> PrintTable | Prose:
    """Return, cluster by cluster, the aim, every figure that decides or bounds it, the verdict, and the growth required.

    `numbers` are those of the sources, by `source_id`.
    """
    aims, package = cluster_aims(view), view.package
    if aims.empty:
        return no_clusters(language)
    open_still, shown = still_open(aims), used_evidence(view)
    rows = [
        {
            word("cluster", language): f"{row[f'name_{language}']}\n"
            + target_words(str(row["comparator"]), float(row["target"]), unit_label(package, row["unit_code"], language), language),
            word("known", language): "\n".join(_known(view, row, shown[shown["target_id"] == row["target_id"]], numbers, language)),
            word("verdict", language): verdict_cell(view, row, language),
            word("from_base", language): _from_base(row, is_open, language),
            word("from_figure", language): _from_figure(row, language),
        }
        for row, is_open in zip(records(aims), open_still, strict=True)
    ]
    caption = Text("各集群的目标、已知数据、结论与至目标期末所需增速（现价，名义）",
                   "The clusters' aims, what is known, the verdict, and the growth required to the due date (current prices, nominal)")  # fmt: skip
    table = pd.DataFrame(rows)
    if aims["growth_from_base"].notna().any():
        return PrintTable(table, caption.say(language))
    no_base = Text("；各集群均缺基期", "; none has a baseline").say(language)
    return PrintTable(table.drop(columns=word("from_base", language)), caption.say(language) + no_base)


def used_evidence(view: View) -> pd.DataFrame:
    """Return the figures that the table prints.

    What decides, what bounds, what contradicts another figure, what a later date adds, and the area's own published growth.
    """
    aims, rows = cluster_aims(view), view.evidence()
    rows = rows[rows["target_id"].isin(aims["target_id"])]
    named = ["value_observations", "lower_bound_observations", "upper_bound_observations", "conflicting_observations"]
    ids = {each for name in named for cell in aims[name] for each in str(cell).split()}
    for target_id in aims["target_id"]:
        later = view.verdict(str(target_id)).later
        ids |= set(later.ids) if later else set()
    sound = rows["statement"].eq("outturn") & rows["doubt_en"].isna() & ~rows["superseded"]
    own = rows["relation"].eq("own") & rows["concept"].eq("same") & sound
    return rows[rows["observation_id"].isin(ids) | own].sort_values(["period_end", "observation_id"])


def _known(
    view: View, row: Record, shown: pd.DataFrame, numbers: Mapping[str, int], language: Language
) -> list[str]:
    """Return a line for each period and place: its output, and its growth where the source published one too."""
    if shown.empty:
        return [word("related_only" if row["evidence_class"] == "related_only" else "nothing", language)]
    shown = shown.drop_duplicates(["area_id", "period_start", "period_end", "measure", "value"])
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    told = []
    for _, group in shown.groupby(["period_end", "period_start", "area_id"], sort=False, dropna=False):
        figures = records(group)
        values = comma.join(_value(view, figure, language) for figure in figures)
        about = comma.join(_about(view, figures, language))
        cited = "".join(f"[{number}]" for number in sorted({numbers[str(each)] for each in group["source_id"]}))
        period = period_words(figures[0]["period_start"], figures[0]["period_end"], language)
        told.append(f"{period}{colon}{values}{bracket(about, language) if about else ''} {cited}")
    return told


def _value(view: View, figure: Record, language: Language) -> str:
    label = unit_label(view.package, figure["unit_code"], language)
    value = value_words(figure["value"], label, language, str(figure["bound"]))
    if figure["measure"] != "growth_pct":
        return value
    return Text(f"公布的同比增速 {value}", f"published growth {value}").say(language)


def _about(view: View, figures: list[Record], language: Language) -> list[str]:
    """Return whose figure it is where not the area's own, what it is good for, and whether its date was inferred."""
    first = figures[0]
    about = []
    if first["relation"] != "own":
        about.append(str(view.package.record("areas", first["area_id"])[f"name_{language}"]))
    if first["concept"] != "same":
        about.append(codes.CONCEPT.label(str(first["concept"])).say(language))
    roles = {str(each["role"]) for each in figures}
    about += [EVIDENCE_ROLE.label(role).say(language) for role in ("upper_bound", "lower_bound") if role in roles]
    if any(each["reason"] == "conflict" for each in figures):
        about.append(EVIDENCE_REASON.label("conflict").say(language))
    if any(each["date_basis"] == "inferred" for each in figures):
        about.append(Text("时间为推断", "date inferred").say(language))
    return about


def _from_base(row: Record, is_open: Any, language: Language) -> str:
    """Return the growth a year that the aim asked for from the base on, while the outcome is open."""
    if not is_open:
        return "—"
    if pd.notna(row["growth_from_base"]):
        since = period_of(row, "base", language)
        growth = percent_words(float(row["growth_from_base"]), language)
        return f"{Text(f'年均 {growth}', f'{growth} a year').say(language)}{bracket(since, language)}"
    return Text("缺基期", "no baseline").say(language)


def _from_figure(row: Record, language: Language) -> str:
    told = [f"{each.short(language)}{bracket(Text(f'自{each.since}起', f'from {each.since}').say(language), language)}"
            for each in needed(row, language)]  # fmt: skip
    return "\n".join(told) or "—"
