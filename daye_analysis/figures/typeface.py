"""The two committed Chinese fonts: where they are, what they hold, and how matplotlib gets to know them.

Noto Sans SC, Regular and Bold, serves charts and PDFs alike, so no system font is ever needed.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

FAMILY = "Noto Sans SC"
FONT_FOLDER = Path(__file__).parent / "fonts"
FONT_FILES = (FONT_FOLDER / "NotoSansSC-Regular.ttf", FONT_FOLDER / "NotoSansSC-Bold.ttf")


@cache
def register_fonts() -> str:
    """Make both fonts known to matplotlib, once per process; return the family's name for `font.family`."""
    from matplotlib import font_manager

    for path in FONT_FILES:
        font_manager.fontManager.addfont(path)
    return FAMILY


@cache
def code_points() -> frozenset[int]:
    """Return the Unicode code points that both fonts can draw."""
    regular, bold = (_glyphs(path) for path in FONT_FILES)
    return frozenset(regular.keys() & bold.keys())


@cache
def advance_widths() -> dict[int, float]:
    """Return how far each code point moves on, in em, in the bold weight, which is the wider one."""
    font = FONT_FILES[1].read_bytes()
    tables = _tables(font)
    (units,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (number,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    # An advance and a bearing for each glyph; glyphs beyond the last have the last one's advance.
    advances = struct.unpack_from(">" + "Hh" * number, font, tables[b"hmtx"])[::2]
    return {point: advances[min(glyph, number - 1)] / units for point, glyph in _glyphs(FONT_FILES[1]).items()}


@cache
def _glyphs(path: Path) -> dict[int, int]:
    """Return the glyph of each code point, from the part of the table `cmap` in format 12 (OpenType 1.9).

    Read by hand because it takes some milliseconds, where fontTools takes 300 with its import.
    """
    font = path.read_bytes()
    cmap = _tables(font)[b"cmap"]
    (parts,) = struct.unpack_from(">H", font, cmap + 2)
    starts = [cmap + at for _, _, at in struct.iter_unpack(">HHI", font[cmap + 4 : cmap + 4 + 8 * parts])]
    part = next(at for at in starts if struct.unpack_from(">H", font, at) == (12,))
    (groups,) = struct.unpack_from(">I", font, part + 12)
    glyphs: dict[int, int] = {}
    for first, last, glyph in struct.iter_unpack(">III", font[part + 16 : part + 16 + 12 * groups]):
        glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return glyphs


def _tables(font: bytes) -> dict[bytes, int]:
    """Return where each table of the font begins."""
    (number,) = struct.unpack_from(">H", font, 4)
    return {name: at for name, _, at, _ in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * number])}


def missing_characters(text: str) -> list[str]:
    """Return the characters of `text` that the fonts lack, in order, each once; newline and tab need no glyph."""
    held = code_points()
    return [
        character
        for character in dict.fromkeys(text)
        if ord(character) not in held and character not in "\n\t"
    ]
