"""Layer D: against statsmodels, scipy.stats and scoringrules as oracles, simulated coverage, and invariants."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daye_analysis.progress.forecast.calibration import (
    binomial_bounds,
    brier,
    clopper_pearson,
    conformal_factor,
    crps_t,
    ranked_probability,
)
from daye_analysis.progress.forecast.changes import changes
from daye_analysis.progress.forecast.counts import (
    count_at_most,
    count_chance,
    crps_count,
    crps_sample,
    dispersion,
    gamma_prior,
    pooled_dispersion,
)
from daye_analysis.progress.forecast.models import (
    chance,
    forecast,
    predict,
    rounded,
    threshold,
    too_wide,
    widening,
    word,
)
from daye_analysis.progress.forecast.pooling import PooledSpread, ShrunkDrift, moderated_spread, shrunk_drift
from daye_analysis.progress.forecast.simulate import World, simulated_coverage, simulated_words
from daye_analysis.progress.forecast.transforms import IDENTITY, LOG, LOGIT, REDUCTION, scaled
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.vocabulary import Forecast, Grade

ONE_CLASS = np.zeros(6, dtype=np.int64)


def panel(seed: int = 1, series: int = 6, points: int = 6) -> np.ndarray:
    random = np.random.default_rng(seed)
    spread = random.uniform(0.03, 0.15, (series, 1))
    return 100 * np.exp(np.cumsum(random.normal(0.1, spread, (series, points)), axis=1))


def likely(values: np.ndarray, target: float | np.ndarray = 250.0, **more: object) -> np.ndarray:
    options = {"scale": np.full(len(values), LOG), "direction": 1, "strict": False, "integer": False,
               "group": np.zeros(len(values), dtype=np.int64)} | more  # fmt: skip
    goal = np.broadcast_to(np.asarray(target, dtype=float), (len(values),))
    return forecast(values, np.arange(values.shape[1]), values.shape[1] + 0.5, goal, **options).probability


class TestOracles:
    def test_unshrunk_prediction_is_that_of_a_regression_on_a_constant(self) -> None:
        statsmodels = pytest.importorskip("statsmodels.api")
        z = np.log(panel(series=1))
        summary = changes(z, np.arange(z.shape[1]))
        differences = np.diff(z[0])
        fitted = statsmodels.OLS(differences, np.ones_like(differences)).fit()
        frame = fitted.get_prediction(np.ones((1, 1))).summary_frame(alpha=0.2)
        own = PooledSpread(summary.spread, summary.count - 1, np.zeros(1))
        free = ShrunkDrift(summary.drift, summary.spread / summary.span, *np.zeros((3, 1)))
        ahead = predict(summary, own, free, 1.0)
        assert ahead.quantile(0.1) - z[0, -1] == pytest.approx(frame["obs_ci_lower"].to_numpy())
        assert ahead.quantile(0.9) - z[0, -1] == pytest.approx(frame["obs_ci_upper"].to_numpy())

    def test_spread_is_that_of_every_usual_spread_weighed_by_its_likelihood(self) -> None:
        stats = pytest.importorskip("scipy.stats")
        spread, count = np.array([0.012, 0.004, 0.03, np.nan]), np.array([2.0, 3, 5, 1])
        ours = moderated_spread(spread, count, np.zeros(4, dtype=np.int64), 1)
        usual, df = np.exp(np.linspace(-14, 6, 40_001)), np.array([1.0, 2, 4])
        # s^2/s0^2 has an F distribution with m - 1 and eight degrees of freedom; s0 is flat in logarithms.
        fit = sum(stats.f.logpdf(v / usual, n, 8) - np.log(usual) for v, n in zip(spread, df, strict=False))
        weight = np.exp(fit - fit.max())
        weight /= weight.sum()
        for i, n in enumerate([*df, 0.0]):
            shape, rate = (8 + n) / 2, (8 * usual + (n * spread[i] if n else 0.0)) / 2
            mean = weight @ (shape / rate)
            square = weight @ ((shape / rate) ** 2 + shape / rate**2)
            assert ours.variance[i] == pytest.approx(1 / mean, rel=5e-3)
            assert ours.df[i] == pytest.approx(2 / (square / mean**2 - 1), rel=2e-2)
        assert ours.prior_variance[0] == pytest.approx(1 / (weight @ (1 / usual)), rel=5e-3)

    def test_drift_is_that_of_every_mean_and_difference_weighed_by_its_likelihood(self) -> None:
        stats = pytest.importorskip("scipy.stats")
        drift, variance = np.array([0.02, 0.10, 0.3]), np.array([1, 2, 3]) * 1e-3
        pooled = PooledSpread(variance * 4, np.full(3, 8.0), np.array([0.01]))
        ours = shrunk_drift(drift, np.full(3, 4.0), pooled, np.zeros(3, dtype=np.int64), 1)
        # tau is half-normal with half the usual spread, 0.1.
        tau, mean = np.meshgrid(np.linspace(1e-6, 0.25, 801), np.linspace(-1.0, 1.2, 1601))
        density = stats.halfnorm.pdf(tau, scale=0.05)
        for y, v in zip(drift, variance, strict=True):
            density = density * stats.norm.pdf(y, mean, np.sqrt(v + tau**2))
        density /= density.sum()
        for i in range(3):
            b = variance[i] / (variance[i] + tau**2)
            here = b * mean + (1 - b) * drift[i]
            assert ours.drift[i] == pytest.approx((density * here).sum(), abs=1e-4)
            spread = (density * ((1 - b) * variance[i] + here**2)).sum() - (density * here).sum() ** 2
            assert ours.variance[i] == pytest.approx(spread, rel=5e-3)
            assert ours.class_weight[i] == pytest.approx((density * b).sum(), abs=2e-3)
        assert ours.class_drift[0] == pytest.approx((density * mean).sum(), abs=1e-4)

    def test_counts_against_the_negative_binomial(self) -> None:
        stats = pytest.importorskip("scipy.stats")
        for seen, exposure, ahead, needed in itertools.product(
            [0, 90, 200], [1, 2.5], [0.5, 1], [1, 40, 100]
        ):
            ours = count_chance(seen, exposure, ahead, needed, prior=(2.0, 0.1))
            p = (0.1 + exposure) / (0.1 + exposure + ahead)
            assert float(ours.probability) == pytest.approx(stats.nbinom.sf(needed - 1, 2.0 + seen, p))
            assert float(ours.variance) == pytest.approx(stats.nbinom.var(2.0 + seen, p))

    def test_dispersion_against_chi_squared(self) -> None:
        stats = pytest.importorskip("scipy.stats")
        counts = np.array([60, 75, 52, 90.0])
        ratio, p = dispersion(counts[None, :])
        assert float(ratio[0]) == pytest.approx(counts.var(ddof=1) / counts.mean())
        assert float(p[0]) == pytest.approx(stats.chi2.sf(3 * float(ratio[0]), 3))

    def test_bounds_of_a_proportion(self) -> None:
        proportion = pytest.importorskip("statsmodels.stats.proportion")
        for k, n in [(0, 5), (3, 5), (5, 5), (64, 80)]:
            assert clopper_pearson(k, n) == pytest.approx(proportion.proportion_confint(k, n, method="beta"))

    def test_scores(self) -> None:
        scoringrules = pytest.importorskip("scoringrules")
        y, loc, scale, df = (
            np.array([0.1, -2, 3.0]),
            np.zeros(3),
            np.array([1, 0.5, 2.0]),
            np.array([2.0, 5, 14]),
        )
        assert crps_t(y, loc, scale, df) == pytest.approx(scoringrules.crps_t(y, df, loc, scale))
        p = np.array([[0.2, 0.5, 0.3], [0.7, 0.2, 0.1]])
        ours = ranked_probability(p, np.array([2, 0]))
        assert ours == pytest.approx([0.2**2 + 0.7**2, 0.3**2 + 0.1**2])
        assert brier([0.3, 0.9], [0, 1]) == pytest.approx(scoringrules.brier_score([0, 1], [0.3, 0.9]))

    @pytest.mark.parametrize("needs_integral", [False, True])
    def test_score_of_a_count_is_the_sum_of_squares_that_it_stands_for(self, needs_integral: bool) -> None:
        counts = [(5000, 1), (100_000, 3)] if needs_integral else [(0, 1), (3, 2), (90, 1)]
        for (seen, exposure), wide, off in itertools.product(counts, [1, 3], [-2, 0, 3]):
            ahead = count_chance(seen, exposure, 1, 0, overdispersion=wide)
            mean, deviation = float(ahead.mean), float(ahead.variance) ** 0.5
            outcome = max(0.0, round(mean + off * deviation))
            every = np.arange(int(mean + 15 * deviation + 30))
            at_most = count_at_most(every, ahead.size, ahead.chance)
            direct = float(((at_most - (every >= outcome)) ** 2).sum())
            assert float(crps_count(outcome, ahead.size, ahead.chance)) == pytest.approx(direct, rel=1e-6)

    def test_scores_of_counts_and_of_samples_against_scoringrules(self) -> None:
        scoringrules = pytest.importorskip("scoringrules")
        theirs = scoringrules.crps_negbinom(12.0, 7.5, 0.3)
        assert float(crps_count(12, 7.5, 0.3)) == pytest.approx(float(theirs))
        sample = np.array([3.0, 8, 9, 20])
        theirs = scoringrules.crps_ensemble(7.0, sample, estimator="nrg")
        assert float(crps_sample(7.0, [*sample, math.nan])) == pytest.approx(float(theirs))


@pytest.mark.parametrize(("m", "off_the_shelf"), [(2, 47), (3, 60), (4, 65), (7, 72)])
@pytest.mark.parametrize("class_size", [2, 3, 8, 50])
def test_simulated_coverage_of_the_80_percent_interval(m: int, off_the_shelf: int, class_size: int) -> None:
    found = simulated_coverage(m, series=9_000, world=World(class_size))
    assert 0.78 <= found.pooled <= 0.84
    assert found.own_t == pytest.approx(0.8, abs=0.012)
    # What packages print covers far less: the methods' table of section 2.
    assert 100 * found.off_the_shelf == pytest.approx(off_the_shelf, abs=2)


@pytest.mark.parametrize("drift_spread", [0.0, 0.5, 1.0])
def test_words_on_two_changes_and_a_class_of_three_come_about_as_often_as_said(drift_spread: float) -> None:
    words = simulated_words(2, series=9_000, world=World(3, drift_spread))
    for expected in ("likely", "unlikely"):
        said, happened, number = words[expected]
        assert number > 1_000
        assert happened == pytest.approx(said, abs=0.05)


def test_beyond_one_year_the_interval_allows_for_shocks_that_carry_over() -> None:
    # Three in ten of a shock carries over: the variance of a sum of years is that of an autoregression.
    for h in (2, 3, 5):
        steps = h + 2 * sum((h - k) * 0.3**k for k in range(1, h))
        assert float(widening(h)) == pytest.approx(steps / h)
    assert widening([0.25, 1.0]) == pytest.approx([1.0, 1.0])
    found = [simulated_coverage(4, series=9_000, world=World(8, carried=0.3), ahead=h).pooled for h in (1, 2, 3)]
    assert min(found) > 0.74


def test_a_gap_of_years_carries_that_many_years_shocks() -> None:
    whole = changes([[0.0, 0.1, 0.3, 0.6]], [0, 1, 2, 3])
    gap = changes([[0.0, np.nan, 0.3, 0.6]], [0, 1, 2, 3])
    assert (whole.count[0], gap.count[0]) == (3, 2)
    assert whole.drift[0] == gap.drift[0] == pytest.approx(0.2)
    assert gap.spread[0] == pytest.approx((0.3 - 0.4) ** 2 / 2 + (0.3 - 0.2) ** 2)
    one = changes([[np.nan, 5.0]], [0, 1])
    assert (one.count[0], one.last[0]) == (0, 5) and math.isnan(one.drift[0])


def test_a_flat_series_still_has_spread() -> None:
    values = np.full((3, 4), 100.0)
    found = forecast(values, np.arange(4), 5, np.full(3, 100.0), scale=np.full(3, LOG), direction=1, strict=True,
                     integer=False, group=np.zeros(3, dtype=np.int64))  # fmt: skip
    assert found.probability == pytest.approx(0.5)
    assert (found.high > 100).all() and (found.low < 100).all()
    pooled = moderated_spread(np.zeros(3), np.full(3, 3.0), np.zeros(3, dtype=np.int64), 1)
    assert pooled.variance == pytest.approx(np.full(3, 0.01**2), rel=0.1)


def test_a_series_alone_in_its_class_borrows_nothing() -> None:
    pooled = moderated_spread(np.array([0.04]), np.array([3.0]), np.zeros(1, dtype=np.int64), 1)
    assert (pooled.variance[0], pooled.df[0]) == pytest.approx((0.04, 2), rel=0.05)
    drift = shrunk_drift(np.array([0.1]), np.array([3.0]), pooled, np.zeros(1, dtype=np.int64), 1)
    assert (drift.drift[0], drift.class_weight[0]) == (pytest.approx(0.1), 0)


def test_a_spread_that_two_short_series_leave_vague_is_not_vaguer_than_its_floor() -> None:
    pooled = moderated_spread(np.array([0.0004, 0.09]), np.full(2, 2.0), np.zeros(2, dtype=np.int64), 1)
    assert pooled.df.min() == 1.5
    # One change of spread in the whole class is none to speak of.
    none = moderated_spread(np.array([0.04, np.nan]), np.array([2.0, 1]), np.zeros(2, dtype=np.int64), 1)
    assert np.isnan(none.df).all() and np.isnan(none.variance).all()


def test_two_points_rest_on_the_class() -> None:
    values = panel()
    values[0, :4] = np.nan
    found = forecast(values, np.arange(6), 7, np.full(6, 250.0), scale=np.full(6, LOG), direction=1, strict=False,
                     integer=True, group=ONE_CLASS)  # fmt: skip
    assert np.isfinite(found.probability[0])
    assert found.prediction.class_weight[0] == found.prediction.class_weight.max()


@pytest.mark.parametrize(
    ("values", "scale", "target", "due", "reason"),
    [
        ([100, 110, 121], LOG, 130, 1, Reason.DUE_PASSED),
        ([np.nan, np.nan, 121], LOG, 130, 4, Reason.ONE_FIGURE),
        ([0.2, 0.25, 0.3], LOGIT, 1.0, 4, Reason.NEAR_LIMIT),
        ([0.2, 0.25, 0.3], LOGIT, 0.5, 4, Reason.NONE),
        ([0.0, 3, 5], LOG, 9, 4, Reason.NONE),
        ([-4, -3, -1], LOG, 0, 4, Reason.NONE),
        ([0.02, 0.05, 0.07], REDUCTION, 0.12, 4, Reason.NONE),
    ],
)
def test_when_there_is_a_probability(
    values: list[float], scale: int, target: float, due: float, reason: Reason
) -> None:
    # Two steadier series of the class are beside it; those with a zero or less are only comparable with each other.
    others = [[1.0, 1.2, 1.3], [1.0, 1.1, 1.4]] if scale == LOG else [[0.1, 0.15, 0.17], [0.2, 0.21, 0.27]]
    if values[0] <= 0:
        others = [[0.0, 2, 3], [0.0, 1, 3]]
    found = forecast([values, *others], [0, 1, 2], due, [target, target, target], scale=[scale] * 3, direction=1,
                     strict=False, integer=False, group=np.zeros(3, dtype=np.int64))  # fmt: skip
    assert found.reason[0] == reason
    assert np.isfinite(found.probability[0]) == (reason == Reason.NONE)


def test_scales_undo_themselves_and_fall_back() -> None:
    found = scaled([[1.0, 10], [0.2, 0.9], [0.1, 0.3], [0, 5], [-2, 4]], [LOG, LOGIT, REDUCTION, LOG, LOG])
    assert found.scale.tolist() == [LOG, LOGIT, REDUCTION, IDENTITY, IDENTITY]
    assert found.undo(found.values[:, 1]) == pytest.approx([10, 0.9, 0.3, 5, 4])


@pytest.mark.parametrize(
    ("direction", "strict", "integer", "expected"),
    [(1, False, True, 449.5), (1, True, True, 450.5), (-1, False, True, 450.5), (-1, True, True, 449.5),
     (1, True, False, 450)],
)  # fmt: skip
def test_whole_counts_get_half_a_unit(direction: int, strict: bool, integer: bool, expected: float) -> None:
    assert float(threshold(450, direction, strict, integer)) == expected


@given(st.floats(-1, 1), st.floats(0, 2), st.floats(0.1, 1), st.floats(1.5, 30), st.floats(0, 3))
def test_more_progress_never_lowers_a_probability(
    last: float, more: float, spread: float, df: float, lower: float
) -> None:
    """At the spread and drift that the class gives; a leap also widens a short series' own spread."""

    def reached(z: float, target: float) -> float:
        summary = changes([[0.0, z]], [0, 1])
        ahead = predict(summary, PooledSpread(np.array([spread]), np.array([df]), np.zeros(1)),
                        ShrunkDrift(*np.full((5, 1), 0.1)), 2.0)  # fmt: skip
        plain = scaled([[0.5, 1.0]], [IDENTITY])
        return float(chance(ahead, plain, [target], 1, False, False).probability[0])

    assert reached(last + more, 1.0) >= reached(last, 1.0)
    assert reached(last, 1.0 - lower) >= reached(last, 1.0)


