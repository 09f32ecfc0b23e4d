"""Read official task lists: rows, bodies, and the quantities in a sentence."""

from daye_analysis.source.documents.any_task_list import (
    AS_FOUND,
    Reading,
    decode,
    normalised,
    read_any_task_list,
)
from daye_analysis.source.documents.docx import read_docx_task_list
from daye_analysis.source.draft import DraftRow, DraftTaskList, propose_row_targets, row_baselines
from daye_analysis.source.targets.numbers import NumberInText, find_numbers
from daye_analysis.source.targets.proposed_target import ProposedTarget
from daye_analysis.source.targets.targets import propose_targets
from daye_analysis.source.task_list import Action, Responsibility, Task, TaskList, read_task_list

__all__ = [
    "AS_FOUND",
    "Action",
    "DraftRow",
    "DraftTaskList",
    "NumberInText",
    "ProposedTarget",
    "Reading",
    "Responsibility",
    "Task",
    "TaskList",
    "decode",
    "find_numbers",
    "normalised",
    "propose_row_targets",
    "propose_targets",
    "read_any_task_list",
    "read_docx_task_list",
    "read_task_list",
    "row_baselines",
]
