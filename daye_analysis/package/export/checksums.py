"""Checksums of a published folder: its files, and whether any of them was changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

CHECKSUMS = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """Write the SHA-256 of every file of a folder to `SHA256SUMS` in it, in the form that `sha256sum --check` reads."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def known_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that a folder's `SHA256SUMS` lists, by path; nothing where there is none."""
    sums = folder / CHECKSUMS
    lines = sums.read_text(encoding="utf-8", errors="replace").splitlines() if sums.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def unchanged_since(folder: Path, sign: str) -> Callable[[Path], bool]:
    """Return a test of whether the file at a relative path was published with the folder and has not been changed since.

    A folder of this kind holds the file `sign`; nothing in another one passes, though it may be published too.
    """

    @cache
    def known() -> dict[str, str]:
        return known_files(folder)

    def unchanged(path: Path) -> bool:
        if sign not in known():
            return False
        return path.as_posix() == CHECKSUMS or known().get(path.as_posix()) == _digest(folder / path)

    return unchanged


def _digest(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
