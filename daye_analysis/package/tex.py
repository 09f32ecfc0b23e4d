"""Words for LaTeX: what it reads as a command becomes a character."""

from __future__ import annotations

from typing import Final

_TEX: Final = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
     "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
     # Signs that not every font of letters holds.
     "≥": r"$\geq$", "≤": r"$\leq$", "<": "$<$", ">": "$>$", "−": "$-$", "×": r"$\times$", "·": r"$\cdot$"}
)  # fmt: skip


def tex(text: str) -> str:
    """Return `text` as LaTeX prints it."""
    return text.translate(_TEX)
