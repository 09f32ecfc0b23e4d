"""Run every check of the data, so that all problems are reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.errors import Problem
from daye_analysis.package.check.cell_values import check_cells
from daye_analysis.package.check.completeness import check_both_languages, check_not_empty
from daye_analysis.package.check.keys import check_keys, check_references
from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.check.nesting import check_nesting
from daye_analysis.package.check.periods import check_periods
from daye_analysis.package.check.series import check_series
from daye_analysis.package.check.sources import check_sources
from daye_analysis.package.check.spans import check_spans
from daye_analysis.package.check.superseding import check_superseding
from daye_analysis.package.check.units_of_measure import check_units
from daye_analysis.package.check.values import check_values
from daye_analysis.package.definition import TABLES
from daye_analysis.package.read import parse_tables
from daye_analysis.package.read.columns import Columns, columns_of_frame
from daye_analysis.package.read.findings import Finding, sorted_problems
from daye_analysis.package.read.parse import header_fault
from daye_analysis.package.untrusted import RawPackage, ReadLimits, open_package
from daye_analysis.problem_messages import worded

if TYPE_CHECKING:
    import pandas as pd


def check_tables(tables: Mapping[str, pd.DataFrame], official_text: str | None) -> list[Problem]:
    """Return every problem of `tables`, frames of strings by table name, sorted by table, row and field.

    The first row of a frame is row 2 of its file, whatever its index. `official_text` is what spans point into.
    Tables that are missing or have other columns are named, and what refers to them is not checked.
    """
    problems: list[Problem] = []
    columns: dict[str, Columns] = {}
    for table in TABLES:
        if table.name not in tables:
            problems.append(worded(CHECK_PROBLEMS, "table.missing", table.path))
            continue
        frame = tables[table.name]
        fault = header_fault(table, [str(name) for name in frame.columns], ReadLimits())
        if fault:
            problems.append(fault)
        else:
            columns[table.name] = columns_of_frame(table, frame)
    return [*problems, *check_columns(columns, official_text)]


def check_raw(raw: RawPackage) -> tuple[dict[str, Columns], list[Problem]]:
    """Return the tables that could be read and every problem of the descriptor, the files and the data."""
    tables, problems = parse_tables(raw)
    return tables, [*raw.problems, *problems, *check_columns(tables, raw.official_text)]


def check_package(path: Path, limits: ReadLimits | None = None) -> list[Problem]:
    """Return every problem of the package at `path`; raises NotReadable or Refused as `open_package` does."""
    return check_raw(open_package(path, limits))[1]


def check_columns(tables: Mapping[str, Columns], official_text: str | None) -> list[Problem]:
    """Return every problem of the tables that are there, sorted by table, row and field."""
    found: list[Finding] = []
    for columns in tables.values():
        found += check_cells(columns)
        found += check_keys(columns)
        found += check_references(columns, tables)
    if "areas" in tables:
        found += check_nesting(tables["areas"])
    found += check_spans(tables, official_text)
    found += check_units(tables)
    found += check_values(tables)
    found += check_series(tables)
    found += check_sources(tables)
    if "observations" in tables:
        found += check_superseding(tables["observations"])
    found += check_periods(tables)
    found += check_both_languages(tables)
    return [*check_not_empty(tables), *sorted_problems(found)]
