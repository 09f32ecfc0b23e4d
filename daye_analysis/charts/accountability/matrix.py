"""Who leads and who is responsible for which task: one page, a row a task, a column a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from daye_analysis.accountability import duties
from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.accountability.labels import short_task, task_number, word
from daye_analysis.charts.display import Picture, picture
from daye_analysis.charts.drawing.style import BLUE, GREY, GRID, INK, PAGE_WIDTH, new_figure, style
from daye_analysis.charts.drawing.text_size import text_height, wrapped
from daye_analysis.package.definition import codes
from daye_analysis.package.named_bodies import named_bodies
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.punctuation import listed
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW = 0.2  # inches, as are the next two: of a row, of a column, and of all columns at most
_COLUMN = 0.16
_MATRIX = 3.6
_KEY_SIZE = 7.0
_BAND = "#F3F5F8"


def duty_matrix(view: View, language: Language) -> Picture:
    """Return the matrix: a filled dot leads, a ring is responsible; rows by action, columns by kind of unit.

    Columns have numbers, and a key below gives each number's full name; who has one role in every task is named there once.
    """
    package = view.package
    matrix = duties(package)
    everywhere = [unit for unit in matrix.columns if matrix[unit].nunique() == 1]
    columns = matrix.drop(columns=everywhere)
    rows = _rows(package, matrix)
    with style():
        figure = new_figure(_ROW * len(rows))
        step = min(_COLUMN, _MATRIX / max(columns.shape[1] + 1, 1))
        left = PAGE_WIDTH - step * (columns.shape[1] + 2.4)
        axes = figure.add_axes((left / PAGE_WIDTH, 0, 1 - left / PAGE_WIDTH, 1))
        axes.set_xlim(-0.6, columns.shape[1] + 1.8)
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.axis("off")
        _draw_rows(axes, package, columns, rows, left, language)
        _draw_columns(axes, package, columns, len(rows), language)
        _draw_key(figure, package, columns, language)
        leads, shared = int((matrix == "lead").to_numpy().sum()), int((matrix == "responsible").to_numpy().sum())
        return picture(
            figure, view, language,
            caption=Text("各项任务的牵头单位与责任单位", "Who leads and who is responsible for which task"),
            kind=Text(
                f"{len(matrix)} 项任务与 {matrix.shape[1]} 个单位的矩阵，牵头 {leads} 项次，责任 {shared} 项次，全部文字见下表。",
                f"Matrix of {len(matrix)} tasks and {matrix.shape[1]} units with {leads} leads and {shared} responsibilities, all in words in the "
                "table below. ",
            ),
            phrases=_phrases(package, matrix, language),
            how=_how(package, matrix, everywhere),
            source=Text(f"来源：任务清单原文；截至{date_words(view.timestamp, 'zh')}。",
                        f"Source: the official task list, as of {date_words(view.timestamp, 'en')}."),
        )  # fmt: skip


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
    axes: Axes, package: PackageTables, matrix: pd.DataFrame, rows: list[tuple[str, str]], left: float, language: Language
) -> None:
    """Draw each row: its number and words in the `left` inches beside the matrix, its dots, and its number of targets."""
    actions = package.actions.set_index("action_id")[f"name_{language}"]
    tasks = package.tasks.set_index("task_id")
    targets = package.targets["task_id"].value_counts()
    beside = axes.get_yaxis_transform()
    inch = 1 / (PAGE_WIDTH - left)  # as a share of the axes
    longest = int((left - 0.45) / (0.1 if language == "zh" else 0.053))
    for place, (kind, name) in enumerate(rows):
        if kind == "action":
            axes.axhspan(place - 0.5, place + 0.5, xmin=-left * inch, color=_BAND, clip_on=False, zorder=0)
            title = str(actions[name]).split("，")[0]
            axes.text((0.05 - left) * inch, place, title, transform=beside, fontsize=8, weight="bold", va="center", ha="left")
            continue
        label = short_task(str(tasks.at[name, f"text_{language}"]), language, longest)
        axes.text((0.32 - left) * inch, place, label, transform=beside, fontsize=7.2, va="center", ha="left")
        number = task_number(tasks["official_number"][name])
        axes.text((0.25 - left) * inch, place, number, transform=beside, fontsize=7.5, va="center", ha="right", color=GREY)
        count = int(targets.get(name, 0))
        axes.text(matrix.shape[1] + 0.8, place, str(count) if count else "–", fontsize=7.5, va="center", ha="center", color=INK)
    lines = [place for place, (kind, _) in enumerate(rows) if kind == "task"]
    axes.hlines(lines, 0, 1, transform=beside, color=GRID, linewidth=0.6, zorder=0)
    for role, colour, fill, size in (("lead", BLUE, BLUE, 7), ("responsible", GREY, "white", 5)):
        below, right = (matrix.to_numpy() == role).nonzero()
        axes.plot(right, [lines[each] for each in below], "o", color=colour, markersize=size, markerfacecolor=fill, markeredgewidth=1)


def _draw_columns(axes: Axes, package: PackageTables, matrix: pd.DataFrame, height: int, language: Language) -> None:
    """Number the columns, and part the kinds of unit by a line."""
    for place in range(matrix.shape[1]):
        axes.text(place, -0.75, str(place + 1), fontsize=7, va="bottom", ha="center", color=INK)
    axes.text(matrix.shape[1] + 0.8, -0.75, word("target_count", language), fontsize=7, va="bottom", ha="center", color=INK)
    kind_of = package.units.set_index("unit_id")["kind"]
    kinds = [*(str(kind_of[unit]) for unit in matrix.columns), ""]
    for place in range(1, len(kinds)):
        if kinds[place] != kinds[place - 1]:
            axes.plot([place - 0.5] * 2, [-0.5, height - 0.5], color="#BBBBBB", linewidth=0.8, zorder=1)


def _draw_key(figure: Figure, package: PackageTables, matrix: pd.DataFrame, language: Language) -> None:
    """Write the full name of each column's unit below the matrix, in as many columns of words as a page has room for."""
    names = package.units.set_index("unit_id")[f"name_{language}"]
    across = 3 if language == "zh" else 2
    wide = PAGE_WIDTH / across
    keys = [wrapped(str(names[unit]), _KEY_SIZE, wide - 0.35) for unit in matrix.columns]
    deep = -(-len(keys) // across)
    for first in range(0, len(keys), deep or 1):
        y = -0.1
        for place, key in enumerate(keys[first : first + deep], first):
            x = wide * (place // deep)
            for words, at, side in ((str(place + 1), x + 0.2, "right"), (key, x + 0.25, "left")):
                figure.text(at / PAGE_WIDTH, y / figure.get_figheight(), words, fontsize=_KEY_SIZE, va="top", ha=side, color=INK if side == "left" else GREY)
            y -= text_height(key, _KEY_SIZE) + 0.02


def _how(package: PackageTables, matrix: pd.DataFrame, everywhere: list[str]) -> Text:
    units = package.units.set_index("unit_id")
    kinds = list(dict.fromkeys(str(units["kind"][unit]) for unit in matrix.columns if unit not in everywhere))
    groups = [codes.UNIT_KIND.label(each) for each in kinds]
    parts = [
        Text("实心圆：牵头；空心圆：责任。", "Filled: leads. Ring: is responsible."),
        Text(f"竖线分隔单位类别，自左至右为{'、'.join(each.zh for each in groups)}。",
             f"Lines part the kinds of unit, from left to right: {', '.join(each.en for each in groups)}.") if len(groups) > 1 else None,
        *(Text(f"各项任务均列为{word(str(role), 'zh')}单位、不再逐行标出的有：{'、'.join(units['name_zh'][each] for each in named)}。",
               f"In every task {'leading' if role == 'lead' else 'responsible'}, and not marked in each row: {'; '.join(units['name_en'][each] for each in named)}.")
          for role, named in _by_role(matrix, everywhere).items()),
        Text("“—”：原文此行无序号。", "A dash: the row has no number in the text.") if package.tasks["official_number"].isna().any() else None,
    ]  # fmt: skip
    return Text("".join(each.zh for each in parts if each), " ".join(each.en for each in parts if each))


def _by_role(matrix: pd.DataFrame, everywhere: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for unit in everywhere:
        found.setdefault(str(matrix[unit].iloc[0]), []).append(unit)
    return found


def _phrases(package: PackageTables, matrix: pd.DataFrame, language: Language) -> list[str]:
    numbers = package.tasks.set_index("task_id")["official_number"]
    names = package.units.set_index("unit_id")[f"name_{language}"]
    phrases = []
    for task in matrix.index:
        number = task_number(numbers[task])
        leading = listed([str(names[unit]) for unit in named_bodies(package, str(task), "lead")], language)
        phrases.append(Text(f"任务 {number} 由{leading}牵头", f"task {number} is led by {leading}").say(language))
    return phrases
