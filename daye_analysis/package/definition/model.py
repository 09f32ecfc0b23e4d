"""Tables, fields, codes and references: the strict types from which the definition is built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from daye_analysis.bilingual import Text

FieldType = Literal["string", "integer", "number", "boolean", "date"]
Licence = Literal["compilation", "official_wording"]

_NO_TEXT = Text("", "")
# Where the official text is in every package; spans point into it.
OFFICIAL_TEXT_PATH = "data/source/task_list.zh.txt"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a coded field, with its label and what it means."""

    value: str
    label: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class CodeList:
    """The values that a coded field may take, in their natural order."""

    name: str
    codes: tuple[Code, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """Return the values in order."""
        return tuple(code.value for code in self.codes)

    def label(self, value: str) -> Text:
        """Return the label of `value`; KeyError if the list has no such code."""
        return {code.value: code.label for code in self.codes}[value]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, what it holds, and what a value must be.

    `term` names a concept of a known vocabulary (SDMX, schema.org, Dublin Core), or is empty. `default` is what a cell
    holds where a file was written before the field was added; None for a field that every file has. A field that is a
    `copy_of` another is not edited: it keeps that field's cell as text.
    """

    name: str
    type: FieldType
    title: Text
    description: Text
    example: str
    required: bool = True
    unique: bool = False
    codes: CodeList | None = None
    pattern: str = ""
    minimum: float | None = None
    term: str = ""
    default: str | None = None
    copy_of: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"field name {self.name!r} is not lower case with underscores")
        if not all((*self.title, *self.description)):
            raise ValueError(f"field {self.name!r} lacks a title or description in zh or en")
        if self.codes and self.type != "string":
            raise ValueError(f"field {self.name!r} has codes and must be a string")


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`fields` of this table name the primary key `reference_fields` of table `reference`."""

    fields: tuple[str, ...]
    reference: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: one row per `row`, its fields, keys and where its rows come from."""

    name: str
    title: Text
    description: Text
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    licence: Licence = "compilation"

    def __post_init__(self) -> None:
        names = self.field_names
        if len(set(names)) != len(names):
            raise ValueError(f"table {self.name!r} names a field twice")
        used = {*self.primary_key, *(f for key in self.unique_keys for f in key)}
        used |= {f for key in self.foreign_keys for f in key.fields}
        if used - set(names):
            raise ValueError(f"table {self.name!r} has keys on fields it lacks: {sorted(used - set(names))}")

    @property
    def field_names(self) -> tuple[str, ...]:
        """Return the fields' names in order."""
        return tuple(field.name for field in self.fields)

    @property
    def edited_names(self) -> tuple[str, ...]:
        """Return the names of the fields that people type, in order."""
        return tuple(field.name for field in self.fields if not field.copy_of)

    @property
    def earlier(self) -> Table:
        """Return the table as it was before fields were added that have a default or copy another, English being required."""
        chinese = {field.name for field in self.fields if field.required and field.name.endswith("_zh")}
        kept = tuple(
            replace(field, required=field.required or f"{field.name[:-3]}_zh" in chinese)
            for field in self.fields
            if field.default is None and not field.copy_of
        )
        names = {field.name for field in kept}
        keys = tuple(key for key in self.foreign_keys if names.issuperset(key.fields))
        return replace(self, fields=kept, foreign_keys=keys)

    @property
    def path(self) -> str:
        """Return the table's file, relative to `datapackage.json`."""
        return f"data/{self.name}.csv"

    def field(self, name: str) -> Field:
        """Return the field called `name`; KeyError if there is none."""
        return {field.name: field for field in self.fields}[name]

    def completed(self, row: Mapping[str, str]) -> dict[str, str]:
        """Return every cell of `row` in order: defaults and copies where it has none, else empty cells."""
        cells = {field.name: row.get(field.name, field.default or "") for field in self.fields}
        copies = {field.name: cells[field.copy_of] for field in self.fields if field.copy_of}
        return cells | {name: cells[name] or copy for name, copy in copies.items()}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What describes the package as a whole; instances for other cities differ only here.

    `publisher` is the body that answers for the package, no person; `official_title` and `official_url` name the
    document whose text is at OFFICIAL_TEXT_PATH. `id` names the package among all others and never changes;
    `homepage` is its public site; `created` is the day on which this version was released, `compiled_on` the day on which
    the search for figures closed; `contact` is where errors are reported to, an e-mail address or that of a page.
    """

    name: str
    title: Text
    description: Text
    version: str
    compiled_on: str
    keywords: tuple[Text, ...]
    spatial: Text
    temporal: str
    official_title: Text = _NO_TEXT
    official_url: str = ""
    publisher: Text = _NO_TEXT
    id: str = ""
    homepage: str = ""
    created: str = ""
    contact: str = ""

    @property
    def released_on(self) -> str:
        """Return the day of release, ISO; that of compilation where the package names none."""
        return self.created or self.compiled_on
