"""The official text read in the layout named in `package.yaml`: its rows, and the positions of its numbering.

The strict layout is that of `source.task_list`, in which nothing is guessed. Layout `any` takes the rows of the
lenient reader. Which of the two applies is written down and never tried out, so that a slip in a strict list
stays a problem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed
from daye_analysis.package.edited.metadata_file import wrong_entry
from daye_analysis.package.edited.tables import read_yaml
from daye_analysis.source import (
    Action,
    DraftRow,
    DraftTaskList,
    Reading,
    Responsibility,
    Task,
    TaskList,
    normalised,
    read_any_task_list,
    read_task_list,
)
from daye_analysis.source.problems import source_problem
from daye_analysis.source.spans import Span
from daye_analysis.source.tables.column_roles import COLUMNS, Column
from daye_analysis.source.targets.chinese_numerals import chinese_integer
from daye_analysis.source.targets.due_dates import find_due_dates

Layout = Literal["strict", "any", "tables", "paragraphs"]
Extent = tuple[int, int]

_LAYOUTS_ZH = (
    "写 strict（序号、重点任务、任务清单、牵头单位、责任单位五栏）、any（其他版式）、tables（只读表格）或 paragraphs（只读段落）。"
)
_LAYOUTS_EN = (
    "Write strict (the five columns 序号, 重点任务, 任务清单, 牵头单位, 责任单位), any (other layouts), tables (tables only) "
    "or paragraphs (paragraphs only)."
)
_COLUMNS_ZH = f"每行写“栏名: 内容”，内容为 {'、'.join(COLUMNS)} 之一。"
_COLUMNS_EN = f"Write one line 'name: kind' for each column; the kinds are {', '.join(COLUMNS)}."

_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、.．]\s*(?=\S)")
_NUMBER = re.compile(r"[（(]?(\d+|[一二三四五六七八九十]+)[）)、.．]?")
# The endings of the identifiers of a row's cells: the task itself, then those beside it that set targets.
_ENDINGS = ("", *"bcdefghijklmnopqrstuvwxyz")
# A cell that begins so would be a formula in a spreadsheet; here it is a bullet or a dash for no body.
_BULLETS = "=+-@＝＋－＠—–·•*#/ \t\n\u3000"


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How the text is read: the layout, what columns of a given name hold, and the lines that are goals."""

    layout: Layout
    columns: tuple[tuple[str, Column], ...] = ()
    goals: tuple[int, ...] = ()

    @property
    def reading(self) -> Reading:
        """Return the lenient reader's part of it."""
        reach = self.layout if self.layout != "strict" else "any"
        return Reading(reach, dict(self.columns), self.goals)


@dataclass(frozen=True, slots=True)
class OfficialText:
    """What was read. `numbering` are the spans of row numbers, ordinals and dates in deadlines, which no note explains."""

    text: str
    task_list: TaskList
    numbering: tuple[Extent, ...]


def read_layout(path: Path) -> ReadAs:
    """Return how `package.yaml` at `path` says that the text is read, strictly where it says nothing; else CheckFailed."""
    given = read_yaml(path)
    given = given if isinstance(given, dict) else {}
    layout, columns, goals = given.get("layout", "strict"), given.get("columns") or {}, given.get("goals") or []
    known: Layout | None = next((each for each in get_args(Layout) if each == layout), None)
    named = named_columns(columns)
    lines = [int(each) for each in goals if isinstance(each, str) and each.isdecimal()] if isinstance(goals, list) else []
    for key, is_right, zh, en in (
        ("layout", known is not None, _LAYOUTS_ZH, _LAYOUTS_EN),
        ("columns", named is not None, _COLUMNS_ZH, _COLUMNS_EN),
        ("goals", isinstance(goals, list) and len(lines) == len(goals), "写行号的列表，如 [5, 12]。", "Write a list of line numbers, such as [5, 12]."),
    ):
        if not is_right:
            raise CheckFailed(wrong_entry(path, key, Text("写法不对", "does not have the required form"), Text(zh, en)))
    return ReadAs(known or "strict", tuple((named or {}).items()), tuple(lines))


def named_columns(given: object) -> dict[str, Column] | None:
    """Return a mapping from the names of columns to what they hold, None where it is no such mapping."""
    if not isinstance(given, dict):
        return None
    named = {name: column for name, each in given.items() for column in COLUMNS if each == column}
    return named if len(named) == len(given) else None


def read_official_text(text: str, file: str, read_as: ReadAs) -> OfficialText:
    """Return the rows of `text`; `file` is the name that problems carry.

    Raises CheckFailed with what the reader of that layout finds, and for a byte-order mark or carriage return,
    which would move every span.
    """
    if read_as.layout == "strict":
        task_list = read_task_list(text, file)
        return OfficialText(text, task_list, tuple(_strict_numbering(text, task_list)))
    if normalised(text) != text:
        raise CheckFailed(source_problem("foreign-character", file, name="BOM / CR"))
    return of_draft(read_any_task_list(text, file, read_as.reading))


