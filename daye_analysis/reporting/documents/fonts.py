"""The fonts of a PDF: the committed ones, a user's folder, and a fallback for other scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.charts.typeface import FAMILY, FONT_FOLDER, code_points
from daye_analysis.errors import NotReadable, Problem
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.documents.problems import DOCUMENT_PROBLEMS

if TYPE_CHECKING:
    import typst

FONT_ENDINGS = frozenset({".ttf", ".otf", ".ttc", ".otc"})
# What matplotlib brings: Latin with all its accents, Greek, Cyrillic and many signs.
_LAST_RESORT = "DejaVuSans"


@dataclass(frozen=True, slots=True)
class FontSet:
    """Families in the order in which a character is looked for, where their files are, and what they can draw."""

    families: tuple[str, ...]
    folders: tuple[Path, ...]
    characters: frozenset[int]


def committed() -> FontSet:
    """Return the fonts that the project carries."""
    return FontSet((FAMILY,), (FONT_FOLDER,), code_points())


def chosen(folder: Path | None, last_resort: bool) -> FontSet:
    """Return the committed fonts, those in `folder`, and with `last_resort` what matplotlib brings."""
    fonts = committed()
    if folder is not None:
        fonts = _with(fonts, folder, font_files(folder))
    if last_resort:
        from matplotlib import get_data_path

        there = Path(get_data_path()) / "fonts" / "ttf"
        fonts = _with(fonts, there, sorted(there.glob(f"{_LAST_RESORT}.ttf")))
    return fonts


def font_files(folder: Path) -> list[Path]:
    """Return the font files below `folder`; raise NotReadable where there is none."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in FONT_ENDINGS) if folder.is_dir() else []
    if not files:
        raise NotReadable(_problem_folder(folder))
    return files


@cache
def load(folders: tuple[Path, ...]) -> typst.Fonts:
    """Load fonts from `folders`, and those of Typst's wheel for formulas and program text; no system font.

    It starts no thread, so a parent may call it before it forks.
    """
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(map(str, folders)))


def _with(fonts: FontSet, folder: Path, files: list[Path]) -> FontSet:
    held = list(_held(files))
    families = dict.fromkeys([*fonts.families, *(family for family, _ in held)])
    return FontSet(tuple(families), (*fonts.folders, folder), fonts.characters.union(*(points for _, points in held)))


def _held(files: list[Path]) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield family and code points of each font file; raise NotReadable for one that is none."""
    from matplotlib.ft2font import FT2Font

    for path in files:
        try:
            font = FT2Font(str(path))
        except (RuntimeError, OSError):
            raise NotReadable(_problem_file(path)) from None
        yield font.family_name, frozenset(font.get_charmap())


def _problem_folder(folder: Path) -> Problem:
    return worded(DOCUMENT_PROBLEMS, "fonts.none", str(folder))


def _problem_file(path: Path) -> Problem:
    return worded(DOCUMENT_PROBLEMS, "fonts.unreadable", str(path))
