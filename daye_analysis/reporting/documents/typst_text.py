"""Words as Typst string literals: the one door through which text from outside reaches Typst."""

from __future__ import annotations

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def literal(text: str) -> str:
    """Return `text` as a Typst string; inside one, Typst reads no markup and no code."""
    return f'"{text.translate(_ESCAPES)}"'
