"""How long the site of the project's package takes, and what the same words cost a generator for documentation.

    python benchmarks/public_site.py [--sites N] [--targets N]

The site is built twice (the second is `--check`); then MkDocs is given every page of one language as Markdown, if it is
installed (`pip install mkdocs`). `--sites N` builds the sites of N generated packages of 40 targets each, and prints the
spread, from which more can be told.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate_many

from daye_analysis.package.places import project_root
from daye_analysis.site.build import build_site, site_files
from daye_analysis.site.index import build_index


def main() -> None:
    """Measure, and print a line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sites", type=int, default=0)
    parser.add_argument("--targets", type=int, default=40)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        if asked.sites:
            many(Path(work), asked.sites, asked.targets, asked.workers)
        else:
            own(Path(work))


def own(work: Path) -> None:
    """Build the project's own site; then MkDocs on the same pages."""
    started = time.perf_counter()
    built = build_site(work / "site", project_root())
    first = time.perf_counter() - started
    print(f"site: {first:.1f} s, {built.pages} pages, {1000 * first / built.pages:.1f} ms a page, {built.size / 1e6:.1f} MB, "
          f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")  # fmt: skip
    started = time.perf_counter()
    pages = sum(path.endswith("index.html") for path, _ in site_files(project_root()))
    again = time.perf_counter() - started
    print(f"in a warm process, not written: {again:.1f} s, {1000 * again / pages:.1f} ms a page")
    if importlib.util.find_spec("mkdocs") is None:
        print("mkdocs is not installed: no comparison")
        return
    docs = work / "mkdocs/docs"
    count = 0
    for path in (work / "site/en").rglob("index.html"):
        page = docs / path.relative_to(work / "site/en").with_name("index.md")
        page.parent.mkdir(parents=True, exist_ok=True)
        body = path.read_text(encoding="utf-8").partition("<main")[2].partition(">")[2].partition("</main>")[0]
        page.write_text(body, encoding="utf-8")
        count += 1
    (work / "mkdocs/mkdocs.yml").write_text("site_name: targets\ntheme: mkdocs\n", encoding="utf-8")
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=work / "mkdocs", check=True)
    taken = time.perf_counter() - started
    size = sum(path.stat().st_size for path in (work / "mkdocs/site").rglob("*") if path.is_file())
    print(f"mkdocs, one language of the same pages ready-made: {taken:.1f} s, {count} pages, {1000 * taken / count:.1f} ms a page, {size / 1e6:.1f} MB")


def many(work: Path, count: int, targets: int, workers: int) -> None:
    """Build the sites of made-up packages and print the time each took, and what 2,800 would take."""
    packages = generate_many(work / "packages", count, targets)
    ended = [time.perf_counter()]
    build_index(work / "sites", packages, workers=workers, on_done=lambda _: ended.append(time.perf_counter()))
    taken = [after - before for before, after in itertools.pairwise(ended)]
    mean, spread = statistics.mean(taken), statistics.stdev(taken) if len(taken) > 1 else 0.0
    size = sum(path.stat().st_size for path in (work / "sites").rglob("*") if path.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF if workers == 1 else resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{count} sites of {targets} targets, {workers} process(es): {mean:.2f} s a site (standard deviation {spread:.2f}), "
          f"{size / count / 1e6:.1f} MB each, peak {memory:.0f} MB a process")  # fmt: skip
    print(f"2,800 sites: about {2800 * mean / 3600:.1f} h ± {1.96 * spread * 2800**0.5 / 3600:.1f} h, {2800 * size / count / 1e9:.0f} GB")


if __name__ == "__main__":
    main()
