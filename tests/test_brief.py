"""The brief: its sentences are the data's, it never needs a third page, and a run that it names is read whole."""

from __future__ import annotations

import ast
import datetime as dt
import json
from dataclasses import replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from pypdf import PdfReader
from runner_help import run, shared_server

from daye_analysis import load
from daye_analysis.bilingual import Language
from daye_analysis.charts import citations
from daye_analysis.charts.accountability.findings import summary
from daye_analysis.charts.brief import findings, movement, state
from daye_analysis.charts.brief.key_findings import key_findings
from daye_analysis.charts.clusters.findings import cluster_findings
from daye_analysis.charts.display import PrintTable
from daye_analysis.charts.outlook.findings import outlook_findings
from daye_analysis.errors import DayeError, NotReadable, WrongUsage
from daye_analysis.reporting.documents import PdfOptions, render_pdf
from daye_analysis.reporting.publishing.previous_run import earlier_assessments, read_assessments
from daye_analysis.views.package import Package
from daye_analysis.views.view import View

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "notebooks" / "brief.ipynb"
DAY = dt.date(2026, 11, 29)
EARLIER = dt.date(2026, 6, 30)


@cache
def package() -> Package:
    return load().of_plan()


def view(day: dt.date = DAY) -> View:
    return package().as_of(day)


def judged(day: dt.date = DAY) -> pd.DataFrame:
    return view(day).assess()


@cache
def crowded() -> Package:
    """Return the package with an assumed figure for every target: more of everything than a brief has room for."""
    data = package()
    rows = data.targets.merge(data.indicators[["indicator_id", "quantity"]], on="indicator_id")
    for _, row in rows.iterrows():
        flow = row["quantity"] in ("output_value", "annual_flow", "cumulative_flow", "cumulative_reduction")
        start = "2024-01-01" if str(row["quantity"]).startswith("cumulative") else "2025-01-01"
        data = data.assume(row["indicator_id"], 0.9 * row["value"], "2025-12-31", start if flow else "")
    return data


