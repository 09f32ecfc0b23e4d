"""The folder of an export: only an earlier export is replaced, and a full disk is reported."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from daye_analysis.errors import InfrastructureFailed, Refused, WrongUsage
from daye_analysis.package.export.messages import EXPORT_PROBLEMS
from daye_analysis.problem_messages import worded
from daye_analysis.storage.folders import files_below, replaced_folder


@contextlib.contextmanager
def export_folder(destination: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Give an empty folder that takes the place of `destination` when the block ends well, as `replaced_folder` does.

    `is_ours` says whether a file of the old folder, given by its relative path, may go. Raises Refused
    (`export.folder-not-ours`) where one may not, before the block and after it; WrongUsage where `destination` is a
    file, InfrastructureFailed (`export.not-writable`) for a full disk.
    """

    def refuse(path: Path) -> None:
        if not is_ours(path):
            raise Refused(worded(EXPORT_PROBLEMS, "export.folder-not-ours", destination.name, found=path.as_posix()))

    if destination.exists() and not destination.is_dir():
        raise WrongUsage(worded(EXPORT_PROBLEMS, "export.not-a-folder", destination.name, found=destination.name))
    for path in files_below(destination):
        refuse(path)
    try:
        with replaced_folder(destination, refuse) as new:
            yield new
    except (OSError, sqlite3.OperationalError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InfrastructureFailed(worded(EXPORT_PROBLEMS, "export.not-writable", destination.name, found=reason)) from error
