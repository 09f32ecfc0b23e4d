"""The home page: how many targets have what, what changed lately, all targets by action, and the ways into the rest."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.brief.key_findings import key_findings
from daye_analysis.charts.brief.state import silent_actions
from daye_analysis.package.request.wanted import NO_LEAD_BODY
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.site.chart import evidence_bar
from daye_analysis.site.content import Items, Link, Page, Paragraph, Section, from_markdown, listed
from daye_analysis.site.edition import Edition
from daye_analysis.site.labels import label
from daye_analysis.site.linked import dataset_linked
from daye_analysis.site.pages.changes import change_table
from daye_analysis.site.pages.rows import request_links, target_table, wanted_count, wanted_table

# So many of the latest changes are on the home page.
_LATELY: Final = 5


def home_page(edition: Edition, language: Language) -> Page:
    """Return the home page."""
    title = edition.metadata.title.say(language)
    counts = _counts(edition, language)
    more = {
        "state": from_markdown("\n\n".join(each.markdown for each in (key_findings(edition.view, language), silent_actions(edition.view, language)))),
        "counts": counts,
        "bar": evidence_bar(counts, sum(number for _, number, _ in counts)),
        "filter": filter_values(edition, language),
        "wanted": wanted_count(edition, language) if edition.wanted else "",
    }
    lately = Section("lately", label("lately", language), _lately(edition, language))
    browse = Section("browse", label("browse", language), _browse(edition, language))
    return Page(
        path=f"{language}/",
        language=language,
        title=title,
        description=edition.metadata.description.say(language),
        sections=(lately, *_by_action(edition, language), browse),
        linked=(dataset_linked(edition, language),),
        script=True,
        template="home.html",
        more=more,
    )


def _counts(edition: Edition, language: Language) -> list[tuple[str, int, str]]:
    """Return how many targets have which data, with the words for it."""
    counts = Counter(str(row["evidence_class"]) for row in edition.judged.values())
    return [(kind, counts[kind], text.say(language)) for kind, text in EVIDENCE_TEXT.items() if counts[kind]]


def filter_values(edition: Edition, language: Language) -> dict[str, list[tuple[str, str]]]:
    """Return what the table of targets can be filtered by: states of the data and lead bodies, those that there are."""
    kinds = {str(row["evidence_class"]) for row in edition.judged.values()}
    leads = [edition.bodies(task, "lead", language) for task in edition.targets_of_task]
    bodies = dict.fromkeys(link.to.split("/")[-2] for links in leads for link in links)
    named = [(body, edition.name("unit", body, language)) for body in bodies]
    return {
        "evidence": [(kind, text.say(language)) for kind, text in EVIDENCE_TEXT.items() if kind in kinds],
        "lead": named if all(leads) else [*named, (NO_LEAD_BODY, label("no_lead_body", language))],
    }


def _lately(edition: Edition, language: Language) -> tuple[Any, ...]:
    found = list(edition.changes[:_LATELY])
    if not found:
        return (Paragraph(label("changes_none", language)),)
    more = Paragraph(Link(label("all_changes", language), f"{language}/changes/"))
    return (change_table(edition, found, language, named=True, dated=True), more)


def _by_action(edition: Edition, language: Language) -> tuple[Section, ...]:
    """Return a section for each action with targets, in the list's order."""
    sections = []
    for action, tasks in edition.tasks_of_action.items():
        targets = [target for task in tasks for target in edition.targets_of_task.get(task, [])]
        if targets:
            name = edition.name("action", action, language)
            link = Paragraph(Link(Text("任务与责任单位", "Tasks and bodies").say(language), f"{language}/action/{action}/"), "fine")
            sections.append(Section(f"action-{action}", name, (target_table(edition, targets, language), link)))
    return tuple(sections)


def _browse(edition: Edition, language: Language) -> tuple[Any, ...]:
    """Return the ways to actions, clusters and bodies, and to the lists of areas, indicators and sources."""
    colon = Text("：", ": ").say(language)
    lines: list[Any] = []
    for kind, name in (("action", "actions"), ("cluster", "clusters"), ("unit", "bodies")):
        links = [edition.link(kind, each, language) for each in edition.ids(kind)]  # type: ignore[arg-type]
        if links:
            lines.append((label(name, language), colon, *_parts(listed(links, language))))
    for kind, name in (("indicator", "indicators"), ("area", "areas"), ("source", "sources")):
        count = len(edition.ids(kind))  # type: ignore[arg-type]
        lines.append(Link(f"{label(name, language)} ({count})", f"{language}/search/#{kind}"))
    return (Items(tuple(lines)),)


def _parts(line: Any) -> tuple[Any, ...]:
    return line if isinstance(line, tuple) else (line,)


def wanted_page(edition: Edition, language: Language) -> Page:
    """Return the page of the figures that were not found, with who is likely to hold them."""
    table = wanted_table(edition, "", language)
    lede = label("wanted_lede", language)
    blocks: list[Any] = [Paragraph(lede, "lede")]
    if table is None:
        blocks.append(Paragraph(label("nothing_wanted", language), "note"))
    else:
        blocks += [Paragraph(wanted_count(edition, language)), table]
        forms = request_links(edition, (each.unit_id for each in edition.wanted), language)
        if forms:
            blocks.append(Paragraph((label("requests", language), Text("：", ": ").say(language), *_parts(listed(forms, language)))))
            blocks.append(Paragraph(label("missing_how", language), "fine"))
    return Page(
        path=f"{language}/wanted/",
        language=language,
        title=label("wanted", language),
        description=lede,
        sections=(Section("", "", tuple(blocks)),),
        trail=(Link(label("home", language), f"{language}/"),),
        script=table is not None,
        more={} if table is None else {"filter": filter_values(edition, language)},
    )
