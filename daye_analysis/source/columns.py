"""Which column of a task list is which, by the names that official lists give their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Column = Literal["number", "action", "task", "goal", "lead", "responsible", "due", "person", "other"]

# Earlier patterns win: 牵头责任单位 leads, 责任领导 is a person, 工作目标 beside 工作任务 is a goal.
_NAMES: tuple[tuple[Column, str], ...] = (
    ("number", "序号|编号|项次|^号$|^№$"),
    ("person", "领导|责任人|联系人|负责人|包保|联系方式|电话"),
    ("due", "时限|时间|期限|节点|进度安排|工期"),
    ("lead", "牵头|主责|主办|总牵头"),
    ("responsible", "配合|协同|协办|参与|参加|协作|责任|落实单位|承办|部门|单位"),
    ("goal", "目标(?!任务)|指标|预期成效|年度任务"),
    ("task", "任务清单|任务内容|工作内容|具体|举措|措施|主要内容|内容|任务目标|目标任务|工作任务"),
    ("action", "类别|行动|工程|领域|板块|方面|一级|事项类别|分类|专项"),
    ("task", "主要任务|重点任务|重点工作|任务|工作|事项|项目名称"),
)


def columns(header: Sequence[str]) -> tuple[Column, ...] | None:
    """Return what each cell of `header` names, or None if this is no header of a task list.

    A header names a task and a unit. Of several columns that may hold the task, the most specific does, and
    a more general one before it holds the action (重点任务 beside 任务清单); a goal stands in for a missing task.
    """
    found = [_named(re.sub(r"\s", "", name)) for name in header]
    tasks = [place for place, (column, _) in enumerate(found) if column == "task"]
    kinds = [column for column, _ in found]
    if tasks:
        chosen = min(tasks, key=lambda place: (found[place][1], -place))
        for place in tasks:
            if place != chosen:
                kinds[place] = "action" if place < chosen and "action" not in kinds[:place] else "goal"
    elif "goal" in kinds:
        kinds[kinds.index("goal")] = "task"
    if "task" not in kinds or not {"lead", "responsible"} & set(kinds):
        return None
    for column in ("number", "action", "goal", "due", "lead"):
        _keep_first(kinds, column)
    return tuple(kinds)


def unknown_names(header: Sequence[str]) -> int:
    """Return how many of the names are no known name of a column."""
    return sum(_named(re.sub(r"\s", "", name))[0] == "other" for name in header)


def _named(name: str) -> tuple[Column, int]:
    if len(name) > 14:
        return "other", len(_NAMES)
    for rank, (column, pattern) in enumerate(_NAMES):
        if re.search(pattern, name):
            return column, rank
    return "other", len(_NAMES)


def _keep_first(kinds: list[Column], column: Column) -> None:
    """A second column of the kind becomes what it most likely is: further responsible units, or other."""
    first = True
    for place, kind in enumerate(kinds):
        if kind == column and not first:
            kinds[place] = "responsible" if column == "lead" else "other"
        first = first and kind != column
