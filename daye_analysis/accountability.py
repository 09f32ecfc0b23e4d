"""Lead and responsible bodies of tasks, what is known by lead body, and which figures are wanted from whom.

Everything is in the list's own order. Nothing here is a grade: it counts what has been published, not what was done.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

import pandas as pd

from daye_analysis.package.definition import codes
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.request.wanted import wanted
from daye_analysis.package.view import PackageView

EVIDENCE_CLASSES: Final = ("comparable", "bounds_only", "related_only", "nothing")


def duties(package: PackageTables) -> pd.DataFrame:
    """Return the matrix of tasks and units: a row a task, a column a unit, cells lead, responsible or empty.

    Tasks in the list's order. Units by kind, in the order of the code list, and within a kind as the list first names
    them; units that no task names are left out.
    """
    named = _named_in_order(package)
    tasks = package.tasks.sort_values("position")["task_id"]
    units = _unit_order(package, named)
    roles: dict[tuple[str, str], str] = {}
    for task, unit, role in zip(named["task_id"], named["unit_id"], named["role"], strict=True):
        # A body that leads a task and is named again beside it leads it.
        if roles.get((task, unit)) != "lead":
            roles[task, unit] = str(role)
    cells = [[roles.get((task, unit), "") for unit in units] for task in tasks]
    return pd.DataFrame(cells, index=pd.Index(tasks, name="task_id"), columns=units)


def lead_status(package: PackageTables, assessments: pd.DataFrame) -> pd.DataFrame:
    """Return what is known of the targets that each body leads on: a row a lead body, as the list first names it.

    Columns: unit_id, tasks, targets, then the number of targets in each of EVIDENCE_CLASSES. A target whose task two
    units lead counts with both, so that columns may add up to more than the targets. Targets whose tasks name no lead body
    are the last row, with an empty unit_id.
    """
    named = _named_in_order(package)
    leads = named[named["role"] == "lead"][["task_id", "unit_id"]].drop_duplicates()
    of_nobody = package.targets[["task_id"]].drop_duplicates().loc[lambda rows: ~rows["task_id"].isin(leads["task_id"])]
    leads = pd.concat([leads, of_nobody.assign(unit_id="")])
    order = list(dict.fromkeys(leads["unit_id"]))
    of_target = package.targets[["target_id", "task_id"]].merge(assessments[["target_id", "evidence_class"]], on="target_id")
    rows = leads.merge(of_target, on="task_id", how="left")
    counts = pd.crosstab(rows["unit_id"], rows["evidence_class"]).reindex(
        index=order, columns=list(EVIDENCE_CLASSES), fill_value=0
    )
    tasks = leads.groupby("unit_id")["task_id"].nunique().reindex(order)
    status = counts.assign(tasks=tasks, targets=counts.sum(axis=1)).rename_axis("unit_id").reset_index()
    return status[["unit_id", "tasks", "targets", *EVIDENCE_CLASSES]]


def figures_wanted(view: PackageView) -> pd.DataFrame:
    """Return the figures that the targets need and that were not found by the view's day, in the list's order.

    One row a target, period and lead body, who is likely to hold it. Columns: unit_id (empty where the list names no lead
    body), target_id, indicator_id, area_id, period_start (empty for a day), period_end, over (day, year, since_start), measure, unit_code.
    """
    rows = pd.DataFrame([asdict(each) for each in wanted(view)], columns=_WANTED_COLUMNS)
    return in_list_order(view.package, rows).reset_index(drop=True)


_WANTED_COLUMNS: Final = [
    "unit_id", "target_id", "indicator_id", "area_id", "period_start", "period_end", "over", "measure", "unit_code",
]  # fmt: skip


def _named_in_order(package: PackageTables) -> pd.DataFrame:
    """Return who answers for what in the order of the text: tasks in turn, leads first."""
    rows = package.responsibilities.merge(package.tasks[["task_id", "position"]], on="task_id", suffixes=("", "_task"))
    return rows.sort_values(["position_task", "role", "position"], kind="stable")


def _unit_order(package: PackageTables, named: pd.DataFrame) -> list[str]:
    kinds = [code.value for code in codes.UNIT_KIND.codes]
    kind = package.units.set_index("unit_id")["kind"]
    first = list(dict.fromkeys(named["unit_id"]))
    return sorted(first, key=lambda unit: kinds.index(str(kind[unit])))
