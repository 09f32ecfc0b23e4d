"""Datasette metadata for the SQLite export: titles, descriptions, licence, and example queries."""

from __future__ import annotations

import json
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import EXPORTED_TABLES, Metadata, Table
from daye_analysis.package.describe.licences import CC_BY_ADDRESS, CC_BY_NAME
from daye_analysis.package.export.questions import QUESTIONS


def datasette_metadata(metadata: Metadata, database: str) -> str:
    """Return the text of Datasette's `metadata.json` for the file `<database>.sqlite`."""
    fields: dict[str, Any] = {
        "title": _both(metadata.title),
        "description": _both(metadata.description),
        "license": CC_BY_NAME,
        "license_url": CC_BY_ADDRESS,
        "source": _both(metadata.official_title) if metadata.official_title.zh else _both(metadata.publisher),
        "source_url": metadata.official_url or metadata.homepage,
        "databases": {
            database: {
                "tables": {each.name: _table(each) for each in EXPORTED_TABLES},
                "queries": {each.name: {"title": _both(each.title), "sql": each.sql} for each in QUESTIONS},
            }
        },
    }
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False, indent=2) + "\n"


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": _both(table.title),
        "description": _both(table.description),
        "columns": {field.name: f"{_both(field.title)}: {_both(field.description)}" for field in table.fields},
    }


def _both(text: Text) -> str:
    return " · ".join(dict.fromkeys(each for each in text if each))
