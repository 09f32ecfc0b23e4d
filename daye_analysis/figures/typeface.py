"""The two committed Chinese fonts: where they are, what they hold, and how matplotlib gets to know them.

Noto Sans SC, Regular and Bold, serves charts and PDFs alike, so no system font is ever needed.
"""

from __future__ import annotations

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
    regular, bold = (_glyphs(path.read_bytes()) for path in FONT_FILES)
    return frozenset(regular.keys() & bold.keys())


@cache
def advance_widths() -> dict[int, float]:
    """Return how far each code point moves on, in em, in the bold weight, which is the wider one."""
    font = FONT_FILES[1].read_bytes()
    tables = _tables(font)
    units = _number(font, tables[b"head"] + 18, 2)
    last = _number(font, tables[b"hhea"] + 34, 2) - 1
    return {
        point: _number(font, tables[b"hmtx"] + 4 * min(glyph, last), 2) / units
        for point, glyph in _glyphs(font).items()
    }


def _glyphs(font: bytes) -> dict[int, int]:
    """Return the glyph of each code point, from the part of the table `cmap` in format 12 (OpenType 1.9).

    Read by hand because it takes some milliseconds, where fontTools takes 300 with its import.
    """
    cmap = _tables(font)[b"cmap"]
    parts = [cmap + _number(font, cmap + 8 + 8 * record, 4) for record in range(_number(font, cmap + 2, 2))]
    part = next(at for at in parts if _number(font, at, 2) == 12)
    glyphs: dict[int, int] = {}
    for group in range(part + 16, part + 16 + 12 * _number(font, part + 12, 4), 12):
        first, last, glyph = (_number(font, group + offset, 4) for offset in (0, 4, 8))
        glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return glyphs


def _tables(font: bytes) -> dict[bytes, int]:
    """Return where each table of the font begins."""
    records = range(12, 12 + 16 * _number(font, 4, 2), 16)
    return {font[record : record + 4]: _number(font, record + 8, 4) for record in records}


def _number(font: bytes, at: int, size: int) -> int:
    return int.from_bytes(font[at : at + size])


def missing_characters(text: str) -> list[str]:
    """Return the characters of `text` that the fonts lack, in order, each once; newline and tab need no glyph."""
    held = code_points()
    return [
        character
        for character in dict.fromkeys(text)
        if ord(character) not in held and character not in "\n\t"
    ]
