"""A loaded package as a frictionless Package: schema and rows of every table, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frictionless

from daye_analysis.package.definition import TABLES, Table
from daye_analysis.package.describe import table_schema
from daye_analysis.package.describe.table_schema import bilingual

if TYPE_CHECKING:
    import pandas as pd

    from daye_analysis.package.package_tables import PackageTables


def frictionless_package(package: PackageTables) -> frictionless.Package:
    """Return the tables of `package` as inline resources with their schemas; missing cells are None, dates ISO text."""
    descriptor: dict[str, Any] = {
        "name": package.name,
        "title": package.title.zh,
        "version": package.version,
        "compiled_on": package.compiled_on.isoformat(),
        "i18n": {"en": {"title": package.title.en}},
        "resources": [_resource(table, package.tables[table.name]) for table in TABLES],
    }
    return frictionless.Package.from_descriptor(descriptor)


def _resource(table: Table, rows: pd.DataFrame) -> dict[str, Any]:
    """Return a table as an inline resource: the header and a list of cells for each row."""
    columns = [_cells(rows[name]) for name in table.field_names]
    return {
        "name": table.name,
        "type": "table",
        **bilingual(table.title, table.description),
        "data": [list(table.field_names), *map(list, zip(*columns, strict=True))],
        "schema": table_schema(table),
    }


def _cells(column: pd.Series) -> list[Any]:
    """Return a column's values as plain Python, as JSON has them."""
    plain = column.dt.strftime("%Y-%m-%d") if column.dtype.kind == "M" else column
    values: list[Any] = plain.astype(object).where(column.notna(), None).tolist()
    return values
