"""Making every export in a private folder, proving them equal, and publishing them at once."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from daye_analysis.errors import CheckFailed, Problem, WrongUsage
from daye_analysis.package.check import check_raw
from daye_analysis.package.definition import TABLES, Metadata, Table
from daye_analysis.package.describe import described_metadata, faces
from daye_analysis.package.export.folder import replaced_folder
from daye_analysis.package.export.parquet import read_parquet, write_parquet
from daye_analysis.package.export.sqlite import read_sqlite, write_sqlite
from daye_analysis.package.export.summary import Row, TableSummary, differences, summarise
from daye_analysis.package.export.words import EXPORT_WORDS
from daye_analysis.package.export.xlsx import read_xlsx, write_xlsx
from daye_analysis.package.export.zip_archive import read_zip, write_zip
from daye_analysis.package.guard import RawPackage, open_package
from daye_analysis.package.read import typed
from daye_analysis.package.read.columns import frame_of_columns
from daye_analysis.package.release import check_release
from daye_analysis.package.wording import worded

SUMMARY = "summary.json"
CHECKSUMS = "SHA256SUMS"
_PARQUET = "parquet"
_NEEDED = ("pyarrow", "xlsxwriter", "python_calamine")


def export(
    package: Path,
    destination: Path,
    *,
    since: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, TableSummary]:
    """Write the package at `package` (a folder or a .zip) to the folder `destination` in every format.

    There appear `<name>-<version>.zip`, `.sqlite` and `.xlsx`, `parquet/<table>.parquet`, `summary.json` (what all of
    them hold) and `SHA256SUMS`. Each is read back by other means than it was written with and compared with the CSV
    in the .zip; only if none differs does `destination` change, all at once. With `since`, the package of the last
    release, the version must have made a legal step. `say` is told each step. Returns the summary of each table.

    Raises NotReadable or Refused as `open_package` does, CheckFailed with everything that `daye validate` finds or
    with `export.exports-differ` or `release.step-too-small`, WrongUsage (`export.extra-missing`), Refused (`export.folder-not-ours`),
    InfrastructureFailed (`export.not-writable`).
    """
    _need_extra()
    say("read")
    raw = open_package(package)
    columns, problems = check_raw(raw)
    if problems:
        raise CheckFailed(problems)
    if since is not None:
        check_release(since, package)
    tables = typed({name: frame_of_columns(each) for name, each in columns.items()})
    descriptor = dict(raw.descriptor)
    metadata = described_metadata(descriptor)
    base = f"{metadata.name}-{metadata.version}"
    with replaced_folder(destination, _is_ours) as staging:
        say("zip")
        write_zip(_package_files(raw, descriptor, metadata), staging / f"{base}.zip")
        say("parquet")
        (staging / _PARQUET).mkdir()
        for table in TABLES:
            write_parquet(table, tables[table.name], staging / _PARQUET / f"{table.name}.parquet")
        say("sqlite")
        write_sqlite(tables, staging / f"{base}.sqlite")
        say("xlsx")
        write_xlsx(tables, metadata, staging / f"{base}.xlsx")
        say("compare")
        summaries = _compared(staging, base)
        _write_summary(staging, summaries)
        _write_checksums(staging)
    return summaries


def _need_extra() -> None:
    missing = [module for module in _NEEDED if importlib.util.find_spec(module) is None]
    if missing:
        raise WrongUsage(worded(EXPORT_WORDS, "export.extra-missing", "", module=", ".join(missing)))


def _package_files(raw: RawPackage, descriptor: dict[str, Any], metadata: Metadata) -> dict[str, bytes]:
    """Return the package's files by path: what describes it first, then its tables and the official text."""
    described = {path: text.encode() for path, text in faces(descriptor, metadata).items()}
    return {**described, **raw.files}


def _is_ours(path: Path) -> bool:
    """Tell whether an export may have made the file at `path`, relative to the export's folder."""
    if path.parent.name == _PARQUET and len(path.parts) == 2:
        return path.stem in {table.name for table in TABLES} and path.suffix == ".parquet"
    return len(path.parts) == 1 and (
        path.name in (SUMMARY, CHECKSUMS) or path.suffix in (".zip", ".sqlite", ".xlsx")
    )


def _readers(staging: Path, base: str) -> dict[str, Callable[[Table], Iterator[Row]]]:
    return {
        "Parquet": lambda table: read_parquet(staging / _PARQUET / f"{table.name}.parquet", table),
        "SQLite": lambda table: read_sqlite(staging / f"{base}.sqlite", table),
        "XLSX": lambda table: read_xlsx(staging / f"{base}.xlsx", table),
    }


def _compared(staging: Path, base: str) -> dict[str, TableSummary]:
    """Return each table's summary as the CSV in the .zip has it; CheckFailed where another format differs."""
    summaries = {table.name: summarise(table, read_zip(staging / f"{base}.zip", table)) for table in TABLES}
    problems: list[Problem] = []
    for format_name, read in _readers(staging, base).items():
        for table in TABLES:
            found = summarise(table, read(table))
            problems += differences(table, format_name, found, summaries[table.name])
    if problems:
        raise CheckFailed(problems)
    return summaries


def _write_summary(staging: Path, summaries: Mapping[str, TableSummary]) -> None:
    text = json.dumps({name: asdict(each) for name, each in summaries.items()}, indent=2)
    (staging / SUMMARY).write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_checksums(staging: Path) -> None:
    lines = []
    for path in sorted(staging.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            lines.append(f"{digest}  {path.relative_to(staging).as_posix()}\n")
    (staging / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
