"""Seconds, CPU seconds and memory of making reports: the plain way, and `daye`, side by side in one go.

    python benchmarks/reports.py [--plain 5] [--sweep 40] [--chromium /usr/bin/chromium] [--without webpdf,dask]

(a) the plain way: `papermill`, then `nbconvert --to webpdf`, a process each, per report. nbconvert asks Playwright for
    a browser and has no setting for its path; Playwright looks below PLAYWRIGHT_BROWSERS_PATH, where this program puts
    a one-line script that starts the given Chromium.
(b) `papermill`, then our exporter through nbconvert: the same two processes, the browser replaced.
(c) `daye report`: from a cold start; a second time with nothing changed; and other days with the fork server running.
(d) `daye sweep`: notebooks times days, on this machine, and on two workers of a Dask LocalCluster.

Memory is that of the whole process tree, pages that processes share counted once (PSS; RSS where the system has no
such number), looked at ten times a second. CPU is that of all processes that ended. Every way makes the same
notebooks on the project's own package. Other work on the machine weighs on all: run it where nothing else runs.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
AS_OF = "2026-06-30"


@dataclass
class Measured:
    """What one way took; `parts` says where the time went, in seconds for all its reports."""

    name: str
    reports: int
    seconds: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    parts: dict[str, float] = field(default_factory=dict)

    @property
    def each(self) -> float:
        """Seconds a report."""
        return self.seconds / self.reports


@contextmanager
def measured(name: str, reports: int) -> Iterator[Measured]:
    """Measure what this process's children do within."""
    found = Measured(name, reports)
    over = threading.Event()
    watcher = threading.Thread(target=_watch_memory, args=(found, over), daemon=True)
    before, start = _children_cpu(), time.perf_counter()
    watcher.start()
    yield found
    found.seconds = time.perf_counter() - start
    found.cpu = _children_cpu() - before
    over.set()
    watcher.join()
    print(f"... {name}: {found.seconds:.1f} s", file=sys.stderr, flush=True)


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _watch_memory(found: Measured, over: threading.Event) -> None:
    me = psutil.Process()
    while not over.wait(0.1):
        total = 0
        for process in me.children(recursive=True):
            try:
                total += getattr(process.memory_full_info(), "pss", 0) or process.memory_info().rss
            except psutil.Error:
                continue
        found.peak = max(found.peak, total)


