"""What must hold before anything is judged: bad input is an error with its code, and nothing is judged."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.definition import codes
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES as KINDS
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import records

_OF_TARGETS: Final = {"comparator": codes.COMPARATOR.values, "scope": codes.SCOPE.values}
_OF_FIGURES: Final = {
    "bound": codes.BOUND.values,
    "statement": codes.STATEMENT.values,
    "concept": codes.CONCEPT.values,
}


def _problem(code: str, where: object, what: Text, remedy: Text) -> Problem:
    return Problem(f"progress.{code}", what, str(where), remedy)


def check_tables(tables: PackageTables, as_of: pd.Timestamp) -> None:
    """Raise CheckFailed, with every problem found, unless the tables can be judged as of `as_of`.

    Codes: progress.missing-direction, unknown-quantity, unknown-unit, repeated-observation, missing-value,
    target-before-base, as-of-before-plan, unknown-comparator, unknown-scope, unknown-bound, unknown-statement,
    unknown-concept, repeated-target, repeated-indicator, unknown-indicator, unknown-plan, start-after-end,
    negative-value.
    """
    problems = [
        *_words(tables),
        *_keys(tables),
        *_own_figures(tables),
        *_indicators(tables.indicators),
        *_units(tables),
        *_observations(tables.observations),
        *_targets(tables.targets, tables.plans),
        *_plans(tables, as_of),
    ]
    if problems:
        raise CheckFailed(problems)


def _words(tables: PackageTables) -> Iterable[Problem]:
    """Yield unknown words of targets, and of the observations of their indicators: no other figure is judged."""
    judged = tables.observations["indicator_id"].isin(tables.targets["indicator_id"])
    figures = tables.observations[judged]
    coded = [("targets", "target_id", tables.targets, name, words) for name, words in _OF_TARGETS.items()]
    coded += [("observations", "observation_id", figures, name, words) for name, words in _OF_FIGURES.items()]
    for name, key, table, column, words in coded:
        for row in records(table[~table[column].isin(words)]):
            yield _problem(
                f"unknown-{column}",
                f"{name}:{row[key]}:{column}",
                Text(f"“{row[column]}”不是 {column} 的取值。", f"{row[column]!r} is no value of {column}."),
                Text(f"用 {'、'.join(words)} 之一。", f"Use one of {', '.join(words)}."),
            )


def _keys(tables: PackageTables) -> Iterable[Problem]:
    """Yield identifiers that occur twice, and targets whose indicator or plan is in no table."""
    for kind in ("target", "indicator"):
        table: pd.DataFrame = getattr(tables, f"{kind}s")
        key = f"{kind}_id"
        for identifier in table.loc[table[key].duplicated(), key].unique():
            yield _problem(
                f"repeated-{kind}",
                f"{kind}s:{identifier}",
                Text(f"{key} 出现了不止一次。", f"The {key} occurs more than once."),
                Text("每行用自己的标识。", "Give each row an identifier of its own."),
            )
    for kind in ("indicator", "plan"):
        key = f"{kind}_id"
        known = getattr(tables, f"{kind}s")[key]
        for row in records(tables.targets[~tables.targets[key].isin(known)]):
            yield _problem(
                f"unknown-{kind}",
                f"targets:{row['target_id']}:{key}",
                Text(f"{kind}s 表中没有“{row[key]}”。", f"There is no {row[key]!r} in the table {kind}s."),
                Text(f"先在 {kind}s 中写明。", f"Write it into {kind}s first."),
            )


def _own_figures(tables: PackageTables) -> Iterable[Problem]:
    """Yield figures of target indicators that end before they start, and own outturns of a number below zero."""
    quantity = tables.indicators.drop_duplicates("indicator_id").set_index("indicator_id")["quantity"]
    figures = tables.observations[tables.observations["indicator_id"].isin(tables.targets["indicator_id"])]
    for row in records(figures[(figures["period_start"] > figures["period_end"]).fillna(False)]):
        yield _problem(
            "start-after-end",
            f"observations:{row['observation_id']}:period_start",
            Text("期初晚于期末。", "The period starts after it ends."),
            Text("改正期初或期末。", "Correct the start or the end of the period."),
        )
    value = pd.to_numeric(figures["value"], errors="coerce").astype("float64")
    own = figures["area_id"].isin(tables.plans["area_id"]) & figures["statement"].eq("outturn")
    # Money may be lost, and a rate may fall below zero; a stock, or things that are counted, may not.
    kind = tables.measurement_units.set_index("unit_code")["kind"]
    counted = figures["indicator_id"].map(quantity).eq("stock") | figures["unit_code"].map(kind).eq("count")
    measured = figures["measure"].isin(["level", "flow"])
    for row in records(figures[(own & counted & measured & value.lt(0)).fillna(False)]):
        yield _problem(
            "negative-value",
            f"observations:{row['observation_id']}:value",
            Text("存量或数目不能为负。", "A stock or a count cannot be negative."),
            Text("照来源改正数值。", "Correct the value as printed in its source."),
        )


def _indicators(indicators: pd.DataFrame) -> Iterable[Problem]:
    known = indicators["direction"].isin(["increase", "decrease"]).fillna(False)
    for identifier in indicators.loc[~known, "indicator_id"]:
        yield _problem(
            "missing-direction",
            f"indicators:{identifier}:direction",
            Text(
                "没有写明方向：上升还是下降才是进展。", "No direction: whether a rise or a fall is progress."
            ),
            Text("填写 increase 或 decrease。", "Write increase or decrease."),
        )
    for row in records(indicators[~indicators["quantity"].isin(list(KINDS))]):
        yield _problem(
            "unknown-quantity",
            f"indicators:{row['indicator_id']}:quantity",
            Text(
                f"没有名为“{row['quantity']}”的量的类型。",
                f"There is no kind of quantity called {row['quantity']!r}.",
            ),
            Text(f"用 {'、'.join(KINDS)} 之一。", f"Use one of {', '.join(KINDS)}."),
        )


def _units(tables: PackageTables) -> Iterable[Problem]:
    known = set(tables.measurement_units["unit_code"])
    keyed = (("indicators", "indicator_id"), ("targets", "target_id"), ("observations", "observation_id"))
    for name, key in keyed:
        table: pd.DataFrame = getattr(tables, name)
        for row in records(table[~table["unit_code"].isin(known)]):
            yield _problem(
                "unknown-unit",
                f"{name}:{row[key]}:unit_code",
                Text(
                    f"没有名为“{row['unit_code']}”的计量单位。",
                    f"There is no unit called {row['unit_code']!r}.",
                ),
                Text("先在 measurement_units 中定义。", "Define it in measurement_units first."),
            )


def _observations(observations: pd.DataFrame) -> Iterable[Problem]:
    for identifier in observations.loc[
        observations["observation_id"].duplicated(), "observation_id"
    ].unique():
        yield _problem(
            "repeated-observation",
            f"observations:{identifier}",
            Text("观测标识出现了不止一次。", "The observation_id occurs more than once."),
            Text("每条观测用自己的标识。", "Give each observation an identifier of its own."),
        )
    numbers = pd.to_numeric(observations["value"], errors="coerce").to_numpy("float64", na_value=math.nan)
    for identifier in observations.loc[
        ~pd.Series(numbers, observations.index).abs().lt(math.inf), "observation_id"
    ]:
        yield _problem(
            "missing-value",
            f"observations:{identifier}:value",
            Text("没有数值，或不是有限的数。", "The value is missing or not a finite number."),
            Text("照来源填写数值，没有数值就删去此行。", "Write the value as printed, or leave the row out."),
        )
    for identifier in observations.loc[observations["period_end"].isna(), "observation_id"]:
        yield _problem(
            "missing-value",
            f"observations:{identifier}:period_end",
            Text("没有期末。", "The end of the period is missing."),
            Text("填写期末日期。", "Write the day on which the period ends."),
        )


def _targets(targets: pd.DataFrame, plans: pd.DataFrame) -> Iterable[Problem]:
    both = targets.merge(plans[["plan_id", "start"]], on="plan_id", how="left")
    known = both["plan_id"].isin(plans["plan_id"])
    for row in records(both[known & ~(both["due"] > both["start"])]):
        yield _problem(
            "target-before-base",
            f"targets:{row['target_id']}:due",
            Text("到期日不晚于规划起始日。", "The due date is not after the plan's start."),
            Text("改正到期日或规划起始日。", "Correct the due date or the plan's start."),
        )
    for identifier in both.loc[~both["value"].abs().lt(math.inf).fillna(False), "target_id"]:
        yield _problem(
            "missing-value",
            f"targets:{identifier}:value",
            Text("目标没有数值，或不是有限的数。", "The target's value is missing or not a finite number."),
            Text("照原文填写目标值。", "Write the value of the official text."),
        )


def _plans(tables: PackageTables, as_of: pd.Timestamp) -> Iterable[Problem]:
    """Yield the plans published after `as_of` if they leave no target to judge; else theirs are only left out."""
    late = tables.plans[tables.plans["published"] > as_of]
    if (~tables.targets["plan_id"].isin(late["plan_id"])).any():
        return
    for row in records(late):
        yield _problem(
            "as-of-before-plan",
            "as_of",
            Text(
                f"截至日 {as_of:%Y-%m-%d} 早于规划 {row['plan_id']} 的发布日 {row['published']:%Y-%m-%d}。",
                f"The as-of date {as_of:%Y-%m-%d} is before plan {row['plan_id']} was published, {row['published']:%Y-%m-%d}.",
            ),
            Text("给出发布日或以后的日期。", "Give the day of publication or a later one."),
        )
