"""The official list's own order of the targets: by their tasks, then by where their words are."""

from __future__ import annotations

import pandas as pd

from daye_analysis.package.package_tables import PackageTables


def in_list_order(package: PackageTables, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows, each with a `target_id` of the package, in the list's order; others are left out."""
    key = ("list_order",)
    if key not in package.cache:
        tasks = dict(zip(package.tasks["task_id"], package.tasks["position"], strict=True))
        words = zip(package.targets["target_id"], package.targets["task_id"], package.targets["source_start"], strict=True)
        ordered = sorted(words, key=lambda each: (tasks[each[1]], each[2]))
        package.cache[key] = {target_id: place for place, (target_id, _, _) in enumerate(ordered)}
    places = rows["target_id"].map(package.cache[key])
    return rows[places.notna()].iloc[places.dropna().argsort(kind="stable")]