def call(arguments: Sequence[object], environment: Mapping[str, str] | None = None) -> None:
    """Run a program quietly; show what it said when it fails."""
    done = subprocess.run(
        [str(argument) for argument in arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    if done.returncode:
        raise SystemExit(f"{arguments}\n{done.stdout}\n{done.stderr}")


def five_notebooks(folder: Path, count: int) -> list[Path]:
    """Return `count` different notebooks: the project's own, and copies under other names where they are too few."""
    sys.path.insert(0, str(ROOT))
    from daye_analysis.reporting.schedules.file import report_notebooks

    own = list(report_notebooks(ROOT / "notebooks").values())
    copies = [folder / f"{own[at % len(own)].stem}_{at}.ipynb" for at in range(len(own), count)]
    for at, copy in enumerate(copies, start=len(own)):
        shutil.copy(own[at % len(own)], copy)
    return (own + copies)[:count]


def browser_environment(folder: Path, chromium: Path) -> dict[str, str]:
    """Return the variables that make Playwright start `chromium`."""
    environment = {"PLAYWRIGHT_BROWSERS_PATH": str(folder), "PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS": "1"}
    asks = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p:\n"
        "    try: p.chromium.launch()\n"
        "    except Exception as error: print(error)\n"
    )
    said = subprocess.run(
        [PYTHON, "-c", asks], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    ).stdout
    wanted = Path(next(word for word in said.split() if word.startswith(str(folder))))
    wanted.parent.mkdir(parents=True)
    wanted.write_text(f'#!/bin/sh\nexec {chromium} --headless "$@"\n')
    wanted.chmod(0o755)
    return environment


def plain_way(notebooks: Sequence[Path], folder: Path, converter: Sequence[str], environment: Mapping[str, str]) -> dict[str, float]:
    """Run papermill and nbconvert for each notebook and return the seconds of either."""
    parts = {"papermill": 0.0, "nbconvert": 0.0}
    for notebook in notebooks:
        executed = folder / notebook.name
        start = time.perf_counter()
        call([PYTHON, "-m", "papermill", notebook, executed, "-p", "as_of", AS_OF, "-p", "package", ROOT], environment)
        middle = time.perf_counter()
        call([PYTHON, "-m", "nbconvert", *converter, executed], environment)
        parts["papermill"] += middle - start
        parts["nbconvert"] += time.perf_counter() - middle
    return parts


def daye(*words: object) -> None:
    """Call the command."""
    call([PYTHON, "-c", "from daye_analysis.cli import main; main()", *words])


def inside(reports: Path) -> dict[str, float]:
    """Return the seconds that the published runs below `reports` spent in the notebook and in printing, summed."""
    parts = {"notebook": 0.0, "printing": 0.0}
    for manifest in reports.glob("*/*/manifest.json"):
        for name, seconds in json.loads(manifest.read_text(encoding="utf-8"))["run"]["seconds"].items():
            parts[name] += seconds
    return parts


def warm(notebooks: Sequence[Path], folder: Path) -> Measured:
    """Make the reports of another day with a fork server that is already running."""
    from daye_analysis.reporting.execution.execute import ForkServer
    from daye_analysis.reporting.publishing.identity import code_state
    from daye_analysis.reporting.runs.batch import Order, make_all
    from daye_analysis.reporting.runs.plan import plan_run
    from daye_analysis.reporting.runs.run import Settings

    def orders(as_of: str, chosen: Sequence[Path]) -> list[Order]:
        code = code_state()
        return [
            Order(plan_run(path, {}, package_path=ROOT, as_of=as_of, language="zh", code=code), Settings(folder))
            for path in chosen
        ]

    with ForkServer() as server:
        make_all(orders("2025-01-01", notebooks[:1]), starter=server)
        with measured("(c) daye report, fork server running", len(notebooks)) as found:
            outcomes = make_all(orders("2025-06-30", notebooks), starter=server)
    if any(outcome.exit_code for outcome in outcomes):
        raise SystemExit(str([outcome.problems for outcome in outcomes]))
    return found


def nothing_changed(notebooks: Sequence[Path], reports: Path) -> float:
    """Return the seconds inside a process that finds all reports up to date, after its imports."""
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom daye_analysis.reporting.command import make_reports\n"
        "start = time.perf_counter()\n"
        f"made = make_reports(sys.argv[2:], as_of={AS_OF!r}, languages=('zh',), package=None, reports=Path(sys.argv[1]),\n"
        "    parameters=(), show_code=False, timeout=None, keep=None, progress=False, print_text=lambda text: None)\n"
        "assert {each.status for each in made} == {'skipped'}\nprint(time.perf_counter() - start)"
    )
    words = [PYTHON, "-c", program, str(reports), *map(str, notebooks)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True)
    return float(done.stdout)


def pdf_only(executed: Path) -> tuple[float, float]:
    """Return seconds from an executed notebook to our PDF: within a process, and of a whole process."""
    program = (
        "import json, sys, time\nfrom daye_analysis.reporting.documents import PdfOptions, render_pdf\n"
        "notebook = json.load(open(sys.argv[1], encoding='utf-8'))\n"
        "render_pdf(notebook, PdfOptions(strict=False))\n"
        "start = time.perf_counter()\nrender_pdf(notebook, PdfOptions(strict=False))\nprint(time.perf_counter() - start)"
    )
    within = min(float(subprocess.run([PYTHON, "-c", program, executed], capture_output=True, text=True, check=True, cwd=ROOT).stdout) for _ in range(3))
    start = time.perf_counter()
    call([PYTHON, "-c", program.partition("start =")[0], executed])
    return within, time.perf_counter() - start


