"""The version rule: the minimum level between two packages, and whether the version was raised enough."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from daye_analysis.errors import CheckFailed
from daye_analysis.package.releases.changes import Change, Level, changes
from daye_analysis.package.releases.messages import RELEASE_PROBLEMS
from daye_analysis.package.untrusted import RawPackage, open_package
from daye_analysis.problem_messages import worded


@dataclass(frozen=True, slots=True)
class Bump:
    """The smallest legal step from `old`: its level, the version it leads to, and the changes that ask for a step."""

    level: Level
    old: str
    new: str
    wanted: str
    reasons: tuple[Change, ...]


def _numbers(version: str) -> tuple[int, int, int]:
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() for part in parts):
        raise CheckFailed(worded(RELEASE_PROBLEMS, "release.not-a-version", "datapackage.json:version", found=version))
    major, minor, patch = map(int, parts)
    return major, minor, patch


def _stepped(version: str, level: Level) -> str:
    major, minor, patch = _numbers(version)
    steps = {
        Level.NONE: (major, minor, patch),
        Level.PATCH: (major, minor, patch + 1),
        Level.MINOR: (major, minor + 1, 0),
        Level.MAJOR: (major + 1, 0, 0),
    }
    return ".".join(map(str, steps[level]))


def _bump(old: RawPackage, new: RawPackage) -> Bump:
    reasons = tuple(changes(old, new))
    level = max((each.level for each in reasons), default=Level.NONE)
    _numbers(new.version)
    return Bump(level, old.version, new.version, _stepped(old.version, level), reasons)


def smallest_legal_bump(old: Path, new: Path) -> Bump:
    """Return the smallest legal step from the package `old` to `new` (folders or .zip), whatever version `new` has.

    Raises what `open_package` raises, and CheckFailed (`release.not-a-version`).
    """
    return _bump(open_package(old), open_package(new))


def check_release(old: Path, new: Path) -> Bump:
    """Return the smallest legal step if the version of `new` makes that step or a larger one.

    Raises CheckFailed with `release.step-too-small` for each change that asks for more than the step taken, or
    `release.version-went-back`.
    """
    bump = smallest_legal_bump(old, new)
    before, after = _numbers(bump.old), _numbers(bump.new)
    versions = {"old": bump.old, "new": bump.new, "wanted": bump.wanted}
    if after < before:
        raise CheckFailed(worded(RELEASE_PROBLEMS, "release.version-went-back", "datapackage.json:version", **versions))
    taken = next(
        (level for level, place in zip((Level.MAJOR, Level.MINOR, Level.PATCH), range(3), strict=True)
         if after[place] > before[place]),
        Level.NONE,
    )  # fmt: skip
    problems = [
        worded(RELEASE_PROBLEMS, "release.step-too-small", each.where, what=each.what, needed=each.level.name, **versions)
        for each in bump.reasons
        if each.level > taken
    ]
    if problems:
        raise CheckFailed(problems)
    return bump
