"""The data package of one run: read once, identified by its content, and copied for the notebook.

A notebook reads the copy, so that a table rewritten meanwhile cannot change a run half-way, an archive needs no
second look, and no path of this machine gets into the report.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from daye_analysis.errors import CheckFailed

# Where a notebook finds its copy, relative to its working folder.
COPY = "package/datapackage.json"


@dataclass(frozen=True)
class PackageState:
    """A package's descriptor and the bytes of each file that it names, by path inside the package."""

    descriptor: Mapping[str, Any]
    files: Mapping[str, bytes]
    # The folder or archive that it was read from, which is no part of what it is.
    place: str = ""

    @property
    def name(self) -> str:
        """The package's name."""
        return str(self.descriptor.get("name", ""))

    @functools.cached_property
    def _identity(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "version": str(self.descriptor.get("version", "")),
            "descriptor_sha256": hashlib.sha256(_as_file(self.descriptor)).hexdigest(),
            "files": {path: hashlib.sha256(data).hexdigest() for path, data in sorted(self.files.items())},
        }

    def as_json(self) -> dict[str, Any]:
        """Return name, version and hashes: what identifies the content, wherever it lies."""
        return self._identity

    def has_rows(self, table: str) -> bool:
        """Return whether the package has a table of this name with any row."""
        rows = csv.reader(io.StringIO(self.files.get(f"data/{table}.csv", b"").decode("utf-8", "replace"), newline=""))
        return next(itertools.islice(rows, 1, None), None) is not None

    @functools.cached_property
    def first_published(self) -> date | None:
        """The day on which the package's first plan was published, None where its plans cannot be read."""
        rows = csv.DictReader(io.StringIO(self.files.get("data/plans.csv", b"").decode("utf-8", "replace"), newline=""))
        try:
            return min((date.fromisoformat(row["published"]) for row in rows), default=None)
        except (KeyError, TypeError, ValueError):
            return None


def package_state(path: Path) -> PackageState:
    """Return the state of the package at `path`: a folder, its `datapackage.json`, or a zip.

    Raises NotReadable when there is none, Refused when it points out of its folder, CheckFailed when a file is
    missing, or has not the size or hash that the descriptor states.
    """
    from daye_analysis.package.untrusted import open_package

    raw = open_package(path)
    if raw.problems:
        raise CheckFailed(raw.problems)
    folder = path.resolve()
    return PackageState(
        raw.descriptor, raw.files, str(folder.parent if folder.name == "datapackage.json" else folder)
    )


def copy_package(state: PackageState, work: Path) -> None:
    """Write the package into a notebook's working folder, at `COPY`."""
    descriptor = work / COPY
    for path, data in state.files.items():
        target = descriptor.parent / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    descriptor.write_bytes(_as_file(state.descriptor))


def _as_file(descriptor: Mapping[str, Any]) -> bytes:
    # Without indent: Python's quick encoder takes no other form, and every plan of a run hashes this.
    return json.dumps(descriptor, ensure_ascii=False).encode("utf-8") + b"\n"
