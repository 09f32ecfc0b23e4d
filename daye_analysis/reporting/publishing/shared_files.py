"""Small files that several processes replace: one lock for all of them, and one step from the old content to the new."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from daye_analysis.errors import InfrastructureFailed
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.publishing.problems import PUBLISHING_PROBLEMS
from daye_analysis.storage.files import move, to_disk

LOCKS = ".locks"
# How the file beside the old one is called while it is written.
ENDING = ".new"
PATIENCE = 60.0


@contextlib.contextmanager
def shared_files(reports: Path, name: str = "files", patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock under which files that several processes replace are read and written; milliseconds at a time.

    The operating system frees it when its holder dies. `name` tells locks apart. Raises InfrastructureFailed when it is
    not to be had within `patience` seconds.
    """
    from filelock import FileLock, Timeout

    folder = reports / LOCKS
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{name}.lock")
    try:
        lock.acquire(timeout=patience, poll_interval=0.01)
    except Timeout:
        raise InfrastructureFailed(worded(PUBLISHING_PROBLEMS, "reports.locked", lock.lock_file)) from None
    try:
        yield
    finally:
        lock.release()


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one step: a reader meets the old content or the new, never a part.

    The caller holds the lock (`shared_files`): what a killed process left of the new file is written over.
    """
    temporary = path.with_name(f".{path.name}{ENDING}")
    try:
        temporary.write_bytes(data)
        to_disk(temporary)
        move(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def replace_if_other(path: Path, data: bytes) -> None:
    """Write `data` to `path` as `replace_file` does, unless it holds just that."""
    if not (path.is_file() and path.read_bytes() == data):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
