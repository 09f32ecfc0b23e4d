"""The aims of the clusters and what bounds them: a picture and a table with the growth that each still requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.cluster_words import (
    axis_unit,
    bracket,
    no_clusters,
    source_words,
    when,
    word,
)
from daye_analysis.figures.display import Picture, PrintTable, Prose, picture
from daye_analysis.figures.style import BLUE, GREY, ON_WHITE, VERMILION, new_figure, style
from daye_analysis.figures.verdicts import percent
from daye_analysis.package.definition import codes
from daye_analysis.views.package import Package
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.package.words import date_words, number_words, period_words, target_words, value_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def aims_headline(aims: pd.DataFrame, language: Language, as_of: pd.Timestamp) -> Prose:
    """Return how many clusters have an aim, and of how many of them something is known."""
    if aims.empty:
        return no_clusters(language)
    counts = aims["evidence_class"].value_counts()
    like, bound, related, nothing = (int(counts.get(k, 0)) for k in ("like", "bounds_only", "related_only", "nothing"))
    due = pd.Timestamp(aims["due"].iloc[0])
    return Prose(
        Text(
            f"清单为 **{len(aims)}** 个产业集群定了目标，{date_words(due, 'zh')}到期。截至{date_words(as_of, 'zh')}，"
            f"有全年同口径数据的 **{like}** 个，只有上下限的 **{bound}** 个，只有相关数据的 **{related}** 个，"
            f"未见公开数据的 **{nothing}** 个。没有公开数据，不等于没有增长。",
            f"The list sets an aim for **{len(aims)}** clusters, due {date_words(due, 'en')}. As of {date_words(as_of, 'en')}, "
            f"**{like or 'none'}** {'has' if like < 2 else 'have'} a like figure of a whole year, **{bound}** only bounds, **{related}** only related figures, and "
            f"for **{nothing}** nothing was found. Absence of published figures is no sign of absent growth.",
        ).say(language)
    )


def aims_blocks(
    package: Package, aims: pd.DataFrame, others: pd.DataFrame, language: Language, as_of: pd.Timestamp
) -> list[Prose | Picture]:
    """Return the words on what is known of the aims, and their picture where there are any."""
    chart = aims_chart(package, aims, others, language, as_of)
    return [aims_headline(aims, language, as_of), *([chart] if chart else [])]


def aims_chart(
    package: Package, aims: pd.DataFrame, others: pd.DataFrame, language: Language, as_of: pd.Timestamp
) -> Picture | None:
    """Return the aims as ticks with like figures as dots and bounds as hollow arrows; nothing is drawn for the unknown.

    `others` are the rows of `evidence.other_aims`: grey ticks, shorter than those of the list's own aims.
    """
    if aims.empty:
        return None
    factor, unit = axis_unit(package, str(aims["unit_code"].iloc[0]), language)
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
        reading = _reading(as_of, len(beside) > 0, language)
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
        # Where a like figure decides, a bound of the same year adds nothing.
        if pd.isna(at) or pd.notna(row["value"]):
            continue
        axes.plot([at, at + sign * step], [place, place], color=GREY, linewidth=1.2, zorder=2)
        axes.plot(at + sign * step, place, mark, color=GREY, markerfacecolor="white", markersize=7, zorder=3)
        axes.plot(at, place, "|", color=GREY, markersize=10, markeredgewidth=1.4, zorder=3)
        # A lower bound's words stand above its arrow and run right, an upper bound's below it and run left.
        axes.annotate(_bound_words(row, side, language), (at, place), (-2 * sign, 5 * sign), textcoords="offset points",
                      fontsize=8, color=GREY, va="bottom" if sign > 0 else "top", ha="left" if sign > 0 else "right")  # fmt: skip
    if all(pd.isna(row[column]) for column in ("value", "lower_bound", "upper_bound")):
        kind = str(row["evidence_class"])
        # Beside the aim, so that nothing stands where a bar would begin; before it where there is no room behind.
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
    year = when(aim["period_end"], aim["quantity"] == "output_value", language)
    return f"{number_words(round(float(aim['figure']), 6))}{bracket(year, language)}"


def _bound_words(row: Record, side: str, language: Language) -> str:
    yearly = row["quantity"] == "output_value"
    day = row["value_date"] if side == "value" else row["bound_date"]
    before = {
        "value": word("about", language) + " " if row["value_is_about"] else "",
        "lower_bound": word("more_than" if row["lower_bound_is_open"] else "at_least", language) + " ",
        "upper_bound": word("at_most", language) + " ",
    }[side]
    return f"{before}{number_words(round(row[side], 6))}{bracket(when(day, yearly, language), language)}"


def _name(row: Record, language: Language) -> str:
    """Return the cluster's name on two lines at most, with the word that a place defines it."""
    name = str(row[f"name_{language}"])
    width = 12 if language == "zh" else 22
    if len(name) > width:
        cut = width if language == "zh" else name.rfind(" ", 0, width)
        name = f"{name[:cut]}\n{name[cut:].strip()}"
    return f"{name}\n{bracket(word('place', language), language).strip()}" if row["is_place"] else name


def _reading(as_of: pd.Timestamp, others: bool, language: Language) -> str:
    how = Text("竖线：目标；圆点：同口径全年数据；空心箭头：只知上限或下限，箭头指向真值所在一侧。",
               "Tick: the aim. Dot: a like figure of a year. Hollow arrow: only a bound is known; the figure lies where it points.")
    grey = Text("灰色短线：其他主体或规划对本地或其一部分提出的目标。", " Grey tick: an aim of others for the area or a part of it.")
    return f"{how.say(language)}{grey.say(language) if others else ''} {source_words(as_of, language)}"  # fmt: skip


