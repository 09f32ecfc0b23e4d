"""Properties that all copies of a table share: rows, keys, filled cells and the sum of each numeric column."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from daye_analysis.errors import Problem
from daye_analysis.package.definition import Table
from daye_analysis.package.export.messages import EXPORT_PROBLEMS
from daye_analysis.problem_messages import worded

ExportRow = Sequence[object]
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


class _KeyDigest:
    """Hashes keys as text, so that it is the same whatever types a reader has."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def update(self, keys: Iterable[ExportRow]) -> None:
        """Take in the next keys in the order of the rows."""
        text = "".join("\x1f".join(map(_key_text, key)) + "\n" for key in keys)
        self._digest.update(text.encode())

    def text(self) -> str:
        """Return the digest of all keys so far."""
        return self._digest.hexdigest()


def chunks(rows: Iterable[ExportRow]) -> Iterator[list[ExportRow]]:
    """Yield `rows` in lists of a bounded length."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def number_fields(table: Table) -> tuple[str, ...]:
    """Return the names of the fields that hold numbers."""
    return tuple(field.name for field in table.fields if field.type in ("integer", "number"))


def summarise_rows(table: Table, rows: Iterable[ExportRow]) -> TableSummary:
    """Return the summary of `rows`, whose cells are in the order of the table's fields.

    An empty cell is None or ""; numbers may come as text.
    """
    names = table.field_names
    keys = [names.index(name) for name in table.primary_key]
    numbers = {name: array("d") for name in number_fields(table)}
    filled = dict.fromkeys(names, 0)
    digest = _KeyDigest()
    count = 0
    for chunk in chunks(rows):
        count += len(chunk)
        columns = dict(zip(names, zip(*chunk, strict=True), strict=True))
        for name, column in columns.items():
            filled[name] += len(chunk) - column.count(None) - column.count("")
        for name, values in numbers.items():
            values.extend(float(value) for value in columns[name] if value is not None and value != "")
        digest.update(zip(*(columns[names[place]] for place in keys), strict=True))
    return TableSummary(
        count, digest.text(), filled, {name: math.fsum(values) for name, values in numbers.items()}
    )


def summarise_columns(
    count: int,
    keys: Iterable[ExportRow],
    filled: Mapping[str, int],
    numbers: Mapping[str, Iterable[float]],
) -> TableSummary:
    """Return the summary of a table of `count` rows from what a reader of columns gives; `numbers` are not empty."""
    digest = _KeyDigest()
    for chunk in chunks(keys):
        digest.update(chunk)
    sums = {name: math.fsum(values) for name, values in numbers.items()}
    return TableSummary(count, digest.text(), filled, sums)


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
            EXPORT_PROBLEMS,
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
