"""Layers A, A', B and C: published worked numbers, the edge cases of the methods' table, and invariants."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from daye_analysis.progress.attainment_rates import attainment, is_met
from daye_analysis.progress.dates import elapsed_share, months, years_between
from daye_analysis.progress.pace import compound_growth, pace, required_growth
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.schedule import (
    lead_status,
    on_schedule,
    reduction_progress,
    schedule,
)
from daye_analysis.progress.vocabulary import Status

POSITIVE = st.floats(0.01, 1e6)
# What a change of unit does: 亿元 to 元, per cent to shares.
UNIT_FACTORS = st.sampled_from([1e8, 1e-8, 1e4, 0.01, 3.0])


def test_a_month_end_is_a_whole_number_of_months() -> None:
    dates = ["2023-12-31", "2024-02-29", "2026-10-31", "2026-12-31"]
    assert np.all(months(dates) == np.round(months(dates)))
    assert years_between("2023-12-31", "2026-12-31") == 3.0
    assert elapsed_share("2025-10-31", "2024-12-31", "2025-12-31") == pytest.approx(10 / 12)
    assert math.isnan(elapsed_share("2025-10-31", "2025-12-31", "2025-12-31"))
    assert np.isnan(months(["NaT", "2024-01-31"])).tolist() == [True, False]


@pytest.mark.parametrize(
    ("value", "target", "direction", "strict", "met"),
    [
        (450, 450, 1, False, True),  # 达到
        (450, 450, 1, True, False),  # 突破
        (449.999, 450, 1, False, False),
        (1, 1, -1, False, True),  # a first place held
        (2, 1, -1, False, False),
        (100, 100, 1, False, True),  # full coverage
        (99.9, 100, 1, False, False),  # no tolerance of a point
        (math.nan, 1, 1, False, False),
        (-3, -5, 1, False, True),
        (0, 0, 1, False, True),
    ],
)
def test_met(value: float, target: float, direction: int, strict: bool, met: bool) -> None:
    assert bool(is_met(value, target, direction, strict)) is met


def test_attainment_gives_every_intermediate() -> None:
    found = attainment([423, 460, 570], [450, 450, 600], 1, False)
    assert found.shortfall.tolist() == [27, 0, 30]
    assert found.headroom == pytest.approx([-0.06, 10 / 450, -0.05])
    assert found.completion_rate == pytest.approx([0.94, 460 / 450, 0.95])
    # "600亿级": from 95 per cent on, a miss is shown as near.
    assert found.near.tolist() == [False, False, True]


class TestPublishedNumbers:
    """Numbers that official bodies printed (methods: section 1.9)."""

    def test_tianjin_energy_intensity_11th_plan(self) -> None:
        # 20.07 % of 20 % was published as 100.39 %.
        assert round(100 * float(reduction_progress(0.2007, 0.20)), 2) == 100.39

    def test_beijing_energy_intensity_12th_plan(self) -> None:
        # 6.94 % of 17 % was published as 38.58 %; from the rounded reductions it is 38.60, linearly 40.8.
        assert round(100 * float(reduction_progress(0.0694, 0.17)), 2) == 38.60
        assert round(100 * 6.94 / 17, 1) == 40.8

    def test_lead_is_in_percentage_points(self) -> None:
        # 97.2 % at the end of October was printed as 13.8 points ahead of 83.3 (13.9 unrounded).
        tau = elapsed_share("2023-10-31", "2022-12-31", "2023-12-31")
        found = schedule(97.2, 0, 100, tau, 1)
        assert round(100 * float(tau), 1) == 83.3
        assert float(found.lead) == pytest.approx(97.2 - 250 / 3)
        assert math.floor(10 * float(found.lead)) / 10 == 13.8

    def test_completion_rate_flatters_a_stock(self) -> None:
        # 400 of 450 is 88.9 % complete, yet from a base of 390 only a sixth of the way.
        assert round(100 * float(attainment(400, 450, 1, False).completion_rate), 1) == 88.9
        assert float(schedule(400, 390, 450, 0.5, 1).progress) == pytest.approx(1 / 6)

    def test_completion_rate_is_not_capped(self) -> None:
        assert round(100 * float(attainment(116.69, 100, 1, False).completion_rate), 2) == 116.69

    def test_share_of_indicators_on_schedule(self) -> None:
        assert round(100 * 25 / 28, 1) == 89.3


@pytest.mark.parametrize(
    ("value", "base", "target", "tau", "direction", "reason"),
    [
        (10, 10, 10, 0.5, 1, Reason.BASE_EQUALS_TARGET),
        (12, 11, 10, 0.5, 1, Reason.MET_AT_BASE),
        (9, 8, 10, 0.5, -1, Reason.MET_AT_BASE),
        (10, math.nan, 20, 0.5, 1, Reason.NO_BASELINE),
        (math.nan, 10, 20, 0.5, 1, Reason.NO_FIGURE),
        (10, 10, 20, 0.0, 1, Reason.FIGURE_NOT_AFTER_BASE),
        (5, 0, 10, 0.5, 1, Reason.NONE),
        (-5, -10, 10, 0.5, 1, Reason.NONE),
    ],
)
def test_schedule_edges(
    value: float, base: float, target: float, tau: float, direction: int, reason: Reason
) -> None:
    found = schedule(value, base, target, tau, direction)
    assert found.reason == reason
    assert math.isnan(float(found.progress)) is (reason != Reason.NONE)


def test_zero_and_negative_bases_have_linear_progress_only() -> None:
    found = schedule([5, -5], [0, -10], [10, 10], 0.5, 1)
    assert found.progress.tolist() == [0.5, 0.25]
    assert np.isnan(found.progress_log).all()


def test_lower_is_better_needs_no_flip() -> None:
    assert float(schedule(8, 10, 6, 0.5, -1).progress) == 0.5


@pytest.mark.parametrize(
    ("lead", "status"),
    [(5.0, Status.IN_LINE), (5.01, Status.AHEAD), (-5.0, Status.IN_LINE), (-5.01, Status.LAGGING),
     (0, Status.IN_LINE), (math.nan, Status.NOT_ASSESSED)],
)  # fmt: skip
def test_five_points_are_in_line(lead: float, status: Status) -> None:
    assert lead_status(lead) == status


def test_required_growth_from_now() -> None:
    found = required_growth([423, 262.84, 150], [450, 300, 500], 1.0, 1, False)
    assert np.round(100 * found.growth, 1).tolist() == [6.4, 14.1, 233.3]
    assert found.change.tolist() == pytest.approx([27, 37.16, 350])


@pytest.mark.parametrize(
    ("value", "target", "left", "grows", "reason", "change"),
    [
        (460, 450, 1, True, Reason.ALREADY_MET, math.nan),
        (400, 450, 0, True, Reason.DUE_PASSED, math.nan),
        (0, 450, 2, True, Reason.NOT_POSITIVE, 225),
        (-10, 10, 2, True, Reason.NOT_POSITIVE, 10),
        (15, 17, 1, False, Reason.POINTS_NOT_RATE, 2),
        (math.nan, 17, 1, True, Reason.NO_FIGURE, math.nan),
    ],
)
def test_required_growth_is_withheld(
    value: float, target: float, left: float, grows: bool, reason: Reason, change: float
) -> None:
    found = required_growth(value, target, left, 1, False, grows)
    assert found.reason == reason
    assert math.isnan(float(found.growth))
    assert float(found.change) == pytest.approx(change, nan_ok=True)


def test_arrival_at_the_pace_so_far() -> None:
    found = pace([100, 100, 100, 0], [121, 90, 200, 5], [146.41, 150, 150, 10], 2, 4, 1)
    # Twice ten per cent reached 121; two more years of it reach 146.41. A fall never arrives; past it is zero.
    assert found.years_to_arrival.tolist() == pytest.approx([2, math.nan, 0, 2], nan_ok=True)
    assert found.ratio.tolist() == pytest.approx([1, (0.9**0.5 - 1) / (1.5**0.25 - 1), (2**0.5 - 1) / (1.5**0.25 - 1),
                                                  math.nan], nan_ok=True)  # fmt: skip


@given(POSITIVE, POSITIVE, POSITIVE, st.floats(0.05, 0.95))
def test_pace_ratio_in_logs_is_progress_over_elapsed(
    base: float, value: float, target: float, tau: float
) -> None:
    assume(abs(math.log(target / base)) > 1e-3)
    direction = 1 if target > base else -1
    whole = 3.0
    ratio = float(pace(base, value, target, tau * whole, whole, direction).ratio_log)
    assert ratio == pytest.approx(
        float(schedule(value, base, target, tau, direction).progress_log) / tau, rel=1e-6
    )


@given(
    POSITIVE, POSITIVE, POSITIVE, st.floats(0.05, 0.95), UNIT_FACTORS, st.sampled_from([1, -1]), st.booleans()
)
def test_a_change_of_units_changes_no_verdict(
    value: float, base: float, target: float, tau: float, unit: float, direction: int, strict: bool
) -> None:
    assert is_met(value, target, direction, strict) == is_met(value * unit, target * unit, direction, strict)
    one, other = (schedule(value * k, base * k, target * k, tau, direction) for k in (1.0, unit))
    assert one.reason == other.reason
    assert float(one.lead) == pytest.approx(float(other.lead), rel=1e-6, abs=1e-6, nan_ok=True)
    assert lead_status(one.lead) == lead_status(other.lead) or abs(abs(float(one.lead)) - 5) < 1e-6
    rest = [required_growth(value * k, target * k, 1.5, direction, strict) for k in (1.0, unit)]
    assert rest[0].reason == rest[1].reason
    assert float(rest[0].growth) == pytest.approx(float(rest[1].growth), rel=1e-6, abs=1e-9, nan_ok=True)


@given(POSITIVE, st.floats(1.001, 100), st.floats(0.05, 0.95))
def test_no_change_is_no_progress(base: float, factor: float, tau: float) -> None:
    found = schedule(base, base, base * factor, tau, 1)
    assert (float(found.progress), float(found.progress_log)) == (0, 0)
    assert float(found.lead) == pytest.approx(-100 * tau)


@given(POSITIVE, st.floats(1.001, 3), st.floats(0.1, 10))
def test_the_required_growth_arrives(value: float, factor: float, years: float) -> None:
    target = value * factor
    growth = float(required_growth(value, target, years, 1, False).growth)
    assert value * (1 + growth) ** years == pytest.approx(target, rel=1e-9)
    assert float(compound_growth(value, target, years)) == pytest.approx(growth)


def test_a_fall_to_zero_is_minus_100_per_cent_and_growth_from_zero_is_none() -> None:
    assert float(compound_growth(40, 0, 2)) == -1
    assert math.isnan(compound_growth(0, 40, 2)) and math.isnan(compound_growth(40, -1, 2))


def test_the_usual_chinese_headline() -> None:
    found = on_schedule([*[0.0, 12.5] * 12, 0.3, -0.1, -5, -30, math.nan])
    assert (found.on, found.judged, round(found.share, 3)) == (25, 28, 0.893)
    already = on_schedule([math.nan, math.nan, -3], [True, False, True])
    assert (already.on, already.judged) == (2, 2)
    assert math.isnan(on_schedule([math.nan]).share)
