"""The pages that serve: data and downloads, search, reports, SQL, notebooks, about, and what is no longer listed."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.package.definition import EVIDENCE, TABLES, codes
from daye_analysis.package.definition.judged import EVIDENCE_REASON, EVIDENCE_ROLE
from daye_analysis.package.describe.citation import citation_line
from daye_analysis.package.places import project_root
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT, STATUS_TEXT
from daye_analysis.reporting.notebooks.notebook import read_notebook
from daye_analysis.site.content import (
    Badge,
    Foreign,
    Items,
    Kind,
    Line,
    Link,
    Page,
    Paragraph,
    Row,
    Section,
    Table,
)
from daye_analysis.site.edition import Download, Edition, Gone
from daye_analysis.site.labels import label
from daye_analysis.site.linked import dataset_linked
from daye_analysis.site.pages.rows import facts, in_own_language, own_language, service_page

_PLURAL: Final[dict[Kind, str]] = {
    "target": "targets", "action": "actions", "cluster": "clusters", "unit": "bodies", "indicator": "indicators", "area": "areas",
    "source": "sources",
}  # fmt: skip


def data_page(edition: Edition, language: Language) -> Page:
    """Return the page of all files: the whole package, its tables, its descriptions, and how to cite it."""
    described = {table.path: table for table in (*TABLES, EVIDENCE)}
    whole = [each for each in edition.downloads if each.path.endswith((".zip", ".sqlite", ".xlsx")) and "/requests/" not in each.path]
    tables = [each for each in edition.downloads if each.path in described]
    rest = [each for each in edition.downloads if each not in whole and each not in tables and not each.path.startswith(("data/requests/", "data/parquet/"))]
    requests = [each for each in edition.downloads if each.path.startswith("data/requests/")]
    counts = {name: len(rows) for name, rows in edition.package.tables.items()}
    table_rows = tuple(
        Row(
            (
                Link(each.path.rsplit("/", 1)[-1], each.path),
                str(counts.get(described[each.path].name, "")),
                _size(each),
                (described[each.path].title.say(language), Text("：", ". ").say(language), described[each.path].description.say(language)),
            )
        )
        for each in tables
    )
    columns = tuple(label(name, language) for name in ("file", "rows", "size", "holds"))
    sections = [
        Section("whole", label("whole", language), (_files(whole, language),)),
        Section("tables", label("tables", language), (Table("", columns, table_rows, frozenset({1, 2})),)),
        Section("described", label("described", language), (_files(rest, language),)),
        Section("cite", label("how_to_cite", language), (Paragraph(citation_line(edition.metadata).say(language)),)),
    ]
    if requests:
        sections.insert(3, Section("requests", label("requests", language), (_files(requests, language),)))
    archived = tuple(Link(version, f"release/{version}/{language}/") for version in edition.releases)
    blocks: tuple[Any, ...] = (Items(archived),) if archived else (Paragraph(label("archived_none", language)),)
    if not edition.prefix:
        sections.append(Section("archived", label("archived", language), blocks))
    linked = (dataset_linked(edition, language),)
    return service_page(edition, "data", language, tuple(sections), label("data_lede", language), linked=linked, listed=True)


def _files(downloads: list[Download], language: Language) -> Table:
    columns = (label("file", language), label("size", language), "SHA-256")
    rows = tuple(Row((Link(each.path.rsplit("/", 1)[-1], each.path), _size(each), Badge("hash", each.sha256))) for each in downloads)
    return Table("", columns, rows, frozenset({1}))


def _size(download: Download) -> str:
    return f"{max(1, round(download.size / 1000))} kB"


def search_page(edition: Edition, language: Language) -> Page:
    """Return the list of all pages, which the script filters by any part of a word; it is complete without script."""
    sections = []
    for kind, plural in _PLURAL.items():
        ids = edition.ids(kind)
        if ids:
            title = f"{label(plural, language)} ({len(ids)})"
            sections.append(Section(kind, title, (Items(tuple(_entry(edition, kind, each, language) for each in ids), fine=True),)))
    return service_page(edition, "search", language, tuple(sections), label("search_lede", language), script=True, template="search.html")


def _entry(edition: Edition, kind: Kind, identifier: str, language: Language) -> Line:
    """Return one page in the list: its name, and the other words by which it is looked for."""
    link = edition.link(kind, identifier, language)
    package = edition.package
    if kind == "target":
        return (link, " ", in_own_language(str(package.record("targets", identifier)["wording_zh"]), language))
    if kind == "source":
        row = package.record("sources", identifier)
        return (Link(link.words, link.to, own_language(link.words, language)), " ", in_own_language(str(row["publisher"]), language))
    other = edition.name(kind, identifier, "en" if language == "zh" else "zh")
    return link if other in (link.words, f"{link.words} [zh]") else (link, " ", Foreign(other, "en" if language == "zh" else "zh-CN"))


def reports_page(edition: Edition, language: Language) -> Page:
    """Return the reports that the site carries, the reader's language first."""
    if not edition.reports:
        return service_page(edition, "reports", language, (Section("none", label("reports", language), (Paragraph(label("reports_none", language)),)),))
    ordered = sorted(edition.reports, key=lambda each: each.language != language)
    columns = (label("report", language), label("edition_language", language), label("report_day", language), label("size", language))
    rows = tuple(
        Row((Link(each.title, each.path, own_language(each.title, language)), {"zh": "中文", "en": "English"}[each.language],
             date_words(pd.Timestamp(each.as_of), language), f"PDF, {max(1, round(each.size / 1000))} kB"))
        for each in ordered
    )  # fmt: skip
    section = Section("reports", label("reports", language), (Table("", columns, rows, frozenset({3})),))
    return service_page(edition, "reports", language, (section,), label("reports_lede", language))


