"""Other bodies' methods by hand: formulas, cut-offs, and what each says at the edges."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from method_series import BY_CODE, NAN, TREND_BY_CODE, called, end_of, halfway, since_2015

from daye_analysis.progress.published_methods.inputs import Series, inputs_of
from daye_analysis.progress.published_methods.method import Level, Method, by_cuts, verdicts
from daye_analysis.progress.published_methods.with_target import METHODS
from daye_analysis.progress.published_methods.without_target import TREND_METHODS
from daye_analysis.progress.reasons import Reason


@pytest.mark.parametrize(
    ("code", "figures", "score"),
    [
        ("even_schedule", (100, 150, 200), 0.0),
        ("even_schedule", (100, 170, 200), 20.0),
        ("completion_rate", (390, 400, 450), 400 / 450),
        ("eurostat", (100, 110, 121), 1.0),
        ("unsd_2022", (100, 110, 121), 1.0),
        ("unsd_2023", (100, 110, 121), 1.0),
        ("unsd_2023", (100, 102, 121), (102**2 / 100 - 100) / 21),
        ("escap", (100, 125, 200), 0.5),
        ("escap_anticipated", (100, 125, 200), 0.5),
        ("sdsn", (100, 125, 200), 0.5),
        ("destatis", (100, 125, 200), 1 / 3),
        ("destatis", (100, 180, 200), 4.0),
    ],
)
def test_scores_by_hand(code: str, figures: tuple[float, float, float], score: float) -> None:
    assert verdicts(BY_CODE[code], inputs_of([halfway(*figures)])).score[0] == pytest.approx(score)


def test_escap_weighs_recent_figures_more() -> None:
    # Weights 1, 2, 3: the mean year is 4/3, the mean value 15.
    series = since_2015([0.0, 0, 30], 1, 300)
    slope = (1 * -4 / 3 * -15 + 2 * -1 / 3 * -15 + 3 * 2 / 3 * 15) / (1 * 16 / 9 + 2 * 1 / 9 + 3 * 4 / 9)
    assert inputs_of([series]).projected[0] == pytest.approx(15 + slope * (15 - 4 / 3))


CUTS: dict[str, list[tuple[float, str]]] = {
    "even_schedule": [(5.01, "ahead"), (5, "broadly in line"), (-5, "broadly in line"), (-5.01, "lagging")],
    "even_schedule_log": [(5.01, "ahead"), (5, "broadly in line"), (-5, "broadly in line"), (-5.01, "lagging")],
    "completion_rate": [(1, "complete"), (0.999, "incomplete")],
    "eurostat": [(0.95, "significant progress"), (0.949, "moderate progress"), (0.6, "moderate progress"),
                 (0.599, "insufficient progress"), (0, "insufficient progress"), (-0.001, "movement away")],
    "statcan_2023": [(0.95, "on track"), (0.949, "progress made but acceleration needed"),
                     (0.6, "progress made but acceleration needed"), (0.599, "limited progress"),
                     (0, "limited progress"), (-0.001, "deterioration")],
    "statcan_signed": [(0.95, "on track"), (0.949, "progress made but acceleration needed"),
                       (0.6, "progress made but acceleration needed"), (0.599, "limited progress"),
                       (0, "limited progress"), (-0.001, "deterioration")],
    "unsd_2023": [(0.95, "met or on track"), (0.949, "fair progress, acceleration needed"),
                  (0.1, "fair progress, acceleration needed"), (0.099, "stagnation or regression")],
    "unsd_2022": [(0.95, "on track"), (0.949, "fair progress"), (0.5, "fair progress"), (0.499, "stagnation"),
                  (-0.1, "stagnation"), (-0.101, "regression")],
    "escap": [(1, "level with time"), (0.999, "behind time"), (0, "behind time"), (-0.001, "moving away")],
    "escap_anticipated": [(0.9, "maintain"), (0.899, "accelerate"), (0, "accelerate"), (-0.001, "reverse")],
    "destatis": [(0.951, "sun"), (0.95, "sun with cloud"), (0.8, "sun with cloud"), (0.799, "cloud"),
                 (0.001, "cloud"), (0, "thunderstorm"), (-1, "thunderstorm")],
    "sdsn": [(1, "on track"), (0.999, "moderately improving"), (0.5, "moderately improving"), (0.499, "stagnating"),
             (0, "stagnating"), (-0.001, "decreasing")],
}  # fmt: skip
TREND_CUTS: dict[str, list[tuple[float, str]]] = {
    "eurostat": [(0.01, "significant progress"), (0.0099, "moderate progress"), (0, "moderate progress"),
                 (-0.0001, "moderate movement away"), (-0.01, "moderate movement away"),
                 (-0.0101, "significant movement away")],
    "statcan_2023": [(0.015, "on track"), (0.0149, "progress made but acceleration needed"),
                     (0.005, "progress made but acceleration needed"), (0.0049, "limited progress"),
                     (0, "limited progress"), (-0.0001, "deterioration")],
    "statcan_signed": [(0.015, "on track"), (0.0149, "progress made but acceleration needed"),
                       (0.005, "progress made but acceleration needed"), (0.0049, "limited progress"),
                       (0, "limited progress"), (-0.0001, "deterioration")],
    "unsd_2023": [(0.02, "met or on track"), (0.0199, "fair progress, acceleration needed"),
                  (0.005, "fair progress, acceleration needed"), (0.0049, "stagnation or regression")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("method", "cuts"),
    [(BY_CODE[code], cuts) for code, cuts in CUTS.items()]
    + [(TREND_BY_CODE[code], cuts) for code, cuts in TREND_CUTS.items()],
)
def test_cut_offs(method: Method, cuts: list[tuple[float, str]]) -> None:
    chosen = by_cuts(method, np.array([score for score, _ in cuts]))
    assert [method.cuts[i].label.en for i in chosen] == [label for _, label in cuts]


def test_every_method_has_its_cut_offs_tested() -> None:
    assert set(CUTS) == set(BY_CODE) and {*TREND_CUTS, "destatis"} == set(TREND_BY_CODE)


def test_a_base_already_past_the_target_and_fallen_below_it_since_praises_nobody() -> None:
    # Falling back to the target is "growth as required" to a ratio without a sign.
    series = halfway(120, 90, 100)
    said = {method.code: called(method, series) for method in METHODS}
    assert said["statcan_2023"] == ("not assessed", Level.SILENT, Reason.MET_AT_BASE)
    assert said["statcan_signed"][:2] == ("deterioration", Level.AWAY)
    assert said["destatis"][:2] == ("thunderstorm", Level.AWAY)
    assert max(level for _, level, _ in said.values()) <= Level.OFF_TRACK


def test_a_base_at_the_target_leaves_nothing_to_be_required() -> None:
    said = {method.code: called(method, halfway(100, 90, 100)) for method in METHODS if method.from_base}
    assert {reason for _, _, reason in said.values()} == {Reason.BASE_EQUALS_TARGET, Reason.BASE_EQUALS_TARGET}


@pytest.mark.parametrize(
    ("value", "symbol"),
    [(95, "sun with cloud"), (95.1, "sun"), (80, "sun with cloud"), (79.9, "cloud"), (0, "thunderstorm")],
)
def test_destatis_misses_of_exactly_five_and_twenty_per_cent(value: float, symbol: str) -> None:
    # 100 to go in five years from 0; at this pace so much is reached.
    figures = tuple(value / 5 * (i - 5) for i in range(6))
    series = Series(tuple(end_of(2015 + i) for i in range(6)), figures, 1.0, target=100, due=end_of(2025))
    assert called(BY_CODE["destatis"], series)[0] == symbol


def test_destatis_uses_its_last_six_yearly_figures_whatever_the_base() -> None:
    figures = [90.0, 90, 90, 50, 52, 54, 56, 58, 60]
    dates = tuple(end_of(2015 + i) for i in range(9))
    with_base = Series(dates, tuple(figures), 1.0, 90, dates[0], target=80, due=end_of(2033))
    assert called(BY_CODE["destatis"], with_base)[0] == "sun"
    for base_date in (dates[-2], None):
        assert called(BY_CODE["destatis"], replace(with_base, base_date=base_date, base=58))[0] == "sun"
    # A second figure within a year is no seventh year: of 2023 the last one counts.
    more = replace(with_base, dates=(*dates[:-1], dt.date(2023, 6, 30), dates[-1]), values=(*figures[:-1], 40, 60))
    assert called(BY_CODE["destatis"], more)[0] == "sun"


@pytest.mark.parametrize(("count", "symbol"), [(4, "sun"), (3, "not assessed")])
def test_destatis_needs_four_yearly_figures(count: int, symbol: str) -> None:
    figures = [10.0 * i for i in range(count)]
    assert called(BY_CODE["destatis"], since_2015(figures, 1, 100))[0] == symbol


@pytest.mark.parametrize(
    ("figures", "symbol"),
    [
        ([90, 95, 100, 105], "sun"),  # kept, and not getting worse
        ([100, 100, 100, 100], "sun"),
        ([120, 115, 110, 105], "sun with cloud"),  # kept, but getting worse
        ([80, 85, 90, 95], "cloud"),  # missed when due, but getting better
        ([95, 95, 95, 95], "thunderstorm"),
        ([98, 97, 96, 95], "thunderstorm"),
    ],
)
def test_destatis_judges_a_value_to_be_kept_by_the_value_first(figures: list[float], symbol: str) -> None:
    series = replace(since_2015(figures, 1, 100), due=end_of(2018))
    assert called(BY_CODE["destatis"], series)[0] == symbol


@pytest.mark.parametrize(
    ("figures", "symbol"),
    [([1, 2, 3, 4], "sun"), ([1, 3, 5, 4], "sun with cloud"), ([1, 3, 4, 4], "sun with cloud"),
     ([4, 3, 2, 3], "cloud"), ([4, 2, 3, 4], "cloud"), ([4, 3, 2, 1], "thunderstorm"), ([4, 4, 4, 4], "thunderstorm")],
)  # fmt: skip
def test_destatis_judges_a_direction_by_the_mean_change_first(figures: list[float], symbol: str) -> None:
    assert called(TREND_BY_CODE["destatis"], since_2015(figures, 1))[0] == symbol


@pytest.mark.parametrize("code", ["eurostat", "statcan_2023", "statcan_signed", "unsd_2023"])
def test_a_fall_to_zero_is_minus_100_per_cent(code: str) -> None:
    fallen = since_2015([40.0, 20, 0], 1)
    assert verdicts(TREND_BY_CODE[code], inputs_of([fallen])).score[0] == -1
    assert called(TREND_BY_CODE[code], fallen)[1] in (Level.AWAY, Level.OFF_TRACK)
    assert called(TREND_BY_CODE[code], replace(fallen, direction=-1.0))[1] == Level.ON_TRACK
    assert called(BY_CODE[code], since_2015([40.0, 20, 0], 1, 80))[1] in (Level.AWAY, Level.OFF_TRACK)


@pytest.mark.parametrize("code", ["eurostat", "statcan_2023", "statcan_signed", "unsd_2022"])
def test_a_target_of_zero_has_no_required_rate(code: str) -> None:
    assert called(BY_CODE[code], since_2015([40.0, 30, 20], -1, 0)) == ("not assessed", Level.SILENT, Reason.METHOD_SILENT)
    assert called(BY_CODE[code], since_2015([40.0, 20, 0], -1, 0))[1] == Level.MET


def test_growth_from_zero_is_not_defined_but_changes_are() -> None:
    said = {method.code: called(method, since_2015([0.0, 2, 4, 6], 1, 20))[1] for method in METHODS}
    assert {code for code, level in said.items() if level == Level.SILENT} == {
        "even_schedule_log", "eurostat", "statcan_2023", "statcan_signed", "unsd_2023", "unsd_2022",
    }  # fmt: skip


def test_only_the_later_version_of_statistics_canada_reads_negative_figures() -> None:
    towards_zero = since_2015([-40.0, -30, -20], 1)
    said = {method.code: called(method, towards_zero)[0] for method in TREND_METHODS}
    assert said["statcan_signed"] == "on track"
    assert {said[code] for code in ("eurostat", "statcan_2023", "unsd_2023")} == {"not assessed"}
    assert called(TREND_BY_CODE["statcan_signed"], replace(towards_zero, direction=-1.0))[0] == "deterioration"
    assert called(TREND_BY_CODE["statcan_signed"], since_2015([-4.0, 0, 4], 1))[1] == Level.SILENT


@pytest.mark.parametrize(
    ("base", "growth", "limit", "direction", "label"),
    [
        (50, 0.0145, 100, 1, "on track"),  # C = 1 - 0.5**4.44 = 0.954
        (50, 0.0142, 100, 1, "progress made but acceleration needed"),
        (90, 0.0057, 100, 1, "on track"),  # C = 0.374
        (90, 0.0055, 100, 1, "progress made but acceleration needed"),
        (90, -0.0001, 100, 1, "deterioration"),
        (100, 0.0, 100, 1, "on track"),  # at the limit, holding it is enough
        (100, -0.001, 100, 1, "deterioration"),
        (15, -0.0142, 10, -1, "progress made but acceleration needed"),  # C of a lower limit, between L and 2L
        (15, -0.0145, 10, -1, "on track"),
        (20, -0.0149, 10, -1, "progress made but acceleration needed"),  # from twice a lower limit on, C = 1
        (20, -0.0151, 10, -1, "on track"),
        (0.5, -0.0149, 0, -1, "progress made but acceleration needed"),
    ],
)
def test_statistics_canada_lowers_its_cut_offs_near_a_limit(
    base: float, growth: float, limit: float, direction: float, label: str
) -> None:
    series = since_2015([base, base * (1 + growth)], direction, limit=limit)
    assert called(TREND_BY_CODE["statcan_signed"], series)[0] == label


def test_within_a_point_of_full_or_none_counts_as_met_for_eustat_only() -> None:
    nearly = since_2015([80.0, 90, 99.2], 1, 100, per_cent=True)
    assert {method.code for method in METHODS if called(method, nearly)[1] == Level.MET} == {"unsd_2023"}
    assert called(BY_CODE["unsd_2023"], since_2015([80.0, 90, 98.9], 1, 100, per_cent=True))[1] == Level.ON_TRACK
    assert called(BY_CODE["unsd_2023"], since_2015([9.0, 5, 1], -1, 0, per_cent=True))[1] == Level.MET
    assert called(BY_CODE["unsd_2023"], since_2015([80.0, 79, 79.2], 1, 80, per_cent=True))[1] != Level.MET


def test_a_target_met_is_met_whatever_the_trend() -> None:
    labels = {method.code: called(method, halfway(120, 110, 100))[0] for method in METHODS}
    assert labels["eurostat"] == "met" and labels["statcan_signed"] == "target achieved"
    assert labels["unsd_2023"] == "met or on track" and labels["sdsn"] == "maintaining achievement"
    # A target that must be passed is not met by reaching it.
    assert called(BY_CODE["eurostat"], halfway(90, 100, 100, strict=True))[0] == "significant progress"


def test_reductions_are_read_in_logarithms_before_they_are_due_and_by_division_after() -> None:
    # Beijing 2011: 6.94 % of 17 % was published as 38.58 %. Tianjin 2010: 20.07 of 20 % as 100.39 %.
    beijing = Series((end_of(2011),), (6.94,), 1.0, 0.0, end_of(2010), 17.0, end_of(2015), reduction=True)
    found = verdicts(BY_CODE["even_schedule_log"], inputs_of([beijing]))
    assert found.score[0] + 20 == pytest.approx(38.6, abs=0.01) and found.labels[0].en == "ahead"
    assert verdicts(BY_CODE["completion_rate"], inputs_of([beijing])).score[0] == pytest.approx(6.94 / 17)
    assert called(BY_CODE["even_schedule"], beijing)[2] == Reason.METHOD_SILENT
    assert called(BY_CODE["even_schedule_log"], halfway(100, 150, 200))[2] == Reason.METHOD_SILENT


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        (Series((), (), 1.0, target=10, due=end_of(2030)), Reason.NO_FIGURE),
        (Series((end_of(2020),), (5.0,), 1.0, target=10, due=end_of(2030)), Reason.NO_BASELINE),
        (since_2015([5.0], 1, 10), Reason.FIGURE_NOT_AFTER_BASE),
        (since_2015([5.0, 6], NAN, 10), Reason.METHOD_SILENT),
        (since_2015([5.0, 6], 1), Reason.METHOD_SILENT),
    ],
)
def test_what_a_method_lacks(series: Series, reason: Reason) -> None:
    assert called(BY_CODE["eurostat"], series) == ("not assessed", Level.SILENT, reason)


def test_one_figure_is_enough_for_the_completion_rate() -> None:
    alone = Series((end_of(2020),), (400.0,), 1.0, target=450, due=end_of(2030))
    assert {m.code for m in METHODS if called(m, alone)[1] != Level.SILENT} == {"completion_rate"}


def test_a_method_whose_text_was_not_read_says_so() -> None:
    assert {m.code for m in METHODS if not m.read} == {"eurostat", "unsd_2022", "escap", "escap_anticipated", "sdsn"}
    assert {m.code for m in TREND_METHODS if not m.read} == {"eurostat"}
