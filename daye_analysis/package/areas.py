"""Which areas contain which: all areas within an area, and all that contain it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def areas_containing(areas: pd.DataFrame, area_id: str) -> list[str]:
    """Return the areas that contain `area_id`, the nearest first. A circle in `parent_id` ends the walk."""
    return _containing(_parents(areas), area_id)


def areas_within(areas: pd.DataFrame, area_id: str) -> list[str]:
    """Return the areas that lie in `area_id`, at any depth, sorted."""
    parents = _parents(areas)
    return sorted(each for each in map(str, areas["area_id"]) if area_id in _containing(parents, each))


def _parents(areas: pd.DataFrame) -> dict[str, str]:
    """Return the parent of each area that has one."""
    named = areas[areas["parent_id"].notna()]
    return dict(zip(map(str, named["area_id"]), map(str, named["parent_id"]), strict=True))


def _containing(parents: Mapping[str, str], area_id: str) -> list[str]:
    found: list[str] = []
    at = area_id
    while (parent := parents.get(at)) is not None and parent not in (*found, area_id):
        found.append(parent)
        at = parent
    return found
