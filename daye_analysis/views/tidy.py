"""Tidy tables of a view: one row for each observation or target, in words and codes, with role, reason and source."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.bilingual import Language
from daye_analysis.package.definition import Table
from daye_analysis.package.definition.judged import EVIDENCE_REASON, EVIDENCE_ROLE
from daye_analysis.package.definition.tidy_tables import FIGURES_VIEW, TARGETS_VIEW
from daye_analysis.package.formatting import period_words, target_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.permalinks import observation_link, target_link
from daye_analysis.package.records import records
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.selection import cluster_of
from daye_analysis.views.verdict_words import known, stated_words, unit_label, whole_verdict

if TYPE_CHECKING:
    from daye_analysis.views.view import View

_TYPES: Final = {"string": "string", "number": "float64", "integer": "Int64", "boolean": "boolean", "date": "datetime64[us]"}


def typed_rows(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as a table with the definition's columns, in their order and types."""
    frame = pd.DataFrame(rows, columns=list(table.field_names))
    return frame.astype({field.name: _TYPES[field.type] for field in table.fields})


def figures_table(
    view: View, language: Language, *, targets: Collection[str] | None, indicator: str, area: str, roles: Collection[str]
) -> pd.DataFrame:
    """Return the known observations as `FIGURES_VIEW`; `targets` None: also those relevant to no target."""
    package = view.package
    uses = view.evidence()[["observation_id", "target_id", "role", "reason", "figure"]]
    rows = view.observations.merge(uses, on="observation_id", how="left" if targets is None else "inner")
    if targets is not None:
        place = {each: at for at, each in enumerate(targets)}
        rows = rows[rows["target_id"].isin(list(place))]
        rows = rows.assign(place=rows["target_id"].map(place)).sort_values(["place", "period_end", "observation_id"])
    if indicator:
        rows = rows[rows["indicator_id"] == indicator]
    if area:
        rows = rows[rows["area_id"] == area]
    if roles:
        rows = rows[rows["role"].isin(list(roles))]
    return typed_rows(FIGURES_VIEW, [_figure(package, row, language) for row in records(rows)])


def targets_table(view: View, language: Language, chosen: Collection[str]) -> pd.DataFrame:
    """Return the chosen targets as `TARGETS_VIEW`, in the order in which they are given."""
    assessed = {str(row["target_id"]): row for row in records(view.assess())}
    clusters = cluster_of(view.package)
    rows = [_target(view, assessed[each], clusters, language) for each in chosen if each in assessed]
    return typed_rows(TARGETS_VIEW, rows)


def about_figure(package: PackageTables, row: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return what every tidy table says of an observation beside its value: indicator, place, period, unit, source, address."""
    indicator = package.record("indicators", row["indicator_id"])
    place = package.record("areas", row["area_id"])
    notes = [row[f"scope_note_{language}"], row[f"doubt_{language}"]]
    return {
        **row,
        "indicator": indicator[f"name_{language}"],
        "area": place[f"name_{language}"],
        "gbt2260_code": place["gbt2260_code"],
        "period": period_words(row["period_start"], row["period_end"], language),
        "unit": unit_label(package, row["unit_code"], language),
        "note": ("；" if language == "zh" else "; ").join(str(each) for each in notes if pd.notna(each)) or pd.NA,
        "source": row["title"],
        "permalink": observation_link(package, row, language),
    }


def _figure(package: PackageTables, row: Mapping[str, Any], language: Language) -> dict[str, Any]:
    about = about_figure(package, row, language)
    judged = pd.notna(row["target_id"])
    return about | {
        "target": package.target_row(str(row["target_id"]))[f"name_{language}"] if judged else pd.NA,
        "figure": stated_words(package, row, language),
        "role_label": EVIDENCE_ROLE.label(row["role"]).say(language) if judged else pd.NA,
        "reason_label": EVIDENCE_REASON.label(row["reason"]).say(language) if judged else pd.NA,
        "value_in_target_unit": row["figure"],
        "assumed": row["observation_id"] in package.assumed,
    }


def _target(view: View, row: Mapping[str, Any], clusters: pd.Series, language: Language) -> dict[str, Any]:
    package = view.package
    target = view.target(str(row["target_id"]))
    listed = "、" if language == "zh" else "; "
    task = package.record("tasks", target.row["task_id"])
    unit = unit_label(package, row["unit_code"], language)
    return {
        **row,
        "target": target.row[f"name_{language}"],
        "lead": listed.join(target.lead_names(language)) or pd.NA,
        "asked": target_words(str(row["comparator"]), float(row["target"]), unit, language),
        "known": listed.join(each.dated(language) for each in known(package, row, language)) or pd.NA,
        "verdict": whole_verdict(view, row, language),
        "evidence": EVIDENCE_TEXT[str(row["evidence_class"])].say(language),
        "target_value": row["target"],
        "unit": unit,
        "schedule_lead": row["lead"],
        "task_id": target.row["task_id"],
        "action_id": task["action_id"],
        "cluster_id": clusters.get(row["indicator_id"], pd.NA),
        "permalink": target_link(package, str(row["target_id"])),
    }
