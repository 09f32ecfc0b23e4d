"""Readers of the package that come from PyPI: each returns what it saw of every table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from daye_analysis.package.definition import TABLES
from interop.seen import Seen, seen

Reader = Callable[[Path], dict[str, Seen]]


def frictionless(root: Path) -> dict[str, Seen]:
    """Read by the descriptor, types and references checked row by row."""
    from frictionless import Package

    package = Package(str(root / "datapackage.json"))
    return {table.name: seen(table, package.get_resource(table.name).read_rows()) for table in TABLES}


def pandas(root: Path) -> dict[str, Seen]:
    """Read the CSV with pandas' own idea of types."""
    import pandas as pd

    return {
        table.name: seen(table, pd.read_csv(root / table.path).to_dict(orient="records")) for table in TABLES
    }


def polars(root: Path) -> dict[str, Seen]:
    """Read the CSV with polars' own idea of types."""
    import polars as pl

    return {
        table.name: seen(
            table, pl.read_csv(root / table.path, infer_schema_length=None).iter_rows(named=True)
        )
        for table in TABLES
    }


def duckdb(root: Path) -> dict[str, Seen]:
    """Read the CSV with DuckDB's own idea of types."""
    import duckdb as db

    found = {}
    with db.connect() as database:
        for table in TABLES:
            rows = database.execute("SELECT * FROM read_csv(?, sample_size=-1)", [str(root / table.path)])
            names = [column[0] for column in rows.description]
            cells = (dict(zip(names, row, strict=True)) for row in rows.fetchall())
            found[table.name] = seen(table, cells)
    return found


def mlcroissant(root: Path) -> dict[str, Seen]:
    """Read by croissant.json, which makes the reader check every file's hash."""
    import mlcroissant as mlc

    dataset = mlc.Dataset(str(root / "croissant.json"))

    def records(name: str) -> Iterator[dict[str, Any]]:
        for record in dataset.records(name):
            yield {key.partition("/")[2]: value for key, value in record.items()}

    return {table.name: seen(table, records(table.name)) for table in TABLES}


PYPI_READERS: dict[str, Reader] = {
    "frictionless": frictionless,
    "pandas": pandas,
    "polars": polars,
    "duckdb": duckdb,
    "mlcroissant": mlcroissant,
}


def profile_folder() -> Path:
    """Return the folder of the Data Package 2.0 profiles that the PyPI package dplib-py carries."""
    import dplib

    return Path(dplib.__file__).parent / "profiles" / "2.0"


def profile_faults(root: Path) -> list[str]:
    """Return each way in which package, resources, schemas and dialects break their 2.0 profiles, by jsonschema."""
    import jsonschema

    descriptor = json.loads((root / "datapackage.json").read_bytes())
    folder = profile_folder()

    def faults(profile: str, value: Any, where: str) -> list[str]:
        schema = json.loads((folder / f"{profile}.json").read_bytes())
        found = jsonschema.validators.validator_for(schema)(schema).iter_errors(value)
        return [f"{where}: {fault.json_path} {fault.message[:200]}" for fault in found]

    lines = faults("datapackage", descriptor, "datapackage")
    for resource in descriptor["resources"]:
        lines += faults("dataresource", resource, resource["name"])
        for key in ("schema", "dialect"):
            if key in resource:
                lines += faults(f"table{key}", resource[key], f"{resource['name']}.{key}")
    return lines
