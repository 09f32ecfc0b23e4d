"""The cells of a table's DataFrame as plain Python values, a bounded number of rows at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daye_analysis.package.definition import Field, Table

if TYPE_CHECKING:
    import pandas as pd

_CHUNK = 50_000


def _column(field: Field, values: pd.Series) -> list[Any]:
    import numpy as np

    if field.type == "date":
        days = values.to_numpy().astype("datetime64[D]")
        written = days.astype(str).tolist()
        return [None if none else cell for cell, none in zip(written, np.isnat(days), strict=True)]
    if field.type == "number":
        return [None if cell != cell else cell for cell in values.to_numpy(dtype="float64").tolist()]
    listed: list[Any] = values.astype(object).where(values.notna(), None).tolist()
    return listed


def table_rows(table: Table, frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `frame` in the order of the table's fields; an empty cell is None, a date `2026-12-31`."""
    for start in range(0, len(frame), _CHUNK):
        part = frame.iloc[start : start + _CHUNK]
        yield from zip(*(_column(field, part[field.name]) for field in table.fields), strict=True)


def write_rows(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` as CSV: UTF-8, LF, booleans as true and false, quotes only where they must be."""
    spelt = {True: "true", False: "false"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.field_names)
        for row in table_rows(table, frame):
            writer.writerow([spelt[cell] if isinstance(cell, bool) else cell for cell in row])


def read_rows(table: Table, path: Path) -> Iterator[list[str]]:
    """Yield the rows of a CSV as text; ValueError where its columns are not the table's."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        if header != list(table.field_names):
            raise ValueError(f"{path.name} has columns {header}")
        yield from reader
