"""Primary keys, unique keys, and references to other tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt

from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.read.columns import Columns, Integers
from daye_analysis.package.read.findings import Fault, Finding, in_rows, in_values


def check_keys(columns: Columns) -> Iterator[Finding]:
    """Yield every row whose primary or unique key another row already has; an empty part of a key equals nothing."""
    table = columns.table
    yield from _twice(columns, table.primary_key, "key.twice")
    for key in table.unique_keys:
        yield from _twice(columns, key, "key.unique-twice")


def check_references(columns: Columns, tables: Mapping[str, Columns]) -> Iterator[Finding]:
    """Yield every cell that names no row of the table it refers to, where all of that table could be read."""
    for key in columns.table.foreign_keys:
        if key.reference not in tables or not tables[key.reference].complete:
            continue
        # All references of the definition are by one field, which is the other table's primary key.
        (name,), (referred,) = key.fields, key.reference_fields
        known = frozenset(("", *tables[key.reference][referred].values))
        fault_of = partial(_unknown, key.reference, known)
        yield from in_values(columns, name, fault_of, CHECK_PROBLEMS)


def _unknown(reference: str, known: frozenset[str], cell: str) -> Fault | None:
    return None if cell in known else Fault("key.not-found", {"found": cell, "reference": reference})


def _twice(columns: Columns, key: tuple[str, ...], code: str) -> Iterator[Finding]:
    if len(key) == 1 and len(columns[key[0]].values) == len(columns):
        return
    keys, filled = combined(columns, key)
    # Where each row's key is first; numpy's unique keeps the first of equals.
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    earlier = first[inverse]

    def fault_at(position: int) -> Fault:
        cells = [columns[name].values[columns[name].places[position]] for name in key]
        first_row = int(columns.rows[earlier[position]])
        return Fault(code, {"found": ", ".join(cells), "first": first_row, "fields": ", ".join(key)})

    repeated = np.flatnonzero((earlier != np.arange(len(columns))) & filled)
    yield from in_rows(columns, key[-1], repeated, fault_at, CHECK_PROBLEMS)


def combined(columns: Columns, key: tuple[str, ...]) -> tuple[Integers, npt.NDArray[np.bool_]]:
    """Return one integer a row that is equal where the keys are equal, and whether every part is filled in."""
    keys = np.zeros(len(columns), dtype=np.int64)
    filled = np.ones(len(columns), dtype=bool)
    for name in key:
        column = columns[name]
        mixed = keys * len(column.values) + column.places
        _, keys = np.unique(mixed, return_inverse=True)
        if "" in column.values:
            filled &= column.places != column.values.index("")
    return keys, filled
