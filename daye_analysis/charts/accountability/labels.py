"""The words of the report on who answers for what, in zh and en, once each, and names short enough for a matrix."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.package_tables import PackageTables

WORDS: Final[dict[str, Text]] = {
    "lead": Text("牵头", "leads"),
    "responsible": Text("责任", "is responsible"),
    "number": Text("序号", "No."),
    "task": Text("任务", "Task"),
    "lead_bodies": Text("牵头单位", "Lead bodies"),
    "responsible_bodies": Text("责任单位", "Responsible bodies"),
    "targets": Text("目标", "Targets"),
    "target_count": Text("目标数", "targets"),
    "tasks_led": Text("牵头任务", "Tasks led"),
    "unit": Text("计量单位", "Unit"),
    "periods": Text("所需时期", "Periods wanted"),
    "holder": Text("牵头单位（可能掌握数据）", "Lead body (the likely holder)"),
    "open_points": Text("原文未明之处", "What the wording leaves open"),
    "no_target": Text("未设量化目标", "no quantified target"),
    "none": Text("无", "none"),
    "no_lead_body": Text("未列牵头单位", "no lead body named"),
}  # fmt: skip

# Figures are asked for periods that are over: of others this says nothing.
NOTHING_WANTED: Final = Text(
    "在已结束的时期，各目标没有尚缺的同口径数据。", "No comparable figure is missing for the periods that have ended."
)

# What an English name says of its body's rank and form, which a narrow column has no room for.
_FORMALITIES: Final = re.compile(
    r"\b(Municipal|Bureau of|Bureau|Administration for|Centre for|Department of the Party Committee|"
    r"of the Party Committee)\b"
)

# "到2027年", "“十五五”期间", "By the end of 2027": with many lists every task begins so, and no two can be told apart.
_ONLY_A_TIME: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"(力争|争取|确保|到|至|自|从|截至)*[“”〇一二三四五六七八九十0-9０-９—–～~\-\s]*(年|月|日|期间|时期|以来|底|末|前|内|起|止)*"),
    "en": re.compile(r"((by|in|from|to|until|during|over|the|end|of|and|years?|strive|period)\b|[0-9–—\s-])*", re.IGNORECASE),
}

_SHORT: Final = 18
# What follows words that are cut; the font's own sign is at half height, as Chinese has it.
_CUT: Final = Text("…", "...")


def word(name: str, language: Language) -> str:
    """Return the word called `name` in `language`."""
    return WORDS[name].say(language)


def task_number(number: object) -> str:
    """Return a task's number in the official list; a dash for a row without one."""
    return "—" if pd.isna(number) else str(number)  # type: ignore[call-overload]


def short_unit(name: str, language: Language) -> str:
    """Return a unit's name without what all such names share: 市科技局 becomes 科技局."""
    if language == "zh":
        return re.sub(r"^(市(?!委)|各)(?=..)", "", name.replace("“", "").replace("”", ""))
    plain = name.replace("the Municipal Party Committee", "the Party Committee")
    return re.sub(r"\s+", " ", _FORMALITIES.sub("", plain)).strip(" ,") or name


def first_clause(text: str, language: Language) -> str:
    """Return the first clause of a task's words that says more than a time."""
    clauses = [each.strip() for each in re.split(r"[，。；：]" if language == "zh" else r"[.;:,](?!\d)", text)]
    phrases = [each for each in clauses if each and not _ONLY_A_TIME[language].fullmatch(each)] or clauses
    # In English a comma parts too little of a sentence; only a time before one is left out.
    return phrases[0] if language == "zh" else re.split(r"[.;:](?!\d)", text[text.index(phrases[0]) :])[0].strip()


def short_task(text: str, language: Language, longest: int) -> str:
    """Return the first clause of a task's words, cut where it is longer than `longest`."""
    clause = first_clause(text, language)
    if len(clause) <= longest:
        return clause
    cut = longest - 1 if language == "zh" or " " not in clause[:longest] else clause.rfind(" ", 0, longest)
    return clause[:cut].rstrip("、, ") + _CUT.say(language)


def plain_body(package: PackageTables, body: object, language: Language) -> str:
    """Return a body's name as a table prints it: in English without the words that all bodies of a city share.

    Where `body` is empty, the list names no lead body, and that is said.
    """
    if body == "":
        return word("no_lead_body", language)
    name = str(package.record("units", str(body))[f"name_{language}"])
    return name if language == "zh" else short_unit(name, language)


def unbroken(words: str) -> str:
    """Return `words` so that no line breaks after the sign, nor, where they are short, anywhere."""
    return words.replace(" ", "\u00a0", -1 if len(words) <= _SHORT else 1)
