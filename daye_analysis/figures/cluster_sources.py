"""What a report on clusters rests on: the cited observations, and the growths of its pictures one by one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.cluster_activity import activity_table
from daye_analysis.figures.cluster_starts import growths_table
from daye_analysis.figures.display import PrintTable, Prose
from daye_analysis.views.package import Package


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
) -> Sequence[PrintTable | Prose]:
    """Return the tables behind the pictures of growth, each figure with its source, or a sentence where there are none."""
    tables = (activity_table(package, published, numbers, language), growths_table(package, ever, numbers, language))
    none = Text("没有可列的增速。", "There are no growth rates to list.")
    return [table for table in tables if table is not None] or [Prose(none.say(language))]
