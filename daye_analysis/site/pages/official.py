"""The pages of the official list: an action with its tasks, a cluster, and a body with what it leads; no score, no rank."""

from __future__ import annotations

from typing import Any

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.labels import asked_words
from daye_analysis.package.definition import codes
from daye_analysis.package.records import records
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.site.content import (
    Details,
    Foreign,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Quote,
    Section,
    listed,
)
from daye_analysis.site.edition import Edition
from daye_analysis.site.labels import label
from daye_analysis.site.linked import body_linked, trail_linked
from daye_analysis.site.pages.rows import facts, observation_table, target_table, wanted_table


def action_page(edition: Edition, action_id: str, language: Language) -> Page:
    """Return the page of one action: each task in the official words, who answers for it, and its targets."""
    name = edition.name("action", action_id, language)
    tasks = edition.tasks_of_action[action_id]
    sections = [
        Section("", "", (*_official_name(edition, "action", action_id, language),)),
        *(_task(edition, task_id, language) for task_id in tasks),
    ]
    order = edition.ids("action")
    at = order.index(action_id)
    trail = (Link(label("home", language), f"{language}/"), Link(label("actions", language), f"{language}/#targets"))
    return Page(
        path=f"{language}/action/{action_id}/",
        language=language,
        title=name,
        description=name,
        sections=tuple(sections),
        trail=trail,
        linked=(trail_linked(edition, trail, name),),
        previous=edition.link("action", order[at - 1], language) if at else None,
        next=edition.link("action", order[at + 1], language) if at + 1 < len(order) else None,
        listed=True,
    )


def _official_name(edition: Edition, kind: Any, identifier: str, language: Language) -> tuple[Any, ...]:
    """Return the official name on an English page."""
    if language == "zh":
        return ()
    return (Paragraph(Foreign(edition.name(kind, identifier, "zh"), "zh-CN"), "lede"),)


def _task(edition: Edition, task_id: str, language: Language) -> Section:
    task = edition.package.record("tasks", task_id)
    number = task["official_number"]
    title = label("no_number", language) if pd.isna(number) else label("task_number", language, number=number)
    blocks: list[Any] = [Quote(str(task["text_zh"]), "zh-CN", str(task_id))]
    if language == "en":
        blocks.append(Details(label("translation", "en"), (Paragraph(str(task["text_en"])),)))
    blocks.append(
        facts(
            *(
                (label(role, language), listed(named, language) if named else label("none_named", language))
                for role in ("lead", "responsible")
                for named in [edition.bodies(task_id, role, language)]
            )
        )
    )
    targets = edition.targets_of_task.get(task_id, [])
    blocks.append(target_table(edition, targets, language) if targets else Paragraph(label("no_target", language), "fine"))
    return Section(task_id, title, tuple(blocks))


def cluster_page(edition: Edition, cluster_id: str, language: Language) -> Page:
    """Return the page of one cluster: its target, and all figures of its indicator."""
    row = edition.package.record("clusters", cluster_id)
    name = edition.name("cluster", cluster_id, language)
    indicator = str(row["indicator_id"])
    targets = [each for each in edition.judged if edition.package.record("targets", each)["indicator_id"] == indicator]
    order = edition.ids("cluster")
    at = order.index(cluster_id)
    trail = (Link(label("home", language), f"{language}/"), Link(label("clusters", language), f"{language}/#browse"))
    note = label("is_place" if row["is_place"] else "is_sector", language)
    return Page(
        path=f"{language}/cluster/{cluster_id}/",
        language=language,
        title=name,
        description=f"{name} {note}",
        sections=(
            Section("", "", (*_official_name(edition, "cluster", cluster_id, language), Paragraph(note, "note"))),
            Section("targets", label("targets", language), (target_table(edition, targets, language),)),
            Section("figures", label("figures", language), figures_of(edition, "indicator_id", indicator, language, "indicator")),
        ),
        trail=trail,
        linked=(trail_linked(edition, trail, name),),
        previous=edition.link("cluster", order[at - 1], language) if at else None,
        next=edition.link("cluster", order[at + 1], language) if at + 1 < len(order) else None,
    )


def figures_of(edition: Edition, column: str, value: str, language: Language, without: str) -> tuple[Any, ...]:
    """Return the known figures with a value in a column as a table, or that there are none."""
    rows = edition.observations_by(column).get(value, [])
    return (observation_table(edition, rows, language, without),) if rows else (Paragraph(label("no_observations", language), "note"),)


