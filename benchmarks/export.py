"""Rows a second and peak memory of `daye export`, on packages of 10^4 to 10^6 observations, beside plain frictionless.

    python benchmarks/export.py [--sizes 10000,100000,1000000] [--frictionless-to 100000]

Each run is a process of its own, so that its peak memory is its own. An export reads and checks the package, writes four
formats, and reads all four back to compare them. Frictionless validates it, and in a second run also writes the tables as
XLSX, the one of the four formats that it writes with what is installed. Prints one line a run.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _export(package: Path) -> None:
    from daye_analysis.package.export import export

    start = time.perf_counter()

    def say(step: str) -> None:
        print(f"    {time.perf_counter() - start:6.1f} s  {step}", file=sys.stderr)

    export(package, package.parent / "out", say=say)


def _frictionless(package: Path) -> None:
    from frictionless import Package

    if not Package(str(package / "datapackage.json")).validate().valid:
        raise SystemExit("frictionless finds the package invalid")


def _frictionless_xlsx(package: Path) -> None:
    from frictionless import Package

    _frictionless(package)
    for table in Package(str(package / "datapackage.json")).resources:
        if table.tabular:
            table.write(str(package.parent / f"{table.name}.xlsx"))


_RUNS = {"export": _export, "frictionless": _frictionless, "and XLSX": _frictionless_xlsx}


def _run(name: str, package: Path) -> None:
    """Run one way in this process and print seconds and peak memory in MiB."""
    start = time.perf_counter()
    _RUNS[name](package)
    seconds = time.perf_counter() - start
    print(f"{seconds:.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def _measured(name: str, package: Path, size: int) -> float:
    command = [sys.executable, __file__, "--run", name, "--package", str(package)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds, peak = printed.split()
    rate = size / float(seconds)
    print(f"{size:>9,} rows  {name:<12} {seconds:>7} s  {rate:>9,.0f} rows/s  peak {peak} MiB", flush=True)
    return rate


def main() -> None:
    """Measure every size, one after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--frictionless-to", type=int, default=100_000)
    parser.add_argument("--run", choices=_RUNS, help=argparse.SUPPRESS)
    parser.add_argument("--package", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        _run(given.run, given.package)
        return
    sys.path.insert(0, str(ROOT / "tests"))
    from package_factory import sample_tables, write_package

    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            package = write_package(Path(folder) / "package", sample_tables(size))
            ours = _measured("export", package, size)
            if size <= given.frictionless_to:
                for name in ("frictionless", "and XLSX"):
                    theirs = _measured(name, package, size)
                    print(f"{'':>15}  the export is {ours / theirs:.1f} times as fast")


if __name__ == "__main__":
    main()
