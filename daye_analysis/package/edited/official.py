"""The rows of the official tables: what is read from the text, joined with the decisions of the edited files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from daye_analysis.errors import Problem
from daye_analysis.package.definition import table
from daye_analysis.package.edited.messages import EDITED_PROBLEMS
from daye_analysis.package.edited.official_text import OfficialText
from daye_analysis.package.edited.tables import EditedRow, held, read_yaml, rows_of
from daye_analysis.package.records import TextRow
from daye_analysis.problem_messages import worded
from daye_analysis.source import TaskList

_PLAN_KEYS = ("plan_id", "area_id", "title_zh", "title_en", "published", "start", "start_basis", "due", "source_id")
_UNIT_KEYS = ("unit_id", "name_zh", "name_en", "kind")
_CLUSTER_KEYS = ("cluster_id", "name_zh", "name_en", "is_place", "indicator_id", "span")
# Chinese alone is enough.
_ENGLISH = ("name_en", "title_en")
_TARGET_KEYS = (
    "target_id", "task_id", "wording_zh", "span", "comparator", "value", "unit_code", "scope", "due", "due_basis",
    "obligation", "strength",
)  # fmt: skip
_TARGET_OPTIONAL = ("indicator_id", "first_year", "note_zh", "note_en")


def official_rows(official: OfficialText, folder: Path, problems: list[Problem]) -> dict[str, list[TextRow]]:
    """Return the rows of actions, tasks, units, unit_aliases, responsibilities, clusters, plans and targets.

    `folder` holds the edited files. What is wrong in any of them goes into `problems`: a task without a
    translation, a unit without an entry, wording that is not at its span. Tables whose file cannot be
    read at all are left out.
    """
    text, task_list = official.text, official.task_list
    tables: dict[str, list[TextRow]] = {}
    tables |= held(problems, _actions_and_tasks, task_list, folder / "tasks.yaml", problems) or {}
    tables |= held(problems, _units, task_list, folder / "units.yaml", problems) or {}
    for name, rows in (
        ("clusters", held(problems, _clusters, text, folder / "clusters.yaml", problems)),
        ("plans", held(problems, _plans, folder / "plans.yaml", problems)),
        ("targets", held(problems, _targets, text, task_list, folder / "targets.yaml", problems)),
    ):
        if rows is not None:
            tables[name] = rows
    return tables


def _actions_and_tasks(task_list: TaskList, path: Path, problems: list[Problem]) -> dict[str, list[TextRow]]:
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


def _units(task_list: TaskList, path: Path, problems: list[Problem]) -> dict[str, list[TextRow]]:
    rows = rows_of(path, read_yaml(path), (*_UNIT_KEYS, "aliases"), _needed(_UNIT_KEYS), problems, table("units"))
    unit_of: dict[str, str] = {}
    aliases: list[TextRow] = []
    for row in rows:
        unit_id = row.get("unit_id")
        for spelling in filter(None, (row.get("name_zh"), *row.get("aliases"))):
            if spelling in unit_of:
                problems.append(worded(EDITED_PROBLEMS, "edited.spelling-twice", row.where, name=spelling))
            unit_of[spelling] = unit_id
        aliases += [{"alias_zh": alias, "unit_id": unit_id} for alias in row.get("aliases")]
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
    units = [{key: row.get(key) for key in _UNIT_KEYS} for row in rows]
    return {"units": units, "unit_aliases": aliases, "responsibilities": responsibilities}


def _clusters(text: str, path: Path, problems: list[Problem]) -> list[TextRow]:
    rows = rows_of(path, read_yaml(path) or [], _CLUSTER_KEYS, _needed(_CLUSTER_KEYS), problems, table("clusters"))
    result = []
    for position, row in enumerate(rows, 1):
        span = _checked_span(text, row, row.get("name_zh"), problems)
        kept = {key: row.get(key) for key in _CLUSTER_KEYS if key != "span"}
        result.append({**kept, "position": str(position), **span})
    return result


def _plans(path: Path, problems: list[Problem]) -> list[TextRow]:
    rows = rows_of(path, read_yaml(path), _PLAN_KEYS, _needed(_PLAN_KEYS), problems, table("plans"))
    return [{key: row.get(key) for key in _PLAN_KEYS} for row in rows]


def _targets(text: str, task_list: TaskList, path: Path, problems: list[Problem]) -> list[TextRow]:
    edited = read_yaml(path)
    plan_id = _text_of(edited, "plan_id")
    entries = edited.get("targets") if isinstance(edited, Mapping) else None
    known = (*_TARGET_KEYS, *_TARGET_OPTIONAL)
    rows = rows_of(path, entries, known, _TARGET_KEYS, problems, table("targets"))
    task_of = {task.task_id: task for task in task_list.tasks}
    result = []
    for row in rows:
        span = _checked_span(text, row, row.get("wording_zh"), problems)
        task = task_of.get(row.get("task_id"))
        start, end = int(span["source_start"]), int(span["source_end"])
        if task and end and not task.source_start <= start < end <= task.source_end:
            problems.append(worded(EDITED_PROBLEMS, "edited.wording-outside-task", f"{row.where}:task_id", task=task.task_id))
        kept = {key: row.get(key) for key in known if key != "span"}
        indicator_id = kept["indicator_id"] or kept["target_id"]
        result.append({**kept, "plan_id": plan_id, "indicator_id": indicator_id, **span})
    return result


def _checked_span(text: str, row: EditedRow, wording: str, problems: list[Problem]) -> TextRow:
    """Return the row's span; note a problem, saying where the words are, if they are not there."""
    span = row.get("span") or []
    numbers = [int(each) for each in span if each.isascii() and each.isdecimal()]
    if len(numbers) == 2 and text[numbers[0] : numbers[1]].replace("\t", " ") == wording:
        return _span(*numbers)
    places = [(at, at + len(wording)) for at in _places(text, wording)]
    found = tuple(f"[{start}, {end}]" for start, end in places)
    code = f"edited.wording-not-at-span/{'elsewhere' if found else 'nowhere'}"
    problems.append(worded(EDITED_PROBLEMS, code, f"{row.where}:span", words=wording, span=numbers, places=found))
    return _span(*places[0]) if places else _span(0, 0)


