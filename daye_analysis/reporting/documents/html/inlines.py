"""Loose pieces of a line as tidy inlines: paired HTML tags, collapsed white space, safe links."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from daye_analysis.punctuation import kept_together
from daye_analysis.reporting.documents import pictures
from daye_analysis.reporting.documents.document_blocks import (
    Anchor,
    Block,
    Code,
    Emphasis,
    Formula,
    Inline,
    Inlines,
    LineBreak,
    Link,
    LostPicture,
    NotPrinted,
    Paragraph,
    Picture,
    PlainText,
    Raised,
    Strike,
    Strong,
    plain,
    walk,
    words,
)
from daye_analysis.reporting.documents.html import tree
from daye_analysis.reporting.documents.html.tree import Element, parse_html

_SAFE_SCHEMES = {"http", "https", "mailto"}
# What an anchor may be called, in HTML and in Typst alike.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}")
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^>]*>$", re.DOTALL)
# Tags whose words are kept as they are; any other name in angle brackets is an author's own word.
_NEUTRAL = frozenset(
    ["span", "div", "p", "u", "ins", "small", "big", "font", "center", "abbr", "acronym", "mark", "label", "cite", "q", "time", "wbr", "nobr", "section", "article", "header", "footer", "main", "nav", "aside", "figure", "figcaption", "details", "summary", "address", "bdi", "bdo", "ruby", "rt", "rp", "rb", "data", "output", "meter", "progress", "picture", "source", "map", "area", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "col", "colgroup", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "body", "html", "style", "head", "title", "link", "meta", "base", "fieldset", "legend", "option", "optgroup", "datalist"]
)
_FORMATTING = frozenset(["a", "b", "strong", "i", "em", "var", "dfn", "s", "del", "strike", "sup", "sub", "code", "kbd", "samp", "tt"])
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Tag:
    """A raw HTML tag or comment met between the words of a Markdown line."""

    raw: str


Piece = Inline | Tag


def tidied(pieces: Sequence[Piece]) -> Inlines:
    """Return `pieces` as inlines: tags paired or shown as typed, white space collapsed, edges trimmed."""
    return trimmed(_joined(_paired(pieces)))


def formatted(tag: str, attributes: Mapping[str, str], body: Inlines) -> list[Inline]:
    """Return what an inline HTML element means."""
    match tag:
        case "b" | "strong" | "th":
            return [Strong(body)]
        case "i" | "em" | "var" | "dfn":
            return [Emphasis(body)]
        case "s" | "del" | "strike":
            return [Strike(body)]
        case "sup" | "sub":
            return [Raised(body, up=tag == "sup")]
        case "code" | "kbd" | "samp" | "tt":
            others = (node for node in walk(body) if isinstance(node, Picture | LostPicture | NotPrinted | Formula))
            return [Code(words(body)), *others]
        case "br":
            return [LineBreak()]
        case "img":
            address, alt = attributes.get("src", ""), plain(attributes.get("alt", ""))
            return [pictures.sized(pictures.from_address(address, alt), attributes)]
        case tree.DRAWING:
            return [pictures.from_drawing(attributes.get("source", ""), plain(attributes.get("aria-label", "")))]
        case tree.NOT_PRINTED:
            return [NotPrinted(attributes["kind"], plain(attributes.get("detail", "")))]
        case "input" if attributes.get("type", "text") not in ("hidden", "password"):
            return [PlainText(plain(attributes.get("value") or attributes.get("placeholder", "")))]
        case "option":
            return [*body, PlainText(" ")]
        case "a":
            name = attributes.get("id", "")
            anchor: list[Inline] = [Anchor(name)] if _NAME.fullmatch(name) else []
            return [*anchor, *(linked(attributes["href"], body, as_typed=False) if "href" in attributes else body)]
        case _:
            return list(body)


def linked(address: str, body: Inlines, as_typed: bool = True) -> list[Inline]:
    """Return a link where the address is safe to follow.

    One within the notebook is a link to its anchor; one relative to it leads nowhere on paper: only its words stay. Any
    other scheme is shown as text, as Markdown would have it typed or as words with the address after them.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return [PlainText("["), *body, PlainText(f"]({plain(address)})")]
    if parts.scheme.lower() in _SAFE_SCHEMES and (parts.netloc or parts.scheme.lower() == "mailto"):
        return [Link(plain(address.strip()), body or (PlainText(plain(address)),))]
    if not parts.scheme and not parts.netloc:
        inside = address.strip()
        return [Link(inside, body)] if inside[:1] == "#" and _NAME.fullmatch(inside[1:]) and body else list(body)
    return (
        [PlainText("["), *body, PlainText(f"]({plain(address)})")]
        if as_typed
        else [*body, PlainText(f" ({plain(address)})")]
    )


