"""The state of the data for a reader with a minute: the time left, one bar, and the actions without any evidence."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.display import Picture, Prose, picture
from daye_analysis.figures.evidence_chart import evidence_counts
from daye_analysis.figures.style import BLUE, GREY, INK, PALE, SKY, new_figure, style
from daye_analysis.views.package import Package
from daye_analysis.package.words import date_words
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT

_SAID: Final[dict[str, Text]] = {
    "like": Text("有本地区的同口径实绩", "have a like figure"),
    "bounds_only": Text("只能推出上限或下限", "have only bounds"),
    "related_only": Text("只有口径不可比的相关数据", "have only figures that do not compare"),
    "nothing": Text("未见任何公开数据", "have no published figure at all"),
}
# Colour, hatch, and the colour of the number: the classes stay apart in black and white.
_LOOKS: Final = {
    "like": (BLUE, "", "white"),
    "bounds_only": (SKY, "////", INK),
    "related_only": (PALE, "", INK),
    "nothing": ("white", "", INK),
}
# A segment narrower than this share of the bar has no room for words below it.
_NARROW: Final = 0.16


def state_of_data(package: Package, assessments: pd.DataFrame, language: Language, as_of: dt.date) -> Prose:
    """Return how much time is left, when final figures come out, and how many targets have what."""
    counts = _counts(assessments)
    told = [Text(f"**{number}** 个{_SAID[kind].zh}", f"**{number}** {_SAID[kind].en}") for kind, number in counts.items()]
    listed = ("，" if language == "zh" else ", ").join(each.say(language) for each in told)
    total = len(assessments)
    all_of = Text(
        f"全部 **{total}** 个目标中，{listed}。**没有公开数据，不等于没有完成。**",
        f"Of all **{total}** targets, {listed}. **Absence of a published figure is no sign of failure.**",
    )
    lines = [_time_left(package, as_of).say(language), all_of.say(language), _silent_actions(package, assessments, language)]
    return Prose("\n\n".join(line for line in lines if line))


def evidence_bar(assessments: pd.DataFrame, language: Language) -> Picture | None:
    """Return one bar of all targets by what is known of them; None where there are no targets."""
    counts = _counts(assessments)
    total = sum(counts.values())
    if not total:
        return None
    with style():
        figure = new_figure(0.8)
        axes = figure.add_axes((0, 0, 1, 1))
        start = 0
        for kind, number in counts.items():
            colour, hatch, ink = _LOOKS[kind]
            edge = GREY if kind == "nothing" else "white"
            axes.barh(0, number, left=start, color=colour, hatch=hatch, edgecolor=edge, height=0.6)
            middle, box = start + number / 2, {"facecolor": colour, "edgecolor": "none", "pad": 1.2} if hatch else None
            axes.text(middle, 0, str(number), ha="center", va="center", color=ink, bbox=box, fontsize=10)
            words = EVIDENCE_TEXT[kind].say(language)
            # The words of a narrow segment start at its edge, those of the first one above the bar.
            narrow, above = number / total < _NARROW, start == 0 and number / total < _NARROW
            left = start < total / 2
            at = (start if left else start + number) if narrow else middle
            axes.text(at, 0.42 if above else -0.42, words, fontsize=8, va="bottom" if above else "top",
                      ha=("left" if left else "right") if narrow else "center")  # fmt: skip
            start += number
        axes.set_xlim(0, total * 1.002)
        axes.set_ylim(-0.9, 0.75)
        axes.axis("off")
        day = date_words(pd.Timestamp(assessments["as_of"].iloc[0]), language)
        source = Text(f"来源：观测值表，截至{day}可知。", f"Source: observations, as known on {day}.").say(language)
        caption = Text(f"{total} 个目标的数据状况", f"What is known of the {total} targets").say(language)
        return picture(figure, _alt(counts, total, language), caption, source)


def _counts(assessments: pd.DataFrame) -> dict[str, int]:
    counts = assessments["evidence_class"].value_counts()
    return {kind: int(counts[kind]) for kind in _SAID if counts.get(kind, 0)}


def _time_left(package: Package, as_of: dt.date) -> Text:
    day, due = pd.Timestamp(as_of), pd.Timestamp(package.plans["due"].iloc[0])
    days, final = (due - day).days, due.year + 1
    if days >= 0:
        zh, en = f"距到期还有 **{days}** 天", f"**{days}** days are left until the due date"
    else:
        zh, en = f"到期日已过 **{-days}** 天", f"the due date passed **{-days}** days ago"
    return Text(
        f"截至{date_words(day, 'zh')}，{zh}（{date_words(due, 'zh')}）。{due.year}年的最终数据要到{final}年才公布。",
        f"As of {date_words(day, 'en')}, {en} ({date_words(due, 'en')}). "
        f"Final figures for {due.year} come out in {final}.",
    )


def _silent_actions(package: Package, assessments: pd.DataFrame, language: Language) -> str:
    """Return the actions none of whose targets has a like figure or a bound; empty where there are none."""
    counts = evidence_counts(package, assessments)
    silent = counts.index[(counts[["like", "bounds_only"]].sum(axis=1) == 0) & (counts.sum(axis=1) > 0)]
    if silent.empty:
        return ""
    names = package.actions.set_index("action_id")[f"name_{language}"]
    if language == "zh":
        listed = "、".join(f"“{str(names[each]).split('，')[0]}”" for each in silent)
        return f"{len(counts)} 项行动中，有 {len(silent)} 项的目标既无同口径实绩、也无上下限：{listed}。"
    listed = "; ".join(str(names[each]).split(" and ")[0] for each in silent)
    return f"In {len(silent)} of the {len(counts)} actions no target has a like figure or a bound: {listed}."


def _alt(counts: dict[str, int], total: int, language: Language) -> str:
    zh = language == "zh"
    told = [f"{EVIDENCE_TEXT[kind].say(language)} {number}" for kind, number in counts.items()]
    head = f"一条堆积条。全部 {total} 个目标：" if zh else f"One stacked bar. Of all {total} targets: "
    return head + ("、" if zh else ", ").join(told) + ("。" if zh else ".")
