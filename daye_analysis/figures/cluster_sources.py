"""What a report on clusters rests on: the cited observations, and the growths of its pictures one by one."""

from __future__ import annotations

import pandas as pd

from daye_analysis.bilingual import Language
from daye_analysis.figures.cluster_activity import activity_table
from daye_analysis.figures.cluster_starts import growths_table
from daye_analysis.figures.display import PrintTable
from daye_analysis.package.package import Package


def cited_rows(package: Package, *frames: pd.DataFrame) -> pd.DataFrame:
    """Return the observations that `frames` name in `observation_id` or, several in a cell, in `observation_ids`."""
    named: set[str] = set()
    for frame in frames:
        for column in ("observation_id", "observation_ids"):
            if column in frame:
                named |= set(" ".join(frame[column].fillna("")).split())
    observations = package.observations
    return observations[observations["observation_id"].isin(named)]


def growth_tables(
    package: Package,
    published: pd.DataFrame,
    ever: pd.DataFrame,
    numbers: dict[str, int],
    language: Language,
) -> list[PrintTable]:
    """Return the tables behind the pictures of growth, each figure with its source; none where there are no figures."""
    tables = (activity_table(package, published, numbers, language), growths_table(package, ever, numbers, language))
    return [table for table in tables if table is not None]
