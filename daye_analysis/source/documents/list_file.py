"""The file that a list is in: only a regular one is read, since a pipe or a device never ends."""

from __future__ import annotations

from pathlib import Path

from daye_analysis.errors import NotReadable
from daye_analysis.source.problems import source_problem


def require_file(path: Path) -> None:
    """Raise NotReadable (`source.file-not-found`, `source.not-a-file`) where `path` is no regular file."""
    if not path.exists():
        raise NotReadable(source_problem("file-not-found", path.name))
    if not path.is_file():
        raise NotReadable(source_problem("not-a-file", path.name))
