"""The growths that the charts of a report on clusters rest on, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.clusters.published_growth import activity_table
from daye_analysis.charts.clusters.starts import growths_table
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.views.view import View


def growth_tables(
    view: View, language: Language, numbers: Mapping[str, int], activity_id: str = ""
) -> Sequence[PrintTable | Prose]:
    """Return the tables behind the pictures of growth, each figure with its source, or a sentence where there are none."""
    tables = (activity_table(view, language, numbers, activity_id), growths_table(view, language, numbers))
    none = Text("没有可列的增速。", "There are no growth rates to list.")
    return [table for table in tables if table is not None] or [Prose(none.say(language))]
