"""What must hold of a document before it is printed: a glyph for every character, no level of headings skipped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from daye_analysis.bilingual import Text as Bilingual
from daye_analysis.errors import Problem
from daye_analysis.figures.typeface import missing_characters
from daye_analysis.reporting.pdf import pictures
from daye_analysis.reporting.pdf.blocks import (
    Code,
    CodeBlock,
    Document,
    Formula,
    Heading,
    LostPicture,
    Node,
    Picture,
    Printout,
    Table,
    Text,
    walk,
    words,
)
from daye_analysis.reporting.pdf.formula_names import is_sign


def missing_glyphs(document: Document) -> list[Problem]:
    """Return one problem (`pdf.missing-glyph`) for each place that needs a character which the fonts lack."""
    places = {"title": document.title, "author": document.author, "footer": document.footer}
    for passage in document.passages:
        text = "".join(text for node in walk(passage.blocks) for text in _printed(node))
        places[passage.where] = places.get(passage.where, "") + text
    return [
        _missing_glyph(where, missing)
        for where, text in places.items()
        if (missing := missing_characters(text))
    ]


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
        case Text(text) | Code(text) | CodeBlock(text) | Printout(text):
            yield text
        case Formula(latex):
            # Signs that LaTeX names come from the mathematics font; only what stands there as itself is checked.
            yield "".join(character for character in latex if not is_sign(character))
        case Heading():
            yield node.number
        case Table() | Picture():
            yield node.caption
            if isinstance(node, Picture) and node.format == "svg":
                yield from pictures.svg_texts(node.data)
        case LostPicture():
            yield node.alt
        case _:
            return


def _missing_glyph(where: str, missing: list[str]) -> Problem:
    shown = "、".join(_named(character) for character in missing)
    return Problem(
        "pdf.missing-glyph",
        Bilingual(f"内置字体没有这些字符：{shown}。", f"The fonts lack these characters: {shown}."),
        where,
        Bilingual(
            "请换用别的字，或用 scripts/make_fonts.py 把它们加进字体。",
            "Use other characters, or add these to the fonts with scripts/make_fonts.py.",
        ),
    )


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"{character} (U+{ord(character):04X}{' ' + name if name and not name.startswith('CJK') else ''})"


def _heading_jump(node: Node, where: str) -> Problem | None:
    if not isinstance(node, Heading) or not node.skipped:
        return None
    title = words(node.body)
    return Problem(
        "pdf.heading-jump",
        Bilingual(f"标题「{title}」跳过了 {node.skipped} 级。", f"The heading {title!r} skips {node.skipped} level(s)."),
        where,
        Bilingual("请去掉相应个数的 #。", "Take away as many # signs."),
    )