def body_page(edition: Edition, body_id: str, language: Language) -> Page:
    """Return the page of one body: what it leads, takes part in, and what is wanted from it."""
    package = edition.package
    row = package.record("units", body_id)
    name = edition.name("unit", body_id, language)
    aliases = [str(each["alias_zh"]) for each in records(package.unit_aliases) if each["unit_id"] == body_id]
    duties = package.responsibilities[package.responsibilities["unit_id"] == body_id]
    of_role = {role: frozenset(duties.loc[duties["role"] == role, "task_id"]) for role in ("lead", "responsible")}
    led, shared = ([task for tasks in edition.tasks_of_action.values() for task in tasks if task in of] for of in of_role.values())
    targets = [target for task in led for target in edition.targets_of_task.get(task, [])]
    trail = (Link(label("home", language), f"{language}/"), Link(label("bodies", language), f"{language}/#browse"))
    head = facts(
        (label("kind", language), codes.UNIT_KIND.label(str(row["kind"])).say(language)),
        (label("aliases", language), listed([Foreign(each, "zh-CN") for each in aliases], language)),
        (label("targets", language), _state(edition, targets, language)),
    )
    parts = [Section("", "", (*_official_name(edition, "unit", body_id, language), head))]
    if led:
        parts.append(Section("leads", label("leads", language), (Items(tuple(_task_line(edition, each, language) for each in led)),)))
    if targets:
        parts.append(Section("targets", label("leads_targets", language), (target_table(edition, targets, language),)))
        parts.append(Section("wanted", label("wanted_from", language), _wanted(edition, body_id, language)))
    if shared:
        parts.append(Section("takes_part", label("takes_part", language), (Items(tuple(_task_line(edition, each, language) for each in shared)),)))
    if not led and not shared:
        parts.append(Section("duties", label("tasks", language), (Paragraph(label("no_duty", language)),)))
    return Page(
        path=f"{language}/unit/{body_id}/",
        language=language,
        title=name,
        description=name,
        sections=tuple(parts),
        trail=trail,
        linked=(body_linked(edition, body_id, language), trail_linked(edition, trail, name)),
    )


def _state(edition: Edition, targets: list[str], language: Language) -> Line:
    """Return how many targets have which data: what has been published, never what was done."""
    counts = {kind: sum(edition.judged[each]["evidence_class"] == kind for each in targets) for kind in EVIDENCE_TEXT}
    colon = Text("：", ": ").say(language)
    phrases = Text("、", ", ").say(language).join(
        f"{EVIDENCE_TEXT[kind].say(language)} {count}" for kind, count in counts.items() if count
    )
    return f"{len(targets)}{colon}{phrases}" if phrases else ""


def _task_line(edition: Edition, task_id: str, language: Language) -> Line:
    """Return a task by number and action, with its targets."""
    task = edition.package.record("tasks", task_id)
    number = task["official_number"]
    words = label("no_number", language) if pd.isna(number) else label("task_number", language, number=number)
    targets = edition.targets_of_task.get(task_id, [])
    line: tuple[Any, ...] = (
        Link(words, f"{language}/action/{task['action_id']}/#{task_id}"),
        Text("，", ", ").say(language),
        edition.link("action", task["action_id"], language),
    )
    for at, target in enumerate(targets):
        joint = Text("：" if at == 0 else "、", ": " if at == 0 else "; ").say(language)
        line += (joint, edition.link("target", target, language), " ", asked_words(edition.package, edition.judged[target], language))
    return line


def _wanted(edition: Edition, body_id: str, language: Language) -> tuple[Any, ...]:
    table = wanted_table(edition, body_id, language)
    if table is None:
        return (Paragraph(label("nothing_wanted", language)),)
    base = f"data/requests/request-{body_id}"
    forms = [Link(name.upper(), f"{base}.{name}") for name in ("xlsx", "docx") if any(each.path == f"{base}.{name}" for each in edition.downloads)]
    joint = Text("：", ": ").say(language)
    form = (Paragraph((label("missing_request", language), joint, *_spaced(forms))),) if forms else ()
    return (*form, table, Paragraph(label("missing_how", language), "fine"))


def _spaced(links: list[Link]) -> tuple[Any, ...]:
    return tuple(part for at, link in enumerate(links) for part in ((" · ", link) if at else (link,)))


