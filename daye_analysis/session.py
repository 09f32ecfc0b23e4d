"""The default language of a session."""

from __future__ import annotations

import locale
import os
from typing import Final

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import WrongUsage
from daye_analysis.problem_messages import Words, worded

# Where a session says its language, the first that is set: the project's own, then in the order of gettext.
_NAMES: Final = ("DAYE_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_chosen: list[Language] = []
SESSION_PROBLEMS: Words = {
    "package.unknown-language": (
        Text("没有语言“{language}”。", "There is no language '{language}'."),
        Text("可用 zh 与 en。", "Use zh or en."),
    ),
}


def use_language(language: str = "") -> Language:
    """Let everything in this session speak `language` unless another is chosen, and return it.

    Parameters
    ----------
    language
        `zh` or `en`; empty: DAYE_LANGUAGE, else the locale's, else English.

    Raises
    ------
    WrongUsage
        package.unknown-language.

    Examples
    --------
    >>> import daye_analysis
    >>> daye_analysis.use_language("en")
    'en'
    """
    _chosen[:] = [language_of(language)] if language else []
    return session_language()


def language_of(language: str | None) -> Language:
    """Return `language`, the session's where none is given; WrongUsage (package.unknown-language) for any other."""
    if not language:
        return session_language()
    if language == "zh":
        return "zh"
    if language == "en":
        return "en"
    raise WrongUsage(worded(SESSION_PROBLEMS, "package.unknown-language", "language", language=language))


def session_language() -> Language:
    """Return the language of this session: the one chosen, else that of DAYE_LANGUAGE or the locale, else English."""
    if _chosen:
        return _chosen[0]
    wanted = next((os.environ[name] for name in _NAMES if os.environ.get(name)), None)
    if wanted is None:  # Windows keeps its language elsewhere
        wanted = locale.getlocale()[0] or ""
    return "zh" if wanted.lower().startswith(("zh", "chinese")) else "en"
