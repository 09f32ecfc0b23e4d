"""The known knots of the published figures, on the package itself."""

import ast
import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import daye_analysis.progress
from daye_analysis.progress.assess import as_table, assessments
from daye_analysis.progress.assessment import Assessment
from daye_analysis.progress.forecast.history import backtest
from daye_analysis.progress.vocabulary import MINIMUM_PAIRS
from daye_analysis.views.load import load
from daye_analysis.views.package import Package

AS_OF = "2026-11-29"
NUMERIC_CORE = (
    "arrays", "dates", "attainment", "schedule", "pace", "transforms", "changes", "pooling", "forecast", "counts",
    "joint", "calibration", "pairs", "backtest", "simulate", "panel",
)  # fmt: skip


@pytest.fixture(scope="module")
def package() -> Package:
    return load()


@pytest.fixture(scope="module")
def judged(package: Package) -> dict[str, Assessment]:
    return {each.target_id: each for each in assessments(package.as_of(AS_OF))}


def test_every_target_has_one_row(package: Package, judged: dict[str, Assessment]) -> None:
    table = as_table(list(judged.values()))
    assert list(table["target_id"]) == list(package.targets["target_id"])
    assert len(table) == 39 and not table.duplicated(["target_id", "area_id", "as_of"]).any()


def test_high_tech_firms_lack_a_baseline(judged: dict[str, Assessment]) -> None:
    found = judged["high_tech_enterprises"]
    assert (found.value, found.value_date) == (423, dt.date(2025, 12, 31))
    assert (found.status, found.base_date) == ("no_baseline", None)
    assert round(100 * found.required_growth, 1) == 6.4
    assert (round(found.derived_value), found.derived_date) == (149, dt.date(2020, 12, 31))
    assert found.other_bases.startswith("2019-12-31:")


def test_huangshi_proves_that_daye_had_no_300_of_life_and_health_in_2025(
    judged: dict[str, Assessment],
) -> None:
    found = judged["cluster_life_health"]
    assert (found.evidence_class, found.status, found.settled) == ("bounds_only", "bounded_above", "not_met")
    assert (found.upper_bound, found.bound_date) == (262.84, dt.date(2025, 12, 31))
    assert round(100 * found.required_growth_at_least, 1) == 14.1


def test_new_energy_vehicles_lie_between_two_bounds(judged: dict[str, Assessment]) -> None:
    found = judged["cluster_nev_icv"]
    assert (found.status, found.settled) == ("bounded", "not_met")
    assert (found.lower_bound, found.lower_bound_is_open, found.upper_bound) == (150, True, 315.08)


def test_part_of_a_year_is_a_lower_bound_before_the_year_is_told(package: Package) -> None:
    found = {each.target_id: each for each in assessments(package.as_of("2025-12-31"))}["cluster_nev_icv"]
    assert (found.lower_bound, found.bound_date) == (114.44, dt.date(2025, 12, 31))


def test_research_institutions_of_all_industry_do_not_decide(judged: dict[str, Assessment]) -> None:
    assert judged["rd_institution_coverage"].status == "not_comparable"


def test_research_staff_is_not_celebrated(judged: dict[str, Assessment]) -> None:
    assert judged["rd_personnel_density"].status == "not_comparable"


def test_case_37_what_was_not_yet_published_was_not_known(package: Package) -> None:
    early = {each.target_id: each for each in assessments(package.as_of("2025-12-29"))}
    assert early["high_tech_enterprises"].value == 112
    assert early["cluster_life_health"].evidence_class != "bounds_only"


def test_probabilities_are_withheld_with_the_number_of_pairs(
    package: Package, judged: dict[str, Assessment]
) -> None:
    tested = backtest(package.as_of(AS_OF))
    assert tested.accepted == (tested.pairs >= MINIMUM_PAIRS and not tested.reasons)
    assert {each.backtest_pairs for each in judged.values()} == {tested.pairs}
    if not tested.accepted:
        assert all(
            each.forecast == "withheld" and each.probability != each.probability for each in judged.values()
        )


def test_an_assumption_is_marked_and_gone_with_its_object(package: Package) -> None:
    assumed = package.assume("high_tech_enterprises", 350, "2023-12-31")
    found = {each.target_id: each for each in assessments(assumed.as_of(AS_OF))}
    marked = {name for name, each in found.items() if each.rests_on_assumption}
    assert marked == {"high_tech_enterprises"}
    assert (found["high_tech_enterprises"].base, found["high_tech_enterprises"].status) == (350, "ahead")
    again = {each.target_id: each for each in assessments(package.as_of(AS_OF))}["high_tech_enterprises"]
    assert (again.status, again.rests_on_assumption) == ("no_baseline", False)


def test_the_numeric_core_knows_no_tables_and_nobody_imports_scipy_stats() -> None:
    folder = Path(str(daye_analysis.progress.__file__)).parent
    for path in folder.rglob("*.py"):
        names = [
            alias.name if isinstance(node, ast.Import) else node.module or ""
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        ]
        assert not any(name.startswith("scipy") and name != "scipy.special" for name in names), path.name
        if path.stem in NUMERIC_CORE or path.parent.name == "methods":
            assert not any(name.startswith("pandas") for name in names), path.name


def test_dates_of_assessments_are_dates(judged: dict[str, Assessment]) -> None:
    table = as_table(list(judged.values()))
    assert isinstance(table["due"].iloc[0], pd.Timestamp)


def test_a_question_asked_by_names_is_another_question(package: Package) -> None:
    by_period = backtest(package.as_of("2026-11-29"), frozen_by="period")
    assert by_period.pairs > backtest(package.as_of("2026-11-29")).pairs
    assert by_period.pairs == backtest(package.as_of("2026-11-29"), "period").pairs
