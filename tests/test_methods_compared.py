"""Other bodies' methods over a package: its targets, its series without one, and the tables of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from progress_tables import Frames, level, seen, tables, year

from daye_analysis import load
from daye_analysis.charts import reliability
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.progress.published_methods.comparison import compare_methods
from daye_analysis.progress.published_methods.method import Level
from daye_analysis.progress.published_methods.trends import compare_trends
from daye_analysis.progress.published_methods.with_target import METHODS
from daye_analysis.progress.published_methods.without_target import TREND_METHODS

AS_OF = "2026-11-23"


def test_methods_are_compared_on_targets_that_any_can_judge() -> None:
    found = compare_methods(seen(tables(level("2023-12-31", 300), level("2024-12-31", 340)), AS_OF)).set_index("method")
    assert found.index.tolist() == [method.code for method in METHODS]
    assert found.loc["destatis", ["label_en", "reason"]].tolist() == ["not assessed", "too_few_points"]
    assert found.loc["even_schedule", "label_zh"] == "滞后"
    # One figure alone: only the completion rate could say something.
    assert compare_methods(seen(tables(level("2024-12-31", 340)), AS_OF)).empty


def test_four_yearly_figures_without_a_base_are_enough_for_one_method() -> None:
    figures = [level(f"{y}-06-30", v, source_id="s2025") for y, v in [(2020, 200), (2021, 250), (2022, 300), (2025, 420)]]
    found = compare_methods(seen(tables(*figures), AS_OF)).set_index("method")
    assert found.loc["destatis", "label_en"] == "sun"
    assert found.loc["eurostat", ["label_en", "reason"]].tolist() == ["not assessed", "no_baseline"]


def test_after_the_due_date_the_outcome_speaks_and_no_method() -> None:
    frames = tables(level("2023-12-31", 300), level("2024-12-31", 340), due="2025-12-31")
    assert compare_methods(seen(frames, AS_OF)).empty
    assert not compare_methods(seen(frames, "2025-12-31")).empty


def trends(*figures: dict[str, Any], quantity: str = "stock", unit_code: str = "firms", **more: Any) -> Frames:
    """Return tables with a target for `x` of the city, and figures of an indicator for which there is none."""
    return tables(
        *({"indicator_id": "unused", "source_id": "s2025"} | each for each in figures),
        quantity=quantity, unit_code=unit_code, **more,
    )  # fmt: skip


def test_series_without_a_target_get_a_label_for_the_desired_direction() -> None:
    frames = trends(*(level(f"{y}-12-31", v) for y, v in [(2014, 5), (2015, 100), (2017, 110), (2019, 121)]))
    found = compare_trends(seen(frames, AS_OF))
    assert found["series"].unique().tolist() == ["unused|city"]
    assert found["method"].tolist() == [method.code for method in TREND_METHODS]
    said = found.set_index("method")
    assert said.loc[["statcan_signed", "unsd_2023", "destatis"], "label_en"].tolist() == [
        "on track", "met or on track", "sun",
    ]  # fmt: skip
    assert said.loc["statcan_2023", "score"] == pytest.approx(1.21**0.25 - 1)
    assert (said["first"] == [100, 100, 100, 100, 100]).all() and (said["value"] == 121).all()
    down = compare_trends(seen(replace(frames, indicators=frames.indicators.assign(direction="decrease")), AS_OF))
    assert down.set_index("method")["label_en"].tolist() == [
        "significant movement away", "deterioration", "deterioration", "stagnation or regression", "thunderstorm",
    ]  # fmt: skip


def test_each_method_counts_from_its_own_base() -> None:
    years = [(2013, 60), (2016, 100), (2018, 140), (2019, 150), (2024, 153)]
    found = compare_trends(seen(trends(*(level(f"{y}-12-31", v) for y, v in years)), AS_OF)).set_index("method")
    assert found["first"].to_dict() == {
        "eurostat": 150, "statcan_2023": 100, "statcan_signed": 100, "unsd_2023": 100, "destatis": 100,
    }  # fmt: skip
    old = compare_trends(seen(trends(level("2013-12-31", 60), level("2016-12-31", 100)), AS_OF)).set_index("method")
    assert old.loc["unsd_2023", "first"] == 60 and old.loc["unsd_2023", "level"] == Level.ON_TRACK
    assert old.loc["statcan_2023", "reason"] == "figure_not_after_base"


def test_a_share_near_100_per_cent_has_a_limit_and_a_sum_has_no_rate() -> None:
    share = trends(level("2020-12-31", 98, measure="share_pct"), level("2024-12-31", 98.6, measure="share_pct"),
                   quantity="share", unit_code="percent", value=50)  # fmt: skip
    said = compare_trends(seen(share, AS_OF)).set_index("method")["label_en"]
    assert (said["statcan_2023"], said["statcan_signed"]) == ("limited progress", "on track")
    assert compare_trends(seen(trends(year(2023, 5), year(2024, 9), quantity="cumulative_flow"), AS_OF)).empty


def test_a_series_with_a_target_of_its_own_stays_out() -> None:
    frames = tables(level("2023-12-31", 300), level("2024-12-31", 340), level("2023-12-31", 30, area_id="elsewhere"),
                    level("2024-12-31", 34, area_id="elsewhere"))  # fmt: skip
    assert set(compare_trends(seen(frames, AS_OF))["series"]) == {"x|elsewhere"}


def test_the_reports_tables_mark_what_was_not_read() -> None:
    view = load().assume("high_tech_enterprises", 350, "2023-12-31").as_of(AS_OF)
    headline, table, *_ = reliability.methods_tables(view, "en")
    assert isinstance(headline, Prose) and isinstance(table, PrintTable)
    assert "judged against the even schedule: 1; of these, 1 (100.0 %)" in headline.markdown
    said = dict(table.frame.iloc[:, :2].to_numpy().tolist())
    assert said["Eurostat †"] == "significant progress" and said["Destatis"] == "not assessed"
    # A row for methods that are made for such targets only.
    assert "even schedule, reductions in logarithms" not in said
    trends_table = reliability.trends_tables(view, "zh")[0]
    assert isinstance(trends_table, PrintTable) and "† 未能读到" in trends_table.caption
