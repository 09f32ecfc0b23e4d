"""What the report on who answers for what finds: who leads how much, who is named throughout, and which figures are wanted."""

from __future__ import annotations

from typing import Final

import pandas as pd

from daye_analysis.accountability import duties, figures_wanted, lead_status
from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.accountability.labels import NOTHING_WANTED, plain_body, task_number
from daye_analysis.charts.display import Prose, listing
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import records
from daye_analysis.punctuation import listed
from daye_analysis.views.view import View

# How many bodies are named one by one in a sentence.
_MOST_NAMED: Final = 3


def summary(view: View, language: Language) -> Prose:
    """Return how many tasks and bodies there are, who leads most, who is named throughout, and how many figures are wanted of whom."""
    package = view.package
    matrix = duties(package)
    phrases = [_roles(matrix), *_leading(view), *_throughout(package, matrix), _wanted(view)]
    return listing(phrases, language)


def _roles(matrix: pd.DataFrame) -> Text:
    leads, shared = int((matrix == "lead").to_numpy().sum()), int((matrix == "responsible").to_numpy().sum())
    leading = int((matrix == "lead").any().sum())
    return Text(
        f"清单列出 **{len(matrix)}** 项任务、**{matrix.shape[1]}** 个单位或单位群体：牵头 **{leads}** 项次，涉及 **{leading}** 个单位；责任 **{shared}** 项次。",
        f"The list names {_count(len(matrix), 'task')} and {_count(matrix.shape[1], 'body or group of bodies', 'bodies or groups of bodies')}: "
        f"{_count(leads, 'lead role')}, held by {_count(leading, 'body', 'bodies')}, and {_count(shared, 'responsible role')}.",
    )


def _leading(view: View) -> list[Text]:
    """Return the bodies that lead the most targets, with how many of these have a comparable figure or bounds."""
    package = view.package
    every = lead_status(package, view.assess())
    status, of_nobody = every[every["unit_id"] != ""], int(every.loc[every["unit_id"] == "", "targets"].sum())
    rows = records(status[status["targets"] > 0].sort_values("targets", ascending=False, kind="stable").head(_MOST_NAMED))
    none = Text(f"未列牵头单位的目标 {of_nobody} 个。", f" For {_plain_count(of_nobody, 'target')} no lead body is named.") if of_nobody else Text("", "")
    if not rows:
        return [Text(none.zh, none.en.strip())] if of_nobody else []
    zh = listed((f"{plain_body(package, row['unit_id'], 'zh')} {row['targets']} 个（{row['tasks']} 项任务）" for row in rows), "zh")
    en = listed((f"{plain_body(package, row['unit_id'], 'en')} {row['targets']} ({_plain_count(int(row['tasks']), 'task')})" for row in rows), "en")
    known = int((status["comparable"] + status["bounds_only"]).gt(0).sum())
    has = Text(
        f"所牵头目标有同口径数据或上下限的单位 {known} 个。" if known else "各单位所牵头目标均无同口径数据或上下限。",
        f" Of all lead bodies, {known} {'has' if known == 1 else 'have'} a target with a comparable figure or bounds."
        if known else " No lead body has a target with a comparable figure or bounds.",
    )  # fmt: skip
    most = len(status) > len(rows)
    return [Text(f"{'牵头目标较多的' if most else '牵头目标'}：{zh}。{has.zh}{none.zh}", f"{'Most targets led' if most else 'Targets led'}: {en}.{has.en}{none.en}")]


def _throughout(package: PackageTables, matrix: pd.DataFrame) -> list[Text]:
    """Return who is named in every task, and which tasks have no quantified target."""
    names = package.units.set_index("unit_id")
    always = [unit for unit in matrix.columns if len(matrix) > 1 and (matrix[unit] != "").all()]
    numbers = package.tasks.set_index("task_id")["official_number"]
    without = [task_number(numbers[task]) for task in matrix.index if task not in set(package.targets["task_id"])]
    zh, en = "", ""
    if always:
        zh += f"列入每一项任务的有：{listed((str(names['name_zh'][unit]) for unit in always), 'zh')}。"
        en += f"Named in every task: {'; '.join(str(names['name_en'][unit]) for unit in always)}. "
    if without:
        zh += f"有 **{len(without)}** 项任务（{listed(without, 'zh')}）没有量化目标。"
        en += f"{_count(len(without), 'task').capitalize()} ({listed(without, 'en')}) {'sets' if len(without) == 1 else 'set'} no quantified target."
    return [Text(zh, en.strip())] if zh else []


def _wanted(view: View) -> Text:
    """Return how many figures are wanted, for how many targets, and which bodies are likely to hold most."""
    package, wanted = view.package, figures_wanted(view)
    day = Text(date_words(view.timestamp, "zh"), date_words(view.timestamp, "en"))
    if wanted.empty:
        return NOTHING_WANTED
    each = ["target_id", "period_start", "period_end"]
    periods, targets = len(wanted.drop_duplicates(each)), wanted["target_id"].nunique()
    bodies = wanted.drop_duplicates([*each, "unit_id"])["unit_id"]
    counts, of_nobody = bodies[bodies != ""].value_counts(sort=True).head(_MOST_NAMED), int((bodies == "").sum())
    zh = listed((f"{plain_body(package, unit, 'zh')} {count} 项" for unit, count in counts.items()), "zh")
    en = listed((f"{plain_body(package, unit, 'en')} {count}" for unit, count in counts.items()), "en")
    holders = Text(f"按牵头单位计较多的：{zh}。", f" By lead body, the most: {en}.") if len(counts) else Text("", "")
    none = Text(f"其中 {of_nobody} 项未列牵头单位。", f" For {of_nobody} of them no lead body is named.") if of_nobody else Text("", "")
    return Text(
        f"截至{day.zh}，在可查阅范围内未见公开的同口径数据共 **{periods}** 项（一个目标的一个时期为一项），涉及 **{targets}** 个目标，列入数据需求清单。"
        f"{holders.zh}{none.zh}未见公开不等于没有完成，也不反映任何单位的工作情况。",
        f"As of {day.en}, {_count(periods, 'comparable figure')} (one for each target and period) for {_count(targets, 'target')} "
        f"{'was' if periods == 1 else 'were'} not found in the sources that could be read.{holders.en}{none.en} "
        "That is no sign of failure, and says nothing of any body's work.",
    )


def _count(number: int, one: str, many: str = "") -> str:
    """Return an English count, its number in bold."""
    return f"**{number}** {one if number == 1 else many or f'{one}s'}"


def _plain_count(number: int, one: str) -> str:
    return _count(number, one).replace("*", "")
