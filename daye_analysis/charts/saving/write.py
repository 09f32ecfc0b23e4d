"""The one way from a chart or a table to a file: its ending chooses the format, a fault leaves what was there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from daye_analysis.charts.problems import CHART_PROBLEMS
from daye_analysis.charts.saving.latex import figure_source, table_source
from daye_analysis.charts.saving.pictures import pdf, png, svg
from daye_analysis.charts.saving.sheets import table_sheet, workbook
from daye_analysis.charts.saving.shown import Chart, Table
from daye_analysis.charts.saving.text_tables import csv_bytes, markdown, page
from daye_analysis.charts.saving.word import chart_document, table_document
from daye_analysis.errors import InfrastructureFailed, WrongUsage
from daye_analysis.problem_messages import worded
from daye_analysis.storage.files import replace_file

_Writers = Mapping[str, Callable[[], bytes]]


def save_chart(chart: Chart, path: Path) -> Path:
    """Write a chart to `path`; one for LaTeX has its PDF beside it. Raises as `Picture.save`."""
    writers: _Writers = {
        ".png": lambda: png(chart),
        ".svg": lambda: svg(chart),
        ".pdf": lambda: pdf(chart),
        ".docx": lambda: chart_document(chart),
        ".tex": lambda: figure_source(chart, path.stem),
    }
    if path.suffix.lower() == ".tex":
        _save(path.with_suffix(".pdf"), writers)
    return _save(path, writers)


def save_table(table: Table, path: Path) -> Path:
    """Write a table to `path`; raises as `PrintTable.save`."""
    return _save(path, {
        ".xlsx": lambda: workbook([table_sheet(table)], table.caption),
        ".csv": lambda: csv_bytes(table),
        ".md": lambda: markdown(table),
        ".docx": lambda: table_document(table),
        ".tex": lambda: table_source(table, path.stem),
        ".html": lambda: page(table),
    })  # fmt: skip


def _save(path: Path, writers: _Writers) -> Path:
    """Make the file's bytes first and replace it in one step."""
    write = writers.get(path.suffix.lower())
    if write is None:
        raise WrongUsage(worded(CHART_PROBLEMS, "save.unknown-format", path.name, found=path.suffix or path.name, known=tuple(writers)))
    content = write()
    try:
        replace_file(path, content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InfrastructureFailed(worded(CHART_PROBLEMS, "save.not-writable", path.name, reason=reason)) from error
    return path
