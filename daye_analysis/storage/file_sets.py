"""Replace several files of a folder as one, while other files and the folder itself remain.

The new files are written to `.daye-staged/`, which one rename turns into `.daye-next/`: from then on they are the
folder's files, wherever they are. They are moved to their places, and the empty folder goes. A reader looks into
`.daye-next/` first (`current`), so that it meets one version even where the writer was killed in between; the next
writer finishes what was begun.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from daye_analysis.storage.files import all_to_disk, move, to_disk

NEXT = ".daye-next"
_STAGED = ".daye-staged"
LOCK = ".daye.lock"


def current(root: Path, path: str) -> Path:
    """Return where the file `path` of the folder `root` is: in its place, or still on its way there."""
    on_its_way = root / NEXT / path
    return on_its_way if on_its_way.is_file() else root / path


def is_begun(root: Path) -> bool:
    """Return whether files are on their way to their places below `root`."""
    return (root / NEXT).is_dir()


def finish(root: Path) -> None:
    """Finish what a killed writer began and remove what it did not begin; the caller holds `root / LOCK`."""
    shutil.rmtree(root / _STAGED, ignore_errors=True)
    begun = root / NEXT
    if not begun.is_dir():
        return
    folders = {root}
    for path in sorted(each for each in begun.rglob("*") if each.is_file()):
        target = root / path.relative_to(begun)
        target.parent.mkdir(parents=True, exist_ok=True)
        folders |= {target.parent, target.parent.parent}
        move(path, target)
    for folder in folders:
        to_disk(folder)
    shutil.rmtree(begun)


def replace_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Put `files`, content by path, in their places below `root`, all or none; the caller holds `root / LOCK`.

    Raises OSError: before the rename that counts nothing has changed; after it, the new files are the current ones and
    the next writer moves those that are left.
    """
    finish(root)
    if not files:
        return
    staged = root / _STAGED
    try:
        for path, content in files.items():
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            (staged / path).write_bytes(content)
            # A folder that cannot be written to, or is in the place of a file, is met before anything counts.
            _require_writable((root / path).parent)
            if (root / path).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(root / path))
        all_to_disk(staged)
        staged.rename(root / NEXT)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    to_disk(root)
    finish(root)


def _require_writable(folder: Path) -> None:
    """Raise PermissionError where `folder`, or the nearest one above it that is there, cannot be written to."""
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
