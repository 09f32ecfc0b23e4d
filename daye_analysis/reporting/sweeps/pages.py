"""The results of a sweep: a summary table, the stacked tables of its runs, and an index page.

    reports/sweeps/<name>/summary.csv      a row for each cell: what it was, how it ended, where it is
    reports/sweeps/<name>/<table>.csv      the rows of that table of every run, with the cell's columns before them
    reports/sweeps/<name>/*.schema.json    what the columns of the tables of the dictionary mean
    reports/sweeps/<name>/index.html       the same as a page with links

They say nothing of clocks, so that a sweep that was interrupted and resumed leaves the same bytes.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import GENERATED_TABLES, SWEEP_CELL, SWEEP_SUMMARY, Field, Table
from daye_analysis.package.describe.table_schema import schema_text
from daye_analysis.reporting.publishing.identity import jsonable
from daye_analysis.reporting.publishing.output_folder import schema_path
from daye_analysis.reporting.publishing.publish import SWEEPS
from daye_analysis.reporting.publishing.shared_files import replace_if_other, shared_files
from daye_analysis.reporting.runs.batch import Outcome
from daye_analysis.reporting.sweeps.file import Cell

_PARAMETER = Field("parameter", "string", Text("参数", "Parameter"), Text("网格所设的参数。", "A parameter of the grid."), "", required=False)
Cells = Sequence[tuple[Cell, Outcome]]
PageRow = list[str]

LONGEST = 80
HEADS = {"notebook": "笔记本 notebook", "package": "数据包 package", "as_of": "截至 as_of", "language": "语言 language"}
STYLE = """\
body { font: 15px/1.5 system-ui, "Noto Sans SC", sans-serif; margin: 2rem; color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; } th, td { padding: .3rem .7rem; border-bottom: 1px solid #ccc; text-align: left; }
td { white-space: nowrap; } td.said { white-space: normal; } th { border-bottom: 2px solid #1a1a1a; } .failed td { background: #fbeaea; }
"""


def write_pages(name: str, cells: Cells, reports: Path) -> Path:
    """Write the sweep's files and return their folder."""
    folder = reports / SWEEPS / name
    summary = _summary(cells, reports)
    files = {
        "summary.csv": _csv(summary),
        "summary.schema.json": schema_text(_described(SWEEP_SUMMARY, summary[0])),
        "index.html": _index(name, cells, reports).encode("utf-8"),
    }
    for table in sorted({path.name for _, outcome in cells for path in _tables(outcome)} - {"summary.csv"}):
        stacked = _stacked(table, cells)
        files[table] = _csv(stacked)
        described = {f"{each.name}.csv": each for each in GENERATED_TABLES}.get(table)
        if described is not None and set(described.field_names) <= set(stacked[0]):
            files[schema_path(folder / table).name] = schema_text(_described(described, stacked[0]))
    with shared_files(reports):
        for file, content in files.items():
            replace_if_other(folder / file, content)
    return folder


def _described(table: Table, columns: PageRow) -> Table:
    """Return a table of the dictionary with the columns that a sweep puts before or into it, all of them text."""
    known = {field.name: field for field in (*SWEEP_CELL, *(replace(field, name=f"cell_{field.name}") for field in SWEEP_CELL), *table.fields)}
    return replace(
        table,
        fields=tuple(known.get(name) or replace(_PARAMETER, name=name) for name in columns),
        primary_key=(),
        foreign_keys=(),
    )


def cell_columns(cells: Cells) -> PageRow:
    """Return the names of the columns that distinguish cells."""
    names = dict.fromkeys(name for cell, _ in cells for name in cell.parameters)
    return ["notebook", "package", "as_of", "language", *names]


def cell_values(cell: Cell, columns: PageRow) -> PageRow:
    """Return a cell's values for `cell_columns`; empty where its notebook has no such parameter."""
    own = [cell.notebook.stem, cell.package_label, cell.as_of.isoformat(), cell.language]
    given = {name: jsonable(value) for name, value in cell.parameters.items()}
    return own + ["" if given.get(name) is None else str(given[name]) for name in columns[len(own) :]]


def _summary(cells: Cells, reports: Path) -> list[PageRow]:
    columns = cell_columns(cells)
    rows = [[*columns, "state", "exit_code", "problem", "folder"]]
    for cell, outcome in cells:
        problem = outcome.problems[0].code if outcome.problems else ""
        state = [_state(outcome), str(outcome.exit_code), problem, _place(outcome, reports)]
        rows.append(cell_values(cell, columns) + state)
    return rows


def _stacked(table: str, cells: Cells) -> list[PageRow]:
    """Return the rows of `table` of every run that has it, under the columns of all of them."""
    columns = cell_columns(cells)
    parts: list[tuple[PageRow, list[dict[str, str]]]] = []
    fields: dict[str, None] = {}
    for cell, outcome in cells:
        for path in _tables(outcome):
            if path.name == table:
                with path.open(encoding="utf-8", newline="") as stream:
                    reader = csv.DictReader(stream)
                    fields |= dict.fromkeys(reader.fieldnames or ())
                    parts.append((cell_values(cell, columns), list(reader)))
    # A run's own column keeps its name; the cell's column is renamed if both have one.
    header = [f"cell_{name}" if name in fields else name for name in columns] + list(fields)
    return [header] + [values + [row.get(name) or "" for name in fields] for values, rows in parts for row in rows]


def _index(name: str, cells: Cells, reports: Path) -> str:
    columns = cell_columns(cells)
    heads = [HEADS.get(column, column) for column in columns]
    head = "".join(f"<th scope=col>{html.escape(each)}</th>" for each in [*heads, "结果 state", "报告 report"])
    rows = []
    for cell, outcome in cells:
        values = "".join(f"<td>{html.escape(_short(value))}</td>" for value in cell_values(cell, columns))
        words = "; ".join(f"{problem.code}: {problem.what.say(cell.language)}" for problem in outcome.problems)
        state = html.escape(f"{_state(outcome)} {words}".strip())
        rows.append(f"<tr class={_state(outcome)}>{values}<td class=said>{state}</td><td>{_links(outcome, reports)}</td></tr>")
    done = sum(_state(outcome) == "done" for _, outcome in cells)
    title = html.escape(name)
    return (
        f"<!doctype html>\n<html lang=zh>\n<meta charset=utf-8>\n<title>{title}</title>\n<style>\n{STYLE}</style>\n"
        f"<h1>{title}</h1>\n<p>完成 done {done} / {len(cells)} · <a href=summary.csv>summary.csv</a></p>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>\n</html>\n"
    )


def _short(value: str) -> str:
    """Return a value as a table for reading shows it; the summary has it whole."""
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"


def _links(outcome: Outcome, reports: Path) -> str:
    if outcome.folder is None:
        return ""
    base = "../../" + _place(outcome, reports)
    files = ["report.pdf", "report.html", "report.ipynb"] if _state(outcome) == "done" else ["report.ipynb"]
    links = [f'<a href="{html.escape(base, quote=True)}/{file}">{file.rpartition(".")[2]}</a>' for file in files]
    return " ".join(links)


def _state(outcome: Outcome) -> str:
    """A run that existed before counts as done, like one that was just generated."""
    return "done" if outcome.status in ("published", "skipped") else "failed"


def _place(outcome: Outcome, reports: Path) -> str:
    return outcome.folder.relative_to(reports).as_posix() if outcome.folder else ""


def _tables(outcome: Outcome) -> list[Path]:
    if _state(outcome) != "done" or outcome.folder is None:
        return []
    return sorted(outcome.folder.glob("*.csv"))


def _csv(rows: list[PageRow]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8")
