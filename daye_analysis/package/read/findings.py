"""Turn failing values and rows into located problems, in the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem
from daye_analysis.package.definition import TABLES
from daye_analysis.package.read.columns import Columns
from daye_analysis.problem_messages import Words, worded

# Problems of one kind in one column that are listed one by one; the rest are counted.
MOST_OF_A_KIND = 10_000

_TABLE_PLACE = {table.name: place for place, table in enumerate(TABLES)}
_MORE: Words = {
    "cell.more": (
        Text(
            "自此还有 {found} 处“{kind}”，没有逐一列出。",
            "From here {found} more have '{kind}'; they are not listed.",
        ),
        Text("请先改正已列出的行。", "Correct the rows listed first."),
    )
}


class Finding(NamedTuple):
    """A problem and where it sorts: place of its table, row, place of its field."""

    table: int
    row: int
    field: int
    problem: Problem


class Fault(NamedTuple):
    """What is wrong with a value: a code and what fills its words."""

    code: str
    values: Mapping[str, object] = {}


def in_rows(
    columns: Columns,
    name: str,
    positions: npt.NDArray[np.intp],
    fault: Fault | Callable[[int], Fault],
    words: Words,
) -> Iterator[Finding]:
    """Yield the fault of each row position in field `name`: the first ten thousand, then how many more there are."""
    table = columns.table
    place = (_TABLE_PLACE[table.name], table.field_names.index(name))

    def finding(position: int, words: Words, fault: Fault) -> Finding:
        row = int(columns.rows[position])
        problem = worded(words, fault.code, f"{table.path}:{row}:{name}", **fault.values)
        return Finding(place[0], row, place[1], problem)

    code = ""
    for position in positions[:MOST_OF_A_KIND].tolist():
        here = fault if isinstance(fault, Fault) else fault(position)
        code = here.code
        yield finding(position, words, here)
    if len(positions) > MOST_OF_A_KIND:
        more = Fault("cell.more", {"found": len(positions) - MOST_OF_A_KIND, "kind": code})
        yield finding(int(positions[MOST_OF_A_KIND]), _MORE, more)


def in_values(
    columns: Columns, name: str, fault_of: Callable[[str], Fault | None], words: Words
) -> Iterator[Finding]:
    """Yield what `fault_of` finds wrong with the cells of field `name`, asking once for every distinct value."""
    column = columns[name]
    # Only codes are kept: a hostile file may have a million wrong values, of which few are listed.
    codes = {
        place: fault.code for place, cell in enumerate(column.values) if (fault := fault_of(cell)) is not None
    }

    def fault_at(position: int) -> Fault:
        return fault_of(column.values[column.places[position]]) or Fault("")

    for code in sorted(set(codes.values())):
        fails = np.zeros(len(column.values), dtype=bool)
        fails[[place for place, each in codes.items() if each == code]] = True
        yield from in_rows(columns, name, np.flatnonzero(fails[column.places]), fault_at, words)


def sorted_problems(findings: Iterable[Finding]) -> list[Problem]:
    """Return the problems by table, row and field."""
    return [each.problem for each in sorted(findings, key=lambda each: (*each[:3], each.problem.code))]
