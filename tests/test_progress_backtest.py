"""The back-test uses only what was published, and opens the gate or keeps it shut for stated reasons."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from progress_tables import Frames, level, seen, tables, year

from daye_analysis.progress.forecast.backtest import Backtest, gate, judge
from daye_analysis.progress.forecast.calibration import word_reliability
from daye_analysis.progress.forecast.count_backtest import count_backtest, count_pairs
from daye_analysis.progress.forecast.history import backtest, history, pair_table
from daye_analysis.progress.forecast.pairs import Panel, rolling_pairs
from daye_analysis.progress.forecast.simulate import World, gate_power, simulated_panel
from daye_analysis.progress.forecast.transforms import LOG
from daye_analysis.progress.reasons import Reason

ALIKE = np.zeros(100)


def panel(values: np.ndarray, known: np.ndarray | None = None, groups: int = 1) -> Panel:
    years = np.broadcast_to(np.arange(values.shape[1], dtype=float), values.shape)
    group = np.arange(len(values)) % groups
    return Panel(values, years, years if known is None else known, group, np.full(len(values), LOG))


def steady(series: int = 30, points: int = 6) -> np.ndarray:
    return 100 * np.exp(simulated_panel(np.zeros(series, dtype=np.int64), points, seed=7).walks)


class TestPairs:
    def test_what_was_not_yet_published_is_not_used(self) -> None:
        values = steady(series=8)
        known = np.broadcast_to(np.arange(6.0), values.shape).copy()
        # No one could read the first four figures before the fifth: no forecast of those four could have been made.
        known[:, :4] = 4
        pairs = rolling_pairs(panel(values, known))
        assert sorted(zip(pairs.origin.tolist(), pairs.steps.tolist(), strict=True)) == [(4.0, 1)] * 8
        # All at once: no real pair at all.
        assert len(rolling_pairs(panel(values, np.full(values.shape, 9.0))).series) == 0

    def test_a_later_figure_changes_no_earlier_forecast(self) -> None:
        values = steady(series=8)
        other = values.copy()
        other[:, -1] *= 3
        first, second = rolling_pairs(panel(values)), rolling_pairs(panel(other))
        early = first.origin < 4
        assert np.array_equal(first.location[early], second.location[early])
        assert np.array_equal(first.scale[early], second.scale[early])

    def test_one_and_two_figures_ahead_of_every_origin(self) -> None:
        # Origins from the third figure on, for two show no spread: 3 + 2 a series.
        pairs = rolling_pairs(panel(steady(series=120)))
        assert np.bincount(pairs.steps).tolist() == [0, 360, 240]
        # The benchmark: one mean growth of the class goes on from every last figure of an origin.
        ahead = (pairs.centres["class_mean"] - pairs.last) / pairs.steps
        assert all(np.ptp(ahead[pairs.origin == origin]) < 1e-9 for origin in (2, 3, 4))
        assert np.exp(pairs.pseudo[0] - pairs.last[0]) == pytest.approx([1.05, 1.1, 1.2, 1.4])


class TestGate:
    def test_a_right_model_is_let_through(self) -> None:
        found = judge(rolling_pairs(panel(steady(series=120))))
        assert found.accepted and found.reasons == () and found.failed == ()
        share, low, high = found.coverage[0.8]
        assert low <= 0.8 <= high and low <= share <= high
        assert found.loss == pytest.approx(found.crps - found.benchmarks["class_mean"])
        assert sum(found.pit) == found.pairs == 600 and len(found.pit) == 5
        assert judge(rolling_pairs(panel(steady(series=120)))) == found

    def test_a_world_unlike_the_model_is_rejected(self) -> None:
        values = steady()
        # Steady growth, then a collapse that no past figure foretells.
        values[:, -2:] /= 10
        found = judge(rolling_pairs(panel(values)))
        assert not found.accepted and found.reasons == (Reason.BACKTEST_FAILED,)
        assert "coverage" in found.failed and found.coverage[0.8][2] < 0.8

    @pytest.mark.parametrize(
        ("hits", "failed"),
        # With 100 series one error is four points: 77 of them are within it, 75 are not.
        [(90, ()), (77, ()), (75, ("coverage",)), (65, ("coverage",))],
    )
    def test_the_interval_may_cover_less_than_it_says_by_one_error(self, hits: int, failed: tuple[str, ...]) -> None:
        assert gate(np.arange(100) < hits, ALIKE - 0.01, np.arange(100)).failed == failed

    @pytest.mark.parametrize(
        ("worse", "failed"),
        # Losses of one either way about their mean: an error of a tenth.
        [(-0.3, ()), (0.17, ()), (0.24, ("benchmark",)), (0.5, ("benchmark",))],
    )
    def test_the_score_may_be_worse_than_the_benchmark_by_two_errors(self, worse: float, failed: tuple[str, ...]) -> None:
        losses = worse + np.where(np.arange(100) % 2, 1.0, -1.0)
        found = gate(np.arange(100) < 85, losses, np.arange(100))
        assert found.failed == failed
        assert found.loss_error == pytest.approx(0.1, rel=0.1)

    def test_an_outcome_that_hangs_on_one_series_is_no_pass(self) -> None:
        # One series' luck makes up for what all others lose.
        losses = np.where(np.arange(40) == 0, -3.0, 0.05)
        assert gate(np.ones(40, dtype=bool), losses, np.arange(40)).failed == ("one_series",)
        assert gate(np.ones(40, dtype=bool), losses[1:].mean() * np.ones(40), np.arange(40)).failed == ("benchmark",)
        assert gate(np.ones(40, dtype=bool), ALIKE[:40], np.zeros(40)).failed == ("one_series",)

    def test_pairs_of_one_series_are_no_new_evidence(self) -> None:
        # 70 of 100 covered: as a hundred series it is too little, as ten series that are all covered or not it may be chance.
        hits = np.arange(100) < 70
        assert gate(hits, ALIKE, np.arange(100)).failed == ("coverage",)
        assert gate(hits, ALIKE, np.arange(100) // 10).coverage_error > 3 * gate(hits, ALIKE, np.arange(100)).coverage_error

    @pytest.mark.parametrize(("number", "few"), [(29, True), (30, False)])
    def test_below_thirty_pairs_nothing_is_accepted(self, number: int, few: bool) -> None:
        found = gate(np.ones(number, dtype=bool), ALIKE[:number], np.arange(number))
        assert found.failed == (("pairs",) if few else ())

    def test_a_class_whose_intervals_failed_gets_no_probability_though_the_gate_is_open(self) -> None:
        values = steady(series=126)
        # One class of six in which what is to come lies elsewhere; a hundred and twenty others hide it.
        values[120:, 3:] *= np.array([3.0, 0.3, 3.0])
        many = replace(panel(values), group=np.repeat([0, 1], [120, 6]))
        found = judge(rolling_pairs(many))
        assert found.accepted and found.uncovered == {1}
        share, low, high, number = found.class_coverage[1]
        assert number == 30 and low < share < high < 0.8
        assert found.class_coverage[0][2] >= 0.8 and found.class_coverage[0][3] == 600

    def test_without_pairs_the_gate_is_shut(self) -> None:
        none = judge(rolling_pairs(panel(steady(points=2))))
        assert none.pairs == 0 and none.reasons == (Reason.FEW_PAIRS,) and not none.accepted

    def test_its_power_on_a_hundred_pairs(self) -> None:
        found = gate_power(panels=100)
        assert found.pairs == 100
        assert found.right >= 0.8 and found.too_narrow <= 0.1
        # One that covers 72 % passes more often, and fewer pairs tell less.
        assert gate_power(panels=60, covered=0.72).too_narrow > found.too_narrow
        assert gate_power(series=4, figures=6, panels=60, world=World(4)).right == 0.0


def test_words_are_scored_by_what_they_said() -> None:
    found = word_reliability([0.1, 0.2, 0.5, 0.8, 0.9], [0, 1, 1, 1, 1])
    assert found["unlikely"] == (pytest.approx(0.15), 0.5, 2)
    assert found["uncertain"] == (0.5, 1.0, 1)
    assert found["likely"] == (pytest.approx(0.85), 1.0, 2)
    assert word_reliability([], [])["likely"][2] == 0


class TestHistory:
    def test_figures_a_year_apart_of_comparable_series(self) -> None:
        frames = tables(
            level("2021-12-31", 100, source_id="s2022"),
            level("2022-03-31", 105, source_id="s2022"),
            level("2022-12-31", 120, source_id="s2022"),
            level("2023-12-31", 140, doubt_en="scope unknown", source_id="s2023"),
            level("2024-12-31", 180, source_id="s2024"),
            level("2024-12-31", 60, area_id="elsewhere", source_id="s2024"),
        )
        past = history(seen(frames, "2026-11-23"))
        assert past.series == ("x|city", "x|elsewhere")
        assert past.panel.values[0].tolist() == [100, 120, 180]

    def test_the_latest_figure_is_kept(self) -> None:
        # Ten months apart: the forecast starts from the last, so the one before gives way.
        frames = tables(*(level(on, v, source_id="s2024") for on, v in (("2022-12-31", 100), ("2023-12-31", 120), ("2024-10-31", 150))))
        assert history(seen(frames, "2026-11-23")).panel.values[0].tolist() == [100, 150]
        # Eleven months are nearly a year.
        frames = tables(*(level(on, v, source_id="s2024") for on, v in (("2022-12-31", 100), ("2023-12-31", 120), ("2024-11-30", 150))))
        assert history(seen(frames, "2026-11-23")).panel.values[0].tolist() == [100, 120, 150]

    def test_one_series_in_two_units(self) -> None:
        frames = tables(
            year(2022, 100), year(2023, 12_000_000_000, unit_code="cny"), year(2024, 150),
            quantity="output_value", unit_code="cny_100m",
        )  # fmt: skip
        past = history(seen(frames, "2026-11-23"))
        assert past.series == ("x|city",) and past.panel.values[0].tolist() == [100, 120, 150]
        # Firms are no yuan, whatever the number.
        other = tables(year(2022, 100), year(2023, 120, unit_code="firms"), quantity="output_value", unit_code="cny_100m")
        assert len(history(seen(other, "2026-11-23")).points) == 1

    def test_a_class_that_should_fall_is_pooled_by_itself(self) -> None:
        frames = tables(level("2023-12-31", 100), level("2023-12-31", 50, indicator_id="unused"))
        falling = frames.indicators.assign(direction=["increase", "decrease"])
        past = history(seen(replace(frames, indicators=falling), "2026-11-23"))
        assert sorted(past.panel.group.tolist()) == [0, 1] and past.classes == ("class", "class")

    def test_two_definitions_under_one_name_make_no_series(self) -> None:
        figures = [level("2021-12-31", 100), level("2022-12-31", 170), level("2023-12-31", 190)]
        day = pd.Timestamp("2026-11-23")
        apart = tables(*figures, level("2022-12-31", 256))
        assert history(seen(apart, day)).series == ()
        # Less than half as much again: one of the two is wrong, and only that date is left out.
        near = tables(*figures, level("2022-12-31", 254))
        assert history(seen(near, day)).panel.values[0].tolist() == [100, 190]

    def test_frozen_by_period_has_hindsight_and_more_pairs(self) -> None:
        # Three areas whose five figures all stood in two publications.
        figures = [
            level(f"{on}-12-31", value, area_id=area, source_id="s2022" if on < 2023 else "s2024")
            for area, second in (("city", 100), ("elsewhere", 90), ("zone", 95))
            for on, value in ((2020, 80), (2021, second), (2022, 120), (2023, 140), (2024, 180))
        ]
        # By publication: from early 2023, the figures of 2023 and 2024. By period: also from the ends of 2022 and 2023.
        assert backtest(seen(tables(*figures), "2026-11-23")).pairs == 6
        assert backtest(seen(tables(*figures), "2026-11-23"), "period").pairs == 9
        table = pair_table(history(seen(tables(*figures), "2026-11-23")))
        assert table["origin"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2023-01-01"]
        assert table["due"].dt.strftime("%Y-%m-%d").tolist() == ["2023-12-31", "2024-12-31"] * 3
        assert table["outcome"].tolist() == pytest.approx([140, 180] * 3)
        assert (table["low"] < table["median"]).all() and (table["median"] < table["high"]).all()


class TestCounts:
    def counts(self, *figures: dict, unit_code: str = "projects") -> Frames:
        return tables(*figures, quantity="annual_flow", unit_code=unit_code, scope="annual", value=60, first_year=2024)

    def test_pairs_of_counts_and_of_their_sums(self) -> None:
        frames = self.counts(*(year(y, v, source_id=f"s{y}") for y, v in ((2021, 50), (2022, 70), (2023, 60), (2024, 40))))
        found = count_pairs(seen(frames, "2026-11-23"))
        # From two counts on: the next year, and the next two together.
        said = found[["years", "outcome", "benchmark_crps"]].to_numpy().tolist()
        assert said == [[1, 60, 10], [2, 100, 40], [1, 40, 20]]
        assert found["mean"].tolist() == pytest.approx([60, 120, 60], rel=0.02)
        # Sixty a year, give or take ten: forty was hardly to be expected.
        assert found["inside"].tolist() == [True, True, False]
        tested = count_backtest(seen(frames, "2026-11-23"))
        assert (tested.pairs, tested.series) == (3, 1) and "pairs" in tested.failed
        assert tested.crps < tested.benchmark

    def test_a_gap_of_a_year_ends_the_outcome(self) -> None:
        frames = self.counts(*(year(y, v, source_id=f"s{y}") for y, v in ((2020, 50), (2021, 70), (2023, 60))))
        assert count_pairs(seen(frames, "2026-11-23")).empty
        assert count_backtest(seen(frames, "2026-11-23")).failed == ("pairs",)

    def test_amounts_are_scored_by_the_years_seen(self) -> None:
        frames = self.counts(*(year(y, v, source_id=f"s{y}") for y, v in ((2021, 5.5), (2022, 7.5), (2023, 6.5))), unit_code="cny_100m")
        (pair,) = count_pairs(seen(frames, "2026-11-23")).to_dict("records")
        assert pair["crps"] == pytest.approx(1 - 0.5) and pair["mean"] == 6.5 and pd.isna(pair["inside"])

    def test_steady_counts_of_many_places_pass(self) -> None:
        random = np.random.default_rng(4)
        rates = random.uniform(20, 200, 20)
        figures = [
            year(y, float(random.poisson(rate)), area_id=f"area{i}", source_id=f"s{y}") for i, rate in enumerate(rates) for y in range(2019, 2025)
        ]
        tested = count_backtest(seen(self.counts(*figures), "2026-11-23"))
        assert tested.pairs == 20 * (4 + 3) and tested.failed == ()
        assert tested.coverage[0] > 0.75 and tested.crps < tested.benchmark


def test_a_backtest_says_why_it_failed() -> None:
    nan = float("nan")
    made = Backtest(0, 0, {}, nan, nan, {}, nan, nan, nan, nan, nan, (), {}, nan, ("pairs", "one_series"), {})
    assert made.reasons == (Reason.FEW_PAIRS, Reason.BACKTEST_FAILED)
    assert replace(made, failed=("coverage",)).reasons == (Reason.BACKTEST_FAILED,)
