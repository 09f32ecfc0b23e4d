"""A task list read leniently: the same rows whatever the layout, with what a person must still judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from daye_analysis.bilingual import Text
from daye_analysis.source.cells import Span
from daye_analysis.source.due_dates import find_due_dates
from daye_analysis.source.judgements import NO_DUE
from daye_analysis.source.targets import ProposedTarget, propose_targets

NO_LEAD = Text("没有牵头单位。", "There is no lead unit.")
DUE_FROM_COLUMN = Text("到期日取自“完成时限”一栏。", "The due date comes from the column of deadlines.")
DUE_COLUMN_UNCLEAR = Text("“完成时限”一栏未给出唯一日期。", "The column of deadlines gives no single date.")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One task. Every span refers to the text of the list it belongs to.

    `number` and `action` are None where the list has none; `goal` is the cell of a separate column of goals;
    `due` is the cell of a column of deadlines. `line` counts from 1.
    """

    position: int
    number: Span | None
    action: Span | None
    task: Span
    goal: Span | None
    leads: tuple[Span, ...]
    responsibles: tuple[Span, ...]
    due: Span | None
    line: int
    needs_judgement: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class DraftTaskList:
    """A list of another place. `text` is the text that was read: spans hold in it, not in the original bytes."""

    title: str
    text: str
    rows: tuple[DraftRow, ...]
    needs_judgement: tuple[Text, ...]

    @property
    def actions(self) -> tuple[Span, ...]:
        """The actions in order of appearance, each once."""
        return tuple(dict.fromkeys(row.action for row in self.rows if row.action is not None))

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling of a unit, once, in order of first appearance."""
        names = [name.text for row in self.rows for name in (*row.leads, *row.responsibles)]
        return tuple(dict.fromkeys(names))


def propose_row_targets(row: DraftRow) -> list[ProposedTarget]:
    """Return the proposals of a row's task and goal, in order, with spans into the list's text.

    Where the sentence states no due date, the one of the row's column of deadlines is taken and noted.
    """
    cells: Sequence[Span] = [cell for cell in (row.task, row.goal) if cell is not None]
    proposals = [proposal for cell in cells for proposal in propose_targets(cell.text, cell.start)]
    if row.due is None:
        return proposals
    days = {found.day for found in find_due_dates(row.due.text)}
    single = len(days) == 1 and not any(mark in row.due.text for mark in "、，,；;\n")
    return [
        proposal
        if proposal.due is not None
        else replace(
            proposal,
            due=min(days) if single else None,
            needs_judgement=(
                *(note for note in proposal.needs_judgement if note != NO_DUE or not single),
                DUE_FROM_COLUMN if single else DUE_COLUMN_UNCLEAR,
            ),
        )
        for proposal in proposals
    ]
