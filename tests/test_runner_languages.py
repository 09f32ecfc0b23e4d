"""Notebooks in other languages than Python: run by their own kernel, given parameters exactly, refused where none is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_
from hypothesis import given
from hypothesis import strategies as st

from daye_analysis.errors import CheckFailed, WrongUsage
from daye_analysis.reporting.notebooks.languages import assigned, program_language
from daye_analysis.reporting.notebooks.parameters import Parameter, ParameterType, inspect_parameters
from daye_analysis.reporting.publishing.own_files import own_files
from daye_analysis.reporting.runs.plan import Plan, plan_run
from daye_analysis.reporting.runs.run import RunResult, make

BASH = {"name": "bash", "display_name": "Bash", "language": "bash"}


def notebook(specification: dict[str, str], *sources: str, parameters: str = "") -> dict[str, Any]:
    content = help_.notebook(*sources, parameters=parameters)
    content["metadata"]["kernelspec"] = specification
    return content


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "python"),
        ({"kernelspec": {"name": "python3", "language": "python"}}, "python"),
        ({"language_info": {"name": "ipython3"}}, "python"),
        ({"kernelspec": {"name": "ir", "language": "R"}}, "r"),
        ({"kernelspec": {"name": "ir"}}, "r"),
        ({"kernelspec": {"name": "julia-1.10"}}, "julia"),
        ({"kernelspec": {"name": "irkutsk"}}, "python"),
        ({"kernelspec": None, "language_info": {"name": "julia"}}, "julia"),
    ],
)
def test_the_language_that_a_notebook_names(metadata: dict[str, Any], language: str) -> None:
    assert program_language({"metadata": metadata}) == language


@pytest.mark.parametrize(
    ("language", "line", "declared"),
    [
        ("R", 'town <- "大冶"  # which', Parameter("town", ParameterType("str"), "大冶", False, "which")),
        ("R", "year <- 2024L", Parameter("year", ParameterType("int"), 2024, False, "")),
        ("R", "share = -0.5", Parameter("share", ParameterType("float"), -0.5, False, "")),
        ("R", "strict <- FALSE", Parameter("strict", ParameterType("bool"), False, False, "")),
        ("R", "rows <- c(1, 2)", Parameter("rows", ParameterType("open"), None, False, "")),
        ("R", "limit <- NULL", Parameter("limit", ParameterType("open"), None, False, "")),
        ("julia", 'town::String = "a\\"b # c"', Parameter("town", ParameterType("str"), 'a"b # c', False, "")),
        ("julia", 'town = "$HOME"', Parameter("town", ParameterType("open"), None, False, "")),
        ("julia", "rate = 1e-3", Parameter("rate", ParameterType("float"), 0.001, False, "")),
        ("bash", "town=daye", Parameter("town", ParameterType("str"), "daye", False, "")),
        ("bash", "as_of=", Parameter("as_of", ParameterType("str"), "", False, "")),
        ("bash", "today=$(date)", Parameter("today", ParameterType("open"), None, False, "")),
        ("scheme", "x = 1", Parameter("x", ParameterType("open"), None, False, "")),
    ],
)
def test_what_a_parameters_cell_declares(language: str, line: str, declared: Parameter) -> None:
    content = notebook({"name": "own", "language": language}, parameters=f"{line}\nprint(1)\n")
    assert inspect_parameters(content) == (declared,)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)


@given(TEXTS, st.integers(-(10**9), 10**9))
def test_bash_gets_exactly_the_values(text: str, number: int) -> None:
    program = assigned({"text": text, "number": number}, "bash") + '\nprintf \'%s\\n%s\' "$text" "$number"'
    said = subprocess.run(["bash", "-c", program], capture_output=True, check=True).stdout.decode()
    assert said == f"{text}\n{number}"


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("r", 'a "b" \\ é 大\n$x', '"a \\"b\\" \\\\ é 大\\n$x"'),
        ("julia", 'a "b" \\ é 大\n$(run(`x`))', '"a \\"b\\" \\\\ é 大\\n\\$(run(`x`))"'),
    ],
)
def test_a_text_is_not_read_as_code(language: str, text: str, source: str) -> None:
    assert assigned({"text": text}, language).splitlines() == ["# Parameters", f"text = {source}"]


@pytest.mark.parametrize(("language", "name"), [("R", "R"), ("cobol", "Cobol")])
def test_without_a_kernel_it_is_refused_before_anything_starts(
    language: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_client.kernelspec.KernelSpecManager.get_all_specs", lambda _self: {})
    path = help_.write_notebook(tmp_path, notebook({"name": "own", "language": language}, "x <- 1"))
    with pytest.raises(WrongUsage, match=rf"written in {name}, and no Jupyter kernel for {name}") as caught:
        plan_run(
            path,
            {},
            package_path=help_.write_package(tmp_path),
            as_of=help_.AS_OF,
            language="zh",
            code=help_.CODE,
        )
    assert [problem.code for problem in caught.value.problems] == ["notebook.language"]


def test_files_beside_it_are_those_that_a_word_of_its_code_names(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("a.csv", "b.csv", "c.csv"):
        (folder / name).write_text("1\n", encoding="utf-8")
    path = help_.write_notebook(folder, notebook(BASH, "cat a.csv; wc -l <'b.csv'; cat ../outside.csv"))
    assert [file.name for file in own_files(path, notebook(BASH, "cat a.csv; wc -l <'b.csv'"), [])] == [
        "a.csv",
        "b.csv",
    ]


@pytest.fixture
def bash_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a kernel for Bash listed as a person's own, where the run's own environment does not look."""
    pytest.importorskip("bash_kernel")
    if shutil.which("bash") is None:
        pytest.skip("no bash")
    folder = tmp_path / "jupyter" / "kernels" / "bash"
    folder.mkdir(parents=True)
    specification = {"argv": [sys.executable, "-m", "bash_kernel", "-f", "{connection_file}"], **BASH}
    (folder / "kernel.json").write_text(json.dumps(specification), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))


