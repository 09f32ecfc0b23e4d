"""The state of the data for a reader with a minute: the time left, one bar, and the actions without any evidence."""

from __future__ import annotations

from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.display import Picture, Prose, picture
from daye_analysis.charts.drawing.style import new_figure, style
from daye_analysis.charts.evidence_chart import counts_told, draw_bar, evidence_counts, legend
from daye_analysis.views.view import View

_SAID: Final[dict[str, Text]] = {
    "comparable": Text("有本地区同口径实绩", "have a comparable figure"),
    "bounds_only": Text("只能推出上限或下限", "have only bounds"),
    "related_only": Text("只有口径不可比的相关数据", "have only figures that do not compare"),
    "nothing": Text("在可查阅范围内未见公开数据", "have no figure in the sources that could be read"),
}


def state_of_data(view: View, language: Language) -> Prose:
    """Return how much time is left, when final figures come out, and how many targets have what."""
    assessments = view.assess()
    counts = _counts(assessments)
    told = [Text(f"**{number}** 个{_SAID[kind].zh}", f"**{number}** {_SAID[kind].en}") for kind, number in counts.items()]
    listed = ("，" if language == "zh" else ", ").join(each.say(language) for each in told)
    total = len(assessments)
    all_of = Text(
        f"全部 **{total}** 个目标中，{listed}。**未见公开数据，不等于没有完成。**",
        f"Of all **{total}** targets, {listed}. **Absence of a published figure is no sign of failure.**",
    )
    lines = [_time_left(view).say(language), all_of.say(language), _silent_actions(view, language)]
    return Prose("\n\n".join(line for line in lines if line))


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
            told=[counts_told(counts, language)],
        )  # fmt: skip


def _counts(assessments: pd.DataFrame) -> dict[str, int]:
    counts = assessments["evidence_class"].value_counts()
    return {kind: int(counts[kind]) for kind in _SAID if counts.get(kind, 0)}


def _time_left(view: View) -> Text:
    day, due = view.timestamp, pd.Timestamp(view.package.plans["due"].iloc[0])
    days, final = (due - day).days, due.year + 1
    if days >= 0:
        zh, en = f"距目标期末还有 **{days}** 天", f"**{days}** days are left until the due date"
    else:
        zh, en = f"目标期末已过 **{-days}** 天", f"the due date passed **{-days}** days ago"
    return Text(
        f"截至{date_words(day, 'zh')}，{zh}（{date_words(due, 'zh')}）。{due.year}年的最终数据通常于{final}年公布。",
        f"As of {date_words(day, 'en')}, {en} ({date_words(due, 'en')}). "
        f"Final figures for {due.year} come out in {final}.",
    )


def _silent_actions(view: View, language: Language) -> str:
    """Return the actions none of whose targets has a comparable figure or a bound; empty where there are none."""
    counts = evidence_counts(view)
    silent = counts.index[(counts[["comparable", "bounds_only"]].sum(axis=1) == 0) & (counts.sum(axis=1) > 0)]
    if silent.empty:
        return ""
    names = view.package.actions.set_index("action_id")[f"name_{language}"]
    if language == "zh":
        listed = "、".join(f"“{str(names[each]).split('，')[0]}”" for each in silent)
        return f"{len(counts)} 项行动中，有 {len(silent)} 项的目标既无同口径实绩，也推不出上下限：{listed}。"
    listed = "; ".join(str(names[each]).split(" and ")[0] for each in silent)
    return f"In {len(silent)} of the {len(counts)} actions no target has a comparable figure or a bound: {listed}."
