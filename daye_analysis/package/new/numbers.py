"""The numbers that no proposal holds, gathered by the words in which they stand, for a person to say what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daye_analysis.package.accounting import numbers_outside
from daye_analysis.package.official_text import Place
from daye_analysis.source import NumberInText
from daye_analysis.source.cells import line_of

# Names and slogans: “双区五园”, “十大创新平台”.
_QUOTED = re.compile(r"[“「][^“”「」\n\t]{1,16}[”」]")
_SELF_EXPLAINING = ("date", "period", "ordinal")
_SPELLED = ("chinese", "magnitude", "multiple")


@dataclass(frozen=True, slots=True)
class NumberNote:
    """Words that hold a number, and the lines, from 1, on which they stand where nothing else accounts for it."""

    words: str
    lines: tuple[int, ...]


def number_notes(text: str, covered: Sequence[Place]) -> tuple[NumberNote, ...]:
    """Return the words to be explained so that every number of `text` outside `covered` is accounted for."""
    lines: dict[str, list[int]] = {}
    for number in numbers_outside(text, covered):
        held = next((words for words in lines if _holds(text, words, number)), None)
        lines.setdefault(held or _words(text, number), []).append(line_of(text, number.start))
    return tuple(NumberNote(words, tuple(dict.fromkeys(found))) for words, found in lines.items())


def _holds(text: str, words: str, number: NumberInText) -> bool:
    """Tell whether `words` stand around `number` at its place."""
    first = max(0, number.end - len(words))
    return any(text.startswith(words, start) for start in range(first, number.start + 1))


def _words(text: str, number: NumberInText) -> str:
    """Return the number with as many words as tell it from others, and no more, so that equal cases fall together."""
    for quoted in _QUOTED.finditer(text, max(0, number.start - 18), number.end + 18):
        if quoted.start() <= number.start and number.end <= quoted.end():
            return quoted.group()
    if number.kind in _SELF_EXPLAINING:
        return number.text
    after = re.compile(r"[\w:：.]{0,4}" if number.kind not in _SPELLED else r"\w?").match(text, number.end)
    before = re.search(r"[\w:：.]{0,4}\Z" if number.kind not in _SPELLED else r"\Z", text[: number.start])
    return f"{before.group() if before else ''}{number.text}{after.group() if after else ''}"
