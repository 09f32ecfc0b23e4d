"""Images from a notebook, made safe: SVG without scripts or external references, complete raster files."""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes

from daye_analysis.reporting.documents.document_blocks import (
    ImageFormat,
    LostPicture,
    NotPrinted,
    Picture,
    plain,
)
from daye_analysis.reporting.documents.limits import in_force
from daye_analysis.reporting.documents.notebook_text import joined
from daye_analysis.reporting.documents.svg.safe import Drawing, safe_drawing

if TYPE_CHECKING:
    from PIL import Image

FORMATS: dict[str, ImageFormat] = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
MIME_TYPES = {image_format: mime for mime, image_format in FORMATS.items()}

_DATA_ADDRESS = re.compile(
    r"data:(?P<mime>image/[\w+.-]+)(?P<parameters>(?:;[^,;]*)*),(?P<data>.*)", re.DOTALL
)
# What Pillow calls the formats that Typst reads; it turns any other into PNG.
_RASTERS: dict[str, ImageFormat] = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "GIF": "gif", "WEBP": "webp"}
_POINTS = {"": 0.75, "px": 0.75, "pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "em": 10.5, "rem": 10.5, "%": 4.41}
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z%]*)\s*", re.IGNORECASE)
_STYLE_LENGTH = r"(?:^|;)\s*{}\s*:\s*([^;]+)"
_ORIENTATION = 0x0112


def from_bundle(bundle: Mapping[str, object], alt: str, address: str = "") -> Picture | LostPicture:
    """Return the best image of a bundle `{mime type: content}`, of those that can be read."""
    lost = LostPicture(address, alt, "outside")
    for mime in (*FORMATS, *(each for each in bundle if each not in FORMATS and each.startswith("image/"))):
        if mime in bundle:
            found = from_content(joined(bundle[mime]), alt)
            if isinstance(found, Picture):
                return found
            lost = replace(found, address=address)
    return lost


def from_content(content: str, alt: str) -> Picture | LostPicture:
    """Return the image that a notebook keeps as text: SVG as it is, others as base64; its format is what it holds."""
    if content.lstrip("\ufeff \t\r\n").startswith("<"):
        return _checked(content.encode("utf-8", "replace"), alt)
    try:
        return _checked(base64.b64decode(content), alt)
    except (binascii.Error, ValueError):
        return LostPicture("", alt, "unreadable")


def from_address(address: str, alt: str) -> Picture | LostPicture:
    """Return the image at a `data:` address; nothing is ever fetched from any other."""
    match = _DATA_ADDRESS.fullmatch(address.strip())
    if match is None:
        return LostPicture(address[:200], alt, "outside")
    if ";base64" in match["parameters"]:
        return from_content(unquote(match["data"]), alt)
    return _checked(unquote_to_bytes(match["data"]), alt)


def from_drawing(source: str, alt: str) -> Picture | NotPrinted:
    """Return an SVG that is in HTML as a picture, else its words in a placeholder."""
    picture = from_content(source, alt)
    if isinstance(picture, Picture):
        return picture
    said = " ".join(re.sub(r"<[^>]*>", " ", source[:20_000]).split())
    return NotPrinted("svg", plain(html.unescape(said))[:500])


def sized(picture: Picture | LostPicture, attributes: Mapping[str, object]) -> Picture | LostPicture:
    """Return `picture` in its author's size, from the attributes (or metadata) `width`, `height` and `style`."""
    style = str(attributes.get("style", ""))
    width, height = (
        _points(attributes.get(name)) or _points(match[1] if (match := re.search(_STYLE_LENGTH.format(name), style)) else None)
        for name in ("width", "height")
    )
    return replace(picture, width=width, height=height)


def like(lost: LostPicture, found: Picture | LostPicture) -> Picture | LostPicture:
    """Return the picture that was `found` for a lost one, in the size that the author gave that one."""
    return replace(found, width=lost.width, height=lost.height)


def _points(length: object) -> float | None:
    """Return a CSS length in pt; None for none, or for one that cannot be known on paper."""
    match = _LENGTH.fullmatch(str(length)) if isinstance(length, str | int | float) else None
    unit = _POINTS.get(match[2].lower()) if match else None
    return float(match[1]) * unit or None if match and unit else None


def _checked(data: bytes, alt: str) -> Picture | LostPicture:
    """Return the image in `data` by what it is, whatever its label says."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _checked_svg(data, alt) if start.startswith((b"<svg", b"<?xml", b"<!")) else _checked_raster(data, alt)


def _checked_raster(data: bytes, alt: str) -> Picture | LostPicture:
    """Return an image that can be decoded to the last line; half a file would stop the whole report."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > in_force().pixels:
                return LostPicture(f"{image.width} × {image.height}", alt, "large")
            image.load()
            frames = _frames(image)
            turned = image.getexif().get(_ORIENTATION, 1) != 1
            if image.format in _RASTERS and not turned:
                return Picture(data, _RASTERS[image.format], alt, frames=frames)
            out = io.BytesIO()
            upright = ImageOps.exif_transpose(image)
            (upright if upright.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16") else upright.convert("RGB")).save(out, "PNG")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return LostPicture("", alt, "unreadable")
    return Picture(out.getvalue(), "png", alt, frames=frames)


def _frames(image: Image.Image) -> int:
    """Return how many frames or pages an image has; the others of an MPO are a camera's previews of the first."""
    if image.format == "MPO":
        return 1
    try:
        return int(getattr(image, "n_frames", 1))
    except (EOFError, OSError, ValueError, SyntaxError):
        # Frames that cannot even be counted; the first was read.
        return 2


def _checked_svg(data: bytes, alt: str) -> Picture | LostPicture:
    drawing = safe_drawing(data)
    if isinstance(drawing, Drawing):
        return Picture(drawing.data, "svg", alt, unprinted=plain(drawing.unprinted))
    return LostPicture("", alt, drawing)
