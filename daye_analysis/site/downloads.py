"""The files of an edition that are no pages: the package in every format, its descriptions, and the request forms."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from daye_analysis.charts.labels import asked_words
from daye_analysis.errors import CheckFailed
from daye_analysis.package.definition import Metadata
from daye_analysis.package.describe import completed_descriptor, described_files
from daye_analysis.package.export import export
from daye_analysis.package.export.checksums import CHECKSUMS
from daye_analysis.package.export.exports import SUMMARY
from daye_analysis.package.request import write_requests
from daye_analysis.package.untrusted import RawPackage
from daye_analysis.site.edition import Download, Edition, iso
from daye_analysis.storage.scratch import scratch_folder
from daye_analysis.views.package import Package

# Columns of `figures.csv`, the file beside each target; days are ISO, the rest is as the tables have it.
_COLUMNS = (
    "observation_id", "period_start", "period_end", "date_basis", "measure", "value_text", "unit_code", "bound", "statement", "concept",
    "area_id", "role", "reason", "source_id", "known_on", "url",
)  # fmt: skip


def package_files(where: Path, raw: RawPackage, metadata: Metadata, package: Package) -> dict[str, bytes]:
    """Return the package's files by path: `datapackage.json` with what it names, then `data/` with every other format.

    What a Data Package's descriptor names lies where it says, so that the site is the package too. Exports are compared
    with each other before any is published. Raises as `export` does.
    """
    described = {
        path: text.encode()
        for path, text in described_files(completed_descriptor(raw.descriptor, raw.files), metadata).items()
        if not path.startswith(("docs/", "."))
    }
    found = {**described, **raw.files}
    with scratch_folder("site") as work:
        folder = work / "exports"
        export(where, folder)
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in (CHECKSUMS, SUMMARY):
                found[f"data/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
        forms = work / "requests"
        with contextlib.suppress(CheckFailed):  # nothing is missing
            write_requests(package, forms)
        for path in sorted(forms.glob("*")):
            found[f"data/requests/{path.name}"] = path.read_bytes()
    return found


def as_downloads(files: Mapping[str, bytes]) -> tuple[Download, ...]:
    """Return what pages say of files."""
    return tuple(
        Download(path, len(content), hashlib.sha256(content).hexdigest()) for path, content in files.items()
    )


def figures_csv(edition: Edition, target_id: str) -> bytes:
    """Return the figures that a target's page shows, each with what it is for the target."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in edition.shown.get(target_id, []):
        writer.writerow([_cell(row[name]) for name in _COLUMNS])
    return out.getvalue().encode()


def target_json(edition: Edition, target_id: str) -> bytes:
    """Return a target for programs: what is asked, its assessment, its figures; missing is null."""
    row = edition.view.target(target_id).row
    judged = edition.judged[target_id]
    content = {
        "package": edition.package.name,
        "version": edition.package.version,
        "as_of": edition.day.isoformat(),
        "target_id": target_id,
        "permanent_address": edition.absolute(f"target/{target_id}/") or None,
        "name": {language: edition.name("target", target_id, language) for language in ("zh", "en")},
        "asked": {language: asked_words(edition.package, judged, language) for language in ("zh", "en")},
        "wording_zh": str(row["wording_zh"]),
        "assessment": {name: _json(value) for name, value in judged.items()},
        "figures": [
            {name: _json(each[name]) for name in _COLUMNS} for each in edition.shown.get(target_id, [])
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def _cell(value: object) -> str:
    return iso(value) or ("" if value is None or pd.isna(value) else str(value))  # type: ignore[call-overload]


def _json(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    day = iso(value)
    return day or (value.item() if hasattr(value, "item") else value)
