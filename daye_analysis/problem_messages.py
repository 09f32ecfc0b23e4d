"""User-facing problems: the message catalogues of the rooms, filled with values and made safe to print."""

from __future__ import annotations

from collections.abc import Mapping

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import Problem

# What is wrong and how to fix it, by code. A code with several messages has one entry for each, with the case after a
# slash ("parameter.unknown/near"), which is no part of the code.
Words = Mapping[str, tuple[Text, Text]]

_SHOWN = 60


def shown(value: object) -> str:
    """Return `value` short and on one line, every character that does not print written as its code point.

    What was found comes from an untrusted file: it may hold terminal escapes, marks that turn the writing
    direction, or a million characters.
    """
    text = str(value)
    return _printable(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def whole(value: object) -> Text:
    """Return `value` on one line for a message that must not cut it: a path, or what another program said."""
    text = _printable(" ".join(str(value).splitlines()))
    return Text(text, text)


def worded(words: Words, code: str, where: str, /, **values: object) -> Problem:
    """Return the problem `code` at `where`, its words (what, remedy) taken from `words` and filled with `values`.

    A value is shown by `shown`; a tuple (codes that may be chosen from) and a Text are ours, and given whole.
    """
    filled: dict[Language, dict[str, str]] = {
        language: {name: _in(language, value) for name, value in values.items()} for language in ("zh", "en")
    }
    what, remedy = (
        Text(text.zh.format(**filled["zh"]), text.en.format(**filled["en"])) for text in words[code]
    )
    return Problem(code.partition("/")[0], what, where, remedy)


def _in(language: Language, value: object) -> str:
    if isinstance(value, Text):
        return value.say(language)
    if isinstance(value, tuple):
        return ("、" if language == "zh" else ", ").join(map(str, value))
    return shown(value)


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else f"\\u{{{ord(each):04x}}}" for each in text)
