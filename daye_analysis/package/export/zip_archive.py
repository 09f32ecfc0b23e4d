"""The package as one .zip, the same bytes on every machine."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from daye_analysis.package.definition import Table
from daye_analysis.package.export.summary import ExportRow

# The earliest time that a .zip can hold: with it, the same content gives the same bytes.
EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_REGULAR_FILE = 0o100644 << 16


def write_zip(files: Mapping[str, bytes], destination: Path) -> None:
    """Write `files`, content by path, to the .zip `destination`, in a folder called like it, so that it unpacks into its own.

    Stored, not compressed: compressors of different versions give different bytes. No clock, no owner.
    """
    with zipfile.ZipFile(destination, "w", zipfile.ZIP_STORED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(f"{destination.stem}/{path}", EARLIEST)
            entry.create_system = _UNIX
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, content)


def read_zip(archive_path: Path, table: Table) -> Iterator[ExportRow]:
    """Yield the rows of `table` as the text that is in the archive's CSV, by the standard library alone."""
    with zipfile.ZipFile(archive_path) as archive, archive.open(f"{archive_path.stem}/{table.path}") as raw:
        reader = csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
        header = next(reader)
        if header != list(table.field_names):
            raise ValueError(f"{table.path} has columns {header}")
        yield from reader
