"""The page of one target: what is asked, what is known, what follows, what is missing, and how to cite all that."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from urllib.parse import quote

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.accountability.tables import wanted_periods
from daye_analysis.charts.cards import figure_period
from daye_analysis.charts.citations import published_words
from daye_analysis.charts.labels import asked_words
from daye_analysis.charts.labels import label as chart_label
from daye_analysis.charts.verdicts.verdict_text import verdict_sentences
from daye_analysis.package.definition import codes
from daye_analysis.package.records import Record
from daye_analysis.site.chart import chart
from daye_analysis.site.content import (
    Break,
    Code,
    Details,
    Drawing,
    Facts,
    Foreign,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Quote,
    Row,
    Section,
    Table,
    joined,
    listed,
)
from daye_analysis.site.edition import Edition
from daye_analysis.site.labels import label
from daye_analysis.site.linked import target_linked
from daye_analysis.site.pages.changes import change_table
from daye_analysis.site.pages.rows import (
    area_cell,
    counts_cell,
    evidence_badge,
    facts,
    finding,
    holder,
    in_own_language,
    own_language,
    request_links,
    use_cell,
    value_cell,
)

PERMANENT: Final = "target/{}/"


def target_page(edition: Edition, target_id: str, language: Language) -> Page:
    """Return the page of a target in one language."""
    judged = edition.judged[target_id]
    target = edition.view.target(target_id)
    row = target.row
    task = edition.package.record("tasks", row["task_id"])
    trail = (
        Link(label("home", language), f"{language}/"),
        edition.link("action", task["action_id"], language),
        Link(_task_name(task, language), f"{language}/action/{task['action_id']}/#{row['task_id']}"),
    )
    name = edition.name("target", target_id, language)
    asked = asked_words(edition.package, judged, language)
    said = finding(edition, judged, language)
    order = list(edition.judged)
    at = order.index(target_id)
    return Page(
        path=f"{language}/target/{target_id}/",
        language=language,
        title=name,
        description=Text(f"{name}：{asked}。{said}。", f"{name}: {asked}. {said}.").say(language),
        sections=(
            Section("", "", (_head(edition, judged, language), *_wording(row, task, language))),
            Section("known", label("known", language), _known(edition, judged, language)),
            Section("figures", label("figures", language), _figures(edition, target_id, language)),
            Section("missing", label("missing", language), _missing(edition, target_id, language)),
            Section("judged", label("judged", language), _judged(edition, row, judged, language)),
            Section("history", label("history", language), _history(edition, target_id, language)),
            Section("sources", label("sources", language), _sources(edition, target_id, language)),
            Section("cite", label("cite", language), _cite(edition, target_id, language)),
        ),
        trail=trail,
        linked=target_linked(edition, target_id, language),
        previous=edition.link("target", order[at - 1], language) if at else None,
        next=edition.link("target", order[at + 1], language) if at + 1 < len(order) else None,
        listed=True,
    )


def _task_name(task: Any, language: Language) -> str:
    number = task["official_number"]
    return label("no_number", language) if pd.isna(number) else label("task_number", language, number=number)


def _head(edition: Edition, judged: Record, language: Language) -> Facts:
    target_id = str(judged["target_id"])
    row = edition.view.target(target_id).row
    asked = [asked_words(edition.package, judged, language), codes.SCOPE.label(str(row["scope"])).say(language)]
    if row["strength"] == "strive":
        asked.append(label("strive", language))
    due = [date_words(row["due"], language)]
    if row["due_basis"] == "inferred":
        due.append(label("due_inferred", language))
    comma = Text("，", ", ").say(language)
    return facts(
        (chart_label("asked", language), comma.join(asked)),
        (label("due", language), comma.join(due)),
        (chart_label("evidence", language), evidence_badge(judged, language)),
        (chart_label("finding", language), finding(edition, judged, language)),
        (label("lead", language), _bodies(edition, row["task_id"], "lead", language)),
        (label("responsible", language), _bodies(edition, row["task_id"], "responsible", language)),
    )


def _bodies(edition: Edition, task_id: str, role: str, language: Language) -> Line:
    named = edition.bodies(str(task_id), role, language)
    return listed(named, language) if named else label("none_named", language)


def _wording(row: Any, task: Any, language: Language) -> tuple[Any, ...]:
    place = label("wording_place", language, task=task["task_id"], start=row["source_start"], end=row["source_end"])
    quote = Quote(str(row["wording_zh"]), "zh-CN", place)
    if language == "zh":
        return (quote, Details(label("translation", "zh"), (Paragraph(str(task["text_zh"])),)))
    return (quote, Details(label("translation", "en"), (Paragraph(str(task["text_en"])),)))


def _known(edition: Edition, judged: Record, language: Language) -> tuple[Any, ...]:
    target_id = str(judged["target_id"])
    sentences = verdict_sentences(edition.view, judged, language, tabled=True)
    note = edition.view.target(target_id).row[f"note_{language}"]
    phrases = [*(sentences or [f"{finding(edition, judged, language)}{Text('。', '.').say(language)}"])]
    if pd.notna(note):
        phrases.append(label("on_wording", language, note=note))
    day = date_words(edition.view.timestamp, language)
    blocks: list[Any] = [Paragraph(label("as_of_line", language, day=day), "fine"), Items(tuple(phrases))]
    drawing = chart(edition, target_id, language)
    if drawing is not None:
        blocks.append(Drawing(drawing, label("chart_caption", language)))
    return tuple(blocks)


def _figures(edition: Edition, target_id: str, language: Language) -> tuple[Any, ...]:
    shown = edition.shown.get(target_id, [])
    far = len(edition.view.evidence_of(target_id)) - len(shown)
    blocks: list[Any] = []
    if shown:
        numbers = _numbers(shown)
        columns = ("period", "figure", "scope", "use", "source")
        rows = tuple(
            Row(
                (
                    figure_period(row, language),
                    value_cell(edition, row, language),
                    joined([each for each in (area_cell(edition, row, language), counts_cell(row, language)) if each], "\n"),
                    use_cell(row, language),
                    Link(f"[{numbers[str(row['source_id'])]}]", f"#s{numbers[str(row['source_id'])]}"),
                ),
                id=str(row["observation_id"]),
            )
            for row in shown
        )
        headings = tuple(chart_label(name, language) for name in columns)
        blocks.append(Table(label("figures_caption", language), headings, rows, frozenset({1})))
    else:
        blocks.append(Paragraph(label("no_figures", language), "note"))
    if far:
        indicator = edition.package.record("targets", target_id)["indicator_id"]
        joint = Text("：", ": ").say(language)
        blocks.append(Paragraph((label("far_figures", language, count=far), joint, edition.link("indicator", indicator, language)), "fine"))
    return tuple(blocks)


def _numbers(shown: list[Record]) -> dict[str, int]:
    """Return the number of each source that a page cites, in the order in which it does so."""
    return {source: at for at, source in enumerate(dict.fromkeys(str(row["source_id"]) for row in shown), 1)}


def _missing(edition: Edition, target_id: str, language: Language) -> tuple[Any, ...]:
    asked = [each for each in edition.wanted if each.target_id == target_id]
    if not asked:
        return (Paragraph(label("missing_none", language)),)
    periods = [{"period_start": each.period_start, "period_end": each.period_end, "over": each.over} for each in asked]
    bodies = list(dict.fromkeys(each.unit_id for each in asked))
    return (
        facts(
            (label("missing_periods", language), wanted_periods(periods, language)),
            (label("missing_holder", language), listed([holder(edition, body, language) for body in bodies], language)),
            (label("missing_request", language), listed(request_links(edition, bodies, language), language)),
        ),
        Paragraph(label("missing_how", language), "fine"),
    )


def _judged(edition: Edition, row: Any, judged: Record, language: Language) -> tuple[Any, ...]:
    scope, quantity = str(row["scope"]), str(row["quantity"])
    fields = tuple(Row((Foreign(name, "zxx"), _machine(value))) for name, value in judged.items())
    columns = (label("field", language), label("content", language))
    return (
        facts(
            (label("indicator", language), edition.link("indicator", row["indicator_id"], language)),
            (label("definition", language), str(row[f"definition_{language}"])),
            (label("quantity", language), _code_words(codes.QUANTITY, quantity, language)),
            (label("scope", language), _code_words(codes.SCOPE, scope, language)),
        ),
        Paragraph(Link(label("about_rule", language), f"{language}/about/#rule"), "fine"),
        Details(label("all_fields", language), (Table("", columns, fields, layout="fields"),)),
    )


def _code_words(listing: Any, value: str, language: Language) -> str:
    code = next(each for each in listing.codes if each.value == value)
    return Text(f"{code.label.zh}：{code.meaning.zh}", f"{code.label.en}. {code.meaning.en}").say(language)


def _machine(value: object) -> str:
    """Return a field as a program would write it; a dash for none."""
    if pd.isna(value) or value == "":  # type: ignore[call-overload]
        return "—"
    return value.isoformat()[:10] if isinstance(value, dt.date | pd.Timestamp) else str(value)


def _history(edition: Edition, target_id: str, language: Language) -> tuple[Any, ...]:
    found = [change for change in edition.changes if change.target_id == target_id]
    if not found:
        return (Paragraph(label("history_none", language)),)
    return (change_table(edition, found, language, dated=True),)


def _sources(edition: Edition, target_id: str, language: Language) -> tuple[Any, ...]:
    numbers = _numbers(edition.shown.get(target_id, []))
    if not numbers:
        return (Paragraph(Text("没有引用任何来源。", "No source is cited.").say(language)),)
    return (Items(tuple(source_line(edition, source, language) for source in numbers), True, True, tuple(f"s{at}" for at in numbers.values())),)


def source_line(edition: Edition, source_id: str, language: Language) -> Line:
    """Return a source as lists print it: title, publisher, tier, date, address."""
    row = edition.package.record("sources", source_id)
    title = edition.link("source", source_id, language)
    tier = codes.SOURCE_TIER.label(str(row["tier"])).say(language)
    opening, joint, closing = ("（", "；", "）") if language == "zh" else (" (", "; ", ")")
    about: list[Any] = [Link(title.words, title.to, own_language(title.words, language)), opening, in_own_language(str(row["publisher"]), language)]
    about += [joint, tier, joint, published_words(row["published"], language), closing]
    if pd.notna(row["url"]):
        about += [" ", Link(str(row["url"]), str(row["url"]))]
    return tuple(about)


def _cite(edition: Edition, target_id: str, language: Language) -> tuple[Any, ...]:
    cited, path = edition.view.cite(target_id), PERMANENT.format(target_id)
    address = edition.absolute(path)
    permanent: Line = Link(address, path) if address else (label("no_base", language, path="").rstrip(), " ", Link(f"/{edition.prefix}{path}", path))
    files = listed([Link(name, f"{path}{name}") for name in ("figures.csv", "target.json", "card.html")], language)
    return (
        facts(
            (label("permalink", language), permanent),
            (label("cite_text", language), cited.text.say(language)),
            (label("files", language), files),
            (label("report_error", language), _report_error(edition, target_id, language)),
        ),
        Details(label("cite_bibtex", language), (Code(cited.bibtex, "BibTeX"),)),
        Details(label("cite_csl", language), (Code(cited.csl_json(), "CSL-JSON"),)),
    )


def _report_error(edition: Edition, target_id: str, language: Language) -> Line:
    """Return where an error is reported to, and what to state; in words where the package names no address."""
    contact, day = edition.metadata.contact, edition.day.isoformat()
    state = label("report_error_how", language, id=target_id, version=edition.package.version, day=day)
    if not contact:
        return label("no_contact", language)
    subject = quote(f"{edition.package.name} {edition.package.version}, {target_id}, {day}")
    return (Link(contact, contact if "://" in contact else f"mailto:{quote(contact, safe='@')}?subject={subject}"), Break(), state)
