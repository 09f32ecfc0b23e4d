"""Small notebooks and packages for the tests of the runner, and a printer that takes no time."""

from __future__ import annotations

import atexit
import functools
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from example_package import write_example_package

from daye_analysis.bilingual import Language
from daye_analysis.reporting.execute import ForkServer, Starter
from daye_analysis.reporting.run import Plan, RunResult, Settings, make, plan_run

HERE = Path(__file__).parent
# The runner's processes find this module, for `render`, by the path that they are given.
os.environ["PYTHONPATH"] = str(HERE)
# For case 42: set before any process of the runner starts.
os.environ["SOME_TOKEN"] = "s3cr3t-t0ken"
RENDERER = "runner_help:render"
# Others may change the library while tests run; which run is meant must not change with it.
CODE = {"python": "3", "libraries": {}, "daye_analysis_sha256": "0" * 64}
AS_OF = "2025-06-30"
PARAMETERS = 'as_of: str = ""  # the day\nlanguage: str = "zh"\npackage: str = ""'


@functools.cache
def shared_server() -> ForkServer:
    """Return the one fork server of all tests, as one command has one for all its reports."""
    server = ForkServer()
    atexit.register(server.close)
    return server


def render(notebook: Mapping[str, Any], identity: Mapping[str, Any]) -> dict[str, bytes]:
    """Print the notebook's sources as if they were a PDF and a page."""
    text = json.dumps([cell["source"] for cell in notebook["cells"]], ensure_ascii=False)
    return {"report.pdf": f"%PDF {identity['language']} {text}".encode(), "report.html": text.encode()}


def code_cell(source: str, *tags: str) -> dict[str, Any]:
    """Return a code cell."""
    metadata = {"tags": list(tags)}
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}


def text_cell(source: str, *tags: str) -> dict[str, Any]:
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": source}


def notebook(*sources: str, parameters: str = PARAMETERS, outputs: Iterable[str] = ()) -> dict[str, Any]:
    """Return a notebook with a parameters cell and one code cell for each source."""
    cells = [code_cell(parameters, "parameters"), *(code_cell(source) for source in sources)]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"daye": {"outputs": list(outputs)}}, "cells": cells}


def write_notebook(folder: Path, content: Mapping[str, Any], name: str = "small") -> Path:
    """Write a notebook file and return its path."""
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def write_package(folder: Path) -> Path:
    """Write the smallest data package, unless it stands there already, and return its folder."""
    package = folder / "example"
    if not package.exists():
        write_example_package(package)
    return package


def plan(folder: Path, *sources: str, language: Language = "zh", as_of: str = AS_OF, **given: Any) -> Plan:
    """Return the plan of a run of a notebook with these code cells; `given` are its parameters."""
    declared = given.pop("declare", "")
    outputs = given.pop("outputs", ())
    name = given.pop("name", "small")
    content = notebook(*sources, parameters=f"{PARAMETERS}\n{declared}".rstrip(), outputs=outputs)
    path = write_notebook(folder, content, name)
    package = write_package(folder)
    return plan_run(path, given, package_path=package, as_of=as_of, language=language, code=CODE)


def settings(folder: Path, **changes: Any) -> Settings:
    """Return settings for runs into `folder/reports` with the quick printer."""
    return Settings(reports=folder / "reports", **{"renderer": RENDERER, **changes})


def run(folder: Path, starter: Starter, *sources: str, **given: Any) -> RunResult:
    """Plan and make a run."""
    changes = given.pop("settings", {})
    return make(plan(folder, *sources, **given), settings(folder, **changes), starter)


def executed(result: RunResult) -> dict[str, Any]:
    """Return the published notebook of a run."""
    content: dict[str, Any] = json.loads((result.folder / "report.ipynb").read_text(encoding="utf-8"))
    return content


def printed(content: Mapping[str, Any]) -> str:
    """Return everything that a notebook's cells printed."""
    outputs = [output for cell in content["cells"] for output in cell.get("outputs", [])]
    return "".join("".join(output["text"]) for output in outputs if output["output_type"] == "stream")
