"""Filling the words of a problem with what was found, made safe to print."""

from __future__ import annotations

from collections.abc import Mapping

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem

Words = Mapping[str, tuple[Text, Text]]

_SHOWN = 60


def shown(value: object) -> str:
    """Return `value` short and on one line, every character that does not print written as its code point.

    What was found comes from an untrusted file: it may hold terminal escapes, marks that turn the writing
    direction, or a million characters.
    """
    text = str(value)
    cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return "".join(each if each.isprintable() else f"\\u{{{ord(each):04x}}}" for each in cut)


def worded(words: Words, code: str, where: str, **values: object) -> Problem:
    """Return the problem `code` at `where`, its words (what, remedy) taken from `words` and filled with `values`.

    A tuple is a list of codes that may be chosen from: ours, and told whole.
    """
    safe = {name: ", ".join(value) if isinstance(value, tuple) else shown(value) for name, value in values.items()}
    what, remedy = (Text(text.zh.format(**safe), text.en.format(**safe)) for text in words[code])
    return Problem(code, what, where, remedy)