def _alt(rows: pd.DataFrame, others: pd.DataFrame, unit: str, language: Language) -> str:
    told, beside = [], records_by(others, "target_id")
    for row in records(rows):
        bounds: list[str] = [] if pd.notna(row["value"]) else ["lower_bound", "upper_bound"]
        sides = [side for side in ("value", *bounds) if pd.notna(row[side])]
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


def required_table(
    package: Package,
    aims: pd.DataFrame,
    evidence: pd.DataFrame,
    numbers: dict[str, int],
    language: Language,
) -> PrintTable | Prose:
    """Return, cluster by cluster, the aim, every figure that decides or bounds it, and the growth that it requires."""
    if aims.empty:
        return no_clusters(language)
    rows = [
        {
            word("cluster", language): row[f"name_{language}"],
            word("aim", language): target_words(str(row["comparator"]), float(row["target"]), _label(package, row, language), language),
            word("known", language): "\n".join(_known(package, row, evidence, numbers, language)),
            word("from_base", language): _from_base(row, language),
            word("from_now", language): _from_now(row, language),
        }
        for row in records(aims)
    ]  # fmt: skip
    caption = Text("各集群的目标、已知数据与到期前所需的年均增速（现价，名义）",
                   "The clusters' aims, what is known, and the growth a year required (current prices, nominal)")  # fmt: skip
    return PrintTable(pd.DataFrame(rows), caption.say(language))


def used_evidence(evidence: pd.DataFrame, aims: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that the table prints: what decides, what bounds best, and the area's own published growth."""
    rows = evidence[evidence["target_id"].isin(aims["target_id"])]
    bounded = aims[aims["value"].isna()]
    deciding = [aims["value_observations"], bounded["lower_bound_observations"], bounded["upper_bound_observations"]]
    ids = " ".join(pd.concat(deciding).fillna("")).split()
    sound = rows["statement"].eq("outturn") & rows["doubt_en"].isna()
    own = rows["relation"].eq("own") & rows["concept"].eq("same") & sound
    return rows[rows["observation_id"].isin(ids) | own].sort_values(["period_end", "observation_id"])


def _known(
    package: Package, row: Record, evidence: pd.DataFrame, numbers: dict[str, int], language: Language
) -> list[str]:
    """Return a line for each period and place: its output, and its growth where the source published one too."""
    shown = used_evidence(evidence, pd.DataFrame([row]))
    shown = shown.drop_duplicates(["area_id", "period_end", "measure", "value"])
    if shown.empty:
        return [word("related_only" if row["evidence_class"] == "related_only" else "nothing", language)]
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    told = []
    for _, group in shown.groupby(["period_end", "area_id"], sort=False):
        first = group.iloc[0]
        values = comma.join(_value(package, figure, language) for figure in records(group))
        about = comma.join(_about(package, group, language))
        cited = "".join(f"[{number}]" for number in sorted({numbers[str(each)] for each in group["source_id"]}))
        period = period_words(first["period_start"], first["period_end"], language)
        told.append(f"{period}{colon}{values}{bracket(about, language) if about else ''} {cited}")
    return told


def _value(package: Package, figure: Record, language: Language) -> str:
    unit = str(package.record("measurement_units", figure["unit_code"])[f"label_{language}"])
    value = value_words(figure["value"], unit, language, str(figure["bound"]))
    if figure["measure"] != "growth_pct":
        return value
    return Text(f"公布的同比增速 {value}", f"published growth {value}").say(language)


def _about(package: Package, group: pd.DataFrame, language: Language) -> list[str]:
    """Return whose figure it is where not the area's own, and what it is good for."""
    first = group.iloc[0]
    areas = package.areas.set_index("area_id")[f"name_{language}"]
    about = [] if first["relation"] == "own" else [str(areas[first["area_id"]])]
    if first["concept"] != "same":
        about.append(codes.CONCEPT.label(str(first["concept"])).say(language))
    roles = {"upper": Text("上限", "upper bound"), "lower": Text("下限", "lower bound")}
    return about + [text.say(language) for role, text in roles.items() if group["role"].eq(role).any()]


def _from_base(row: Record, language: Language) -> str:
    if pd.notna(row["growth_from_base"]):
        since = when(row["base_date"], row["quantity"] == "output_value", language)
        return f"{percent(float(row['growth_from_base']), language)}{bracket(since, language)}"
    return Text("缺基期", "no baseline").say(language)


def _from_now(row: Record, language: Language) -> str:
    if pd.notna(row["required_growth"]):
        return percent(float(row["required_growth"]), language)
    sides = []
    for name, sign in (("required_growth_at_least", "≥"), ("required_growth_at_most", "≤")):
        if pd.notna(row[name]) and float(row[name]) > 0:
            sides.append(f"{sign} {percent(float(row[name]), language)}")
    if not sides:
        return Text("无从推算", "unknown").say(language)
    since = when(row["bound_date"], row["quantity"] == "output_value", language)
    return "\n".join([*sides, bracket(Text(f"自{since}", f"from {since}").say(language), language).strip()])


def _label(package: Package, row: Record, language: Language) -> str:
    return str(package.record("measurement_units", row["unit_code"])[f"label_{language}"])
