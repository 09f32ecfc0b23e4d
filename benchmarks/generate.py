"""Writes a valid package of an invented city with as many observations as wanted.

    python benchmarks/generate.py DIR [--observations 1000000]

The tables have the published package's shape; values, dates, places and sources repeat about as often as real ones do.
The same arguments write the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from package_factory import sample_tables, write_package


def generate(folder: Path, observations: int) -> Path:
    """Write a package with that many observations under `folder` and return `folder`."""
    return write_package(folder, sample_tables(observations))


def main() -> None:
    """Write one package."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--observations", type=int, default=1_000_000)
    given = parser.parse_args()
    generate(given.folder, given.observations)


if __name__ == "__main__":
    main()
