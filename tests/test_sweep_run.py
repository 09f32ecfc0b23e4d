"""Sweeps: every cell once, the same tables however it went; case 41 of the robustness list."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_

from daye_analysis.reporting.execution.execute import ForkServer
from daye_analysis.reporting.sweeps import dask
from daye_analysis.reporting.sweeps.file import read_grid
from daye_analysis.reporting.sweeps.run import Cluster, SweepResult, sweep

# A table of two rows without the time that importing pandas takes.
NOTEBOOK = """\
from daye_analysis.reporting.publishing.output_folder import write_output
assert top != 13, '<script>unlucky</script>'
class Table:
    def to_csv(self, **_):
        return f'target,value\\n甲,{top}\\nb,{top * 2}\\n'
write_output('assessments.csv', Table())
"""
GRID = 'notebooks: [cards]\nas_of: [2025-06-30]\nparameters:\n  top: [1, 2, 13, 4]\n  city: ["大冶"]\n'


@pytest.fixture
def forked() -> ForkServer:
    """The one fork server of all tests."""
    return help_.shared_server()


def project(folder: Path, source: str = NOTEBOOK) -> Path:
    """Write a notebook and a package."""
    (folder / "notebooks").mkdir(exist_ok=True)
    content = help_.notebook(source, parameters=f'{help_.PARAMETERS}\ntop: int = 3\ncity: str = ""')
    help_.write_notebook(folder / "notebooks", content, "cards")
    help_.write_package(folder)
    return folder


def run(folder: Path, grid: str = GRID, **options: Any) -> SweepResult:
    """Run a grid."""
    (folder / "grid.yaml").write_text(grid, encoding="utf-8")
    read = read_grid(folder / "grid.yaml", folder / "notebooks", folder / "example")
    return sweep(read, reports=folder / "reports", settings=help_.settings(folder), **options)


def rows(path: Path) -> list[dict[str, str]]:
    """Return a table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def files(result: SweepResult) -> dict[str, bytes]:
    """Return what a sweep left to look at."""
    return {path.name: path.read_bytes() for path in result.folder.iterdir()}