def of_draft(draft: DraftTaskList) -> OfficialText:
    """Return a leniently read list in the shape of the tables.

    Rows count T01, T02 and so on whatever number they print. A cell beside the task that sets targets of its own (a
    goal, a schedule) is a row of its own after its task's (T01b, T01c), with the same units: a row's words are
    together in the text. Rows without an action are under the list's own title, or the name of its column.
    """
    actions: dict[str, Action] = {}
    tasks: list[Task] = []
    responsibilities: list[Responsibility] = []
    numbering: list[Extent] = []
    for row in draft.rows:
        cells = task_cells(row)
        if not cells:
            continue
        action, ordinal = _action(draft, row, len(actions) + 1)
        # The same words in several rows are one action: a table without merged cells repeats them.
        action_id = actions.setdefault(action.name_zh, action).action_id
        for task_id, words in cells:
            number = _official_number(row.number) if task_id[-1].isdigit() else None
            tasks.append(Task(task_id, len(tasks) + 1, number, action_id, words.text, words.start, words.end))
            responsibilities += _responsibilities(task_id, row)
        if row.number is not None and _official_number(row.number):
            numbering.append((row.number.start, row.number.end))
        numbering += _dates(row.due)
        numbering.append(ordinal)
    task_list = TaskList(draft.title, tuple(actions.values()), tuple(tasks), tuple(responsibilities))
    return OfficialText(draft.text, task_list, tuple(numbering))


def task_cells(row: DraftRow) -> list[tuple[str, Span]]:
    """Return the identifier and the words of each row of `tasks` that a row of the list becomes."""
    named = ((f"T{row.position:02d}{ending}", plain(cell)) for ending, cell in zip(_ENDINGS, (row.words, *row.further), strict=False))
    return [(task_id, words) for task_id, words in named if words.text]


def row_id(task_id: str) -> str:
    """Return the identifier of the row that a task is a cell of: T03 of T03b."""
    return task_id.rstrip("".join(_ENDINGS))


def _action(draft: DraftTaskList, row: DraftRow, position: int) -> tuple[Action, Extent]:
    """Return the row's action, to be number `position` if it is new, and where its ordinal is."""
    cell = plain(row.action) if row.action is not None else None
    if cell is None or not cell.text:
        name = start = _title(draft)
    else:
        match = _ORDINAL.match(cell.text)
        begin = match.end() if match else 0
        after = plain(Span(cell.text[begin:], cell.start + begin, cell.end))
        name, start = after if after.text else cell, cell
    ordinal = draft.text[start.start : name.start].strip()
    action = Action(f"A{position}", position, ordinal, name.text, name.start, name.end)
    return action, (start.start, name.start)


def _dates(cell: Span | None) -> list[Extent]:
    """Return where the dates are in a cell of deadlines; a quantity there (2026年底前建成18间) is no deadline."""
    if cell is None:
        return []
    return [(cell.start + each.start, cell.start + each.end) for each in find_due_dates(cell.text)]


def _title(draft: DraftTaskList) -> Span:
    """Return the list's title where it is in the text; where it has none, the name of its first column of tasks."""
    # A tab would open a cell, so that no name holds one.
    title = max(draft.title.split("\t"), key=len)
    start = draft.text.find(title)
    words = plain(Span(title, start, start + len(title))) if title else draft.heading
    return words if words.text else draft.heading


def _responsibilities(task_id: str, row: DraftRow) -> Iterator[Responsibility]:
    roles: tuple[tuple[Literal["lead", "responsible"], Sequence[Span]], ...] = (
        ("lead", row.leads),
        ("responsible", row.responsibles),
    )
    for role, cells in roles:
        names: dict[str, Span] = {}
        for cell in cells:
            name = plain(cell)
            if name.text:
                names.setdefault(name.text, name)
        for position, name in enumerate(names.values(), 1):
            yield Responsibility(task_id, role, position, name.text, name.start, name.end)


def plain(cell: Span) -> Span:
    """Return `cell` without what a spreadsheet would take for a formula, and without bullets, at its beginning."""
    words = cell.text.lstrip(_BULLETS)
    return Span(words, cell.end - len(words), cell.end)


def _official_number(cell: Span | None) -> int | None:
    """Return the number printed in the row's own cell, None where there is none or it is no plain number."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", cell.text)) if cell is not None else None
    if match is None:
        return None
    number = int(match[1]) if match[1].isdecimal() else chinese_integer(match[1])
    return number or None


def _strict_numbering(text: str, task_list: TaskList) -> Iterator[Extent]:
    numbers = {str(task.official_number) for task in task_list.tasks}
    for match in re.finditer(r"(?m)^[\t ]*([0-9]+)[\t ]*$", text):
        if match[1] in numbers:
            yield match.span(1)
    for action in task_list.actions:
        start = text.rindex(action.ordinal_zh, 0, action.source_start)
        yield start, start + len(action.ordinal_zh)
