"""From the text of a task list to the texts of all files of a new package, without reading or writing files."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH
from daye_analysis.package.edited.folder import SOURCE
from daye_analysis.package.edited.number_coverage import target_places
from daye_analysis.package.edited.official_text import (
    Layout,
    OfficialText,
    ReadAs,
    of_draft,
    plain,
    read_official_text,
    row_id,
)
from daye_analysis.package.new import files
from daye_analysis.package.new.baselines import baseline_rows
from daye_analysis.package.new.numbers import number_notes
from daye_analysis.package.new.proposals import (
    RowProposal,
    TargetDraft,
    indicator_row,
    target_drafts,
    with_units,
)
from daye_analysis.package.new.readme import readme
from daye_analysis.package.records import TextRow
from daye_analysis.source import (
    DraftTaskList,
    ProposedTarget,
    Task,
    propose_row_targets,
    propose_targets,
    read_any_task_list,
)
from daye_analysis.source.spans import Span
from daye_analysis.source.targets.due_dates import only_year, plan_years

DUE_FROM_TARGETS = Text(
    "规划到期日取自各目标写明的最晚日期。", "The plan's due date is the latest date stated in its targets."
)
SPAN_FROM_TITLE = Text("规划起止取自标题中的年份。", "The plan's start and due date come from the years in its title.")
# Keeps line ends as they are in every checkout: spans count characters.
GIT_ATTRIBUTES = "data/** -text\n"
# The strict layout where the list has it.
AS_FITS = ReadAs("strict")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Characters that print as nothing and are no letters to Unicode's categories either (Hangul and Khmer fillers).
_FILLERS = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the person who starts the package says beyond the list; all may be empty.

    `due` is the day (ISO 8601) on which all is due for which the text states no date.
    """

    name: str = ""
    title: str = ""
    area_name: str = ""
    area_code: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of a new package by path, and how many of each thing were found in the list."""

    files: Mapping[str, str]
    layout: Layout
    counts: Mapping[str, int]
    notes: tuple[Text, ...]


def cleaned(text: str) -> str:
    """Return `text` as a package can hold it: line ends LF, form NFC, no control or invisible characters."""
    lines = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    return "".join(
        each
        for each in lines
        if each in "\n\t" or (unicodedata.category(each) not in ("Cc", "Cf") and each not in _FILLERS)
    )


def one_line(words: str) -> str:
    """Return `words`, given by a person, cleaned and on one line."""
    return " ".join(cleaned(words).split())


def draft_package(
    text: str,
    facts: Facts,
    known_units: Mapping[str, TextRow],
    file: str = "",
    read_as: ReadAs = AS_FITS,
) -> Draft:
    """Return the draft of a package made of the task list in `text`.

    Unless `read_as` says otherwise, the strict layout is taken where the list has it, else the lenient reader's rows;
    `package.yaml` says which. `known_units` are rows of `measurement_units` by code, used where they have what the
    proposals need. `file` names the input in problems. Raises CheckFailed where nothing is found (`source.*`).
    """
    official, read_as, draft = _read(cleaned(text), file, read_as)
    proposals, units = with_units(_proposals(official, draft), known_units)
    title = facts.title or one_line(official.task_list.title).lstrip("=+-@＝＋－＠ ")
    drafts = target_drafts(proposals, official.text, facts.due or title_span(title)[1])
    held = ((each.proposal.source_start, each.proposal.source_end, f"{each.proposal.value:f}") for each in proposals)
    covered = [*official.numbering, *target_places(official.text, held)]
    bases = baseline_rows(draft, drafts)
    notes = number_notes(official.text, covered, [place for place, _ in bases], draft.past if draft else ())
    list_notes = draft.needs_judgement if draft else ()
    counts = {
        "actions": len(official.task_list.actions),
        "tasks": len(official.task_list.tasks),
        "units": len(official.task_list.spellings),
        "targets": len(drafts),
        "numbers": len(notes),
    }
    texts = {
        **_list_files(official, read_as, draft, replace(facts, title=title), drafts),
        "targets.yaml": files.targets_yaml(drafts),
        "numbers.yaml": files.numbers_yaml(notes),
        **_tables(drafts, units),
        "areas.csv": files.csv_text("areas", [files.area_row(facts.area_name, facts.area_code)]),
        "sources.csv": files.csv_text("sources", [files.source_row(title)]),
        "observations.csv": files.csv_text("observations", [row for _, row in bases]),
    }
    return Draft(
        files={
            OFFICIAL_TEXT_PATH: official.text,
            **{(SOURCE / name).as_posix(): content for name, content in texts.items()},
            "README.md": readme(title, read_as.layout, counts),
            ".gitattributes": GIT_ATTRIBUTES,
        },
        layout=read_as.layout,
        counts=counts,
        notes=(*list_notes, *_about_cleaning(text, official.text)),
    )


def title_span(title: str) -> tuple[str, str]:
    """Return the start and due date that a title's years give: 2026—2028年, “十五五”, 2026年; empty where none do."""
    year = only_year(title) or 0
    first, last = plan_years(title) or (year, year)
    return (f"{first - 1}-12-31", f"{last}-12-31") if first else ("", "")


