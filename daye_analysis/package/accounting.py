"""Accounting for every number in the official text: it belongs to a target, or a note says why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem
from daye_analysis.package.edited import EditedRow, read_yaml, rows_of
from daye_analysis.package.official import Row
from daye_analysis.source.numbers import NumberInText, find_numbers

_NOTE_KEYS = ("words", "note_zh", "note_en")


def unaccounted_numbers(text: str, rows: Mapping[str, list[Row]], notes_path: Path) -> list[Problem]:
    """Return a problem for each number in `text` that nothing accounts for, and for each note that stands idle.

    `rows` are the official tables' rows. A number is accounted for by a target's wording, by the words of a note,
    or by being the number of a row or the ordinal of an action.
    """
    notes = rows_of(notes_path, read_yaml(notes_path) or [], _NOTE_KEYS, _NOTE_KEYS)
    covered = [(int(row["source_start"]), int(row["source_end"])) for row in rows["targets"]]
    idle = []
    for note in notes:
        places = [match.span() for match in re.finditer(re.escape(note.values["words"]), text)]
        covered += places
        if not places:
            idle.append(_idle(note))
    structure = _structural_places(text, rows)
    return idle + [
        _unaccounted(text, number, notes_path.name)
        for number in find_numbers(text)
        if not _inside(number, covered) and (number.start, number.end) not in structure
    ]


def _structural_places(text: str, rows: Mapping[str, list[Row]]) -> set[tuple[int, int]]:
    """Return where the rows' numbers and the actions' ordinals stand."""
    numbers = {row["official_number"] for row in rows["tasks"]}
    cells = re.finditer(r"(?m)^[\t ]*([0-9]+)[\t ]*$", text)
    places = {match.span(1) for match in cells if match[1] in numbers}
    for action in rows["actions"]:
        start = int(action["source_start"])
        ordinal = re.search(r"（[^（）]+）$", text[:start])
        if ordinal:
            places.add(ordinal.span())
    return places


def _inside(number: NumberInText, places: Iterable[tuple[int, int]]) -> bool:
    return any(start <= number.start and number.end <= end for start, end in places)


def _unaccounted(text: str, number: NumberInText, notes_file: str) -> Problem:
    around = text[max(0, number.start - 8) : number.end + 8].replace("\n", " ").replace("\t", " ")
    line = text.count("\n", 0, number.start) + 1
    return Problem(
        "build.number-not-accounted",
        Text(f"原文中的数“{number.text}”（……{around}……）没有着落。",
             f"The number '{number.text}' in '…{around}…' is not accounted for."),
        f"task_list:{line}",
        Text(f"请将其纳入某个目标，或在 {notes_file} 中写明为何不是目标。",
             f"Make it part of a target's wording, or say in {notes_file} why it is none."),
    )  # fmt: skip


def _idle(note: EditedRow) -> Problem:
    words = note.values["words"]
    return Problem(
        "build.note-idle",
        Text(f"说明“{words}”在原文中没有对应。", f"The note '{words}' matches nothing in the text."),
        note.where,
        Text("请删去，或照原文改正。", "Remove it, or copy the words verbatim."),
    )
