"""Other bodies' methods: what must hold whatever the figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from method_series import BY_CODE, NAN, TREND_BY_CODE, called, end_of, since_2015

from daye_analysis.progress.published_methods.inputs import Inputs, Series, inputs_of
from daye_analysis.progress.published_methods.method import Level, Method, verdicts
from daye_analysis.progress.published_methods.with_target import METHODS
from daye_analysis.progress.published_methods.without_target import TREND_METHODS
from daye_analysis.progress.reasons import Reason

AMOUNT = st.integers(1, 10_000).map(float)
FIGURES = st.lists(AMOUNT, min_size=2, max_size=9)
DIRECTION = st.sampled_from([1.0, -1.0])
ADDITIVE = ("even_schedule", "escap", "escap_anticipated", "destatis", "sdsn")
EVERY = [*METHODS, *TREND_METHODS]


def said(method: Method, inputs: Inputs) -> tuple[object, ...]:
    found = verdicts(method, inputs)
    return found.labels, found.level.tolist(), found.reason.tolist()


@given(FIGURES, DIRECTION, AMOUNT, st.integers(-6, 9))
def test_the_unit_of_measure_makes_no_difference(
    figures: list[float], direction: float, target: float, power: int
) -> None:
    scale = 10.0**power
    series = [since_2015(figures, direction, aim) for aim in (target, NAN)]
    scaled = [since_2015([f * scale for f in figures], direction, aim * scale) for aim in (target, NAN)]
    one, other = inputs_of(series), inputs_of(scaled)
    for method in EVERY:
        assert said(method, one) == said(method, other)


@given(FIGURES, DIRECTION, AMOUNT)
def test_falling_is_rising_mirrored(figures: list[float], direction: float, target: float) -> None:
    series = since_2015(figures, direction, target)
    mirrored = since_2015([-figure for figure in figures], -direction, -target)
    for code in ADDITIVE:
        assert called(BY_CODE[code], series) == called(BY_CODE[code], mirrored)
    for method in (TREND_BY_CODE["statcan_signed"], TREND_BY_CODE["destatis"], BY_CODE["statcan_signed"]):
        assert called(method, series) == called(method, mirrored)


@given(FIGURES, AMOUNT)
def test_what_is_desired_turns_the_score_round(figures: list[float], target: float) -> None:
    up, down = (inputs_of([since_2015(figures, direction)]) for direction in (1.0, -1.0))
    for method in TREND_METHODS:
        np.testing.assert_array_equal(verdicts(method, up).score, -verdicts(method, down).score)
    # Halving where less is wanted is doubling where more is: no compound rate moves away from the one alone.
    inverse = since_2015([1 / figure for figure in figures], -1.0, 1 / target)
    for code in ("eurostat", "statcan_2023", "statcan_signed", "unsd_2022"):
        one, other = called(BY_CODE[code], since_2015(figures, 1.0, target))[1], called(BY_CODE[code], inverse)[1]
        assert (one == Level.SILENT) == (other == Level.SILENT)
        if code != "unsd_2022":
            assert (one == Level.AWAY) == (other == Level.AWAY)


@given(FIGURES, DIRECTION, AMOUNT, AMOUNT)
def test_a_better_latest_figure_never_earns_a_worse_label(
    figures: list[float], direction: float, target: float, better: float
) -> None:
    assume(direction * better > direction * figures[-1])
    before, after = (
        inputs_of([since_2015([*figures[:-1], last], direction, aim) for aim in (target, NAN)]) for last in (figures[-1], better)
    )
    for method in EVERY:
        assert (verdicts(method, before).level <= verdicts(method, after).level).all()


@given(st.lists(AMOUNT, max_size=7), DIRECTION, st.integers(0, 99), st.integers(1, 99))
def test_no_method_praises_a_base_past_the_target_that_has_fallen_below_it(
    between: list[float], direction: float, past: int, below: int
) -> None:
    series = since_2015([200 + direction * past, *between, 200 - direction * below], direction, 200)
    for method in METHODS:
        if method.from_base:
            assert called(method, series)[1] in (Level.SILENT, Level.AWAY)


ANY = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(ANY, max_size=9), ANY, ANY, DIRECTION, st.booleans(), st.booleans(), st.booleans())
def test_every_finite_input_has_a_label(
    figures: list[float], base: float, target: float, direction: float, strict: bool, reduction: bool, per_cent: bool
) -> None:
    dates = tuple(end_of(2016 + i) for i in range(len(figures)))
    series = Series(
        dates, tuple(figures), direction, base, end_of(2015), target, end_of(2030), strict, reduction, 100.0, per_cent
    )
    for method in EVERY:
        label, level, reason = called(method, series)
        own = {(cut.label.en, cut.level) for cut in method.cuts}
        met = {(method.met_label.en, Level.MET)} if method.met_label else set()
        assert (label, level) in own | met | {("not assessed", Level.SILENT)}
        assert (level == Level.SILENT) == (reason != Reason.NONE)


@given(FIGURES, DIRECTION, AMOUNT, st.sampled_from(["value", "target", "base", "direction"]))
def test_nan_in_is_not_assessed(figures: list[float], direction: float, target: float, missing: str) -> None:
    series = since_2015(figures, direction, target)
    if missing == "value":
        series = replace(series, values=(*series.values[:-1], NAN))
    else:
        series = replace(series, **{missing: NAN})
    for method in EVERY:
        if missing == "base" and (not method.from_base or called(method, series)[1] == Level.MET):
            continue
        if missing == "target" and not method.to_target:
            continue
        assert called(method, series)[:2] == ("not assessed", Level.SILENT)
