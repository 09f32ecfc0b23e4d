"""The state of the data for a reader with a minute: one bar, and the actions without any evidence."""

from __future__ import annotations

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Picture, Prose, picture
from daye_analysis.charts.drawing.style import new_figure, style
from daye_analysis.charts.evidence_chart import counts_phrase, draw_bar, evidence_counts, legend
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.view import View


def evidence_bar(view: View, language: Language) -> Picture | None:
    """Return one bar of all targets by what is known of them; None where there are no targets."""
    assessments = view.assess()
    counts = _counts(assessments)
    total = sum(counts.values())
    if not total:
        return None
    with style():
        figure = new_figure(0.75)
        axes = figure.add_axes((0, 0, 1, 0.6))
        draw_bar(axes, 0, counts)
        axes.set_xlim(-0.003 * total, total * 1.003)
        axes.axis("off")
        legend(figure, language)
        return picture(
            figure, view, language,
            caption=Text(f"{total} 个目标的数据状况", f"What is known of the {total} targets"),
            kind=Text(f"一条堆积条。全部 {total} 个目标：", f"One stacked bar. Of all {total} targets: "),
            phrases=[counts_phrase(counts, language)],
        )  # fmt: skip


def _counts(assessments: pd.DataFrame) -> dict[str, int]:
    counts = assessments["evidence_class"].value_counts()
    return {kind: int(counts[kind]) for kind in EVIDENCE_TEXT if counts.get(kind, 0)}


def silent_actions(view: View, language: Language) -> Prose:
    """Return the actions none of whose targets has a comparable figure or a bound; empty where there are none."""
    counts = evidence_counts(view)
    silent = counts.index[(counts[["comparable", "bounds_only"]].sum(axis=1) == 0) & (counts.sum(axis=1) > 0)]
    if silent.empty:
        return Prose("")
    names = view.package.actions.set_index("action_id")[f"name_{language}"]
    if language == "zh":
        listed = "、".join(f"“{str(names[each]).split('，')[0]}”" for each in silent)
        return Prose(f"{len(counts)} 项行动中，有 {len(silent)} 项的目标既无同口径实绩，也推不出上下限：{listed}。")
    listed = "; ".join(str(names[each]).split(" and ")[0] for each in silent)
    return Prose(f"In {len(silent)} of the {len(counts)} actions no target has a comparable figure or a bound: {listed}.")