def _places(text: str, wording: str) -> Iterable[int]:
    at = text.find(wording)
    while wording and at >= 0:
        yield at
        at = text.find(wording, at + 1)


def _span(start: int, end: int) -> TextRow:
    return {"source_start": str(start), "source_end": str(end)}


def _folded(words: str) -> str:
    return " ".join(words.split())


def _text_of(edited: Any, key: str) -> str:
    value = edited.get(key, "") if isinstance(edited, Mapping) else ""
    return value if isinstance(value, str) else ""


def _mapping_of(edited: Any, key: str) -> Mapping[str, str]:
    """Return the texts under `key` by name; what is no text counts as empty."""
    value = edited.get(key, {}) if isinstance(edited, Mapping) else {}
    entries = value.items() if isinstance(value, Mapping) else ()
    return {name: words if isinstance(words, str) else "" for name, words in entries}


def _unmatched(path: Path, edited: Mapping[str, str], wanted: Sequence[str]) -> list[Problem]:
    """Return a problem for each wanted name that the edited file lacks, and for each that it has for nothing."""
    missing = [
        worded(EDITED_PROBLEMS, "edited.entry-missing", f"{path.name}:{name}", name=name)
        for name in wanted
        if name not in edited
    ]
    surplus = [
        worded(EDITED_PROBLEMS, "edited.entry-unused", f"{path.name}:{name}", name=name)
        for name in edited
        if name not in wanted
    ]
    return missing + surplus


def _needed(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key not in _ENGLISH)
