"""Stored problems: why a run failed, beside its notebook; what is missing from a report, beside the report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from daye_analysis.errors import DayeError, Problem
from daye_analysis.reporting.publishing.identity import Identity

FAILURE = "failure.json"
# What a published report could not print.
WARNINGS = "warnings.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure as it was kept; `run` is as in a manifest."""

    exit_code: int
    problems: tuple[Problem, ...]
    run: Mapping[str, Any]
    identity: Mapping[str, Any] = field(default_factory=dict)


def failure_bytes(identity: Identity, error: DayeError, run: Mapping[str, Any]) -> bytes:
    """Return the record of a failed run as a file."""
    content = {
        "identity_sha256": identity.sha256,
        "identity": identity.as_json(),
        "exit_code": error.exit_code,
        "problems": problems_as_json(error.problems),
        "run": run,
    }
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode("utf-8") + b"\n"


def read_failure(folder: Path) -> Failure | None:
    """Return the failure kept in `folder`, None when there is none that can be read."""
    try:
        content = json.loads((folder / FAILURE).read_bytes().decode("utf-8"))
        return Failure(
            content["exit_code"], problems_from_json(content["problems"]), content["run"], content["identity"]
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def warnings_bytes(warnings: tuple[Problem, ...]) -> bytes:
    """Return what a report lacks as a file."""
    return json.dumps(problems_as_json(warnings), ensure_ascii=False, indent=2, sort_keys=True).encode("utf-8") + b"\n"


def read_warnings(folder: Path) -> tuple[Problem, ...]:
    """Return what the report in `folder` lacks; none where it is whole."""
    try:
        return problems_from_json(json.loads((folder / WARNINGS).read_bytes()))
    except FileNotFoundError:
        return ()


def problems_as_json(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Return problems as JSON has them."""
    return [asdict(problem) for problem in problems]


def problems_from_json(entries: list[dict[str, Any]]) -> tuple[Problem, ...]:
    """Return the problems that `problems_as_json` wrote."""
    return tuple(map(Problem.from_json, entries))
