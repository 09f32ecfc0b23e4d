"""Open an untrusted package: only files named in the definition, only regular local files, no network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from daye_analysis.errors import CheckFailed, NotReadable, Problem, Refused
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH
from daye_analysis.package.odd_characters import odd_character, without_layout
from daye_analysis.package.untrusted.archive import Archive
from daye_analysis.package.untrusted.content import Budget, Container
from daye_analysis.package.untrusted.descriptor import (
    DESCRIPTOR,
    RESOURCE_PATHS,
    dangers,
    departures,
    profile_of,
    resources_of,
)
from daye_analysis.package.untrusted.folder import Folder
from daye_analysis.package.untrusted.limits import ReadLimits
from daye_analysis.package.untrusted.messages import GUARD_PROBLEMS
from daye_analysis.package.untrusted.strict_json import parse_strictly
from daye_analysis.problem_messages import worded

CHANGELOG = "CHANGELOG.md"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
# A package that is replaced more often than this while it is read is read as it is.
_MOST_READS = 5
_HASH = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class RawPackage:
    """A package as it was read, once: its descriptor, the bytes of its files by path, and what is wrong so far.

    `descriptor` is untrusted JSON: nothing in it may be opened, run or believed. `files` has the
    tables and the official text that were there; `changelog` is its CHANGELOG.md, empty where it keeps none; `limits` are
    those it was read within.
    """

    descriptor: Mapping[str, Any]
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    limits: ReadLimits
    changelog: bytes = b""

    @property
    def name(self) -> str:
        """Return the package's name, or an empty string where it has none."""
        return str(self.descriptor.get("name", ""))

    @property
    def version(self) -> str:
        """Return the package's version, or an empty string where it has none."""
        return str(self.descriptor.get("version", ""))

    @property
    def profile(self) -> str:
        """Return the version of our profile that the package names, or an empty string."""
        return profile_of(self.descriptor)

    @property
    def official_text(self) -> str | None:
        """Return the official text into which spans point, or None where it is missing or no UTF-8."""
        content = self.files.get(OFFICIAL_TEXT_PATH)
        if content is None:
            return None
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return None


def open_package(path: Path, limits: ReadLimits | None = None) -> RawPackage:
    """Read the package at `path`: a folder, its datapackage.json, or a .zip with datapackage.json at its top or in its one folder.

    Raises NotReadable (exit 3) where there is no such package or its descriptor is no strict JSON, and Refused
    (exit 4) with every entry that points outside the package, every link or special file, and archives that are
    bombs. No network address is ever opened, and there is no way to allow one. What is merely not as defined
    (a missing table, a wrong hash) is returned in `problems`.
    """
    limits = limits or ReadLimits()
    if _ADDRESS.match(str(path)):
        raise Refused(worded(GUARD_PROBLEMS, "guard.address", "", found=path))
    if path.is_dir():
        return _read_steadily(Folder(path), DESCRIPTOR, limits)
    if path.suffix == ".json":
        return _read_steadily(Folder(path.parent), path.name, limits)
    if path.suffix == ".zip" and path.is_file():
        archive = Archive(path, limits)
        try:
            return _read(archive, DESCRIPTOR, limits)
        finally:
            archive.close()
    raise NotReadable(worded(GUARD_PROBLEMS, "guard.not-found", path.name))


def read_files(files: Mapping[str, bytes], limits: ReadLimits | None = None) -> RawPackage:
    """Return the package whose files are `files`, content by path; raises as `open_package` does."""
    return _read(_InMemory(files), DESCRIPTOR, limits or ReadLimits())


@dataclass(frozen=True, slots=True)
class _InMemory:
    files: Mapping[str, bytes]

    def open(self, path: str) -> BinaryIO:
        if path not in self.files:
            raise FileNotFoundError(path)
        return BytesIO(self.files[path])


