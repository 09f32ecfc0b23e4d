"""From the official text and the edited files to the published tables, all at once or not at all."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, TABLES, Metadata, Table
from daye_analysis.package.definition import table as definition
from daye_analysis.package.describe import describe_all
from daye_analysis.package.edited.folder import EDITED_TABLES, SOURCE, read_edited_folder
from daye_analysis.package.edited.official import Row
from daye_analysis.package.finished_readme import finished_readme
from daye_analysis.package.validate import validate

# Row and field of a table in what was built: data/sources.csv:12:kind.
_CELL = re.compile(r"data/(?P<table>[a-z_]+)\.csv:(?P<row>[2-9]|[1-9][0-9]+)(?P<rest>:.*)?")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made: rows per table, the files that differ from before, and those that stayed as they were."""

    rows: Mapping[str, int]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def build(root: Path, *, write: bool = True, say: Callable[[str], None] = lambda _: None) -> BuildResult:
    """Build `data/*.csv`, `datapackage.json` and what else is generated under `root` from `root/data/source/`.

    The new files are made and checked in a private folder; only then do they replace the old ones. With `write`
    false nothing is replaced, so that `changed` tells the drift. `say` is called with each step. Raises CheckFailed with
    every problem found, NotReadable where an edited file is missing.
    """
    say("read")
    edited = read_edited_folder(root)
    metadata, rows = edited.metadata, edited.rows
    with tempfile.TemporaryDirectory(prefix="build-") as staging:
        staged = Path(staging)
        say("stage")
        made = _stage(staged, root, metadata, rows)
        say("check")
        _check(staged, rows)
        say("write")
        changed = tuple(path for path in made if not _same(root / path, staged / path))
        if write:
            for path in changed:
                _replace(root / path, staged / path)
    return BuildResult(
        {table.name: len(rows[table.name]) for table in TABLES},
        changed,
        tuple(path for path in made if path not in changed),
    )


def table_text(table: Table, rows: list[Row]) -> str:
    """Return `rows` as the text of the table's CSV: sorted by key, LF, quotes only where they must be."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, table.field_names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_ordered(table, rows))
    return out.getvalue()


def _ordered(table: Table, rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: _sort_key(table, row))


def _sort_key(table: Table, row: Row) -> tuple[tuple[int, str], ...]:
    """Return the row's primary key, integers in the order of their size."""
    parts = []
    for name in table.primary_key:
        value = row[name]
        is_integer = table.field(name).type == "integer" and value.isdecimal()
        parts.append((int(value), "") if is_integer else (0, value))
    return tuple(parts)


def _stage(staged: Path, root: Path, metadata: Metadata, rows: Mapping[str, list[Row]]) -> list[str]:
    """Write the package into `staged` and return the relative paths of what was made."""
    text_path = staged / OFFICIAL_TEXT_PATH
    text_path.parent.mkdir(parents=True)
    shutil.copyfile(root / OFFICIAL_TEXT_PATH, text_path)
    made = []
    for table in TABLES:
        (staged / table.path).write_text(table_text(table, rows[table.name]), encoding="utf-8", newline="\n")
        made.append(table.path)
    described = describe_all(staged, metadata)
    readme = finished_readme(root, metadata, rows)
    for path, content in {**described, **({"README.md": readme} if readme else {})}.items():
        (staged / path).parent.mkdir(parents=True, exist_ok=True)
        (staged / path).write_text(content, encoding="utf-8", newline="\n")
        made.append(path)
    return made


def _check(staged: Path, rows: Mapping[str, list[Row]]) -> None:
    problems = validate(staged).problems
    if problems:
        raise CheckFailed(_where_edited(problem, rows) for problem in problems)


def _where_edited(problem: Problem, rows: Mapping[str, list[Row]]) -> Problem:
    """Return `problem` with its place in the file that a person edits, where that is a table of its own.

    What was checked is in the order of keys and is gone by the time anybody could look at it.
    """
    place = _CELL.fullmatch(problem.where)
    if place is None or place["table"] not in EDITED_TABLES:
        return problem
    edited = rows[place["table"]]
    row = _ordered(definition(place["table"]), edited)[int(place["row"]) - 2]
    at = next(at for at, each in enumerate(edited, start=2) if each is row)
    return replace(problem, where=f"{SOURCE.as_posix()}/{place['table']}.csv:{at}{place['rest']}")


def _same(old: Path, new: Path) -> bool:
    return old.is_file() and old.read_bytes() == new.read_bytes()


def _replace(old: Path, new: Path) -> None:
    """Put `new` in the place of `old` in one step, so that no reader meets half a file."""
    old.parent.mkdir(parents=True, exist_ok=True)
    beside = old.with_name(f".{old.name}.new")
    shutil.copyfile(new, beside)
    beside.replace(old)
