"""The cells of a table's DataFrame as plain Python values, a bounded number of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
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
