"""The committed fonts: what they hold, that nothing else is needed, and that they are the ones described."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from daye_analysis.charts import typeface


def test_code_points_are_those_that_fonttools_reads() -> None:
    for path in typeface.FONT_FILES:
        assert set(TTFont(path).getBestCmap()) == typeface.code_points()


def test_all_of_gb2312_is_held() -> None:
    characters = {
        character
        for row in range(0xA1, 0xF8)
        for cell in range(0xA1, 0xFF)
        for character in bytes((row, cell)).decode("gb2312", errors="ignore")
    }
    assert len(characters) == 7445
    assert sorted(each for each in characters if ord(each) not in typeface.code_points()) == []


def test_general_use_characters_beyond_gb2312_are_held() -> None:
    # Levels one to three of the 2013 table, three of them outside the Basic Multilingual Plane.
    assert [each for each in "镕喆堃昇淼𬭚𬬻𫖯" if ord(each) not in typeface.code_points()] == []


def test_fonts_are_the_files_that_the_readme_describes() -> None:
    described = (typeface.FONT_FOLDER / "README.md").read_text(encoding="utf-8")
    for path in typeface.FONT_FILES:
        data = path.read_bytes()
        assert f"| {path.name} | {len(data):,} | {hashlib.sha256(data).hexdigest()} |" in described


def test_case_39_matplotlib_draws_with_them_where_the_system_has_no_font(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
    program = (
        "import matplotlib; from matplotlib import font_manager\n"
        "from daye_analysis.charts.typeface import register_fonts\n"
        "family = register_fonts()\n"
        "for weight in ('normal', 'bold'):\n"
        "    found = font_manager.findfont(font_manager.FontProperties(family=family, weight=weight),"
        " fallback_to_default=False)\n"
        "    print(found.replace('\\\\', '/').rsplit('/', 1)[-1])\n"
    )
    environment = {
        **os.environ,
        "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
        "MPLCONFIGDIR": str(tmp_path),
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"]


def test_advance_widths_are_those_that_fonttools_reads() -> None:
    font = TTFont(typeface.FONT_FILES[1])
    units, widths = font["head"].unitsPerEm, font["hmtx"]
    expected = {point: widths[glyph][0] / units for point, glyph in font.getBestCmap().items()}
    assert {point: typeface.advance_width(chr(point)) for point in typeface.code_points()} == expected
    assert typeface.advance_width("😀") is None
