"""The official wording of each row is in the text exactly at the stated position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows

# Which column of a table is quoted from the official text, between source_start and source_end.
QUOTED: Mapping[str, str] = {
    "actions": "name_zh",
    "tasks": "text_zh",
    "responsibilities": "wording_zh",
    "clusters": "name_zh",
    "targets": "wording_zh",
}


def check_spans(tables: Mapping[str, Columns], text: str | None) -> Iterator[Finding]:
    """Yield every row whose words are not in `text` at its span, and targets that are outside their task."""
    for name, quoted in QUOTED.items():
        if name in tables and len(tables[name]):
            yield from _misquoted(tables[name], quoted, text)
    if "targets" in tables and "tasks" in tables:
        yield from _outside_tasks(tables["targets"], tables["tasks"])


def _misquoted(columns: Columns, quoted: str, text: str | None) -> Iterator[Finding]:
    if text is None:
        no_text = Fault("span.no-text", {"found": len(columns), "wanted": OFFICIAL_TEXT_PATH})
        yield from in_rows(columns, quoted, np.array([0]), no_text, CHECK_PROBLEMS)
        return
    starts, ends, cells = (
        columns.integers("source_start"),
        columns.integers("source_end"),
        columns.cells(quoted),
    )
    complete = ~np.isnan(starts) & ~np.isnan(ends) & (cells != "")
    misquoted = {
        position: fault
        for position in np.flatnonzero(complete).tolist()
        if (fault := _span_fault(text, int(starts[position]), int(ends[position]), cells[position]))
    }
    yield from in_rows(
        columns, quoted, np.array(list(misquoted), dtype=np.intp), misquoted.__getitem__, CHECK_PROBLEMS
    )


def _span_fault(text: str, start: int, end: int, words: str) -> Fault | None:
    if not 0 <= start < end <= len(text):
        return Fault("span.outside-text", {"start": start, "end": end, "found": len(text)})
    # A row of a table may be quoted whole; a cell of ours holds a space for the tab that divides its cells.
    found = text[start:end].replace("\t", " ")
    if found == words:
        return None
    elsewhere = text.find(words)
    if elsewhere >= 0:
        return Fault("span.words-moved", {"found": found, "start": elsewhere, "end": elsewhere + len(words)})
    return Fault("span.words-differ", {"found": found, "wanted": words})


def _outside_tasks(targets: Columns, tasks: Columns) -> Iterator[Finding]:
    starts, ends = tasks.integers("source_start"), tasks.integers("source_end")
    spans = {task: (starts[row], ends[row]) for row, task in enumerate(tasks.cells("task_id"))}
    starts, ends = targets.integers("source_start"), targets.integers("source_end")
    names = targets.cells("task_id")
    bounds = np.array([spans.get(task, (np.nan, np.nan)) for task in names], dtype=np.float64).reshape(-1, 2)
    # Comparing with NaN is false: what is missing or misspelt is reported elsewhere.
    outside = np.flatnonzero((starts < bounds[:, 0]) | (ends > bounds[:, 1]))
    yield from in_rows(
        targets,
        "task_id",
        outside,
        lambda row: Fault("span.outside-task", {"found": names[row]}),
        CHECK_PROBLEMS,
    )
