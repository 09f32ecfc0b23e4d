"""Clusters: aims, their sum against the whole, published growth, starting points, and what can be decomposed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from cluster_tables import WHOLE, aims_of, package, rich, view, with_figures, without_clusters

from daye_analysis.clusters.aims import (
    aim_sum,
    aims_unit,
    cluster_aims,
    indicator_of,
    required_path,
    start_needed,
    starting_points,
    unit_factors,
    whole_series,
)
from daye_analysis.clusters.growth import activity_growth, class_growth, near_areas
from daye_analysis.clusters.structure import (
    ANALYSES,
    concentrations,
    contributions,
    lacking,
    quotients,
    series_years,
    shift_shares,
    sides,
)


def test_the_six_aims_in_the_lists_order() -> None:
    aims = aims_of()
    assert list(aims["target"]) == [600, 500, 300, 300, 200, 200]
    assert list(aims.loc[aims["is_place"], "cluster_id"]) == ["airport_economy"]
    assert aims["growth_from_base"].isna().all()
    nev = aims.set_index("cluster_id").loc["nev_icv"]
    assert (nev["lower_bound"], nev["upper_bound"]) == (150, 315.08)
    assert nev["required_growth_at_least"] == pytest.approx(500 / 315.08 - 1)


def test_growth_from_the_base_needs_no_later_figure() -> None:
    one = with_figures(package(), [{"indicator_id": "cluster_electronics", "area_id": "daye", "year": 2023, "value": 100}])
    aims = cluster_aims(view(one)).set_index("cluster_id")
    assert aims.at["electronics", "growth_from_base"] == pytest.approx(2 ** (1 / 3) - 1)


def test_sum_of_the_aims_against_above_scale_output() -> None:
    total = aim_sum(aims_of())
    assert total is not None
    assert (total.total, len(total.cluster_ids), total.left_out, total.due.year) == (1900, 5, ("airport_economy",), 2026)
    whole = whole_series(view(), total.unit_code)
    # Gross output exceeds GDP and value added, so a sum beyond it is beyond all of them.
    assert indicator_of(whole) == WHOLE
    assert list(whole["value"]) == [1130.8, 1273.38]
    assert required_path(1273.38, whole["date"].iloc[-1], total.total, total.due) == pytest.approx(0.1052, abs=5e-5)


@pytest.mark.parametrize("aims", [aims_of().iloc[:1], aims_of().assign(unit_code=["a", *["b"] * 5]), aims_of().iloc[:0]])
def test_no_sum_over_one_aim_or_two_units(aims: pd.DataFrame) -> None:
    assert aim_sum(aims) is None


def test_the_whole_can_be_named_and_known_on_cuts() -> None:
    named = whole_series(view(), "cny_100m", "gdp")
    assert indicator_of(named) == "gdp"
    early = whole_series(view(day=pd.Timestamp("2022-12-31")), "cny_100m", WHOLE)
    assert list(early["date"].dt.year) == [2021]
    assert whole_series(view(), "firms").empty
    assert indicator_of(whole_series(view(), "")) == ""


def test_units_convert_only_to_their_own_kind() -> None:
    factors = unit_factors(package(), "cny_100m")
    assert factors["cny"] == pytest.approx(1e-8)
    assert "firms" not in factors.index


def test_places_near_an_area() -> None:
    near = near_areas(package().areas, "daye")
    expected = {"daye": "own", "huangshi": "parent", "hubei": "containing", "china": "containing", "yangxin": "sibling",
                "ezhou": "neighbour"}  # fmt: skip
    assert {area: near[area] for area in expected} == expected
    assert "shanghai" not in near
    assert near.get("wuhan_donghu_high_tech_zone") is None


def test_published_growth_is_one_row_a_figure() -> None:
    rows = activity_growth(view())
    assert set(rows["indicator_id"]) == {"industrial_va"}
    own = rows[rows["near"] == "own"].set_index("period_end")["value"]
    assert own["2022-12-31"] == 12.0
    assert own["2025-09-30"] == 13.8
    # Three sources print Hubei's growth of 2025.
    assert len(rows[(rows["area_id"] == "hubei") & (rows["period_end"] == "2025-12-31")]) == 1
    assert rows["doubt_en"].isna().all()
    assert set(rows["statement"]) <= {"outturn", "forecast"}
    assert set(rows["unit_code"]) == {"percent"}


def test_published_growth_of_another_indicator_and_of_none() -> None:
    assert set(activity_growth(view(), "gdp")["indicator_id"]) == {"gdp"}
    assert activity_growth(view(day=pd.Timestamp("1990-01-01"))).empty


def test_growth_is_never_derived_from_the_other_kind() -> None:
    rows = class_growth(view())
    assert set(rows["basis"]) == {"published", "levels"}
    named = package().observations.set_index("observation_id")["measure"]
    for _, row in rows.iterrows():
        measures = {named[each] for each in row["observation_ids"].split()}
        assert measures == ({"growth_pct"} if row["basis"] == "published" else {"flow"})
    assert rows["growth"].is_monotonic_increasing


def test_starting_points() -> None:
    points = starting_points(aims_of()).set_index("cluster_id")
    assert set(points.index) == {"nev_icv", "life_health"}
    assert (points.at["nev_icv", "low"], points.at["nev_icv", "years"]) == (0.3, 1)
    assert (points.at["life_health", "low"], points.at["life_health", "high"]) == (0, pytest.approx(262.84 / 300))
    known = starting_points(aims_of(with_figures=True))
    assert (known["low"] == known["high"]).all()


def test_where_a_cluster_must_stand() -> None:
    assert start_needed(1.0, 2) == pytest.approx(0.25)
    assert start_needed(0.0, 3) == 1
    assert np.isnan(start_needed(-1.0, 1))


def test_nothing_is_decomposed_on_the_published_figures() -> None:
    own, others = sides(view(), "cny_100m", WHOLE)
    assert lacking(own, others) == dict.fromkeys(ANALYSES, True)
    years = series_years(own, others)
    assert years.at["whole", "daye"] == [2021, 2022]
    assert years.at["life_health", "huangshi"] == [2025]
    assert "airport_economy" not in years.index


def test_decompositions_where_both_sides_have_figures() -> None:
    own, others = sides(view(rich()), "cny_100m", WHOLE)
    assert lacking(own, others) == dict.fromkeys(ANALYSES, False)
    quotient = quotients(own, others)
    first = quotient[(quotient["cluster_id"] == "new_materials") & (quotient["year"] == 2024)].iloc[0]
    assert first["reference"] == "huangshi"
    assert first["quotient"] == pytest.approx((72 / 1600) / (242 / 2900))
    pulls = contributions(own)
    assert set(pulls["year"]) == {2023, 2024}
    assert pulls["contribution"].iloc[0] == pytest.approx((60 - 50) / (1400 - 1273.38))
    focus = concentrations(own, others)
    assert focus["krugman"].to_numpy() == pytest.approx(0, abs=1e-12)
    assert ((focus["normalised"] > 0) & (focus["normalised"] < focus["herfindahl"])).all()


def test_shift_share_of_the_tables_adds_up() -> None:
    shifts = shift_shares(*sides(view(rich()), "cny_100m", WHOLE))
    assert (shifts["year_from"].eq(2022) & shifts["year"].eq(2024)).all()
    parts = shifts[["reference_growth", "industry_mix", "regional_shift"]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(shifts["change"].to_numpy())
    assert shifts[["competitive", "allocation"]].sum(axis=1).to_numpy() == pytest.approx(shifts["regional_shift"].to_numpy())
    dynamic = shifts[["dynamic_growth", "dynamic_mix", "dynamic_shift"]].sum(axis=1)
    assert dynamic.to_numpy() == pytest.approx(shifts["change"].to_numpy())
    # 20 % a year here against 10 % there is a gain from being here.
    assert (shifts["regional_shift"] > 0).all()


def test_a_gap_in_the_years_leaves_the_dynamic_form_out() -> None:
    rows = rich().observations
    gap = rows["period_end"].dt.year.eq(2023) & rows["observation_id"].str.startswith("invented")
    own, others = sides(view(replace(rich(), observations=rows[~gap])), "cny_100m", WHOLE)
    shifts = shift_shares(own, others)
    assert shifts["dynamic_growth"].isna().all()
    assert lacking(own, others)["dynamic"]
    assert contributions(own).empty
    assert not shifts.empty


def test_a_package_without_clusters() -> None:
    bare = view(without_clusters())
    aims = cluster_aims(bare)
    assert aims.empty
    assert aims_unit(aims) == ""
    assert class_growth(bare).empty
