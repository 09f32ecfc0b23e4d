"""The two committed Chinese fonts: where they are, what they hold, and how matplotlib gets to know them.

Noto Sans SC, Regular and Bold, serves charts and PDFs alike, so no system font is ever needed.
"""

from __future__ import annotations

import io
import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

# That matplotlib makes its list of fonts is no news to a reader; a notebook in a browser shows it in red.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

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
    regular, bold = (_font(path).get_charmap() for path in FONT_FILES)
    return frozenset(regular.keys() & bold.keys())


@cache
def advance_width(character: str) -> float | None:
    """Return how far `character` moves on, in em, in the bold weight, which is the wider one; None where it is missing."""
    from matplotlib import ft2font

    # The matplotlib of the lab of the site is older than this project's, and has another name for it.
    unscaled = ft2font.LoadFlags.NO_SCALE if hasattr(ft2font, "LoadFlags") else vars(ft2font)["LOAD_NO_SCALE"]
    font = _font(FONT_FILES[1])
    if not font.get_char_index(ord(character)):
        return None
    advance: int = font.load_char(ord(character), flags=unscaled).horiAdvance
    return advance / font.units_per_EM


@cache
def _font(path: Path) -> FT2Font:
    """Return an open font; read whole, since processes forked from this one would share the position in an open file."""
    from matplotlib.ft2font import FT2Font

    return FT2Font(io.BytesIO(path.read_bytes()))
