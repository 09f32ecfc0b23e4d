"""Read edited YAML and CSV files as plain strings, each row with the line on which it starts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import yaml

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, NotReadable, Problem
from daye_analysis.package.definition import Field, Table
from daye_analysis.package.edited.messages import EDITED_PROBLEMS
from daye_analysis.package.odd_characters import odd_character
from daye_analysis.problem_messages import whole, worded
from daye_analysis.storage.files import regular_file

P = ParamSpec("P")
T = TypeVar("T")

_LISTS = ("span", "aliases")
# An edited file of a package with a million observations has some 200 MB.
LARGEST_BYTES = 512 * 1024 * 1024
_DEEPEST = 32


@dataclass(frozen=True, slots=True)
class EditedRow:
    """One entry of an edited file: its values, the file's name and the line on which it starts."""

    values: Mapping[str, Any]
    file: str
    line: int

    @property
    def where(self) -> str:
        """Return `file:line`."""
        return f"{self.file}:{self.line}"

    def get(self, key: str) -> Any:
        """Return the value of `key`, an empty string where the entry lacks it."""
        return self.values.get(key, "")


class _LinedLoader(yaml.BaseLoader):
    """Keeps every scalar as the string that is in the file, notes lines, refuses a key given twice."""

    depth = 0

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.odd: list[tuple[int, str]] = []

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse aliases, of which a few lines make a million entries, and lists in lists without end."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias (*name) is not allowed here", mark)
        self.depth += 1
        if self.depth > _DEEPEST:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, f"nested more than {_DEEPEST} deep", mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        if isinstance(node, yaml.ScalarNode) and (odd := odd_character(node.value.replace("\t", " "))):
            self.odd.append((node.start_mark.line + 1, odd.name))
        return node


class _LinedDict(dict[str, Any]):
    line: int = 0


def _mapping(loader: _LinedLoader, node: yaml.MappingNode) -> _LinedDict:
    values = _LinedDict()
    values.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, "a key is a text", key_node.start_mark)
        if key in values:
            raise yaml.constructor.ConstructorError(None, None, f"key {key!r} is given twice", key_node.start_mark)
        values[key] = loader.construct_object(value_node, deep=True)
    return values


_LinedLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_text(path: Path) -> str:
    """Return the file's UTF-8 text with its line ends as they are; NotReadable if that cannot be done."""
    try:
        if (size := regular_file(path).stat().st_size) > LARGEST_BYTES:
            raise NotReadable(worded(EDITED_PROBLEMS, "edited.too-large", path.name, found=size, limit=LARGEST_BYTES))
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        problem = worded(EDITED_PROBLEMS, "edited.not-readable/missing", path.name)
    except (OSError, UnicodeDecodeError) as error:
        problem = worded(EDITED_PROBLEMS, "edited.not-readable/unreadable", path.name, reason=whole(getattr(error, "strerror", None) or error))
    raise NotReadable(problem)


def read_yaml(path: Path) -> Any:
    """Return the YAML in `path`: mappings, lists and strings only; CheckFailed where it is malformed."""
    try:
        loader = _LinedLoader(read_text(path))
        content = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name}:{mark.line + 1}" if mark else path.name
        reason = getattr(error, "problem", "") or str(error)
        raise CheckFailed(worded(EDITED_PROBLEMS, "edited.malformed/yaml", where, reason=whole(reason))) from error
    if loader.odd:
        raise CheckFailed(odd_text(f"{path.name}:{line}", character) for line, character in loader.odd)
    return content


def odd_text(where: str, character: str) -> Problem:
    """Return the problem of a text that holds a character that none may."""
    return worded(EDITED_PROBLEMS, "edited.odd-character", where, character=character)


def rows_of(
    path: Path,
    entries: Any,
    known: Iterable[str],
    required: Iterable[str],
    problems: list[Problem],
    table: Table | None = None,
) -> list[EditedRow]:
    """Return the entries of `path` as rows; what they lack or have too much goes into `problems`.

    Keys of an entry are `known`, those that must be filled in `required`; `table` is the table that they become,
    whose definition then says what is wanted. Raises CheckFailed where `entries` is no list of entries.
    """
    known, required = tuple(known), tuple(required)
    rows: list[EditedRow] = []
    if not isinstance(entries, list) or not all(isinstance(entry, _LinedDict) for entry in entries):
        raise CheckFailed(worded(EDITED_PROBLEMS, "edited.malformed/no-list", path.name))
    for entry in entries:
        shaped = {key: value for key, value in entry.items() if _is_shaped(key, value)}
        row = EditedRow(shaped, path.name, entry.line)
        problems += [_unknown_key(row, key, known) for key in entry if key not in known]
        problems += [_misshapen(row, key) for key in entry if key in known and key not in shaped]
        problems += [_missing_key(row, key, table) for key in required if not entry.get(key)]
        rows.append(row)
    return rows