def _paired(pieces: Sequence[Piece]) -> list[Inline]:
    """Join opening and closing tags; comments vanish, and an unknown or active tag is shown as typed."""
    open_tags: list[tuple[str, Mapping[str, str], list[Inline]]] = [("", {}, [])]

    def close() -> None:
        name, attributes, body = open_tags.pop()
        open_tags[-1][2].extend(formatted(name, attributes, _joined(body)) if name in _FORMATTING else body)

    for piece in pieces:
        if not isinstance(piece, Tag):
            open_tags[-1][2].append(piece)
            continue
        match = _TAG_NAME.match(piece.raw)
        name = match.group(2).lower() if match else ""
        if name in ("br", "img"):
            if not match.group(1) and (element := _element(piece.raw)):  # type: ignore[union-attr]
                open_tags[-1][2].extend(formatted(name, element.attributes, ()))
        elif name in _FORMATTING or name in _NEUTRAL:
            if match and match.group(1):
                if any(name == each[0] for each in open_tags):
                    while open_tags[-1][0] != name:
                        close()
                    close()
            elif (element := _element(piece.raw)) and len(open_tags) < _DEEPEST and not piece.raw.rstrip().endswith("/>"):
                open_tags.append((name, element.attributes, []))
        elif not piece.raw.startswith("<!--"):
            open_tags[-1][2].append(PlainText(plain(piece.raw)))
    while len(open_tags) > 1:
        close()
    return open_tags[0][2]


def parted(body: Inlines) -> list[Block]:
    """Return a line as a paragraph, or as several where a display formula has a line of its own."""
    found: list[Block] = []
    for is_formula, part in itertools.groupby(body, lambda inline: isinstance(inline, Formula) and inline.display):
        if is_formula:
            found += [inline for inline in part if isinstance(inline, Formula)]
        elif kept := trimmed(tuple(part)):
            found.append(Paragraph(kept))
    return found


def tidied_inside(pieces: Sequence[Piece]) -> Inlines:
    """Like `tidied`, but keeps a space at either edge, since words go on outside."""
    return _joined(_paired(pieces))


def _element(raw: str) -> Element | None:
    return next((child for child in parse_html(raw).children if isinstance(child, Element)), None)


def _joined(inlines: Sequence[Inline]) -> Inlines:
    """Merge neighbouring texts and collapse their white space."""
    merged: list[Inline | list[str]] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(inline, PlainText) and isinstance(last, list):
            last.append(inline.text)
        else:
            merged.append([inline.text] if isinstance(inline, PlainText) else inline)
    return tuple(PlainText(_collapsed("".join(each))) if isinstance(each, list) else each for each in merged)


def _collapsed(text: str) -> str:
    """Turn a run of white space into one space, and a line's end between two Chinese characters into nothing.

    A number stays on one line with its per cent sign or currency.
    """

    def replacement(match: re.Match[str]) -> str:
        before = text[match.start() - 1] if match.start() else ""
        after = text[match.end()] if match.end() < len(text) else ""
        return "" if "\n" in match.group() and _is_wide(before) and _is_wide(after) else " "

    return kept_together(re.sub(r"[ \t\n]+", replacement, text))


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def trimmed(inlines: Inlines) -> Inlines:
    """Take spaces and line breaks off both ends."""
    kept = list(inlines)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while kept:
            edge = kept[end]
            if isinstance(edge, PlainText):
                text = strip(edge.text, " ")
                if text:
                    kept[end] = PlainText(text)
                    break
            elif not isinstance(edge, LineBreak):
                break
            kept.pop(end)
    return tuple(kept)
