"""Who leads and who is responsible for which task: one page, a row a task, a column a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from daye_analysis.accountability import duties, figures_wanted
from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.accountability.labels import heading, short_task, short_unit, task_number, word
from daye_analysis.charts.display import Picture, Prose, picture
from daye_analysis.charts.style import BLUE, GREY, INK, new_figure, style
from daye_analysis.package.definition import codes
from daye_analysis.package.named_bodies import named_units
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW = 0.2
_BAND = "#F3F5F8"


def summary(view: View, language: Language) -> Prose:
    """Return how many tasks, units and targets there are, who is named throughout, and how many figures are wanted."""
    package, wanted = view.package, figures_wanted(view)
    matrix = duties(package)
    leads, shared = int((matrix == "lead").to_numpy().sum()), int((matrix == "responsible").to_numpy().sum())
    leading = int((matrix == "lead").any().sum())
    without = [task for task in matrix.index if task not in set(package.targets["task_id"])]
    numbers = package.tasks.set_index("task_id")["official_number"]
    names = package.units.set_index("unit_id")
    always = [unit for unit in matrix.columns if (matrix[unit] != "").all()]
    targets = wanted["target_id"].nunique()
    periods = len(wanted.drop_duplicates(["target_id", "period_start", "period_end"]))
    listed_zh = "、".join(str(names["name_zh"][unit]) for unit in always)
    listed_en = "; ".join(str(names["name_en"][unit]) for unit in always)
    tasks = [task_number(numbers[task]) for task in without]
    everywhere = Text(f"列入每一项任务的有：{listed_zh}。", f" Named in every task: {listed_en}.") if always else Text("", "")
    unquantified = Text(
        f"有 **{len(without)}** 项任务（{'、'.join(tasks)}）没有量化目标。",
        f" **{len(without)}** tasks ({', '.join(tasks)}) set no quantified target.",
    ) if without else Text("", "")  # fmt: skip
    return Prose(
        Text(
            f"清单列出 **{len(matrix)}** 项任务、**{matrix.shape[1]}** 个单位或单位群体：牵头 **{leads}** 项次，涉及 **{leading}** 个单位；"
            f"责任 **{shared}** 项次。{everywhere.zh}{unquantified.zh}\n\n截至{date_words(view.timestamp, 'zh')}，在可查阅范围内未见公开的同口径数据共 "
            f"**{periods}** 项（一个目标的一个时期为一项），涉及 **{targets}** 个目标，列入数据需求清单。未见公开不等于没有完成，也不反映任何单位的工作情况。",
            f"The list names **{len(matrix)}** tasks and **{matrix.shape[1]}** units or groups of units: **{leads}** times as lead, "
            f"by **{leading}** units, and **{shared}** times as responsible.{everywhere.en}{unquantified.en}\n\nAs of "
            f"{date_words(view.timestamp, 'en')}, **{periods}** comparable figures (one for each target and period) for **{targets}** targets were not "
            "found in the sources that could be read; the list of figures wanted names them. That is no sign of failure, and says nothing of any unit's work.",
        ).say(language)
    )


def duty_matrix(view: View, language: Language) -> Picture:
    """Return the matrix: a filled dot leads, a ring is responsible; rows by action, columns by kind of unit."""
    package = view.package
    matrix = duties(package)
    rows = _rows(package, matrix)
    with style():
        # The headings are above the figure's own edge; saving makes room for them.
        figure = new_figure(_ROW * len(rows))
        axes = figure.subplots()
        figure.subplots_adjust(left=0.33, right=0.995, bottom=0, top=1)
        _draw_rows(axes, package, matrix, rows, language)
        _draw_columns(axes, package, matrix, len(rows), language)
        axes.set_xlim(-0.6, matrix.shape[1] + 0.9)
        axes.set_ylim(len(rows) - 0.4, -0.6)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0)
        caption = Text("各项任务的牵头单位与责任单位", "Who leads and who is responsible for which task").say(language)
        return picture(figure, _alt(package, matrix, language), caption, _reading(view, matrix, language))


def _rows(package: PackageTables, matrix: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the rows from top to bottom: an action's heading, then its tasks."""
    action_of = package.tasks.set_index("task_id")["action_id"]
    rows: list[tuple[str, str]] = []
    for task in matrix.index:
        if not rows or (rows[-1][0] == "task" and action_of[rows[-1][1]] != action_of[task]):
            rows.append(("action", str(action_of[task])))
        rows.append(("task", str(task)))
    return rows


