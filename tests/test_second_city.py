"""Every notebook on another city's package, in both languages: nothing of the first city, nothing empty, nothing that fails."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from command_help import one_server
from pypdf import PdfReader
from runner_help import CODE, executed, settings, shared_server
from second_city import TITLE, bare_city, city

from daye_analysis import load
from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import WrongUsage
from daye_analysis.reporting.command import make_reports
from daye_analysis.reporting.runs.plan import plan_run
from daye_analysis.reporting.runs.run import make

DAY = "2026-11-25"
EXPLORE = Path(__file__).resolve().parents[1] / "notebooks" / "explore.ipynb"
REPORTS = ("accountability", "brief", "cluster_growth", "target_feasibility")
FIRST_CITY = re.compile(r"daye|大冶|huangshi|黄石|hubei|湖北", re.IGNORECASE)
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("cities")
    for name in ("rich", "bare"):
        (folder / name).mkdir()
    return {"rich": city(folder / "rich" / "yunxi-targets"), "bare": bare_city(folder / "bare" / "yunxi-targets")}


@pytest.fixture(scope="module")
def said() -> list[Text]:
    """Return what was printed while the reports were made."""
    return []


@pytest.fixture(scope="module")
def reports(cities: dict[str, Path], said: list[Text], tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Path]:
    """Return the folder of each report by city, name and language."""
    found = {}
    for kind, root in cities.items():
        with one_server():
            outcomes = make_reports(
                [], as_of=DAY, languages=LANGUAGES, package=root, reports=tmp_path_factory.mktemp(kind), parameters=(),
                show_code=False, timeout=300, keep=None, progress=False, print_text=said.append,
            )  # fmt: skip
        assert [each.status for each in outcomes] == ["published"] * len(outcomes), [each.problems for each in outcomes]
        for each in outcomes:
            assert each.folder is not None
            name, _, package = each.folder.parent.name.partition("@")
            assert package == root.name  # no report of this project's own package
            found[kind, name, each.folder.name.split("-")[3]] = each.folder
    return found


@cache
def text_of(folder: Path) -> str:
    # A hyphen that is printed may be read as one that is only shown at the end of a line.
    return "\n".join(page.extract_text() for page in PdfReader(folder / "report.pdf").pages).replace("\xad", "-")


def outputs_of(folder: Path) -> list[dict[str, Any]]:
    notebook = json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))
    return [output for cell in notebook["cells"] if cell["cell_type"] == "code" for output in cell["outputs"]]


def test_every_report_of_both_cities_is_made(reports: dict[tuple[str, str, str], Path], said: list[Text]) -> None:
    every = {(kind, name, language) for kind in ("rich", "bare") for name in REPORTS for language in LANGUAGES}
    # A city without clusters gets no report on them.
    assert set(reports) == {each for each in every if each[:2] != ("bare", "cluster_growth")}
    left_out = [each for each in said if "cluster_growth" in each.en and "left out" in each.en]
    assert [(each.zh, "clusters table has no rows" in each.en) for each in left_out] == [
        ("cluster_growth：不生成。本数据包的表 clusters 没有任何行，报告 cluster_growth 无内容可列。", True)
    ]


def test_a_report_that_has_nothing_to_say_is_refused_when_asked_for(cities: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as raised:
        make_reports(
            ["cluster_growth"], as_of=DAY, languages=LANGUAGES, package=cities["bare"], reports=tmp_path / "reports", parameters=(),
            show_code=False, timeout=300, keep=None, progress=False, print_text=lambda _: None,
        )  # fmt: skip
    assert [each.code for each in raised.value.problems] == ["report.nothing-to-report"]
    assert raised.value.exit_code == 2
    assert not (tmp_path / "reports").exists()


def test_no_word_of_the_first_city_is_left(reports: dict[tuple[str, str, str], Path]) -> None:
    for key, folder in reports.items():
        assert not FIRST_CITY.search(text_of(folder)), key


def test_no_heading_stands_over_nothing(reports: dict[tuple[str, str, str], Path]) -> None:
    for key, folder in reports.items():
        page = (folder / "report.html").read_text(encoding="utf-8")
        assert "<h2 " in page
        assert not re.search(r"(<h([2-6])[^>]*>[^<]*</h\2>)\s*(<h\2|</body|</main)", page), key


def test_every_picture_says_its_numbers(reports: dict[tuple[str, str, str], Path]) -> None:
    for key, folder in reports.items():
        pictures = [output for output in outputs_of(folder) if "image/svg+xml" in output["data"]]
        expected = {"cluster_growth": 5, "target_feasibility": 4, "accountability": 1, "brief": 1}[key[1]] if key[0] == "rich" else 0
        assert len(pictures) >= expected, key
        for picture in pictures:
            about = picture["metadata"]["image/svg+xml"]
            assert about["caption"] and re.search(r"\d", about["alt"]), key


def test_tasks_that_all_begin_with_the_same_year_are_told_apart(reports: dict[tuple[str, str, str], Path]) -> None:
    text = text_of(reports["rich", "accountability", "zh"])
    assert "纺织服装产业产值达到320亿" in text.replace(" ", "")
    assert not re.search(r"^\d+ *到2027年$", text, re.MULTILINE)


def test_methods_are_named_and_clusters_decomposed(reports: dict[tuple[str, str, str], Path]) -> None:
    methods = text_of(reports["rich", "target_feasibility", "zh"])
    assert "欧盟统计局" in methods and "eurostat" not in methods
    growth = text_of(reports["rich", "cluster_growth", "en"])
    assert "Location quotients" in growth and "Shift-share" in growth


def test_a_rank_that_is_due_once_misses_nothing_before(cities: dict[str, Path], reports: dict[tuple[str, str, str], Path]) -> None:
    judged = load(cities["rich"]).of_plan("").as_of(DAY).assess().set_index("target_id").loc["t03_1"]
    assert (judged["value"], judged["status"], judged["status_reason"]) == (14, "not_assessed", "ordinal")
    assert "逐年看" not in text_of(reports["rich", "target_feasibility", "zh"])


@pytest.mark.parametrize(("kind", "language"), [("rich", "zh"), ("bare", "en")])
def test_a_researcher_explores_it(kind: str, language: Language, cities: dict[str, Path], tmp_path: Path) -> None:
    given = {"exports": str(tmp_path / "exports")}
    run = plan_run(EXPLORE, given, package_path=cities[kind], as_of=DAY, language=language, code=CODE)
    notebook = executed(make(run, settings(tmp_path), shared_server()))
    outputs = [output for cell in notebook["cells"] if cell["cell_type"] == "code" for output in cell["outputs"]]
    said = json.dumps([output["data"].get("text/html", "") for output in outputs], ensure_ascii=False)
    # Its English title is what a person filled in for every English text of the draft.
    assert (TITLE if language == "zh" else "In English.") in said
    assert not FIRST_CITY.search(re.sub(r"daye(_analysis| build| validate)?", "", said))
    assert {"zh": "据假设", "en": "assumed, not published"}[language] in said
