"""A package in memory: its tables as DataFrames, frozen, with a view of each target."""

from __future__ import annotations

import datetime as dt
import difflib
import html
import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem, WrongUsage
from daye_analysis.package.definition import TABLES, table
from daye_analysis.package.records import records

if TYPE_CHECKING:
    from daye_analysis.package.target import Target

ASSUMPTION_SOURCE = "assumption"
# What a figure without, and with, a period's start measures; empty where judgement could not use it.
MEASURE_OF = {
    "rank": ("rank", "rank"),
    "growth_rate": ("growth_pct", "growth_pct"),
    "cumulative_reduction": ("level", "level"),
    "ratio": ("level", "flow"),
    "output_value": ("", "flow"),
    "annual_flow": ("", "flow"),
    "cumulative_flow": ("", "flow"),
    "stock": ("level", ""),
    "share": ("level", ""),
    "coverage": ("level", ""),
}


@dataclass(frozen=True)
class Package:
    """The tables of one package, each a DataFrame with the columns of the definition.

    Types are plain: `Int64`, `float64`, `string`, `boolean`, `datetime64`. `assumed` names the observations that a
    researcher only assumed (see `assume`); it is empty for a package as published. Treat the tables as read-only.
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
    # What was found out about these tables already. They never change, so it stays true; a copy by `replace` has none.
    answers: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Return all tables by name, in the order of the definition."""
        return {each.name: getattr(self, each.name) for each in TABLES}

    def record(self, table_name: str, key: object) -> Mapping[str, Any]:
        """Return the row of a table whose (first) key is `key`, its values by column; KeyError where there is none."""
        name = ("record", table_name)
        if name not in self.answers:
            rows = getattr(self, table_name)
            self.answers[name] = {str(row[table(table_name).primary_key[0]]): row for row in records(rows)}
        found: Mapping[str, Any] = self.answers[name][str(key)]
        return found

    def target(self, target_id: str) -> Target:
        """Return the view of one target; WrongUsage, with the nearest names, where there is none."""
        from daye_analysis.package.target import Target

        known = list(self.targets["target_id"])
        if target_id not in known:
            near = difflib.get_close_matches(str(target_id), known, n=3) or ["data.targets"]
            raise WrongUsage(
                Problem(
                    "package.unknown-target",
                    Text(f"没有名为“{target_id}”的目标。", f"There is no target called '{target_id}'."),
                    "target_id",
                    Text(f"最接近的是：{'、'.join(near)}。", f"The nearest are: {', '.join(near)}."),
                )
            )
        return Target(self, target_id)

    def of_plan(self, plan_id: str = "") -> Package:
        """Return a copy with one plan and its targets only; without `plan_id`, the package's single plan.

        Raises WrongUsage for an unknown plan, or where there are several and none is named.
        """
        known = list(self.plans["plan_id"])
        chosen = plan_id or (known[0] if len(known) == 1 else "")
        if chosen not in known:
            raise WrongUsage(
                Problem(
                    "package.unknown-plan",
                    Text(f"没有名为“{plan_id}”的规划。", f"There is no plan called '{plan_id}'."),
                    "plan",
                    Text(f"可选：{'、'.join(known)}。", f"Choose one of: {', '.join(known)}."),
                )
            )
        return replace(
            self,
            plans=self.plans[self.plans["plan_id"] == chosen].reset_index(drop=True),
            targets=self.targets[self.targets["plan_id"] == chosen].reset_index(drop=True),
        )

    def known(self, as_of: dt.date | None = None) -> pd.DataFrame:
        """Return the observations that could be known on `as_of` (default: all), with their sources' columns.

        The cut is by the source's `known_on`, never by the period; an undated page counts as known only from the
        day of compilation. Columns `title`, `publisher`, `known_on`, `tier` and `url` come from the source.
        """
        columns = ["source_id", "title", "publisher", "known_on", "tier", "url"]
        known = self.observations.merge(self.sources[columns], on="source_id", how="left")
        known["known_on"] = known["known_on"].fillna(pd.Timestamp(self.compiled_on))
        return known if as_of is None else known[known["known_on"] <= pd.Timestamp(as_of)]

    def assume(
        self,
        indicator_id: str,
        value: float,
        period_end: str | dt.date,
        period_start: str | dt.date = "",
        plan_id: str = "",
    ) -> Package:
        """Return a copy that holds one assumed figure for the plan's area beside the evidence.

        `value` is in the indicator's own unit; dates are ISO text or dates; a flow needs `period_start`, a level takes none. The plan
        is the one whose targets use the indicator; `plan_id` names it where there are several. A cumulative reduction
        is one since the plan's start. The figure carries source `assumption` and stands in
        `assumed`, so that everything that rests on it can say so. This package stays as it was. Raises WrongUsage
        for an unknown indicator or plan, an ambiguous plan (package.ambiguous-plan) or a figure that judgement could
        not use (package.assumption-unusable), CheckFailed for a value or date that cannot be.
        """
        indicator = self.indicators[self.indicators["indicator_id"] == indicator_id]
        if indicator.empty:
            near = _nearest(self.indicators, str(indicator_id)) or ["data.indicators"]
            raise WrongUsage(
                Problem(
                    "package.unknown-indicator",
                    Text(f"没有名为“{indicator_id}”的指标。", f"There is no indicator called '{indicator_id}'."),
                    "indicator_id",
                    Text(f"最接近的是：{'、'.join(near)}。", f"The nearest are: {', '.join(near)}."),
                )
            )
        start, end = _day(period_start, "period_start"), _day(period_end, "period_end")
        quantity = str(indicator["quantity"].iloc[0])
        if not _can_be(value, quantity):
            raise CheckFailed(_bad_assumption("value"))
        if end is None or (start is not None and start > end):
            raise CheckFailed(_bad_assumption("period_start, period_end"))
        measure = MEASURE_OF[quantity][start is not None]
        if not measure:
            raise WrongUsage(_unusable_assumption(indicator_id, start is None))
        plan = self._plan_of(indicator_id, plan_id)
        row = dict.fromkeys(table("observations").field_names, pd.NA) | {
            "observation_id": f"assumption{len(self.assumed) + 1:04d}",
            "indicator_id": indicator_id,
            "area_id": plan["area_id"],
            "period_start": pd.NaT if start is None else start,
            "period_end": end,
            "measure": measure,
            "value": float(value),
            "unit_code": indicator["unit_code"].iloc[0],
            "bound": "exact",
            "statement": "outturn",
            "concept": "same",
            "growth_base_end": plan["start"] if quantity == "cumulative_reduction" else pd.NaT,
            "scope_note_zh": "使用者的假设，不是公开数据",
            "scope_note_en": "a user's assumption, no published figure",
            "source_id": ASSUMPTION_SOURCE,
        }
        return replace(
            self,
            observations=_with_row(self.observations, row),
            sources=self._sources_with_assumption(),
            assumed=self.assumed | {str(row["observation_id"])},
        )

    def _plan_of(self, indicator_id: str, plan_id: str) -> pd.Series:
        """Return the plan named, else the one whose targets use the indicator, else the only one."""
        if plan_id:
            return self.of_plan(plan_id).plans.iloc[0]
        using = self.targets.loc[self.targets["indicator_id"] == indicator_id, "plan_id"]
        plans = self.plans[self.plans["plan_id"].isin(using)] if len(using) else self.plans
        if len(plans) == 1:
            return plans.iloc[0]
        names = list(plans["plan_id"])
        raise WrongUsage(
            Problem(
                "package.ambiguous-plan",
                Text("不知道假设属于哪个规划。", "It is not clear which plan the assumption belongs to."),
                "plan_id",
                Text(f"用 plan_id 写明：{'、'.join(names)}。", f"Name it in plan_id: {', '.join(names)}."),
            )
        )

    def _sources_with_assumption(self) -> pd.DataFrame:
        if (self.sources["source_id"] == ASSUMPTION_SOURCE).any():
            return self.sources
        row = dict.fromkeys(table("sources").field_names, pd.NA) | {
            "source_id": ASSUMPTION_SOURCE,
            "title": "假设 / assumption",
            "publisher": "使用者 / the user",
            "known_on": pd.Timestamp("1900-01-01"),
            "kind": "other",
            "tier": "repost",
        }
        return _with_row(self.sources, row)

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {len(rows)}" for name, rows in self.tables.items())
        assumed = f"; {len(self.assumed)} of the observations only assumed" if self.assumed else ""
        return f"<Package {self.name} {self.version} as compiled on {self.compiled_on}: {counts}{assumed}>"

    def _repr_html_(self) -> str:
        """Return the package at a glance for JupyterLab: what each table holds, in zh and en."""
        rows = "".join(
            f"<tr><td><code>{each.name}</code></td><td>{html.escape(each.title.zh)}</td>"
            f"<td style='text-align:right'>{len(getattr(self, each.name))}</td>"
            f"<td style='text-align:left'>{html.escape(each.description.zh)}<br>"
            f"<small>{html.escape(each.description.en)}</small></td></tr>"
            for each in TABLES
        )
        assumed = f"<p><b>{len(self.assumed)} 个假设 / assumption(s)</b></p>" if self.assumed else ""
        return (
            f"<p><strong>{html.escape(self.title.zh)}</strong><br>{html.escape(self.title.en)} · {html.escape(self.version)} · "
            f"{self.compiled_on}</p>{assumed}"
            f"<table><thead><tr><th>table</th><th>表</th><th>行 rows</th><th style='text-align:left'>内容 what it holds</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )



def _with_row(rows: pd.DataFrame, row: Mapping[str, object]) -> pd.DataFrame:
    return pd.concat([rows, pd.DataFrame([row])[list(rows.columns)].astype(rows.dtypes)], ignore_index=True)


def _nearest(indicators: pd.DataFrame, wanted: str) -> list[str]:
    """Return the identifiers of the indicators whose identifier or name is nearest to `wanted`, nearest first."""
    ids = {str(row[name]): str(row["indicator_id"]) for _, row in indicators.iterrows() for name in ("name_en", "name_zh", "indicator_id")}
    near = difflib.get_close_matches(wanted, list(ids), n=3)
    return list(dict.fromkeys(ids[each] for each in near))


def _can_be(value: object, quantity: str) -> bool:
    """Return whether an indicator of such a quantity can have the value: a finite number, a share at most a hundred."""
    number = isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value)
    return number and (quantity not in ("share", "coverage") or 0 <= float(value) <= 100)  # type: ignore[arg-type]


def _day(given: object, name: str) -> pd.Timestamp | None:
    if given is None or given == "":
        return None
    try:
        return pd.Timestamp(given if isinstance(given, dt.date) else dt.date.fromisoformat(given))  # type: ignore[arg-type]
    except (ValueError, TypeError) as error:
        raise CheckFailed(_bad_assumption(name)) from error


def _unusable_assumption(indicator_id: str, without_start: bool) -> Problem:
    return Problem(
        "package.assumption-unusable",
        Text(
            f"“{indicator_id}”这类指标用不上这样的假设。",
            f"Such an assumption cannot be used for an indicator like '{indicator_id}'.",
        ),
        "period_start",
        Text("期间数须给出期初。", "A figure of a period needs period_start.")
        if without_start
        else Text("时点数不要给出期初。", "A figure at a date takes no period_start."),
    )


def _bad_assumption(where: str) -> Problem:
    return Problem(
        "package.bad-assumption",
        Text("假设的数值或日期不成立。", "The assumed value or date cannot be."),
        where,
        Text("数值须为数（不带引号，占比不超过 100），日期如 \"2025-12-31\"，期初不晚于期末。",
             "Give a number (no quotes; a share is at most 100), dates as \"2025-12-31\", start not after end."),
    )
