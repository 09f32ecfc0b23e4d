"""Text as Typst string literals: the only way in which external text reaches Typst."""

from __future__ import annotations

# Half a surrogate pair is no character of a file.
_HALF_PAIRS = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_ESCAPES = _HALF_PAIRS | str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def literal(text: str) -> str:
    """Return `text` as a Typst string; inside one, Typst reads no markup and no code."""
    return f'"{text.translate(_ESCAPES)}"'
