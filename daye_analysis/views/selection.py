"""Select targets by name, lead or participating body, cluster, action and state of the data."""

from __future__ import annotations

from typing import Final

import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import WrongUsage
from daye_analysis.package.definition.judged import EVIDENCE_ROLE
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.problem_messages import worded
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.lookup import find, find_all
from daye_analysis.views.problems import VIEW_PROBLEMS

_EVIDENCE, _ROLE = Text("数据状况", "evidence class"), Text("作用", "role")
# What may be asked for in `role`: of the roles of the table evidence, the two bounds together.
ROLES: Final = {"decides": ("decides",), "bounds": ("lower_bound", "upper_bound"), "context": ("context",)}


def choose_targets(
    package: PackageTables, *, target: str = "", lead: str = "", body: str = "", cluster: str = "", action: str = ""
) -> list[str]:
    """Return the targets that fit every condition given, in the list's order.

    Each is an identifier or a name, `target` also a task; `lead` is a body that leads the target's task, `body` one that leads it or takes
    part. Raises WrongUsage for a name that the package has not, with the nearest.
    """
    rows = package.targets.merge(package.tasks[["task_id", "action_id"]], on="task_id")
    if target:
        rows = rows[rows["target_id"].isin(find_all(package, "target", target))]
    if action:
        rows = rows[rows["action_id"] == find(package, "action", action)]
    if cluster:
        clusters = package.clusters.set_index("cluster_id")["indicator_id"]
        rows = rows[rows["indicator_id"] == clusters[find(package, "cluster", cluster)]]
    duties = package.responsibilities
    if lead:
        leads = duties[duties["role"] == "lead"]
        rows = rows[rows["task_id"].isin(leads.loc[leads["unit_id"] == find(package, "body", lead), "task_id"])]
    if body:
        rows = rows[rows["task_id"].isin(duties.loc[duties["unit_id"] == find(package, "body", body), "task_id"])]
    return [str(each) for each in in_list_order(package, rows)["target_id"]]


def evidence_class(wanted: str) -> str:
    """Return the class of evidence that is called `wanted`, by its code or its words; empty for an empty text."""
    for code, words in EVIDENCE_TEXT.items():
        if wanted in ("", code, *words):
            return code if wanted else ""
    raise WrongUsage(worded(VIEW_PROBLEMS, "selection.unknown", "evidence", wanted=wanted, kind=_EVIDENCE, names=tuple(EVIDENCE_TEXT)))


def roles_called(wanted: str) -> tuple[str, ...]:
    """Return the roles of the table evidence that `wanted` means: decides, bounds or context, or one role by its code or label."""
    for code in EVIDENCE_ROLE.codes:
        if wanted in (code.value, *code.label):
            return (code.value,)
    if wanted not in ROLES:
        raise WrongUsage(worded(VIEW_PROBLEMS, "selection.unknown", "role", wanted=wanted, kind=_ROLE, names=tuple(ROLES)))
    return ROLES[wanted]


def cluster_of(package: PackageTables) -> pd.Series:
    """Return the cluster of each indicator that has one."""
    return package.clusters.set_index("indicator_id")["cluster_id"]
