"""Every notebook in JupyterLab: it runs, every character shows, and the export menu gives the project's PDF."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_found import browser
from browser_help import language, running_lab
from bs4 import BeautifulSoup
from pypdf import PdfReader

if TYPE_CHECKING:
    from browser_help import Lab
    from playwright.sync_api import Playwright

ROOT = Path(__file__).resolve().parents[2]
TITLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))["metadata"]["daye"]["title"] for path in (ROOT / "notebooks").glob("*.ipynb")
}
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_shows_its_chinese_and_prints(name: str, lab: Lab, tmp_path: Path) -> None:
    lab.open(name)
    assert lab.page.locator("dialog").count() == 0, "nothing is between a reader and the notebook"
    lab.run_all()
    lab.photograph(name)
    assert lab.errors() == []
    # A picture that the browser shows closed cannot use the page's fonts: it has no words.
    closed = lab.page.locator('.jp-OutputArea img[src^="data:image/svg"]').evaluate_all("all => all.map(each => each.src)")
    assert [each for each in closed if b"<text" in base64.b64decode(each.partition(",")[2])] == []
    assert lab.words_without_glyphs() == []

    pdf = PdfReader(lab.export_pdf(tmp_path / f"{name}.pdf"))
    assert pdf.metadata is not None
    assert pdf.metadata.title == TITLES[name][language()]
    if name == "brief":
        assert len(pdf.pages) <= 4


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_explorer_is_in_one_language_and_answers_clicks(driver: Playwright, language: str, theme: str, tmp_path: Path) -> None:
    executable = browser()
    assert executable is not None
    with running_lab(driver, tmp_path, executable, language, theme) as lab:
        lab.open("explore")
        other = {"zh": "en", "en": "zh"}[language]
        assert lab.page.locator(f".jp-Cell.cell-tag-{language}:visible").count() > 5
        assert lab.page.locator(f".jp-Cell.cell-tag-{other}:visible").count() == 0
        lab.run_all()
        assert lab.errors() == []
        sort_filter_and_choose(lab, language)
        follow_a_place(lab)
        lab.photograph(f"explore-{language}-{theme}")
        title = TITLES["explore"][language]
        printed = PdfReader(lab.export_pdf(tmp_path / "explore.pdf"))
        assert printed.metadata is not None and printed.metadata.title == title
        lab.save()
        lab.reopen_later("explore")
        lab.photograph(f"explore-{language}-{theme}-saved")
        assert readable_without_its_kernel(lab, language) == []
        subprocess.run(
            [sys.executable, "-m", "nbconvert", "--to", "html", str(tmp_path / "notebooks/explore.ipynb")],
            check=True, capture_output=True, env={**os.environ, "DAYE_LANGUAGE": language},
        )  # fmt: skip
        page = BeautifulSoup((tmp_path / "notebooks/explore.html").read_text(encoding="utf-8"), "html.parser")
        assert page.title is not None and page.title.get_text() == title
        assert "high_tech_enterprises" in page.get_text() and page.select('svg, img[src^="data:image/svg"]')


def readable_without_its_kernel(lab: Lab, language: str) -> list[str]:
    """Return what of the explorer cannot be read where the kernel that ran it is gone."""
    text = lab.page.locator(".jp-Notebook").inner_text()
    wanted = {"zh": ["高新技术企业数", "示例：虚构"], "en": ["High-tech enterprises", "assumed"]}[language]
    missing = [each for each in wanted if each not in text]
    broken = [each for each in ("Error displaying widget", "Loading widget", "could not be") if each in text]
    return [*missing, *broken]


def follow_a_place(lab: Lab) -> None:
    """Choose a place below the chart: the lines of the others fade."""
    chart = lab.page.locator(".vega-embed").first
    assert chart.locator("svg").first.is_visible()
    fills = chart.locator("svg text").evaluate_all("all => all.map(each => getComputedStyle(each).fill)")
    assert fills and "rgb(255, 255, 255)" not in fills, "white words on a white chart"
    chart.locator(".vega-bind select").select_option(index=3)
    lab.page.wait_for_timeout(500)
    faded = chart.locator('path[stroke-opacity="0.12"], path[opacity="0.12"], path[fill-opacity="0.12"]')
    assert faded.count() > 0


def sort_filter_and_choose(lab: Lab, language: str) -> None:
    """Sort a table by a heading, filter it by identifier, and choose a target from the list."""
    table = lab.page.locator(".dt-container").first
    before = table.locator("tbody tr").first.inner_text()
    table.locator("thead th").nth(2).click()
    lab.page.wait_for_timeout(300)
    assert table.locator("tbody tr").first.inner_text() != before

    table.locator("thead input").first.fill("high_tech_enterprises")
    lab.page.wait_for_timeout(500)
    assert table.locator("tbody tr").count() == 1

    name = {"zh": "高新技术企业数", "en": "High-tech enterprises"}[language]
    lab.page.locator(".widget-dropdown select").select_option(label=name)
    lab.page.wait_for_function("() => document.querySelector('.widget-html-content').innerText.includes('450')")
