"""Task lists of other places: other columns and orders, no actions, merged cells, tables or paragraphs.

What a blank cell inherits, and who leads where no column says so, is guessed and noted for a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, NotReadable
from daye_analysis.source.cells import Span, line_of
from daye_analysis.source.columns import Column
from daye_analysis.source.draft import NO_LEAD, DraftRow, DraftTaskList
from daye_analysis.source.labelled_paragraphs import find_labelled_rows
from daye_analysis.source.layouts import Grid, find_grid
from daye_analysis.source.named_units import NamedUnits, named_units
from daye_analysis.source.problems import source_problem

LEAD_INHERITED = Text("牵头单位为空，沿用上一行。", "The lead unit is blank and taken from the row above.")
RESPONSIBLE_INHERITED = Text(
    "责任单位为空，沿用上一行。", "The responsible units are blank and taken from above."
)
FIRST_LEADS = Text(
    "没有牵头单位一栏，以首个单位为牵头。", "No column names who leads; the first unit is taken."
)
OTHERS_TOO = Text("单位名单以“等”结尾，未列全。", "The list of units ends with 等: not all are named.")
TOO_MANY_CELLS = Text(
    "该行单元格多于表头，多出部分未读。", "The row has more cells than the header; the rest is unread."
)
TOO_FEW_CELLS = Text(
    "该行单元格少于表头，缺者视为空。", "The row has fewer cells than the header; they count as blank."
)
UNITS_ADDED = Text("下一行任务为空，其单位并入本行。", "The next row has no task; its units are added here.")
_SECTION = re.compile("[（(]?[一二三四五六七八九十]+[）)、.．]")
_BARE_DATE = re.compile(
    r"[（(]?\s*[0-9〇○零一二三四五六七八九]{4}\s*[年./-]"
    r"(\s*[0-9一二三四五六七八九十]{1,3}\s*([月./-](\s*[0-9一二三四五六七八九十]{1,3}\s*日?)?)?)?\s*[）)]?"
)
# What a list calls itself at the end of its title, before a year or the like in brackets.
_TITLE_END = re.compile(r"(清单|方案|分解表|分工表|任务表|分工|计划|要点)[》”\"]?\s*([（(][^（()）]*[）)])?$")


def decode(data: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or GB 18030.

    Raises NotReadable (`source.not-text`) where the bytes are none of these, or hold NUL.
    """
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotReadable(source_problem("not-text", file))


def normalised(text: str) -> str:
    """Return `text` without byte-order mark and with LF line ends, the form that spans refer to."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_any_task_list(text: str, file: str = "") -> DraftTaskList:
    """Read a task list of any known layout; spans refer to the returned list's own `text`.

    Raises CheckFailed (`source.no-table`, `source.no-rows`) where nothing can be read. `file` names the
    input in problems.
    """
    text = normalised(text)
    grid = find_grid(text)
    if grid is not None:
        reader = _Rows(text, grid)
        rows, notes = reader.read(), reader.list_notes()
        title = _title(grid.above)
    else:
        title, rows = find_labelled_rows(text)
        notes = ()
        if not rows:
            raise CheckFailed(source_problem("no-table", file))
    if not rows:
        raise CheckFailed(source_problem("no-rows", file))
    return DraftTaskList(title, text, tuple(rows), notes)


def _title(above: Sequence[str]) -> str:
    """Return the last line above the table that ends as a list's title does, else the last that is no bare date."""
    lines = [line for line in above if not _BARE_DATE.fullmatch(line)]
    titles = [line for line in lines if _TITLE_END.search(line)]
    return (titles or lines or [""])[-1]


def _by_content(grid: Grid) -> tuple[Column, ...]:
    """Return the grid's columns, corrected where the column of goals holds the sentences and that of tasks labels."""
    if "goal" not in grid.columns or "action" in grid.columns:
        return grid.columns
    length = {
        kind: sum(
            len(cell.text)
            for row in grid.rows
            for k, cell in zip(grid.columns, row, strict=False)
            if k == kind
        )
        for kind in ("task", "goal")
    }
    if length["goal"] <= 2 * length["task"]:
        return grid.columns
    corrected: dict[Column, Column] = {"task": "action", "goal": "task"}
    return tuple(corrected.get(kind, kind) for kind in grid.columns)


@dataclass
class _Above:
    """What the row above leaves to blank cells below it."""

    action: Span | None = None
    leads: tuple[Span, ...] = ()
    responsibles: tuple[Span, ...] = ()
    due: Span | None = None