def _is_shaped(key: str, value: Any) -> bool:
    """Return whether the value of `key` is a text, or a list of texts where the key names one."""
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, str)


def held(problems: list[Problem], read: Callable[P, T], *args: P.args, **options: P.kwargs) -> T | None:
    """Return what `read` returns; where it raises CheckFailed, None, its problems being added to `problems`.

    So the next file is read too, and everything is reported at once. What is there already is not added.
    """
    try:
        return read(*args, **options)
    except CheckFailed as failed:
        problems += [problem for problem in failed.problems if problem not in problems]
        return None


def read_edited_csv(path: Path, table: Table, content: bytes | None = None) -> list[dict[str, str]]:
    """Return the rows of an edited CSV as strings, completed with columns that are not typed; `content` takes the place of the file's.

    Raises CheckFailed where its columns are not those that `table` has for people to edit; a column with a default may be
    missing, as it is in a file of an earlier release.
    """
    text = read_text(path) if content is None else content.decode("utf-8")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        fields = tuple(n for n in table.edited_names if n in header or table.field(n).default is None)
        if tuple(header) != fields:
            raise CheckFailed(_wrong_header(path, header, table.edited_names))
        problems, rows = [], []
        for cells in reader:
            if len(cells) != len(fields):
                problems.append(_ragged(path, reader.line_num, len(cells), len(fields)))
            else:
                rows.append(table.completed(dict(zip(fields, cells, strict=True))))
    except csv.Error as error:
        where = f"{path.name}:{reader.line_num}"
        raise CheckFailed(worded(EDITED_PROBLEMS, "edited.malformed/csv", where, reason=error)) from error
    if problems:
        raise CheckFailed(problems)
    return rows


def _unknown_key(row: EditedRow, key: str, known: tuple[str, ...]) -> Problem:
    return worded(EDITED_PROBLEMS, "edited.unknown-key", f"{row.where}:{key}", key=key, known=known)


def _misshapen(row: EditedRow, key: str) -> Problem:
    wanted = "list" if key in _LISTS else "text"
    return worded(EDITED_PROBLEMS, f"edited.misshapen/{wanted}", f"{row.where}:{key}", key=key)


def empty_cells(table: Table, rows: Iterable[Mapping[str, str]], file: str) -> list[Problem]:
    """Return a problem for each cell of `rows` that the table wants filled in; the header is row 1."""
    required = [field for field in table.fields if field.required and not field.copy_of]
    return [
        worded(EDITED_PROBLEMS, "edited.empty-cell", f"{file}:{number}:{field.name}", field=field.title, wanted=_wanted(field))
        for number, row in enumerate(rows, 2)
        for field in required
        if not row[field.name]
    ]


def _missing_key(row: EditedRow, key: str, table: Table | None) -> Problem:
    fields = {field.name: field for field in table.fields} if table else {}
    look_up = Text("请填写；不明确的请查阅原文，不得猜测。", "Fill it in; look it up in the source, do not guess.")
    wanted = _wanted(fields[key]) if key in fields else look_up
    return worded(EDITED_PROBLEMS, "edited.missing-key", f"{row.where}:{key}", key=key, wanted=wanted)


def _wanted(field: Field) -> Text:
    """Return what to fill in: the field's meaning, its codes, else an example."""
    if field.codes:
        zh = "；".join(f"{code.value} {code.label.zh}" for code in field.codes.codes)
        en = ", ".join(field.codes.values)
        return Text(f"{field.description.zh}可用：{zh}。", f"{field.description.en} Use one of: {en}.")
    return Text(
        f"{field.description.zh}例如“{field.example}”。不明确的请查阅来源，不得猜测。",
        f"{field.description.en} For example '{field.example}'. Look it up in the source; do not guess.",
    )


def _wrong_header(path: Path, header: list[str], fields: tuple[str, ...]) -> Problem:
    wanted = whole(",".join(fields))
    return worded(EDITED_PROBLEMS, "edited.wrong-columns", f"{path.name}:1", found=whole(header), wanted=wanted)


def _ragged(path: Path, line: int, found: int, wanted: int) -> Problem:
    return worded(EDITED_PROBLEMS, "edited.ragged-row", f"{path.name}:{line}", found=found, wanted=wanted)
