"""`served.json`: the slots of reports that were removed in favour of newer ones, so that none is generated again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from daye_analysis.reporting.publishing.identity import canonical
from daye_analysis.reporting.publishing.manifest import Manifest
from daye_analysis.reporting.publishing.shared_files import replace_if_other, shared_files

SERVED = "served.json"


def slots_of(manifest: Manifest) -> Iterator[tuple[bytes, str]]:
    """Yield the key of the task and the slot of each occasion on which a schedule asked for the run."""
    identity = manifest.identity
    for occasion in manifest.occasions():
        if "slot" in occasion:
            package = str(identity["package"].get("name", ""))
            yield (
                task_key(
                    occasion["schedule"],
                    package,
                    identity["notebook"],
                    identity["language"],
                    occasion["parameters"],
                ),
                str(occasion["slot"]),
            )


def task_key(
    schedule: str, package: str, notebook: str, language: str, parameters: Mapping[str, Any]
) -> bytes:
    """Return a key that distinguishes the runs of one task of a schedule from all others."""
    return canonical([schedule, package, notebook, language, parameters])


def served_slots(reports: Path) -> dict[bytes, set[str]]:
    """Return the slots, by task key, whose reports were removed; a file that cannot be read says nothing."""
    try:
        content = json.loads((reports / SERVED).read_bytes())
        return {
            canonical(entry["task"]): {str(slot) for slot in entry["slots"]} for entry in content["served"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def remember(reports: Path, removed: Iterable[Manifest]) -> None:
    """Note the slots that runs served which are about to be removed."""
    slots = [each for manifest in removed for each in slots_of(manifest)]
    if not slots:
        return
    with shared_files(reports):
        known = served_slots(reports)
        for key, slot in slots:
            known.setdefault(key, set()).add(slot)
        entries = [{"task": json.loads(key), "slots": sorted(found)} for key, found in sorted(known.items())]
        content = {"schema_version": 1, "served": entries}
        replace_if_other(
            reports / SERVED, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
        )
