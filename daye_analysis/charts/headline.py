"""What targets with a comparable figure still require, and how that is worked out."""

from __future__ import annotations

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Align, PrintTable, Prose
from daye_analysis.charts.labels import asked_words, label, named_in_order
from daye_analysis.charts.verdicts.growth_text import needed
from daye_analysis.package.formatting import number_words
from daye_analysis.package.records import records
from daye_analysis.views.verdict_words import known
from daye_analysis.views.view import View


def required_growth_table(view: View, language: Language) -> PrintTable | Prose:
    """Return, for each target with a usable figure, the growth that it still requires from that figure on."""
    assessments = view.assess()
    rows = named_in_order(view.package, assessments[assessments["required_growth"].notna()])
    if rows.empty:
        return Prose(Text("没有目标有可用于推算的数据。", "No target has a figure from which to work it out.").say(language))
    phrases = [
        {
            label("target", language): row[f"name_{language}"],
            label("latest", language): "\n".join(each.dated(language) for each in known(view.package, row, language)),
            label("asked", language): asked_words(view.package, row, language),
            label("from_figure", language): _years(float(row["years_from_figure"]), language),
            label("required_growth", language): next(each.short(language) for each in needed(row, language) if each.exact),
        }
        for row in records(rows)
    ]
    align: dict[str, Align] = {label(name, language): "right" for name in ("from_figure", "required_growth")}
    caption = Text("自最近一期同口径数据起至目标期末所需增速（部分期限已过）",
                   "Growth required from the latest comparable figure to the due date (part of that time has passed)")  # fmt: skip
    return PrintTable(pd.DataFrame(phrases), caption.say(language), align)


def growth_formula(view: View, language: Language) -> Prose:
    """Return the formula of the required growth and the time that is left, so that a reader can redo it by hand."""
    words = Text(
        "其中 $g$ 为所需年增速，$T$ 为目标值（目标须超过的计数取下一个整数），$x$ 为最近一期同口径数据，$n$ 为自该期数据至目标期末的年数。",
        "Here $g$ is the growth required a year, $T$ the target (of a count that must be passed, the next number), $x$ the latest "
        "comparable figure, and $n$ the years from that figure to the due date.",
    ).say(language)
    due = pd.Timestamp(view.package.plans["due"].iloc[0])
    left = (due - view.timestamp).days
    time = Text(f"自截至日起，距目标期末还有 {left} 天。", f"From the as-of date, {left} days are left until the due date.")
    return Prose(f"$$g = \\left(\\frac{{T}}{{x}}\\right)^{{1/n}} - 1$$\n\n{words}" + (f"\n\n{time.say(language)}" if left >= 0 else ""))


def _years(years: float, language: Language) -> str:
    number = number_words(round(years, 2))
    return f"{number} 年" if language == "zh" else f"{number} year{'' if number == '1' else 's'}"
