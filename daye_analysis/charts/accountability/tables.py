"""Responsibilities in words, what is known by lead body, and the list of figures wanted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from daye_analysis.accountability import EVIDENCE_CLASSES, duties, figures_wanted, lead_status
from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.accountability.labels import (
    NOTHING_WANTED,
    first_clause,
    plain_body,
    task_number,
    unbroken,
    word,
)
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.package.formatting import period_words, target_words, unit_words
from daye_analysis.package.named_bodies import named_bodies
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.view import View

# Number, task, targets, leading and responsible bodies: their shares of the line.
_GRID: Final = (0.065, 0.275, 0.3, 0.15, 0.21)
# Number, targets, periods, unit, lead, open points.
_WANTED_GRID: Final = (0.06, 0.27, 0.14, 0.1, 0.18, 0.25)
_YEAR: Final = re.compile(r"\d{4}")


def duty_table(view: View, language: Language) -> PrintTable:
    """Return, task by task, the quantified targets, the lead and responsible bodies in full."""
    package = view.package
    matrix = duties(package)
    tasks = package.tasks.set_index("task_id")
    always = named_throughout(matrix)
    rows = [
        {
            word("number", language): task_number(tasks["official_number"][task]),
            word("task", language): first_clause(str(tasks[f"text_{language}"][task]), language),
            word("targets", language): "\n".join(_targets(package, str(task), language)) or word("no_target", language),
            word("lead_bodies", language): _names(package, named_bodies(package, str(task), "lead"), language),
            word("responsible_bodies", language): _names(
                package, [unit for unit in named_bodies(package, str(task), "responsible") if unit not in always], language
            ),
        }
        for task in matrix.index
    ]
    caption = Text("各项任务的目标、牵头单位与责任单位（任务列首句，全文见数据包）",
                   "Targets, lead and responsible bodies of each task (the first clause only; the package has all)")  # fmt: skip
    listed = _names(package, always, language)
    once = Text(f"；{listed}为各项任务的责任单位，不逐项重复", f"; responsible in every task, and not repeated: {listed}") if always else Text("", "")
    return PrintTable(pd.DataFrame(rows), f"{caption.say(language)}{once.say(language)}", {}, _GRID)


def named_throughout(matrix: pd.DataFrame) -> list[str]:
    """Return the bodies that are responsible in every task of the matrix that `duties` gives, in its order."""
    return [str(unit) for unit in matrix.columns if len(matrix) > 1 and (matrix[unit] == "responsible").all()]


def _names(package: PackageTables, units: list[str], language: Language) -> str:
    names = (plain_body(package, unit, language) for unit in units)
    return ("、" if language == "zh" else "; ").join(names) or word("none", language)


def _targets(package: PackageTables, task_id: str, language: Language) -> list[str]:
    targets = package.targets[package.targets["task_id"] == task_id].sort_values("source_start", kind="stable")
    return [_target(package, row, language) for row in records(targets)]


def _target(package: PackageTables, row: Mapping[str, Any], language: Language) -> str:
    unit = package.record("measurement_units", row["unit_code"])[f"label_{language}"]
    asked = target_words(str(row["comparator"]), float(row["value"]), str(unit), language)
    return f"{package.record('indicators', row['indicator_id'])[f'name_{language}']} {unbroken(asked)}"


def status_table(view: View, language: Language) -> PrintTable | Prose:
    """Return how much is known of the targets that each body leads on, units as the list first names them."""
    package = view.package
    status = lead_status(package, view.assess())
    if not status["unit_id"].any():
        return Prose(Text("清单没有写明牵头单位。", "The list names no lead bodies.").say(language))
    table = pd.DataFrame(
        {
            word("lead_bodies", language): [plain_body(package, unit, language) for unit in status["unit_id"]],
            word("tasks_led", language): status["tasks"].astype(str),
            word("targets", language): status["targets"].astype(str),
        }
        | {EVIDENCE_TEXT[each].say(language): status[each].astype(str) for each in EVIDENCE_CLASSES}
    )
    caption = Text("牵头单位所涉目标的公开数据状况（按清单次序；个数为目标数；两个单位牵头的分别计入）",
                   "Published data on the targets that each body leads (numbers of targets; a target of two lead bodies counts for both)")  # fmt: skip
    return PrintTable(table, caption.say(language), dict.fromkeys(table.columns[1:], "right"))


def wanted_table(view: View, language: Language) -> PrintTable | Prose:
    """Return the list of figures wanted: a row a target, with the periods, the unit, the lead, and what to state with it."""
    package, wanted = view.package, figures_wanted(view)
    if wanted.empty:
        return Prose(NOTHING_WANTED.say(language))
    rows = []
    for target_id, group in records_by(wanted, "target_id").items():
        row = package.record("targets", target_id)
        note = row[f"note_{language}"]
        unit = package.record("measurement_units", row["unit_code"])[f"label_{language}"]
        rows.append(
            {
                word("number", language): task_number(package.record("tasks", row["task_id"])["official_number"]),
                word("targets", language): _target(package, row, language),
                word("periods", language): wanted_periods(group, language),
                word("unit", language): unit_words(str(unit)),
                word("holder", language): _names(package, list(dict.fromkeys(str(each["unit_id"]) for each in group)), language),
                word("open_points", language): "" if pd.isna(note) else str(note),
            }
        )
    caption = Text("数据需求清单：在可查阅范围内未见公开的同口径数据", "Figures wanted: comparable figures not found in the sources that could be read")
    table = pd.DataFrame(rows)
    open_points = word("open_points", language)
    if not table[open_points].any():
        return PrintTable(table.drop(columns=open_points), caption.say(language))
    return PrintTable(table, caption.say(language), {}, _WANTED_GRID)


def wanted_periods(group: Sequence[Record], language: Language) -> str:
    """Return the periods wanted in words, each once, in order; a sum since the plan's start says that it is one."""
    phrases = []
    years = []
    once = {(each["period_start"], each["period_end"]): each for each in group}
    for row in sorted(once.values(), key=lambda each: str(each["period_end"])):
        start = pd.Timestamp(row["period_start"]) if row["period_start"] else None
        period = period_words(start, pd.Timestamp(row["period_end"]), language)
        if row["over"] == "since_start":
            period = Text(f"{period}累计", f"{period} (sum)").say(language)
        phrases.append(period)
        years.append(_YEAR.sub("{}", period, count=1))
    if len(set(years)) > 1:
        return "\n".join(phrases)
    # 2023年末, 2024年末: the year alone differs, and a line does.
    listed = Text("、", ", ").say(language).join(match.group() for each in phrases if (match := _YEAR.search(each)))
    return years[0].format(listed)
