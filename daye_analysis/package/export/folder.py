"""Putting a finished folder in the place of an old one, all at once or not at all."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from daye_analysis.errors import InfrastructureFailed, Refused, WrongUsage
from daye_analysis.package.export.messages import EXPORT_PROBLEMS
from daye_analysis.problem_messages import worded


@contextlib.contextmanager
def replaced_folder(destination: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Give an empty folder beside `destination`; when the block ends well, it takes that folder's place.

    When the block fails, nothing under `destination` has changed and the staging folder is gone. `is_ours` tells
    whether a file of the old folder, given by its relative path, may go; Refused (`export.folder-not-ours`) where one
    may not, WrongUsage where `destination` is a file, InfrastructureFailed (`export.not-writable`) for a full disk.
    """
    destination = destination.resolve()
    _refuse_foreign(destination, is_ours)
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{destination.name}.new-", dir=destination.parent))
    except OSError as error:
        raise _not_writable(destination, error) from error
    try:
        # A private folder made by tempfile is closed to others; what is published is not.
        staging.chmod(0o755)
        yield staging
        _swap(staging, destination)
    except (OSError, sqlite3.OperationalError) as error:
        raise _not_writable(destination, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _refuse_foreign(destination: Path, is_ours: Callable[[Path], bool]) -> None:
    if not destination.exists():
        return
    if not destination.is_dir():
        raise WrongUsage(
            worded(EXPORT_PROBLEMS, "export.not-a-folder", destination.name, found=destination.name)
        )
    found = sorted(
        path.relative_to(destination)
        for path in destination.rglob("*")
        if path.is_symlink() or not path.is_dir()
    )
    foreign = [path for path in found if not is_ours(path)]
    if foreign:
        raise Refused(
            worded(EXPORT_PROBLEMS, "export.folder-not-ours", destination.name, found=foreign[0].as_posix())
        )


def _swap(staging: Path, destination: Path) -> None:
    """Rename `staging` to `destination`; whatever stood there is put back if that fails."""
    if not destination.exists():
        staging.rename(destination)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{destination.name}.old-", dir=destination.parent))
    destination.rename(old / "was")
    try:
        staging.rename(destination)
    except OSError:
        (old / "was").rename(destination)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _not_writable(destination: Path, error: Exception) -> InfrastructureFailed:
    reason = error.strerror if isinstance(error, OSError) else error
    return InfrastructureFailed(worded(EXPORT_PROBLEMS, "export.not-writable", destination.name, found=reason))
