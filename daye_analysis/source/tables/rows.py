"""The rows of a table as drafts: blank cells filled from above, responsible bodies, cells with quantities.

What a blank cell inherits, and who leads where no column says so, is guessed and noted for a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from daye_analysis.bilingual import Text
from daye_analysis.source.draft import NO_LEAD, DraftRow
from daye_analysis.source.named_bodies import NamedBodies, named_bodies
from daye_analysis.source.review_markers import FIRST_YEAR_IS_BASE
from daye_analysis.source.spans import Span, line_of
from daye_analysis.source.tables.column_roles import Column, Heading, begins_with_value, is_nothing, is_value
from daye_analysis.source.tables.table import Table
from daye_analysis.source.targets.targets import propose_targets
from daye_analysis.source.targets.value_cells import ValueCell, measured_in

LEAD_INHERITED = Text("牵头单位为空，沿用上一行。", "The lead body is blank and taken from the row above.")
RESPONSIBLE_INHERITED = Text(
    "责任单位为空，沿用上一行。", "The responsible bodies are blank and taken from above."
)
FIRST_LEADS = Text(
    "没有牵头单位一栏，以首个单位为牵头。", "No column names who leads; the first unit is taken."
)
OTHERS_TOO = Text("单位名单以“等”结尾，未列全。", "The list of units ends with 等: not all are named.")
NO_BODY_COLUMN = Text("表中没有单位一栏，各行均未点名单位。", "The table has no column of bodies: its rows name none.")
CELLS_FITTED = Text(
    "该行单元格数与表头不同，已按内容对应到各栏，请核对。",
    "The row has more or fewer cells than the header; they were put under the columns that they fit. Check.",
)
UNITS_ADDED = Text("下一行任务为空，其单位并入本行。", "The next row has no task; its units are added here.")
# What a column of words may hold beside the task; a quantity in any of them is a target or to be explained.
_YEAR_ALONE = re.compile(r"(?:19|20)\d{2}年?")
_TOTAL = re.compile(r"[合小总共]\s*计|总\s*数|(?:sub)?totals?", re.IGNORECASE)
_WORDED: tuple[Column, ...] = ("goal", "due", "other", "heading", "person")


@dataclass
class _Above:
    """What the row above leaves to blank cells below it."""

    action: Span | None = None
    leads: tuple[Span, ...] = ()
    responsibles: tuple[Span, ...] = ()
    due: Span | None = None


def table_rows(text: str, table: Table, first_year: int | None = None) -> tuple[list[DraftRow], tuple[Text, ...]]:
    """Return the rows of `table` in order, counted from 1, and what is to be judged of the table as a whole.

    `first_year` is that of the plan that the list's title names: a column of it, or of a later year, holds no baselines.
    """
    reader = _Rows(text, table, first_year)
    return reader.read(), reader.notes()


class _Rows:
    """Walks a table and fills blank cells from above."""

    def __init__(self, text: str, table: Table, first_year: int | None) -> None:
        self.text, self.table = text, table
        self.headings = tuple(_in_plan(heading, first_year) for heading in _by_content(table))
        self.columns = tuple(heading.column for heading in self.headings)
        self.above = _Above()
        self.rows: list[DraftRow] = []
        self.skipped: list[int] = []

    def read(self) -> list[DraftRow]:
        for place, cells in enumerate(self.table.rows):
            filled = [cell for cell in cells if cell.text]
            if len(filled) == 1 and self._is_section(filled[0], cells):
                self.above.action = filled[0]
            elif filled:
                self._read(cells, place in self.table.fitted)
        return self.rows

    def notes(self) -> tuple[Text, ...]:
        """Return what is to be judged of the table as a whole."""
        found = [] if {"lead", "responsible"} & set(self.columns) else [NO_BODY_COLUMN]
        if "responsible" in self.columns and "lead" not in self.columns:
            found.append(FIRST_LEADS)
        bases = [each for each in self.headings if each.column == "base"]
        if any(each.year and _YEAR_ALONE.fullmatch(each.name) for each in bases):
            found.append(FIRST_YEAR_IS_BASE)
        if self.skipped:
            lines = ", ".join(str(line) for line in self.skipped)
            found.append(
                Text(f"下列各行没有任务或为合计，未读：第 {lines} 行。", f"Rows without a task, or of totals, were not read: lines {lines}.")
            )
        return tuple(found)

    def _is_section(self, cell: Span, cells: Sequence[Span]) -> bool:
        """Return whether a row with one filled cell heads those below: 一、稳增长 across the table."""
        if len(cells) == 1:
            return True
        kind = dict(zip(cells, self.columns, strict=False)).get(cell, "other")
        if kind in ("number", "action", "heading", "other"):
            return not cell.text.isdigit()
        return kind == "task" and self.table.header.purpose == "indicators" and not re.search(r"\d", cell.text)

    def _cells(self, cells: Sequence[Span], *columns: Column) -> list[tuple[Heading, Span]]:
        """Return the row's filled cells in any of `columns`, each with its heading."""
        return [
            (heading, cell)
            for heading, cell in zip(self.headings, cells, strict=False)
            if heading.column in columns and cell.text
        ]

    def _cell(self, cells: Sequence[Span], column: Column) -> Span | None:
        found = self._cells(cells, column)
        return found[0][1] if found else None

    def _read(self, cells: Sequence[Span], fitted: bool) -> None:
        notes = [CELLS_FITTED] if fitted else []
        worded = [
            cell
            for heading, cell in self._cells(cells, *_WORDED)
            if (heading.column == "goal" and not is_nothing(cell.text) and not is_value(cell.text)) or propose_targets(cell.text)
        ]
        task = self._cell(cells, "task")
        if task is None and worded:
            task, worded = worded[0], worded[1:]
        if task is None:
            self._add_units(cells)
            return
        if _TOTAL.fullmatch(task.text):
            self.skipped.append(line_of(self.text, task.start))
            return
        leads, responsibles = self._units(cells, notes)
        if "action" in self.columns:
            self.above.action = self._cell(cells, "action") or self.above.action
        self.above.due = self._cell(cells, "due") or self.above.due
        self.above.leads, self.above.responsibles = leads, responsibles
        values, extent = self._values(cells, task)
        obligation = self._cell(cells, "obligation")
        self.rows.append(
            DraftRow(
                position=len(self.rows) + 1,
                number=self._cell(cells, "number"),
                action=self.above.action,
                task=task,
                leads=leads,
                responsibles=responsibles,
                line=line_of(self.text, task.start),
                needs_judgement=tuple(notes),
                due=self.above.due,
                further=(*worded, *([] if extent else [each.cell for each in values])),
                values=values,
                extent=extent,
                obligation=obligation.text if obligation else "",
            )
        )

    def _values(self, cells: Sequence[Span], task: Span) -> tuple[tuple[ValueCell, ...], Span | None]:
        """Return the row's cells of bare numbers, and the row from its task to the last of them where that is one."""
        found = [(h, c) for h, c in self._cells(cells, "value", "base") if begins_with_value(c.text)]
        found += [(h, c) for h, c in self._cells(cells, "goal") if c is not task and is_value(c.text)]
        found.sort(key=lambda each: each[1].start)
        if not found:
            return (), None
        last = max(cell.end for _, cell in found)
        between = [c for h, c in self._cells(cells, "lead", "responsible", "goal", "due") if task.end <= c.start < last]
        whole = not between and task.start < min(cell.start for _, cell in found)
        measure = self._cell(cells, "measure")
        values = []
        for heading, cell in found:
            start = task.start if whole else cell.start
            unit = measured_in(task.text, heading.unit, measure.text if measure else "")
            wording = _spaced(self.text[start : cell.end])
            values.append(ValueCell(cell, heading.name, heading.year, unit, heading.column == "base", start, wording))
        extent = Span(_spaced(self.text[task.start : last]), task.start, last) if whole else None
        return tuple(values), extent

    def _named(self, cells: Sequence[Span]) -> tuple[list[Span], list[Span], bool]:
        """Return who leads, who helps, and whether 等 leaves some unnamed."""
        leads: list[Span] = []
        helpers: list[Span] = []
        and_others = False
        has_lead = "lead" in self.columns
        for heading, cell in self._cells(cells, "lead", "responsible"):
            if is_nothing(cell.text):
                continue
            units: NamedBodies = named_bodies(cell)
            and_others = and_others or units.and_others
            unsaid = list(units.unsaid)
            if not has_lead and not units.leads:
                leads += unsaid[:1]
                unsaid = unsaid[1:]
            leads += [*units.leads, *(unsaid if heading.column == "lead" else [])]
            helpers += [*units.helpers, *([] if heading.column == "lead" else unsaid)]
        return leads, helpers, and_others

    def _units(self, cells: Sequence[Span], notes: list[Text]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        if not {"lead", "responsible"} & set(self.columns):
            return (), ()
        leads, helpers, and_others = self._named(cells)
        if and_others:
            notes.append(OTHERS_TOO)
        if not leads and self.above.leads:
            notes.append(LEAD_INHERITED)
            blank = not any(cell.text for _, cell in self._cells(cells, "responsible"))
            if not helpers and blank and self.above.responsibles:
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


def _in_plan(heading: Heading, first_year: int | None) -> Heading:
    """Return a column that is named by a year alone as one of targets where that year is one of the plan's."""
    aims = heading.column == "base" and first_year is not None and heading.year is not None and heading.year >= first_year
    return replace(heading, column="value") if aims and _YEAR_ALONE.fullmatch(heading.name) else heading


def _by_content(table: Table) -> tuple[Heading, ...]:
    """Return the table's columns, corrected where the column of goals holds the sentences and that of tasks labels."""
    headings = table.header.headings
    kinds = table.header.columns
    if "goal" not in kinds or "action" in kinds or "task" not in kinds:
        return headings
    task, goal = kinds.index("task"), kinds.index("goal")
    length = {
        place: sum(len(row[place].text) for row in table.rows if len(row) == len(headings))
        for place in (task, goal)
    }
    if length[goal] <= 2 * length[task]:
        return headings
    corrected = list(headings)
    corrected[task] = replace(headings[task], column="action")
    corrected[goal] = replace(headings[goal], column="task")
    return tuple(corrected)


def _spaced(text: str) -> str:
    """Return `text` with a space for each tab, which a table's cell may not hold."""
    return text.replace("\t", " ")
