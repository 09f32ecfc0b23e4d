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
from daye_analysis.storage.locks import only_writer

_LOCK = ".daye-lock"


@contextlib.contextmanager
def scratch_folder(purpose: str) -> Iterator[Path]:
    """Give an empty folder among the system's temporary files, after removing what dead owners left of the same purpose.

    The lock beside each folder is made before it and held for as long as it is used.
    """
    parent = Path(tempfile.gettempdir())
    for left in parent.glob(f"daye-{purpose}-*{_LOCK}"):
        if _is_own(left):
            with contextlib.suppress(Busy, OSError), only_writer(left, 0.0):
                shutil.rmtree(left.with_suffix(""), ignore_errors=True)
    lock = parent / f"daye-{purpose}-{secrets.token_hex(8)}{_LOCK}"
    with only_writer(lock):
        folder = lock.with_suffix("")
        folder.mkdir(0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _is_own(lock: Path) -> bool:
    """Return whether the lock was made by this user, since others write to the same folder."""
    with contextlib.suppress(OSError):
        return os.name != "posix" or lock.lstat().st_uid == os.getuid()
    return False
