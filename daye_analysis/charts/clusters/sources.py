"""What a report on clusters says in words and rests on: its findings, and the growths of its charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.brief.key_findings import key_findings
from daye_analysis.charts.clusters.labels import no_clusters
from daye_analysis.charts.clusters.published_growth import activity_table
from daye_analysis.charts.clusters.starts import growths_table
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.clusters.aims import cluster_aims
from daye_analysis.views.view import View


def cluster_findings(view: View, language: Language, numbers: Mapping[str, int]) -> Prose:
    """Return the key findings on the clusters' aims; a package without clusters has none, and that is said."""
    aims = cluster_aims(view)
    return no_clusters(language) if aims.empty else key_findings(view, language, numbers, set(aims["indicator_id"]))


def growth_tables(
    view: View, language: Language, numbers: Mapping[str, int], activity_id: str = ""
) -> Sequence[PrintTable | Prose]:
    """Return the tables behind the pictures of growth, each figure with its source, or a sentence where there are none."""
    tables = (activity_table(view, language, numbers, activity_id), growths_table(view, language, numbers))
    none = Text("没有可列的增速。", "There are no growth rates to list.")
    return [table for table in tables if table is not None] or [Prose(none.say(language))]
