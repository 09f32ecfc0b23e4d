"""`daye new`: write a draft into an empty folder, all at once or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem, Refused, WrongUsage
from daye_analysis.package.edited.official_text import Layout, ReadAs, named_columns
from daye_analysis.package.edited.tables import read_yaml
from daye_analysis.package.formatting import is_day
from daye_analysis.package.new.drafting import Draft, Facts, draft_package, one_line
from daye_analysis.package.new.measurement import project_units
from daye_analysis.package.new.messages import NEW_PROBLEMS
from daye_analysis.problem_messages import worded
from daye_analysis.source import decode, normalised
from daye_analysis.source.documents.docx import docx_text, pictures_unread
from daye_analysis.source.documents.flattened import of_comma_values
from daye_analysis.source.documents.html import html_text
from daye_analysis.source.documents.list_file import require_file
from daye_analysis.source.documents.pdf import pdf_text
from daye_analysis.source.documents.xlsx import xlsx_text
from daye_analysis.source.problems import source_problem
from daye_analysis.source.tables.column_roles import COLUMNS, Column
from daye_analysis.storage.folders import replaced_folder

LARGEST_TEXT = 20_000_000
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html)", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class NewPackage:
    """What was started, where: how the list was read, how many of each thing it holds, and what was noted.

    `counts` has actions, tasks, units, targets and numbers (those that no target holds).
    """

    folder: Path
    layout: Layout
    counts: Mapping[str, int]
    notes: tuple[Text, ...]
    files: tuple[str, ...]


def new_package(
    directory: Path,
    task_list: Path,
    *,
    name: str = "",
    title: str = "",
    area_name: str = "",
    area_code: str = "",
    due: str = "",
    layout: str = "",
    columns: Path | None = None,
    goals: Sequence[int] = (),
) -> NewPackage:
    """Start a package in `directory`, empty or not there yet, from the list in `task_list`.

    `name` is the package's name (else the folder's, where that is one), `title` the list's (else as it prints),
    `area_code` the GB/T 2260 code, `due` the day on which all is due for which the text states no date.
    The list is text, .docx, .xlsx, .csv, .html or a .pdf that holds text. Where the program reads it wrongly, `layout`
    (any, tables, paragraphs) says what to read, `columns` is a YAML file with what each column holds by its name, and
    `goals` are the lines that set goals though none was found.
    Raises WrongUsage (`new.folder-not-empty`, `new.not-a-folder`, `new.bad-option`), NotReadable or Refused for a
    list that cannot be read, CheckFailed for one in which no task table is found.
    """
    directory = directory.resolve()
    problems = [*_option_problems(name, area_code, due, layout), *_folder_problems(directory)]
    if problems:
        raise WrongUsage(problems)
    own_name = name or (directory.name if _NAME.fullmatch(directory.name) else "")
    facts = Facts(own_name, one_line(title), one_line(area_name), area_code, due)
    read_as = _read_as(layout, columns, goals)
    draft = draft_package(read_list(task_list), facts, project_units(), task_list.name, read_as)
    write_draft(directory, draft)
    unread = pictures_unread(task_list) if task_list.suffix.lower() == ".docx" else ()
    return NewPackage(directory, draft.layout, draft.counts, (*draft.notes, *unread), tuple(draft.files))


def _read_as(layout: str, columns: Path | None, goals: Sequence[int]) -> ReadAs:
    """Return how the list is to be read; only where nothing is said may the strict layout be tried."""
    named: dict[str, Column] = {}
    if columns is not None:
        found = named_columns(read_yaml(columns))
        if found is None:
            raise WrongUsage(source_problem("bad-columns", columns.name, wanted=COLUMNS))
        named = found
    chosen: Layout = next((each for each in get_args(Layout) if each == layout), "strict")
    if chosen == "strict" and (named or goals):
        chosen = "any"
    return ReadAs(chosen, tuple(named.items()), tuple(goals))


def read_list(path: Path) -> str:
    """Return the text of the list at `path`: Word, Excel, CSV, a web page, a PDF that holds text, else plain text.

    Raises NotReadable (`source.*`) and Refused (`new.list-too-large`, `source.docx-too-large`, `source.table-too-large`).
    """
    require_file(path)
    size = path.stat().st_size
    if size > LARGEST_TEXT:
        raise Refused(worded(NEW_PROBLEMS, "new.list-too-large", path.name, found=size, limit=LARGEST_TEXT))
    kind = path.suffix.lower()
    readers = {".docx": docx_text, ".xlsx": xlsx_text, ".pdf": pdf_text}
    if kind in readers:
        return readers[kind](path)
    text = decode(path.read_bytes(), path.name)
    if kind in (".html", ".htm", ".xhtml") or _PAGE.match(text):
        return html_text(text, path.name)
    return of_comma_values(normalised(text), certain=kind == ".csv")


def write_draft(directory: Path, draft: Draft) -> None:
    """Write the files beside `directory` and put them in its place; a folder that holds just these is that draft already."""


    def refuse(_: Path) -> None:
        raise WrongUsage(worded(NEW_PROBLEMS, "new.folder-not-empty", directory.name))

    with replaced_folder(directory, refuse) as staged:
        for path, text in draft.files.items():
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            (staged / path).write_text(text, encoding="utf-8", newline="")


def _folder_problems(directory: Path) -> list[Problem]:
    if directory.is_dir():
        return []
    return [worded(NEW_PROBLEMS, "new.not-a-folder", directory.name)] if directory.exists() else []


def _option_problems(name: str, area_code: str, due: str, layout: str) -> list[Problem]:
    """Return a problem for each option that is not spelt as it must be; an empty one was not given."""
    wrong = (
        ("--name", name, "nanhu-targets", _NAME.fullmatch(name)),
        ("--area-code", area_code, "420281", re.fullmatch("[1-9][0-9]{5}", area_code)),
        ("--due", due, "2026-12-31", is_day(due)),
        ("--layout", layout, "strict, any, tables, paragraphs", layout in get_args(Layout)),
    )
    return [
        worded(NEW_PROBLEMS, "new.bad-option", option, found=given, example=example)
        for option, given, example, fits in wrong
        if given and not fits
    ]