def planned(folder: Path, *sources: str, parameters: str = "", **values: object) -> Plan:
    path = help_.write_notebook(folder, notebook(BASH, *sources, parameters=parameters))
    package = help_.write_package(folder)
    return plan_run(path, values, package_path=package, as_of=help_.AS_OF, language="zh", code=help_.CODE)


def made(plan: Plan, folder: Path, renderer: str = help_.RENDERER) -> RunResult:
    return make(plan, help_.settings(folder, renderer=renderer), help_.shared_server())


@pytest.mark.usefixtures("bash_kernel")
def test_it_runs_by_its_own_kernel_and_is_printed(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text("name\n大冶\n", encoding="utf-8")
    declared = 'as_of=\nyear=2024\nnote="a b"  # of whom\nwhen=$(date)'
    plan = planned(
        tmp_path, 'echo "$as_of|$year|$note"; cat towns.csv', parameters=declared, year=2025, note="x $y '大'"
    )
    assert plan.identity.code["kernel"]["name"] == "bash"
    result = made(plan, tmp_path, help_.REAL_RENDERER)
    content = help_.executed(result)
    assert help_.printed(content) == "2025-06-30|2025|x $y '大'\nname\n大冶\n"
    assert content["metadata"]["language_info"]["name"] == "bash"
    assert (result.folder / "report.pdf").read_bytes().startswith(b"%PDF")
    assert made(plan, tmp_path).status == "skipped"


@pytest.mark.usefixtures("bash_kernel")
def test_a_failing_cell_fails_the_run(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed) as caught:
        made(planned(tmp_path, "echo before", "false"), tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["run.cell-failed"]
    kept = json.loads(
        next((tmp_path / "reports" / "failed").rglob("report.ipynb")).read_text(encoding="utf-8")
    )
    assert "before" in help_.printed(kept)
