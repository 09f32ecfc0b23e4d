"""The tables of an opened package as frames of strings, exactly as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.definition import TABLES
from daye_analysis.package.describe.datapackage import EARLIER_PROFILE
from daye_analysis.package.read.columns import Columns, completed, frame_of_columns
from daye_analysis.package.read.parse import parse_table
from daye_analysis.package.untrusted import RawPackage

if TYPE_CHECKING:
    import pandas as pd


def parse_tables(raw: RawPackage) -> tuple[dict[str, Columns], list[Problem]]:
    """Return the columns of every table that could be read, and every problem of the files as CSV."""
    tables: dict[str, Columns] = {}
    problems: list[Problem] = []
    is_earlier = raw.profile == EARLIER_PROFILE
    for table in TABLES:
        content = raw.files.get(table.path)
        if content is not None:
            columns, found = parse_table(table.earlier if is_earlier else table, content, raw.limits)
            problems.extend(found)
            if columns is not None:
                tables[table.name] = completed(columns, table)
    return tables, problems


def read_columns(raw: RawPackage) -> dict[str, Columns]:
    """Return the columns of every table of `raw`, cells exactly as printed.

    Raises CheckFailed with everything that is wrong with the descriptor and the files (`package.*`, `csv.*`); the
    cells are `check_tables`' work.
    """
    tables, problems = parse_tables(raw)
    if raw.problems or problems:
        raise CheckFailed([*raw.problems, *problems])
    return tables


def read_tables(raw: RawPackage) -> dict[str, pd.DataFrame]:
    """Return every table of `raw` as a frame of strings, empty cells as empty strings; raises as `read_columns` does."""
    return {name: frame_of_columns(columns) for name, columns in read_columns(raw).items()}
