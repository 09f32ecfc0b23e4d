"""The archive of published statements: the assessments that each run keeps in its folder, with its manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.reporting.publishing.manifest import Damaged, check_files, read_manifest
from daye_analysis.reporting.publishing.previous_run import ASSESSMENTS, read_assessments

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Archive:
    """assessments: what runs have said, with a column `run`; each statement once. damaged: runs that cannot be relied on."""

    assessments: pd.DataFrame
    damaged: tuple[tuple[str, str], ...]


def archived(reports: Path) -> Archive:
    """Return what the runs below `reports` have said of targets, oldest first.

    Runs that say the same (in another language, or another report on the same figures) count once, under the first
    of their names. A run whose files differ from its manifest is named, with the reason, and left out.
    """
    import pandas as pd

    from daye_analysis.progress.assess import as_table

    tables: dict[str, pd.DataFrame] = {}
    damaged = []
    for name, folder in _runs(reports):
        try:
            manifest = read_manifest(folder)
            check_files(folder, manifest)
        except Damaged as damage:
            damaged.append((name, str(damage)))
            continue
        stated = manifest.outputs.get(ASSESSMENTS)
        if stated is not None and stated["sha256"] not in tables:
            tables[str(stated["sha256"])] = read_assessments((folder / ASSESSMENTS).read_bytes()).assign(run=name)
    found = pd.concat([as_table(()).assign(run=""), *tables.values()], ignore_index=True)
    return Archive(found, tuple(damaged))


def _runs(reports: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and folder of each run below `reports`, by day, then by name."""
    folders = [each for each in reports.glob("*/????-??-??-*") if each.is_dir()]
    for folder in sorted(folders, key=lambda each: (each.name[:10], each.parent.name, each.name)):
        yield f"{folder.parent.name}/{folder.name}", folder
