"""Seconds from an executed notebook to PDF, by length: ours beside `nbconvert --to webpdf`.

    python benchmarks/printing.py [--repeat 3] [--limit 300] [--chromium /usr/bin/chromium] [--without webpdf]

Notebooks of one printed line, of 10,000 and 40,000 lines, and of an HTML output of 1, 4 and 10 MB. Each is converted by
a process of its own, the two ways in turn; the fastest of all repeats counts. Growth is the CPU time that ours takes
for a longer notebook in multiples of a shorter one, in one process that has printed before. Beyond the printer's limits
(4 MB of HTML) the rest is named and not printed. Other work on the machine weighs on all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import nbformat

from reports import browser_environment

SENTENCE = "Value added of industry above designated size grew by 6.4 % in the first half of the year. "
PARAGRAPH = f"<p>{SENTENCE * 4}</p>\n"
WAYS = ("daye_pdf", "webpdf")
# Longer and shorter notebook of each ratio, and how much longer it is.
GROWTH = (("40,000 lines", "10,000 lines", 4), ("HTML 4 MB", "HTML 1 MB", 4), ("HTML 10 MB", "HTML 1 MB", 10))


def lines(count: int) -> nbformat.NotebookNode:
    """Return the output of a program that printed `count` lines."""
    text = "".join(f"{at:>6} {SENTENCE[:30]}\n" for at in range(count))
    return nbformat.v4.new_output("stream", text=text)


def web_page(megabytes: int) -> nbformat.NotebookNode:
    """Return an HTML output of paragraphs."""
    return nbformat.v4.new_output("display_data", data={"text/html": PARAGRAPH * (megabytes * 1_000_000 // len(PARAGRAPH))})


def seconds(notebook: Path, way: str, environment: Mapping[str, str], limit: float) -> float:
    """Return the seconds of one conversion; infinity where it fails or takes longer than the limit."""
    words = [sys.executable, "-m", "nbconvert", "--to", way, "--output", f"{notebook.stem}-{way}", str(notebook)]
    if way == "webpdf":
        words.append("--disable-chromium-sandbox")
    start = time.perf_counter()
    try:
        subprocess.run(words, env={**os.environ, **environment}, capture_output=True, timeout=limit, check=True)
    except subprocess.SubprocessError as error:
        print(f"{way} of {notebook.stem}: {error}", file=sys.stderr)
        return float("inf")
    return time.perf_counter() - start


def cpu_seconds(notebook: Path) -> float:
    """Return the CPU seconds that ours takes within this process."""
    from daye_analysis.reporting.documents import PdfOptions, render_pdf

    content = nbformat.read(notebook, as_version=4)
    start = time.process_time()
    render_pdf(content, PdfOptions(strict=False))
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds that one conversion may take")
    parser.add_argument("--chromium", type=Path, default=Path(shutil.which("chromium") or "/usr/bin/chromium"))
    parser.add_argument("--without", choices=["webpdf"], default="")
    given = parser.parse_args()
    outputs = {
        "1 line": lines(1),
        "10,000 lines": lines(10_000),
        "40,000 lines": lines(40_000),
        "HTML 1 MB": web_page(1),
        "HTML 4 MB": web_page(4),
        "HTML 10 MB": web_page(10),
    }
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} at the start")
    with tempfile.TemporaryDirectory(prefix="daye-bench-") as name:
        folder = Path(name)
        with_browser = given.chromium.exists() and not given.without
        environment = browser_environment(folder / "browsers", given.chromium) if with_browser else {}
        took: dict[tuple[str, str], float] = {}
        notebooks: dict[str, Path] = {}
        print(f"{'notebook':<14}{'daye_pdf s':>12}{'webpdf s':>12}{'webpdf / daye_pdf':>20}")
        for title, output in outputs.items():
            notebook = notebooks[title] = folder / f"{title.replace(' ', '_').replace(',', '')}.ipynb"
            cells = [nbformat.v4.new_markdown_cell("# Report"), nbformat.v4.new_code_cell("x", outputs=[output])]
            nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
            for _ in range(given.repeat):
                for way in WAYS if with_browser else WAYS[:1]:
                    took[title, way] = min(took.get((title, way), float("inf")), seconds(notebook, way, environment, given.limit))
            ours, theirs = took[title, "daye_pdf"], took.get((title, "webpdf"), float("nan"))
            print(f"{title:<14}{ours:>12.1f}{theirs:>12.1f}{theirs / ours:>20.2f}", flush=True)
        cpu_seconds(notebooks["1 line"])
        cpu = {title: min(cpu_seconds(notebook) for _ in range(given.repeat)) for title, notebook in notebooks.items()}
    for longer, shorter, times in GROWTH:
        print(f"{longer} take {cpu[longer]:.1f} s of CPU, {cpu[longer] / cpu[shorter]:.1f} times {shorter}, for {times} times the length")


if __name__ == "__main__":
    main()
