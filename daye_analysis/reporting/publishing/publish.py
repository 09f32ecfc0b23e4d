"""Publish a staging folder in one rename, so that no reader sees a partial report.

    reports/<series>/<as_of>-<language>-<hash8>/     a published run; it is there whole or not at all
    reports/<series>/.staging-<hash8>-<random>/      a run on its way, or what a crash left of one (`leftovers`)
    reports/latest/<series>.<language>.pdf           a copy for people, replaced in one step (`latest`)
    reports/failed/<series>/<as_of>-<language>-<hash8>/   the executed notebook of a failed run, and the reason
    reports/sweeps/<name>/                           the tables and the index page of a sweep (`sweeps.pages`)
    reports/index.html, index.en.html                what there is (`index_page`)
    reports/served.json                              the slots whose reports were removed (`served`)
    reports/.locks/<hash>.lock                       held while a run is made; freed when its holder dies

What a series is, and how its folder is called: `series`.
"""

from __future__ import annotations

import contextlib
import errno
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from daye_analysis.errors import Busy, DayeError, InfrastructureFailed, NotReadable, Problem
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.problems import RUN_PROBLEMS
from daye_analysis.reporting.publishing.failure import FAILURE, failure_bytes
from daye_analysis.reporting.publishing.identity import Identity, series_key
from daye_analysis.reporting.publishing.manifest import (
    MANIFEST,
    Damaged,
    Manifest,
    check_files,
    read_manifest,
    with_occasion,
)
from daye_analysis.reporting.publishing.problems import PUBLISHING_PROBLEMS
from daye_analysis.reporting.publishing.shared_files import LOCKS
from daye_analysis.storage.files import move, to_disk
from daye_analysis.storage.locks import held_lock

FAILED = "failed"
LATEST = "latest"
STAGING = ".staging"
# Begins the name of a folder that is being removed, once it is out of sight.
REMOVED = f"{STAGING}-removed-"
SWEEPS = "sweeps"
# Where a run that is generated again is kept until the new one is in its place.
REPLACED = "replaced"
INDEX = "index.html"
INDEX_EN = "index.en.html"
# Names in `reports/` that are no series'.
OWN = (FAILED, LATEST, LOCKS, SWEEPS, INDEX, INDEX_EN)


def destination(reports: Path, identity: Identity) -> Path:
    """Return the folder in which the run is, or would be, published."""
    return reports / identity.series / identity.folder_name


def published(reports: Path, identity: Identity) -> Manifest | None:
    """Return the manifest of the published run, None when there is none; raise Damaged when it cannot be relied on."""
    folder = destination(reports, identity)
    if not folder.exists():
        return None
    manifest = read_manifest(folder)
    if manifest.identity_sha256 != identity.sha256:
        raise Damaged("manifest of another run")
    check_files(folder, manifest)
    return manifest


def published_folders(reports: Path) -> Iterator[Path]:
    """Yield every folder that looks like a published run, by series and name."""
    if not reports.is_dir():
        return
    for series in sorted(reports.iterdir()):
        if series.is_dir() and series.name not in OWN and not series.name.startswith("."):
            for folder in sorted(series.iterdir()):
                if folder.is_dir() and not folder.name.startswith("."):
                    yield folder


def require_writable(reports: Path) -> None:
    """Make the reports folder; raise NotReadable or InfrastructureFailed when nothing can be written there."""
    try:
        reports.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=reports):
            pass
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        raise NotReadable(_problem_folder(reports, error)) from None
    except OSError as error:
        # A read-only file system is no passing trouble, a full disk may be.
        kind = NotReadable if error.errno == errno.EROFS else InfrastructureFailed
        raise kind(_problem_folder(reports, error)) from None


@contextlib.contextmanager
def run_lock(reports: Path, identity: Identity, wait_seconds: float) -> Iterator[None]:
    """Hold the lock of one run; raise Busy when another process holds it for longer than `wait_seconds`.

    The operating system frees it when its holder dies, so that a lock file left behind means nothing.
    """
    (reports / LOCKS).mkdir(parents=True, exist_ok=True)
    with held_lock(reports / LOCKS / f"{identity.sha256}.lock", wait_seconds, lambda: Busy(_problem_busy(identity))):
        yield


def is_being_made(reports: Path, staging: Path) -> bool:
    """Return whether a process holds the lock of the run that this folder, named by its hash, belongs to."""
    from filelock import FileLock, Timeout

    digest = staging.name.split("-")[-2]
    for path in (reports / LOCKS).glob(f"{digest}*.lock"):
        try:
            with FileLock(path, timeout=0):
                pass
        except Timeout:
            return True
    return False


