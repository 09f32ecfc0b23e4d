"""Read a task list leniently: the same rows whatever the layout, with what a person must still decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from daye_analysis.bilingual import Text
from daye_analysis.source.review_markers import DUE_CARRIED, NO_DUE
from daye_analysis.source.spans import Span
from daye_analysis.source.targets.due_dates import find_due_dates
from daye_analysis.source.targets.proposed_target import ProposedTarget
from daye_analysis.source.targets.targets import propose_targets
from daye_analysis.source.targets.value_cells import Baseline, ValueCell, baseline, is_change, value_target

NO_LEAD = Text("没有牵头单位。", "There is no lead body.")
NO_BODY = Text("原文未点名任何单位。", "The text names no body for it.")
DUE_FROM_COLUMN = Text("到期日取自“完成时限”一栏。", "The due date comes from the column of deadlines.")
DUE_COLUMN_UNCLEAR = Text("“完成时限”一栏未给出唯一日期。", "The column of deadlines gives no single date.")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One task, goal or indicator. Every span refers to the text of the list it belongs to.

    `number` and `action` are None where the list has none; `further` are cells beside the task whose words set
    targets or goals of their own; `due` is the cell of a column of deadlines. `values` are cells that hold a bare
    number, the first years' among them as baselines; `extent` is the row from its task to the last of them, with a
    space for each tab, where nothing else is between. `carried` is the date that governs the row from above.
    `obligation` is what the row says of itself (约束性), else empty. What was due before `since` is no target of this
    list but a fact; `year` is the one that the list is for, if it is for one. `line` counts from 1.
    """

    position: int
    number: Span | None
    action: Span | None
    task: Span
    leads: tuple[Span, ...]
    responsibles: tuple[Span, ...]
    line: int
    needs_judgement: tuple[Text, ...] = ()
    due: Span | None = None
    further: tuple[Span, ...] = ()
    values: tuple[ValueCell, ...] = ()
    extent: Span | None = None
    carried: date | None = None
    obligation: str = ""
    since: date | None = None
    year: int | None = None

    @property
    def words(self) -> Span:
        """Return the words of the row's task as the table of tasks holds them."""
        return self.extent or self.task


@dataclass(frozen=True, slots=True)
class DraftTaskList:
    """A list of another place. `text` is the text that was read: spans hold in it, not in the original bytes.

    `title` is empty where no line reads like one, and `heading` then is the name of the
    first column of tasks, under which the rows can be put. `past` are the places of lines about the past.
    """

    title: str
    text: str
    rows: tuple[DraftRow, ...]
    needs_judgement: tuple[Text, ...]
    heading: Span
    past: tuple[tuple[int, int], ...] = ()

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
    """Return the proposals of a row, in order, with spans into the list's text.

    Where the sentence states no due date, that of the row's column of deadlines or of the words that govern the row
    is taken, and noted.
    """
    task = [] if row.values else propose_targets(row.task.text, row.task.start, row.year)
    further = [each for cell in row.further for each in propose_targets(cell.text, cell.start, row.year)]
    aims = [each for each in row.values if not each.is_base]
    values = [value_target(row.task, each, of_several=len(aims) > 1) for each in aims]
    proposals = [*task, *further]
    if row.due is not None:
        proposals = _due_from_column(row.due, proposals)
    elif row.carried is not None:
        proposals = [_due_carried(each, row.carried) for each in proposals]
    found = [*proposals, *(each for each in values if each is not None)]
    return [each for each in found if row.since is None or each.due is None or each.due >= row.since]


def row_baselines(row: DraftRow) -> list[Baseline]:
    """Return the values of earlier years that the row gives; none where it asks for a change of them (新增10家), which is another
    indicator.
    """
    if any(is_change(each) for each in row.values if not each.is_base):
        return []
    found = [baseline(row.task, each) for each in row.values if each.is_base]
    return [each for each in found if each is not None]


def _due_from_column(due: Span, proposals: list[ProposedTarget]) -> list[ProposedTarget]:
    days = {found.day for found in find_due_dates(due.text)}
    single = len(days) == 1 and not any(mark in due.text for mark in "、，,；;\n")
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


def _due_carried(proposal: ProposedTarget, day: date) -> ProposedTarget:
    if proposal.due is not None or NO_DUE not in proposal.needs_judgement:
        return proposal
    notes = (*(note for note in proposal.needs_judgement if note != NO_DUE), DUE_CARRIED)
    return replace(proposal, due=day, needs_judgement=notes)
