"""The back-test uses only what was published, and accepts or rejects for stated reasons."""

import numpy as np
import pandas as pd
import pytest
from progress_tables import level, tables

from daye_analysis.progress.backtest import judge
from daye_analysis.progress.calibration import reliability
from daye_analysis.progress.history import backtest, history, pair_table
from daye_analysis.progress.pairs import Panel, rolling_pairs
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.simulate import simulated_panel
from daye_analysis.progress.transforms import LOG


def panel(values: np.ndarray, known: np.ndarray | None = None, groups: int = 1) -> Panel:
    years = np.broadcast_to(np.arange(values.shape[1], dtype=float), values.shape)
    group = np.arange(len(values)) % groups
    return Panel(values, years, years if known is None else known, group, np.full(len(values), LOG))


def steady(series: int = 30, points: int = 6) -> np.ndarray:
    walks, _ = simulated_panel(points - 2, series, 1, seed=7)
    return 100 * np.exp(walks)


def test_pairs_of_a_simulated_panel_are_accepted() -> None:
    # Origins from the third figure on, for two show no spread; one and two figures ahead: 3 + 2 a series.
    pairs = rolling_pairs(panel(steady(series=120)))
    assert len(pairs.series) == 120 * 5
    found = judge(pairs)
    assert found.accepted and found.reasons == ()
    share, low, high = found.coverage[0.8]
    assert low <= 0.8 <= high and low <= share <= high
    assert found.crps <= min(found.benchmarks.values())
    assert sum(found.pit) == found.pairs == 600 and len(found.pit) == 5
    assert judge(pairs) == found


def test_a_world_unlike_the_model_is_rejected() -> None:
    values = steady()
    # Steady growth, then a collapse that no past figure foretells.
    values[:, -2:] /= 10
    found = judge(rolling_pairs(panel(values)))
    assert not found.accepted and found.reasons == (Reason.BACKTEST_FAILED,)
    assert found.coverage[0.8][2] < 0.8


def test_what_was_not_yet_published_is_not_used() -> None:
    values = steady(series=8)
    known = np.broadcast_to(np.arange(6.0), values.shape).copy()
    # Nobody could read the first four figures before the fifth: no forecast of those four could have been made.
    known[:, :4] = 4
    pairs = rolling_pairs(panel(values, known))
    assert sorted(zip(pairs.origin.tolist(), pairs.steps.tolist(), strict=True)) == [(4.0, 1)] * 8
    # All at once: no real pair at all.
    assert len(rolling_pairs(panel(values, np.full(values.shape, 9.0))).series) == 0


def test_a_later_figure_changes_no_earlier_forecast() -> None:
    values = steady(series=8)
    other = values.copy()
    other[:, -1] *= 3
    first, second = rolling_pairs(panel(values)), rolling_pairs(panel(other))
    early = first.origin < 4
    assert np.array_equal(first.location[early], second.location[early])
    assert np.array_equal(first.scale[early], second.scale[early])


def test_below_thirty_pairs_nothing_is_accepted() -> None:
    found = judge(rolling_pairs(panel(steady(series=3))))
    assert found.pairs == 15 and Reason.FEW_PAIRS in found.reasons and not found.accepted
    none = judge(rolling_pairs(panel(steady(points=2))))
    assert none.pairs == 0 and none.reasons == (Reason.FEW_PAIRS,)


def test_reliability_in_thirds() -> None:
    assert reliability([0.1, 0.2, 0.9], [0, 1, 1]) == [(pytest.approx(0.15), 0.5, 2), (0.9, 1.0, 1)]


def test_history_keeps_like_series_a_year_apart() -> None:
    frames = tables(
        level("2021-12-31", 100, source_id="s2022"),
        level("2022-03-31", 105, source_id="s2022"),
        level("2022-12-31", 120, source_id="s2022"),
        level("2023-12-31", 140, doubt_en="scope unknown", source_id="s2023"),
        level("2024-12-31", 180, source_id="s2024"),
        level("2024-12-31", 60, area_id="elsewhere", source_id="s2024"),
    )
    past = history(frames, pd.Timestamp("2026-11-23"))
    assert past.series == ("x|city|firms", "x|elsewhere|firms")
    assert past.panel.values[0].tolist() == [100, 120, 180]


def test_frozen_by_period_has_hindsight_and_more_pairs() -> None:
    # Two areas whose four figures all stood in two publications.
    figures = [
        level(f"{on}-12-31", value, area_id=area, source_id="s2022" if on < 2023 else "s2024")
        for area in ("city", "elsewhere")
        for on, value in (
            (2020, 80),
            (2021, 100 if area == "city" else 90),
            (2022, 120),
            (2023, 140),
            (2024, 180),
        )
    ]
    # By publication: from early 2023, the figures of 2023 and 2024. By period: also from the ends of 2022 and 2023.
    assert backtest(tables(*figures), "2026-11-23").pairs == 4
    assert backtest(tables(*figures), "2026-11-23", "period").pairs == 6
    table = pair_table(history(tables(*figures), pd.Timestamp("2026-11-23")))
    assert table["origin"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2023-01-01"]
    assert table["due"].dt.strftime("%Y-%m-%d").tolist() == ["2023-12-31", "2024-12-31"] * 2
    assert table["outcome"].tolist() == pytest.approx([140, 180] * 2)
    assert (table["low"] < table["median"]).all() and (table["median"] < table["high"]).all()


def test_two_definitions_under_one_name_make_no_series() -> None:
    frames = tables(
        level("2021-12-31", 100),
        level("2022-12-31", 1300),
        level("2022-12-31", 170),
        level("2023-12-31", 1500),
    )
    assert history(frames, pd.Timestamp("2026-11-23")).series == ()