def sweep_way(name: str, cells: int, folder: Path, *words: object) -> Measured:
    """Sweep the project's notebooks over as many days as give `cells` reports."""
    from daye_analysis.reporting.schedules.file import report_notebooks

    names = list(report_notebooks(ROOT / "notebooks"))
    days = [f"2026-{1 + at // 28:02d}-{1 + at % 28:02d}" for at in range(-(-cells // len(names)))]
    grid = folder / "grid.yaml"
    grid.write_text(f"notebooks: [{', '.join(names)}]\nas_of: [{', '.join(days)}]\n", encoding="utf-8")
    with measured(name, len(names) * len(days)) as found:
        daye("sweep", grid, "--reports", folder / "reports", *words)
    found.parts = inside(folder / "reports")
    return found


def table(rows: Sequence[Measured], base: Measured | None) -> None:
    """Print what was measured."""
    print(f"{'way':<44}{'reports':>8}{'s each':>9}{'CPU each':>10}{'a minute':>10}{'peak MB':>9}{'against (a)':>13}  where the time went")
    for row in rows:
        ratio = f"{base.each / row.each:.1f}" if base else ""
        parts = ", ".join(f"{name} {seconds / row.reports:.2f}" for name, seconds in row.parts.items())
        print(
            f"{row.name:<44}{row.reports:>8}{row.each:>9.2f}{row.cpu / row.reports:>10.2f}{60 / row.each:>10.0f}"
            f"{row.peak / 1e6:>9.0f}{ratio:>13}  {parts}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plain", type=int, default=5, help="how many reports one after the other")
    parser.add_argument("--sweep", type=int, default=40, help="how many reports in a sweep")
    parser.add_argument("--chromium", type=Path, default=Path(shutil.which("chromium") or "/usr/bin/chromium"))
    parser.add_argument("--without", default="", help="parts to leave out: webpdf, exporter, sweep, dask")
    given = parser.parse_args()
    # As on a user's machine after the first run: nothing is compiled anew in each process.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "daye_analysis", quiet=1)
    without = set(given.without.split(","))
    with tempfile.TemporaryDirectory(prefix="daye-bench-") as name:
        folder = Path(name)
        for part in ("a", "b", "browsers", "warm", "local", "dask"):
            (folder / part).mkdir()
        measure(given, folder, without)


def measure(given: argparse.Namespace, folder: Path, without: set[str]) -> None:
    """Run all ways and print the table."""
    notebooks = five_notebooks(folder, given.plain)
    rows: list[Measured] = []
    base: Measured | None = None
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} at the start")
    if "webpdf" not in without and given.chromium.exists():
        environment = browser_environment(folder / "browsers", given.chromium)
        with measured("(a) papermill, nbconvert --to webpdf", len(notebooks)) as base:
            parts = plain_way(notebooks, folder / "a", ["--to", "webpdf", "--disable-chromium-sandbox"], environment)
        base.parts = parts
        rows.append(base)
    else:
        print("(a) is left out: no Chromium, or not wanted")
    if "exporter" not in without:
        with measured("(b) papermill, nbconvert --to daye_pdf", len(notebooks)) as row:
            parts = plain_way(notebooks, folder / "b", ["--to", "daye_pdf"], {})
        row.parts = parts
        rows.append(row)
    words = ("--as-of", AS_OF, "--language", "zh", "--reports", folder / "reports")
    with measured("(c) daye report, cold", len(notebooks)) as row:
        daye("report", *notebooks, *words)
    row.parts = inside(folder / "reports")
    rows.append(row)
    with measured("(c) daye report, nothing changed", len(notebooks)) as row:
        daye("report", *notebooks, *words)
    rows.append(row)
    rows.append(warm(notebooks, folder / "warm"))
    if "sweep" not in without:
        rows.append(sweep_way("(d) daye sweep, local", given.sweep, folder / "local"))
        if "dask" not in without:
            rows.append(sweep_way("(d) daye sweep, dask, 2 workers", given.sweep, folder / "dask", "--executor", "dask"))
    table(rows, base)
    print(f"nothing changed, inside the process: {nothing_changed(notebooks, folder / 'reports'):.3f} s for {len(notebooks)} reports")
    executed = next((folder / "reports").glob("*/*/report.ipynb"))
    within, whole = pdf_only(executed)
    webpdf = f"; webpdf took {base.parts['nbconvert'] / len(notebooks):.2f} s" if base else ""
    print(f"PDF from an executed notebook: {within:.3f} s within a process, {whole:.2f} s as a whole process{webpdf}")


if __name__ == "__main__":
    main()
