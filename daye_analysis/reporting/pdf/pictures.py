"""Images out of a notebook, made safe: SVG without scripts or outside references, whole raster files."""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from daye_analysis.reporting.pdf.blocks import ImageFormat, LostPicture, Picture

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FORMATS: dict[str, ImageFormat] = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
MIME_TYPES = {image_format: mime for mime, image_format in FORMATS.items()}

_DATA_ADDRESS = re.compile(
    r"data:(?P<mime>image/[a-z+.]+)(?P<parameters>(?:;[^,;]*)*),(?P<data>.*)", re.DOTALL
)
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_INSIDE_ADDRESS = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);", re.IGNORECASE)
_OUTSIDE_STYLE = re.compile(
    r"@import|url\(\s*['\"]?(?!['\"]?(?:#|data:image/(?:png|jpeg|gif|webp);))", re.IGNORECASE
)
_FORBIDDEN = {"script", "foreignobject", "iframe", "audio", "video", "set", "animate", "handler", "listener"}


def from_bundle(bundle: Mapping[str, object], alt: str, address: str = "") -> Picture | LostPicture:
    """Return the best image of a bundle `{mime type: content}`: SVG as text, the others as base64."""
    for mime, image_format in FORMATS.items():
        if mime in bundle:
            return from_content(str(bundle[mime]), image_format, alt)
    return LostPicture(address, alt, "outside")


def from_content(content: str, image_format: ImageFormat, alt: str) -> Picture | LostPicture:
    """Return the image that a notebook keeps as text: SVG as it is, the others as base64."""
    if image_format == "svg" and content.lstrip().startswith("<"):
        return _checked(content.encode(), image_format, alt)
    try:
        return _checked(base64.b64decode(content), image_format, alt)
    except (binascii.Error, ValueError):
        return LostPicture("", alt, "unreadable")


def from_address(address: str, alt: str) -> Picture | LostPicture:
    """Return the image at a `data:` address; nothing is ever fetched from any other."""
    match = _DATA_ADDRESS.fullmatch(address.strip())
    if match is None or match["mime"] not in FORMATS:
        return LostPicture(address[:200], alt, "outside")
    image_format = FORMATS[match["mime"]]
    if ";base64" in match["parameters"]:
        return from_content(match["data"], image_format, alt)
    return _checked(unquote_to_bytes(match["data"]), image_format, alt)


def svg_texts(data: bytes) -> Iterator[str]:
    """Yield the words that an SVG draws as text."""
    from xml.etree import ElementTree

    for element in ElementTree.fromstring(data).iter(f"{{{_SVG}}}text"):
        yield "".join(element.itertext())


def _checked(data: bytes, image_format: ImageFormat, alt: str) -> Picture | LostPicture:
    safe = _safe_svg(data) if image_format == "svg" else _whole_raster(data)
    return LostPicture("", alt, "unreadable") if safe is None else Picture(safe, image_format, alt)


def _whole_raster(data: bytes) -> bytes | None:
    """Return `data` where it can be decoded to the last line; half a file would stop the whole report."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return data


def _safe_svg(data: bytes) -> bytes | None:
    """Return the SVG without scripts, event handlers and references to anything outside it; None if unreadable."""
    from xml.etree import ElementTree

    if b"<!ENTITY" in data:
        return None
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return None
    if root.tag not in (f"{{{_SVG}}}svg", "svg"):
        return None
    if not _clean(root) and root.tag != "svg":
        return data
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    if root.tag == "svg":
        root.set("xmlns", _SVG)
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


def _clean(root: Element) -> bool:
    """Take what is unsafe out of the tree; return whether anything was."""
    changed = False
    for element in list(root.iter()):
        for name, value in list(element.attrib.items()):
            local = name.rpartition("}")[2].lower()
            leads_outside = local == "href" and not _INSIDE_ADDRESS.match(value.strip())
            if local.startswith("on") or leads_outside or _OUTSIDE_STYLE.search(value):
                del element.attrib[name]
                changed = True
        for child in list(element):
            local = str(child.tag).rpartition("}")[2].lower()
            if local in _FORBIDDEN or (local == "style" and _OUTSIDE_STYLE.search(child.text or "")):
                element.remove(child)
                changed = True
    return changed