@given(st.integers(0, 300), st.integers(0, 50), st.integers(1, 400), st.floats(0.1, 3), st.floats(0.1, 3))
def test_more_counted_never_lowers_a_probability(
    seen: int, more: int, target: int, exposure: float, ahead: float
) -> None:
    few = count_chance(seen, exposure, ahead, target - seen)
    many = count_chance(seen + more, exposure, ahead, target - seen - more)
    assert float(many.probability) >= float(few.probability) - 1e-9


@settings(max_examples=30)
@given(st.sampled_from([1e8, 1e-8, 0.01, 7.0]), st.integers(1, 1000))
def test_a_change_of_units_changes_no_probability(unit: float, seed: int) -> None:
    values = panel(seed)
    assert likely(values * unit, 250 * unit) == pytest.approx(likely(values), rel=1e-9)
    plain = values - 150
    scale = np.full(len(values), IDENTITY)
    assert likely(plain * unit, 100 * unit, scale=scale) == pytest.approx(
        likely(plain, 100, scale=scale), rel=1e-9
    )


def test_lower_is_better_mirrors() -> None:
    values = panel()
    falling = likely(1 / values, 1 / 250, direction=-1)
    assert falling == pytest.approx(likely(values, 250))


def test_counts_at_the_edges() -> None:
    assert float(count_chance(61, 1, 0.5, 60 - 61).probability) == 1
    assert float(count_chance(59, 1, 0, 1).probability) == 0
    # The pooled dispersion widens and keeps the mean.
    plain, wide = count_chance(140, 2, 1, 60), count_chance(140, 2, 1, 60, overdispersion=3)
    assert float(wide.mean) == pytest.approx(float(plain.mean))
    assert float(wide.variance) == pytest.approx(3 * float(plain.variance))
    assert float(wide.probability) < float(plain.probability)
    assert pooled_dispersion([[60, 60, 60.0], [50, 50, np.nan]]) == 1
    assert gamma_prior([60, 70], [1, 1]) == (0.5, 0.0)
    shape, rate = gamma_prior([50, 100, 200, 400], [1, 1, 1, 1])
    assert shape / rate == pytest.approx(187.5)


