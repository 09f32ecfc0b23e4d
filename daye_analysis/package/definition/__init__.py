"""The one definition of tables, fields, codes and metadata; everything published is generated from it."""

from daye_analysis.package.definition.all_tables import TABLES, table
from daye_analysis.package.definition.codes import CODE_LISTS
from daye_analysis.package.definition.judged import EVIDENCE
from daye_analysis.package.definition.model import (
    OFFICIAL_TEXT_PATH,
    Code,
    CodeList,
    Field,
    ForeignKey,
    Metadata,
    Table,
)

# What an export holds: the package's tables, and what follows from them.
EXPORTED_TABLES: tuple[Table, ...] = (*TABLES, EVIDENCE)

__all__ = [
    "CODE_LISTS",
    "EVIDENCE",
    "EXPORTED_TABLES",
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
