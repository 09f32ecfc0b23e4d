"""The sources that a report cites: a number for each, and the list at its end."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from daye_analysis.bilingual import Language, date_words
from daye_analysis.charts.display import Prose, escaped
from daye_analysis.charts.labels import label
from daye_analysis.package.assumption import ASSUMPTION_SOURCE
from daye_analysis.package.definition import codes
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.views.view import View


class CitationNumbers(dict[str, int]):
    """The number of each cited source: a source gets the next one, from 1, when it is first looked up.

    One report has one, filled as its parts are made, so that sources are numbered in the order in which they appear.
    """

    def __missing__(self, source_id: str) -> int:
        """Give a source the next number."""
        self[source_id] = len(self) + 1
        return self[source_id]


def marks(package: PackageTables, observation_ids: str, numbers: Mapping[str, int] | None) -> str:
    """Return [2][5], the numbers of the sources of these observations (identifiers with spaces between); empty without `numbers`."""
    if numbers is None:
        return ""
    sources = dict.fromkeys(str(package.record("observations", each)["source_id"]) for each in observation_ids.split())
    return "".join(f"[{number}]" for number in sorted(numbers[each] for each in sources))


def sources_list(view: View, language: Language, numbers: Mapping[str, int]) -> Prose:
    """Return the sources that have `numbers` as a list in that order: title, publisher, tier, date, address.

    Reposts have no address in the package, which the report says once. A list, not a table: addresses are long, and a line of text may break where a cell may not.
    """
    if not numbers:
        return Prose("没有引用任何来源。" if language == "zh" else "No source is cited.")
    sources = view.package.sources.set_index("source_id")
    lines = []
    for source_id, number in numbers.items():
        if source_id == ASSUMPTION_SOURCE:
            lines.append(f"{number}. {label('assumed', language)}")
            continue
        row = sources.loc[source_id]
        about = [str(row["publisher"]), codes.SOURCE_TIER.label(str(row["tier"])).say(language), published_words(row["published"], language)]
        if pd.isna(row["url"]) and row["tier"] != "repost":
            about.append(label("no_address", language))
        address: str = "" if pd.isna(row["url"]) else f"<{row['url']}>"
        title = escaped(row["title"])
        lines.append(
            f"{number}. {title}（{escaped('；'.join(about))}）{address}"
            if language == "zh"
            else f"{number}. {title} ({escaped('; '.join(about))}) {address}"
        )
    return Prose("\n".join(lines), fine=True, cited=True)


def published_words(date: object, language: Language) -> str:
    """Return the date that the page bears, which may be a year or a month only: 2023年12月, December 2023."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date) if isinstance(date, str) else None
    if found is None:
        return label("undated", language)
    year, *rest = [part for part in found.groups() if part]
    day = pd.Timestamp(f"{year}-{'-'.join([*rest, '01', '01'][:2])}")
    if language == "zh":
        return f"{day.year}年{f'{day.month}月' if rest else ''}{f'{day.day}日' if len(rest) > 1 else ''}"
    words = date_words(day, "en")
    return words if len(rest) > 1 else words.split(" ", 1)[1] if rest else year
