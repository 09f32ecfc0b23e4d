"""Choosing targets by action, unit, cluster and evidence, and showing the choice in words."""

from __future__ import annotations

import difflib
from typing import Final, Literal

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.brief.findings import verdict_cell
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.charts.labels import asked_words, label
from daye_analysis.charts.problems import CHART_PROBLEMS
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.records import records
from daye_analysis.problem_messages import worded
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.package import Package
from daye_analysis.views.verdict_words import known
from daye_analysis.views.view import View

_TASK: Final = Text("任务", "Task")
_NO_CLUSTERS: Final = Text("本数据包没有产业集群，不能按集群筛选。", "The package has no clusters, so that none can be chosen by.")
_KINDS: Final = {
    "action": Text("行动", "action"),
    "unit": Text("单位", "unit"),
    "cluster": Text("产业集群", "cluster"),
    "evidence": Text("数据状况", "evidence class"),
    "role": Text("责任角色", "role"),
}


def select_targets(
    view: View,
    *,
    action: str = "",
    unit: str = "",
    cluster: str = "",
    evidence: str = "",
    role: Literal["", "lead", "responsible"] = "",
) -> pd.DataFrame:
    """Return the assessments of the targets that fit every filter given, in the list's order.

    A filter is an identifier or the whole name in either language: A3, sti_bureau, 科技局, nev_icv; `evidence` is
    comparable, bounds_only, related_only or nothing. With `role`, only targets for whose task `unit` has it; a role needs a unit. Beside the
    columns of `assessments`: task_id, action_id, cluster_id (NA where it is no cluster's), name_zh, name_en.
    Raises WrongUsage (selection.unknown) with the nearest names.
    """
    package = view.package
    tasks = package.tasks[["task_id", "action_id"]]
    rows = (
        in_list_order(package, view.assess())
        .merge(package.targets[["target_id", "task_id"]], on="target_id")
        .merge(tasks, on="task_id")
        .merge(package.indicators[["indicator_id", "name_zh", "name_en"]], on="indicator_id")
        .merge(package.clusters[["indicator_id", "cluster_id"]], on="indicator_id", how="left")
    )
    if action:
        rows = rows[rows["action_id"] == _known("action", action, package.actions)]
    if cluster:
        rows = rows[rows["cluster_id"] == _known("cluster", cluster, package.clusters)]
    if evidence:
        known = pd.DataFrame(
            [{"evidence_id": name, "name_zh": text.zh, "name_en": text.en} for name, text in EVIDENCE_TEXT.items()]
        )
        rows = rows[rows["evidence_class"] == _known("evidence", evidence, known)]
    if unit or role:
        rows = rows[rows["task_id"].isin(_tasks_of(package, unit, role))]
    return rows.reset_index(drop=True)


def selection_table(view: View, language: Language, selection: pd.DataFrame | None = None) -> PrintTable:
    """Return what `select_targets` chose, all targets where nothing is given, in words: what is asked, known and found."""
    selection = select_targets(view) if selection is None else selection
    zh = language == "zh"
    columns = [_TASK.say(language), *(label(name, language) for name in ("target", "asked", "evidence", "latest", "finding"))]
    told = [
        (
            str(row["task_id"]),
            str(row[f"name_{language}"]),
            asked_words(view.package, row, language),
            EVIDENCE_TEXT[str(row["evidence_class"])].say(language),
            "\n".join(each.dated(language) for each in known(view.package, row, language)),
            verdict_cell(view, row, language),
        )
        for row in records(selection)
    ]
    caption = f"选出 {len(selection)} 个目标" if zh else f"{len(selection)} target{'' if len(selection) == 1 else 's'} chosen"
    return PrintTable(pd.DataFrame(told, columns=columns), caption)


def cluster_table(view: View, language: Language, selection: pd.DataFrame | None) -> PrintTable | Prose:
    """Return what was chosen of a cluster in words; where the package has no cluster and nothing is given, that says so."""
    return Prose(_NO_CLUSTERS.say(language)) if selection is None else selection_table(view, language, selection)


def _tasks_of(package: Package, unit: str, role: str) -> pd.Series:
    """Return the tasks for which a unit answers, in `role` if that is given."""
    aliases = package.unit_aliases.set_index("alias_zh")["unit_id"]
    unit_id = str(aliases[unit]) if unit in aliases.index else _known("unit", unit, package.units)
    duties = package.responsibilities[package.responsibilities["unit_id"] == unit_id]
    if role not in ("", "lead", "responsible"):
        raise WrongUsage(_unknown("role", role, ["lead", "responsible"]))
    return duties["task_id"] if not role else duties.loc[duties["role"] == role, "task_id"]


def _known(kind: str, wanted: str, table: pd.DataFrame) -> str:
    """Return the identifier of the row that `wanted` identifies or names."""
    ids = table[f"{kind}_id"]
    found = table[(ids == wanted) | (table["name_zh"] == wanted) | (table["name_en"] == wanted)]
    if found.empty:
        raise WrongUsage(_unknown(kind, wanted, [*ids, *table["name_zh"], *table["name_en"]]))
    return str(found[f"{kind}_id"].iloc[0])


def _unknown(kind: str, wanted: object, known: list[str]) -> Problem:
    near = difflib.get_close_matches(str(wanted), known, n=3, cutoff=0.4) or known[:7]
    values = {"kind": _KINDS[kind], "found": wanted, "nearest": tuple(near)}
    return worded(CHART_PROBLEMS, f"selection.unknown/{'near' if known else 'none'}", kind, **values)
