"""A table's Table Schema 2.0, in the subset that every reader understands."""

from __future__ import annotations

import json
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import Field, Table
from daye_analysis.package.describe.vocabulary import term_address

SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"


def bilingual(title: Text, description: Text) -> dict[str, Any]:
    """Return Chinese title and description, with the English ones under `i18n.en`."""
    return {
        "title": title.zh,
        "description": description.zh,
        "i18n": {"en": {"title": title.en, "description": description.en}},
    }


def _constraints(field: Field, *, unique: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if unique:
        constraints["unique"] = True
    if field.codes:
        constraints["enum"] = list(field.codes.values)
    if field.pattern:
        constraints["pattern"] = field.pattern
    if field.minimum is not None:
        constraints["minimum"] = int(field.minimum) if field.type == "integer" else field.minimum
    return constraints


def _field(field: Field, *, unique: bool) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, "format": "default"}
    described |= bilingual(field.title, field.description)
    described["example"] = field.example
    if field.term:
        described["rdfType"] = term_address(field.term)
    if field.codes:
        described["categories"] = list(field.codes.values)
    constraints = _constraints(field, unique=unique)
    if constraints:
        described["constraints"] = constraints
    return described


def schema_text(table: Table) -> bytes:
    """Return the Table Schema of `table` as a file of its own."""
    return (json.dumps(table_schema(table), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def table_schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema of `table`.

    A unique key of one field is also that field's `unique` constraint, since readers check the one and not the other;
    `categories` are doubled by `enum` for the same reason. A reference to the table itself names the resource "".
    """
    alone = {key[0] for key in table.unique_keys if len(key) == 1}
    schema: dict[str, Any] = {
        "$schema": SCHEMA_PROFILE,
        "fields": [_field(each, unique=each.unique or each.name in alone) for each in table.fields],
        "missingValues": [""],
    }
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.unique_keys:
        schema["uniqueKeys"] = [list(key) for key in table.unique_keys]
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.fields),
                "reference": {
                    "resource": "" if key.reference == table.name else key.reference,
                    "fields": list(key.reference_fields),
                },
            }
            for key in table.foreign_keys
        ]
    return schema
