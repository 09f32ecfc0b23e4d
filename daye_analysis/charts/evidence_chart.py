"""How much is known: for each action, how many targets have a comparable figure, bounds, related figures or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Picture, picture
from daye_analysis.charts.drawing.rows import row_chart
from daye_analysis.charts.drawing.style import BLUE, GREY, INK, PALE, SKY, style
from daye_analysis.charts.labels import label
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.punctuation import COLON, listed
from daye_analysis.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The colour of each class, of its edge, and of the number on it: from dark to light, so that they stay apart in black and white.
EVIDENCE_COLOURS: Final = {
    "comparable": (BLUE, "white", "white"),
    "bounds_only": (SKY, "white", INK),
    "related_only": (PALE, "white", INK),
    "nothing": ("white", GREY, INK),
}


def evidence_counts(view: View) -> pd.DataFrame:
    """Return one row an action, in the list's order, one column an evidence class, cells the number of targets."""
    package, assessments = view.package, view.assess()
    tasks = [package.record("targets", target_id)["task_id"] for target_id in assessments["target_id"]]
    actions = [package.record("tasks", task_id)["action_id"] for task_id in tasks]
    counted = Counter(zip(actions, assessments["evidence_class"], strict=True))
    ordered = list(package.actions.sort_values("position")["action_id"])
    return pd.DataFrame([[counted[action, name] for name in EVIDENCE_COLOURS] for action in ordered], ordered, list(EVIDENCE_COLOURS))


def evidence_chart(view: View, language: Language) -> Picture:
    """Return stacked bars of the targets of each action by what is known of them."""
    from matplotlib.ticker import MaxNLocator

    counts = evidence_counts(view)
    # In Chinese what is done, without its purpose.
    names = [str(name).split("，")[0] for name in view.package.actions.set_index("action_id").loc[counts.index, f"name_{language}"]]
    with style():
        figure, axes = row_chart(names, name_width=2.1, above=0.35)
        for place, row in enumerate(counts.itertuples(index=False)):
            draw_bar(axes, place, dict(zip(counts.columns, row, strict=True)))
        axes.grid(visible=False)
        axes.set_xlabel(label("targets", language))
        axes.set_xlim(0, max(int(counts.sum(axis=1).max()), 1) + 0.05)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        legend(figure, language)
        names = [Text(f"全部 {counts.to_numpy().sum()} 个目标", f"all {counts.to_numpy().sum()} targets").say(language), *names]
        rows = [dict(counts.sum()), *counts.to_dict("records")]
        return picture(
            figure, view, language,
            caption=Text("各项行动的目标有多少公开数据可用", "How much published evidence the targets of each action have"),
            kind=Text("横向堆积条形图。", "Stacked bars: "),
            phrases=[f"{name}{COLON.say(language)}{counts_phrase(row, language)}" for name, row in zip(names, rows, strict=True)],
        )  # fmt: skip


def draw_bar(axes: Axes, place: float, counts: Mapping[Any, int]) -> None:
    """Draw one stacked bar of evidence classes, with the number on each part."""
    start = 0
    for kind, (colour, edge, ink) in EVIDENCE_COLOURS.items():
        if number := counts.get(kind, 0):
            bar = axes.barh(place, number, left=start, color=colour, edgecolor=edge, height=0.66)
            axes.bar_label(bar, [str(number)], label_type="center", color=ink)
            start += number


def legend(figure: Figure, language: Language) -> None:
    """Explain the colours above the whole picture: beside the bars it would take their room."""
    from matplotlib.patches import Patch

    keys = [
        Patch(facecolor=colour, edgecolor=GREY if kind == "nothing" else colour, label=EVIDENCE_TEXT[kind].say(language))
        for kind, (colour, _, _) in EVIDENCE_COLOURS.items()
    ]
    figure.legend(handles=keys, loc="upper left", ncols=4, frameon=False, fontsize=8, handlelength=1.4, columnspacing=1.2, borderaxespad=0)


def counts_phrase(counts: Mapping[Any, int], language: Language) -> str:
    """Return how many targets each evidence class has, in words."""
    return listed([f"{EVIDENCE_TEXT[kind].say(language)} {counts[kind]}" for kind in EVIDENCE_COLOURS if counts.get(kind)], language)
