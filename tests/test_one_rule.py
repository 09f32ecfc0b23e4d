"""Every reader of a package uses the one evidence rule: explanation, assessment, data request, SQLite and exported table."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daye_analysis import Package, load
from daye_analysis.package.definition import table
from daye_analysis.package.evidence.target_evidence import evidence, evidence_table
from daye_analysis.package.export.sqlite import write_sqlite
from daye_analysis.package.request.wanted import every_period, wanted
from daye_analysis.package.view import PackageView

# One target for each way in which figures are read.
TARGETS = ["high_tech_enterprises", "cluster_life_health", "sei_share", "new_projects_signed_annual", "rd_projects",
           "energy_intensity_reduction", "rd_institution_coverage", "growth_rank_wuhan_circle"]  # fmt: skip
PERIODS = [
    (None, "2023-12-31"), (None, "2025-12-31"), ("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-09-30"),
    ("2024-01-01", "2025-12-31"), ("2023-07-01", "2024-12-31"), (None, "2026-06-30"), ("2026-01-01", "2026-12-31"),
]  # fmt: skip
DAY = dt.date(2026, 11, 29)


@pytest.fixture(scope="module")
def package() -> Package:
    whole = load()
    return replace(whole, targets=whole.targets[whole.targets["target_id"].isin(TARGETS)].reset_index(drop=True))


@st.composite
def figure(draw: st.DrawFn, number: int, indicators: list[str]) -> dict[str, Any]:
    """Return one observation in any combination of measure, bound, concept, area, period, statement and doubt."""
    start, end = draw(st.sampled_from(PERIODS))
    value = draw(st.sampled_from([5.0, 60.0, 100.0, 262.84, 450.0, 900.0]))
    doubt = draw(st.sampled_from([pd.NA, pd.NA, "unsure"]))
    return {
        "observation_id": f"o{9000 + number}",
        "indicator_id": draw(st.sampled_from(indicators)),
        "area_id": draw(st.sampled_from(["daye", "daye", "daye_lake_high_tech_zone", "huangshi", "hubei", "wuhan"])),
        "period_start": pd.NaT if start is None else pd.Timestamp(start),
        "period_end": pd.Timestamp(end),
        "date_basis": draw(st.sampled_from(["stated", "inferred"])),
        "measure": draw(st.sampled_from(["level", "flow", "share_pct", "growth_pct", "rank"])),
        "value": value,
        "value_text": f"{value:g}",
        "unit_code": draw(st.sampled_from(["firms", "cny_100m", "percent", "projects"])),
        "bound": draw(st.sampled_from(["exact", "exact", "at_least", "more_than", "at_most", "less_than", "about"])),
        "statement": draw(st.sampled_from(["outturn", "outturn", "outturn", "forecast", "target"])),
        "concept": draw(st.sampled_from(["same", "same", "broader", "narrower", "related"])),
        "doubt_zh": doubt,
        "doubt_en": doubt,
        "growth_base_end": draw(st.sampled_from([pd.NaT, pd.Timestamp("2023-12-31")])),
    }


def holding(package: Package, figures: list[dict[str, Any]]) -> Package:
    """Return the package with these observations and no others."""
    empty = package.observations.iloc[:0]
    source = package.sources.loc[package.sources["known_on"] < "2024-01-01", "source_id"].iloc[0]
    rows = pd.DataFrame([dict.fromkeys(empty.columns, pd.NA) | {"source_id": source} | row for row in figures])
    return replace(package, observations=rows[list(empty.columns)].astype(empty.dtypes))


@settings(max_examples=int(os.environ.get("WORLDS", "120")) // 10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.data())
def test_all_readers_say_the_same_of_any_figures(package: Package, tmp_path_factory: Any, data: st.DataObject) -> None:
    indicators = list(package.targets["indicator_id"])
    figures = [data.draw(figure(number, indicators)) for number in range(data.draw(st.integers(1, 8)))]
    made = holding(package, figures)
    view = made.as_of(DAY)
    rule = evidence(view)
    roles = {(row.target_id, row.observation_id): (row.role, row.reason) for row in rule.itertuples()}
    deciding = {key for key, (role, _) in roles.items() if role == "decides"}
    _assessments_agree(view, roles)
    _explanations_agree(made, view, roles)
    _requests_agree(view, rule)
    _sqlite_agrees(made, rule, deciding, tmp_path_factory.mktemp("db"))


def _assessments_agree(view: Any, roles: dict[tuple[str, str], tuple[str, str]]) -> None:
    allowed = {"value_observations": {"decides"}, "lower_bound_observations": {"lower_bound", "decides"},
               "upper_bound_observations": {"upper_bound", "decides"}}  # fmt: skip
    for row in view.assess().itertuples():
        for name, ok in allowed.items():
            assert {roles[row.target_id, each][0] for each in getattr(row, name).split()} <= ok
        for each in row.conflicting_observations.split():
            assert roles[row.target_id, each] == ("context", "conflict")
        of_target = {role for (target, _), role in roles.items() if target == row.target_id}
        names = {role for role, _ in of_target}
        if "decides" in names or ("context", "conflict") in of_target:
            # A figure of one period may decide only as part of a sum that is not whole.
            assert row.evidence_class in ("comparable", "bounds_only")
        elif names & {"lower_bound", "upper_bound"}:
            assert row.evidence_class == "bounds_only"
        else:
            assert row.evidence_class in ("related_only", "nothing")


def _explanations_agree(made: Package, view: Any, roles: dict[tuple[str, str], tuple[str, str]]) -> None:
    groups = {"decides": "decides", "lower_bound": "bounds", "upper_bound": "bounds"}
    for target_id in made.targets["target_id"]:
        target = view.target(target_id)
        for row in target.evidence().itertuples():
            role, reason = roles[target_id, row.observation_id]
            assert row.group == groups.get(role, row.group)
            assert (row.group == "conflict") == (reason == "conflict")
        said = target.explain("en") + target.explain("zh")
        assert "nan" not in said and "<NA>" not in said and "NaT" not in said


def _requests_agree(view: PackageView, rule: pd.DataFrame) -> None:
    starts = rule["period_start"].dt.strftime("%Y-%m-%d").fillna("")
    decided = set(zip(rule["target_id"], starts, rule["period_end"].dt.strftime("%Y-%m-%d"), rule["role"], strict=True))
    asked = {(each.target_id, each.period_start, each.period_end) for each in wanted(view)}
    for each in every_period(view):
        key = (each.target_id, each.period_start, each.period_end)
        if (*key, "decides") in decided:
            assert key not in asked
        elif each.measure != "share_pct":
            assert key in asked


def _sqlite_agrees(made: Package, rule: pd.DataFrame, deciding: set[tuple[str, str]], folder: Path) -> None:
    tables = {**made.tables, "evidence": evidence_table(made.tables, str(DAY))}
    write_sqlite(tables, folder / "a.sqlite")
    with closing(sqlite3.connect(folder / "a.sqlite")) as database:
        stored = {tuple(row) for row in database.execute("SELECT target_id, observation_id, role, reason FROM evidence")}
        seen = set(database.execute("SELECT target_id, observation_id FROM deciding_figures"))
        explained = database.execute("SELECT count(*) FROM evidence_overview").fetchone()[0]
    assert stored == set(zip(rule["target_id"], rule["observation_id"], rule["role"], rule["reason"], strict=True))
    assert seen == deciding
    assert explained == len(stored)


def test_the_targets_of_this_test_exist(package: Package) -> None:
    assert set(package.targets["target_id"]) == set(TARGETS)
    assert package.targets.merge(package.indicators, on="indicator_id")["quantity"].nunique() == len(TARGETS)
    assert table("observations").field_names == tuple(package.observations.columns)
