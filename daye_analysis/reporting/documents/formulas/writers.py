"""Write a formula's tree as Typst mathematics, and as words for screen readers."""

from __future__ import annotations

from daye_analysis.reporting.documents.document_blocks import (
    Footnote,
    Formula,
    Inlines,
    Node,
    PlainText,
    transformed,
    words,
)
from daye_analysis.reporting.documents.formulas.names import INTEGRALS, LARGE, is_sign
from daye_analysis.reporting.documents.formulas.parser import (
    Accent,
    Array,
    Fence,
    FormulaRow,
    Fraction,
    Function,
    NotUnderstood,
    Part,
    Root,
    Scripts,
    Space,
    Style,
    Symbol,
    Words,
    parse_formula,
)
from daye_analysis.reporting.documents.typst_text import literal

_TYPST_ACCENTS = {
    "hat": "hat",
    "tilde": "tilde",
    "bar": "macron",
    "overline": "overline",
    "underline": "underline",
    "arrow": "arrow",
    "dot": "dot",
    "ddot": "dot.double",
    "overbrace": "overbrace",
    "underbrace": "underbrace",
}
_TYPST_VARIANTS = {
    "bold": "bold",
    "upright": "upright",
    "blackboard": "bb",
    "calligraphic": "cal",
    "fraktur": "frak",
    "sans": "sans",
    "mono": "mono",
}
_MARKS = {
    "hat": "^",
    "tilde": "~",
    "bar": "¯",
    "overline": "¯",
    "underline": "_",
    "arrow": "→",
    "dot": "˙",
    "ddot": "¨",
    "overbrace": "⏞",
    "underbrace": "⏟",
}

# So many characters of a formula, in words, are wider than a page.
_WIDEST_LINE = 300


def to_typst(part: Part) -> str:
    """Return Typst mathematics for `part`; every word and sign is quoted or escaped, so none can act as code."""
    match part:
        case Symbol(text):
            return _typst_symbol(text)
        case Words(text):
            return literal(text)
        case Function(name, limits):
            return f"op({literal(name)}, limits: #{'true' if limits else 'false'})"
        case FormulaRow(parts):
            return " ".join(to_typst(each) for each in parts) or '""'
        case Fraction(over, under, bar):
            return f"{'frac' if bar else 'binom'}({to_typst(over)}, {to_typst(under)})"
        case Root(body, index):
            return (
                f"sqrt({to_typst(body)})" if index is None else f"root({to_typst(index)}, {to_typst(body)})"
            )
        case Scripts(base, below, above):
            attached = [
                f", b: {to_typst(below)}" if below else "",
                f", t: {to_typst(above)}" if above else "",
            ]
            return f"attach({to_typst(base)}{''.join(attached)})"
        case Fence(left, body, right):
            sides = [_typst_symbol(side) if side else "" for side in (left, right)]
            return f"lr({sides[0]} {to_typst(body)} {sides[1]})"
        case Accent(mark, body):
            return f"{_TYPST_ACCENTS[mark]}({to_typst(body)})"
        case Style(variant, body):
            return f"{_TYPST_VARIANTS[variant]}({to_typst(body)})"
        case Array():
            return _typst_array(part)
        case Space(width):
            return f"#h({width}em)"


def _typst_symbol(text: str) -> str:
    if text.isascii() and (text.isalnum() or text.replace(".", "").isdigit()):
        return text
    # Typst pairs these too, and would look for the other one.
    if text.isascii() or text in "⟨⟩⌊⌋⌈⌉‖":
        return "".join(f"\\{character}" for character in text)
    return text if is_sign(text) else literal(text)


def _typst_array(array: Array) -> str:
    rows = [[to_typst(cell) for cell in row] for row in array.rows]
    if array.kind == "cases":
        return f"cases({', '.join(' & '.join(row) for row in rows)})"
    if array.kind == "aligned":
        return " \\ ".join(" & ".join(row) for row in rows)
    left, right = (literal(side) if side else "none" for side in (array.left, array.right))
    return f"mat(delim: #({left}, {right}), {'; '.join(', '.join(row) for row in rows)})"


def lines(formula: FormulaRow) -> tuple[FormulaRow, ...]:
    """Return the lines of an aligned formula one of which is wider than any page, else the formula whole.

    Typst breaks no line of several.
    """
    match formula.parts:
        case (Array(kind="aligned", rows=rows),) if any(len(to_words(FormulaRow(row))) > _WIDEST_LINE for row in rows):
            return tuple(FormulaRow(row) for row in rows)
    return (formula,)


def in_words(body: Inlines) -> str:
    """Return the words of `body` with its formulas as one would type them, for titles and outlines; notes are left out."""
    return words(transformed(tuple(inline for inline in body if not isinstance(inline, Footnote)), _formula_in_words)).strip()


def _formula_in_words(node: Node) -> Node:
    if not isinstance(node, Formula):
        return node
    try:
        return PlainText(" ".join(to_words(parse_formula(node.latex)).split()))
    except NotUnderstood:
        return PlainText(node.latex)


def to_words(part: Part) -> str:
    """Return `part` on one line, as one would type it: (a + b)/c, x_i^2, √(y)."""
    match part:
        case Symbol(text) | Words(text):
            return f" {text} " if len(text) == 1 and text in "=<>≤≥≈+−×±∈→⇒≠" else text
        case Function(name, _):
            return f"{name} "
        case FormulaRow(parts):
            return "".join(to_words(each) for each in parts)
        case Fraction(over, under, bar):
            return f"{_grouped(over)}/{_grouped(under)}" if bar else f"C({to_words(over)}, {to_words(under)})"
        case Root(body, index):
            return f"{'' if index is None else _grouped(index)}√{_grouped(body)}"
        case Scripts(base, below, above):
            ends = [f"_{_grouped(below)}" if below else "", f"^{_grouped(above)}" if above else ""]
            return _grouped(base) + "".join(ends) + (" " if _is_large(base) else "")
        case Fence(left, body, right):
            return f"{left}{to_words(body)}{right}"
        case Accent(mark, body):
            return f"{_grouped(body)}{'' if mark.endswith('brace') else _MARKS[mark]}"
        case Style(_, body):
            return to_words(body)
        case Array():
            rows = "; ".join(", ".join(to_words(cell).strip() for cell in row) for row in part.rows)
            return f"{part.left}{rows}{part.right}"
        case Space(width):
            return " " if width > 0 else ""


def _is_large(part: Part) -> bool:
    return isinstance(part, Symbol) and part.text in LARGE | INTEGRALS


def _grouped(part: Part) -> str:
    text = to_words(part).strip()
    return text if len(text) <= 1 or isinstance(part, Symbol | Words | Function | Fence) else f"({text})"
