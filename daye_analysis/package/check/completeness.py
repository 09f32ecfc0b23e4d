"""Required content beyond single cells: at least one target, and explanations in Chinese wherever they are in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from daye_analysis.errors import Problem
from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.definition import table
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows
from daye_analysis.problem_messages import worded

# Texts that decide how a figure or target is used. Chinese alone is enough: an English reader meets it with a mark.
_IN_BOTH_LANGUAGES = (
    ("targets", "note_zh", "note_en"),
    ("observations", "doubt_zh", "doubt_en"),
)


def check_both_languages(tables: Mapping[str, Columns]) -> Iterator[Finding]:
    """Yield every empty Chinese cell whose English is filled in."""
    for name, zh, en in _IN_BOTH_LANGUAGES:
        if name in tables:
            columns = tables[name]
            fails = columns.has(zh, "") & ~columns.has(en, "")
            fault = Fault("text.one-language", {"other": en})
            yield from in_rows(columns, zh, np.flatnonzero(fails), fault, CHECK_PROBLEMS)


def untranslated(tables: Mapping[str, Columns]) -> int:
    """Return how many cells have a Chinese text and no English one."""
    return sum(
        int(np.count_nonzero(columns.has(field.name, "") & ~columns.has(f"{field.name[:-3]}_zh", "")))
        for columns in tables.values()
        for field in columns.table.fields
        if field.name.endswith("_en") and f"{field.name[:-3]}_zh" in columns.table.field_names
    )


def check_not_empty(tables: Mapping[str, Columns]) -> list[Problem]:
    """Return a problem where there is no target; references then ask for plan, task, indicator, area and source."""
    if "targets" in tables and not len(tables["targets"]):
        return [worded(CHECK_PROBLEMS, "table.empty", table("targets").path)]
    return []
