"""What a reader saw of the package, in the form in which readers are compared."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daye_analysis.package.definition import TABLES, Table

KEY_SEPARATOR = "\x1f"
# Readers add in their own order and precision.
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Seen:
    """One table as a reader saw it: the number of rows, the primary keys, and the sum of each column of numbers."""

    rows: int
    keys: list[str]
    sums: dict[str, float]


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or value != value


def _key_part(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return str(int(value)) if isinstance(value, float) else str(value)


def seen(table: Table, rows: Iterable[Mapping[str, Any]]) -> Seen:
    """Return what `rows` (cells by field name) come to; numbers may be text, an empty cell None, "" or NaN."""
    listed = list(rows)
    numbers = [field.name for field in table.fields if field.type in ("integer", "number")]
    return Seen(
        len(listed),
        sorted(KEY_SEPARATOR.join(_key_part(row[name]) for name in table.primary_key) for row in listed),
        {
            name: math.fsum(float(row[name]) for row in listed if not _is_missing(row[name]))
            for name in numbers
        },
    )


def reference(root: Path) -> dict[str, Seen]:
    """Return every table of the package at `root` as the standard library reads it."""
    found = {}
    for table in TABLES:
        with (root / table.path).open(encoding="utf-8", newline="") as file:
            found[table.name] = seen(table, csv.DictReader(file))
    return found


def differences(found: Mapping[str, Seen], expected: Mapping[str, Seen]) -> list[str]:
    """Return a line for each thing in which a reader differs from the reference."""
    lines = []
    for name, wanted in expected.items():
        if name not in found:
            lines.append(f"{name}: not read")
            continue
        got = found[name]
        if got.rows != wanted.rows:
            lines.append(f"{name}: {got.rows} rows, not {wanted.rows}")
        if sorted(got.keys) != wanted.keys:
            lines.append(f"{name}: {len(set(got.keys) ^ set(wanted.keys))} keys differ")
        lines += [
            f"{name}.{column}: sum {got.sums.get(column)}, not {total}"
            for column, total in wanted.sums.items()
            if not math.isclose(got.sums.get(column, math.nan), total, rel_tol=_TOLERANCE)
        ]
    return lines