def _read_steadily(folder: Folder, descriptor_path: str, limits: ReadLimits) -> RawPackage:
    """Return the package in `folder`, read again where it was replaced while it was read."""
    for _ in range(_MOST_READS - 1):
        raw = _read(folder, descriptor_path, limits)
        if not raw.problems or _descriptor(folder, descriptor_path, limits) == raw.descriptor:
            return raw
    return _read(folder, descriptor_path, limits)


def _read(container: Container, descriptor_path: str, limits: ReadLimits) -> RawPackage:
    descriptor = _descriptor(container, descriptor_path, limits)
    listed = descriptor.get("resources")
    if isinstance(listed, list) and len(listed) > limits.resources:
        raise Refused(worded(GUARD_PROBLEMS, "guard.too-many-resources", descriptor_path, found=len(listed), limit=limits.resources))
    dangerous = dangers(descriptor)
    if dangerous:
        raise Refused(dangerous)
    problems = departures(descriptor)
    budget = Budget(limits)
    files: dict[str, bytes] = {}
    refused: list[Problem] = []
    for name, resource in resources_of(descriptor):
        path = RESOURCE_PATHS.get(name)
        if path is None or resource.get("path") != path or path in files:
            continue
        try:
            files[path] = budget.read(container, path)
        except FileNotFoundError:
            problems.append(worded(GUARD_PROBLEMS, "package.file-missing", path))
        except CheckFailed as failed:
            problems.extend(failed.problems)
        except Refused as failed:
            refused.extend(failed.problems)
        else:
            problems.extend(_integrity(path, files[path], resource))
            if path == OFFICIAL_TEXT_PATH:
                problems.extend(_odd_lines(files[path]))
    if refused:
        raise Refused(refused)
    try:
        changes = budget.read(container, CHANGELOG)
    except (FileNotFoundError, CheckFailed):
        changes = b""
    return RawPackage(descriptor, files, tuple(problems), limits, changes)


def _odd_lines(content: bytes) -> list[Problem]:
    """Return a problem for the first line of the official text with a character that none may hold."""
    for number, line in enumerate(content.decode("utf-8", errors="ignore").split("\n"), 1):
        if odd := odd_character(without_layout(line)):
            where = f"{OFFICIAL_TEXT_PATH}:{number}"
            return [worded(GUARD_PROBLEMS, "package.odd-character", where, character=odd.name)]
    return []


def _descriptor(container: Container, path: str, limits: ReadLimits) -> dict[str, Any]:
    most = limits.descriptor_bytes
    try:
        content = Budget(ReadLimits(total_bytes=most, line_bytes=most)).read(container, path)
    except FileNotFoundError:
        raise NotReadable(worded(GUARD_PROBLEMS, "guard.not-found", path)) from None
    except (CheckFailed, Refused) as error:
        if error.problems[0].code not in ("guard.too-big", "package.line-too-long"):
            raise
        raise NotReadable(worded(GUARD_PROBLEMS, "guard.descriptor-too-big", path, limit=most)) from None
    value = parse_strictly(content, path, limits)
    if not isinstance(value, dict):
        raise NotReadable(worded(GUARD_PROBLEMS, "guard.json-malformed", path, found="no object"))
    return value


def _integrity(path: str, content: bytes, resource: Mapping[str, Any]) -> list[Problem]:
    """Compare the bytes that were read with the size and hash that the descriptor states, where it does."""
    size, stated = resource.get("bytes", len(content)), resource.get("hash")
    if size != len(content):
        return [worded(GUARD_PROBLEMS, "package.bytes-differ", path, found=len(content), wanted=size)]
    if "hash" not in resource:
        return []
    if not isinstance(stated, str) or not _HASH.fullmatch(stated):
        return [worded(GUARD_PROBLEMS, "package.hash-unknown", path, found=stated)]
    if stated != f"sha256:{hashlib.sha256(content).hexdigest()}":
        return [worded(GUARD_PROBLEMS, "package.hash-differs", path)]
    return []