def _draw_rows(
    axes: Axes, package: PackageTables, matrix: pd.DataFrame, rows: list[tuple[str, str]], language: Language
) -> None:
    actions = package.actions.set_index("action_id")[f"name_{language}"]
    tasks = package.tasks.set_index("task_id")
    targets = package.targets["task_id"].value_counts()
    beside = axes.get_yaxis_transform()
    for place, (kind, name) in enumerate(rows):
        if kind == "action":
            axes.axhspan(place - 0.5, place + 0.5, xmin=-0.49, color=_BAND, clip_on=False, zorder=0)
            title = str(actions[name]).split("，")[0]
            axes.text(-0.48, place, title, transform=beside, fontsize=8, weight="bold", va="center", ha="left")
            continue
        label = short_task(str(tasks.at[name, f"text_{language}"]), language, 16 if language == "zh" else 33)
        axes.text(-0.405, place, label, transform=beside, fontsize=7.2, va="center", ha="left")
        axes.text(-0.42, place, task_number(tasks["official_number"][name]), transform=beside, fontsize=7.5, va="center", ha="right", color=GREY)
        number = int(targets.get(name, 0))
        axes.text(matrix.shape[1] + 0.4, place, str(number) if number else "–", fontsize=7.5, va="center", ha="center", color=INK)
    lines = [place for place, (kind, _) in enumerate(rows) if kind == "task"]
    axes.hlines(lines, 0, 1, transform=beside, color="#E8E8E8", linewidth=0.6, zorder=0)
    for role, colour, fill, size in (("lead", BLUE, BLUE, 7), ("responsible", GREY, "white", 5)):
        below, right = (matrix.to_numpy() == role).nonzero()
        axes.plot(right, [lines[each] for each in below], "o", color=colour, markersize=size, markerfacecolor=fill, markeredgewidth=1)
    axes.set_yticks([])


def _draw_columns(axes: Axes, package: PackageTables, matrix: pd.DataFrame, height: int, language: Language) -> None:
    units = package.units.set_index("unit_id")
    heads = [heading(short_unit(str(units[f"name_{language}"][unit]), language), language) for unit in matrix.columns]
    heads.append(heading(word("target_count", language), language))
    places = [*range(matrix.shape[1]), matrix.shape[1] + 0.4]
    turn = 0 if language == "zh" else 90
    for place, head in zip(places, heads, strict=True):
        axes.text(place, -0.75, head, fontsize=7, rotation=turn, va="bottom", ha="center",
                  linespacing=1.15, color=INK)  # fmt: skip
    kinds = [str(units["kind"][unit]) for unit in matrix.columns]
    for place in range(1, len(kinds)):
        if kinds[place] != kinds[place - 1]:
            axes.plot([place - 0.5] * 2, [-0.5, height - 0.5], color="#BBBBBB", linewidth=0.8, zorder=1)
    axes.plot([matrix.shape[1] - 0.5] * 2, [-0.5, height - 0.5], color="#BBBBBB", linewidth=0.8)
    axes.set_xticks([])


def _reading(view: View, matrix: pd.DataFrame, language: Language) -> str:
    package = view.package
    kind = package.units.set_index("unit_id")["kind"]
    kinds = list(dict.fromkeys(str(kind[unit]) for unit in matrix.columns))
    groups = [codes.UNIT_KIND.label(each).say(language) for each in kinds]
    parted = Text(f"竖线分隔单位类别，自左至右为{'、'.join(groups)}。",
                  f" Lines part the kinds of unit, from left to right: {', '.join(groups)}.")  # fmt: skip
    unnumbered = Text("“—”：原文此行无序号。", " A dash: the row has no number in the text.")
    day = date_words(view.timestamp, language)
    return (
        Text("实心圆：牵头；空心圆：责任。", "Filled: leads. Ring: is responsible.").say(language)
        + (parted.say(language) if len(groups) > 1 else "")
        + (unnumbered.say(language) if package.tasks["official_number"].isna().any() else "")
        + Text(f"来源：任务清单原文；截至{day}。", f" Source: the official task list, as of {day}.").say(language)
    )


def _alt(package: PackageTables, matrix: pd.DataFrame, language: Language) -> str:
    numbers = package.tasks.set_index("task_id")["official_number"]
    names = package.units.set_index("unit_id")[f"name_{language}"]
    leads, shared = int((matrix == "lead").to_numpy().sum()), int((matrix == "responsible").to_numpy().sum())
    joint = "、" if language == "zh" else ", "
    told = []
    for task in matrix.index:
        number = task_number(numbers[task])
        leading = joint.join(str(names[unit]) for unit in named_units(package, str(task), "lead"))
        told.append(Text(f"任务 {number} 由{leading}牵头", f"task {number} is led by {leading}").say(language))
    head = Text(
        f"{len(matrix)} 项任务与 {matrix.shape[1]} 个单位的矩阵，牵头 {leads} 项次，责任 {shared} 项次，全部文字见下表。",
        f"Matrix of {len(matrix)} tasks and {matrix.shape[1]} units with {leads} leads and {shared} responsibilities, all in words in the "
        "table below. ",
    ).say(language)
    return head + ("；" if language == "zh" else "; ").join(told) + ("。" if language == "zh" else ".")
