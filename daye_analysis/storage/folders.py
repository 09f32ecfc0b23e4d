"""Put a finished folder in the place of an old one, all at once or not at all.

.NAME.daye-new/    the folder on its way, beside its destination NAME
.NAME.daye-old/    the old one, between the two renames that exchange them
.NAME.daye-lock    held by the one who writes; whatever else of these is there is what a killed one left
"""

from __future__ import annotations

import contextlib
import filecmp
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from daye_analysis.storage.files import all_to_disk, to_disk
from daye_analysis.storage.locks import only_writer


@contextlib.contextmanager
def replaced_folder(destination: Path, refuse: Callable[[Path], None]) -> Iterator[Path]:
    """Give an empty folder beside `destination`; when the block ends well, it takes that folder's place.

    When the block fails, nothing under `destination` has changed and the new folder is gone. An old folder with exactly
    the same files stays, so that the same call again, after a kill too, ends as the first one would have. `refuse` is
    given the path of each file of an old folder that the new one does not have alike, and raises where it may not go.
    Raises OSError where something cannot be written, Busy as `only_writer` does.
    """
    destination = destination.resolve()
    destination.parent.mkdir(parents=True, exist_ok=True)
    new, old = (destination.with_name(f".{destination.name}.daye-{each}") for each in ("new", "old"))
    with only_writer(destination.with_name(f".{destination.name}.daye-lock")):
        _heal(destination, new, old)
        try:
            new.mkdir()
            yield new
            if not _same(new, destination):
                for path in _unlike(new, destination):
                    refuse(path)
                all_to_disk(new)
                _exchange(new, destination, old)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _heal(destination: Path, new: Path, old: Path) -> None:
    """Remove what a killed writer left, and put the old folder back where it was killed between two renames."""
    if old.exists() and not destination.exists():
        old.rename(destination)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)


def _exchange(new: Path, destination: Path, old: Path) -> None:
    if destination.exists() and not any(destination.iterdir()):
        destination.rmdir()
    if destination.exists():
        destination.rename(old)
    try:
        new.rename(destination)
    except OSError:
        if old.exists():
            old.rename(destination)
        raise
    to_disk(destination.parent)
    shutil.rmtree(old, ignore_errors=True)


def files_below(folder: Path) -> list[Path]:
    """Return the relative path of each file and link below `folder`; none where it is not there."""
    return sorted(
        each.relative_to(folder) for each in folder.rglob("*") if each.is_symlink() or not each.is_dir()
    )


def _is_alike(one: Path, other: Path) -> bool:
    return (
        one.is_file()
        and not other.is_symlink()
        and other.is_file()
        and filecmp.cmp(one, other, shallow=False)
    )


def _unlike(new: Path, destination: Path) -> list[Path]:
    """Return the relative paths of the files below `destination` that `new` does not have alike."""
    return [path for path in files_below(destination) if not _is_alike(new / path, destination / path)]


def _same(new: Path, destination: Path) -> bool:
    return (
        destination.is_dir()
        and files_below(new) == files_below(destination)
        and not _unlike(new, destination)
    )
