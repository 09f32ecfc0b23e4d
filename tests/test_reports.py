"""The main job: every notebook, in both languages, through Papermill to a PDF on the published package."""

from __future__ import annotations

import html
import itertools
import json
import re
from pathlib import Path

import pytest
from pdf_help import filled_pages
from pypdf import PdfReader

from daye_analysis.reporting.command import make_reports

# What a Chinese reader may meet in Latin letters: names, units and codes are fine, sentences are not.
ENGLISH_SENTENCE = re.compile(r"\b(the|of|and|is|for|which) (target|figure|city|area|plan|unit|figures|targets)\b")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    told: list[str] = []
    outcomes = make_reports(
        [],
        as_of="2026-11-29",
        languages=("zh", "en"),
        package=None,
        reports=tmp_path_factory.mktemp("reports"),
        parameters=(),
        show_code=False,
        timeout=300,
        keep=None,
        progress=False,
        print_text=lambda text: told.append(text.en),
    )
    assert [outcome.status for outcome in outcomes] == ["published"] * len(outcomes), [o.problems for o in outcomes]
    found = {}
    for outcome in outcomes:
        assert outcome.folder is not None
        found[outcome.folder.parent.name, outcome.folder.name.split("-")[3]] = outcome.folder
    return found


def test_every_report_is_made_in_both_languages(folders: dict[tuple[str, str], Path]) -> None:
    names = {name for name, _ in folders}
    assert {"target_feasibility", "cluster_growth", "accountability", "brief"} <= names
    assert len(folders) == 2 * len(names)


def test_each_folder_holds_all_that_its_manifest_says(folders: dict[tuple[str, str], Path]) -> None:
    for folder in folders.values():
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert {"report.pdf", "report.html", "report.ipynb"} <= {path.name for path in folder.iterdir()}
        assert manifest["identity"]["as_of"] == "2026-11-29"


def test_reports_are_tagged_dated_and_in_their_language(folders: dict[tuple[str, str], Path]) -> None:
    for (_, language), folder in folders.items():
        pdf = PdfReader(folder / "report.pdf")
        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and str(root["/Lang"]).startswith(language)
        # The check of every report holds that its PDF has the words of the page.
        text = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", (folder / "report.html").read_text(encoding="utf-8"), flags=re.DOTALL))
        assert "NaT" not in text and "<NA>" not in text
        assert not re.search(r"\bnan\b", text)
        if language == "zh":
            assert not ENGLISH_SENTENCE.search(text)


def test_nothing_unknown_is_called_behind(folders: dict[tuple[str, str], Path]) -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(folders["target_feasibility", "zh"] / "report.pdf").pages)
    assert "不等于没有完成" in text
    assert "滞后" not in text.replace("不把“未知”写成“滞后”", "")


@pytest.mark.parametrize(("language", "page"), [("zh", "questions_leaders.zh-CN.md"), ("en", "questions_leaders.md")])
def test_a_leaders_questions_are_answered_on_the_first_two_pages(folders: dict[tuple[str, str], Path], language: str, page: str) -> None:
    sections = (Path(__file__).parents[1] / "docs" / page).read_text(encoding="utf-8").split("\n## ")[1:]
    assert len(sections) == 4
    for section in sections:
        name, *lines = section.splitlines()
        pages = PdfReader(folders[name, language] / "report.pdf").pages[:2]
        printed = _squeezed("".join(each.extract_text() for each in pages))
        rows = [line for line in lines if "`" in line]
        assert len(rows) == 10
        missing = [words for row in rows for words in re.findall("`([^`]+)`", row) if _squeezed(words) not in printed]
        assert not missing, (name, missing)


def test_every_link_within_a_report_leads_somewhere(folders: dict[tuple[str, str], Path]) -> None:
    for key, folder in folders.items():
        page = (folder / "report.html").read_text(encoding="utf-8")
        links, anchors = re.findall(r'href="#([^"]+)"', page), re.findall(r'\bid="([^"]+)"', page)
        assert links and set(links) <= set(anchors), key
        assert len(anchors) == len(set(anchors)), key


def test_no_page_is_less_than_three_quarters_full(folders: dict[tuple[str, str], Path]) -> None:
    """But the last of a part: a report ends one, and so does a page that a table has for itself."""
    for (name, language), folder in folders.items():
        pages = filled_pages((folder / "report.pdf").read_bytes())
        white = [
            number
            for number, ((filled, _), (_, own)) in enumerate(itertools.pairwise(pages), start=1)
            if filled < 0.75 and not own
        ]
        assert not white, (name, language, pages)


def _squeezed(text: str) -> str:
    """Return `text` as it is however its lines break."""
    return re.sub(r"[\s\u200b-]", "", text)
