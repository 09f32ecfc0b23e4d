"""Figures with their source, added to a package in memory and checked like published ones, before editing the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from daye_analysis.errors import CheckFailed, Problem, WrongUsage
from daye_analysis.package.check import check_tables
from daye_analysis.package.definition import table
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.formatting import number_words
from daye_analysis.package.observation_ids import next_observation_ids
from daye_analysis.package.read import read_tables, typed
from daye_analysis.package.read.columns import columns_of_frame
from daye_analysis.package.records import records
from daye_analysis.package.untrusted import open_package
from daye_analysis.problem_messages import worded
from daye_analysis.views.lookup import Kind, find
from daye_analysis.views.package import Package
from daye_analysis.views.problems import VIEW_PROBLEMS

# What a figure may give by name.
_NAMED: Final[dict[str, Kind]] = {"indicator_id": "indicator", "area_id": "area"}


def with_figures(
    package: Package, source: Mapping[str, object], figures: Sequence[Mapping[str, object]] | pd.DataFrame
) -> Package:
    """Return a copy with one more source and its figures, as if all were in the edited files.

    `source` and each of `figures` are cells of the tables `sources` and `observations` by field; what is left out is
    empty. A `source` of `source_id` alone is one that the package's files have already. A figure gets the next
    identifier and the source's, and unless it says otherwise is an exact outturn of the same concept for the plan's
    area, in the indicator's unit and of the measure that its kind of quantity has. All are checked in every cell as `daye validate` would, beside the package's files.
    Raises CheckFailed with every problem, WrongUsage for an unknown field or what has none, NotReadable where the files
    are gone.
    """
    if isinstance(figures, pd.DataFrame):
        figures = [{str(name): cell for name, cell in row.items() if not pd.isna(cell)} for row in records(figures)]
    if not isinstance(source, Mapping) or not all(isinstance(each, Mapping) for each in figures):
        raise WrongUsage(_no_rows())
    raw = open_package(package.root)
    tables = read_tables(raw)
    added = {"observations": _rows("observations", list(_completed(package, source, figures)))}
    if set(source) != {"source_id"}:
        added["sources"] = _rows("sources", [source])
    for name, rows in added.items():
        tables[name] = pd.concat([tables[name], rows], ignore_index=True)
    problems = check_tables(tables, raw.official_text)
    if problems:
        raise CheckFailed(problems)
    columns = {name: columns_of_frame(table(name), rows) for name, rows in added.items()}
    joined = {
        name: pd.concat([getattr(package, name), rows], ignore_index=True) for name, rows in typed(columns).items()
    }
    return replace(package, **joined)


def _completed(
    package: Package, source: Mapping[str, object], figures: Sequence[Mapping[str, object]]
) -> Iterator[dict[str, object]]:
    """Yield each figure with what it leaves to the package: identifier, area, unit, source, and that it is exact."""
    traits = package.indicators.set_index("indicator_id")
    units, quantities = traits["unit_code"], traits["quantity"]
    for figure, identifier in zip(figures, next_observation_ids(package.observations["observation_id"]), strict=False):
        named = {name: find(package, kind, figure[name]) for name, kind in _NAMED.items() if name in figure}
        indicator = named.get("indicator_id", "")
        yield {
            "observation_id": identifier,
            "area_id": package.plans["area_id"].iloc[0],
            "measure": _measure(str(quantities.get(indicator)), bool(figure.get("period_start"))),
            "unit_code": units.get(indicator, ""),
            "bound": "exact",
            "statement": "outturn",
            "concept": "same",
            "source_id": source.get("source_id", ""),
            **figure,
            **named,
        }


def _measure(quantity: str, with_period: bool) -> str:
    """Return the measure of a new figure; empty where its indicator, or such a figure of it, is not known."""
    kind = QUANTITY_TYPES.get(quantity)
    return "" if kind is None else kind.with_period if with_period else kind.without_period


def _no_rows() -> Problem:
    return worded(VIEW_PROBLEMS, "package.no-row", "source, figures")


def _rows(name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Return rows of strings, spelt as the table's file has them."""
    fields = table(name).field_names
    unknown = [field for row in rows for field in row if field not in fields]
    if unknown:
        raise WrongUsage(
            worded(VIEW_PROBLEMS, "package.unknown-field", name, table=name, unknown=", ".join(map(str, unknown)), fields=fields)
        )
    completed = [table(name).completed({field: _cell(cell) for field, cell in row.items()}) for row in rows]
    return pd.DataFrame(completed, columns=list(fields), dtype="str")


def _cell(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_words(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