def plan_span(facts: Facts, dues: Sequence[dt.date]) -> tuple[str, str, list[Text]]:
    """Return the plan's start and due date as far as its title or its targets say, and what was guessed."""
    first, last = title_span(facts.title)
    if first:
        return first, facts.due or last, [SPAN_FROM_TITLE]
    if facts.due or not dues:
        return "", facts.due, []
    return "", max(dues).isoformat(), [DUE_FROM_TARGETS]


def _list_files(
    official: OfficialText,
    read_as: ReadAs,
    draft: DraftTaskList | None,
    facts: Facts,
    drafts: Sequence[TargetDraft],
) -> dict[str, str]:
    """Return the files that describe the list: the package, its plan, its rows and the units it names."""
    start, due, marks = plan_span(facts, [each.proposal.due for each in drafts if each.proposal.due])
    temporal = f"{start}/{due}" if start and due else ""
    row_notes = {f"T{row.position:02d}": row.needs_judgement for row in draft.rows} if draft else {}
    list_notes = draft.needs_judgement if draft else ()
    return {
        "package.yaml": files.package_yaml(facts.name, facts.title, facts.area_name, temporal, read_as),
        "plans.yaml": files.plans_yaml(facts.title, start, due, marks),
        "tasks.yaml": files.tasks_yaml(official.task_list, list_notes, row_notes),
        "units.yaml": files.units_yaml(official.task_list.spellings),
        "clusters.yaml": files.clusters_yaml(),
    }


def _tables(drafts: Sequence[TargetDraft], units: Mapping[str, TextRow]) -> dict[str, str]:
    """Return the indicators and the units that they are in."""
    indicators = [indicator_row(each, units[each.proposal.unit_code]) for each in drafts]
    return {
        "measurement_units.csv": files.csv_text("measurement_units", [units[code] for code in sorted(units)]),
        "indicators.csv": files.csv_text("indicators", indicators),
    }


def _read(text: str, file: str, read_as: ReadAs) -> tuple[OfficialText, ReadAs, DraftTaskList | None]:
    """Return the list read strictly, or else leniently with the draft that its rows come from."""
    try:
        if read_as == AS_FITS:
            return read_official_text(text, file, read_as), read_as, None
    except CheckFailed:
        read_as = ReadAs("any")
    reading = read_as.reading
    draft = read_any_task_list(_without_inner_tabs(text, read_any_task_list(text, file, reading)), file, reading)
    return of_draft(draft), read_as, draft


def _without_inner_tabs(text: str, draft: DraftTaskList) -> str:
    """Return `text` with a space for each tab inside a cell: where tabs divide no cells, they may be in one."""
    spaced = list(text)
    for row in draft.rows:
        for cell in (row.task, *row.further, row.action, *row.leads, *row.responsibles):
            if cell is not None and "\t" in cell.text:
                spaced[cell.start : cell.end] = cell.text.replace("\t", " ")
    return "".join(spaced)


def _proposals(official: OfficialText, draft: DraftTaskList | None) -> list[RowProposal]:
    """Return every proposed target with the task in whose words it is."""
    tasks = official.task_list.tasks
    if draft is None:
        return [
            RowProposal(task.task_id, each, "")
            for task in tasks
            for each in propose_targets(task.text_zh, task.source_start, only_year(official.task_list.title))
        ]
    cells: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        cells[row_id(task.task_id)].append(task)
    return [
        RowProposal(task.task_id, plain_words, row.obligation)
        for row in draft.rows
        for plain_words in map(_plainly_worded, propose_row_targets(row))
        for task in cells[f"T{row.position:02d}"]
        if task.source_start <= plain_words.source_start < plain_words.source_end <= task.source_end
    ]


def _plainly_worded(proposal: ProposedTarget) -> ProposedTarget:
    """Return `proposal` without the bullet that its task, too, has lost."""
    words = plain(Span(proposal.wording_zh, proposal.source_start, proposal.source_end))
    return replace(proposal, wording_zh=words.text, source_start=words.start)


def _about_cleaning(text: str, clean: str) -> tuple[Text, ...]:
    plain = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    if plain == clean:
        return ()
    return (
        Text(
            "原文中的不可见字符或非规范写法已清除，位置按清除后的文本计。",
            "Invisible characters and non-standard forms were removed from the text; spans refer to the cleaned text.",
        ),
    )
