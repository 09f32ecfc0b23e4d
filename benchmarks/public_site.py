"""How long sites take: of the project's package beside a generator for documentation, and of many packages.

    python benchmarks/public_site.py [--mkdocs PROGRAM]
    python benchmarks/public_site.py --packages 2800 --sites 100 [--targets 40] [--workers 2] [--dask 20]

The first builds the project's own site; then MkDocs, if there is any (`pip install mkdocs` into an environment of its own), is
given every page of both languages as ready-made Markdown. The second makes up packages of so many targets each, builds the
sites of some and an index of all, and says what the sites of all would take, by the measured spread; `--dask N` builds the
first N once more on a cluster of two workers and compares the bytes.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from generate import generate_many

from daye_analysis.package.places import project_root
from daye_analysis.site.build import build_site, site_files
from daye_analysis.site.index import build_index, find_packages, listed, write_index


def main() -> None:
    """Measure, and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mkdocs", default=shutil.which("mkdocs"))
    parser.add_argument("--packages", type=int, default=0)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--targets", type=int, default=40)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--dask", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        if asked.packages:
            many(Path(work), asked)
        else:
            own(Path(work), asked.mkdocs)


def own(work: Path, mkdocs: str | None) -> None:
    """Build the project's own site; then MkDocs on the same pages."""
    started, before = time.perf_counter(), processor(resource.RUSAGE_SELF)
    built = build_site(work / "site", project_root())
    first = time.perf_counter() - started
    print(f"site: {first:.1f} s, {processor(resource.RUSAGE_SELF) - before:.1f} s of processor time, {built.pages} pages, {1000 * first / built.pages:.1f} ms a page, {size_of(work / 'site') / 1e6:.1f} MB, "
          f"peak {peak(resource.RUSAGE_SELF):.0f} MB")  # fmt: skip
    started = time.perf_counter()
    pages = sum(path.endswith("index.html") for path, _ in site_files(project_root()))
    again = time.perf_counter() - started
    print(f"in a warm process, not written: {again:.1f} s, {1000 * again / pages:.1f} ms a page")
    for name in ("zh/index.html", "en/index.html", "static/site.js"):
        print(f"{name}: {len(gzip.compress((work / 'site' / name).read_bytes())) / 1000:.1f} kB compressed")
    targets = {path: len(gzip.compress(path.read_bytes())) for path in (work / "site").glob("*/target/*/index.html")}
    print(f"pages of targets: at most {max(targets.values()) / 1000:.1f} kB compressed, the middle one {statistics.median(targets.values()) / 1000:.1f} kB")
    if mkdocs is None:
        print("mkdocs is not installed: no comparison")
        return
    docs, count = work / "mkdocs/docs", 0
    for language in ("zh", "en"):
        for path in (work / "site" / language).rglob("index.html"):
            page = docs / path.relative_to(work / "site").with_name("index.md")
            page.parent.mkdir(parents=True, exist_ok=True)
            body = path.read_text(encoding="utf-8").partition("<main")[2].partition(">")[2].partition("</main>")[0]
            page.write_text(body, encoding="utf-8")
            count += 1
    (work / "mkdocs/mkdocs.yml").write_text("site_name: targets\ntheme: mkdocs\n", encoding="utf-8")
    started = time.perf_counter()
    subprocess.run([mkdocs, "build", "--quiet"], cwd=work / "mkdocs", check=True)
    taken = time.perf_counter() - started
    print(f"mkdocs, the same pages ready-made: {taken:.1f} s, {count} pages, {1000 * taken / count:.1f} ms a page, "
          f"{size_of(work / 'mkdocs/site') / 1e6:.1f} MB")  # fmt: skip


