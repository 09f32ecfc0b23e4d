"""Choosing targets by action, unit, cluster and evidence, and showing the choice in words."""

from __future__ import annotations

import difflib
from typing import Final, Literal

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.figures.brief_findings import asked_words, at_least_words, unit_label
from daye_analysis.figures.display import PrintTable
from daye_analysis.figures.labels import label
from daye_analysis.figures.verdicts import status_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.views.package import Package
from daye_analysis.package.published import YEARLY
from daye_analysis.package.records import Record, records
from daye_analysis.package.words import figure_day_words, value_words
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT

_TASK: Final = Text("任务", "Task")
_KINDS: Final = {
    "action": Text("行动", "action"),
    "unit": Text("单位", "unit"),
    "cluster": Text("产业集群", "cluster"),
    "evidence": Text("数据状况", "evidence class"),
    "role": Text("责任角色", "role"),
}


def select_targets(
    package: Package,
    assessments: pd.DataFrame,
    *,
    action: str = "",
    unit: str = "",
    cluster: str = "",
    evidence: str = "",
    role: Literal["", "lead", "responsible"] = "",
) -> pd.DataFrame:
    """Return the assessments of the targets that fit every filter given, in the list's order.

    A filter is an identifier or the whole name in either language: A3, sti_bureau, 科技局, nev_icv; `evidence` is
    like, bounds_only, related_only or nothing. With `role`, only targets for whose task `unit` has it; a role needs a unit. Beside the
    columns of `assessments`: task_id, action_id, cluster_id (NA where it is no cluster's), name_zh, name_en.
    Raises WrongUsage (selection.unknown) with the nearest names.
    """
    tasks = package.tasks[["task_id", "action_id"]]
    rows = (
        in_list_order(package, assessments)
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


def selection_table(package: Package, selection: pd.DataFrame, language: Language) -> PrintTable:
    """Return what `select_targets` chose in words: what is asked, what is known of it, and what can be said."""
    zh = language == "zh"
    columns = [_TASK.say(language), *(label(name, language) for name in ("target", "asked", "evidence", "latest", "finding"))]
    told = [
        (
            str(row["task_id"]),
            str(row[f"name_{language}"]),
            asked_words(package, row, language),
            EVIDENCE_TEXT[str(row["evidence_class"])].say(language),
            _known_figure(package, row, language),
            status_words(row, language),
        )
        for row in records(selection)
    ]
    caption = f"选出 {len(selection)} 个目标" if zh else f"{len(selection)} target{'' if len(selection) == 1 else 's'} chosen"
    return PrintTable(pd.DataFrame(told, columns=columns), caption)


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
    remedy = Text(f"最接近的是：{'、'.join(near)}。", f"The nearest are: {', '.join(near)}.")
    if not known:
        remedy = Text(f"数据包里没有{_KINDS[kind].zh}；去掉这个条件。", f"The package has no {_KINDS[kind].en}s; leave this filter out.")
    return Problem(
        "selection.unknown",
        Text(f"没有名为“{wanted}”的{_KINDS[kind].zh}。", f"There is no {_KINDS[kind].en} called '{wanted}'."),
        kind,
        remedy,
    )


def _known_figure(package: Package, row: Record, language: Language) -> str:
    """Return the like figure, else the bounds, with their dates; empty where there is neither."""
    unit = unit_label(package, row["unit_code"], language)
    told: list[str] = []
    for column, day, words in (
        ("value", "value_date", Text("", "")),
        ("lower_bound", "bound_date", at_least_words(row)),
        ("upper_bound", "bound_date", Text("至多 ", "at most ")),
    ):
        if pd.notna(row[column]):
            value = words.say(language) + value_words(float(row[column]), unit, language)
            when = figure_day_words(row[day], row["quantity"] in YEARLY, language)
            told.append(f"{value}（{when}）" if language == "zh" else f"{value} ({when})")
    return "\n".join(told)
