"""Parse the bytes of a table into columns: strict CSV, with every invalid row reported."""

from __future__ import annotations

import csv
import io

import numpy as np

from daye_analysis.errors import Problem
from daye_analysis.package.definition import Table
from daye_analysis.package.read.columns import ColumnMaker, Columns, Integers
from daye_analysis.package.read.findings import MOST_OF_A_KIND
from daye_analysis.package.read.messages import CSV_PROBLEMS
from daye_analysis.package.read.row_blocks import BLOCK_BYTES, Block, blocks
from daye_analysis.package.untrusted.limits import ReadLimits
from daye_analysis.problem_messages import worded

_BOM = b"\xef\xbb\xbf"


def parse_table(
    table: Table, content: bytes, limits: ReadLimits, block_bytes: int = BLOCK_BYTES
) -> tuple[Columns | None, list[Problem]]:
    """Return the columns of `table` in `content`, and every problem of the file as CSV.

    Rows with too many or too few cells are named and left out; the others keep their numbers. None where the header
    is not the definition's, since no cell can then be placed.
    """
    content, problems = _mended(table, content)
    body = content.index(b"\n") + 1
    fault = header_fault(table, _cells_of_header(content[: body - 1]), limits)
    if fault:
        return None, [*problems, fault]
    width = len(table.fields)
    makers = {name: ColumnMaker() for name in table.field_names}
    rows: list[Integers] = []
    seen, ragged = 2, 0
    fault_code = ""
    for block in blocks(content, body, block_bytes):
        fault_code, readable = _unreadable(block)
        block = Block(block.content, block.ends[:readable], block.cells[:readable])
        numbers = np.arange(seen, seen + readable, dtype=np.int64)
        odd = np.flatnonzero(block.cells != width)
        for place in odd[: max(0, MOST_OF_A_KIND - ragged)].tolist():
            problems.append(
                _problem("csv.ragged-row", table, seen + place, found=block.cells[place], wanted=width)
            )
        ragged += len(odd)
        _add_cells(makers, block.rows_with(width))
        rows.append(numbers[block.cells == width])
        seen += readable
        if fault_code:
            problems.append(_problem(fault_code, table, seen))
            break
    if ragged > MOST_OF_A_KIND:
        problems.append(_problem("csv.more-ragged-rows", table, 1, found=ragged - MOST_OF_A_KIND))
    # Each maker goes as soon as its column is made: the largest tables would be in memory twice.
    made = {name: makers.pop(name).column() for name in table.field_names}
    all_rows = np.concatenate(rows) if rows else np.empty(0, np.int64)
    return Columns(table, all_rows, made, complete=not (ragged or fault_code)), problems


def _problem(code: str, table: Table, row: int, **values: object) -> Problem:
    return worded(CSV_PROBLEMS, code, f"{table.path}:{row}", **values)


def _mended(table: Table, content: bytes) -> tuple[bytes, list[Problem]]:
    """Return `content` as its cells can be read all the same, and what a spreadsheet's saving did to it."""
    problems: list[Problem] = []
    if content.startswith(_BOM):
        problems.append(_problem("csv.bom", table, 1))
        content = content[len(_BOM) :]
    if b"\r\n" in content:
        row = content.count(b"\n", 0, content.index(b"\r\n")) + 1
        problems.append(_problem("csv.carriage-return", table, row, found=content.count(b"\r\n")))
        content = content.replace(b"\r\n", b"\n")
    if not content.endswith(b"\n"):
        problems.append(_problem("csv.no-final-newline", table, content.count(b"\n") + 1))
        content += b"\n"
    return content, problems


def header_fault(table: Table, found: list[str], limits: ReadLimits) -> Problem | None:
    """Return what is wrong with the first row: too many columns, or the first that is not the definition's."""
    if len(found) > limits.columns:
        return worded(CSV_PROBLEMS, "csv.too-many-columns", f"{table.path}:1", limit=limits.columns)
    wanted = table.field_names
    for place in range(max(len(found), len(wanted))):
        here = found[place] if place < len(found) else ""
        there = wanted[place] if place < len(wanted) else ""
        if here != there or place >= len(wanted):
            where = f"{table.path}:1:{there}".rstrip(":")
            return worded(CSV_PROBLEMS, "csv.header", where, place=place + 1, found=here, wanted=there)
    return None


def _cells_of_header(header: bytes) -> list[str]:
    text = header.decode("utf-8", errors="replace")
    try:
        return next(csv.reader([text]), [])
    except csv.Error:
        return [text]


def _unreadable(block: Block) -> tuple[str, int]:
    """Return the code of what ends reading within `block`, and how many of its rows precede it."""
    code, rows = block.fault, len(block.ends)
    text = block.content[: block.ends[-1]] if rows else b""
    nul = text.find(b"\0")
    if nul >= 0:
        code, rows = "csv.nul", int(np.searchsorted(block.ends, nul, side="right"))
    try:
        text[: block.ends[rows - 1] if rows else 0].decode("utf-8")
    except UnicodeDecodeError as error:
        code, rows = "csv.not-utf8", int(np.searchsorted(block.ends, error.start, side="right"))
    return code, rows


def _add_cells(makers: dict[str, ColumnMaker], content: bytes) -> None:
    """Append the cells of whole rows of the right width; nothing is taken for a number, a date or missing."""
    import pandas as pd

    if not content:
        return
    frame = pd.read_csv(
        io.BytesIO(content), header=None, names=list(makers), index_col=False, dtype=object, na_filter=False,
        lineterminator="\n", skip_blank_lines=False, low_memory=False, encoding="utf-8",
    )  # fmt: skip
    for name, maker in makers.items():
        maker.add(frame[name].to_numpy(dtype=object))
