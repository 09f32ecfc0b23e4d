"""Read regular files inside one folder; no link leads out of it, not even one replaced during reading."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from daye_analysis.errors import Refused
from daye_analysis.package.untrusted.messages import GUARD_PROBLEMS
from daye_analysis.problem_messages import worded
from daye_analysis.storage.file_sets import NEXT

_BY_DESCRIPTOR = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")


class Folder:
    """The files of one package folder; the folder's own path may be a link, since its user chose it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, path: str) -> BinaryIO:
        """Return the regular file at the relative `path`, opened.

        Raises FileNotFoundError, OSError, or Refused (`guard.link`, `guard.special-file`); a FIFO or a device is
        refused without waiting for it. A file that a killed writer left on its way is read there (see `file_sets`).
        """
        opened = open_by_descriptor if _BY_DESCRIPTOR else open_by_name
        with suppress(FileNotFoundError):
            return opened(self.root, f"{NEXT}/{path}")
        return opened(self.root, path)


def open_by_descriptor(root: Path, path: str) -> BinaryIO:
    """Open `path` step by step from `root`, each step from the folder already open and never through a link."""
    *folders, name = path.split("/")
    held = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            inner = _open_step(held, folder, os.O_DIRECTORY, path)
            os.close(held)
            held = inner
        file = _open_step(held, name, os.O_NONBLOCK, path)
    finally:
        os.close(held)
    return _regular(file, path)


def _open_step(held: int, name: str, kind: int, path: str) -> int:
    try:
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | kind, dir_fd=held)
    except FileNotFoundError:
        raise
    except OSError as error:
        # What is there now may be something else already: the error itself names a link.
        if error.errno == errno.ELOOP:
            raise _refusal("guard.link", path) from error
        with suppress(OSError):
            mode = os.stat(name, dir_fd=held, follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                raise _refusal("guard.link", path) from error
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                raise _refusal("guard.special-file", path) from error
        raise


def open_by_name(root: Path, path: str) -> BinaryIO:
    """Open `path` where folders cannot be held open: look at each step, open, and see that it is the same file."""
    step = root
    for part in path.split("/"):
        step = step / part
        looked_at = step.lstat()
        reparse = getattr(looked_at, "st_reparse_tag", 0)
        if stat.S_ISLNK(looked_at.st_mode) or reparse:
            raise _refusal("guard.link", path)
    if not stat.S_ISREG(looked_at.st_mode):
        raise _refusal("guard.special-file", path)
    file = os.open(step, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    opened = os.fstat(file)
    if (opened.st_dev, opened.st_ino) != (looked_at.st_dev, looked_at.st_ino):
        os.close(file)
        raise _refusal("guard.link", path)
    return _regular(file, path)


def _regular(file: int, path: str) -> BinaryIO:
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise _refusal("guard.special-file", path)
    return os.fdopen(file, "rb")


def _refusal(code: str, path: str) -> Refused:
    return Refused(worded(GUARD_PROBLEMS, code, path))
