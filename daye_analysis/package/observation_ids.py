"""Identifiers for observations that are added to a package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_NUMBERED = re.compile(r"(.*?)([0-9]+)")


def next_observation_ids(known: Iterable[str]) -> Iterator[str]:
    """Yield identifiers after the highest of `known`, in its form: o1340 after o1339; from o0001 where there is none."""
    matches = (_NUMBERED.fullmatch(str(each)) for each in known)
    numbered = ((int(match[2]), match[1], len(match[2])) for match in matches if match)
    number, prefix, width = max(numbered, default=(0, "o", 4))
    while True:
        number += 1
        yield f"{prefix}{number:0{width}d}"
