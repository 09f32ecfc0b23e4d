"""The identity of a run: a hash of everything on which its outputs depend.

Notebook, parameters, data package, library code, versions of all libraries under it, `as_of` and language. Equal
identities give equal bytes, so that a run whose identity is published already need not be done again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Language
from daye_analysis.reporting.notebooks.parameters import Value
from daye_analysis.reporting.publishing.output_folder import safe_name

DISTRIBUTION = "daye-analysis"
LIBRARY = Path(__file__).parents[2]
# Parameters that the runner fills; the words are the options that set them.
RESERVED = {"as_of": "--as-of", "language": "--language", "package": "--package"}
# The parameter that names the run with which a report compares (`earlier_run`).
PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Identity:
    """Everything that a run's outputs depend on."""

    notebook: str
    notebook_sha256: str
    parameters: Mapping[str, Value]
    package: Mapping[str, Any]
    code: Mapping[str, Any]
    as_of: date
    language: Language
    show_code: bool = False
    # Whether the report fails where anything could not be printed.
    strict: bool = False
    # The hashes of the files that go with the notebook, and of those that its parameters name.
    files: Mapping[str, str] = field(default_factory=dict)
    # The earlier run that the report compares with, and the hash of the assessments read from it.
    earlier: Mapping[str, str] = field(default_factory=dict)
    # The folder of the run's series below `reports/` (`series`): where it goes, of which nothing that it says depends.
    series: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Take the notebook's name for the series, unless another one is given."""
        if not self.series:
            object.__setattr__(self, "series", self.notebook)

    def as_json(self) -> dict[str, Any]:
        """Return the identity in the form used in manifests."""
        return {
            "notebook": self.notebook,
            "notebook_sha256": self.notebook_sha256,
            "parameters": {name: jsonable(value) for name, value in self.parameters.items()},
            "package": dict(self.package),
            "code": dict(self.code),
            "as_of": self.as_of.isoformat(),
            "language": self.language,
            "show_code": self.show_code,
            "strict": self.strict,
            "files": dict(self.files),
            "earlier": dict(self.earlier),
        }

    @property
    def sha256(self) -> str:
        """The hash of `as_json`, 64 hexadecimal digits."""
        return hashlib.sha256(canonical(self.as_json())).hexdigest()

    @property
    def folder_name(self) -> str:
        """The run's folder below `reports/<series>/`."""
        return f"{self.as_of.isoformat()}-{self.language}-{self.sha256[:8]}"


def series_key(identity: Mapping[str, Any]) -> bytes:
    """Return what runs of one series have in common where no manifest names it, as in earlier releases.

    `identity` is such as `Identity.as_json` gives: one notebook, language, set of own parameters and package name.
    """
    own = {name: value for name, value in identity["parameters"].items() if name not in (*RESERVED, PREVIOUS)}
    return canonical([identity["notebook"], identity["language"], own, identity["package"].get("name")])


def notebook_name(path: Path) -> str:
    """Return a notebook's name as manifests have it."""
    return safe_name(path.stem)


def jsonable(value: Value) -> Any:
    """Return a parameter's value as JSON has it; days become ISO 8601 text."""
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def canonical(content: Any) -> bytes:
    """Return the one spelling of a JSON value that is hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def code_state() -> dict[str, Any]:
    """Return the Python version, the versions of all libraries that ours depends on, and a hash of our own files."""
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "libraries": library_versions(),
        "daye_analysis_sha256": folder_sha256(LIBRARY),
    }


def folder_sha256(folder: Path) -> str:
    """Return one hash of all files below `folder`, names included, but for Python's caches."""
    total = hashlib.sha256()
    for name, path in sorted(_files(folder, "")):
        with open(path, "rb") as stream:  # noqa: PTH123 (a Path for each of some hundred files doubles the time)
            total.update(f"{name}\0{hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
    return total.hexdigest()


def library_versions() -> dict[str, str]:
    """Return name and version of every installed distribution that `daye-analysis` needs, directly or not.

    Reads the head of each distribution's METADATA by itself: importlib.metadata takes many times as long.
    """
    installed = _installed()
    waiting, versions = [DISTRIBUTION], dict[str, str]()
    while waiting:
        name = _canonical_name(waiting.pop())
        if name in versions or name not in installed:  # not installed: for another system
            continue
        head = _head(Path(installed[name]) / "METADATA")
        version = re.search(r"^Version: *(\S+)", head, re.MULTILINE)
        versions[name] = version.group(1) if version else ""
        waiting += [
            found.group(1)
            for found in re.finditer(r"^Requires-Dist: *([A-Za-z0-9._-]+)([^\n]*)", head, re.MULTILINE)
            if "extra ==" not in found.group(2)
        ]
    versions.pop(DISTRIBUTION, None)
    return dict(sorted(versions.items()))


def _files(folder: str | Path, prefix: str) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry.path


def _installed() -> dict[str, str]:
    """Return the `dist-info` folder of every distribution on the import path; the first found counts."""
    found: dict[str, str] = {}
    for folder in sys.path:
        if not folder or not Path(folder).is_dir():
            continue
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".dist-info"):
                    name = _canonical_name(entry.name.removesuffix(".dist-info").rpartition("-")[0])
                    found.setdefault(name, entry.path)
    return found


def _head(path: Path) -> str:
    """Return the header of a METADATA file, without the long description that follows it."""
    lines = []
    with path.open(encoding="utf-8", errors="replace") as stream:
        for line in stream:
            if line == "\n":
                break
            lines.append(line)
    return "".join(lines)


def _canonical_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
