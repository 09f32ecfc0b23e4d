"""All targets on one page, by action: asked, known, drawn against the target, who leads, and what would settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.accountability.labels import plain_body, task_number, word
from daye_analysis.charts.citations import marks
from daye_analysis.charts.display import PrintTable
from daye_analysis.charts.drawing.cell_forms import Drawn, Linked
from daye_analysis.charts.labels import asked_words, label, target_names
from daye_analysis.charts.overview.small_chart import small_chart
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.formatting import period_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.named_bodies import named_bodies
from daye_analysis.package.records import Record, records
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.verdict_words import Known, conflicting, known, period_of, status_words
from daye_analysis.views.view import View

# Told apart in black and white, and by whoever reads aloud.
SYMBOLS: Final[dict[str, str]] = {"comparable": "●", "bounds_only": "◐", "related_only": "○", "nothing": "–"}
_SETTLED: Final = {"met": Text("已达到", "reached"), "not_met": Text("未达到", "not reached")}
# The columns that speak of a target's task: its number, and the bodies that lead it.
_LEAD: Final = 5
_OF_TASK: Final = (0, _LEAD)
_HEADS: Final = {
    "task": Text("任务", "Task"),
    "known": Text("最近已知（时期）", "Latest known (period)"),
    "chart": Text("与目标值相比", "Against the target"),
    "lead": Text("牵头单位", "Lead body"),
    "settles": Text("可作判断的时期", "Would settle it"),
}


def anchor(target_id: str) -> str:
    """Return the name of the anchor at a target's card."""
    return f"target-{target_id}".replace(".", "-")


def overview_table(view: View, language: Language, numbers: Mapping[str, int] | None = None) -> PrintTable:
    """Return every target of the plan in the list's order, on one page.

    A target's name leads to its card where the report has cards. `numbers` are those of the sources.
    """
    package, names = view.package, target_names(view.package, language)
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    action = last = ""
    assessed = {str(row["target_id"]): row for row in records(view.assess())}
    counts = _counts(view)
    for target in records(in_list_order(package, package.targets[package.targets["target_id"].isin(assessed)])):
        row = assessed[str(target["target_id"])]
        task = package.record("tasks", target["task_id"])
        if task["action_id"] != action:
            action = str(task["action_id"])
            groups[len(rows)] = _group(view, action, counts[action], language)
        cells = _row(view, row, task, names[str(target["target_id"])], numbers, language)
        # A task's number and the body that leads it are printed once, at its first target.
        again = str(target["task_id"]) == last
        rows.append(tuple("" if again and at in _OF_TASK else cell for at, cell in enumerate(cells)))
        last = str(target["task_id"])
    heads = {name: text.say(language) for name, text in _HEADS.items()}
    columns = [heads.pop("task"), label("target", language), label("asked", language), *heads.values()]
    frame = pd.DataFrame(rows, columns=columns, dtype="object")
    return PrintTable(frame, _caption(view, language), groups=groups, spanning=(columns[_LEAD],), whole_page=True)


def what_settles(target: Record, language: Language) -> str:
    """Return which figure decides a target: that of the end of 2026, of all 2026, the sum of 2024–26, each of these years."""
    due = pd.Timestamp(target["due"])
    kind = QUANTITY_TYPES[str(target["quantity"])]
    first = (pd.Timestamp(target["start"]) + pd.Timedelta(days=1)).year
    if target["scope"] == "annual" or (target["quantity"] == "rank" and target["scope"] == "sustained"):
        first = first if pd.isna(target["first_year"]) else int(target["first_year"])
        return Text(f"{_years(first, due.year).zh}各年", f"{_years(first, due.year).en} each").say(language)
    if kind.cumulative:
        return Text(f"{_years(first, due.year).zh}累计", f"{_years(first, due.year).en} sum").say(language)
    if kind.yearly:
        return Text(f"{due.year} 年全年", f"all of {due.year}").say(language)
    return period_words(None, due, language)


def _years(first: int, last: int) -> Text:
    """Return years in the fewest words: a column of a page-wide table has room for no more."""
    if first == last:
        return Text(f"{last} 年", f"{last}")
    return Text(f"{first}—{last} 年", f"{first}–{last % 100:02d}")


