"""Plain nbconvert shows a notebook of the project in one language, without what only a run needs to know."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from daye_analysis.reporting.notebooks.one_language import OneLanguage

ROOT = Path(__file__).resolve().parents[1]
WIDGET = "application/vnd.jupyter.widget-view+json"


def cell(kind: str, source: str, tags: list[str], outputs: list[Any] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "id": re.sub(r"[^a-zA-Z0-9]", "", source + "".join(tags))[:40], "metadata": {"tags": tags}, "source": source}
    return made | ({"outputs": outputs or [], "execution_count": 1} if kind == "code" else {})


def notebook(report: bool, language: str = "", injected: str = "", **daye: Any) -> Any:
    result = {"output_type": "execute_result", "execution_count": 1, "metadata": {},
              "data": {"text/html": "<b>shown</b>", "text/plain": "shown", WIDGET: {"model_id": "0"}}}  # fmt: skip
    cells = [
        cell("markdown", "# 标题", ["zh"]), cell("markdown", "# Heading", ["en"]), cell("markdown", "both", []),
        cell("code", f'language: str = "{language}"  # zh or en', ["parameters"]),
        *([cell("code", f'language = "{injected}"', ["injected-parameters"])] if injected else []),
        cell("code", "secret_code()", [], [result]), cell("code", "silent()", []), cell("markdown", "### Smaller", ["en"]),
    ]  # fmt: skip
    about = {"title": {"zh": "报告", "en": "Report"}, "report": report, **daye}
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {"daye": about, "widgets": {}}, "cells": cells})


def made(of: Any) -> tuple[Any, dict[str, Any]]:
    return OneLanguage().preprocess(of, {})


@pytest.mark.parametrize(
    ("own", "injected", "session", "wanted"),
    [("", "", "zh", "zh"), ("", "", "en", "en"), ("zh", "", "en", "zh"), ("zh", "en", "zh", "en"), ("", "zh", "en", "zh")],
)
def test_the_language_is_that_of_the_run_else_the_notebooks_else_the_sessions(
    own: str, injected: str, session: str, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYE_LANGUAGE", session)
    shown, resources = made(notebook(True, own, injected))
    text = "\n".join(each.source for each in shown.cells)
    assert ("标题" in text, "Heading" in text) == (wanted == "zh", wanted == "en")
    assert "both" in text
    assert resources["language_code"] == wanted
    assert shown.metadata["title"] == {"zh": "报告", "en": "Report"}[wanted]


def test_a_report_shows_no_code_and_an_explorer_no_parameters() -> None:
    report, _ = made(notebook(True, "en"))
    (code,) = [each for each in report.cells if each.cell_type == "code"]
    assert code.metadata["transient"] == {"remove_source": True}
    assert code.outputs[0].output_type == "display_data"
    assert WIDGET not in code.outputs[0].data and "widgets" not in report.metadata
    explorer, _ = made(notebook(False, "en"))
    assert [each.source for each in explorer.cells if each.cell_type == "code"] == ["secret_code()", "silent()"]
    assert "transient" not in explorer.cells[2].metadata


def test_slides_begin_at_headings_and_what_a_notebook_says_of_its_slides_stays() -> None:
    of = notebook(True, "en")
    of.cells[2].metadata["slideshow"] = {"slide_type": "notes"}
    shown, _ = made(of)
    kinds = {each.source: each.metadata.get("slideshow", {}).get("slide_type") for each in shown.cells}
    assert (kinds["# Heading"], kinds["### Smaller"], kinds["both"]) == ("slide", "subslide", "notes")


def test_a_notebook_that_is_not_the_projects_passes_as_it_is() -> None:
    of = notebook(True)
    del of.metadata["daye"]
    shown, resources = made(of)
    assert len(shown.cells) == 7 and resources == {}


@pytest.mark.parametrize("kind", ["html", "slides"])
def test_plain_nbconvert_gives_one_language_and_no_internals(kind: str, tmp_path: Path) -> None:
    (tmp_path / "report.ipynb").write_text(json.dumps(notebook(True, "", "zh")), encoding="utf-8")
    command = [sys.executable, "-m", "nbconvert", "--to", kind, str(tmp_path / "report.ipynb")]
    environment = {**os.environ, "DAYE_LANGUAGE": "en", "JUPYTER_CONFIG_DIR": str(tmp_path / "none")}
    subprocess.run(command, check=True, capture_output=True, env=environment, cwd=tmp_path)
    (page,) = [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")]
    body = page[page.index("<body") :]
    assert "标题" in body and "Heading" not in body
    assert "<b>shown</b>" in body and "secret_code" not in body and "language: str" not in body
    assert '<html lang="zh"' in page and "<title>报告" in page