class _Rows:
    """Walks a grid and fills blank cells from above."""

    def __init__(self, text: str, grid: Grid) -> None:
        self.text, self.columns = text, _by_content(grid)
        self.grid_rows = grid.rows
        self.above = _Above()
        self.rows: list[DraftRow] = []
        self.skipped: list[int] = []

    def read(self) -> list[DraftRow]:
        for cells in self.grid_rows:
            filled = [cell for cell in cells if cell.text]
            if len(filled) == 1 and self._is_section(filled[0], cells):
                self.above.action = filled[0]
            elif filled:
                self._read(cells)
        return self.rows

    def list_notes(self) -> tuple[Text, ...]:
        """Return what is to be judged of the list as a whole."""
        lines = ", ".join(str(line) for line in self.skipped)
        unread = Text(
            f"下列各行没有任务，未读：第 {lines} 行。", f"Rows without a task were not read: lines {lines}."
        )
        leads = () if "lead" in self.columns else (FIRST_LEADS,)
        return (*leads, unread) if self.skipped else leads

    def _is_section(self, cell: Span, cells: Sequence[Span]) -> bool:
        """Tell whether a row with one filled cell heads those below: 一、稳增长 across the table."""
        if _SECTION.match(cell.text) or len(cells) == 1:
            return True
        kind = dict(zip(cells, self.columns, strict=False)).get(cell, "other")
        return kind in ("number", "action", "other") and not cell.text.isdigit()

    def _cell(self, cells: Sequence[Span], column: Column) -> Span | None:
        """Return the row's cell in `column`, None where the column is missing or the cell blank."""
        for kind, cell in zip(self.columns, cells, strict=False):
            if kind == column and cell.text:
                return cell
        return None

    def _read(self, cells: Sequence[Span]) -> None:
        notes: list[Text] = []
        if len(cells) != len(self.columns):
            notes.append(TOO_MANY_CELLS if len(cells) > len(self.columns) else TOO_FEW_CELLS)
        task, goal = self._cell(cells, "task"), self._cell(cells, "goal")
        if task is None:
            task, goal = goal, None
        if task is None:
            self._add_units(cells)
            return
        leads, responsibles = self._units(cells, notes)
        if "action" in self.columns:
            self.above.action = self._cell(cells, "action") or self.above.action
        self.above.due = self._cell(cells, "due") or self.above.due
        self.above.leads, self.above.responsibles = leads, responsibles
        self.rows.append(
            DraftRow(
                position=len(self.rows) + 1,
                number=self._cell(cells, "number"),
                action=self.above.action,
                task=task,
                goal=goal,
                leads=leads,
                responsibles=responsibles,
                due=self.above.due,
                line=line_of(self.text, task.start),
                needs_judgement=tuple(notes),
            )
        )

    def _named(self, cells: Sequence[Span]) -> tuple[list[Span], list[Span], bool]:
        """Return who leads, who helps, and whether 等 leaves some unnamed."""
        leads: list[Span] = []
        helpers: list[Span] = []
        and_others = False
        has_lead = "lead" in self.columns
        for kind, cell in zip(self.columns, cells, strict=False):
            if kind not in ("lead", "responsible"):
                continue
            units: NamedUnits = named_units(cell)
            and_others = and_others or units.and_others
            unsaid = list(units.unsaid)
            if not has_lead and not units.leads:
                leads += unsaid[:1]
                unsaid = unsaid[1:]
            leads += [*units.leads, *(unsaid if kind == "lead" else [])]
            helpers += [*units.helpers, *([] if kind == "lead" else unsaid)]
        return leads, helpers, and_others

    def _units(self, cells: Sequence[Span], notes: list[Text]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        leads, helpers, and_others = self._named(cells)
        if and_others:
            notes.append(OTHERS_TOO)
        if not leads and self.above.leads:
            notes.append(LEAD_INHERITED)
            if not helpers and self.above.responsibles:
                notes.append(RESPONSIBLE_INHERITED)
                helpers = list(self.above.responsibles)
            leads = list(self.above.leads)
        elif not leads:
            notes.append(NO_LEAD)
        return tuple(leads), tuple(helpers)

    def _add_units(self, cells: Sequence[Span]) -> None:
        """Give the units of a row without a task to the row above, whose task cell spans both."""
        leads, helpers, _ = self._named(cells)
        if not self.rows or not (leads or helpers):
            self.skipped += [line_of(self.text, cell.start) for cell in cells if cell.text][:1]
            return
        row = self.rows[-1]
        self.rows[-1] = replace(
            row,
            leads=(*row.leads, *leads),
            responsibles=(*row.responsibles, *helpers),
            needs_judgement=(*row.needs_judgement, UNITS_ADDED),
        )
