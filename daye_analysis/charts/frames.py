"""Any DataFrame as a table for people: columns of the dictionary by their titles, days as days, an index that says something kept."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language
from daye_analysis.charts.display import Align, PrintTable
from daye_analysis.package.definition import DESCRIBED_TABLES, TIDY_TABLES
from daye_analysis.package.definition.model import Table
from daye_analysis.package.definition.tidy_tables import READING

# The tables of views first: of these a researcher chooses columns.
_DESCRIBED: Final = (*TIDY_TABLES, *(each for each in DESCRIBED_TABLES if each not in TIDY_TABLES))


def print_table(given: pd.DataFrame | pd.Series[Any], language: Language, caption: str = "", source: str = "") -> PrintTable:
    """Return a DataFrame for reading.

    Of a whole table of the dictionary, the columns that a person reads; of some of its columns, these, by their titles. Whatever
    else is in a DataFrame keeps its names.
    """
    frame = _with_index(given)
    described = _described(frame)
    if described is not None and list(frame.columns) == list(described.field_names):
        frame = frame[list(READING.get(described.name, described.field_names))]
    align: dict[str, Align] = {}
    columns: dict[str, Any] = {}
    for at, name in enumerate(map(str, frame.columns)):
        title = described.field(name).title.say(language) if described is not None else name
        columns[title] = _words(frame.iloc[:, at])
        if pd.api.types.is_numeric_dtype(frame.iloc[:, at]) and not pd.api.types.is_bool_dtype(frame.iloc[:, at]):
            align[title] = "right"
    return PrintTable(pd.DataFrame(columns, index=range(len(frame)), dtype=object), caption, align, source=source)


def _described(frame: pd.DataFrame) -> Table | None:
    """Return the table of the dictionary whose columns, or some of them, a frame has."""
    return next((each for each in _DESCRIBED if set(frame.columns) <= set(each.field_names)), None)


def _with_index(given: pd.DataFrame | pd.Series[Any]) -> pd.DataFrame:
    """Return a frame whose rows are only numbered and whose columns have one name each: what was grouped by is a column."""
    frame = given.to_frame() if isinstance(given, pd.Series) else given
    if frame.columns.nlevels > 1:
        frame = frame.set_axis([" · ".join(str(part) for part in name if str(part)) for name in frame.columns], axis=1)
    numbered = frame.index.nlevels == 1 and frame.index.name is None and pd.api.types.is_integer_dtype(frame.index)
    if not numbered:
        names = [str(name) if name is not None else "" for name in frame.index.names]
        free = [name if name not in set(map(str, frame.columns)) else f"{name} " for name in names]
        frame = frame.set_axis(frame.columns.map(str), axis=1).reset_index(names=free if len(free) > 1 else free[0])
    return frame


def _words(cells: pd.Series[Any]) -> list[object]:
    """Return the cells of a column, days without a clock, None where there is nothing."""
    if pd.api.types.is_datetime64_any_dtype(cells) and bool((cells.dropna() == cells.dropna().dt.normalize()).all()):
        cells = cells.dt.strftime("%Y-%m-%d")
    kept = cells.astype(object)
    return [None if pd.api.types.is_scalar(cell) and pd.isna(cell) else cell for cell in kept]
