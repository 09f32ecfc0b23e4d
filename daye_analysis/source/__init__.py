"""Reading official task lists: rows, units, and the quantities in a sentence."""

from daye_analysis.source.task_list import Action, Responsibility, Task, TaskList, read_task_list

__all__ = ["Action", "Responsibility", "Task", "TaskList", "read_task_list"]
