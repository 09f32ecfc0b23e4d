"""Text as Typst string literals: the only way in which external text reaches Typst."""

from __future__ import annotations

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def literal(text: str) -> str:
    """Return `text` as a Typst string; inside one, Typst reads no markup and no code."""
    return f'"{text.translate(_ESCAPES)}"'
