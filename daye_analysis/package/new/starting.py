"""`daye new`: the draft written into an empty folder, all of it at once or nothing."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import NotReadable, Problem, Refused, WrongUsage
from daye_analysis.package.new.drafting import Draft, Facts, draft_package, one_line
from daye_analysis.package.new.measurement import project_units
from daye_analysis.package.new.words import NEW_WORDS
from daye_analysis.package.official_text import Layout
from daye_analysis.package.wording import worded
from daye_analysis.source import decode
from daye_analysis.source.docx_task_list import docx_text
from daye_analysis.source.problems import source_problem

LARGEST_TEXT = 20_000_000
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
) -> NewPackage:
    """Start a package in `directory`, empty or not there yet, from the list in `task_list` (text or .docx).

    `name` is the package's name (else the folder's, where that is one), `title` the list's (else as it prints),
    `area_code` the GB/T 2260 code, `due` the day on which all is due for which the text states no date.
    Raises WrongUsage (`new.folder-not-empty`, `new.not-a-folder`, `new.bad-option`), NotReadable or Refused for a
    list that cannot be read, CheckFailed for one in which no task table is found.
    """
    directory = directory.resolve()
    problems = [*_option_problems(name, area_code, due), *_folder_problems(directory)]
    if problems:
        raise WrongUsage(problems)
    own_name = name or (directory.name if _NAME.fullmatch(directory.name) else "")
    facts = Facts(own_name, one_line(title), one_line(area_name), area_code, due)
    draft = draft_package(read_list(task_list), facts, project_units(), task_list.name)
    write_draft(directory, draft)
    return NewPackage(directory, draft.layout, draft.counts, draft.notes, tuple(draft.files))


def read_list(path: Path) -> str:
    """Return the text of the list at `path`: a Word file's paragraphs and tables flattened, else decoded.

    Raises NotReadable (`source.*`) and Refused (`new.list-too-large`, `source.docx-too-large`).
    """
    if path.suffix.lower() == ".docx":
        return docx_text(path)
    if not path.is_file():
        raise NotReadable(source_problem("file-not-found", path.name))
    size = path.stat().st_size
    if size > LARGEST_TEXT:
        raise Refused(worded(NEW_WORDS, "new.list-too-large", path.name, found=size, limit=LARGEST_TEXT))
    return decode(path.read_bytes(), path.name)


def write_draft(directory: Path, draft: Draft) -> None:
    """Write the files beside `directory` and put them in its place in one rename."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".daye-new-", dir=directory.parent) as beside:
        staged = Path(beside) / "package"
        for path, text in draft.files.items():
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            (staged / path).write_text(text, encoding="utf-8", newline="")
        try:
            if directory.exists():
                directory.rmdir()
            staged.rename(directory)
        except OSError as error:
            # Somebody put something there in the meantime.
            if problems := _folder_problems(directory):
                raise WrongUsage(problems) from error
            raise


def _folder_problems(directory: Path) -> list[Problem]:
    if directory.is_dir():
        taken = any(directory.iterdir())
        return [worded(NEW_WORDS, "new.folder-not-empty", directory.name)] if taken else []
    return [worded(NEW_WORDS, "new.not-a-folder", directory.name)] if directory.exists() else []


def _option_problems(name: str, area_code: str, due: str) -> list[Problem]:
    """Return a problem for each option that is not spelt as it must be; an empty one was not given."""
    wrong = (
        ("--name", name, "nanhu-targets", _NAME.fullmatch(name)),
        ("--area-code", area_code, "420281", re.fullmatch("[1-9][0-9]{5}", area_code)),
        ("--due", due, "2026-12-31", _is_day(due)),
    )
    return [
        worded(NEW_WORDS, "new.bad-option", option, found=given, example=example)
        for option, given, example, fits in wrong
        if given and not fits
    ]


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
