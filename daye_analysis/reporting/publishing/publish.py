"""From a staging folder to a published one in one rename, so that a reader never meets half a report.

    reports/<notebook>/<as_of>-<language>-<hash8>/   a published run; it is there whole or not at all
    reports/<notebook>/.staging-<hash8>-<random>/    a run on its way, or what a crash left of one
    reports/latest/<notebook>.<language>.pdf         a copy for people, replaced in one step
    reports/failed/<notebook>/<as_of>-<language>-<hash8>/   the executed notebook of a failed run, and the reason
    reports/sweeps/<name>/                           the tables and the index page of a sweep (`pages`)
    reports/.locks/<hash>.lock                       held while a run is made; freed when its holder dies
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
from daye_analysis.reporting.publishing.identity import Identity
from daye_analysis.reporting.publishing.manifest import (
    MANIFEST,
    Damaged,
    Manifest,
    check_files,
    read_manifest,
    with_occasion,
)
from daye_analysis.reporting.publishing.problems import PUBLISHING_PROBLEMS
from daye_analysis.storage.files import move, to_disk

FAILED = "failed"
LATEST = "latest"
LOCKS = ".locks"
STAGING = ".staging"
SWEEPS = "sweeps"
# Folders of `reports/` that are no notebook's.
OWN = (FAILED, LATEST, LOCKS, SWEEPS)


def destination(reports: Path, identity: Identity) -> Path:
    """Return the folder in which the run is, or would be, published."""
    return reports / identity.notebook / identity.folder_name


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
    """Yield every folder that looks like a published run, by notebook and name."""
    if not reports.is_dir():
        return
    for notebook in sorted(reports.iterdir()):
        if notebook.is_dir() and notebook.name not in OWN and not notebook.name.startswith("."):
            for folder in sorted(notebook.iterdir()):
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
    from filelock import FileLock, Timeout

    folder = reports / LOCKS
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{identity.sha256}.lock")
    try:
        lock.acquire(timeout=wait_seconds, poll_interval=0.05)
    except Timeout:
        raise Busy(_problem_busy(identity)) from None
    try:
        yield
    finally:
        lock.release()


def is_being_made(reports: Path, staging: Path) -> bool:
    """Return whether someone holds the lock of the run that this staging folder belongs to."""
    from filelock import FileLock, Timeout

    digest = staging.name.removeprefix(f"{STAGING}-").partition("-")[0]
    for path in (reports / LOCKS).glob(f"{digest}*.lock"):
        try:
            with FileLock(path, timeout=0):
                pass
        except Timeout:
            return True
    return False


def new_staging(reports: Path, identity: Identity) -> Path:
    """Return a new private folder beside the destination; what crashes left of the same run is removed.

    The caller holds the run's lock, so that no one works in the folders removed.
    """
    remove_staging(reports, identity)
    staging = reports / identity.notebook / f"{_staging_prefix(identity)}{secrets.token_hex(4)}"
    staging.parent.mkdir(parents=True, exist_ok=True)
    staging.mkdir(mode=0o700)
    return staging


def has_staging(reports: Path, identity: Identity) -> bool:
    """Return whether a staging folder of the run is there: someone makes it, or a crash left it."""
    return any((reports / identity.notebook).glob(f"{_staging_prefix(identity)}*"))


def remove_staging(reports: Path, identity: Identity) -> None:
    """Remove what crashes left of the run; the caller holds its lock."""
    for left in (reports / identity.notebook).glob(f"{_staging_prefix(identity)}*"):
        shutil.rmtree(left, ignore_errors=True)


def _staging_prefix(identity: Identity) -> str:
    return f"{STAGING}-{identity.sha256[:8]}-"


def publish(staged: Path, target: Path) -> None:
    """Move a whole run folder to its place in one rename, after its bytes reached the disk."""
    for path in staged.rglob("*"):
        if path.is_file():
            to_disk(path)
    to_disk(staged)
    staged.chmod(0o755)
    staged.rename(target)
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


def update_latest(reports: Path, identity: Identity) -> Path | None:
    """Copy the run's PDF to `latest/`, unless a run with a later `as_of` is there; return the copy.

    The copy is replaced in one step and only when it differs.
    """
    if _later(reports, identity) is not None:
        return None
    newest = destination(reports, identity)
    copy = _copy_to_latest(reports, identity, newest / "report.pdf")
    # Someone may have published and copied a later one since the look: theirs must not stay overwritten.
    while (later := _later(reports, identity)) not in (None, newest):
        newest = later
        with contextlib.suppress(FileNotFoundError):  # pruned in this moment: the next look does not find it
            copy = _copy_to_latest(reports, identity, newest / "report.pdf")
    return copy


def _later(reports: Path, identity: Identity) -> Path | None:
    """Return the published run of the same notebook and language with the latest day, if later than this one's."""
    others = (reports / identity.notebook).glob(f"????-??-??-{identity.language}-*")
    day = identity.as_of.isoformat()
    later = [other for other in others if other.name[:10] > day and (other / "report.pdf").is_file()]
    return max(later, key=lambda other: other.name[:10], default=None)


def _copy_to_latest(reports: Path, identity: Identity, source: Path) -> Path:
    copy = reports / LATEST / f"{identity.notebook}.{identity.language}.pdf"
    data = source.read_bytes()
    if copy.is_file() and copy.read_bytes() == data:
        return copy
    copy.parent.mkdir(parents=True, exist_ok=True)
    replace_file(copy, data)
    return copy


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one step: a reader meets the old content or the new, never a part."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        temporary.write_bytes(data)
        to_disk(temporary)
        move(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def failed_folder(reports: Path, identity: Identity) -> Path:
    """Return the folder that keeps the run's last failure, if it failed."""
    return reports / FAILED / identity.notebook / identity.folder_name


def keep_failed(
    reports: Path, identity: Identity, notebook: bytes | None, error: DayeError, run: Mapping[str, Any]
) -> Path:
    """Keep a failed run's notebook and reason, in place of an earlier failure of the same run; return the folder."""
    folder = failed_folder(reports, identity)
    temporary = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
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
    return worded(RUN_PROBLEMS, "run.busy", f"{identity.notebook}/{identity.folder_name}")
