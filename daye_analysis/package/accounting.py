"""Accounting for every number in the official text: it belongs to a target, or a note says why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem
from daye_analysis.package.edited import EditedRow, read_yaml, rows_of
from daye_analysis.package.official import Row
from daye_analysis.package.official_text import OfficialText, Place
from daye_analysis.source.numbers import NumberInText, find_numbers

_NOTE_KEYS = ("words", "note_zh", "note_en")


def unaccounted_numbers(
    official: OfficialText, targets: Sequence[Row] | None, notes_path: Path, problems: list[Problem]
) -> None:
    """Add to `problems` each number of the text that nothing accounts for, and each note that stands idle.

    `targets` are the rows of that table. A number is accounted for by a target's wording, by the words of a note,
    or by the list's numbering. Without targets, because they could not be read, only the notes are looked at.
    """
    notes = rows_of(notes_path, read_yaml(notes_path) or [], _NOTE_KEYS, _NOTE_KEYS, problems)
    covered = list(official.numbering)
    for note in notes:
        places = [match.span() for match in re.finditer(re.escape(note.get("words")), official.text)]
        covered += places
        if not places:
            problems.append(_idle(note))
    if targets is not None:
        covered += [(int(row["source_start"]), int(row["source_end"])) for row in targets]
        loose = numbers_outside(official.text, covered)
        problems += [_unaccounted(official.text, number, notes_path.name) for number in loose]


def numbers_outside(text: str, places: Sequence[Place]) -> list[NumberInText]:
    """Return the numbers in `text` that lie in none of `places`."""
    return [
        number
        for number in find_numbers(text)
        if not any(start <= number.start and number.end <= end for start, end in places)
    ]


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
    words = note.get("words")
    return Problem(
        "build.note-idle",
        Text(f"说明“{words}”在原文中没有对应。", f"The note '{words}' matches nothing in the text."),
        note.where,
        Text("请删去，或照原文改正。", "Remove it, or copy the words verbatim."),
    )
