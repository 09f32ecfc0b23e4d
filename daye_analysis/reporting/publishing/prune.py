"""Old reports removed by one rule: of each series, the newest `keep` stay.

A series (`identity.series`) is what differs only in day, data, code and what it compares with. Newest is the latest
`as_of`, then the latest made. Of each notebook's failed runs the newest `keep` stay too. `latest/` and the runs of
others who hold a lock are left alone. What crashes left in staging folders, and what was set aside as damaged, goes.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from daye_analysis.errors import WrongUsage
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.failure import read_failure
from daye_analysis.reporting.publishing.identity import PREVIOUS, series
from daye_analysis.reporting.publishing.manifest import Damaged, Manifest, read_manifest
from daye_analysis.reporting.publishing.problems import PUBLISHING_PROBLEMS


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed, or would be: runs beyond `keep`, and leftovers of crashes and failures."""

    runs: tuple[Path, ...]
    leftovers: tuple[Path, ...]


def prune(reports: Path, keep: int, dry_run: bool = False) -> Pruned:
    """Remove all but the newest `keep` reports of each series below `reports`; raise WrongUsage for less than 1."""
    if keep < 1:
        raise WrongUsage(
            worded(PUBLISHING_PROBLEMS, "prune.keep", "--keep")
        )
    alike: dict[bytes, list[tuple[str, str, Path, str]]] = defaultdict(list)
    for folder in publish.published_folders(reports):
        try:
            manifest = read_manifest(folder)
        except Damaged:
            continue  # the next run of the same identity makes it anew; nothing is removed that is not understood
        made = str(manifest.run.get("ended", ""))
        alike[series(manifest.identity)].append((str(manifest.identity["as_of"]), made, folder, _compared(manifest)))
    ordered = [sorted(runs) for runs in alike.values()]
    # What a report that stays compares with stays too: without it, the same report could not be made again.
    compared = {name for runs in ordered for *_, name in runs[-keep:]}
    old = sorted(
        folder for runs in ordered for _, _, folder, _ in runs[:-keep] if f"{folder.parent.name}/{folder.name}" not in compared
    )
    leftovers = sorted(_leftovers(reports) + _old_failures(reports, keep))
    if not dry_run:
        for folder in (*old, *leftovers):
            _remove(folder)
    return Pruned(tuple(old), tuple(leftovers))


def _compared(manifest: Manifest) -> str:
    return str(manifest.identity["parameters"].get(PREVIOUS, ""))


def _leftovers(reports: Path) -> list[Path]:
    """Return staging folders whose run's lock no one holds, and damaged folders set aside."""
    staging = [path for path in reports.glob(f"*/{publish.STAGING}-*") if not publish.is_being_made(reports, path)]
    return staging + list((reports / publish.FAILED).glob("*/*-damaged-*"))


def _old_failures(reports: Path, keep: int) -> list[Path]:
    old: list[Path] = []
    for notebook in (reports / publish.FAILED).glob("*"):
        failures = [(failure, folder) for folder in notebook.iterdir() if (failure := read_failure(folder)) is not None]
        failures.sort(key=lambda kept: (str(kept[0].run.get("ended", "")), kept[1].name))
        old += [folder for _, folder in failures[:-keep]]
    return old


def _remove(folder: Path) -> None:
    """Remove a folder so that a reader never meets half of it: out of sight first, then gone."""
    hidden = folder.with_name(f"{publish.STAGING}-removed-{folder.name.lstrip('.')}")
    folder.rename(hidden)
    shutil.rmtree(hidden, ignore_errors=True)
