"""What a report on clusters rests on: the cited observations, and the growths of its pictures one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.clusters.aims import used_evidence
from daye_analysis.charts.clusters.outlook import outlook_observations
from daye_analysis.charts.clusters.published_growth import activity_table
from daye_analysis.charts.clusters.starts import growths_table
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.clusters.aims import aims_unit, cluster_aims, whole_series
from daye_analysis.clusters.growth import activity_growth, class_growth
from daye_analysis.views.view import View


def cited_rows(view: View, whole_id: str = "", activity_id: str = "") -> pd.DataFrame:
    """Return the observations that the report shows; `whole_id` and `activity_id` as in `whole_series`, `activity_growth`."""
    whole = whole_series(view, aims_unit(cluster_aims(view)), whole_id)
    named = outlook_observations(view)
    for frame in (used_evidence(view), whole, activity_growth(view, activity_id), class_growth(view)):
        for column in ("observation_id", "observation_ids"):
            if column in frame:
                named |= set(" ".join(frame[column].fillna("")).split())
    observations = view.package.observations
    return observations[observations["observation_id"].isin(named)]


def growth_tables(
    view: View, language: Language, numbers: Mapping[str, int], activity_id: str = ""
) -> Sequence[PrintTable | Prose]:
    """Return the tables behind the pictures of growth, each figure with its source, or a sentence where there are none."""
    tables = (activity_table(view, language, numbers, activity_id), growths_table(view, language, numbers))
    none = Text("没有可列的增速。", "There are no growth rates to list.")
    return [table for table in tables if table is not None] or [Prose(none.say(language))]
