"""Who answers for what, what is known by lead body, and which figures are wanted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import pandas as pd

from daye_analysis import Package, load
from daye_analysis.accountability import EVIDENCE_CLASSES, duties, figures_wanted, lead_status
from daye_analysis.package.definition import codes
from daye_analysis.package.named_bodies import named_bodies
from daye_analysis.views.view import View

DAY = dt.date(2026, 11, 29)


@cache
def package() -> Package:
    return load()


def view(day: dt.date = DAY, of: Package | None = None) -> View:
    return (of or package()).as_of(day)


def test_matrix_holds_every_named_duty_once() -> None:
    matrix = duties(package())
    assert matrix.shape == (21, 23)
    assert int((matrix == "lead").to_numpy().sum()) == 22
    assert int((matrix == "responsible").to_numpy().sum()) == 117
    assert list(matrix.index) == list(package().tasks.sort_values("position")["task_id"])


def test_units_stand_by_kind_and_then_as_first_named() -> None:
    matrix = duties(package())
    kind = package().units.set_index("unit_id")["kind"]
    order = list(codes.UNIT_KIND.values)
    places = [order.index(kind[unit]) for unit in matrix.columns]
    assert places == sorted(places)
    assert list(matrix.columns[:4]) == [
        "economy_it_bureau", "development_reform_bureau", "science_bureau", "statistics_bureau"
    ]  # fmt: skip


def test_a_unit_that_leads_and_is_named_again_leads() -> None:
    base = package()
    again = base.responsibilities.iloc[[0]].assign(role="responsible", position=99)
    twice = replace(base, responsibilities=pd.concat([base.responsibilities, again], ignore_index=True))
    task, unit = again[["task_id", "unit_id"]].iloc[0]
    assert duties(twice).at[task, unit] == "lead"


def test_status_counts_each_target_with_each_of_its_leads() -> None:
    status = lead_status(package(), view().assess())
    assert (status[list(EVIDENCE_CLASSES)].sum(axis=1) == status["targets"]).all()
    # One task has two leads; it sets no quantified target, so the targets still add up.
    assert named_bodies(package(), "T03", "lead") == ["economy_it_bureau", "development_reform_bureau"]
    assert status["targets"].sum() == 39
    assert status["tasks"].sum() == 22
    first = package().responsibilities.merge(package().tasks[["task_id", "position"]], on="task_id", suffixes=("", "_t"))
    first = first[first["role"] == "lead"].sort_values(["position_t", "position"])
    assert list(status["unit_id"]) == list(dict.fromkeys(first["unit_id"]))


def test_a_second_lead_shares_the_count() -> None:
    base = package()
    extra = base.responsibilities.iloc[[0]].assign(task_id="T02", unit_id="statistics_bureau", position=2)
    more = replace(base, responsibilities=pd.concat([base.responsibilities, extra], ignore_index=True))
    status = lead_status(more, view(of=more).assess()).set_index("unit_id")
    assert status.at["statistics_bureau", "targets"] == 6
    assert status["targets"].sum() == 45


def test_wanted_figures_leave_out_what_is_published() -> None:
    wanted = figures_wanted(view())
    keys = set(zip(wanted["target_id"], wanted["period_end"], strict=True))
    assert ("high_tech_enterprises", "2024-12-31") in keys
    # 423 high-tech enterprises at the end of 2025 were published.
    assert ("high_tech_enterprises", "2025-12-31") not in keys
    assert not (wanted["period_end"] > DAY.isoformat()).any()


def test_wanted_figures_as_of_an_earlier_day() -> None:
    early = figures_wanted(view(dt.date(2025, 6, 30)))
    assert early["period_end"].max() == "2024-12-31"
    # The same figure was not yet known on the last day of its own period.
    keys = {(row.target_id, row.period_end) for row in figures_wanted(view(dt.date(2025, 12, 31))).itertuples()}
    known = view(dt.date(2025, 12, 31)).observations
    published = known[(known["indicator_id"] == "high_tech_enterprises") & (known["period_end"] == "2025-12-31")]
    assert (("high_tech_enterprises", "2025-12-31") in keys) == published.empty


def test_wanted_figures_stand_in_the_lists_order() -> None:
    wanted = figures_wanted(view())
    order = package().targets.merge(package().tasks[["task_id", "position"]], on="task_id")
    order = order.sort_values(["position", "source_start", "target_id"])["target_id"]
    assert list(dict.fromkeys(wanted["target_id"])) == [each for each in order if each in set(wanted["target_id"])]
    leads = {target: named_bodies(package(), str(task), "lead") for target, task in zip(package().targets["target_id"], package().targets["task_id"], strict=True)}
    assert all(row.unit_id in leads[row.target_id] for row in wanted.itertuples())


def without_lead(task: str) -> Package:
    base = package()
    duties_of = base.responsibilities
    return replace(base, responsibilities=duties_of[~((duties_of["task_id"] == task) & (duties_of["role"] == "lead"))])


def test_targets_without_a_lead_body_are_wanted_and_counted_too() -> None:
    task = package().targets.set_index("target_id")["task_id"]["high_tech_enterprises"]
    of_task = set(package().targets.loc[package().targets["task_id"] == task, "target_id"])
    seen = view(of=without_lead(str(task)))
    wanted, before = figures_wanted(seen), figures_wanted(view())
    each = ["target_id", "period_start", "period_end"]
    assert set(map(tuple, wanted[each].to_numpy())) == set(map(tuple, before[each].to_numpy()))
    assert set(wanted.loc[wanted["unit_id"] == "", "target_id"]) == of_task
    status = lead_status(seen.package, seen.assess())
    assert status["targets"].sum() == 39
    assert list(status["unit_id"])[-1] == ""
    assert status["targets"].iloc[-1] == len(of_task)


def test_nothing_wanted_leaves_an_empty_table() -> None:
    none = replace(package(), targets=package().targets.iloc[:0])
    assert figures_wanted(view(of=none)).empty
    assert lead_status(none, view().assess())["targets"].sum() == 0
