"""Regional analysis against published worked tables, and by its exact identities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from daye_analysis.clusters.regional import (
    contribution,
    dynamic_shift_share,
    herfindahl,
    homothetic_shift,
    krugman_specialisation,
    location_quotient,
    normalised_herfindahl,
    pull,
    shift_share,
)

# Krumme, Shift and Share Table with Excel Explanations (University of Washington, GEOG 350): four industries of
# "Holukuluku" 1985 and 1995 in a nation whose industries grew by 10, 20, 30 and 40 per cent.
REGION_1985 = np.array([500.0, 100.0, 200.0, 200.0])
REGION_1995 = np.array([1000.0, 100.0, 250.0, 280.0])
NATION_1985 = np.array([10.0, 20.0, 40.0, 30.0])
NATION_1995 = NATION_1985 * [1.10, 1.20, 1.30, 1.40]

positive = arrays(np.float64, 4, elements=st.floats(1.0, 1e6))
years = arrays(np.float64, (5, 4), elements=st.floats(1.0, 1e6))


def test_location_quotients_of_krumme() -> None:
    found = location_quotient(REGION_1985, REGION_1985.sum(), NATION_1985, NATION_1985.sum())
    assert found == pytest.approx([5, 0.5, 0.5, 2 / 3])


def test_location_quotient_of_farhauer_and_kroell() -> None:
    # Farhauer and Kröll (2013), as quoted with its result in the manual of R's REAT, function locq.
    assert location_quotient(1714, 79006, 879213, 15593224) == pytest.approx(0.3847623, abs=5e-8)


def test_shift_share_of_krumme() -> None:
    found = shift_share(REGION_1985, REGION_1995, NATION_1985, NATION_1995)
    assert found.reference_growth.sum() == pytest.approx(290)
    # The table prints amounts without their signs: composition 95, 9, 2, 22 and net 80; differential 450, 20, 10, 0.
    assert found.industry_mix == pytest.approx([-95, -9, 2, 22])
    assert found.industry_mix.sum() == pytest.approx(-80)
    assert found.regional_shift == pytest.approx([450, -20, -10, 0])
    assert found.regional_shift.sum() == pytest.approx(420)
    assert found.total.sum() == pytest.approx(630)


def test_concentration_of_doersam_and_krugman() -> None:
    # Doersam (2004) and a case modified from Farhauer and Kröll (2013), both as in REAT's manual with their results.
    assert herfindahl([20, 50, 20, 10]) == pytest.approx(0.34)
    assert normalised_herfindahl([20, 50, 20, 10]) == pytest.approx(0.12)
    assert krugman_specialisation([20, 10, 70, 0, 0], [0, 0, 0, 60, 40]) == pytest.approx(2)
    assert np.isnan(normalised_herfindahl([5]))


@given(positive, positive, positive, positive)
def test_parts_add_up_to_the_change(start: np.ndarray, end: np.ndarray, there: np.ndarray, later: np.ndarray) -> None:
    found = shift_share(start, end, there, later)
    scale = np.abs(found.reference_growth) + np.abs(found.industry_mix) + np.abs(found.regional_shift) + start
    assert np.all(np.abs(found.total - (end - start)) <= 1e-9 * scale)


@given(positive, positive, positive, positive)
def test_esteban_splits_the_regional_shift(
    start: np.ndarray, end: np.ndarray, there: np.ndarray, later: np.ndarray
) -> None:
    split, whole = homothetic_shift(start, end, there, later), shift_share(start, end, there, later)
    scale = np.abs(split.competitive) + np.abs(split.allocation) + np.abs(whole.regional_shift) + start
    assert np.all(np.abs(split.competitive + split.allocation - whole.regional_shift) <= 1e-9 * scale)
    assert split.homothetic.sum() == pytest.approx(start.sum())


@given(years, years)
def test_dynamic_adds_up_and_is_classic_over_one_year(here: np.ndarray, there: np.ndarray) -> None:
    found = dynamic_shift_share(here, there)
    yearly = [shift_share(here[t], here[t + 1], there[t], there[t + 1]) for t in range(4)]
    scale = sum(np.abs(y.reference_growth) + np.abs(y.industry_mix) + np.abs(y.regional_shift) for y in yearly)
    assert np.all(np.abs(found.total - (here[-1] - here[0])) <= 1e-9 * (scale + here.sum(axis=0)))
    one = dynamic_shift_share(here[:2], there[:2])
    assert one.regional_shift == pytest.approx(yearly[0].regional_shift)


@given(positive)
def test_a_region_like_the_reference_shows_nothing_special(values: np.ndarray) -> None:
    twice = values * 2
    assert location_quotient(values, values.sum(), twice, twice.sum()) == pytest.approx(1)
    assert krugman_specialisation(values, twice) == pytest.approx(0, abs=1e-9)
    assert 1 / 4 - 1e-9 <= herfindahl(values) <= 1
    assert shift_share(values, twice, values, twice).regional_shift == pytest.approx(0, abs=1e-6)
    # With the reference's own structure nothing is left for allocation.
    assert homothetic_shift(values, values * 3, twice, twice).allocation == pytest.approx(0, abs=1e-3)


@given(positive, positive)
def test_pulls_add_up_to_growth_and_contributions_to_one(start: np.ndarray, end: np.ndarray) -> None:
    growth = end.sum() / start.sum() - 1
    assert pull(start, end, start.sum()).sum() == pytest.approx(growth, abs=1e-9)
    shares = contribution(start, end, start.sum(), end.sum())
    if abs(growth) >= 0.01:
        assert shares.sum() == pytest.approx(1, abs=1e-6)
    else:
        assert np.isnan(shares).all()


def test_division_by_nothing_is_unknown() -> None:
    assert np.isnan(location_quotient(1, 0, 1, 2))
    assert np.isnan(location_quotient(1, 2, 0, 2))
    assert np.isnan(shift_share([0.0], [1.0], [1.0], [2.0]).regional_shift).all()
