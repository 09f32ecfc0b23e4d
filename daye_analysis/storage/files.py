"""Read one whole file, and write one so that readers see its old or its new content, even after a kill or on a full disk."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

from daye_analysis.storage.locks import only_writer


def file_content(path: Path) -> bytes:
    """Return the content of a file; raises OSError where it cannot be read, is a folder, or has no end, as a pipe or a device."""
    return regular_file(path).read_bytes()


def regular_file(path: Path) -> Path:
    """Return `path` for a library to read; raises OSError as `file_content` does."""
    _refuse_endless(path)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not path.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return path


def _refuse_endless(path: Path) -> None:
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, "Not a regular file", str(path))


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` in one step; what a killed writer of the same file left beside it goes.

    Raises OSError where it cannot be written (the old file is then as it was) or is a pipe or a device, Busy as `only_writer` does.
    """
    _refuse_endless(path)
    with only_writer(_lock(path)):
        replace_by(_beside(path), path, content)
        to_disk(path.parent)


def replace_by(beside: Path, path: Path, content: bytes) -> None:
    """Write `content` to `beside` and put it in the place of `path`; the caller holds the lock of both.

    What a killed process left of `beside` is written over.
    """
    try:
        beside.write_bytes(content)
        to_disk(beside)
        move(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def remove_leftovers(path: Path) -> None:
    """Remove what a killed writer of `path` left beside it; who still writes is waited for."""
    if _lock(path).exists() or _beside(path).exists():
        with only_writer(_lock(path)):
            _beside(path).unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.daye-new")


def _lock(path: Path) -> Path:
    return path.with_name(f".{path.name}.daye-lock")


def move(source: Path, target: Path) -> None:
    """Put the file `source` in the place of `target` in one step; on Windows a reader who has it open is waited for."""
    for _ in range(50):
        try:
            source.replace(target)
        except PermissionError:
            if os.name == "posix":
                raise
            time.sleep(0.1)
        else:
            return
    source.replace(target)


def to_disk(path: Path) -> None:
    """Have the operating system write a file or folder to the disk; Windows cannot do so for folders."""
    if path.is_dir() and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def all_to_disk(folder: Path) -> None:
    """Have the operating system write everything below `folder` to the disk."""
    for path in folder.rglob("*"):
        to_disk(path)
    to_disk(folder)
