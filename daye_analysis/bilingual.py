"""A text that exists in Chinese and in English."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """The same words in Simplified Chinese (`zh`) and English (`en`)."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """Return the words in `language`."""
        return self.zh if language == "zh" else self.en
