"""What any copy of a table must share with every other: rows, keys, filled cells and the sum of each number."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from daye_analysis.errors import Problem
from daye_analysis.package.definition import Table
from daye_analysis.package.export.words import EXPORT_WORDS
from daye_analysis.package.wording import worded

Row = Sequence[object]
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class TableSummary:
    """What two readers of the same table must agree on.

    `keys` is the SHA-256 of the primary keys in the order of the rows; `filled` counts the cells that are not empty;
    `sums` is the correctly rounded sum of each column of numbers, which no order of adding can change.
    """

    rows: int
    keys: str
    filled: Mapping[str, int]
    sums: Mapping[str, float]


def _key_text(value: object) -> str:
    # A spreadsheet has no integers: 1 comes back as 1.0.
    return str(int(value)) if isinstance(value, float) else str(value)


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield `rows` in lists of a bounded length."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def summarise(table: Table, rows: Iterable[Row]) -> TableSummary:
    """Return the summary of `rows`, whose cells stand in the order of the table's fields.

    An empty cell is None or ""; numbers may come as text. Keys are hashed as text, so that every reader's types do.
    """
    names = table.field_names
    keys = [names.index(name) for name in table.primary_key]
    numbers = {
        place: array("d") for place, field in enumerate(table.fields) if field.type in ("integer", "number")
    }
    filled = [0] * len(names)
    digest = hashlib.sha256()
    count = 0
    for chunk in chunks(rows):
        count += len(chunk)
        columns = list(zip(*chunk, strict=True))
        for place, column in enumerate(columns):
            filled[place] += len(chunk) - column.count(None) - column.count("")
        for place, values in numbers.items():
            values.extend(float(value) for value in columns[place] if value is not None and value != "")
        for key in zip(*(columns[place] for place in keys), strict=True):
            digest.update("\x1f".join(map(_key_text, key)).encode() + b"\n")
    return TableSummary(
        count,
        digest.hexdigest(),
        dict(zip(names, filled, strict=True)),
        {names[place]: math.fsum(values) for place, values in numbers.items()},
    )


def differences(table: Table, format_name: str, found: TableSummary, expected: TableSummary) -> list[Problem]:
    """Return a problem for each thing in which `found` (of `format_name`) differs from `expected` (of the CSV)."""
    pairs: list[tuple[str, object, object]] = [
        ("rows", found.rows, expected.rows),
        ("keys", found.keys, expected.keys),
    ]
    pairs += [(f"filled {name}", found.filled[name], expected.filled[name]) for name in expected.filled]
    pairs += [(f"sum {name}", found.sums[name], expected.sums[name]) for name in expected.sums]
    return [
        worded(
            EXPORT_WORDS,
            "export.exports-differ",
            f"{table.path}",
            table=table.name,
            what=what,
            format=format_name,
            found=one,
            expected=other,
        )
        for what, one, other in pairs
        if one != other
    ]
