"""The rows of the official tables: what the program reads in the text, joined with what people judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.edited import EditedRow, read_yaml, rows_of
from daye_analysis.source import TaskList

Row = dict[str, str]

_PLAN_KEYS = ("plan_id", "area_id", "title_zh", "title_en", "published", "start", "start_basis", "due", "source_id")
_UNIT_KEYS = ("unit_id", "name_zh", "name_en", "kind")
_CLUSTER_KEYS = ("cluster_id", "name_zh", "name_en", "is_place", "indicator_id", "span")
_TARGET_KEYS = (
    "target_id", "task_id", "wording_zh", "span", "comparator", "value", "unit_code", "scope", "due", "due_basis",
    "obligation", "strength",
)  # fmt: skip
_TARGET_OPTIONAL = ("indicator_id", "first_year", "note_zh", "note_en")


def official_rows(text: str, task_list: TaskList, folder: Path) -> dict[str, list[Row]]:
    """Return the rows of actions, tasks, units, unit_aliases, responsibilities, clusters, plans and targets.

    `folder` holds the edited files. Raises CheckFailed with every problem: a task without a translation, a unit
    without an entry, wording that does not stand at its span.
    """
    problems: list[Problem] = []
    tables = {
        **_actions_and_tasks(task_list, folder / "tasks.yaml", problems),
        **_units(task_list, folder / "units.yaml", problems),
        "clusters": _clusters(text, folder / "clusters.yaml", problems),
        "plans": _plans(folder / "plans.yaml"),
        "targets": _targets(text, task_list, folder / "targets.yaml", problems),
    }
    if problems:
        raise CheckFailed(problems)
    return tables


def _actions_and_tasks(task_list: TaskList, path: Path, problems: list[Problem]) -> dict[str, list[Row]]:
    edited = read_yaml(path)
    names = _mapping_of(edited, "actions")
    texts = _mapping_of(edited, "tasks")
    problems += _unmatched(path, names, [action.action_id for action in task_list.actions])
    problems += _unmatched(path, texts, [task.task_id for task in task_list.tasks])
    actions = [
        {
            "action_id": action.action_id,
            "position": str(action.position),
            "name_zh": action.name_zh,
            "name_en": _folded(names.get(action.action_id, "")),
            **_span(action.source_start, action.source_end),
        }
        for action in task_list.actions
    ]
    tasks = [
        {
            "task_id": task.task_id,
            "position": str(task.position),
            "official_number": "" if task.official_number is None else str(task.official_number),
            "action_id": task.action_id,
            "text_zh": task.text_zh,
            "text_en": _folded(texts.get(task.task_id, "")),
            **_span(task.source_start, task.source_end),
        }
        for task in task_list.tasks
    ]
    return {"actions": actions, "tasks": tasks}


def _units(task_list: TaskList, path: Path, problems: list[Problem]) -> dict[str, list[Row]]:
    rows = rows_of(path, read_yaml(path), (*_UNIT_KEYS, "aliases"), _UNIT_KEYS)
    unit_of: dict[str, str] = {}
    aliases: list[Row] = []
    for row in rows:
        unit_id = row.values["unit_id"]
        for spelling in (row.values["name_zh"], *row.values.get("aliases", ())):
            if spelling in unit_of:
                problems.append(_spelling_twice(row, spelling))
            unit_of[spelling] = unit_id
        aliases += [{"alias_zh": alias, "unit_id": unit_id} for alias in row.values.get("aliases", ())]
    problems += _unmatched(path, unit_of, task_list.spellings)
    responsibilities = [
        {
            "task_id": entry.task_id,
            "role": entry.role,
            "position": str(entry.position),
            "unit_id": unit_of.get(entry.wording_zh, ""),
            "wording_zh": entry.wording_zh,
            **_span(entry.source_start, entry.source_end),
        }
        for entry in task_list.responsibilities
    ]
    units = [{key: row.values[key] for key in _UNIT_KEYS} for row in rows]
    return {"units": units, "unit_aliases": aliases, "responsibilities": responsibilities}


def _clusters(text: str, path: Path, problems: list[Problem]) -> list[Row]:
    rows = rows_of(path, read_yaml(path) or [], _CLUSTER_KEYS, _CLUSTER_KEYS)
    result = []
    for position, row in enumerate(rows, 1):
        span = _checked_span(text, row, row.values["name_zh"], problems)
        kept = {key: row.values[key] for key in _CLUSTER_KEYS if key != "span"}
        result.append({**kept, "position": str(position), **span})
    return result


def _plans(path: Path) -> list[Row]:
    rows = rows_of(path, read_yaml(path), _PLAN_KEYS, _PLAN_KEYS)
    return [{key: row.values[key] for key in _PLAN_KEYS} for row in rows]


def _targets(text: str, task_list: TaskList, path: Path, problems: list[Problem]) -> list[Row]:
    edited = read_yaml(path)
    plan_id = edited.get("plan_id", "") if isinstance(edited, Mapping) else ""
    entries = edited.get("targets") if isinstance(edited, Mapping) else None
    rows = rows_of(path, entries, (*_TARGET_KEYS, *_TARGET_OPTIONAL), _TARGET_KEYS)
    task_of = {task.task_id: task for task in task_list.tasks}
    result = []
    for row in rows:
        span = _checked_span(text, row, row.values["wording_zh"], problems)
        task = task_of.get(row.values["task_id"])
        start, end = int(span["source_start"] or 0), int(span["source_end"] or 0)
        if task and not task.source_start <= start < end <= task.source_end:
            problems.append(_outside_task(row, task.task_id))
        kept = {key: row.values.get(key, "") for key in (*_TARGET_KEYS, *_TARGET_OPTIONAL) if key != "span"}
        indicator_id = kept["indicator_id"] or kept["target_id"]
        result.append({**kept, "plan_id": plan_id, "indicator_id": indicator_id, **span})
    return result


def _checked_span(text: str, row: EditedRow, wording: str, problems: list[Problem]) -> Row:
    """Return the row's span; note a problem, saying where the words do stand, if they are not there."""
    span = row.values["span"]
    numbers = [int(each) for each in span if isinstance(each, str) and each.isdecimal()] if isinstance(span, list) else []
    if len(numbers) == 2 and text[numbers[0] : numbers[1]] == wording:
        return _span(*numbers)
    found = [f"[{at}, {at + len(wording)}]" for at in _places(text, wording)]
    problems.append(
        Problem(
            "edited.wording-not-at-span",
            Text(f"“{wording}”不在所写位置 {span}。", f"'{wording}' does not stand at {span}."),
            f"{row.where}:span",
            Text(f"原文中它在 {'、'.join(found)}。", f"In the official text it stands at {', '.join(found)}.")
            if found
            else Text("原文中没有这些字，请照录原文。", "The official text has no such words; copy them verbatim."),
        )
    )
    return {"source_start": "0", "source_end": "0"}


