"""All targets on one page, by action: asked, known, drawn against the target, who leads, and what would settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.accountability.labels import plain_body, task_number
from daye_analysis.charts.citations import marks
from daye_analysis.charts.display import Align, PrintTable
from daye_analysis.charts.drawing.cell_forms import Drawn, Linked
from daye_analysis.charts.labels import asked_words, label, target_names
from daye_analysis.charts.overview.small_chart import small_chart
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.formatting import period_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.named_bodies import named_bodies
from daye_analysis.package.records import Record, records
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.verdict_words import Known, conflicting, known, status_words
from daye_analysis.views.view import View

# Told apart in black and white, and by whoever reads aloud.
SYMBOLS: Final[dict[str, str]] = {"comparable": "●", "bounds_only": "◐", "related_only": "○", "nothing": "–"}
_WIDTHS: Final[dict[Language, tuple[float, ...]]] = {
    "zh": (0.04, 0.25, 0.1, 0.215, 0.125, 0.04, 0.1, 0.13),
    "en": (0.035, 0.26, 0.105, 0.205, 0.115, 0.035, 0.15, 0.095),
}
# The columns that speak of a target's task.
_OF_TASK: Final = (0, 6)
_HEADS: Final = {
    "task": Text("任务", "Task"),
    "known": Text("最近已知（时期）", "Latest known (period)"),
    "chart": Text("与目标值相比", "Against the target"),
    "symbol": Text("数据", "Data"),
    "lead": Text("牵头单位", "Lead body"),
    "settles": Text("可作判断的数据", "Would settle it"),
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
    align: dict[str, Align] = {_HEADS["symbol"].say(language): "center"}
    return PrintTable(frame, _caption(view, language), align, _WIDTHS[language], groups, whole_page=True)


def what_settles(target: Record, language: Language) -> str:
    """Return which figure decides a target: 2026年末数, the whole of 2026, 2024–2026 in all, each year from 2024 to 2026."""
    due = pd.Timestamp(target["due"])
    kind = QUANTITY_TYPES[str(target["quantity"])]
    if target["scope"] == "annual" or (target["quantity"] == "rank" and target["scope"] == "sustained"):
        first: int = int(target["first_year"]) if pd.notna(target["first_year"]) else pd.Timestamp(target["start"]).year + 1
        years = period_words(pd.Timestamp(first, 1, 1), pd.Timestamp(due.year, 12, 31), language)
        return Text(f"{years}各年数", f"{years}, each").say(language)
    if kind.cumulative:
        start = pd.Timestamp(target["start"]) + pd.Timedelta(days=1)
        span = period_words(start, due, language)
        return Text(f"{span}累计数", f"{span} in all").say(language)
    if kind.yearly:
        return Text(f"{due.year}年全年数", f"{due.year}, whole").say(language)
    when = period_words(None, due, language)
    return Text(f"{when}数", when).say(language)


def _row(
    view: View, row: Record, task: Mapping[str, Any], name: str, numbers: Mapping[str, int] | None, language: Language
) -> tuple[str, ...]:
    package = view.package
    target = view.target(str(row["target_id"])).row
    plan = package.record("plans", target["plan_id"])
    leads = [
        plain_body(str(package.record("units", each)[f"name_{language}"]), language)
        for each in named_bodies(package, str(task["task_id"]), "lead")
    ]
    evidence = str(row["evidence_class"])
    symbol = SYMBOLS[evidence]
    figures = known(package, row, language)
    return (
        task_number(task["official_number"]),
        Linked(name, anchor(str(row["target_id"]))),
        asked_words(package, row, language),
        "\n".join(_known(view, row, figures, numbers, language)),
        _chart(row, figures, language) if figures and row["target"] else "",
        symbol,
        ("、" if language == "zh" else "; ").join(leads),
        what_settles({**target, "start": plan["start"]}, language),
    )


def _known(view: View, row: Record, figures: list[Known], numbers: Mapping[str, int] | None, language: Language) -> list[str]:
    """Return the figure or bounds with their periods, and what they settle; a dash where nothing compares."""
    package = view.package
    phrases = [
        each.dated(language) + marks(package, " ".join(each.ids), numbers)
        for each in [*figures, *conflicting(package, row, language)]
    ]
    if str(row["settled"]) in ("met", "not_met", "conflict"):
        phrases.append(status_words(row, language).split("；" if language == "zh" else "; ")[0])
    return phrases or ["—"]


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
        f"{total} 个目标一览。数据：{legend}。图中竖线为目标值，圆点为同口径数据，括号及空心条为上下限及其间可能的数值，箭头表示超出图幅。",
        f"The {total} targets at a glance. Data: {legend}. Line: the target; dot: a comparable figure; brackets and hollow bar: bounds and "
        "what they leave possible; arrowhead: beyond the chart.",
    ).say(language)
