"""Remove old reports by one rule: of each series and language, keep the newest `keep`.

Newest is the latest `as_of`, then the latest made. Of the failed runs of each series and language the newest `keep` stay
too. The slots that a removed report served are noted first (`served`), so that it is not made again. `latest/` and the
runs of others who hold a lock are left alone. What crashes left in staging folders, and what was set aside as damaged, goes.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from daye_analysis.errors import WrongUsage
from daye_analysis.package.formatting import last_day
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.failure import read_failure
from daye_analysis.reporting.publishing.identity import PREVIOUS
from daye_analysis.reporting.publishing.leftovers import staging_folders
from daye_analysis.reporting.publishing.problems import PUBLISHING_PROBLEMS
from daye_analysis.reporting.publishing.published_runs import by_series, published_runs
from daye_analysis.reporting.publishing.served import remember


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed, or would be: runs beyond `keep`, and leftovers of crashes and failures."""

    runs: tuple[Path, ...]
    leftovers: tuple[Path, ...]


def prune(reports: Path, keep: int, dry_run: bool = False, *, spared: Collection[Path] = ()) -> Pruned:
    """Remove all but the newest `keep` reports of each series below `reports`; raise WrongUsage for less than 1.

    `spared` are folders that stay whatever their age, such as the failures of slots that are still due.
    """
    if keep < 1:
        raise WrongUsage(
            worded(PUBLISHING_PROBLEMS, "prune.keep", "--keep")
        )
    today = last_day().isoformat()
    # A report dated after today was generated with a wrong clock: it must not replace a correct one, and is not deleted either.
    groups = by_series([run for run in published_runs(reports) if run.as_of <= today])
    # What a report that stays compares with stays too: without it, the same report could not be made again.
    compared = {
        str(run.manifest.identity["parameters"].get(PREVIOUS, ""))
        for runs in groups.values()
        for run in runs[-keep:]
    }
    old = sorted(
        (
            run
            for runs in groups.values()
            for run in runs[:-keep]
            if run.name not in compared and run.folder not in spared
        ),
        key=lambda run: run.folder,
    )
    leftovers = sorted(
        _leftovers(reports) + [folder for folder in _old_failures(reports, keep) if folder not in spared]
    )
    if not dry_run:
        remember(reports, [run.manifest for run in old])
        for folder in (*(run.folder for run in old), *leftovers):
            (publish.discard if folder.name.startswith(publish.STAGING) else _remove)(folder)
    return Pruned(tuple(run.folder for run in old), tuple(leftovers))


def _leftovers(reports: Path) -> list[Path]:
    """Return staging folders whose run's lock is free, and damaged folders that were set aside."""
    staging = [path for path in staging_folders(reports) if not publish.is_being_made(reports, path)]
    return staging + list((reports / publish.FAILED).glob("*/*-damaged-*"))


def _old_failures(reports: Path, keep: int) -> list[Path]:
    """Return all but the newest failures of each series and language."""
    kept: dict[tuple[str, str], list[tuple[str, str, Path]]] = defaultdict(list)
    for folder in (reports / publish.FAILED).glob("*/*"):
        if (failure := read_failure(folder)) is not None:
            made = str(failure.run.get("ended", ""))
            kept[folder.parent.name, folder.name[10:14]].append((made, folder.name, folder))
    return [folder for failures in kept.values() for *_, folder in sorted(failures)[:-keep]]


def _remove(folder: Path) -> None:
    """Remove a folder so that a reader never meets half of it: out of sight first, then gone."""
    hidden = folder.with_name(f"{publish.REMOVED}{folder.name.lstrip('.')}")
    folder.rename(hidden)
    shutil.rmtree(hidden, ignore_errors=True)
