"""The rows of a table as mappings: what reads row by row takes a tenth of the time of rows as Series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd

Record = dict[str, Any]


def records(rows: pd.DataFrame) -> list[Record]:
    """Return each row as a mapping of column to value; missing values stay as the table has them."""
    return cast("list[Record]", rows.to_dict("records"))


def records_by(rows: pd.DataFrame, column: str) -> dict[str, list[Record]]:
    """Return the records of each value of a column, in the table's order."""
    found: dict[str, list[Record]] = {}
    for row in records(rows):
        found.setdefault(str(row[column]), []).append(row)
    return found
