"""The exporter as nbconvert and JupyterLab's server use it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from nbconvert.exporters import get_exporter
from nbconvert.utils.exceptions import ConversionException
from pdf_help import SVG, files, make, notebook, reader, text_of

NAME = "daye_analysis.reporting.documents.exporter.DayePdfExporter"


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the session speak Chinese, whatever the machine's locale."""
    monkeypatch.setenv("DAYE_LANGUAGE", "zh")


def exporter(**traits: Any) -> Any:
    find: Any = get_exporter
    return find(NAME)(**traits)


def test_the_registered_name_can_be_part_of_jupyter_servers_address() -> None:
    from jupyter_server.nbconvert.handlers import _format_regex

    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    entries = project["project"]["entry-points"]["nbconvert.exporters"]
    names = [name for name, target in entries.items() if target.replace(":", ".") == NAME]
    assert names
    assert all(re.fullmatch(_format_regex, name) for name in names)


@pytest.mark.parametrize(
    ("metadata", "traits", "language", "title"),
    [
        ({}, {}, "zh-CN", "我的笔记"),
        ({"papermill": {"parameters": {"language": "en", "as_of": "2026-06-30"}}}, {}, "en-GB", "我的笔记"),
        ({"daye": {"language": "en", "title": "T"}}, {}, "en-GB", "T"),
        ({"papermill": {"parameters": {"language": "en"}}}, {"language": "zh"}, "zh-CN", "我的笔记"),
        ({"daye": {"language": {"en": "x"}}}, {}, "zh-CN", "我的笔记"),
        ({"title": "标准题"}, {}, "zh-CN", "标准题"),
        ({"daye": {"language": "en", "title": {"zh": "题", "en": "Title"}}}, {}, "en-GB", "Title"),
    ],
)
def test_language_and_title(
    metadata: dict[str, Any], traits: dict[str, Any], language: str, title: str
) -> None:
    node = notebook("没有标题的文字。")
    node.metadata.update(metadata)
    pdf, resources = exporter(**traits).from_notebook_node(node, {"metadata": {"name": "我的笔记"}})
    found = reader(pdf)
    assert found.trailer["/Root"]["/Lang"] == language
    assert found.metadata is not None
    assert found.metadata.title == title
    assert resources["output_extension"] == ".pdf"


@pytest.mark.parametrize("session_language", ["zh", "en"])
@pytest.mark.parametrize("declared", ['language: str = "en"', 'language: str = ""', "language = what"])
def test_an_open_notebook_is_printed_in_its_own_language_else_the_sessions(
    declared: str, session_language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYE_LANGUAGE", session_language)
    language = "en-GB" if '"en"' in declared or session_language == "en" else "zh-CN"
    node = notebook("# 题")
    node.cells.insert(0, make.new_code_cell(declared, metadata={"tags": ["parameters"]}))
    assert reader(exporter().from_notebook_node(node)[0]).trailer["/Root"]["/Lang"] == language


def test_tolerant_unless_asked_to_be_strict() -> None:
    node = notebook("# 题", {"image/svg+xml": SVG.format("图")})
    assert exporter().from_notebook_node(node)[0].startswith(b"%PDF")
    with pytest.raises(ConversionException, match=r"pdf\.missing-alt: \[cell 2\]"):
        exporter(strict=True).from_notebook_node(node)


def test_code_is_hidden_unless_asked_for() -> None:
    node = make.new_notebook(cells=[make.new_code_cell("值 = 1")])
    assert "值" not in text_of(exporter().from_notebook_node(node)[0])
    assert "值=1" in text_of(exporter(show_code=True).from_notebook_node(node)[0])


def test_nbconverts_command_writes_the_file(tmp_path: Path) -> None:
    files.write(notebook("# 题", "文"), tmp_path / "n.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", NAME, "n.ipynb"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert "题" in text_of((tmp_path / "n.pdf").read_bytes())


def test_a_notebooks_metadata_sets_the_limits_of_printing() -> None:
    node = notebook("# 题", {"text/html": "<table>" + "<tr><td>行" * 9 + "</table>"})
    node.metadata["daye"] = {"limits": {"table_rows": 4}}
    assert text_of(exporter().from_notebook_node(node)[0]).count("行") < 9
    for odd in ({"table_rows": 0}, {"rows": 4}, {"table_rows": "4"}, {"table_rows": True}, [4]):
        node.metadata["daye"] = {"limits": odd}
        with pytest.raises(ConversionException, match=r"pdf\.limit: \[daye\.limits.*table_rows"):
            exporter().from_notebook_node(node)


def test_parameters_of_another_kind_than_papermill_writes_are_left_out() -> None:
    node = notebook("# 题")
    node.metadata["papermill"] = {"parameters": [1]}
    assert exporter().from_notebook_node(node)[0].startswith(b"%PDF")
