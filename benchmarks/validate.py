"""Rows a second and peak memory of `daye validate`, beside plain frictionless, on 10^4 to 10^6 observations.

    python benchmarks/validate.py [--sizes 10000,100000,1000000] [--frictionless-to 1000000] [--repeat 3]

Each run is a process of its own that reads the same package; the two ways take turns, and each one's quickest run
counts, so that other work on the machine weighs on neither. Timed is the work after the imports, which take about a
second in both. Then one wrong cell, one ragged row and one unknown key are put into the package, and what each way
says of them is printed: the speed is not bought with vaguer errors.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate


def _ours(package: Path) -> tuple[int, list[str]]:
    from daye_analysis.package.validate import validate

    report = validate(package)
    return sum(report.rows.values()), [f"{each.code} {each.where}" for each in report.problems]


def _frictionless(package: Path) -> tuple[int, list[str]]:
    from frictionless import Package

    report = Package(str(package / "datapackage.json")).validate()
    rows = sum(task.stats.get("rows") or 0 for task in report.tasks)
    errors = report.flatten(["type", "rowNumber", "fieldName"])
    return rows, [" ".join(str(part) for part in error if part is not None) for error in errors]


_WAYS = {"daye validate": _ours, "frictionless": _frictionless}

_ENGINES = {"daye validate": ("pandas", "daye_analysis.package.validate"), "frictionless": ("frictionless",)}


def _run(way: str, package: Path) -> None:
    """Check one package in this process; print seconds, rows, peak memory in MiB, and what was found."""
    for engine in _ENGINES[way]:
        importlib.import_module(engine)
    start = time.perf_counter()
    rows, found = _WAYS[way](package)
    seconds = time.perf_counter() - start
    peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    print(f"{seconds:.3f} {rows} {peak:.0f}", *found, sep="\n")


def _measured(way: str, package: Path) -> tuple[float, int, int, list[str]]:
    command = [sys.executable, __file__, "--run", way, "--package", str(package)]
    first, *found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    seconds, rows, peak = first.split()
    return float(seconds), int(rows), int(peak), found


def compare(package: Path, observations: int, ways: list[str], repeat: int) -> None:
    """Print each way's best of `repeat` runs and how many times quicker ours is."""
    best: dict[str, tuple[float, int, int, list[str]]] = {}
    for _ in range(repeat):
        for way in ways:
            run = _measured(way, package)
            if run[3]:
                raise SystemExit(f"{way} finds the package invalid: {run[3][:3]}")
            best[way] = min(best.get(way, run), run)
    for way, (seconds, rows, peak, _) in best.items():
        print(
            f"{observations:>9,} observations  {way:<13} {seconds:8.2f} s  {rows / seconds:>9,.0f} rows/s  peak {peak} MiB"
        )
    if len(best) == 2:
        print(f"{'':>9}  {best['frictionless'][0] / best['daye validate'][0]:.1f} times as fast", flush=True)


def compare_errors(folder: Path) -> None:
    """Print what each way says of three things that are wrong."""
    package = generate(folder, 10_000)
    table = package / "data/observations.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[1000][rows[0].index("value")] = "1,000"
    rows[2000].append("one cell too many")
    rows[3000][rows[0].index("source_id")] = "s-unlisted"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    print("row 1001: value 1,000; row 2001: a cell too many; row 3001: a source that is not listed")
    for way in _WAYS:
        print(f"{way}:", *_measured(way, package)[3], sep="\n    ")


def main() -> None:
    """Measure every size, then compare the errors."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--frictionless-to", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--run", choices=_WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--package", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        _run(given.run, given.package)
        return
    with tempfile.TemporaryDirectory() as temporary:
        for size in map(int, given.sizes.split(",")):
            package = generate(Path(temporary) / str(size), size)
            ways = [way for way in _WAYS if way != "frictionless" or size <= given.frictionless_to]
            compare(package, size, ways, given.repeat if size < 1_000_000 else 1)
            shutil.rmtree(package)
        compare_errors(Path(temporary) / "errors")


if __name__ == "__main__":
    main()
