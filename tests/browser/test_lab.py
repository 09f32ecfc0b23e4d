"""Every notebook in JupyterLab: it runs, every character shows, and the export menu gives the project's PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from browser_help import Lab

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_shows_its_chinese_and_prints(name: str, lab: Lab, tmp_path: Path) -> None:
    lab.open(name)
    assert lab.page.locator("dialog").count() == 0, "nothing is between a reader and the notebook"
    lab.run_all()
    lab.photograph(name)
    assert lab.errors() == []
    # A picture that the browser shows closed cannot use the page's fonts.
    assert lab.page.locator('.jp-OutputArea img[src^="data:image/svg"]').count() == 0
    assert lab.words_without_glyphs() == []

    pdf = PdfReader(lab.export_pdf(tmp_path / f"{name}.pdf"))
    title = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["metadata"]["daye"]["title"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == title["zh"]
    if name == "brief":
        assert len(pdf.pages) <= 2
    if name == "explore":
        sort_and_choose(lab)


def sort_and_choose(lab: Lab) -> None:
    """Sort a table by the name of a column, and choose a target from the list."""
    table = lab.page.locator(".dt-container").first
    before = table.locator("tbody tr").first.inner_text()
    table.locator("thead th").nth(1).click()
    lab.page.wait_for_timeout(300)
    assert table.locator("tbody tr").first.inner_text() != before

    lab.page.locator(".widget-dropdown select").select_option(label="高新技术企业数")
    lab.page.wait_for_function("() => document.querySelector('.widget-html-content').innerText.includes('450')")
    lab.photograph("explore-chosen")
