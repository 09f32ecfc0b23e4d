"""The reference class: what comparable series showed, each counted once, and how often it was as much as now required."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from progress_tables import Frames, level, seen, tables, year

from daye_analysis.charts.verdicts.verdict_text import _reference
from daye_analysis.package.records import records
from daye_analysis.progress.assess import assess, assess_target
from daye_analysis.progress.reference_class import class_share, comparable_growths, growths_ever, once, over
from daye_analysis.progress.series import like_points

AS_OF = "2026-11-23"
DAY = pd.Timestamp(AS_OF)
RATE = {"measure": "growth_pct", "unit_code": "percent"}


def reference(*figures: dict[str, Any], **more: Any) -> Frames:
    return tables(*figures, **({"quantity": "output_value", "unit_code": "cny_100m", "value": 300} | more))


class TestShare:
    def test_each_series_counts_once(self) -> None:
        # One series of ten high growths, two of one low growth each: one in three, not ten in twelve.
        found = class_share(0.2, ["a"] * 10 + ["b", "c"], [0.3] * 10 + [0.1, 0.1])
        assert (found.series, found.growths, found.share) == (3, 12, pytest.approx(1 / 3))
        assert (found.median, found.furthest) == (0.1, 0.3)

    def test_seven_series_two_to_six_of_ten(self) -> None:
        found = class_share(0.2, list("abcdefg"), [0.3, 0.25, 0.2, 0.1, 0.1, 0.1, 0.0])
        assert (found.share, round(10 * found.low), round(10 * found.high)) == (pytest.approx(3 / 7), 2, 7)
        half = class_share(0.2, list("abcdefg") * 2, [0.3] * 5 + [0.1] * 9)
        assert (round(10 * half.share), round(10 * half.low), round(10 * half.high)) == (4, 2, 6)

    @pytest.mark.parametrize(("reached", "number"), [(3, 7), (1, 12), (20, 25)])
    def test_its_interval_is_jeffreys(self, reached: int, number: int) -> None:
        proportion = pytest.importorskip("statsmodels.stats.proportion")
        found = class_share(0.2, range(number), [0.3] * reached + [0.1] * (number - reached))
        low, high = proportion.proportion_confint(reached, number, alpha=0.2, method="jeffreys")
        assert (found.low, found.high) == pytest.approx((low, high))

    def test_it_ends_where_none_or_all_went_so_far(self) -> None:
        never, always = (class_share(needed, list("abcd"), [0.1, 0.2, 0.3, 0.4]) for needed in (0.5, 0.1))
        assert (never.share, never.low) == (0, 0) and 0.2 < never.high < 0.5
        assert (always.share, always.high) == (1, 1) and 0.5 < always.low < 0.8

    def test_its_interval_holds_the_share_of_the_class_as_often_as_said(self) -> None:
        random, held = np.random.default_rng(6), []
        for _ in range(400):
            # Seven series of three growths each, some of a kind that grows fast: as uneven as series are.
            inclined = random.beta(1.0, 1.5, 7)
            growth = np.where(random.random((7, 3)) < inclined[:, None], 0.3, 0.1)
            found = class_share(0.2, np.repeat(np.arange(7), 3), growth.ravel())
            held.append(found.low <= 0.4 <= found.high)
        assert np.mean(held) >= 0.8

    @pytest.mark.parametrize(("number", "given"), [(2, False), (3, True)])
    def test_fewer_than_three_series_have_no_share(self, number: int, given: bool) -> None:
        found = class_share(0.2, list(range(number)) * 5, [0.1] * number * 5)
        assert (found.series, found.furthest) == (number, 0.1)
        assert math.isfinite(found.share) is given

    def test_without_growths_or_requirement_there_is_none(self) -> None:
        assert class_share(0.2, [], []).series == 0
        assert math.isnan(class_share(math.nan, list("abc"), [0.1] * 3).share)

    def test_a_fall_that_never_was_has_no_share(self) -> None:
        # An eighth less a year, against twelve series that never fell so much.
        found = class_share(-0.125, range(12), [-0.1, -0.05, 0.0, 0.1] * 3, sign=-1)
        assert (found.share, found.low) == (0, 0) and found.furthest == -0.1
        assert class_share(-0.125, range(12), [-0.2, 0.1] * 6, sign=-1).share == pytest.approx(0.5)


class TestGrowths:
    def test_of_all_areas_published_and_computed(self) -> None:
        frames = reference(
            year(2021, 100, area_id="elsewhere"), year(2022, 130, area_id="elsewhere"),
            year(2023, 260, area_id="elsewhere"), year(2023, 90, area_id="elsewhere") | RATE,
            year(2022, 12, area_id="zone") | RATE, year(2022, 12, area_id="zone") | RATE,
            {"period_start": "2022-01-01", "period_end": "2022-09-30", "value": 80, "area_id": "zone"} | RATE,
            year(2020, 50, area_id="prefecture", concept="related"), year(2021, 500, area_id="prefecture"),
        )  # fmt: skip
        every = growths_ever(seen(frames, AS_OF))
        found = once(every[over(every, 1)])
        shown = list(zip(found["area_id"], found["basis"], found["growth"].round(3), strict=True))
        # Of one year the published rate is kept; one rate printed twice is one; part of a year is none.
        assert shown == [("elsewhere", "levels", 0.3), ("elsewhere", "published", 0.9), ("zone", "published", 0.12)]
        # Two years together are compared with two years.
        assert every.loc[over(every, 2), "growth"].round(4).tolist() == [0.6125]

    def test_a_series_of_growth_rates_is_filed_in_its_class(self) -> None:
        frames = reference(year(2022, 12, indicator_id="unused") | RATE, year(2023, 14, indicator_id="unused") | RATE)
        kinds = frames.indicators.assign(quantity=["output_value", "growth_rate"])
        found = growths_ever(seen(replace(frames, indicators=kinds), AS_OF))
        assert found["growth"].tolist() == [0.12, 0.14] and set(found["reference_class"]) == {"class"}

    @pytest.mark.parametrize(
        ("row", "years", "growth"),
        [
            # The average of five years, and a total since a base that the row names.
            ({"period_start": "2016-01-01", "period_end": "2020-12-31", "unit_code": "percent_per_year", "value": 12}, 5, 0.12),
            ({"period_end": "2025-12-31", "growth_base_end": "2020-12-31", "value": 100, "unit_code": "percent"}, 5, 2**0.2 - 1),
            # Whether four years' growth is a total or an average no one can tell; nor since when one year is one.
            ({"period_start": "2017-01-01", "period_end": "2020-12-31", "unit_code": "percent", "value": 12}, 0, 0),
            ({"period_start": "2020-01-01", "period_end": "2020-12-31", "unit_code": "percent_per_year", "value": 12}, 0, 0),
        ],
    )
    def test_averages_over_several_years_are_kept_apart(self, row: dict[str, Any], years: float, growth: float) -> None:
        frames = reference({"measure": "growth_pct", "source_id": "s2025"} | row)
        found = growths_ever(seen(frames, AS_OF))
        assert not over(found, 1).any()
        assert list(zip(found["years"], found["growth"], strict=True)) == ([(years, pytest.approx(growth))] if years else [])

    def test_periods_that_overlap_count_once(self) -> None:
        points = [("2021-06-30", 100), ("2021-12-31", 110), ("2022-06-30", 130), ("2022-12-31", 150), ("2023-06-30", 170)]
        found = growths_ever(seen(tables(*(level(on, v) for on, v in points)), AS_OF))
        yearly = once(found[over(found, 1)])
        assert yearly["date_to"].dt.strftime("%Y-%m").tolist() == ["2022-06", "2023-06"]
        # Eleven months are nearly a year; ten are not.
        nearly = growths_ever(seen(tables(level("2021-12-31", 100), level("2022-11-30", 120), level("2022-10-31", 119)), AS_OF))
        assert nearly["date_to"].dt.strftime("%Y-%m").tolist() == ["2022-11"]

    @pytest.mark.parametrize(("years", "number"), [(1.0, 1), (1.2, 1), (1.3, 0), (0.8, 1), (0.7, 0), (2.0, 0)])
    def test_a_required_growth_is_compared_over_as_long_a_time(self, years: float, number: int) -> None:
        found = growths_ever(seen(tables(level("2022-12-31", 100), level("2023-12-31", 120)), AS_OF))
        assert len(comparable_growths(found, "class", "increase", years)) == number

    def test_other_classes_directions_and_the_own_series_are_left_out(self) -> None:
        found = growths_ever(seen(tables(level("2022-12-31", 100), level("2023-12-31", 120)), AS_OF))
        assert len(comparable_growths(found, "class", "increase", 1, ("x", "elsewhere"))) == 1
        assert comparable_growths(found, "class", "increase", 1, ("x", "city")).empty
        assert comparable_growths(found, "class", "decrease", 1).empty
        assert comparable_growths(found, "another", "increase", 1).empty


class TestSeries:
    def test_pages_of_one_publisher_are_one_source(self) -> None:
        figures = [
            level("2022-12-31", 100, source_id="s2022"),
            level("2023-12-31", 120, source_id="s2023"),
            level("2023-12-31", 90, source_id="undated"),
        ]
        found = like_points(seen(tables(*figures, reference_class="base_stations"), DAY))
        assert found["series"].tolist() == ["x|city|office", "x|city|office", "x|city|paper"]
        # In any other class two publishers speak of one thing, and differ about that year.
        assert like_points(seen(tables(*figures), DAY))["value"].tolist() == [100]

    @pytest.mark.parametrize("bound", ["at_most", "less_than", "at_least", "more_than"])
    def test_a_bound_is_no_point(self, bound: str) -> None:
        assert like_points(seen(tables(level("2023-12-31", 100, bound=bound)), DAY)).empty

    @pytest.mark.parametrize(("bound", "kept"), [("less_than", 2), ("at_most", 2), ("more_than", 0)])
    def test_only_a_bound_from_below_tells_two_definitions_apart(self, bound: str, kept: int) -> None:
        figures = [level("2023-12-31", 100), level("2023-12-31", 300, bound=bound), level("2024-12-31", 120)]
        assert len(like_points(seen(tables(*figures), DAY))) == kept

    @pytest.mark.parametrize(("day", "value"), [("2025-01-01", 100), ("2026-01-01", 130)])
    def test_a_figure_that_was_replaced_is_no_point_from_then_on(self, day: str, value: float) -> None:
        later = level("2023-12-31", 130, source_id="s2025", supersedes="o0001")
        assert like_points(seen(tables(level("2023-12-31", 100), later), day))["value"].tolist() == [value]

    @pytest.mark.parametrize(("text", "agreed"), [("5", [5.4]), ("5.0", [])])
    def test_figures_agree_as_finely_as_they_are_printed(self, text: str, agreed: list[float]) -> None:
        frames = tables(level("2023-12-31", 5), level("2023-12-31", 5.4))
        printed = replace(frames, observations=frames.observations.assign(value_text=[text, "5.4"]))
        assert like_points(seen(printed, DAY))["value"].tolist() == agreed


OTHERS = [
    level(f"{on}-12-31", value, area_id=area)
    for area, growth in (("elsewhere", 1.05), ("zone", 1.2), ("prefecture", 1.5))
    for on, value in ((2021, 100.0), (2022, 100 * growth))
]


class TestTargets:
    def test_a_target_is_compared_with_other_series_over_as_many_years(self) -> None:
        own = [level("2023-12-31", 200), level("2025-12-31", 400, source_id="s2025")]
        found = assess_target(seen(tables(*own, *OTHERS), AS_OF), "x")
        # 12.5 % in one year: two of three others did as well; the target's own doubling in two years is not asked.
        assert (found.reference_series, found.reference_growths, found.reference_basis) == (3, 3, "figure")
        assert found.reference_share_at_least == pytest.approx(2 / 3)
        assert (found.reference_years, found.reference_highest) == (1, pytest.approx(0.5))
        # From the end of 2024 two years are left, and no other series has shown two.
        earlier = assess_target(seen(tables(level("2024-12-31", 400), *OTHERS), AS_OF), "x")
        assert (earlier.reference_series, earlier.reference_basis) == (0, "") and math.isnan(earlier.reference_share_at_least)

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_from_an_upper_bound_it_is_at_most(self, language: str) -> None:
        figures = [level("2025-12-31", 400, area_id="prefecture", source_id="s2025"), *OTHERS]
        row = records(assess(seen(tables(*figures), AS_OF)))[0]
        assert (row["reference_basis"], row["reference_share_at_least"]) == ("upper_bound", pytest.approx(2 / 3))
        (said,) = _reference(row)
        words = {
            "zh": ["按上限推算，所需增速至少为 12.5%", "其他同类序列 3 个", "每 10 次至多有 7 次不低于 12.5%", "80% 区间 3—9 次"],
            "en": ["By the upper bound, at least 12.5 %", "In 3 other comparable series, growth over one year", "at most 7 of 10", "3 to 9"],
        }
        assert all(each in said.say(language) for each in words[language])  # type: ignore[arg-type]

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_a_target_that_falls_asks_who_fell_as_fast(self, language: str) -> None:
        falls = {"direction": "decrease", "comparator": "le", "quantity": "ratio", "value": 87.5}
        own = level("2025-12-31", 100, source_id="s2025")
        never = tables(own, *OTHERS, **falls)
        row = records(assess(seen(never, AS_OF)))[0]
        assert row["required_growth"] == pytest.approx(-0.125) and row["reference_share_at_least"] == 0
        (said,) = _reference(row)
        words = {"zh": ["不高于 −12.5%", "最低为 5.0%"], "en": ["−12.5 % or less in about 0 of 10", "the lowest was 5.0 %"]}
        assert all(each in said.say(language) for each in words[language])  # type: ignore[arg-type]
        fell = [{**row, "value": 10_000 / row["value"]} for row in OTHERS]
        below = level("2025-12-31", 100, bound="at_least", source_id="s2025")
        bounded = records(assess(seen(tables(below, *fell, **falls), AS_OF)))[0]
        assert (bounded["reference_basis"], bounded["reference_share_at_least"]) == ("lower_bound", pytest.approx(2 / 3))
        (least,) = _reference(bounded)
        words = {"zh": ["按下限推算，所需降幅至少为 12.5%", "至多有 7 次"], "en": ["By the lower bound, a fall of at least 12.5 %", "at most 7 of 10"]}
        assert all(each in least.say(language) for each in words[language])  # type: ignore[arg-type]
        assert assess_target(seen(tables(own, *fell, **falls), AS_OF), "x").reference_share_at_least == pytest.approx(2 / 3)