def many(work: Path, asked: argparse.Namespace) -> None:
    """Build the sites of some made-up packages and the index of all, and print what the sites of all would take."""
    started = time.perf_counter()
    packages = generate_many(work / "packages", asked.packages, asked.targets)
    print(f"{asked.packages} packages of {asked.targets} targets made up in {time.perf_counter() - started:.0f} s, {size_of(packages) / 1e6:.0f} MB")
    some = work / "some"
    some.mkdir()
    for package in find_packages(packages)[: asked.sites]:
        (some / package.name).symlink_to(package)
    ended, before = [time.perf_counter()], processor(resource.RUSAGE_CHILDREN)
    build_index(work / "sites", some, workers=asked.workers, on_done=lambda _: ended.append(time.perf_counter()))
    # By tenths of the run: single sites end in pairs, since there are several processes.
    step = max(1, asked.sites // 10)
    tenths = [(after - before) / step for before, after in itertools.pairwise(ended[::step])]
    spent, spread = ended[-1] - ended[0], statistics.stdev(tenths)
    each, held = spent / asked.sites, size_of(work / "sites") / asked.sites
    print(f"{asked.sites} sites, {asked.workers} processes: {spent:.0f} s, {each:.2f} s a site and {(processor(resource.RUSAGE_CHILDREN) - before) / asked.sites:.2f} s of processor time, {held / 1e6:.1f} MB each, peak {peak(resource.RUSAGE_CHILDREN):.0f} MB a "
          f"process and {peak(resource.RUSAGE_SELF):.0f} MB in the parent")  # fmt: skip
    # The mean is known within two standard errors, whence the sum of all.
    error = 1.96 * spread / len(tenths) ** 0.5
    print(f"{asked.packages} sites: {asked.packages * each / 60:.0f} min (95 %: {asked.packages * (each - error) / 60:.0f} to "
          f"{asked.packages * (each + error) / 60:.0f}), {asked.packages * held / 1e9:.1f} GB")  # fmt: skip
    indexed(work / "sites", find_packages(packages))
    if asked.dask:
        on_dask(work, some, asked.dask)


def indexed(out: Path, packages: list[Path]) -> None:
    """Write the page that lists the sites of all packages, each linked to one of those that were built."""
    built = sorted(path.parent for path in out.glob("*/datapackage.json"))
    for at, package in enumerate(packages[len(built):]):
        shutil.copytree(built[at % len(built)], out / package.name, copy_function=os.link, ignore=shutil.ignore_patterns("zh", "en", "static"))
    found = [out / package.name for package in packages]
    started, before = time.perf_counter(), processor(resource.RUSAGE_SELF)
    entries = [listed(site) for site in found]
    read, spent = time.perf_counter() - started, processor(resource.RUSAGE_SELF) - before
    started = time.perf_counter()
    write_index(out, "", entries)
    page = (out / "index.zh.html").read_bytes()
    print(f"index of {len(found)}: sites read in {read:.0f} s ({1000 * spent / len(found):.0f} ms of processor time each), pages written in "
          f"{time.perf_counter() - started:.1f} s; a page has {len(page) / 1e6:.2f} MB, compressed {len(gzip.compress(page)) / 1000:.0f} kB")  # fmt: skip


def on_dask(work: Path, packages: Path, count: int) -> None:
    """Build the first sites once more on a cluster of two workers, and compare the bytes."""
    from distributed import LocalCluster

    few = work / "few"
    few.mkdir()
    for package in find_packages(packages)[:count]:
        (few / package.name).symlink_to(package.resolve())
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        started = time.perf_counter()
        build_index(work / "dask", few, address=cluster.scheduler_address)
        taken = time.perf_counter() - started
    same = all(path.read_bytes() == (work / "sites" / path.relative_to(work / "dask")).read_bytes()
               for path in (work / "dask").glob("*/**/*") if path.is_file())  # fmt: skip
    print(f"{count} sites on Dask, 2 workers: {taken:.0f} s, {taken / count:.2f} s a site, {'the same bytes' if same else 'OTHER BYTES'}")


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def processor(who: int) -> float:
    """Return the processor time that was spent, in seconds."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def peak(who: int) -> float:
    """Return the most memory that was held, in MB."""
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    main()
