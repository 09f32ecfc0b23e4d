"""What moved since an earlier run, or with an assumption: each target before and after, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.brief_findings import (
    ASSUMED,
    asked_words,
    at_least_words,
    figure_ids,
    of_all,
    unit_label,
)
from daye_analysis.figures.citations import marks
from daye_analysis.figures.display import PrintTable, Prose
from daye_analysis.figures.labels import label, target_names
from daye_analysis.figures.verdicts import status_words
from daye_analysis.views.package import Package
from daye_analysis.package.published import YEARLY
from daye_analysis.package.records import Record, records
from daye_analysis.package.words import date_words, figure_day_words, value_words
from daye_analysis.progress.movement import MOVED_TEXT
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT, FORECAST_TEXT, Forecast, Status

_HEADINGS: Final = {
    "moved": Text("变化的是", "What moved"),
    "before": Text("此前", "Before"),
    "after": Text("现在", "Now"),
}
# What the bounds beside these words say already.
_BOUNDED: Final = (Status.BOUNDED_ABOVE.code, Status.BOUNDED_BELOW.code, Status.BOUNDED.code)


def weightiest(moved: pd.DataFrame | None, most: int = 3) -> pd.DataFrame | None:
    """Return at most `most` rows of `movement.what_moved`, new findings first; None for None."""
    if moved is None:
        return None
    weighty = moved["moved"].str.contains("added|dropped|asked|finding")
    return pd.concat([moved[weighty], moved[~weighty]]).head(most)


def moved_table(
    package: Package,
    moved: pd.DataFrame | None,
    language: Language,
    before: dt.date | None = None,
    after: pd.DataFrame | None = None,
    numbers: Mapping[str, int] | None = None,
    most: int = 3,
) -> PrintTable | Prose:
    """Return the `weightiest` rows of `movement.what_moved` in words.

    `before` is the day that the earlier table is of. With the later assessments `after` and the sources' `numbers`, each
    figure of now names its source. None for `moved` means that there is nothing to compare with, and that is said.
    """
    zh = language == "zh"
    shown = weightiest(moved, most)
    if moved is None or shown is None:
        return Prose("在此之前没有同类报告可比。" if zh else "There is no earlier report of this kind to compare with.")
    since = "" if before is None else date_words(pd.Timestamp(before), language)
    if moved.empty:
        return Prose(
            f"与{f'截至{since}的报告' if since else '此前'}相比，没有变化。" if zh
            else f"Nothing has moved{f' since the report as of {since}' if since else ''}."
        )  # fmt: skip
    standing = [] if after is None else records(after[after["target_id"].isin(shown["target_id"])])
    cited = {str(row["target_id"]): marks(package, figure_ids(row), numbers) for row in standing}
    rows = [
        {
            label("target", language): _name(package, row, language),
            _HEADINGS["moved"].say(language): ("、" if zh else ", ").join(
                MOVED_TEXT[kind].say(language) for kind in str(row["moved"]).split()
            ),
            _HEADINGS["before"].say(language): _stood(package, row, "before", language),
            _HEADINGS["after"].say(language): _stood(package, row, "after", language)
            + cited.get(str(row["target_id"]), ""),
        }
        for row in records(shown)
    ]
    caption = f"{len(moved)} 个目标有变化" if zh else f"{len(moved)} target{'' if len(moved) == 1 else 's'} moved"
    if since:
        caption += f"（与截至{since}的报告相比）" if zh else f" since the report as of {since}"
    return PrintTable(pd.DataFrame(rows), caption + of_all(len(shown), len(moved), language))


def _name(package: Package, row: Record, language: Language) -> str:
    """Return the target's name; a target that the package no longer has goes by its identifier."""
    return target_names(package, language).get(str(row["target_id"]), str(row["target_id"]))


def _is_yearly(package: Package, row: Record) -> bool:
    """Return whether the target's figures are those of whole years; not known of one that the package no longer has."""
    known = row["target_id"] in set(package.targets["target_id"])
    return known and package.target(str(row["target_id"])).row["quantity"] in YEARLY


def _stood(package: Package, row: Record, side: str, language: Language) -> str:
    """Return what was said of the target on one side: what was asked if that moved, figures, bounds, verdict."""
    if pd.isna(row[f"status_{side}"]):
        return "—"
    cells = {name.removesuffix(f"_{side}"): row[name] for name in row if name.endswith(f"_{side}")}
    zh = language == "zh"
    parts = [asked_words(package, cells, language)] if "asked" in str(row["moved"]).split() else []
    if cells["evidence_class"] != "nothing":  # the status says that in full
        parts.append(EVIDENCE_TEXT[str(cells["evidence_class"])].say(language))
    unit = unit_label(package, cells["unit_code"], language)
    for column, words in (
        ("value", Text("", "")),
        ("lower_bound", at_least_words(cells)),
        ("upper_bound", Text("至多 ", "at most ")),
    ):
        if pd.notna(cells[column]):
            day = cells["value_date" if column == "value" else "bound_date"]
            when = figure_day_words(day, _is_yearly(package, row), language)
            value = f"{words.say(language)}{value_words(float(cells[column]), unit, language)}"
            parts.append(f"{value}（{when}）" if zh else f"{value} ({when})")
    if cells["status"] not in _BOUNDED:
        parts.append(status_words(cells, language))
    forecast = Forecast[str(cells["forecast"]).upper()]
    if forecast is not Forecast.WITHHELD:
        parts.append(FORECAST_TEXT[forecast].say(language))
    if cells["rests_on_assumption"]:
        parts.append(ASSUMED.say(language))
    return ("；" if zh else "; ").join(dict.fromkeys(parts))
