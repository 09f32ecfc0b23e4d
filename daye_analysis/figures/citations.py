"""The sources that a report cites: a number for each, and the list at its end."""

from __future__ import annotations

import pandas as pd

from daye_analysis.bilingual import Language
from daye_analysis.figures.display import Prose, escaped
from daye_analysis.figures.labels import label
from daye_analysis.package.definition import codes
from daye_analysis.package.package import Package


def citation_numbers(evidence: pd.DataFrame) -> dict[str, int]:
    """Return the number of each cited source, from 1, in the order of their identifiers."""
    return {source_id: place for place, source_id in enumerate(sorted(set(evidence["source_id"].astype(str))), 1)}


def sources_list(package: Package, evidence: pd.DataFrame, language: Language) -> Prose:
    """Return the sources of `evidence` as a list whose numbers are those cited: title, publisher, day, tier, address.

    A list, not a table: addresses are long, and a line of text may break where a cell may not.
    """
    if evidence.empty:
        return Prose("没有引用任何来源。" if language == "zh" else "No source is cited.")
    sources = package.sources.set_index("source_id")
    lines = []
    for source_id, number in citation_numbers(evidence).items():
        row = sources.loc[source_id]
        day = _known_on(row["known_on"], language)
        tier = codes.SOURCE_TIER.label(str(row["tier"])).say(language)
        address: str = label("not_listed", language) if pd.isna(row["url"]) else f"<{row['url']}>"
        title, publisher = escaped(row["title"]), escaped(row["publisher"])
        lines.append(
            f"{number}. {title}（{publisher}；{tier}；{day}）{address}"
            if language == "zh"
            else f"{number}. {title} ({publisher}; {tier}; {day}) {address}"
        )
    return Prose("\n".join(lines))


def _known_on(day: object, language: Language) -> str:
    if not isinstance(day, pd.Timestamp):
        return label("undated", language)
    words = f"{label('known_on', language)} {day.date().isoformat()}"
    return words[0].lower() + words[1:]