def about_page(edition: Edition, language: Language) -> Page:
    """Return what the site is, how figures decide, what its terms mean, and how it treats its readers."""
    about, package = edition.metadata, edition.package
    official: Line = about.official_title.say(language) or about.title.say(language)
    if about.official_url:
        official = Link(str(official), about.official_url)
    head = facts(
        (label("place", language), about.spatial.say(language)),
        (label("span", language), about.temporal),
        (label("list_title", language), official),
        (label("compiled", language), date_words(pd.Timestamp(package.compiled_on), language)),
        (label("about_package", language), f"{package.name} {package.version}"),
        (label("publisher", language), about.publisher.say(language)),
    )
    lists = (
        ("about_roles", EVIDENCE_ROLE), ("about_reasons", EVIDENCE_REASON), ("source", codes.CONCEPT), ("tier", codes.SOURCE_TIER),
        ("scope", codes.SCOPE), ("quantity", codes.QUANTITY),
    )  # fmt: skip
    columns = (label("term", language), label("meaning", language))
    titles = {"source": Text("口径", "Concept").say(language)}
    tables = [
        Table(titles.get(name, label(name, language)), columns, tuple(
            Row((code.label.say(language), code.meaning.say(language))) for code in listing.codes))
        for name, listing in lists
    ]  # fmt: skip
    words = [
        Paragraph((label("about_evidence", language), Text("：", ": ").say(language), Text("、", ", ").say(language).join(
            text.say(language) for text in EVIDENCE_TEXT.values()))),
        Paragraph((label("about_status", language), Text("：", ": ").say(language), Text("、", ", ").say(language).join(
            dict.fromkeys(text.say(language) for text in STATUS_TEXT.values())))),
    ]  # fmt: skip
    sections = (
        Section("package", label("about_package", language), (Paragraph(about.description.say(language)), head)),
        Section("rule", label("about_rule", language), (Paragraph(_RULE.say(language)), *tables[:3])),
        Section("words", label("about_words", language), (*words, *tables[3:])),
        Section("access", label("about_access", language), (Paragraph(label("about_access_text", language)), Paragraph(label("licence", language)))),
    )
    return service_page(edition, "about", language, sections, listed=True)


_RULE: Final = Text(
    "只有本地区、同口径、无疑义的实绩可据以判断；口径较宽或范围较大的数据只给出上限，口径较窄或范围较小的只给出下限；其余仅供参考，并写明口径。"
    "以可知之日为准：截至日之后才公布的数据一概不用。相互矛盾的数据均列出，均不用于判断。",
    "Only an undoubted outturn of the same concept for the plan's own area decides. A broader concept or a larger area gives an upper bound, a "
    "narrower or smaller one a lower bound; everything else informs, with what it counts in words. What became known after the day of the site is "
    "not used. Figures that contradict each other are all shown, and none of them decides.",
)


def sql_page(edition: Edition, language: Language) -> Page:
    """Return the SQL console over the exported SQLite file."""
    database = next((each.path for each in edition.downloads if each.path.endswith(".sqlite")), "")
    lede = label("sql_lede", language)
    return service_page(
        edition, "sql", language, (), lede, template="sql.html",
        more={"database": database, "examples": _SQL_EXAMPLES, "size": next((_size(each) for each in edition.downloads if each.path == database), "")},
    )  # fmt: skip


_SQL_EXAMPLES: Final = (
    "SELECT target_id, comparator, value, unit_code, wording_zh FROM targets ORDER BY task_id;",
    "SELECT target_id, role, reason, count(*) AS n FROM evidence GROUP BY target_id, role, reason;",
    "SELECT o.period_end, o.value, o.unit_code, s.title FROM observations o JOIN sources s USING (source_id) WHERE o.indicator_id = 'high_tech_enterprises' ORDER BY o.period_end;",
)


def lab_page(edition: Edition, language: Language) -> Page:
    """Return the page that says what the notebooks in the browser need, before anything of them is loaded."""
    titles = {path.name: read_notebook(path)["metadata"]["daye"]["title"][language] for path in (project_root() / "notebooks").glob("*.ipynb")}
    links = Items(tuple(Link(titles[name], f"lab/lab/index.html?path={language}/{name}") for name in edition.lab))
    size = Paragraph(label("lab_size", language, size=max(1, round(edition.lab_size / 1e6))), "note")
    note = Paragraph(label("lab_note", language), "fine")
    sections = (Section("", "", (Paragraph(label("lab_lede", language), "lede"), size)), Section("notebooks", label("lab_notebooks", language), (links, note)))
    return service_page(edition, "lab", language, sections)


def gone_page(_edition: Edition, gone: Gone, language: Language) -> Page:
    """Return what is at the address of something that is no longer listed."""
    name = Text(gone.name_zh, gone.name_en).say(language)
    where = f"release/{gone.release}/{language}/{gone.kind}/{gone.id}/"
    blocks = (
        Paragraph(label("gone_text", language, version=gone.release), "note"),
        Paragraph(Link(label("gone_link", language, version=gone.release), where)),
    )
    return Page(
        path=f"{language}/{gone.kind}/{gone.id}/",
        language=language,
        title=label("gone_title", language, name=name),
        description=label("gone_text", language, version=gone.release),
        sections=(Section("", "", blocks),),
        trail=(Link(label("home", language), f"{language}/"),),
    )
