"""The sources that a report cites: a number for each, and the list at its end."""

from __future__ import annotations

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.display import PrintTable
from daye_analysis.figures.labels import label
from daye_analysis.package.definition import codes
from daye_analysis.package.package import Package


def citation_numbers(evidence: pd.DataFrame) -> dict[str, int]:
    """Return the number of each cited source, from 1, in the order of their identifiers."""
    return {source_id: place for place, source_id in enumerate(sorted(set(evidence["source_id"].astype(str))), 1)}


def sources_table(package: Package, evidence: pd.DataFrame, language: Language) -> PrintTable:
    """Return the list of the sources of `evidence` by number: title, publisher, day, tier, address."""
    numbers = citation_numbers(evidence)
    sources = package.sources.set_index("source_id")
    rows = []
    for source_id, number in numbers.items():
        row = sources.loc[source_id]
        day = row["known_on"]
        rows.append(
            {
                label("number", language): f"[{number}]",
                label("source", language): f"{row['title']}（{row['publisher']}）"
                if language == "zh"
                else f"{row['title']} ({row['publisher']})",
                label("known_on", language): label("undated", language) if pd.isna(day) else day.date().isoformat(),
                label("tier", language): codes.SOURCE_TIER.label(str(row["tier"])).say(language),
                label("address", language): label("not_listed", language) if pd.isna(row["url"]) else row["url"],
            }
        )
    caption = Text("所引来源（标题用原文）", "Sources cited (titles in their own language)").say(language)
    return PrintTable(pd.DataFrame(rows), caption)
