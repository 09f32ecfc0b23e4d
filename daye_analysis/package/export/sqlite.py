"""The package as one SQLite database: strict types, keys, references, code checks, and views to read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.errors import CheckFailed
from daye_analysis.package.definition import EXPORTED_TABLES, Field, Metadata, Table
from daye_analysis.package.describe.citation import about
from daye_analysis.package.export.cell_types import table_rows
from daye_analysis.package.export.messages import EXPORT_PROBLEMS
from daye_analysis.package.export.sqlite_views import VIEWS
from daye_analysis.package.export.summary import TableSummary, number_fields, summarise_columns
from daye_analysis.problem_messages import worded

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
_CODES = """CREATE TABLE codes (
  table_name TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
  label_zh TEXT NOT NULL, label_en TEXT NOT NULL, meaning_zh TEXT NOT NULL, meaning_en TEXT NOT NULL,
  PRIMARY KEY (table_name, field, value)
) STRICT"""


_ABOUT = "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _check(field: Field) -> str:
    if field.codes:
        return f" CHECK ({field.name} IN ({', '.join(map(_quoted, field.codes.values))}))"
    if field.type == "boolean":
        return f" CHECK ({field.name} IN (0, 1))"
    if field.type == "date":
        return f" CHECK ({field.name} IS date(julianday({field.name})))"
    return f" CHECK ({field.name} >= {field.minimum:g})" if field.minimum is not None else ""


def table_ddl(table: Table) -> str:
    """Return the statement that makes `table`; a date is text that exists in the calendar."""
    lines = [
        f"  {field.name} {_TYPES[field.type]}{' NOT NULL' if field.required else ''}"
        f"{' UNIQUE' if field.unique else ''}{_check(field)}"
        for field in table.fields
    ]
    lines.append(f"  PRIMARY KEY ({', '.join(table.primary_key)})")
    lines += [f"  UNIQUE ({', '.join(key)})" for key in table.unique_keys]
    lines += [
        f"  FOREIGN KEY ({', '.join(key.fields)}) REFERENCES {key.reference} ({', '.join(key.reference_fields)})"
        for key in table.foreign_keys
    ]
    return f"CREATE TABLE {table.name} (\n" + ",\n".join(lines) + "\n) STRICT"


def _fill(database: sqlite3.Connection, table: Table, frame: pd.DataFrame) -> None:
    places = ", ".join("?" * len(table.fields))
    try:
        database.executemany(f"INSERT INTO {table.name} VALUES ({places})", table_rows(table, frame))
    except sqlite3.IntegrityError as error:
        raise CheckFailed(
            worded(EXPORT_PROBLEMS, "export.row-refused", table.path, table=table.name, found=error)
        ) from error


def _code_rows() -> Iterator[tuple[str, ...]]:
    for table in EXPORTED_TABLES:
        for field in table.fields:
            for code in field.codes.codes if field.codes else ():
                yield (table.name, field.name, code.value, *code.label, *code.meaning)


def _broken_references(database: sqlite3.Connection) -> None:
    found: dict[tuple[str, str], int] = {}
    for table, _row, reference, _key in database.execute("PRAGMA foreign_key_check"):
        found[table, reference] = found.get((table, reference), 0) + 1
    if found:
        raise CheckFailed(
            worded(EXPORT_PROBLEMS, "export.broken-reference", table, table=table, reference=other, count=count)
            for (table, other), count in sorted(found.items())
        )


def write_sqlite(tables: Mapping[str, pd.DataFrame], path: Path, metadata: Metadata | None = None) -> None:
    """Write all tables, the code lists (`codes`), what the package is (`about`) and the views to a new database at `path`.

    Raises CheckFailed (`export.row-refused`, `export.broken-reference`) for rows that break the definition.
    """
    with closing(sqlite3.connect(path)) as database:
        # The file is new and private: if writing it fails, it is thrown away.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        for table in EXPORTED_TABLES:
            database.execute(table_ddl(table))
            _fill(database, table, tables[table.name])
        database.execute(_CODES)
        database.executemany("INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?, ?)", _code_rows())
        database.execute(_ABOUT)
        database.executemany("INSERT INTO about VALUES (?, ?)", about(metadata).items() if metadata else ())
        for view in VIEWS:
            database.execute(view)
        _broken_references(database)
        database.commit()


def overviews(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return the rows of the views that a person reads in a sheet, by the view's name."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        return {name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")] for name in ("target_overview", "observation_overview")}


def summarise_sqlite(path: Path, table: Table) -> TableSummary:
    """Return the summary of `table` in the database at `path`, counted by SQLite itself."""
    with closing(sqlite3.connect(path)) as database:

        def column(name: str) -> Iterator[float]:
            rows = database.execute(f"SELECT {name} FROM {table.name} WHERE {name} IS NOT NULL")
            return (row[0] for row in rows)

        counts = ", ".join(f"count({name})" for name in table.field_names)
        count, *filled = database.execute(f"SELECT count(*), {counts} FROM {table.name}").fetchone()
        keys = database.execute(f"SELECT {', '.join(table.primary_key)} FROM {table.name} ORDER BY rowid")
        return summarise_columns(
            count,
            keys,
            dict(zip(table.field_names, filled, strict=True)),
            {name: column(name) for name in number_fields(table)},
        )
