"""Read tables: strict CSV to columns of strings, and those to plain types."""

from daye_analysis.package.read.tables import parse_tables, read_columns, read_tables
from daye_analysis.package.read.typed import typed

__all__ = ["parse_tables", "read_columns", "read_tables", "typed"]
