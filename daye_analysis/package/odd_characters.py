"""Characters that no text for people may hold: control characters, and those that are invisible or turn the writing."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

# Control characters but LF, which a text of several lines may hold, and halves of surrogate pairs.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Marks that turn the writing direction (UAX #9), zero-width characters, soft hyphen, tags, replacement character.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffd\U000e0000-\U000e007f]"
)
_LAYOUT = str.maketrans("\t\r\ufeff", " " * 3)


class OddCharacter(NamedTuple):
    """A character that a text may not hold, and its place in the text, from 1."""

    kind: Literal["control", "hidden"]
    place: int
    name: str


def odd_character(text: str) -> OddCharacter | None:
    """Return the first control character of `text`, else the first that is hidden; None where all can be read."""
    if text.isascii() and text.isprintable():
        return None
    if match := _CONTROL.search(text):
        return OddCharacter("control", match.start() + 1, character_name(match.group()))
    if match := _HIDDEN.search(text):
        return OddCharacter("hidden", match.start() + 1, character_name(match.group()))
    return None


def without_layout(line: str) -> str:
    """Return a line of an official text without what its layout has: tabs before cells, other line ends, a byte order mark."""
    return line.translate(_LAYOUT)


def character_name(character: str) -> str:
    """Return a character's code point and Unicode name (`U+FF10 FULLWIDTH DIGIT ZERO`)."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
