"""The data dictionary as tables: the meaning of each table, column and code."""

from __future__ import annotations

from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import WrongUsage
from daye_analysis.package.definition import DESCRIBED_TABLES, Table
from daye_analysis.problem_messages import worded
from daye_analysis.views.problems import VIEW_PROBLEMS

_TABLE: Final = Text("表", "table")
_YES: Final = Text("是", "yes")
_NO: Final = Text("否", "no")


def describe(language: Language, table: str, field: str) -> pd.DataFrame:
    """Return the tables, the columns of one, or the codes of a column; see `Package.describe`."""
    if not table:
        rows = [(each.name, each.title.say(language), each.description.say(language)) for each in DESCRIBED_TABLES]
        return pd.DataFrame(rows, columns=["table", "title", "description"], dtype="string")
    found = _called(table)
    if not field:
        return _columns(found, language)
    if field not in found.field_names:
        raise WrongUsage(worded(VIEW_PROBLEMS, "package.unknown-field", table, table=table, unknown=field, fields=found.field_names))
    listed = found.field(field).codes
    codes = [(each.value, each.label.say(language), each.meaning.say(language)) for each in listed.codes] if listed else []
    return pd.DataFrame(codes, columns=["code", "label", "meaning"], dtype="string")


def _called(name: str) -> Table:
    tables = {each.name: each for each in DESCRIBED_TABLES}
    if name not in tables:
        raise WrongUsage(worded(VIEW_PROBLEMS, "selection.unknown", "table", wanted=name, kind=_TABLE, names=tuple(tables)))
    return tables[name]


def _columns(table: Table, language: Language) -> pd.DataFrame:
    listed = "、" if language == "zh" else ", "
    rows = [
        (
            field.name,
            field.title.say(language),
            field.type,
            (_YES if field.required else _NO).say(language),
            field.description.say(language),
            listed.join(f"{code.value} {code.label.say(language)}" for code in field.codes.codes) if field.codes else "",
            field.example,
        )
        for field in table.fields
    ]
    return pd.DataFrame(rows, columns=["column", "title", "type", "required", "description", "values", "example"], dtype="string")
