"""Loose pieces of a line into tidy inlines: HTML tags paired, white space collapsed, links made safe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from daye_analysis.reporting.pdf import pictures
from daye_analysis.reporting.pdf.blocks import (
    Code,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Raised,
    Strike,
    Strong,
    Text,
    plain,
    words,
)
from daye_analysis.reporting.pdf.html_tree import Element, parse_html

_SAFE_SCHEMES = {"http", "https", "mailto"}
# The space in 6.4 % and in CNY 15 billion.
_BELONGING = re.compile(r"(?<=\d) (?=%)|(?<=\bCNY) (?=\d)")
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^>]*>$", re.DOTALL)
# Tags whose words stand as they are.
_NEUTRAL = frozenset(
    [
        "span",
        "div",
        "p",
        "u",
        "ins",
        "small",
        "big",
        "font",
        "center",
        "abbr",
        "mark",
        "label",
        "cite",
        "q",
        "time",
        "wbr",
        "nobr",
        "section",
    ]
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A raw HTML tag or comment met between the words of a Markdown line."""

    raw: str


Piece = Inline | Tag


def tidied(pieces: Sequence[Piece]) -> Inlines:
    """Return `pieces` as inlines: tags paired or shown as typed, white space collapsed, edges trimmed."""
    return trimmed(_joined(_paired(list(pieces))))


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
            return [Code(words(body))]
        case "br":
            return [LineBreak()]
        case "img":
            return [pictures.from_address(attributes.get("src", ""), plain(attributes.get("alt", "")))]
        case "a" if "href" in attributes:
            return linked(attributes["href"], body, as_typed=False)
        case _:
            return list(body)


def linked(address: str, body: Inlines, as_typed: bool = True) -> list[Inline]:
    """Return a link where the address is safe to follow.

    An address within the notebook or relative to it leads nowhere on paper: only its words stay. Any other scheme
    is shown as text, as Markdown would have it typed or as words with the address after them.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return [Text("["), *body, Text(f"]({plain(address)})")]
    if parts.scheme.lower() in _SAFE_SCHEMES and (parts.netloc or parts.scheme.lower() == "mailto"):
        return [Link(plain(address.strip()), body or (Text(plain(address)),))]
    if not parts.scheme and not parts.netloc:
        return list(body)
    return (
        [Text("["), *body, Text(f"]({plain(address)})")]
        if as_typed
        else [*body, Text(f" ({plain(address)})")]
    )


def _paired(pieces: list[Piece]) -> list[Inline]:
    """Join opening and closing tags; comments vanish, and an unknown or active tag is shown as typed."""
    found: list[Inline] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if not isinstance(piece, Tag):
            found.append(piece)
            continue
        match = _TAG_NAME.match(piece.raw)
        if match is None:
            found += [] if piece.raw.startswith("<!--") else [Text(plain(piece.raw))]
            continue
        closing, name = match.group(1), match.group(2).lower()
        element = _element(piece.raw)
        end = _closing_tag(pieces, at, name)
        if closing:
            found += [] if name in _NEUTRAL else [Text(plain(piece.raw))]
        elif name in ("br", "img") and element:
            found += formatted(name, element.attributes, ())
        elif end is not None and element and _is_known(name):
            found += formatted(name, element.attributes, tidied_inside(pieces[at:end]))
            at = end + 1
        elif name not in _NEUTRAL:
            found.append(Text(plain(piece.raw)))
    return found


def tidied_inside(pieces: Sequence[Piece]) -> Inlines:
    """Like `tidied`, but keeps a space at either edge, since words go on outside."""
    return _joined(_paired(list(pieces)))


def _is_known(name: str) -> bool:
    return name in _NEUTRAL or name in (
        [
            "a",
            "b",
            "strong",
            "i",
            "em",
            "var",
            "dfn",
            "s",
            "del",
            "strike",
            "sup",
            "sub",
            "code",
            "kbd",
            "samp",
            "tt",
        ]
    )


def _element(raw: str) -> Element | None:
    return next((child for child in parse_html(raw).children if isinstance(child, Element)), None)


def _closing_tag(pieces: Sequence[Piece], start: int, name: str) -> int | None:
    for at in range(start, len(pieces)):
        piece = pieces[at]
        if isinstance(piece, Tag) and re.fullmatch(rf"</{name}\s*>", piece.raw, re.IGNORECASE):
            return at
    return None


def _joined(inlines: Sequence[Inline]) -> Inlines:
    """Merge neighbouring texts and collapse their white space."""
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(inline, Text) and isinstance(last, Text):
            merged[-1] = Text(last.text + inline.text)
        else:
            merged.append(inline)
    return tuple(Text(_collapsed(inline.text)) if isinstance(inline, Text) else inline for inline in merged)


def _collapsed(text: str) -> str:
    """Turn a run of white space into one space, and a line's end between two Chinese characters into nothing.

    A number stays on one line with its per cent sign or currency.
    """

    def replacement(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        return "" if "\n" in match.group() and _is_wide(before) and _is_wide(after) else " "

    return _BELONGING.sub("\u00a0", re.sub(r"[ \t\n]+", replacement, text))


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def trimmed(inlines: Inlines) -> Inlines:
    """Take spaces and line breaks off both ends."""
    kept = list(inlines)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while kept:
            edge = kept[end]
            if isinstance(edge, Text):
                text = strip(edge.text, " ")
                if text:
                    kept[end] = Text(text)
                    break
            elif not isinstance(edge, LineBreak):
                break
            kept.pop(end)
    return tuple(kept)
