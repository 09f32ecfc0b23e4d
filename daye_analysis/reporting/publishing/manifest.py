"""The manifest beside a report: its run, and the hash of each file; a run is done if it is valid."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from daye_analysis.reporting.publishing.identity import Identity

MANIFEST = "manifest.json"
SCHEMA_VERSION = 1
# Further occasions that a run served, after the one that it was made for.
ALSO_FOR = "also_for"
# What a manifest says of the slot of a schedule that asked for its run.
OCCASION = ("schedule", "slot", "time_zone", "parameters")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`identity` and `outputs` are the same for the same run anywhere; `run` says when and how it was made here."""

    identity_sha256: str
    identity: Mapping[str, Any]
    outputs: Mapping[str, Mapping[str, Any]]
    run: Mapping[str, Any]
    # Empty where an earlier release made the run.
    series: str = ""
    title: Mapping[str, str] = field(default_factory=dict)


    def occasions(self) -> Iterator[Mapping[str, Any]]:
        """Yield what asked for this run: first what it was made for, then what found it standing."""
        yield self.run
        yield from self.run.get(ALSO_FOR, ())


class Damaged(ValueError):
    """A manifest that is missing, cut short, of another version, or does not fit the files beside it."""


def file_outputs(folder: Path) -> dict[str, dict[str, Any]]:
    """Return name, bytes and SHA-256 of each file in a run's folder but the manifest."""
    outputs = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            data = path.read_bytes()
            outputs[path.relative_to(folder).as_posix()] = {
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
    return outputs


def manifest_bytes(
    identity: Identity,
    outputs: Mapping[str, Any],
    run: Mapping[str, Any],
    warnings: Sequence[Mapping[str, Any]] = (),
    title: Mapping[str, str] | None = None,
) -> bytes:
    """Return the manifest as a file; `warnings` are what the report lacks, `title` is its title by language."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "identity_sha256": identity.sha256,
        "identity": identity.as_json(),
        "series": identity.series,
        "title": dict(title or {}),
        "outputs": outputs,
        "run": run,
    } | ({"warnings": list(warnings)} if warnings else {})
    return _as_file(content)


def with_occasion(folder: Path, occasion: Mapping[str, Any]) -> bytes | None:
    """Return the manifest in `folder` as a file that names `occasion` too; None when it does so already.

    Raises Damaged. Only the part `run` changes, which says nothing of what the report holds.
    """
    if any(dict(occasion).items() <= dict(known).items() for known in read_manifest(folder).occasions()):
        return None
    content = json.loads((folder / MANIFEST).read_bytes().decode("utf-8"))
    content["run"].setdefault(ALSO_FOR, []).append(dict(occasion))
    return _as_file(content)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest in `folder`; raise Damaged, with the reason, when it cannot be relied on."""
    try:
        content = json.loads((folder / MANIFEST).read_bytes().decode("utf-8"))
    except OSError:
        raise Damaged("no manifest") from None
    except ValueError:
        raise Damaged("manifest cut short") from None
    version = content.get("schema_version") if isinstance(content, dict) else None
    if version != SCHEMA_VERSION:
        raise Damaged(f"manifest of version {version}, this library reads version {SCHEMA_VERSION}")
    try:
        found = Manifest(
            content["identity_sha256"],
            content["identity"],
            content["outputs"],
            content["run"],
            str(content.get("series", "")),
            content.get("title", {}),
        )
        found.identity["notebook"], found.identity["as_of"], found.identity["language"]
        (
            found.identity["parameters"].items(),
            found.identity["package"].items(),
            found.outputs.items(),
            found.run.items(),
        )
        found.title.items()
    except (KeyError, TypeError, AttributeError):
        raise Damaged("manifest lacks a part") from None
    return found


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise Damaged unless the files in `folder` are exactly those that the manifest lists."""
    present = file_outputs(folder)
    if present != {name: dict(stated) for name, stated in manifest.outputs.items()}:
        raise Damaged("files differ from the manifest")


def _as_file(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode("utf-8") + b"\n"
