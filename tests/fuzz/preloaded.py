"""What the commands import, imported before children are forked, so that each of them starts at once."""

from __future__ import annotations

import importlib

_MODULES = (
    "pandas", "openpyxl", "xlsxwriter", "docx", "pyarrow.parquet", "python_calamine", "sqlite3", "frictionless", "pypdfium2", "yaml",
    "daye_analysis.cli", "daye_analysis.views.load", "daye_analysis.package.export", "daye_analysis.package.validate",
    "daye_analysis.package.build", "daye_analysis.package.request", "daye_analysis.package.new", "daye_analysis.charts.reliability",
    "daye_analysis.package.frictionless.report", "daye_analysis.progress.forecast.count_backtest", "daye_analysis.reporting.documents",
)  # fmt: skip


def preload() -> None:
    """Import them."""
    for name in _MODULES:
        importlib.import_module(name)
