"""What must hold before anything is judged: bad input is an error with its code, and nothing is judged."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.progress.kinds import KINDS
from daye_analysis.progress.tables import Tables


def _problem(code: str, where: object, what: Text, remedy: Text) -> Problem:
    return Problem(f"progress.{code}", what, str(where), remedy)


def check_tables(tables: Tables, as_of: pd.Timestamp) -> None:
    """Raise CheckFailed, with every problem found, unless the tables can be judged as of `as_of`.

    Codes: progress.missing-direction, unknown-quantity, unknown-unit, repeated-observation, missing-value,
    target-before-base, as-of-before-plan.
    """
    problems = [
        *_indicators(tables.indicators),
        *_units(tables),
        *_observations(tables.observations),
        *_targets(tables.targets, tables.plans),
        *_plans(tables.plans, as_of),
    ]
    if problems:
        raise CheckFailed(problems)


def check_not_after(figures: pd.DataFrame, as_of: pd.Timestamp) -> None:
    """Raise CheckFailed (progress.period-after-as-of) if an outturn's period ends after the month of `as_of`.

    A month-stamped figure is known before its month is over; one of a later month cannot have happened yet.
    """
    last = as_of + pd.offsets.MonthEnd(0)
    late = figures[figures["period_end"] > last]
    if len(late):
        raise CheckFailed(
            _problem(
                "period-after-as-of",
                f"observations:{row.observation_id}:period_end",
                Text(
                    f"实绩的期末 {row.period_end:%Y-%m-%d} 晚于截至日 {as_of:%Y-%m-%d}。",
                    f"An outturn's period ends on {row.period_end:%Y-%m-%d}, after the as-of date {as_of:%Y-%m-%d}.",
                ),
                Text(
                    "改正期末，或标为预计、目标。",
                    "Correct the period, or state it as a forecast or a target.",
                ),
            )
            for row in late.itertuples()
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
    for row in indicators[~indicators["quantity"].isin(list(KINDS))].itertuples():
        yield _problem(
            "unknown-quantity",
            f"indicators:{row.indicator_id}:quantity",
            Text(
                f"没有名为“{row.quantity}”的量的类型。",
                f"There is no kind of quantity called {row.quantity!r}.",
            ),
            Text(f"用 {'、'.join(KINDS)} 之一。", f"Use one of {', '.join(KINDS)}."),
        )


def _units(tables: Tables) -> Iterable[Problem]:
    known = set(tables.measurement_units["unit_code"])
    keyed = (("indicators", "indicator_id"), ("targets", "target_id"), ("observations", "observation_id"))
    for name, key in keyed:
        table: pd.DataFrame = getattr(tables, name)
        for row in table[~table["unit_code"].isin(known)].to_dict("records"):
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
    for row in both[~(both["due"] > both["start"])].itertuples():
        yield _problem(
            "target-before-base",
            f"targets:{row.target_id}:due",
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


def _plans(plans: pd.DataFrame, as_of: pd.Timestamp) -> Iterable[Problem]:
    for row in plans[plans["published"] > as_of].itertuples():
        yield _problem(
            "as-of-before-plan",
            "as_of",
            Text(
                f"截至日 {as_of:%Y-%m-%d} 早于规划 {row.plan_id} 的发布日 {row.published:%Y-%m-%d}。",
                f"The as-of date {as_of:%Y-%m-%d} is before plan {row.plan_id} was published, {row.published:%Y-%m-%d}.",
            ),
            Text("给出发布日或以后的日期。", "Give the day of publication or a later one."),
        )
