"""Read the official task list strictly: actions, tasks and responsible bodies, verbatim, with their spans.

The layout is 序号, 重点任务, 任务清单, 牵头单位, 责任单位 as flattened table text (see `cells`). Nothing is
guessed: what does not fit is a problem with the number of its line, and all problems are found at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.source.body_names import INDIVISIBLE, names_nobody_between, split_body_names
from daye_analysis.source.problems import source_problem
from daye_analysis.source.spans import Block, Span, blocks, line_of, trimmed
from daye_analysis.source.targets.chinese_numerals import chinese_integer

Role = Literal["lead", "responsible"]
HEADER = ("序号", "重点任务", "任务清单", "牵头单位", "责任单位")
_ORDINAL = re.compile(r"（([一二三四五六七八九十]+)）")
_FOREIGN = {"\ufeff": "BOM", "\r": "CR"}


@dataclass(frozen=True, slots=True)
class Action:
    """A group of tasks; the span holds `name_zh`, which follows `ordinal_zh` in the text."""

    action_id: str
    position: int
    ordinal_zh: str
    name_zh: str
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the list; an unnumbered row takes the number before it and a letter (T16b)."""

    task_id: str
    position: int
    official_number: int | None
    action_id: str
    text_zh: str
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One body named in one row; `position` counts from 1 within task and role."""

    task_id: str
    role: Role
    position: int
    wording_zh: str
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class TaskList:
    """An official task list. Spans are code-point offsets: `text[source_start:source_end]` is the wording."""

    title: str
    actions: tuple[Action, ...]
    tasks: tuple[Task, ...]
    responsibilities: tuple[Responsibility, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling of a unit, once, in order of first appearance."""
        return tuple(dict.fromkeys(entry.wording_zh for entry in self.responsibilities))


def read_task_list(text: str, file: str, indivisible: Sequence[str] = INDIVISIBLE) -> TaskList:
    """Read the list in `text`; `file` is the name that problems carry.

    Raises CheckFailed with all problems. A byte-order mark or carriage return is refused, not repaired:
    spans must be the same on every system, and repairing would move them.
    """
    reader = _Reader(text, file, tuple(indivisible))
    task_list = reader.read()
    if reader.problems:
        raise CheckFailed(reader.problems)
    return task_list


class _Reader:
    """Walks the blocks once and gathers rows and problems."""

    def __init__(self, text: str, file: str, indivisible: tuple[str, ...]) -> None:
        self.text, self.file, self.indivisible = text, file, indivisible
        self.problems: list[Problem] = []
        self.actions: list[Action] = []
        self.tasks: list[Task] = []
        self.responsibilities: list[Responsibility] = []
        self.last_number = self.last_ordinal = self.unnumbered = 0

    def problem(self, code: str, offset: int, **values: object) -> None:
        self.problems.append(source_problem(code, f"{self.file}:{line_of(self.text, offset)}", **values))

    def read(self) -> TaskList:
        for character, name in _FOREIGN.items():
            if character in self.text:
                self.problem("foreign-character", self.text.index(character), name=name)
        found = blocks(self.text)
        title = self._read_head(found)
        rows = [block for block in found if block.cells][1:]
        if not rows:
            self.problem("no-rows", len(self.text))
        for block in rows:
            self._read_row(block)
        return TaskList(title, tuple(self.actions), tuple(self.tasks), tuple(self.responsibilities))

    def _read_head(self, found: Sequence[Block]) -> str:
        """Check the header and return the title: the last line before the header's first cell."""
        header = next((place for place, block in enumerate(found) if block.cells), None)
        if header is None:
            self.problem("header-unknown", 0, found="", wanted="、".join(HEADER))
            return ""
        names = tuple(cell.text for cell in found[header].cells)
        if names != HEADER:
            offset = found[header].cells[0].start
            self.problem("header-unknown", offset, found="、".join(names), wanted="、".join(HEADER))
        before = "\n".join(block.before.text for block in found[: header + 1])
        lines = [line.strip() for line in before.split("\n") if line.strip()]
        if not lines:
            self.problem("no-title", 0)
            return ""
        return lines[-1]

    def _read_row(self, block: Block) -> None:
        if block.before.text:
            self.problem("text-outside-cell", block.before.start, found=block.before.text)
        if len(block.cells) != len(HEADER):
            self._wrong_count(block)
            return
        number, action, task, lead, responsible = block.cells
        official_number = self._read_number(number)
        task_id = self._task_id(official_number)
        self._read_action(action)
        if not task.text:
            self.problem("task-empty", task.start, column="任务清单")
        action_id = self.actions[-1].action_id if self.actions else ""
        position = len(self.tasks) + 1
        self.tasks.append(
            Task(task_id, position, official_number, action_id, task.text, task.start, task.end)
        )
        self._read_units(task_id, "lead", lead)
        self._read_units(task_id, "responsible", responsible)

    def _wrong_count(self, block: Block) -> None:
        count, wanted = len(block.cells), len(HEADER)
        many = count > wanted
        offset = block.cells[wanted].start if many else block.cells[-1].end
        self.problem("cells-too-many" if many else "cells-too-few", offset, found=count, wanted=wanted)
        # Its number still counts, so that the rows after it are not blamed.
        if block.cells[0].text.isdecimal():
            self._read_number(block.cells[0])

    def _read_number(self, cell: Span) -> int | None:
        if not cell.text:
            return None
        if not (cell.text.isascii() and cell.text.isdigit()):
            self.problem("number-unreadable", cell.start, found=cell.text)
            self.last_number += 1
            return None
        number, expected = int(cell.text), self.last_number + 1
        if number != expected:
            code = "number-missing" if number > expected else "number-out-of-order"
            self.problem(code, cell.start, found=number, wanted=expected)
        self.last_number = max(number, expected)
        return number

    def _task_id(self, official_number: int | None) -> str:
        if official_number is not None:
            self.unnumbered = 0
            return f"T{official_number:02d}"
        self.unnumbered += 1
        return f"T{self.last_number:02d}{chr(ord('a') + self.unnumbered)}"

    def _read_action(self, cell: Span) -> None:
        if not cell.text:
            if not self.actions and not self.tasks:
                self.problem("no-action", cell.start, column="重点任务")
            return
        match = _ORDINAL.match(cell.text)
        expected = self.last_ordinal + 1
        ordinal = chinese_integer(match.group(1)) if match else None
        if ordinal != expected:
            self.problem("action-out-of-order", cell.start, found=cell.text, wanted=expected)
        self.last_ordinal = max(ordinal or 0, expected)
        name = trimmed(self.text, cell.start + (match.end() if match else 0), cell.end)
        position = len(self.actions) + 1
        ordinal_zh = match.group(0) if match else ""
        self.actions.append(Action(f"A{position}", position, ordinal_zh, name.text, name.start, name.end))

    def _read_units(self, task_id: str, role: Role, cell: Span) -> None:
        names = split_body_names(cell, self.indivisible)
        column = "牵头单位" if role == "lead" else "责任单位"
        if not names:
            self.problem(f"row-without-{role}", cell.start, column=column)
        elif names_nobody_between(cell.text):
            self.problem("unit-empty", cell.start, column=column)
        seen: set[str] = set()
        for position, name in enumerate(names, start=1):
            if name.text in seen:
                self.problem("unit-twice", name.start, found=name.text)
            seen.add(name.text)
            self.responsibilities.append(
                Responsibility(task_id, role, position, name.text, name.start, name.end)
            )
