"""Small files that several processes replace: one lock for all, and one step from old to new content."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from daye_analysis.errors import InfrastructureFailed
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.publishing.problems import PUBLISHING_PROBLEMS
from daye_analysis.storage.files import replace_by
from daye_analysis.storage.locks import held_lock

LOCKS = ".locks"
# How the file beside the old one is called while it is written.
ENDING = ".new"
PATIENCE = 60.0


@contextlib.contextmanager
def shared_files(reports: Path, name: str = "files", patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock under which files that several processes replace are read and written; milliseconds at a time.

    The operating system frees it when its holder dies. `name` distinguishes locks. Raises InfrastructureFailed when it is
    not to be had within `patience` seconds.
    """
    lock = reports / LOCKS / f"{name}.lock"

    def locked() -> InfrastructureFailed:
        return InfrastructureFailed(worded(PUBLISHING_PROBLEMS, "reports.locked", str(lock)))

    lock.parent.mkdir(parents=True, exist_ok=True)
    with held_lock(lock, patience, locked, poll_seconds=0.01):
        yield


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one step: a reader meets the old content or the new, never a part.

    The caller holds the lock (`shared_files`).
    """
    replace_by(path.with_name(f".{path.name}{ENDING}"), path, data)


def replace_if_other(path: Path, data: bytes) -> None:
    """Write `data` to `path` as `replace_file` does, unless it holds just that."""
    if not (path.is_file() and path.read_bytes() == data):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
