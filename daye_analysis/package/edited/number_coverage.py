"""Every number in the official text is accounted for: it belongs to a target, or a note says why not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from itertools import accumulate
from pathlib import Path

from daye_analysis.errors import Problem
from daye_analysis.package.edited.messages import EDITED_PROBLEMS
from daye_analysis.package.edited.official_text import Extent, OfficialText
from daye_analysis.package.edited.tables import EditedRow, read_yaml, rows_of
from daye_analysis.package.records import TextRow
from daye_analysis.problem_messages import worded
from daye_analysis.source.targets.english import is_english
from daye_analysis.source.targets.numbers import NumberInText, find_numbers

_NOTE_KEYS = ("words", "span", "note_zh", "note_en")
_NOTE_REQUIRED = ("words", "note_zh")
_POWERS = tuple(Decimal(10) ** power for power in range(13))
# From what a value moves: 从 7.8% 提高到 8.5%, 比 2020 年的 30 家增加.
_BASE = re.compile("(?:从|由|比|较)[^，、；。]{0,16}$")


def unaccounted_numbers(
    official: OfficialText, targets: Sequence[TextRow] | None, notes_path: Path, problems: list[Problem]
) -> None:
    """Add to `problems` each number of the text that nothing accounts for, and each note that applies to no number.

    `targets` are the rows of that table. A number is accounted for by a target whose value, base or date it is, by
    a note at its place, or by the list's numbering. Without targets, because they could not be read, only the
    notes are looked at.
    """
    notes = rows_of(notes_path, read_yaml(notes_path) or [], _NOTE_KEYS, _NOTE_REQUIRED, problems)
    covered = list(official.numbering)
    for note in notes:
        place = _place(official.text, note, problems)
        covered += [place] if place else []
    if targets is not None:
        spans = ((int(row["source_start"]), int(row["source_end"]), row["value"]) for row in targets)
        covered += target_places(official.text, spans)
        loose = numbers_outside(official.text, covered)
        problems += [_unaccounted(official.text, number, notes_path.name) for number in loose]


def target_places(text: str, targets: Iterable[tuple[int, int, str]]) -> list[Extent]:
    """Return the places of the numbers that the targets, each (start, end, value), account for.

    Those are, within a target's wording, the value itself in any power of ten (600亿元 is 600 in 亿元), the dates,
    and the base from which it moves. Any other number there is a matter of its own: 在12个村安装路灯800盏.
    """
    return [
        (start + number.start, start + number.end)
        for start, end, value in targets
        for number in find_numbers(text[start:end])
        if number.kind in ("date", "period")
        or _is_english_year(text, start, end, number)
        or _is_value(number, value)
        or _BASE.search(text[start : start + number.start])
    ]


def _is_english_year(text: str, start: int, end: int, number: NumberInText) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", number.text) is not None and is_english(text[start:end])


def _is_value(number: NumberInText, value: str) -> bool:
    try:
        wanted = Decimal(value)
    except InvalidOperation:
        return False
    # 倍 alone, as in 倍增, is two times.
    printed = (Decimal(2), None) if number.text == "倍" else (number.value, number.high)
    return any(each is not None and any(wanted * power == each for power in _POWERS) for each in printed)


def numbers_outside(text: str, places: Sequence[Extent]) -> list[NumberInText]:
    """Return the numbers in `text` that lie in none of `places`."""
    ordered = sorted(places)
    starts = [start for start, _ in ordered]
    # The furthest end of all places that start no later than the one at the same index.
    ends = list(accumulate((end for _, end in ordered), max))
    return [
        number
        for number in find_numbers(text)
        if not (before := bisect_right(starts, number.start)) or ends[before - 1] < number.end
    ]


def _place(text: str, note: EditedRow, problems: list[Problem]) -> Extent | None:
    """Return the one place that `note` speaks of; None, and a problem, where that cannot be determined."""
    words = note.get("words")
    found = [match.span() for match in re.finditer(re.escape(words), text)] if words else []
    numbers = [int(each) for each in note.get("span") or () if each.isascii() and each.isdecimal()]
    if len(numbers) == 2 and text[numbers[0] : numbers[1]] == words:
        return numbers[0], numbers[1]
    if len(found) == 1 and not note.get("span"):
        return found[0]
    problems.append(_ambiguous(note, found) if found else _idle(note))
    return None


def _unaccounted(text: str, number: NumberInText, notes_file: str) -> Problem:
    around = text[max(0, number.start - 8) : number.end + 8].replace("\n", " ").replace("\t", " ")
    line = text.count("\n", 0, number.start) + 1
    span = f"[{number.start}, {number.end}]"
    values = {"number": number.text, "around": around, "file": notes_file, "span": span}
    return worded(EDITED_PROBLEMS, "build.number-not-accounted", f"task_list:{line}", **values)


def _ambiguous(note: EditedRow, found: Sequence[Extent]) -> Problem:
    places = tuple(f"[{start}, {end}]" for start, end in found[:12])
    return worded(EDITED_PROBLEMS, "build.note-ambiguous", f"{note.where}:span", words=note.get("words"), places=places)


def _idle(note: EditedRow) -> Problem:
    return worded(EDITED_PROBLEMS, "build.note-idle", note.where, words=note.get("words"))
