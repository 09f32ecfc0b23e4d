"""Checks of tables: cells, keys, references, spans, units, periods, nesting."""

from daye_analysis.package.check.all_checks import check_columns, check_package, check_raw, check_tables
from daye_analysis.package.check.completeness import untranslated

__all__ = ["check_columns", "check_package", "check_raw", "check_tables", "untranslated"]
