"""Passwords and tokens: never accepted as a parameter, and never repeated in a message or a log."""

from __future__ import annotations

import re

KEY = re.compile(r"token|secret|passw|pwd|credential|bearer|api_?key|access_?key|signature|^key$|^sig$|^auth$", re.IGNORECASE)


def has_secret(text: str) -> bool:
    """Return whether a URL in `text` carries a user's password, or a query whose key speaks of a token or the like."""
    for word in text.split():
        _, scheme, rest = word.partition("://")
        if scheme:
            authority, *pairs = re.split("[?#&;]", rest)
            keys = (pair.partition("=")[0] for pair in pairs)
            if "@" in authority.partition("/")[0] or any(KEY.search(key) for key in keys):
                return True
    return False


def redacted(value: object) -> str:
    """Return `value` as Python writes it, in ASCII, and not at all where a secret is in it."""
    text = ascii(value)
    return "'***'" if has_secret(text) else text
