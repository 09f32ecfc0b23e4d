"""Reading the files that people edit: YAML and CSV as plain strings, each row with the line it starts on."""

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

P = ParamSpec("P")
T = TypeVar("T")

_LISTS = ("span", "aliases")


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


class _LinedDict(dict[str, Any]):
    line: int = 0


def _mapping(loader: _LinedLoader, node: yaml.MappingNode) -> _LinedDict:
    values = _LinedDict()
    values.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if key in values:
            raise yaml.constructor.ConstructorError(None, None, f"key {key!r} is given twice", key_node.start_mark)
        values[key] = loader.construct_object(value_node, deep=True)
    return values


_LinedLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_text(path: Path) -> str:
    """Return the file's UTF-8 text with its line ends as they are; NotReadable if that cannot be done."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        what = Text("找不到文件。", "The file was not found.")
    except (OSError, UnicodeDecodeError) as error:
        what = Text(f"文件无法读取（{error}）。", f"The file cannot be read ({error}).")
    remedy = Text("请补上该文件，并以 UTF-8 保存。", "Supply the file, saved as UTF-8.")
    raise NotReadable(Problem("edited.not-readable", what, path.name, remedy))


def read_yaml(path: Path) -> Any:
    """Return the YAML in `path`: mappings, lists and strings only; CheckFailed where it is malformed."""
    try:
        return yaml.load(read_text(path), Loader=_LinedLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name}:{mark.line + 1}" if mark else path.name
        problem = getattr(error, "problem", "") or str(error)
        raise CheckFailed(
            Problem(
                "edited.malformed",
                Text(f"YAML 有误：{problem}。", f"The YAML is malformed: {problem}."),
                where,
                Text("请改正该行。", "Fix this line."),
            )
        ) from error


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
        raise CheckFailed(
            Problem(
                "edited.malformed",
                Text("此处应为若干条目的列表。", "A list of entries is wanted here."),
                path.name,
                Text("每个条目以“- ”开头。", "Start each entry with '- '."),
            )
        )
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


def read_edited_csv(path: Path, table: Table) -> list[dict[str, str]]:
    """Return the rows of an edited CSV as strings, completed with what no one types.

    Raises CheckFailed where its columns are not those that `table` has for people to edit; a column with a default may be
    missing, as it is in a file of an earlier release.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
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
        raise CheckFailed(
            Problem(
                "edited.malformed",
                Text(f"CSV 有误：{error}。", f"The CSV is malformed: {error}."),
                f"{path.name}:{reader.line_num}",
                Text("请检查该行的引号。", "Look at the quotes on that line."),
            )
        ) from error
    if problems:
        raise CheckFailed(problems)
    return rows


def _unknown_key(row: EditedRow, key: str, known: tuple[str, ...]) -> Problem:
    return Problem(
        "edited.unknown-key",
        Text(f"条目中有未知的键“{key}”。", f"The entry has an unknown key '{key}'."),
        f"{row.where}:{key}",
        Text(f"可用的键：{'、'.join(known)}。", f"Known keys: {', '.join(known)}."),
    )


def _misshapen(row: EditedRow, key: str) -> Problem:
    if key in _LISTS:
        remedy = Text("请写成列表，如 [12, 34]。", "Write it as a list, as [12, 34].")
    else:
        remedy = Text("请写成一段文字；含冒号或方括号时加引号。", "Write it as one text, quoted where it holds a colon or bracket.")
    what = Text(f"“{key}”的形式不对。", f"'{key}' is not of the form wanted.")
    return Problem("edited.misshapen", what, f"{row.where}:{key}", remedy)


def empty_cells(table: Table, rows: Iterable[Mapping[str, str]], file: str) -> list[Problem]:
    """Return a problem for each cell of `rows` that the table wants filled in; the header is row 1."""
    required = [field for field in table.fields if field.required and not field.copy_of]
    return [
        Problem(
            "edited.empty-cell",
            Text(f"尚未填写{field.title.zh}。", "The cell is still empty."),
            f"{file}:{number}:{field.name}",
            _wanted(field),
        )
        for number, row in enumerate(rows, 2)
        for field in required
        if not row[field.name]
    ]


def _missing_key(row: EditedRow, key: str, table: Table | None) -> Problem:
    fields = {field.name: field for field in table.fields} if table else {}
    look_up = Text("请补上，不知道时请查原文，不要猜。", "Supply it; look it up in the source, never guess.")
    return Problem(
        "edited.missing-key",
        Text(f"条目缺少“{key}”。", f"The entry lacks '{key}'."),
        f"{row.where}:{key}",
        _wanted(fields[key]) if key in fields else look_up,
    )


def _wanted(field: Field) -> Text:
    """Return what to fill in: the field's meaning, its codes, else an example."""
    if field.codes:
        zh = "；".join(f"{code.value} {code.label.zh}" for code in field.codes.codes)
        en = ", ".join(field.codes.values)
        return Text(f"{field.description.zh}可用：{zh}。", f"{field.description.en} Use one of: {en}.")
    return Text(
        f"{field.description.zh}例如“{field.example}”。不知道时请查来源，不要猜。",
        f"{field.description.en} For example '{field.example}'. Look it up in the source, never guess.",
    )


def _wrong_header(path: Path, header: list[str], fields: tuple[str, ...]) -> Problem:
    return Problem(
        "edited.wrong-columns",
        Text(f"列名为 {header}，与定义不符。", f"The columns are {header}, which is not as defined."),
        f"{path.name}:1",
        Text(f"第一行应为：{','.join(fields)}", f"The first line must be: {','.join(fields)}"),
    )


def _ragged(path: Path, line: int, found: int, wanted: int) -> Problem:
    return Problem(
        "edited.ragged-row",
        Text(f"该行有 {found} 格，应为 {wanted} 格。", f"The row has {found} cells; {wanted} are wanted."),
        f"{path.name}:{line}",
        Text("含逗号的文字须加引号。", "Quote a text that holds a comma."),
    )
