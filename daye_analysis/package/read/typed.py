"""Convert columns of strings to frames of plain types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from daye_analysis.errors import CheckFailed
from daye_analysis.package.definition import Field
from daye_analysis.package.read.columns import Column, Columns
from daye_analysis.package.read.findings import Finding, sorted_problems
from daye_analysis.package.read.lexical import misspelt

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: Mapping[str, str] = {
    "string": "string[python]",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}
_VALUES: Mapping[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": lambda cell: cell == "true",
    "date": np.datetime64,
}


def typed(tables: Mapping[str, Columns]) -> dict[str, pd.DataFrame]:
    """Return `tables`, columns of strings, as frames with the definition's types: string, Int64, float64, boolean, datetime64[s].

    An empty cell is missing: NA, in strings too; NaN in numbers, NaT in dates. Raises CheckFailed with every cell
    that is not spelt as its type wants; everything else is the work of `check_tables`.
    """
    import pandas as pd

    found: list[Finding] = []
    results: dict[str, pd.DataFrame] = {}
    for name, columns in tables.items():
        faults = misspelt(columns)
        found.extend(faults)
        if not faults:
            results[name] = pd.DataFrame(
                {each.name: _array(each, columns[each.name]) for each in columns.table.fields}
            )
    if found:
        raise CheckFailed(sorted_problems(found))
    return results


def _array(field: Field, column: Column) -> Any:
    import pandas as pd

    value = _VALUES[field.type]
    distinct = [value(cell) if cell else None for cell in column.values]
    dtype: Any = _DTYPES[field.type]
    return pd.array(distinct, dtype=dtype).take(column.places)
