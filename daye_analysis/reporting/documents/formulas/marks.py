r"""Where a formula is among words, as Jupyter's MathJax marks it: `$x$`, `$$x$$`, `\(x\)`, `\[x\]`, and bare environments.

A single dollar sign is read as pandoc reads it: no space just inside, no digit after, so that `$5 and $6`, which Jupyter would take for a
formula, stays money. With spaces (`$ x^2 $`) it is a formula, as in Jupyter, where it is a letter or has a sign of LaTeX.
"""

from __future__ import annotations

import re
from typing import Final

from daye_analysis.reporting.documents.document_blocks import Formula, Inline, PlainText, plain

INLINE: Final = r"\$(?![\s$])(?P<inline_maths>(?:\\[\s\S]|[^\\$`])+?)(?<!\s)\$(?!\d)"
SPACED: Final = r"\$(?P<spaced_maths>\s*[A-Za-z]\s*|(?=[^$]*[\\^_=])(?:\\[\s\S]|[^\\$`])+?)\$(?!\d)"
DISPLAY: Final = r"\$\$(?P<display_maths>(?:\\[\s\S]|[^\\$])+?)\$\$"
ENVIRONMENT: Final = (
    r"(?P<environment>\\begin\{(?P<environment_name>(?:equation|align|alignat|flalign|multline|gather|eqnarray)\*?)\}"
    r"[\s\S]+?\\end\{(?P=environment_name)\})"
)
_PARENTHESES: Final = r"\\\((?P<parentheses>(?:(?!\\\()[\s\S])+?)\\\)"
_BRACKETS: Final = r"\\\[(?P<brackets>(?:(?!\\\[(?!\d))[\s\S])+?)\\\]"
_AMONG_WORDS: Final = re.compile("|".join((r"\\(?P<dollar>\$)", DISPLAY, INLINE, SPACED, ENVIRONMENT, _BRACKETS, _PARENTHESES)))
_ON_THEIR_OWN: Final = ("display_maths", "environment", "brackets")
_IN_A_LINE: Final = ("inline_maths", "spaced_maths", "parentheses")


def with_formulas(text: str) -> list[Inline]:
    """Return the words of an HTML text with the formulas that are marked in them."""
    if "$" not in text and "\\" not in text:
        return [PlainText(plain(text))]
    found: list[Inline] = []
    end = 0
    for match in _AMONG_WORDS.finditer(text):
        found.append(PlainText(plain(text[end : match.start()])))
        end = match.end()
        latex = next((match[name] for name in (*_ON_THEIR_OWN, *_IN_A_LINE) if match[name] is not None), None)
        display = any(match[name] is not None for name in _ON_THEIR_OWN)
        found.append(PlainText("$") if latex is None else Formula(latex.strip(), display))
    return [*found, PlainText(plain(text[end:]))]
