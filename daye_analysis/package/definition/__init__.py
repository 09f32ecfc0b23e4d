"""The one definition of tables, fields, codes and metadata; everything published is generated from it."""

from daye_analysis.package.definition.codes import CODE_LISTS
from daye_analysis.package.definition.metadata import METADATA
from daye_analysis.package.definition.model import Code, CodeList, Field, ForeignKey, Metadata, Table
from daye_analysis.package.definition.tables import TABLES, table

__all__ = [
    "CODE_LISTS",
    "METADATA",
    "TABLES",
    "Code",
    "CodeList",
    "Field",
    "ForeignKey",
    "Metadata",
    "Table",
    "table",
]
