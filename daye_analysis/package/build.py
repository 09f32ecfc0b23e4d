"""Build the published tables from the official text and the edited files, all at once or not at all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.check import check_raw
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, TABLES, Table
from daye_analysis.package.definition import table as definition
from daye_analysis.package.describe import describe_all
from daye_analysis.package.edited.folder import EDITED_TABLES, SOURCE, read_edited_folder
from daye_analysis.package.edited.normalised import normalised_tables
from daye_analysis.package.finished_readme import finished_readme
from daye_analysis.package.records import TextRow
from daye_analysis.package.untrusted import read_files
from daye_analysis.storage.file_sets import LOCK, finish, is_begun, replace_files
from daye_analysis.storage.locks import only_writer

# TextRow and field of a table in what was built: data/sources.csv:12:kind.
_CELL = re.compile(r"data/(?P<table>[a-z_]+)\.csv:(?P<row>[2-9]|[1-9][0-9]+)(?P<rest>:.*)?")

# New contents of edited tables, by path, from the files of the package as it would be built without them.
Edits = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made: rows per table, the files that differ from before, and those that stayed as they were."""

    rows: Mapping[str, int]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def build(
    root: Path,
    *,
    write: bool = True,
    edits: Edits | None = None,
    normalise: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> BuildResult:
    """Build `data/*.csv`, `datapackage.json` and what else is generated under `root` from `root/data/source/`.

    The new files are made and checked in memory; only then do they replace the old ones, all of them or none. `edits`
    is given the package's files as they would be built and returns new contents of edited tables, by path, which are
    read in place of their files and written with the rest. With `normalise` what a spreadsheet did to the edited tables
    is put right (`normalised_tables`). With `write` false nothing is replaced, so that `changed` lists the drift. `say` is called with each step.

    Only one process writes at a time. What a killed one began is finished first, with `write` false too. Raises
    CheckFailed with every problem found, NotReadable where an edited file is missing, Refused where one is a link or no
    regular file, Busy as `only_writer` does.
    """
    if not (write or is_begun(root)) or not root.is_dir():
        return _build(root, edits, normalise, say)[0]
    with only_writer(root / LOCK):
        finish(root)
        result, files = _build(root, edits, normalise, say)
        if write:
            say("write")
            replace_files(root, files)
    return result


def _build(
    root: Path, edits: Edits | None, normalise: bool, say: Callable[[str], None]
) -> tuple[BuildResult, dict[str, bytes]]:
    """Return what a build makes and the files that it would replace, by path."""
    tidied = normalised_tables(root) if normalise else {}
    rows, made = _made(root, tidied, say)
    edited = {**tidied, **(edits(made) if edits else {})}
    if edited != tidied:
        rows, made = _made(root, edited, say)
    changed = {
        path: content
        for path, content in {**edited, **made}.items()
        if not _is_in_place(root / path, content)
    }
    unchanged = tuple(path for path in made if path not in (*changed, OFFICIAL_TEXT_PATH))
    return BuildResult(
        {table.name: len(rows[table.name]) for table in TABLES}, tuple(changed), unchanged
    ), changed


def _made(
    root: Path, edited: Mapping[str, bytes], say: Callable[[str], None]
) -> tuple[Mapping[str, list[TextRow]], dict[str, bytes]]:
    """Return the rows of every table, and the checked content of every generated file and the official text by path."""
    say("read")
    folder = read_edited_folder(root, edited)
    rows = folder.rows
    say("stage")
    package = {table.path: table_text(table, rows[table.name]).encode() for table in TABLES}
    package[OFFICIAL_TEXT_PATH] = (root / OFFICIAL_TEXT_PATH).read_bytes()
    package |= {path: content.encode() for path, content in describe_all(package, folder.metadata).items()}
    say("check")
    _check(package, rows)
    readme = finished_readme(root, folder.metadata, rows)
    return rows, {**package, **({"README.md": readme.encode()} if readme else {})}


def table_text(table: Table, rows: list[TextRow]) -> str:
    """Return `rows` as the text of the table's CSV: sorted by key, LF, quotes only where they must be."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, table.field_names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_ordered(table, rows))
    return out.getvalue()


def _ordered(table: Table, rows: list[TextRow]) -> list[TextRow]:
    return sorted(rows, key=lambda row: _sort_key(table, row))


def _sort_key(table: Table, row: TextRow) -> tuple[tuple[int, str], ...]:
    """Return the row's primary key, integers in the order of their size."""
    parts = []
    for name in table.primary_key:
        value = row[name]
        is_integer = table.field(name).type == "integer" and value.isdecimal()
        parts.append((int(value), "") if is_integer else (0, value))
    return tuple(parts)


def _check(package: Mapping[str, bytes], rows: Mapping[str, list[TextRow]]) -> None:
    """Raise CheckFailed with every problem of the package's files, those of edited tables where a person edits them."""
    problems = check_raw(read_files(package))[1]
    if problems:
        lines = {name: _edited_lines(definition(name), rows[name]) for name in EDITED_TABLES}
        raise CheckFailed(_where_edited(problem, lines) for problem in problems)


def _edited_lines(table: Table, rows: list[TextRow]) -> list[int]:
    """Return for each row of the built table, which is in the order of keys, the row of the edited one."""
    return sorted(range(2, len(rows) + 2), key=lambda line: _sort_key(table, rows[line - 2]))


def _where_edited(problem: Problem, lines: Mapping[str, list[int]]) -> Problem:
    place = _CELL.fullmatch(problem.where)
    if place is None or place["table"] not in lines:
        return problem
    line = lines[place["table"]][int(place["row"]) - 2]
    return replace(problem, where=f"{SOURCE.as_posix()}/{place['table']}.csv:{line}{place['rest'] or ''}")


def _is_in_place(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