def test_a_sweep_leaves_reports_a_summary_stacked_tables_and_an_index(tmp_path: Path, forked: ForkServer) -> None:
    """One cell fails: the others are, the summary says which and why, the index links what there is."""
    heard: list[tuple[int, int]] = []
    result = run(project(tmp_path), starter=forked, on_done=lambda done, all_: heard.append((done, all_)))
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]
    summary = rows(result.folder / "summary.csv")
    assert [(row["top"], row["state"], row["exit_code"], row["problem"]) for row in summary] == [
        ("1", "done", "0", ""), ("2", "done", "0", ""), ("13", "failed", "1", "run.cell-failed"), ("4", "done", "0", ""),
    ]  # fmt: skip
    assert all((tmp_path / "reports" / row["folder"] / "report.ipynb").exists() for row in summary)
    stacked = rows(result.folder / "assessments.csv")
    assert [(row["top"], row["city"], row["target"], row["value"]) for row in stacked[:2]] == [
        ("1", "大冶", "甲", "1"), ("1", "大冶", "b", "2"),
    ]  # fmt: skip
    assert len(stacked) == 6
    page = (result.folder / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    links = Links()
    links.feed(page)
    assert len(links.found) == 1 + 3 * 3 + 1
    assert all((result.folder / link).exists() for link in links.found)
    assert not (tmp_path / "reports" / "latest").exists()


class Links(HTMLParser):
    """Collects the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag == "a" and name == "href"]


def test_a_sweep_that_was_killed_goes_on_and_ends_with_the_same_bytes(tmp_path: Path, forked: ForkServer) -> None:
    """SIGKILL after some cells; the second call makes only what is missing."""
    counts = tmp_path / "counts"
    counts.mkdir()
    source = f"import os, time\nopen({str(counts)!r} + f'/{{top}}-{{os.getpid()}}', 'w').close()\nif top > 2: time.sleep(1)\n{NOTEBOOK}"
    (tmp_path / "killed").mkdir()
    project(tmp_path / "killed", source)
    (tmp_path / "killed" / "grid.yaml").write_text(GRID, encoding="utf-8")
    process = help_.other_process(f"sweep_here({str(tmp_path / 'killed')!r})")
    deadline = time.monotonic() + 60
    while len(help_.reports_of(tmp_path / "killed", "cards")) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    made_before = help_.reports_of(tmp_path / "killed", "cards")
    resumed = run(tmp_path / "killed", starter=forked)
    assert set(made_before) < set(help_.reports_of(tmp_path / "killed", "cards"))
    assert len(list(counts.glob("1-*"))) == 1
    left = files(resumed)
    assert files(run(tmp_path / "killed", starter=forked)) == left
    shutil.rmtree(tmp_path / "killed" / "reports")
    assert files(run(tmp_path / "killed", starter=forked)) == left


def test_a_long_value_is_whole_in_the_summary_and_short_on_the_page(tmp_path: Path, forked: ForkServer) -> None:
    """A parameter of a megabyte does not make a page that no browser shows."""
    result = run(project(tmp_path), GRID.replace("[1, 2, 13, 4]", "1").replace("大冶", "长" * 100_000), starter=forked)
    assert rows(result.folder / "summary.csv")[0]["city"] == "长" * 100_000
    assert (result.folder / "index.html").stat().st_size < 10_000


def test_case_32_equal_cells_are_made_once(tmp_path: Path, forked: ForkServer) -> None:
    """A value listed twice is one run and two rows."""
    result = run(project(tmp_path), GRID.replace("[1, 2, 13, 4]", "[1, 1]"), starter=forked)
    assert len(help_.reports_of(tmp_path, "cards")) == 1
    assert len(rows(result.folder / "summary.csv")) == 2


def test_case_32_two_sweeps_at_once_make_every_cell_once(tmp_path: Path) -> None:
    """Overlapping from the first cell on: each waits for what the other makes, and both leave the same summary."""
    counts = tmp_path / "counts"
    counts.mkdir()
    source = f"import os, time\nopen({str(counts)!r} + f'/{{top}}-{{os.getpid()}}', 'w').close()\ntime.sleep(0.3)\n{NOTEBOOK}"
    project(tmp_path, source)
    (tmp_path / "grid.yaml").write_text(GRID.replace("13, ", ""), encoding="utf-8")
    processes = [help_.other_process(f"sweep_here({str(tmp_path)!r})") for _ in range(2)]
    told = [(process.communicate(timeout=120)[1], process.returncode) for process in processes]
    assert [code for _, code in told] == [0, 0], told
    assert sorted(path.name[0] for path in counts.iterdir()) == ["1", "2", "4"]
    assert {row["state"] for row in rows(tmp_path / "reports" / "sweeps" / "grid" / "summary.csv")} == {"done"}


@pytest.fixture
def dask_cluster() -> Any:
    """A scheduler and two workers of this machine, workers in processes that can be killed."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
    ):
        yield cluster


def test_case_41_a_killed_worker_loses_and_doubles_nothing(tmp_path: Path, dask_cluster: Any) -> None:
    """SIGKILL of one of two workers amid the sweep: every cell ends done once."""
    counts = tmp_path / "counts"
    counts.mkdir()
    source = f"import os, time\nopen({str(counts)!r} + f'/{{top}}-{{os.getpid()}}', 'w').close()\ntime.sleep(0.3)"
    grid = GRID.replace("[1, 2, 13, 4]", str(list(range(8))))
    heard: list[int] = []

    def on_done(done: int, _all: int) -> None:
        heard.append(done)
        if done == 2:
            victim = next(iter(dask_cluster.workers.values()))
            os.kill(victim.pid if hasattr(victim, "pid") else victim.process.pid, signal.SIGKILL)

    result = run(project(tmp_path, source), grid, cluster=Cluster(dask_cluster.scheduler_address), on_done=on_done)
    assert [(outcome.exit_code, outcome.problems) for _, outcome in result.cells] == [(0, ())] * 8
    assert heard == list(range(1, 9))
    assert len(help_.reports_of(tmp_path, "cards")) == 8
    assert not list((tmp_path / "reports").glob("cards*/.staging*"))


