"""Write all exports in a private folder, verify that they are equal, and publish them at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.check import check_raw
from daye_analysis.package.definition import EVIDENCE, EXPORTED_TABLES, Metadata, Table
from daye_analysis.package.describe import completed_descriptor, described_files, described_metadata
from daye_analysis.package.describe.archive_files import changelog, licence, readme
from daye_analysis.package.describe.table_schema import schema_text
from daye_analysis.package.evidence.target_evidence import evidence_table
from daye_analysis.package.export.cell_types import read_rows, write_rows
from daye_analysis.package.export.checksums import unchanged_since, write_checksums
from daye_analysis.package.export.datasette import datasette_metadata
from daye_analysis.package.export.extra import need_extra
from daye_analysis.package.export.folder import export_folder
from daye_analysis.package.export.parquet import summarise_parquet, write_parquet
from daye_analysis.package.export.sqlite import overviews, summarise_sqlite, write_sqlite
from daye_analysis.package.export.summary import TableSummary, differences, summarise_rows
from daye_analysis.package.export.xlsx import read_xlsx, write_xlsx
from daye_analysis.package.export.zip_archive import read_zip, write_zip
from daye_analysis.package.read import typed
from daye_analysis.package.releases.release import check_release
from daye_analysis.package.untrusted import RawPackage, open_package
from daye_analysis.package.untrusted.raw_package import CHANGELOG

SUMMARY = "summary.json"
_PARQUET = "parquet"
_EVIDENCE, _EVIDENCE_SCHEMA = "evidence.csv", "evidence.schema.json"


def export(
    package: Path,
    destination: Path,
    *,
    since: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, TableSummary]:
    """Write the package at `package` (a folder or a .zip) to the folder `destination` in every format.

    There appear `<name>-<version>.zip`, `.sqlite` with `.metadata.json` for Datasette, `.xlsx`, `parquet/<table>.parquet`,
    `evidence.csv` (what each observation is for each target; a table of the other formats too) with `evidence.schema.json`,
    `summary.json` (what all of them hold) and `SHA256SUMS`. Each is read back by other means than it was written with and compared with the CSV
    in the .zip; only if none differs does `destination` change, all at once. With `since`, the package of the last
    release, the version must have made a legal step. `say` is called with each step. Returns the summary of each table.

    Raises NotReadable or Refused as `open_package` does, CheckFailed with everything that `daye validate` finds or
    with `export.exports-differ` or `release.step-too-small`, WrongUsage (`export.extra-missing`), Refused where
    `destination` holds anything but an unchanged export (`export.folder-not-ours`), InfrastructureFailed
    (`export.not-writable`).
    """
    need_extra("pyarrow", "xlsxwriter", "python_calamine")
    with export_folder(destination, unchanged_since(destination, SUMMARY)) as staging:
        base = _write(package, since, staging, say)
        say("compare")
        summaries = _compared(staging, base)
        _write_summary(staging, summaries)
        write_checksums(staging)
    return summaries


def _write(package: Path, since: Path | None, staging: Path, say: Callable[[str], None]) -> str:
    """Check the package, write it to `staging` in every format, and return how its files' names begin.

    What was read is given up on return: comparing needs the memory.
    """
    say("read")
    raw = open_package(package)
    columns, problems = check_raw(raw)
    if problems:
        raise CheckFailed(problems)
    if since is not None:
        check_release(since, package)
    tables = typed(columns)
    metadata = described_metadata(raw.descriptor)
    descriptor = completed_descriptor(raw.descriptor, raw.files)
    tables[EVIDENCE.name] = evidence_table(tables, metadata.compiled_on)
    say("evidence")
    write_rows(EVIDENCE, tables[EVIDENCE.name], staging / _EVIDENCE)
    (staging / _EVIDENCE_SCHEMA).write_bytes(schema_text(EVIDENCE))
    base = f"{metadata.name}-{metadata.version}"
    say("zip")
    write_zip(_package_files(raw, descriptor, metadata), staging / f"{base}.zip")
    say("parquet")
    (staging / _PARQUET).mkdir()
    for table in EXPORTED_TABLES:
        write_parquet(table, tables[table.name], staging / _PARQUET / f"{table.name}.parquet", metadata)
    say("sqlite")
    write_sqlite(tables, staging / f"{base}.sqlite", metadata)
    (staging / f"{base}.metadata.json").write_text(datasette_metadata(metadata, base), encoding="utf-8", newline="\n")
    say("xlsx")
    write_xlsx(tables, metadata, staging / f"{base}.xlsx", overviews(staging / f"{base}.sqlite"))
    return base


def _package_files(raw: RawPackage, descriptor: dict[str, Any], metadata: Metadata) -> dict[str, bytes]:
    """Return the package's files by path: what describes it first, then its tables and the official text."""
    said = {"README.md": readme(metadata), "LICENSE": licence(metadata), CHANGELOG: changelog(metadata)}
    described = {path: text.encode() for path, text in {**said, **described_files(descriptor, metadata)}.items()}
    return {**described, **({CHANGELOG: raw.changelog} if raw.changelog else {}), **raw.files}


def _summaries(staging: Path, base: str, table: Table) -> dict[str, TableSummary]:
    """Return what each format but the CSV holds of `table`."""
    return {
        "Parquet": summarise_parquet(staging / _PARQUET / f"{table.name}.parquet", table),
        "SQLite": summarise_sqlite(staging / f"{base}.sqlite", table),
        "XLSX": summarise_rows(table, read_xlsx(staging / f"{base}.xlsx", table)),
    }


def _compared(staging: Path, base: str) -> dict[str, TableSummary]:
    """Return each table's summary as the CSV in the .zip has it; CheckFailed where another format differs."""
    summaries: dict[str, TableSummary] = {}
    problems: list[Problem] = []
    for table in EXPORTED_TABLES:
        rows = read_rows(table, staging / _EVIDENCE) if table is EVIDENCE else read_zip(staging / f"{base}.zip", table)
        expected = summarise_rows(table, rows)
        summaries[table.name] = expected
        for format_name, found in _summaries(staging, base, table).items():
            problems += differences(table, format_name, found, expected)
    if problems:
        raise CheckFailed(problems)
    return summaries


def _write_summary(staging: Path, summaries: Mapping[str, TableSummary]) -> None:
    text = json.dumps({name: asdict(each) for name, each in summaries.items()}, indent=2)
    (staging / SUMMARY).write_text(text + "\n", encoding="utf-8", newline="\n")
