"""A table as seen by the checks: the distinct values of each column, and for each row which of them it has.

A check looks at every distinct value instead of every cell, and turns to rows only where a value fails: in a
million observations most columns have a few hundred values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from daye_analysis.package.definition import Table

if TYPE_CHECKING:
    import pandas as pd

Integers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]


_SHORT_INTEGER = re.compile(r"-?[0-9]{1,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(cell: str) -> np.datetime64:
    try:
        return np.datetime64(cell, "D") if _DATE.fullmatch(cell) else np.datetime64("NaT")
    except ValueError:
        return np.datetime64("NaT")


@dataclass(frozen=True, slots=True)
class Column:
    """`values` are distinct strings in order of first appearance; row i has the value `values[places[i]]`."""

    values: list[str]
    places: Places


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns as strings; `rows` are the rows' numbers as a spreadsheet counts them, the header being 1.

    `complete` is false where rows of the file could not be read.
    """

    table: Table
    rows: Integers
    by_name: Mapping[str, Column]
    complete: bool = True

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Column:
        return self.by_name[name]

    def cells(self, name: str) -> npt.NDArray[np.object_]:
        """Return every row's cell."""
        column = self.by_name[name]
        return (
            np.array(column.values, dtype=object)[column.places]
            if column.values
            else np.empty(0, dtype=object)
        )

    def has(self, name: str, *cells: str) -> npt.NDArray[np.bool_]:
        """Return for every row whether its cell is one of `cells`."""
        column, wanted = self.by_name[name], frozenset(cells)
        return np.array([each in wanted for each in column.values], dtype=bool)[column.places]

    def integers(self, name: str) -> npt.NDArray[np.float64]:
        """Return every row's integer, NaN where the cell is empty or misspelt."""
        column = self.by_name[name]
        values = [float(each) if _SHORT_INTEGER.fullmatch(each) else np.nan for each in column.values]
        return np.array(values, dtype=np.float64)[column.places]

    def days(self, name: str) -> npt.NDArray[np.datetime64]:
        """Return every row's date, NaT where the cell is empty or misspelt."""
        column = self.by_name[name]
        return np.array([_day(each) for each in column.values], dtype="datetime64[D]")[column.places]


class ColumnMaker:
    """Joins the blocks of one column: equal cells are found within each block, then among the blocks."""

    def __init__(self) -> None:
        self._distinct: list[npt.NDArray[np.object_]] = []
        self._places: list[Places] = []

    def add(self, cells: npt.NDArray[np.object_]) -> None:
        """Append a block of strings."""
        import pandas as pd

        places, distinct = pd.factorize(cells)
        self._places.append(places.astype(np.int32))
        self._distinct.append(distinct)

    def column(self) -> Column:
        """Return what has been added."""
        import pandas as pd

        if not self._places:
            return Column([], np.empty(0, np.int32))
        if len(self._places) == 1:
            return Column(self._distinct[0].tolist(), self._places[0])
        joined, distinct = pd.factorize(np.concatenate(self._distinct))
        starts = np.cumsum([0, *(len(each) for each in self._distinct)])
        places = [joined[start:][block] for start, block in zip(starts, self._places, strict=False)]
        return Column(distinct.tolist(), np.concatenate(places).astype(np.int32))


def completed(columns: Columns, table: Table) -> Columns:
    """Return `columns` as those of `table`: fields that it lacks hold their default or copy another field."""
    made = dict(columns.by_name)
    for field in table.fields:
        if field.name not in made:
            everywhere = Column([field.default or ""][: len(columns)], np.zeros(len(columns), np.int32))
            made[field.name] = made[field.copy_of] if field.copy_of else everywhere
    return replace(columns, table=table, by_name=made)


def columns_of_frame(table: Table, frame: pd.DataFrame) -> Columns:
    """Return the string columns of `frame`, whose first row is row 2; KeyError where a field is missing."""
    made = {}
    for name in table.field_names:
        maker = ColumnMaker()
        maker.add(frame[name].to_numpy(dtype=object))
        made[name] = maker.column()
    return Columns(table, np.arange(2, len(frame) + 2, dtype=np.int64), made)


def frame_of_columns(columns: Columns) -> pd.DataFrame:
    """Return `columns` as a frame of strings, cells as printed, empty cells as empty strings."""
    import pandas as pd

    return pd.DataFrame(
        {name: pd.Series(columns.cells(name), dtype="str") for name in columns.table.field_names}
    )