def _row(
    view: View, row: Record, task: Mapping[str, Any], name: str, numbers: Mapping[str, int] | None, language: Language
) -> tuple[str, ...]:
    package = view.package
    target = view.target(str(row["target_id"])).row
    plan = package.record("plans", target["plan_id"])
    leads = [
        plain_body(package, each, language)
        for each in named_bodies(package, str(task["task_id"]), "lead")
    ]
    figures = known(package, row, language)
    return (
        task_number(task["official_number"]),
        Linked(name, anchor(str(row["target_id"]))),
        asked_words(package, row, language),
        "\n".join(_known(view, row, figures, numbers, language)),
        _chart(row, figures, language) if figures and row["target"] else "",
        # Left empty, it would read as if the body above led this task too.
        ("、" if language == "zh" else "; ").join(leads) or word("none", language),
        what_settles({**target, "start": plan["start"]}, language),
    )


def _known(view: View, row: Record, figures: list[Known], numbers: Mapping[str, int] | None, language: Language) -> list[str]:
    """Return the sign of what is known, the figure or bounds with their periods, and what they settle."""
    package = view.package
    shown = [*figures, *conflicting(package, row, language)]
    phrases = [_dated(each, language) + marks(package, " ".join(each.ids), numbers) for each in shown]
    settled = str(row["settled"])
    if settled in _SETTLED and {each.period for each in shown} == {period_of(row, "verdict", language)}:
        # The figures say already for which date.
        phrases[-1] += Text("，", ", ").say(language) + _SETTLED[settled].say(language)
    elif settled in (*_SETTLED, "conflict"):
        phrases.append(status_words(row, language).split("；" if language == "zh" else "; ")[0])
    first, *rest = phrases or [""]
    return [f"{SYMBOLS[str(row['evidence_class'])]} {first}".rstrip(), *rest]


def _dated(figure: Known, language: Language) -> str:
    """Return a figure with its period, and the caption's mark where no source states that date."""
    when = figure.period + ("*" if figure.inferred else "")
    return Text(f"{figure.words}（{when}）", f"{figure.words} ({when})").say(language)


def _chart(row: Record, figures: list[Known], language: Language) -> str:
    target = float(row["target"])
    shares = {each.side: each.value / target for each in figures}
    nan = float("nan")
    said = ("，" if language == "zh" else ", ").join(
        Text(f"{each.words}，为目标值的 {100 * shares[each.side]:.0f}%", f"{each.words}, {100 * shares[each.side]:.0f} % of the target").say(language)
        for each in figures
    )
    return Drawn(said, small_chart(shares.get("value", nan), shares.get("lower", nan), shares.get("upper", nan)))


def _counts(view: View) -> dict[str, Counter[str]]:
    package = view.package
    found: dict[str, Counter[str]] = {}
    for row in records(view.assess()):
        task = package.record("targets", row["target_id"])["task_id"]
        found.setdefault(str(package.record("tasks", task)["action_id"]), Counter())[str(row["evidence_class"])] += 1
    return found


def _group(view: View, action: str, counts: Counter[str], language: Language) -> str:
    name = str(view.package.record("actions", action)[f"name_{language}"])
    phrases = "　".join(f"{symbol} {counts[kind]}" for kind, symbol in SYMBOLS.items() if counts[kind])
    return f"{name}　　{phrases}"


def _caption(view: View, language: Language) -> str:
    legend = ("；" if language == "zh" else "; ").join(f"{symbol} {EVIDENCE_TEXT[kind].say(language)}" for kind, symbol in SYMBOLS.items())
    total = len(view.assess())
    return Text(
        f"{total} 个目标一览。{legend}；* 时间为推断。图中竖线为目标值，圆点为同口径数据，括号及空心条为上下限及其间可能的数值，箭头表示超出图幅。",
        f"The {total} targets at a glance: {legend}; * date inferred. Chart: orange line, target; dot, figure; brackets and hollow bar, "
        "bounds; arrowhead, off the chart.",
    ).say(language)
