"""A drawing without scripts, event handlers and references to anything outside it; what it loses of its words is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from daye_analysis.reporting.documents.limits import in_force
from daye_analysis.reporting.documents.svg.cost import XLINK, is_costly, local

_SVG = "http://www.w3.org/2000/svg"
_INSIDE_ADDRESS = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);", re.IGNORECASE)
_OUTSIDE_STYLE = re.compile(
    r"@import|url\(\s*['\"]?(?!['\"]?(?:#|data:image/(?:png|jpeg|gif|webp);))", re.IGNORECASE
)
_FORBIDDEN = {"script", "foreignobject", "iframe", "audio", "video", "set", "animate", "handler", "listener"}
_SHAPES = {"path", "rect", "line", "circle", "ellipse", "polyline", "polygon", "image", "use"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that may be set; `unprinted` are the words of the HTML inside it, which is not."""

    data: bytes
    unprinted: str = ""


def safe_drawing(data: bytes) -> Drawing | Literal["unreadable", "large"]:
    """Return what may be set of an SVG, or why nothing of it may."""
    limits = in_force()
    if len(data) > limits.svg_bytes:
        return "large"
    if b"<!ENTITY" in data:
        return "unreadable"
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, LookupError, ValueError):
        return "unreadable"
    if root.tag not in (f"{{{_SVG}}}svg", "svg"):
        return "unreadable"
    if is_costly(root, limits.svg_elements, limits.svg_depth):
        return "large"
    said = [_squeezed(element) for element in root.iter() if local(element) == "foreignobject"]
    if _clean(root) or root.tag == "svg":
        ElementTree.register_namespace("", _SVG)
        ElementTree.register_namespace("xlink", XLINK)
        if root.tag == "svg":
            root.set("xmlns", _SVG)
        data = bytes(ElementTree.tostring(root, encoding="utf-8"))
    # A drawing often says the same again as text, for programs that set no HTML.
    drawn = "".join("".join(text.split()) for text in drawing_texts(data)) if said else ""
    return Drawing(data, "; ".join(each for each in dict.fromkeys(said) if "".join(each.split()) not in drawn)[:500])


def drawing_texts(data: bytes) -> Iterator[str]:
    """Yield the words that an SVG draws as text."""
    for element in ElementTree.fromstring(data).iter(f"{{{_SVG}}}text"):
        yield "".join(element.itertext())


def is_words_only(data: bytes) -> bool:
    """Return whether an SVG draws no shape beside its words."""
    return not any(local(element) in _SHAPES for element in ElementTree.fromstring(data).iter())


def _squeezed(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _clean(root: Element) -> bool:
    """Take what is unsafe out of the tree; return whether anything was."""
    changed = False
    for element in list(root.iter()):
        for name, value in list(element.attrib.items()):
            short = name.rpartition("}")[2].lower()
            leads_outside = short == "href" and not _INSIDE_ADDRESS.match(value.strip())
            if short.startswith("on") or leads_outside or _OUTSIDE_STYLE.search(value):
                del element.attrib[name]
                changed = True
        for child in list(element):
            kind = local(child)
            if kind in _FORBIDDEN or (kind == "style" and _OUTSIDE_STYLE.search(child.text or "")):
                element.remove(child)
                changed = True
    return changed