@pytest.mark.slow
def test_case_41_a_scheduler_that_is_gone_leaves_every_cell_done_or_failed_and_the_next_call_heals(
    tmp_path: Path, dask_cluster: Any, forked: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cluster is closed amid the sweep and does not come back; no call waits for ever."""
    monkeypatch.setattr(dask, "PATIENCE", 0.5)
    grid = GRID.replace("[1, 2, 13, 4]", str(list(range(6))))
    project(tmp_path, "import time\ntime.sleep(0.5)")

    def on_done(done: int, _all: int) -> None:
        if done == 1:
            dask_cluster.close()

    first = run(tmp_path, grid, cluster=Cluster(dask_cluster.scheduler_address), on_done=on_done)
    codes = [outcome.exit_code for _, outcome in first.cells]
    assert set(codes) == {0, 6}
    assert {outcome.problems[0].code for _, outcome in first.cells if outcome.exit_code} == {"sweep.worker-lost"}
    healed = run(tmp_path, grid, starter=forked)
    assert [outcome.exit_code for _, outcome in healed.cells] == [0] * 6
    assert len(help_.reports_of(tmp_path, "cards")) == 6


@pytest.mark.slow
def test_case_41_a_client_that_is_killed_loses_nothing_and_the_next_call_doubles_nothing(
    tmp_path: Path, dask_cluster: Any
) -> None:
    """SIGKILL of the command amid its sweep: what its workers had begun ends whole or not at all; the next call goes on."""
    grid = GRID.replace("[1, 2, 13, 4]", str(list(range(6))))
    project(tmp_path, "import time\ntime.sleep(0.5)")
    (tmp_path / "grid.yaml").write_text(grid, encoding="utf-8")
    process = help_.other_process(f"sweep_on({str(tmp_path)!r}, {dask_cluster.scheduler_address!r})")
    wait_until(lambda: bool(help_.reports_of(tmp_path, "cards")))
    process.kill()
    process.communicate()
    result = run(tmp_path, grid, cluster=Cluster(dask_cluster.scheduler_address))
    assert [outcome.exit_code for _, outcome in result.cells] == [0] * 6
    assert "skipped" in [outcome.status for _, outcome in result.cells]
    assert len(help_.reports_of(tmp_path, "cards")) == 6
    assert not list((tmp_path / "reports").glob("cards*/.staging*"))


@pytest.mark.slow
def test_case_41_a_scheduler_that_comes_back_is_given_what_it_forgot(tmp_path: Path) -> None:
    """SIGKILL of scheduler and worker amid the sweep; others start at the same address, and the same call ends well."""
    pytest.importorskip("distributed")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    grid = GRID.replace("[1, 2, 13, 4]", str(list(range(6))))
    project(tmp_path, "import time\ntime.sleep(0.3)")
    started = [*cluster_parts(port)]

    def on_done(done: int, _all: int) -> None:
        if done == 2:
            for part in started:
                part.kill()
                part.wait()
            started[:] = cluster_parts(port)

    try:
        result = run(tmp_path, grid, cluster=Cluster(address), on_done=on_done)
    finally:
        for part in started:
            part.kill()
            part.wait()
    assert [outcome.exit_code for _, outcome in result.cells] == [0] * 6
    assert len(help_.reports_of(tmp_path, "cards")) == 6


def cluster_parts(port: int) -> list[subprocess.Popen[bytes]]:
    """Start a scheduler on this machine and a worker that will find it."""
    words = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    others = ["worker", f"tcp://127.0.0.1:{port}", "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    command = "import sys; from distributed.cli import dask_{0}; dask_{0}.main(sys.argv[1:])"
    return [
        subprocess.Popen([sys.executable, "-c", command.format(each[0]), *each[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for each in (words, others)
    ]


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_worker_of_other_versions_is_named_as_such_and_not_as_lost(
    tmp_path: Path, dask_cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot read the order: told at once, with the reason, not after five losses."""
    project(tmp_path)
    monkeypatch.setattr(dask, "make_on_worker", _of_another_version)
    result = run(tmp_path, GRID.replace("[1, 2, 13, 4]", "[1]"), cluster=Cluster(dask_cluster.scheduler_address))
    ((_, outcome),) = result.cells
    assert (outcome.exit_code, [problem.code for problem in outcome.problems]) == (6, ["sweep.worker-differs"])
    assert "ModuleNotFoundError" in outcome.problems[0].what.en


def _of_another_version(_order: Any) -> None:
    raise ModuleNotFoundError("No module named 'no_such_module'")