@cache
def notebook() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the brief, and the names that its parameters and its `load` cell define."""
    InteractiveShell.instance()
    content: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for cell in content["cells"]:
        if cell["id"] in ("parameters", "load"):
            exec("".join(cell["source"]), names)
    return content, names


def shown(source: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a cell shows, the value of its last line among it, as a notebook's outputs."""
    tree = ast.parse(source)
    last = tree.body[-1]
    assert isinstance(last, ast.Expr)
    with capture_output() as captured:
        exec(compile(ast.Module(tree.body[:-1], []), "<cell>", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
        if value is not None:
            names["display"](value)
    return [{"output_type": "display_data", "data": each.data, "metadata": each.metadata} for each in captured.outputs]


def printed(of: View, earlier: pd.DataFrame | None, language: Language) -> PdfReader:
    """Return the brief as a PDF, its cells run here on this view."""
    content, loaded = notebook()
    names = loaded | {"view": of, "earlier": earlier, "language": language, "numbers": citations.CitationNumbers()}
    cells = []
    for cell in content["cells"]:
        if cell["cell_type"] == "markdown":
            cells += [cell] if language in cell["metadata"]["tags"] else []
        elif cell["id"] not in ("parameters", "load"):
            outputs = shown("".join(cell["source"]), names)
            assert outputs
            cells.append({**cell, "outputs": outputs})
    parameters = {"as_of": DAY.isoformat(), "language": language, "package": "daye-manufacturing-targets 1.0.0",
                  "plan": "", "previous": "brief/2026-06-30-zh-1a2b3c4d"}  # fmt: skip
    title = content["metadata"]["daye"]["title"][language]
    options = PdfOptions(language=language, title=title, as_of=DAY, parameters=parameters)
    return PdfReader(BytesIO(render_pdf({**content, "cells": cells}, options)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_findings_on_page_one_all_targets_on_page_two(language: Language) -> None:
    plain = printed(view(), None, language)
    first = plain.pages[0].extract_text()
    assert "450" in first and "423" in first
    full = printed(crowded().as_of(DAY), judged(EARLIER), language)
    pages = [page.extract_text() for page in full.pages]
    assert len(plain.pages) <= 4 and len(pages) <= 4
    heading = {"zh": "全部目标一览", "en": "All targets at a glance"}[language]
    assert [heading in page for page in pages] == [False, True, *[False] * (len(pages) - 2)]
    names = package().indicators.set_index("indicator_id")[f"name_{language}"]
    page = "".join(pages[1].split())
    assert all("".join(str(names[each]).split())[:12] in page for each in package().targets["indicator_id"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_findings_come_first_and_their_numbers_are_the_data(language: Language) -> None:
    told = key_findings(view(), language, citations.CitationNumbers()).markdown
    settled = judged()["settled"].value_counts()
    assert settled.get("not_met", 0) and not settled.get("met", 0)
    for number in (len(judged()), settled["not_met"], len(judged()) - settled["not_met"]):
        assert f"**{number}**" in told
    assert 3 <= len(told.split("\n")) <= 5
    assert "423" in told and "2027" in told and "[1]" in told
    bar = state.evidence_bar(view(), language)
    assert bar is not None
    assert all(str(number) in bar.alt for number in judged()["evidence_class"].value_counts())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_report_has_more_than_five_findings(language: Language) -> None:
    """Not even one whose clusters have a figure that settles one aim, bounds that settle another, a pace and a sum."""
    assumed = package().assume("cluster_life_health", 250, "2025-12-31", "2025-01-01").as_of(DAY)
    for seen in (view(), assumed, crowded().as_of(DAY), load(ROOT / "examples/shili-county/package").of_plan().as_of("2026-11-20")):
        clusters = cluster_findings(seen, language, citations.CitationNumbers()).markdown
        if seen is assumed:
            one = {"zh": ("为 **250 亿元**", "由上下限可以判定", "全年按此进度", "目标值合计"), "en": ("**CNY 25 billion**", "Settled by bounds", "at that pace", "come to")}
            assert all(words in clusters for words in one[language]), clusters
        numbers = citations.CitationNumbers()
        feasibility = key_findings(seen, language, numbers, more=partial(outlook_findings, seen, numbers)).markdown
        for told in (clusters, feasibility, summary(seen, language).markdown):
            assert len(told.split("\n")) <= 5, told


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (dt.date(2026, 12, 31), "尚余 0 天", "0 days from now"),
        (dt.date(2027, 1, 10), "已过 10 天", "10 days ago"),
    ],
)
def test_days_are_counted_over_the_due_date(day: dt.date, zh: str, en: str) -> None:
    assert zh in key_findings(view(day), "zh").markdown
    assert en in key_findings(view(day), "en").markdown


def test_bounds_say_what_they_settle_and_foretell_nothing() -> None:
    table = findings.bounds_table(view(), "en", most=2)
    assert isinstance(table, PrintTable)
    assert "CNY 26.284 billion (2025, all of Huangshi)" in table.html()
    assert list(table.frame["Verdict"]) == ["not reached in 2025"] * 2
    assert "2 of 5" in table.caption


def test_without_targets_there_is_nothing_to_draw_and_that_is_said() -> None:
    empty = replace(package(), targets=package().targets.iloc[:0]).as_of(DAY)
    assert state.evidence_bar(empty, "zh") is None
    assert not isinstance(findings.verdicts_table(empty, "zh"), PrintTable)
    assert not isinstance(findings.bounds_table(empty, "zh"), PrintTable)


def test_movement_is_told_before_and_after() -> None:
    table = movement.moved_table(view(), "zh", judged(EARLIER), most=20)
    assert isinstance(table, PrintTable)
    assert "2026年6月30日" in table.caption
    row = table.frame[table.frame["目标"].str.contains("瞪羚")].iloc[0]
    assert "未见公开数据" in row["此前"]
    assert "28 家" in row["现在"]
    for nothing in (None, judged()):
        assert not isinstance(movement.moved_table(view(), "zh", nothing), PrintTable)


def test_a_table_of_assessments_comes_back_from_its_file_as_it_was() -> None:
    data = crowded().as_of(DAY).assess()
    for table in (judged(), data, data.iloc[:0]):
        content = table.to_csv(index=False, lineterminator="\n").encode()
        pd.testing.assert_frame_equal(read_assessments(content), table)


WRITES = """
from daye_analysis.reporting.publishing.output_folder import write_output
import pandas as pd
write_output("assessments.csv", pd.DataFrame({"target_id": ["a"], "as_of": ["2025-06-30"], "met": [True], "target": [0.1]}))
None
"""
READS = """
from daye_analysis.reporting.publishing.previous_run import earlier_assessments
print(earlier_assessments(previous).to_dict("records"))
"""


def test_a_run_finds_the_run_that_it_names(tmp_path: Path) -> None:
    first = run(tmp_path, shared_server(), WRITES, outputs=["assessments.csv"])
    name = f"{first.folder.parent.name}/{first.folder.name}"
    second = run(tmp_path, shared_server(), READS, name="later", declare='previous: str = ""', previous=name)
    assert "'met': True" in (second.folder / "report.ipynb").read_text(encoding="utf-8")
    assert second.identity.parameters["previous"] == name

    found = earlier_assessments(name, tmp_path / "reports")
    assert found is not None
    assert found["target"].tolist() == [0.1]
    (first.folder / "assessments.csv").write_text("target_id\nb\n", encoding="utf-8")
    with pytest.raises(NotReadable, match=r"earlier-run\.unreadable"):
        earlier_assessments(name, tmp_path / "reports")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("brief/2026-06-30-zh-1a2b3c4d", NotReadable),
        ("../brief/2026-06-30-zh-1a2b3c4d", WrongUsage),
        ("brief/../../2026-06-30-zh-1a2b3c4d", WrongUsage),
        ("/etc/passwd", WrongUsage),
        ("2026-06-30", WrongUsage),
    ],
)
def test_what_is_no_run_is_told(name: str, error: type[DayeError], tmp_path: Path) -> None:
    with pytest.raises(error):
        earlier_assessments(name, tmp_path)
    assert earlier_assessments("", tmp_path) is None


def test_a_bound_that_is_passed_is_told_alike_before_and_after() -> None:
    """More than 150 is no 'at least 150' in the table of what moved."""
    earlier, now = judged(dt.date(2025, 6, 30)), view(dt.date(2026, 11, 25))
    zh, en = (movement.moved_table(now, language, earlier, most=20) for language in ("zh", "en"))
    assert isinstance(zh, PrintTable)
    assert isinstance(en, PrintTable)
    assert "超过 150 亿元" in zh.text()
    assert "至少 150" not in zh.text()
    assert "more than CNY 15 billion" in en.text()
