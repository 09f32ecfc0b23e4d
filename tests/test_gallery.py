"""The gallery shows every figure that the library draws, in both languages."""

from __future__ import annotations

import ast
import importlib.util
import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from daye_analysis import load
from daye_analysis.charts.display import Picture, render
from daye_analysis.charts.drawing.style import new_figure, style

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "daye_analysis" / "charts"


def script() -> Any:
    spec = importlib.util.spec_from_file_location("make_gallery", ROOT / "scripts" / "make_gallery.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def draws(path: Path) -> bool:
    """Return whether a module makes a picture."""
    names = [
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "daye_analysis.charts.display"
        for alias in node.names
    ]
    return "picture" in names


def test_every_module_that_draws_is_in_the_gallery() -> None:
    gallery = script()
    drawing = {path.relative_to(LIBRARY).with_suffix("").as_posix() for path in LIBRARY.rglob("*.py") if draws(path)}
    assert drawing == {*gallery.FIGURES, *gallery.NOT_DRAWN}
    assert {f"{name}.ipynb" for name in gallery.FIGURES.values()} <= {path.name for path in (ROOT / "notebooks").iterdir()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_each_figure_and_no_other(language: str) -> None:
    gallery = script()
    text = (ROOT / "docs" / gallery.PAGES[language]).read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(gallery/(\w+)\.(\w+)\.png\)", text)
    assert [(name, told) for _, name, told in shown] == [(name.replace("/", "_"), language) for name in gallery.FIGURES]
    assert all(len(alt) > 20 for alt, _, _ in shown)
    files = {path.name for path in gallery.FOLDER.iterdir() if path.name.endswith(f".{language}.png")}
    assert files == {gallery.file_name(name, language) for name in gallery.FIGURES}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_says_its_numbers_and_prints_its_source_and_day(language: Any) -> None:
    view = load().of_plan().as_of("2026-11-23")
    for name, picture in script().figures(view, language).items():
        printed = " ".join(re.sub(r"<[^>]+>", " ", picture.svg).split())
        assert re.search(r"\d", picture.alt) and picture.caption, name
        assert {"zh": "来源", "en": "Source"}[language] in printed, name
        assert {"zh": "2026年11月23日", "en": "23 November 2026"}[language] in printed, name


def test_a_picture_is_drawn_on_white_with_the_projects_fonts() -> None:
    gallery, drawn = script(), {}
    for word in ("大冶", "黄石", ""):
        with style():
            figure = new_figure(0.5)
            figure.text(0.1, 0.5, word)
            svg, draw = render(figure, "")
        drawn[word] = gallery.as_png(Picture(svg, "", "", draw))
        assert Image.open(io.BytesIO(drawn[word])).convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert len(set(drawn.values())) == 3
