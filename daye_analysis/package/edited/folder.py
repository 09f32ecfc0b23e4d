"""Read all edited files under `data/source/` at once, with everything that is missing or wrong in them."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, Metadata, table
from daye_analysis.package.edited.messages import EDITED_PROBLEMS
from daye_analysis.package.edited.metadata_file import read_metadata
from daye_analysis.package.edited.number_coverage import unaccounted_numbers
from daye_analysis.package.edited.official import official_rows
from daye_analysis.package.edited.official_text import read_layout, read_official_text
from daye_analysis.package.edited.review_notes import open_judgements
from daye_analysis.package.edited.tables import empty_cells, held, odd_text, read_edited_csv, read_text
from daye_analysis.package.odd_characters import odd_character, without_layout
from daye_analysis.package.records import TextRow
from daye_analysis.package.untrusted.folder import Folder
from daye_analysis.problem_messages import whole, worded
from daye_analysis.storage.file_sets import current

DESCRIPTOR = "datapackage.json"
SOURCE = Path("data/source")
PACKAGE_FILE = SOURCE / "package.yaml"
TEXTS = ("package", "plans", "tasks", "units", "clusters", "targets", "numbers")
EDITED_TABLES = ("indicators", "measurement_units", "areas", "sources", "observations")
# Every file that is read; whatever else is in the folder (an editor's copies) is left alone.
EDITED_FILES = (*(f"{name}.yaml" for name in TEXTS), *(f"{name}.csv" for name in EDITED_TABLES), Path(OFFICIAL_TEXT_PATH).name)

_NOTHING = Metadata("", Text("", ""), Text("", ""), "", "", (), Text("", ""), "", Text("", ""), "", Text("", ""))


@dataclass(frozen=True, slots=True)
class EditedFolder:
    """What the edited files say: the package's metadata and the rows of every table."""

    metadata: Metadata
    rows: Mapping[str, list[TextRow]]


def read_edited_folder(root: Path, edits: Mapping[str, bytes] = MappingProxyType({})) -> EditedFolder:
    """Read `root/data/source/`; `edits` are contents that tables have in place of their files', by path.

    Raises CheckFailed with every problem of every file at once, NotReadable where a file is missing, Refused for links and
    special files: they may come from someone else.
    """
    edited, problems = _survey(root, edits)
    if problems:
        raise CheckFailed(problems)
    return edited


def _survey(root: Path, edits: Mapping[str, bytes]) -> tuple[EditedFolder, list[Problem]]:
    """Return what could be read and every problem: open judgements first, then what is empty or wrong, file by file."""
    folder = root / SOURCE
    refuse_links(root)
    problems: list[Problem] = []
    metadata = held(problems, read_metadata, root / PACKAGE_FILE)
    rows = _official(root, problems)
    for name in EDITED_TABLES:
        path, defined = folder / f"{name}.csv", table(name)
        rows[name] = held(problems, read_edited_csv, path, defined, edits.get((SOURCE / path.name).as_posix())) or []
        problems += empty_cells(defined, rows[name], path.name)
    return EditedFolder(metadata or _NOTHING, rows), [*open_judgements(folder / f"{name}.yaml" for name in TEXTS), *problems]


def refuse_links(root: Path) -> None:
    """Raise Refused where an edited file under `root`, or a folder on the way to it, is a link or no regular file.

    A file that is missing or cannot be opened is named where it is read.
    """
    for name in EDITED_FILES:
        with contextlib.suppress(OSError):
            Folder(root).open((SOURCE / name).as_posix()).close()


def is_unbuilt(root: Path) -> bool:
    """Return whether `root` is a folder with edited files of which no package was ever built."""
    return root.is_dir() and (root / PACKAGE_FILE).is_file() and not current(root, DESCRIPTOR).exists()


def what_is_missing(root: Path) -> tuple[list[Problem], int]:
    """Return everything that keeps the edited files under `root` from being built, else that the build is to run.

    The number is how many Chinese texts have no English, which keeps nothing from being built.

    Raises NotReadable where a file is missing, Refused for links and special files: they may come from someone else.
    """
    edited, problems = _survey(root, {})
    untranslated = sum(
        bool(row.get(f"{name[:-3]}_zh") and not value)
        for rows in edited.rows.values()
        for row in rows
        for name, value in row.items()
        if name.endswith("_en")
    )
    if problems:
        return problems, untranslated
    return [worded(EDITED_PROBLEMS, "build.not-run", PACKAGE_FILE.as_posix(), root=whole(root.as_posix()))], untranslated


def _official(root: Path, problems: list[Problem]) -> dict[str, list[TextRow]]:
    """Return the rows of the tables that the official text gives, as far as it can be read."""
    path = root / OFFICIAL_TEXT_PATH
    text = read_text(path)
    for number, line in enumerate(text.split("\n"), 1):
        if odd := odd_character(without_layout(line)):
            problems.append(odd_text(f"{path.name}:{number}", odd.name))
    read_as = held(problems, read_layout, root / PACKAGE_FILE)
    official = held(problems, read_official_text, text, path.name, read_as) if read_as else None
    if official is None:
        return {}
    rows = official_rows(official, root / SOURCE, problems)
    notes = root / SOURCE / "numbers.yaml"
    held(problems, unaccounted_numbers, official, rows.get("targets"), notes, problems)
    return rows
