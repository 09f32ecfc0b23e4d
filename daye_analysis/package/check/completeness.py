"""What must be there beyond single cells: at least one target, and reasons in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from daye_analysis.errors import Problem
from daye_analysis.package.check.words import CHECK_WORDS
from daye_analysis.package.definition import table
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows
from daye_analysis.package.wording import worded

# Texts that decide how a figure or target is used; a reader of either language must meet them. The scope of a
# figure is told in the language of its source where nobody has translated it.
_IN_BOTH_LANGUAGES = (
    ("targets", "note_zh", "note_en"),
    ("observations", "doubt_zh", "doubt_en"),
)


def check_both_languages(tables: Mapping[str, Columns]) -> Iterator[Finding]:
    """Yield every empty cell whose other language is filled in."""
    for name, zh, en in _IN_BOTH_LANGUAGES:
        if name in tables:
            columns = tables[name]
            without_zh, without_en = columns.has(zh, ""), columns.has(en, "")
            for empty, filled, fails in (
                (zh, en, without_zh & ~without_en),
                (en, zh, without_en & ~without_zh),
            ):
                fault = Fault("text.one-language", {"other": filled})
                yield from in_rows(columns, empty, np.flatnonzero(fails), fault, CHECK_WORDS)


def check_not_empty(tables: Mapping[str, Columns]) -> list[Problem]:
    """Return a problem where there is no target; references then ask for plan, task, indicator, area and source."""
    if "targets" in tables and not len(tables["targets"]):
        return [worded(CHECK_WORDS, "table.empty", table("targets").path)]
    return []
