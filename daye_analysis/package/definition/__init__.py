"""The one definition of tables, fields, codes and metadata; everything published is generated from it."""

from daye_analysis.package.definition.codes import CODE_LISTS
from daye_analysis.package.definition.model import (
    OFFICIAL_TEXT_PATH,
    Code,
    CodeList,
    Field,
    ForeignKey,
    Metadata,
    Table,
)
from daye_analysis.package.definition.tables import TABLES, table

__all__ = [
    "CODE_LISTS",
    "OFFICIAL_TEXT_PATH",
    "TABLES",
    "Code",
    "CodeList",
    "Field",
    "ForeignKey",
    "Metadata",
    "Table",
    "table",
]
