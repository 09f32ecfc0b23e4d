"""What several kinds of page share: rows of targets and of figures, and the frame of pages that are of no one entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.accountability.tables import wanted_periods
from daye_analysis.charts.brief.findings import figure_lines, verdict_cell
from daye_analysis.charts.cards import figure_period, figure_use, figure_value
from daye_analysis.charts.labels import asked_words
from daye_analysis.charts.labels import label as chart_label
from daye_analysis.charts.verdicts.verdict_text import silence_words
from daye_analysis.package.definition import codes
from daye_analysis.package.definition.judged import EVIDENCE_ROLE
from daye_analysis.package.records import Record
from daye_analysis.package.request.wanted import NO_LEAD_BODY
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.site.content import (
    Badge,
    Facts,
    Foreign,
    Line,
    Link,
    Page,
    Paragraph,
    Part,
    Row,
    Section,
    Table,
    joined,
    listed,
)
from daye_analysis.site.edition import Edition
from daye_analysis.site.labels import label


def evidence_badge(judged: Record, language: Language) -> Badge:
    """Return the state of the data on a target."""
    kind = str(judged["evidence_class"])
    return Badge(kind, EVIDENCE_TEXT[kind].say(language))


def finding(edition: Edition, judged: Record, language: Language) -> str:
    """Return what follows for a target in one line; where nothing does, why."""
    return silence_words(judged, language) or verdict_cell(edition.view, judged, language)


def latest(edition: Edition, judged: Record, language: Language) -> str:
    """Return the figure and the bounds that a finding rests on, a line each."""
    return "\n".join(figure_lines(edition.view, judged, language)) or "—"


def target_table(edition: Edition, target_ids: Iterable[str], language: Language, caption: str = "") -> Table:
    """Return targets in a table: name, what is asked, the state of the data, the latest figure, the finding."""
    columns = tuple(chart_label(name, language) for name in ("target", "asked", "evidence", "latest", "finding"))
    rows = []
    for target_id in target_ids:
        judged = edition.judged[target_id]
        task = str(edition.package.record("targets", target_id)["task_id"])
        leads = edition.bodies(task, "lead", language)
        rows.append(
            Row(
                (
                    edition.link("target", target_id, language),
                    asked_words(edition.package, judged, language),
                    evidence_badge(judged, language),
                    latest(edition, judged, language),
                    finding(edition, judged, language),
                ),
                data={"evidence": str(judged["evidence_class"]), "lead": " ".join(link.to.split("/")[-2] for link in leads) or NO_LEAD_BODY},
            )
        )
    return Table(caption, columns, tuple(rows), stacked=True, layout="targets")


def area_cell(edition: Edition, row: Record, language: Language) -> Line:
    """Return the place of a figure, with a link to its page."""
    return edition.link("area", row["area_id"], language)


def counts_cell(row: Record, language: Language) -> str:
    """Return what a figure counts, and why it is in doubt where it is."""
    note, doubt = row[f"scope_note_{language}"], row[f"doubt_{language}"]
    shown: list[str] = [] if pd.isna(note) else [str(note)]
    if pd.notna(doubt):
        shown.append(Text(f"存疑：{doubt}", f"Doubtful: {doubt}").say(language))
    return Text("。", ". ").say(language).join(shown)


def value_cell(edition: Edition, row: Record, language: Language) -> str:
    """Return a figure with its unit, and what it is where it is no outturn."""
    value = figure_value(row, edition.unit(row["unit_code"], language), language)
    if row["statement"] == "outturn":
        return value
    statement = codes.STATEMENT.label(str(row["statement"]))
    return Text(f"{value}（{statement.zh}）", f"{value} ({statement.en})").say(language)


def use_cell(row: Record, language: Language) -> Line:
    """Return what a figure decides or bounds, or why it does neither; in front a mark of its role."""
    return Badge(str(row["role"]), figure_use(row, language))


def source_cell(edition: Edition, source_id: object, language: Language) -> Line:
    """Return the title of a source in its own language, with a link to its page."""
    link = edition.link("source", source_id, language)
    return Link(link.words, link.to, own_language(link.words, language))


def is_chinese(words: str) -> bool:
    """Return whether words are written in Chinese characters."""
    return any("\u4e00" <= character <= "\u9fff" for character in words)


def own_language(words: str, language: Language) -> str:
    """Return zh-CN for Chinese words on an English page, else nothing."""
    return "zh-CN" if language == "en" and is_chinese(words) else ""


def in_own_language(words: str, language: Language) -> Part:
    """Return words, marked as Chinese where they rest on an English page."""
    lang = own_language(words, language)
    return Foreign(words, lang) if lang else words


def observation_table(edition: Edition, rows: Sequence[Record], language: Language, without: str) -> Table:
    """Return figures in a table; `without` names the column that the page itself is about: indicator, area or source."""
    columns = [name for name in ("period", "indicator", "area", "figure", "counts", "used_for", "source") if name != without]
    shown = []
    for row in rows:
        cells: dict[str, Line] = {
            "period": figure_period(row, language),
            "indicator": edition.link("indicator", row["indicator_id"], language),
            "area": area_cell(edition, row, language),
            "figure": value_cell(edition, row, language),
            "counts": counts_cell(row, language),
            "used_for": _used_for(edition, str(row["observation_id"]), language),
            "source": source_cell(edition, row["source_id"], language),
        }
        shown.append(Row(tuple(cells[name] for name in columns), id=str(row["observation_id"])))
    caption = label("observations_caption", language, count=len(rows))
    return Table(caption, tuple(label(name, language) for name in columns), tuple(shown), frozenset({columns.index("figure")}))


def _used_for(edition: Edition, observation_id: str, language: Language) -> Line:
    """Return the targets for which a figure decides or bounds something."""
    shown: list[Line] = [
        (edition.link("target", target_id, language), Text("：", ": ").say(language), EVIDENCE_ROLE.label(role).say(language))
        for target_id, role, _ in edition.uses.get(observation_id, ())
        if role != "context" and target_id in edition.judged
    ]
    return joined(shown, "\n")


def wanted_table(edition: Edition, body: str, language: Language) -> Table | None:
    """Return the figures wanted from one body, a row a target; all bodies where `body` is empty; None where none is."""
    groups: dict[str, list[Record]] = {}
    bodies: dict[str, list[str]] = {}
    for each in edition.wanted:
        if (not body or each.unit_id == body) and each.target_id in edition.judged:
            period = {"period_start": each.period_start, "period_end": each.period_end, "over": each.over}
            groups.setdefault(each.target_id, []).append(period)
            bodies.setdefault(each.target_id, []).append(each.unit_id)
    if not groups:
        return None
    columns = ("targets", "missing_periods", "unit") if body else ("targets", "missing_periods", "unit", "missing_holder")
    rows = []
    for target_id in (each for each in edition.judged if each in groups):
        judged = edition.judged[target_id]
        cells: list[Line] = [
            (edition.link("target", target_id, language), Text("　", " ").say(language), asked_words(edition.package, judged, language)),
            wanted_periods(groups[target_id], language),
            unit_cell(edition, judged["unit_code"], language),
        ]
        if not body:
            cells.append(listed([holder(edition, each, language) for each in dict.fromkeys(bodies[target_id])], language))
        leads = " ".join(each or NO_LEAD_BODY for each in dict.fromkeys(bodies[target_id]))
        rows.append(Row(tuple(cells), data={"evidence": str(judged["evidence_class"]), "lead": leads}))
    return Table("", tuple(label(name, language) for name in columns), tuple(rows), stacked=True, layout="wanted")


def holder(edition: Edition, body: str, language: Language) -> Line:
    """Return a link to the lead body that may hold a figure; where it is empty, that none is named."""
    return edition.link("unit", body, language) if body else label("no_lead_body", language)


def wanted_count(edition: Edition, language: Language) -> str:
    """Return how many figures are wanted, from how many lead bodies, and for how many none is named."""
    bodies = [each.unit_id for each in edition.wanted]
    named, of_nobody = len(set(bodies) - {""}), bodies.count("")
    said = [label("wanted_count", language, count=len(bodies), bodies=named)]
    said += [label("wanted_of_nobody", language, count=of_nobody)] if of_nobody else []
    return Text("", " ").say(language).join(said)


def request_links(edition: Edition, bodies: Iterable[str], language: Language) -> list[Link]:
    """Return links to the request forms of lead bodies, those that the edition offers; of an empty body, to that of nobody."""
    offered = {download.path for download in edition.downloads}
    paths = {body: f"data/requests/request-{body or NO_LEAD_BODY}.xlsx" for body in bodies}
    names = {body: edition.name("unit", body, language) if body else label("no_lead_body", language) for body in paths}
    return [Link(f"{names[body]} (XLSX)", path) for body, path in paths.items() if path in offered]


def unit_cell(edition: Edition, unit_code: object, language: Language) -> str:
    """Return a measurement unit as figures are printed in it."""
    return edition.unit(unit_code, language)


def facts(*rows: tuple[str, Line | None]) -> Facts:
    """Return the terms of which there is something to say."""
    return Facts(tuple((term, line) for term, line in rows if line not in (None, "", ())))


def service_page(edition: Edition, name: str, language: Language, sections: tuple[Section, ...], lede: str = "", **more: Any) -> Page:
    """Return a page that is of the whole package and no entry of it, by its name in the menu; `lede` is its first sentence."""
    first = (Section("", "", (Paragraph(lede, "lede"),)),) if lede else ()
    return Page(
        path=f"{language}/{name}/",
        language=language,
        title=label(name, language),
        description=lede or f"{label(name, language)} – {edition.metadata.title.say(language)}",
        sections=(*first, *sections),
        trail=(Link(label("home", language), f"{language}/"),),
        **more,
    )
