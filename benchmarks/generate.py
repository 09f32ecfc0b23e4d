"""Writes a valid package of an invented city with as many observations as wanted, or many packages with as many targets.

    python benchmarks/generate.py DIR [--observations 1000000] [--packages N --targets 40]

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


def generate_many(folder: Path, packages: int, targets: int) -> Path:
    """Write so many packages of so many targets, each with three figures, to `folder`; return `folder`."""
    for at in range(packages):
        tables = {name: [dict(row) for row in rows] for name, rows in sample_tables(40).items()}
        _add_targets(tables, targets - len(tables["targets"]), at)
        write_package(folder / f"city-{at:04d}", tables)
    return folder


def _add_targets(tables: dict[str, list[dict[str, str]]], count: int, seed: int) -> None:
    """Add targets that each have an indicator of their own, and figures of three years."""
    indicator, target = (next(row for row in tables[name] if row["indicator_id"] == "firms") for name in ("indicators", "targets"))
    figure = next(row for row in tables["observations"] if row["indicator_id"] == "firms")
    number = len(tables["observations"])
    for each in range(count):
        key = f"firms_{each + 1:02d}"
        names = {"indicator_id": key, "name_zh": f"{indicator['name_zh']}（第{each + 1}类）", "name_en": f"{indicator['name_en']}, class {each + 1}"}
        tables["indicators"].append({**indicator, **names})
        tables["targets"].append({**target, "target_id": key, "indicator_id": key})
        for year in (2022, 2023, 2024):
            own = {"observation_id": f"o{number:07d}", "indicator_id": key, "area_id": "area-1", "period_end": f"{year}-12-31", "concept": "same",
                   "value": str(60 + (seed + 7 * each) % 50 + 9 * (year - 2022)), "doubt_zh": "", "doubt_en": "", "source_id": "s-0"}  # fmt: skip
            tables["observations"].append({**figure, **own, "value_text": own["value"]})
            number += 1


def main() -> None:
    """Write one package, or many."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--packages", type=int, default=0)
    parser.add_argument("--targets", type=int, default=40)
    given = parser.parse_args()
    if given.packages:
        generate_many(given.folder, given.packages, given.targets)
    else:
        generate(given.folder, given.observations)


if __name__ == "__main__":
    main()