def _places(text: str, wording: str) -> Iterable[int]:
    at = text.find(wording)
    while wording and at >= 0:
        yield at
        at = text.find(wording, at + 1)


def _span(start: int, end: int) -> Row:
    return {"source_start": str(start), "source_end": str(end)}


def _folded(words: str) -> str:
    return " ".join(words.split())


def _mapping_of(edited: Any, key: str) -> Mapping[str, str]:
    value = edited.get(key, {}) if isinstance(edited, Mapping) else {}
    return value if isinstance(value, Mapping) else {}


def _unmatched(path: Path, edited: Mapping[str, str], wanted: Sequence[str]) -> list[Problem]:
    """Return a problem for each wanted name that the edited file lacks, and for each that it has for nothing."""
    missing = [
        Problem(
            "edited.entry-missing",
            Text(f"原文中的“{name}”没有对应条目。", f"The official text has '{name}', but there is no entry for it."),
            f"{path.name}:{name}",
            Text("请补上条目。", "Add the entry."),
        )
        for name in wanted
        if not edited.get(name)
    ]
    surplus = [
        Problem(
            "edited.entry-unused",
            Text(f"条目“{name}”在原文中没有对应。", f"The entry '{name}' has nothing in the official text."),
            f"{path.name}:{name}",
            Text("请删去，或改成原文的写法。", "Remove it, or spell it as the text does."),
        )
        for name in edited
        if name not in wanted
    ]
    return missing + surplus


def _spelling_twice(row: EditedRow, spelling: str) -> Problem:
    return Problem(
        "edited.spelling-twice",
        Text(f"“{spelling}”属于两个单位。", f"'{spelling}' belongs to two units."),
        row.where,
        Text("一个写法只能指一个单位。", "A spelling may name one unit only."),
    )


def _outside_task(row: EditedRow, task_id: str) -> Problem:
    return Problem(
        "edited.wording-outside-task",
        Text(f"原文不在任务 {task_id} 之内。", f"The words do not stand in task {task_id}."),
        f"{row.where}:task_id",
        Text("请改正任务编号或位置。", "Mend the task or the span."),
    )
