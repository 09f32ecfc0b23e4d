"""One writer at a time: a lock beside the written files, released by the operating system when its holder dies."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from daye_analysis.errors import Busy, DayeError
from daye_analysis.problem_messages import worded
from daye_analysis.storage.messages import STORAGE_PROBLEMS

WAIT_SECONDS = 60.0


@contextlib.contextmanager
def only_writer(lock: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock file `lock`, whose folder exists, and remove it in the end.

    The file of a holder that died means nothing: the next one takes it over. Raises Busy (`storage.busy`) when another
    process holds the lock for longer than `wait_seconds`.
    """

    def busy() -> Busy:
        return Busy(worded(STORAGE_PROBLEMS, "storage.busy", str(lock.parent), seconds=f"{wait_seconds:g}"))

    with contextlib.ExitStack() as removed, held_lock(lock, wait_seconds, busy):
        try:
            yield
        finally:
            # Removed while it is held, so that no other lock is removed; a waiting process notices and creates it again.
            # Windows removes no open file: there the one who still waits keeps it.
            if os.name == "posix":
                lock.unlink(missing_ok=True)
            else:
                removed.callback(_unlink_free, lock)


def _unlink_free(lock: Path) -> None:
    with contextlib.suppress(OSError):
        lock.unlink(missing_ok=True)


@contextlib.contextmanager
def held_lock(
    lock: Path, wait_seconds: float, refusal: Callable[[], DayeError], poll_seconds: float = 0.05
) -> Iterator[None]:
    """Hold the lock file `lock`, whose folder exists; the operating system frees it when its holder dies.

    Raises what `refusal` returns when another process holds it for longer than `wait_seconds`. The file stays: one that
    is left behind means nothing.
    """
    from filelock import FileLock, Timeout

    held = FileLock(lock)
    try:
        held.acquire(timeout=wait_seconds, poll_interval=poll_seconds)
    except Timeout:
        raise refusal() from None
    try:
        yield
    finally:
        held.release()

