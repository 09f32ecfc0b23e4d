"""Checks of a document before printing: a glyph for every character, no skipped heading level."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from daye_analysis.errors import Problem
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.documents.document_blocks import (
    Code,
    CodeBlock,
    Document,
    Formula,
    Heading,
    LostPicture,
    Node,
    NotPrinted,
    Picture,
    PlainText,
    Printout,
    Table,
    transformed,
    walk,
    words,
)
from daye_analysis.reporting.documents.formulas.names import is_sign
from daye_analysis.reporting.documents.not_printed import MISSING_GLYPH
from daye_analysis.reporting.documents.problems import DOCUMENT_PROBLEMS
from daye_analysis.reporting.documents.svg.safe import drawing_texts


def missing_glyphs(document: Document, held: frozenset[int], strict: bool) -> list[Problem]:
    """Return one problem (`pdf.missing-glyph`) for each place that needs a character beyond those `held`."""
    places = {"title": document.title, "author": document.author, "footer": document.footer}
    for passage in document.passages:
        text = "".join(text for node in walk(passage.blocks) for text in _printed(node))
        places[passage.where] = places.get(passage.where, "") + text
    return [
        _missing_glyph(where, missing, strict) for where, text in places.items() if (missing := _missing(text, held))
    ]


def with_names(document: Document, held: frozenset[int]) -> Document:
    """Return `document` with the name in brackets of every character beyond those `held`."""

    def named(text: str) -> str:
        return "".join(
            character if character not in missing else f"[{_name(character)}]" for character in text
        ) if (missing := set(_missing(text, held))) else text

    def change(node: Node) -> Node:
        match node:
            case PlainText(text) | Code(text) | CodeBlock(text) | Printout(text):
                return replace(node, text=named(text))
            case Formula(latex):
                missing = _missing("".join(character for character in latex if not is_sign(character)), held)
                for character in missing:
                    latex = latex.replace(character, rf"\text{{[{_name(character)}]}}")
                return replace(node, latex=latex)
            case Table():
                return replace(node, caption=named(node.caption))
            case Picture():
                data = node.data
                for character in _missing("".join(drawing_texts(data)), held) if node.format == "svg" else ():
                    data = data.replace(character.encode(), f"[{_name(character)}]".encode())
                return replace(node, caption=named(node.caption), data=data)
            case LostPicture():
                return replace(node, alt=named(node.alt), address=named(node.address))
            case NotPrinted():
                return replace(node, detail=named(node.detail))
            case _:
                return node

    passages = tuple(replace(each, blocks=transformed(each.blocks, change)) for each in document.passages)
    return replace(
        document,
        title=named(document.title),
        heading=transformed(document.heading, change),
        author=named(document.author),
        footer=named(document.footer),
        passages=passages,
    )


def _missing(text: str, held: frozenset[int]) -> list[str]:
    """Return the characters of `text` beyond those `held`, in order, each once; newline and tab need no glyph."""
    return [character for character in dict.fromkeys(text) if ord(character) not in held and character not in "\n\t"]


def heading_jumps(document: Document) -> list[Problem]:
    """Return a problem for each heading that skips a level, which PDF/UA-1 forbids."""
    return [
        problem
        for passage in document.passages
        for node in walk(passage.blocks)
        if (problem := _heading_jump(node, passage.where))
    ]


def _printed(node: Node) -> Iterator[str]:
    """Yield the strings of one node that appear on paper."""
    match node:
        case PlainText(text) | Code(text) | CodeBlock(text) | Printout(text):
            yield text
        case Formula(latex):
            # Signs that LaTeX names come from the mathematics font; only what is there as itself is checked.
            yield "".join(character for character in latex if not is_sign(character))
        case Heading():
            yield node.number
        case Table() | Picture():
            yield node.caption
            if isinstance(node, Picture) and node.format == "svg":
                yield from drawing_texts(node.data)
        case LostPicture():
            yield node.alt or node.address
        case NotPrinted():
            yield node.detail
        case _:
            return


def _missing_glyph(where: str, missing: list[str], strict: bool) -> Problem:
    shown = [f"{character} (U+{ord(character):04X}{'' if _is_ideograph(character) else ' ' + _name(character)})" for character in missing]
    case = "refused" if strict else "named"
    return worded(DOCUMENT_PROBLEMS, f"{MISSING_GLYPH}/{case}", where, characters=tuple(shown))


def _name(character: str) -> str:
    return f"U+{ord(character):04X}" if _is_ideograph(character) else unicodedata.name(character)


def _is_ideograph(character: str) -> bool:
    """Whether a character's name says nothing but its number."""
    return unicodedata.name(character, "CJK").startswith("CJK")


def _heading_jump(node: Node, where: str) -> Problem | None:
    if not isinstance(node, Heading) or not node.skipped:
        return None
    title = words(node.body)
    return worded(DOCUMENT_PROBLEMS, "pdf.heading-jump", where, title=title, skipped=node.skipped)
