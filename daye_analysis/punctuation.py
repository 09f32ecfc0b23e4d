"""Punctuation in Chinese and English: joining, listing, ending and bracketing words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from daye_analysis.bilingual import Language, Text

COMMA: Final = Text("，", ", ")
LIST_COMMA: Final = Text("、", ", ")
SEMICOLON: Final = Text("；", "; ")
COLON: Final = Text("：", ": ")
FULL_STOP: Final = Text("。", ".")
DASH: Final = Text("—", "–")
_BELONGING: Final = re.compile(r"(?<=\d) (?=%)|(?<=\bCNY) (?=\d)")


def listed(parts: Iterable[str], language: Language) -> str:
    """Return `parts` as a list within a sentence: 甲、乙; a, b."""
    return LIST_COMMA.say(language).join(parts)


def joined(parts: Iterable[str], language: Language, mark: Text = COMMA) -> str:
    """Return `parts` joined by a mark, those that are empty left out."""
    return mark.say(language).join(part for part in parts if part)


def bracketed(words: str, language: Language) -> str:
    """Return `words` in brackets, in English with a space before them; empty where there are none."""
    return Text(f"（{words}）", f" ({words})").say(language) if words else ""


def kept_together(words: str) -> str:
    """Return `words` with no line break between a number and its sign or currency: 6.4 %, CNY 15 billion."""
    return _BELONGING.sub("\u00a0", words)
