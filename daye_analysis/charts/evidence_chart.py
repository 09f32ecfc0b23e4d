"""How much is known: for each action, how many targets have a comparable figure, bounds, related figures or nothing."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.display import Picture, picture
from daye_analysis.charts.labels import label
from daye_analysis.charts.style import BLUE, GREY, INK, PALE, SKY, new_figure, style
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.view import View

# Colour, hatch and the colour of the number on it: classes stay apart in black and white too.
_LOOKS: Final = {
    "comparable": (BLUE, "", "white"),
    "bounds_only": (SKY, "////", INK),
    "related_only": (PALE, "", INK),
    "nothing": ("white", "", GREY),
}


def evidence_counts(view: View) -> pd.DataFrame:
    """Return one row an action, in the list's order, one column an evidence class, cells the number of targets."""
    package, assessments = view.package, view.assess()
    tasks = [package.record("targets", target_id)["task_id"] for target_id in assessments["target_id"]]
    actions = [package.record("tasks", task_id)["action_id"] for task_id in tasks]
    counted = Counter(zip(actions, assessments["evidence_class"], strict=True))
    ordered = list(package.actions.sort_values("position")["action_id"])
    return pd.DataFrame([[counted[action, name] for name in _LOOKS] for action in ordered], ordered, list(_LOOKS))


def evidence_chart(view: View, language: Language) -> Picture:
    """Return stacked bars of the targets of each action by what is known of them."""
    from matplotlib.ticker import MaxNLocator

    counts = evidence_counts(view)
    names = view.package.actions.set_index("action_id")[f"name_{language}"]
    with style():
        figure = new_figure(0.52 * len(counts) + 0.9, laid_out=True)
        axes = figure.subplots()
        start = pd.Series(0, index=counts.index)
        for name, (colour, hatch, ink) in _LOOKS.items():
            # A hatch is drawn in the colour of the edge.
            edge = GREY if name == "nothing" else "white"
            axes.barh(counts.index, counts[name], left=start, color=colour, hatch=hatch, edgecolor=edge, height=0.62,
                      label=EVIDENCE_TEXT[name].say(language))  # fmt: skip
            for place, (number, left) in enumerate(zip(counts[name], start, strict=True)):
                if number:
                    box = {"facecolor": colour, "edgecolor": "none", "pad": 1.2} if hatch else None
                    axes.text(left + number / 2, place, str(number), ha="center", va="center", color=ink, bbox=box)
            start = start + counts[name]
        axes.set_yticks(range(len(counts)), [_short(str(names[each]), language) for each in counts.index])
        axes.invert_yaxis()
        axes.set_xlabel(label("targets", language))
        axes.set_xlim(0, max(int(start.max()), 1) + 0.3)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        # Above the whole picture: beside the bars it would take their room.
        figure.legend(loc="outside upper left", ncols=4, frameon=False, fontsize=8, handlelength=1.4, columnspacing=1.2)
        return picture(figure, _alt(counts, names, language), _caption(language), _as_of_line(view, language))


def _short(name: str, language: Language) -> str:
    """Return the action's name short: in Chinese what is done without its purpose, in English on lines of a few words."""
    if language == "zh":
        return name.split("，")[0]
    return textwrap.fill(name, 34)


def _caption(language: Language) -> str:
    return Text("各项行动的目标有多少公开数据可用", "How much published evidence the targets of each action have").say(language)


def _as_of_line(view: View, language: Language) -> str:
    day = date_words(view.timestamp, language)
    return Text(f"来源：本数据包的观测值表；截至{day}可知。", f"Source: this package's observations, as known on {day}.").say(language)


def _alt(counts: pd.DataFrame, names: pd.Series, language: Language) -> str:
    zh = language == "zh"
    totals = [f"{EVIDENCE_TEXT[name].say(language)} {counts[name].sum()}" for name in counts.columns]
    parts = []
    for action_id, row in counts.iterrows():
        told = [f"{EVIDENCE_TEXT[name].say(language)} {row[name]}" for name in counts.columns if row[name]]
        parts.append(f"{str(names[str(action_id)]).split('，')[0]}{'：' if zh else ': '}{('、' if zh else ', ').join(told)}")
    head = f"横向堆积条形图。全部 {counts.to_numpy().sum()} 个目标：" if zh else (
        f"Stacked bars. Of all {counts.to_numpy().sum()} targets: ")  # fmt: skip
    return head + ("、" if zh else ", ").join(totals) + ("。" if zh else ". ") + ("；" if zh else "; ").join(parts) + ("。" if zh else ".")