def new_staging(reports: Path, identity: Identity) -> Path:
    """Return a new private folder beside the destination; what crashes left of the same run is removed.

    The caller holds the run's lock, so that no other process works in the removed folders.
    """
    remove_staging(reports, identity)
    staging = reports / identity.series / f"{_staging_prefix(identity)}{secrets.token_hex(4)}"
    staging.parent.mkdir(parents=True, exist_ok=True)
    staging.mkdir(mode=0o700)
    return staging


def has_staging(reports: Path, identity: Identity) -> bool:
    """Return whether a staging folder of the run is there: another process makes it, or a crash left it."""
    return any((reports / identity.series).glob(f"{_staging_prefix(identity)}*"))


def remove_staging(reports: Path, identity: Identity) -> None:
    """Remove what crashes left of the run; the caller holds its lock."""
    for left in (reports / identity.series).glob(f"{_staging_prefix(identity)}*"):
        discard(left)


def discard(staging: Path) -> None:
    """Remove an unused staging folder; a report that was about to be replaced is moved back to its place."""
    with contextlib.suppress(Damaged, OSError, KeyError):
        made = read_manifest(staging / REPLACED)
        name = f"{made.identity['as_of']}-{made.identity['language']}-{made.identity_sha256[:8]}"
        (staging / REPLACED).rename(staging.parent / name)  # refused where the new one is in its place
    shutil.rmtree(staging, ignore_errors=True)


def _staging_prefix(identity: Identity) -> str:
    return f"{STAGING}-{identity.sha256[:8]}-"


def belongs_to(manifest: Manifest, identity: Identity) -> bool:
    """Return whether a run found in a series' folder, or in that of its notebook, is of the same series."""
    if manifest.series:
        return manifest.series == identity.series
    return series_key(manifest.identity) == series_key(identity.as_json())


def publish(staged: Path, target: Path, replaced: Path | None = None) -> None:
    """Move a whole run folder to its place in one rename, after its bytes reached the disk.

    With `replaced`, the run that is there already moves to that folder first, and back where the new one cannot follow.
    """
    for path in staged.rglob("*"):
        if path.is_file():
            to_disk(path)
    to_disk(staged)
    staged.chmod(0o755)
    if replaced is not None and target.exists():
        target.rename(replaced)
    try:
        staged.rename(target)
    except OSError:
        if replaced is not None and replaced.exists():
            replaced.rename(target)
        raise
    to_disk(target.parent)


def note_occasion(reports: Path, identity: Identity, occasion: Mapping[str, Any]) -> None:
    """Have the published run's manifest say that it serves this occasion too; the caller holds the run's lock.

    Written elsewhere first: the folder itself never holds a file that its manifest does not list.
    """
    folder = destination(reports, identity)
    content = with_occasion(folder, occasion)
    if content is None:
        return
    staging = new_staging(reports, identity)
    try:
        (staging / MANIFEST).write_bytes(content)
        to_disk(staging / MANIFEST)
        move(staging / MANIFEST, folder / MANIFEST)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def set_aside(folder: Path, reports: Path) -> Path:
    """Move a damaged run folder out of the way and return where it is now."""
    target = reports / FAILED / folder.parent.name / f"{folder.name}-damaged-{secrets.token_hex(4)}"
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)
    return target


def failed_folder(reports: Path, identity: Identity) -> Path:
    """Return the folder that keeps the run's last failure, if it failed."""
    return reports / FAILED / identity.series / identity.folder_name


def keep_failed(
    reports: Path, identity: Identity, notebook: bytes | None, error: DayeError, run: Mapping[str, Any]
) -> Path:
    """Keep a failed run's notebook and reason, in place of an earlier failure of the same run; return the folder."""
    folder = failed_folder(reports, identity)
    temporary = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    try:
        temporary.mkdir(parents=True)
    except FileNotFoundError:  # the series' folder was empty and swept in between
        temporary.mkdir(parents=True)
    if notebook is not None:
        (temporary / "report.ipynb").write_bytes(notebook)
    (temporary / FAILURE).write_bytes(failure_bytes(identity, error, run))
    shutil.rmtree(folder, ignore_errors=True)
    temporary.rename(folder)
    return folder


def forget_failed(reports: Path, identity: Identity) -> None:
    """Remove the record of an earlier failure, after the run succeeded."""
    shutil.rmtree(failed_folder(reports, identity), ignore_errors=True)


def _problem_folder(folder: Path, error: OSError) -> Problem:
    reason = error.strerror or type(error).__name__
    return worded(PUBLISHING_PROBLEMS, "reports.not-writable", str(folder), reason=whole(reason))


def _problem_busy(identity: Identity) -> Problem:
    return worded(RUN_PROBLEMS, "run.busy", f"{identity.series}/{identity.folder_name}")
