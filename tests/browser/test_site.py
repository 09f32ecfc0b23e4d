"""The site in a real browser: accessibility, requests, narrow screens, filters, print, SQL, and the HTML standard."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browser_found import browser
from browser_help import CHROMIUM
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from site_help import read
from site_tools import ROOT, npm_package, served

from daye_analysis.site.build import build_site

# One page of each kind; the widest tables and the longest names are among them.
PAGES = (
    "", "wanted/", "changes/", "reports/", "data/", "sql/", "search/", "about/", "target/high_tech_enterprises/", "target/cluster_nev_icv/",
    "target/base_stations_5g/", "action/A1/", "cluster/nev_icv/", "unit/science_bureau/", "area/huangshi/",
    "indicator/high_tech_enterprises/", "source/d-plan-2024/",
)  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass
class Served:
    """A site, where it lies and where it is served."""

    root: Path
    address: str
    browser: Browser

    def context(self, width: int = 1280, scheme: str = "light", **more: Any) -> BrowserContext:
        """Return a fresh browser window that refuses every request to another host."""
        return self.browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=False, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def site(driver: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Build the project's own site and serve it on loopback."""
    root = tmp_path_factory.mktemp("site") / "site"
    build_site(root, ROOT)
    with served(root) as address:
        found = driver.chromium.launch(executable_path=browser(), args=list(CHROMIUM))
        yield Served(root, address, found)
        found.close()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_leaves_the_host(site: Served, language: str, width: int, scheme: str) -> None:
    # What is asked of another host, and what the page's own policy refuses.
    context = site.context(width, scheme)
    axe = (npm_package("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    page, asked, refused = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    found = {}
    for path in PAGES:
        page.goto(f"{site.address}{language}/{path}")
        if path == "sql/":
            page.wait_for_selector("#result table")
        devtools = context.new_cdp_session(page)
        devtools.send("Runtime.evaluate", {"expression": axe})
        result = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
        told = [(each["id"], each["nodes"][0]["html"][:120]) for each in result["violations"]]
        if told:
            found[path] = told
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
    context.close()
    assert found == {}
    assert [each for each in asked if not each.startswith((site.address, "data:", "blob:"))] == []
    assert refused == []


def test_every_page_reads_without_script_and_from_disk(site: Served) -> None:
    context = site.context(java_script_enabled=False)
    page = context.new_page()
    for path in ("zh/", "en/target/high_tech_enterprises/", "zh/search/"):
        page.goto(f"file://{site.root}/{path}index.html")
        assert page.locator("h1").inner_text()
        assert page.locator("form.filter").count() == 0 or not page.locator("form.filter").first.is_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "32px"
    page.goto(f"file://{site.root}/index.html")
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="High-tech enterprises", exact=True).first.click()
    assert page.locator("h1").inner_text() == "High-tech enterprises"
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_twice_the_text_size_needs_no_sideways_scrolling(site: Served, language: str) -> None:
    context = site.context(640)
    page = context.new_page()
    for path in PAGES:
        page.goto(f"{site.address}{language}/{path}")
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
    context.close()


def test_filter_and_search_find_any_part_of_a_word(site: Served) -> None:
    context = site.context()
    page = context.new_page()
    page.goto(f"{site.address}zh/")
    _choose(page, q="高新技术")
    assert page.locator("#targets tbody tr:visible").count() >= 1
    assert "高新技术企业" in page.locator("#targets tbody tr:visible").first.inner_text()
    _choose(page, q="", evidence="comparable")
    assert page.locator("#targets tbody tr:visible").count() == 2
    _choose(page, evidence="", lead="science_bureau")
    assert 1 <= page.locator("#targets tbody tr:visible").count() < 39
    page.goto(f"{site.address}zh/search/?q=独角兽")
    assert page.locator("main li:visible").count() >= 1
    assert page.locator("main li:visible a").first.get_attribute("href")
    page.goto(f"{site.address}en/search/")
    _choose(page, q="no such words anywhere")
    assert page.locator("section li:visible").count() == 0
    context.close()


def _choose(page: Page, **values: str) -> None:
    for name, value in values.items():
        control = page.locator(f"form.filter [name={name}]")
        if name == "q":
            control.fill(value)
        else:
            control.select_option(value)


def test_large_text_and_contrast_need_no_script(site: Served) -> None:
    context = site.context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}en/")
    before = page.evaluate("[getComputedStyle(document.documentElement).fontSize, getComputedStyle(document.body).color]")
    page.locator("#large-text").check()
    page.locator("#high-contrast").check()
    after = page.evaluate("[getComputedStyle(document.documentElement).fontSize, getComputedStyle(document.body).color]")
    assert float(after[0][:-2]) > float(before[0][:-2]) and after[1] == "rgb(0, 0, 0)"
    context.close()


def test_a_page_prints_with_everything_unfolded(site: Served, tmp_path: Path) -> None:
    import pypdf

    context = site.context()
    page = context.new_page()
    page.goto(f"{site.address}en/target/high_tech_enterprises/")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    words = " ".join((each.extract_text() or "") for each in pypdf.PdfReader(tmp_path / "page.pdf").pages)
    assert "evidence_class" in words and "BibTeX" in words and "@misc" in words
    assert "Larger text" not in words
    context.close()


def test_the_console_answers_in_sql_and_says_what_is_wrong(site: Served) -> None:
    context = site.context()
    page = context.new_page()
    page.goto(f"{site.address}zh/sql/")
    page.wait_for_selector("#result table")
    page.locator("textarea").fill("SELECT count(*) AS n FROM targets")
    page.locator("button[type=submit]").click()
    assert page.locator("#result tbody td").inner_text() == "39"
    with page.expect_download() as download:
        page.locator("#save").click()
    assert Path(download.value.path()).read_bytes() == b"n\r\n39"
    page.locator("textarea").fill("SELECT nothing")
    page.locator("button[type=submit]").click()
    assert "nothing" in page.locator("#result").inner_text()
    context.close()


def test_the_standards_checker_finds_nothing(site: Served) -> None:
    if shutil.which("java") is None:
        pytest.skip("Java, which the W3C's checker needs, is not installed")
    jar = next(npm_package("vnu-jar").rglob("vnu.jar"))
    done = subprocess.run(
        ["java", "-Xss1m", "-jar", str(jar), "--format", "json", "--skip-non-html", "--errors-only", str(site.root)],
        capture_output=True, check=False, timeout=500,
    )  # fmt: skip
    messages = json.loads(done.stderr.decode() or "{}").get("messages", [])
    assert [(each["message"], each["url"].rsplit("/site/", 1)[-1]) for each in messages[:20]] == []


def test_no_page_is_without_words(site: Served) -> None:
    assert all(read(path).text for path in (site.root / "zh").rglob("*.html"))
