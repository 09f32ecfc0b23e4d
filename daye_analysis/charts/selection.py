"""A choice of targets in words: what is asked, known and found."""

from __future__ import annotations

from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.brief.findings import verdict_cell
from daye_analysis.charts.display import PrintTable
from daye_analysis.charts.labels import asked_words, label
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.records import records
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.verdict_words import known
from daye_analysis.views.view import View

_ID: Final = Text("标识", "Identifier")
_TASK: Final = Text("任务", "Task")


def selection_table(view: View, language: Language, chosen: pd.DataFrame | None = None) -> PrintTable:
    """Return the targets of a table such as `View.targets` gives, all where none is given, in the list's order."""
    rows = in_list_order(view.package, view.assess())
    if chosen is not None:
        rows = rows[rows["target_id"].isin(chosen["target_id"])]
    zh = language == "zh"
    columns = [_ID.say(language), _TASK.say(language), *(label(name, language) for name in ("target", "asked", "evidence", "latest", "finding"))]
    listed = [
        (
            str(row["target_id"]),
            str(view.package.record("targets", row["target_id"])["task_id"]),
            str(view.package.target_row(str(row["target_id"]))[f"name_{language}"]),
            asked_words(view.package, row, language),
            EVIDENCE_TEXT[str(row["evidence_class"])].say(language),
            "\n".join(each.dated(language) for each in known(view.package, row, language)),
            verdict_cell(view, row, language),
        )
        for row in records(rows)
    ]
    caption = f"选出 {len(rows)} 个目标" if zh else f"{len(rows)} target{'' if len(rows) == 1 else 's'} chosen"
    return PrintTable(pd.DataFrame(listed, columns=columns), caption)
