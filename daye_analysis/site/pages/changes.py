"""What has changed, by day: the page of all changes, and the table of them that other pages have too."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.brief.movement import movement_words
from daye_analysis.charts.labels import label as chart_label
from daye_analysis.progress.movement import MOVED_TEXT
from daye_analysis.site.content import Line, Page, Paragraph, Row, Section, Table
from daye_analysis.site.edition import Edition
from daye_analysis.site.history import Change
from daye_analysis.site.labels import label
from daye_analysis.site.pages.rows import service_page


def changes_page(edition: Edition, language: Language) -> Page:
    """Return all changes by day, the newest first."""
    sections: list[Section] = []
    for (day, release, since), group in groupby(edition.changes, key=lambda change: (change.day, change.release, change.since)):
        title = date_words(pd.Timestamp(day), language)
        colon = Text("：", ": ").say(language)
        if release:
            title += colon + label("change_release", language, version=release)
        if since:
            title += colon + label("change_report", language, day=date_words(pd.Timestamp(since), language))
        found = list(group)
        note = (Paragraph(label("change_undated", language), "fine"),) if all(change.undated for change in found) else ()
        place = "-".join(each for each in (f"d{day.isoformat()}", release, "report" if since else "") if each)
        sections.append(Section(place, title, (*note, change_table(edition, found, language, named=True))))
    if not sections:
        sections = [Section("none", label("changes", language), (Paragraph(label("changes_none", language)),))]
    return service_page(edition, "changes", language, tuple(sections), label("changes_lede", language), more={"feed": f"feed.{language}.xml"})


def change_table(edition: Edition, found: list[Change], language: Language, *, named: bool = False, dated: bool = False) -> Table:
    """Return changes in a table, with the target of each if `named`, with its day if `dated`."""
    columns = [name for name, shown in (("day", dated), ("target", named)) if shown] + ["what_changed", "before", "now"]
    rows = []
    for change in found:
        kinds = list(change.kinds)
        what = Text("、", ", ").say(language).join(MOVED_TEXT[kind].say(language) for kind in kinds)
        first: list[Line] = [change_when(change, language)] if dated else []
        if named:
            listed_now = change.target_id in edition.judged
            first.append(edition.link("target", change.target_id, language) if listed_now else change.target_id)
        before, after = (movement_words(edition.package, row, kinds, language) for row in (change.before, change.after))
        rows.append(Row((*first, what, before, after)))
    headings = tuple(
        chart_label("target", language) if name == "target" else label("known_on" if name == "day" else name, language) for name in columns
    )
    return Table("", headings, tuple(rows), stacked=True, layout="changes")


def change_when(change: Change, language: Language) -> str:
    """Return the day of a change, and what came with it."""
    phrases = [date_words(pd.Timestamp(change.day), language)]
    if change.release:
        phrases.append(label("change_release", language, version=change.release))
    if change.since:
        phrases.append(label("change_report", language, day=date_words(pd.Timestamp(change.since), language)))
    if change.undated:
        phrases.append(label("change_undated", language))
    return "\n".join(phrases)
