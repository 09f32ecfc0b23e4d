"""A package in memory: its tables as read-only DataFrames, and lookups in them."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Self

import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import WrongUsage
from daye_analysis.package.definition import TABLES, Metadata, table
from daye_analysis.package.messages import PACKAGE_PROBLEMS
from daye_analysis.package.records import records
from daye_analysis.problem_messages import worded
from daye_analysis.session import session_language

_HEADS: Final = (Text("表名", "Table"), Text("表", "Title"), Text("行数", "Rows"), Text("内容", "What it holds"))


def latest_day(compiled_on: dt.date, sources: pd.DataFrame) -> dt.date:
    """Return the later of the day of compilation and the last day on which a source could be known."""
    last = sources["known_on"].max()
    return compiled_on if pd.isna(last) else max(compiled_on, last.date())


@dataclass(frozen=True)
class PackageTables:
    """The tables of one package, each a DataFrame with the columns of the definition.

    Types are plain: `Int64`, `float64`, `string`, `boolean`, `datetime64`. `assumed` names the observations that a
    researcher only assumed (see `Package.assume`); it is empty for a package as published. `metadata` is what its
    descriptor says of the whole. Treat the tables as
    read-only: what was found out about them is cached. To change a figure, `assume` it or use `dataclasses.replace`.
    """

    root: Path
    name: str
    title: Text
    version: str
    compiled_on: dt.date
    actions: pd.DataFrame = field(repr=False)
    tasks: pd.DataFrame = field(repr=False)
    units: pd.DataFrame = field(repr=False)
    unit_aliases: pd.DataFrame = field(repr=False)
    responsibilities: pd.DataFrame = field(repr=False)
    clusters: pd.DataFrame = field(repr=False)
    indicators: pd.DataFrame = field(repr=False)
    plans: pd.DataFrame = field(repr=False)
    targets: pd.DataFrame = field(repr=False)
    measurement_units: pd.DataFrame = field(repr=False)
    areas: pd.DataFrame = field(repr=False)
    sources: pd.DataFrame = field(repr=False)
    observations: pd.DataFrame = field(repr=False)
    assumed: frozenset[str] = frozenset()
    metadata: Metadata = field(default=Metadata("", Text("", ""), Text("", ""), "", "", (), Text("", ""), ""), repr=False)
    # What was found out about these tables already. They never change, so it stays true; a copy by `replace` has none.
    cache: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Return all tables by name, in the order of the definition."""
        return {each.name: getattr(self, each.name) for each in TABLES}

    @property
    def known_until(self) -> dt.date:
        """Return the first day on which all of the package was known: that of its compilation, or of a later source."""
        return latest_day(self.compiled_on, self.sources)

    def record(self, table_name: str, key: object) -> Mapping[str, Any]:
        """Return the row of a table whose (first) key is `key`, its values by column; KeyError where there is none."""
        name = ("record", table_name)
        if name not in self.cache:
            rows = getattr(self, table_name)
            self.cache[name] = {str(row[table(table_name).primary_key[0]]): row for row in records(rows)}
        found: Mapping[str, Any] = self.cache[name][str(key)]
        return found

    def of_plan(self, plan_id: str = "") -> Self:
        """Return a copy with one plan and its targets only; without `plan_id`, the package's single plan.

        Raises WrongUsage for an unknown plan, or where there are several and none is named.
        """
        known = list(self.plans["plan_id"])
        chosen = plan_id or (known[0] if len(known) == 1 else "")
        if chosen not in known:
            raise WrongUsage(worded(PACKAGE_PROBLEMS, "package.unknown-plan", "plan", found=plan_id, known=tuple(known)))
        return replace(
            self,
            plans=self.plans[self.plans["plan_id"] == chosen].reset_index(drop=True),
            targets=self.targets[self.targets["plan_id"] == chosen].reset_index(drop=True),
        )

    def target_row(self, target_id: str) -> Mapping[str, Any]:
        """Return a target's row by column, with the indicator's `name_zh`, `name_en`, `definition_*` and the like."""
        row = self.record("targets", target_id)
        return {**self.record("indicators", row["indicator_id"]), **row}

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {len(rows)}" for name, rows in self.tables.items())
        assumed = f"; {len(self.assumed)} of the observations only assumed" if self.assumed else ""
        return f"<Package {self.name} {self.version} as compiled on {self.compiled_on}: {counts}{assumed}>"

    def _repr_html_(self) -> str:
        """Return the package at a glance for JupyterLab: what each table holds, in the session's language."""
        language = session_language()
        rows = "".join(
            f"<tr><td><code>{each.name}</code></td><td>{html.escape(each.title.say(language))}</td>"
            f"<td style='text-align:right'>{len(getattr(self, each.name))}</td>"
            f"<td style='text-align:left'>{html.escape(each.description.say(language))}</td></tr>"
            for each in TABLES
        )
        count = len(self.assumed)
        assumed = f"<p><b>{Text(f'{count} 个假设', f'{count} assumption(s)').say(language)}</b></p>" if count else ""
        heads = "".join(f"<th style='text-align:left'>{head.say(language)}</th>" for head in _HEADS)
        return (
            f"<p><strong>{html.escape(self.title.say(language))}</strong> · {html.escape(self.version)} · {self.compiled_on}</p>{assumed}"
            f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )
