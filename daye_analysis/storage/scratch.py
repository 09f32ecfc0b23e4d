"""A folder for temporary files, which the next call removes if its owner was killed."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from daye_analysis.errors import Busy
from daye_analysis.storage.locks import WAIT_SECONDS, only_writer

_LOCK = ".daye-lock"


@contextlib.contextmanager
def scratch_folder(purpose: str) -> Iterator[Path]:
    """Give an empty folder among the system's temporary files, after removing what dead owners left of the same purpose.

    The lock beside each folder is made before it and held for as long as it is used.
    """
    parent = Path(tempfile.gettempdir())
    for left in parent.glob(f"daye-{purpose}-*{_LOCK}"):
        if _is_own(left):
            with contextlib.suppress(Busy, OSError), _removed_in_the_end(left, 0.0):
                pass
    with _removed_in_the_end(parent / f"daye-{purpose}-{secrets.token_hex(8)}{_LOCK}", WAIT_SECONDS) as folder:
        folder.mkdir(0o700)
        yield folder


@contextlib.contextmanager
def _removed_in_the_end(lock: Path, wait_seconds: float) -> Iterator[Path]:
    """Hold a lock and give the path of its folder, which is removed in the end, and the lock with it.

    What cannot be removed is tried once more, since another program may have had it open for a moment; if it stays, so does
    the lock, by which the next call finds it.
    """
    folder = lock.with_suffix("")
    with contextlib.ExitStack() as kept, only_writer(lock, wait_seconds):
        try:
            yield folder
        finally:
            for _ in range(2):
                shutil.rmtree(folder, ignore_errors=True)
            if folder.exists():
                kept.callback(lock.touch)


def _is_own(lock: Path) -> bool:
    """Return whether the lock was made by this user, since others write to the same folder."""
    with contextlib.suppress(OSError):
        return os.name != "posix" or lock.lstat().st_uid == os.getuid()
    return False
