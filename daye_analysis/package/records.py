"""The rows of a table as mappings, for row-by-row access ten times faster than with Series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Record = dict[str, Any]
# A row of an edited or published table as text, by field.
TextRow = dict[str, str]


def records(rows: pd.DataFrame) -> list[Record]:
    """Return each row as a mapping of column to value, as `to_dict("records")` does but several times quicker.

    Dates are Timestamps, numbers and words plain; missing values stay as the table has them.
    """
    if rows.empty:
        return []
    names = [str(name) for name in rows.columns]
    columns = [column.tolist() for _, column in rows.items()]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def records_by(rows: pd.DataFrame, column: str) -> dict[str, list[Record]]:
    """Return the records of each value of a column, in the table's order."""
    found: dict[str, list[Record]] = {}
    for row in records(rows):
        found.setdefault(str(row[column]), []).append(row)
    return found
