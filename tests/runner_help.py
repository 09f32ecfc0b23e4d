"""Small notebooks and packages for the tests of the runner, and a printer that takes no time."""

from __future__ import annotations

import atexit
import functools
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from example_package import write_example_package

from daye_analysis.bilingual import Language
from daye_analysis.errors import DayeError
from daye_analysis.reporting.execution.execute import (
    ForkServer,
    PlainKernels,
    Process,
    Starter,
    termination_as_exception,
)
from daye_analysis.reporting.execution.job import Job
from daye_analysis.reporting.publishing.package_state import package_state
from daye_analysis.reporting.runs.batch import worst_exit_code
from daye_analysis.reporting.runs.plan import Plan, plan_run
from daye_analysis.reporting.runs.run import RunResult, Settings, make
from daye_analysis.reporting.schedules.file import read_schedules
from daye_analysis.reporting.schedules.run import run_due
from daye_analysis.reporting.schedules.serve import serve
from daye_analysis.reporting.sweeps.file import read_grid
from daye_analysis.reporting.sweeps.run import Cluster, sweep

HERE = Path(__file__).parent
# The runner's processes find this module, for `render`, by the path that they are given.
os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
# For case 42: set before any process of the runner starts.
os.environ["SOME_TOKEN"] = "s3cr3t-t0ken"
RENDERER = "runner_help:render"
REAL_RENDERER = "daye_analysis.reporting.execution.render:render_report"
# Others may change the library while tests run; which run is meant must not change with it.
CODE = {"python": "3", "libraries": {}, "daye_analysis_sha256": "0" * 64}
AS_OF = "2025-06-30"
PARAMETERS = 'as_of: str = ""  # the day\nlanguage: str = "zh"\npackage: str = ""'


@functools.cache
def shared_server() -> ForkServer:
    """Return the one fork server of all tests, as one command has one for all its reports: with every library that it has."""
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
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"daye": {"report": True, "outputs": list(outputs)}}, "cells": cells}


def write_notebook(folder: Path, content: Mapping[str, Any], name: str = "small") -> Path:
    """Write a notebook file and return its path."""
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def write_package(folder: Path) -> Path:
    """Write the smallest data package, unless it is there already, and return its folder."""
    package = folder / "example"
    if not package.exists():
        write_example_package(package)
    return package


def package_name(folder: Path) -> str:
    """Return the name of that package."""
    return package_state(write_package(folder)).name


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


def other_process(call: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start another Python that makes a call on this module, such as `drive("/folder", "staged")`."""
    return subprocess.Popen(
        [sys.executable, "-c", f"import runner_help; runner_help.{call}"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


class DiesAtStart:
    """Starts a run as another starter does, and has this whole process killed as soon as it has started."""

    def __init__(self, starter: Starter) -> None:
        self._starter = starter

    def start(self, job: Job) -> Process:
        """Start the run and die."""
        self._starter.start(job)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("killed")


def drive_to_start(folder: str, way: str, source: str) -> None:
    """Make the small report by a forked run or a plain kernel, and be killed right after its process started."""
    with ForkServer(libraries=()) as server:
        run(Path(folder), DiesAtStart(server if way == "forked" else PlainKernels()), source)


def drive(folder: str, dies_at: str, source: str = "print(1)") -> None:
    """Make the small report as a command would, and be killed when it reaches the stage `dies_at`."""

    def on_stage(stage: str) -> None:
        if stage == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with termination_as_exception(), ForkServer(libraries=()) as server:
        try:
            result = run(Path(folder), server, source, settings={"on_stage": on_stage})
        except DayeError as error:
            sys.stderr.write(str(error))
            raise SystemExit(error.exit_code) from None
    sys.stdout.write(result.status)


def print_really(folder: str, *sources: str) -> None:
    """Make the small report with the real printer and a fork server of its own."""
    with ForkServer(libraries=()) as server:
        run(Path(folder), server, *sources, settings={"renderer": REAL_RENDERER})


def run_due_once(folder: str, now: str) -> None:
    """Make what the schedule in `folder` has due, and print what became of it."""
    place = Path(folder)
    schedules = read_schedules(place / "schedule.toml", place / "notebooks")
    made = run_due(
        schedules,
        reports=place / "reports",
        package=place / "example",
        now=datetime.fromisoformat(now),
        starter=PlainKernels(),
        settings=settings(place),
    )
    sys.stdout.write(" ".join(due.outcome.status for due in made))
    raise SystemExit(worst_exit_code([due.outcome for due in made]))


def serve_here(folder: str) -> None:
    """Serve the schedule in `folder` until someone ends it."""
    place = Path(folder)
    schedules = read_schedules(place / "schedule.toml", place / "notebooks")

    def make_due(stop: threading.Event) -> None:
        with ForkServer(libraries=()) as server:
            run_due(
                schedules,
                reports=place / "reports",
                package=place / "example",
                starter=server,
                settings=settings(place, stop=stop),
            )

    try:
        serve(schedules, make_due)
    except DayeError as error:
        raise SystemExit(error.exit_code) from None


def sweep_on(folder: str, address: str) -> None:
    """Run the grid in `folder` on the cluster at `address`."""
    place = Path(folder)
    grid = read_grid(place / "grid.yaml", place / "notebooks", place / "example")
    sweep(grid, reports=place / "reports", cluster=Cluster(address), settings=settings(place))


def sweep_here(folder: str) -> None:
    """Run the grid in `folder`, one cell after the other."""
    place = Path(folder)
    grid = read_grid(place / "grid.yaml", place / "notebooks", place / "example")
    with ForkServer(libraries=()) as server:
        sweep(grid, reports=place / "reports", jobs=1, starter=server, settings=settings(place))


def reports_of(folder: Path, name: str = "small") -> list[Path]:
    """Return the published folders of a notebook."""
    found = (folder / "reports").glob(f"{name}-????????/2*")
    return sorted(path for path in found if path.is_dir())


def latest_of(folder: Path, name: str = "small", language: str = "zh") -> Path:
    """Return the copy for people of a notebook's newest report."""
    (copy,) = (folder / "reports" / "latest").glob(f"{name}-????????.{language}.pdf")
    return copy


def failures_of(folder: Path, name: str = "small") -> list[Path]:
    """Return the folders of a notebook's failed runs."""
    return sorted((folder / "reports" / "failed").glob(f"{name}-????????/*"))
