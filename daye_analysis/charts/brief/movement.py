"""What moved since an earlier run, or with an assumption: each target before and after, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.brief.findings import ASSUMED, figure_ids, of_all
from daye_analysis.charts.citations import marks
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.charts.labels import asked_words, label, target_names
from daye_analysis.charts.verdicts.verdict_text import undecided
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records
from daye_analysis.progress.movement import MOVED_TEXT, what_moved
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT, FORECAST_TEXT, Forecast, Status
from daye_analysis.views.verdict_words import conflicting, known, verdict_words
from daye_analysis.views.view import View

_HEADINGS: Final = {
    "moved": Text("变化内容", "What changed"),
    "before": Text("此前", "Before"),
    "after": Text("现在", "Now"),
}
# More rows would need a third page.
MOST: Final = 3


def moved(view: View, earlier: pd.DataFrame | None, most: int | None = None) -> pd.DataFrame | None:
    """Return at most `most` rows of `movement.what_moved` since earlier assessments, new findings first.

    None where there are no earlier ones. A brief compares the package as of two days; `earlier` may as well be of the same
    day, before an assumption.
    """
    if earlier is None:
        return None
    rows = what_moved(earlier, view.assess())
    weighty = rows["moved"].str.contains("added|dropped|asked|finding")
    return pd.concat([rows[weighty], rows[~weighty]]).head(len(rows) if most is None else most)


def moved_table(
    view: View,
    language: Language,
    earlier: pd.DataFrame | None,
    numbers: Mapping[str, int] | None = None,
    most: int = MOST,
) -> PrintTable | Prose:
    """Return at most `most` rows of `moved` in words: what was said of each target then, and what is said now.

    With the sources' `numbers`, each figure of now names its source. None for `earlier` means that there is nothing to
    compare with, and that is said.
    """
    zh = language == "zh"
    rows = moved(view, earlier)
    if rows is None or earlier is None:
        return Prose("此前没有同类报告可供比较。" if zh else "There is no earlier report of this kind to compare with.")
    last = earlier["as_of"].max()
    since = date_words(last, language) if pd.notna(last) and last < view.timestamp else ""
    if rows.empty:
        return Prose(
            f"与{f'截至{since}的报告' if since else '此前'}相比，没有变化。" if zh
            else f"Nothing has changed{f' since the report as of {since}' if since else ''}."
        )  # fmt: skip
    before = {str(row["target_id"]): row for row in records(earlier)}
    now = {str(row["target_id"]): row for row in records(view.assess())}
    shown = rows.head(most)
    phrases = []
    for row in records(shown):
        target_id, kinds = str(row["target_id"]), str(row["moved"]).split()
        cited = marks(view.package, figure_ids(view, now[target_id]), numbers) if target_id in now else ""
        phrases.append(
            {
                label("target", language): target_names(view.package, language).get(target_id, target_id),
                _HEADINGS["moved"].say(language): ("、" if zh else ", ").join(MOVED_TEXT[kind].say(language) for kind in kinds),
                _HEADINGS["before"].say(language): movement_words(view.package, before.get(target_id), kinds, language),
                _HEADINGS["after"].say(language): movement_words(view.package, now.get(target_id), kinds, language) + cited,
            }
        )
    caption = f"{len(rows)} 个目标有变化" if zh else f"{len(rows)} target{' has' if len(rows) == 1 else 's have'} changed"
    if since:
        caption += f"（与截至{since}的报告相比）" if zh else f" since the report as of {since}"
    return PrintTable(pd.DataFrame(phrases), caption + of_all(len(shown), len(rows), language))


def movement_words(package: PackageTables, row: Record | None, kinds: list[str], language: Language) -> str:
    """Return what one table says of a target: what is asked if that moved, figures, bounds, verdict."""
    if row is None:
        return "—"
    parts = [asked_words(package, row, language)] if "asked" in kinds else []
    if row["evidence_class"] != "nothing":  # the status says that in full
        parts.append(EVIDENCE_TEXT[str(row["evidence_class"])].say(language))
    parts += [each.dated(language) for each in known(package, row, language)]
    if row["status"] == Status.CONFLICT.code:
        parts += [each.dated(language) for each in conflicting(package, row, language)]
    parts.append(verdict_words(row, language))
    forecast = Forecast[str(row["forecast"]).upper()]
    if forecast is not Forecast.WITHHELD and undecided(row):
        parts.append(FORECAST_TEXT[forecast].say(language))
    if row["rests_on_assumption"]:
        parts.append(ASSUMED.say(language))
    return ("；" if language == "zh" else "; ").join(dict.fromkeys(parts))