def test_a_series_on_another_scale_borrows_nothing() -> None:
    values = [[0.0, 3, 5], [1.0, 1.2, 1.3], [1.0, 1.1, 1.4]]
    found = forecast(values, [0, 1, 2], 4, [9.0] * 3, scale=[LOG] * 3, direction=1, strict=False, integer=False,
                     group=np.zeros(3, dtype=np.int64))  # fmt: skip
    assert found.reason.tolist() == [Reason.TOO_FEW_POINTS, Reason.NONE, Reason.NONE]
    lone = forecast([[1.0, 1.2, 1.3]], [0, 1, 2], 4, [9.0], scale=[LOG], direction=1, strict=False, integer=False,
                    group=np.zeros(1, dtype=np.int64))  # fmt: skip
    assert lone.reason[0] == Reason.TOO_FEW_POINTS


@pytest.mark.parametrize(
    ("p", "needed", "highest", "passed", "said"),
    [
        (0.8, 0.5, 0.2, False, Forecast.LIKELY),
        (0.79, 0.5, 0.2, False, Forecast.UNCERTAIN),
        (0.5, 0.5, 0.2, False, Forecast.UNCERTAIN),
        (0.2, 0.5, 0.2, False, Forecast.UNLIKELY),
        (0.21, 0.5, 0.2, False, Forecast.UNCERTAIN),
        # Such growth has been seen: unlikely is too strong a word.
        (0.1, 0.1, 0.2, False, Forecast.UNCERTAIN),
        (0.1, 0.1, 0.2, True, Forecast.UNLIKELY),
        (math.nan, 0.1, 0.2, False, Forecast.WITHHELD),
    ],
)
def test_words(p: float, needed: float, highest: float, passed: bool, said: Forecast) -> None:
    assert word(p, beyond_all_seen=needed > highest, due_passed=passed) == said


def test_probabilities_are_as_coarse_as_their_grade() -> None:
    assert [rounded(0.634, g) for g in (Grade.C, Grade.B, Grade.A)] == [0.6, 0.65, 0.65]
    assert math.isnan(rounded(0.634, Grade.D))


def test_an_interval_may_be_too_wide_to_inform() -> None:
    assert too_wide([430, 420, 300], [500, 440, 460], [400, 400, 400], 450).tolist() == [False, False, False]
    assert too_wide([410], [500], [400], 450).tolist() == [True]


def test_conformal_needs_enough_residuals() -> None:
    assert conformal_factor([1, 2, 3], 0.8) == math.inf
    assert conformal_factor([1, 2, 3, 4], 0.8) == 4
    assert binomial_bounds(0.8, 80) == (0.7125, 0.8875)
