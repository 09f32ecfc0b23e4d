"""A text that exists in Chinese and in English, and a day written out in either."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """The same words in Simplified Chinese (`zh`) and English (`en`)."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """Return the words in `language`."""
        return self.zh if language == "zh" else self.en


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def date_words(day: date, language: Language) -> str:
    """Return a day as it is written out: 2025年12月31日, 31 December 2025."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
