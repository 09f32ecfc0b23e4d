"""Which areas contain which: the nest of an area in both directions."""

from __future__ import annotations

import pandas as pd


def areas_containing(areas: pd.DataFrame, area_id: str) -> list[str]:
    """Return the areas that contain `area_id`, the nearest first. A circle in `parent_id` ends the walk."""
    parent = areas.set_index("area_id")["parent_id"]
    found: list[str] = []
    at = area_id
    while at in parent.index and pd.notna(parent[at]) and parent[at] not in (*found, area_id):
        at = str(parent[at])
        found.append(at)
    return found


def areas_within(areas: pd.DataFrame, area_id: str) -> list[str]:
    """Return the areas that lie in `area_id`, at any depth, sorted."""
    within = (each for each in areas["area_id"] if area_id in areas_containing(areas, str(each)))
    return sorted(str(each) for each in within)
