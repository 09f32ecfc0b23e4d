"""The notebooks of the site in a real browser (the shell), and their numbers in WebAssembly (where its wheels can be had)."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from browser_found import browser
from browser_help import CHROMIUM
from playwright.sync_api import Playwright
from site_tools import ROOT, TOOLS, npm_package, served

import daye_analysis
from daye_analysis.errors import CheckFailed, NotReadable
from daye_analysis.package.untrusted import open_package
from daye_analysis.site.editions import editions
from daye_analysis.site.files import pages
from daye_analysis.site.lab import CORE, KERNEL, built_lab, lab_files
from daye_analysis.site.render import rendered

COUNTY = ROOT / "examples/shili-county/package"


@pytest.fixture(scope="module")
def pyodide() -> Path:
    """Return a folder with Pyodide's core, from npm, and the pure wheels of its kernel, from the package index."""
    folder, core = TOOLS / "pyodide", npm_package("pyodide")
    folder.mkdir(exist_ok=True)
    for name in (*CORE, "pyodide.asm.mjs", "pyodide-lock.json"):
        shutil.copy(core / name, folder)
    if not list(folder.glob("comm-*.whl")):
        listed = json.loads((folder / "pyodide-lock.json").read_bytes())["packages"]
        names, todo = set(), [name for name in KERNEL if name in listed]
        while todo:
            names.add(name := todo.pop().replace("_", "-"))
            todo += set(listed[name]["depends"]) - names
        wanted = [f"{name}=={listed[name]['version']}" for name in sorted(names)]
        words = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--python-version", "3.14", "--dest", str(folder)]
        subprocess.run([*words, *wanted, "comm"], check=True)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, pyodide: Path) -> Iterator[tuple[Path, str]]:
    """Build the lab of the county, and the pages that lead to it; serve them on loopback."""
    root = tmp_path_factory.mktemp("lab-site")
    with built_lab(open_package(COUNTY), pyodide, ()) as lab:
        *_, made = editions(COUNTY, None, "", (), None, lab)
        files = dict(lab_files(lab))
        files |= {f"{page.path}index.html": rendered(made.edition, page) for page in pages(made.edition) if page.path.endswith("/lab/")}
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    with served(root) as address:
        yield root, address


def test_the_lab_opens_and_runs_a_cell_and_asks_no_other_host(driver: Playwright, site: tuple[Path, str]) -> None:
    root, address = site
    asked: list[str] = []
    found = driver.chromium.launch(executable_path=browser(), args=list(CHROMIUM))
    page = found.new_page(viewport={"width": 1280, "height": 900})
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}en/lab/index.html")
    size = sum(path.stat().st_size for path in (root / "lab").rglob("*") if path.is_file())
    assert f"loads up to {round(size / 1e6)} MB" in page.locator("main").inner_text()
    link = page.locator('main a[href$="explore.ipynb"]')
    assert link.get_attribute("href") == "../../lab/lab/index.html?path=explore.ipynb"
    page.goto(f"{address}lab/lab/index.html")
    page.locator('.jp-LauncherCard[data-category="Notebook"]').first.click(timeout=120_000)
    page.locator(".jp-Notebook .jp-Cell .cm-content").first.click(timeout=60_000)
    page.keyboard.type("import daye_analysis, sys; print(sys.platform, 6 * 7)")
    page.keyboard.press("Shift+Enter")
    output = page.locator(".jp-OutputArea-output").first
    output.wait_for(timeout=240_000)
    assert output.inner_text().strip() == "emscripten 42"
    found.close()
    assert [each for each in asked if not each.startswith((address, "data:", "blob:"))] == []


def test_each_notebook_is_there_with_the_kernel_of_the_lab(site: tuple[Path, str]) -> None:
    names = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    there = {path.name: json.loads(path.read_bytes()) for path in (site[0] / "lab/files").glob("*.ipynb")}
    assert set(there) == names
    assert {each["metadata"]["kernelspec"]["name"] for each in there.values()} == {"python"}


def test_a_part_that_is_missing_or_not_the_official_one_is_named(pyodide: Path, tmp_path: Path) -> None:
    with pytest.raises(NotReadable) as missing, built_lab(open_package(COUNTY), pyodide, ("numpy",)):
        pass
    assert "numpy-" in missing.value.problems[0].what.en
    copy = Path(shutil.copytree(pyodide, tmp_path / "pyodide"))
    listed = json.loads((copy / "pyodide-lock.json").read_bytes())["packages"]["numpy"]["file_name"]
    (copy / listed).write_bytes(b"another")
    with pytest.raises(CheckFailed) as other, built_lab(open_package(COUNTY), copy, ("numpy",)):
        pass
    assert [each.code for each in other.value.problems] == ["site.lab-file-differs"]


ASSESS = """
import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide({ indexURL: process.argv[2], stdout: () => {} });
await python.loadPackage("daye-analysis", { messageCallback: () => {} });
process.stdout.write(await python.runPythonAsync(`
import daye_analysis
data = daye_analysis.load()
data.as_of(data.compiled_on).assess().to_csv(index=False)
`));
"""


def test_the_numbers_in_webassembly_are_those_of_any_other_machine() -> None:
    where = os.environ.get("DAYE_PYODIDE")
    if where is None or shutil.which("node") is None:
        pytest.skip("DAYE_PYODIDE names no folder with Pyodide and its numpy, pandas, scipy and matplotlib, or there is no node")
    with built_lab(open_package(ROOT), Path(where)) as lab:
        folder = lab.folder / "static/pyodide"
        (folder / "assess.mjs").write_text(ASSESS, encoding="utf-8")
        done = subprocess.run(["node", "assess.mjs", f"{folder}/"], cwd=folder, capture_output=True, encoding="utf-8", timeout=500, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    data = daye_analysis.load()
    # Both through CSV. Other versions of numpy and scipy may differ in the last digit.
    native = pd.read_csv(io.StringIO(data.as_of(data.compiled_on).assess().to_csv(index=False)))
    pd.testing.assert_frame_equal(pd.read_csv(io.StringIO(done.stdout)), native, rtol=1e-12)
