"""The profile for policy-target packages: the requirements for any city's package, as files for other tools."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from daye_analysis.package.definition import CODE_LISTS, OFFICIAL_TEXT_PATH, TABLES, CodeList, Table
from daye_analysis.package.describe.datapackage import PROFILE
from daye_analysis.package.describe.table_schema import table_schema
from daye_analysis.package.untrusted.descriptor import METADATA_PATTERNS, OFFICIAL_TEXT

__all__ = ["PROFILE", "PROFILE_FOLDER", "codes", "package_schema", "profile_files"]

PROFILE_FOLDER = f"docs/profile/{PROFILE.rpartition(':')[2]}"


def profile_files() -> dict[str, str]:
    """Return the text of every file of the profile by its path in the project.

    One Table Schema a table, the code lists with their meanings, and a JSON Schema (draft 7) of the descriptor.
    """
    files = {f"{PROFILE_FOLDER}/{table.name}.schema.json": _titled_schema(table) for table in TABLES}
    files[f"{PROFILE_FOLDER}/codes.json"] = codes()
    files[f"{PROFILE_FOLDER}/policy-targets.json"] = package_schema()
    return {path: json.dumps(content, ensure_ascii=False, indent=2) + "\n" for path, content in files.items()}


def _titled_schema(table: Table) -> dict[str, Any]:
    """Return the schema of `table`; its title is the table's, and no description, since that describes one city."""
    schema = table_schema(table)
    title = {"name": table.name, "title": table.title.zh, "i18n": {"en": {"title": table.title.en}}}
    return {"$schema": schema.pop("$schema"), "$id": f"{PROFILE}:{table.name}", **title, **schema}


def codes() -> dict[str, Any]:
    """Return every code list: where it is used, and each code's label and meaning in both languages."""
    return {"$id": f"{PROFILE}:codes", "code_lists": [_code_list(each) for each in CODE_LISTS]}


def _code_list(listed: CodeList) -> dict[str, Any]:
    used = [
        f"{table.name}.{field.name}" for table in TABLES for field in table.fields if field.codes == listed
    ]
    return {
        "name": listed.name,
        "used_by": used,
        "codes": [
            {"value": code.value, "label": code.label._asdict(), "meaning": code.meaning._asdict()}
            for code in listed.codes
        ],
    }


def package_schema() -> dict[str, Any]:
    """Return the JSON Schema of a descriptor that conforms: its metadata, and every table with its fields in order."""
    text = {"name": OFFICIAL_TEXT, "path": OFFICIAL_TEXT_PATH}
    resources = [*(_table_resource(table) for table in TABLES), _resource(text)]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": PROFILE,
        "title": "政策目标数据包 / Policy-target package",
        "description": (
            "datapackage.json 的约束，在 Data Package 2.0 之上；各表见同一文件夹的 *.schema.json。 / What a "
            "datapackage.json must be beyond Data Package 2.0; the tables are in *.schema.json beside this file."
        ),
        "type": "object",
        "required": [*METADATA_PATTERNS, "conformsTo", "resources"],
        "properties": {
            **{
                key: {"type": "string", "pattern": f"^(?:{pattern.pattern})$"}
                for key, pattern in METADATA_PATTERNS.items()
            },
            "conformsTo": {"anyOf": [{"const": PROFILE}, {"type": "array", "contains": {"const": PROFILE}}]},
            "resources": {
                "type": "array",
                "minItems": len(resources),
                "maxItems": len(resources),
                "allOf": [{"contains": resource} for resource in resources],
            },
        },
    }


def _resource(fixed: Mapping[str, str], **further: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [*fixed, *further],
        "properties": {**{key: {"const": value} for key, value in fixed.items()}, **further},
    }


def _table_resource(table: Table) -> dict[str, Any]:
    """Return the constraint on a table's resource: name, path, and the fields' names and types in order."""
    fields = [_resource({"name": field.name, "type": field.type}) for field in table.fields]
    in_order = {"type": "array", "items": fields, "minItems": len(fields), "maxItems": len(fields)}
    schema = {
        "type": "object",
        "required": ["fields", "primaryKey"],
        "properties": {"fields": in_order, "primaryKey": {"const": list(table.primary_key)}},
    }
    return _resource({"name": table.name, "path": table.path}, schema=schema)
