"""Remove what killed processes left in the reports folder, but never while their owner is alive.

An owner holds a lock for as long as it works: the run's own while it stages, publishes or keeps a failure, that of the
shared files (`shared_files`) while it replaces one. The operating system frees both when it dies.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from daye_analysis.reporting.publishing.failure import read_failure
from daye_analysis.reporting.publishing.publish import (
    FAILED,
    LATEST,
    OWN,
    REMOVED,
    STAGING,
    SWEEPS,
    discard,
    is_being_made,
)
from daye_analysis.reporting.publishing.shared_files import ENDING, shared_files


def sweep_leftovers(reports: Path) -> list[Path]:
    """Remove what dead processes left below `reports` and return it."""
    found = [path for path in staging_folders(reports) if not is_being_made(reports, path)]
    for path in found:
        discard(path)
    failures = [path for path in _half_failures(reports) if not is_being_made(reports, path)]
    for path in failures:
        _settle(path)
    for series in (reports / FAILED).glob("*"):
        # All of its failures were made good. One that is being kept just now makes its folder again (`keep_failed`).
        with contextlib.suppress(OSError):
            series.rmdir()
    return [*found, *failures, *_half_files(reports)]


def staging_folders(reports: Path) -> list[Path]:
    """Return the staging folders of all runs, living or dead."""
    series = [
        path
        for path in reports.glob("*")
        if path.is_dir() and path.name not in OWN and not path.name.startswith(".")
    ]
    return sorted(path for folder in series for path in folder.glob(f"{STAGING}-*"))


def _half_failures(reports: Path) -> list[Path]:
    """Return failures that were half kept (hidden yet) or half forgotten (without their reason)."""
    folders = [
        path for path in (reports / FAILED).glob("*/*") if path.is_dir() and "-damaged-" not in path.name
    ]
    return sorted(path for path in folders if path.name.startswith(".") or read_failure(path) is None)


def _settle(folder: Path) -> None:
    """Keep a failure that was about to be kept, where its place is free; else remove it, as what was being removed."""
    place = folder.with_name(folder.name[1:].rpartition("-")[0])
    is_new = folder.name.startswith(".") and not folder.name.startswith(REMOVED)
    if is_new and read_failure(folder) is not None and not place.exists():
        with contextlib.suppress(OSError):
            folder.rename(place)
            return
    shutil.rmtree(folder, ignore_errors=True)


def _half_files(reports: Path) -> list[Path]:
    patterns = (f".*{ENDING}", f"{LATEST}/.*{ENDING}", f"{SWEEPS}/*/.*{ENDING}")
    if not any(path for pattern in patterns for path in reports.glob(pattern)):
        return []
    with shared_files(reports):
        found = sorted(path for pattern in patterns for path in reports.glob(pattern))
        for path in found:
            path.unlink(missing_ok=True)
    return found
