"""`latest/<series>.<language>.pdf`: a copy of the newest report of each series, derived from the runs.

Newest is the latest `as_of` that is not in the future, then the one made last. Each call derives the copies again, so
that a process that died between publishing and copying leaves nothing stale.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from daye_analysis.package.formatting import last_day
from daye_analysis.reporting.publishing.identity import Identity
from daye_analysis.reporting.publishing.manifest import Damaged, read_manifest
from daye_analysis.reporting.publishing.publish import LATEST, belongs_to
from daye_analysis.reporting.publishing.published_runs import PublishedRun, by_series
from daye_analysis.reporting.publishing.shared_files import replace_if_other, shared_files

PDF = "report.pdf"


def update_latest(reports: Path, identity: Identity) -> Path | None:
    """Bring the copy of one series up to date and return it; None where no report of it can be relied on."""
    return _update(reports, identity.series, identity.language, lambda: _newest_first(reports, identity))


def update_all(reports: Path, runs: Sequence[PublishedRun]) -> None:
    """Bring the copies of all series up to date but of those that only sweeps made.

    A series without a run of this release keeps the copy that an earlier release wrote.
    """
    today = last_day().isoformat()
    for (series, language), group in by_series(list(runs)).items():
        if any(run.manifest.series for run in group) and not all(run.is_of_a_sweep for run in group):
            folders = [run.folder for run in reversed(group) if run.as_of <= today]
            _update(reports, series, language, functools.partial(tuple, folders))


def _update(
    reports: Path, series: str, language: str, newest_first: Callable[[], Iterable[Path]]
) -> Path | None:
    """Copy the newest PDF where the copy is another; the lock is taken only then, and the runs looked at once more."""
    copy = reports / LATEST / f"{series}.{language}.pdf"
    data = _first_pdf(newest_first())
    if data is not None and not (copy.is_file() and copy.read_bytes() == data):
        with shared_files(reports):
            data = _first_pdf(newest_first())
            if data is not None:
                replace_if_other(copy, data)
    return copy if data is not None else None


def _newest_first(reports: Path, identity: Identity) -> Iterator[Path]:
    """Yield the runs of the series, newest first; manifests are read only of as many days as it takes."""
    today = last_day().isoformat()
    days: dict[str, list[Path]] = {}
    for folder in (reports / identity.series).glob(f"????-??-??-{identity.language}-*"):
        if folder.name[:10] <= today:
            days.setdefault(folder.name[:10], []).append(folder)
    for day in sorted(days, reverse=True):
        found = []
        for folder in days[day]:
            with contextlib.suppress(Damaged):
                manifest = read_manifest(folder)
                if belongs_to(manifest, identity):
                    found.append((str(manifest.run.get("ended", "")), folder.name, folder))
        yield from (folder for *_, folder in sorted(found, reverse=True))


def _first_pdf(newest_first: Iterable[Path]) -> bytes | None:
    """Return the first PDF that is the one which its run's manifest lists."""
    for folder in newest_first:
        with contextlib.suppress(Damaged, KeyError, FileNotFoundError):  # damaged, or pruned in this moment
            data = (folder / PDF).read_bytes()
            if hashlib.sha256(data).hexdigest() == read_manifest(folder).outputs[PDF]["sha256"]:
                return data
    return None
