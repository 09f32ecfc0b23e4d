"""Published runs below `reports/`: every run with a valid manifest, with its series."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from daye_analysis.reporting.publishing.identity import series_key
from daye_analysis.reporting.publishing.manifest import Damaged, Manifest, read_manifest
from daye_analysis.reporting.publishing.publish import published_folders


@dataclass(frozen=True, slots=True)
class PublishedRun:
    """A published run; `series` is the name of its series and, unless an earlier release wrote it, of its folder."""

    folder: Path
    manifest: Manifest
    series: str

    @property
    def name(self) -> str:
        """The run's folder below `reports/`."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def language(self) -> str:
        """The report's language."""
        return str(self.manifest.identity["language"])

    @property
    def as_of(self) -> str:
        """The report's day (ISO 8601)."""
        return str(self.manifest.identity["as_of"])

    @property
    def age(self) -> tuple[str, str, str]:
        """What orders the runs of a series: the day, then when it was made."""
        return self.as_of, str(self.manifest.run.get("ended", "")), self.folder.name

    @property
    def is_of_a_sweep(self) -> bool:
        """Whether nothing but sweeps asked for it."""
        return all("sweep" in occasion for occasion in self.manifest.occasions())


def published_runs(reports: Path) -> list[PublishedRun]:
    """Return all runs below `reports`, by folder; those with a damaged manifest are left out.

    Earlier releases kept the runs of all packages and parameters in one folder a notebook. Such a run belongs to the
    series of that folder with which it shares notebook, language, parameters and package, else to one of its own.
    """
    found: list[tuple[Path, Manifest]] = []
    for folder in published_folders(reports):
        try:
            found.append((folder, read_manifest(folder)))
        except Damaged:
            continue
    known = {
        (folder.parent.name, series_key(each.identity)): each.series for folder, each in found if each.series
    }
    runs = []
    for folder, manifest in found:
        key = series_key(manifest.identity) if not manifest.series else b""
        alone = f"{folder.parent.name}-{hashlib.sha256(key).hexdigest()[:8]}"
        runs.append(
            PublishedRun(folder, manifest, manifest.series or known.get((folder.parent.name, key), alone))
        )
    return runs


def by_series(runs: list[PublishedRun]) -> dict[tuple[str, str], list[PublishedRun]]:
    """Return the runs of each series and language, oldest first."""
    groups: dict[tuple[str, str], list[PublishedRun]] = defaultdict(list)
    for run in runs:
        groups[run.series, run.language].append(run)
    return {key: sorted(group, key=lambda run: run.age) for key, group in sorted(groups.items())}
