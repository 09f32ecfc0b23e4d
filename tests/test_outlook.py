"""What can be said without a comparable figure: ambition, run rate, scenarios, publications, earlier aims."""

import datetime as dt
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from progress_tables import frame, level, seen, tables, year

from daye_analysis import load
from daye_analysis.package.records import records
from daye_analysis.progress.outlook.ambition import ambition, usual_share
from daye_analysis.progress.outlook.earlier_aims import aims_met, earlier_aims
from daye_analysis.progress.outlook.publications import next_season, publications
from daye_analysis.progress.outlook.run_rate import run_rates
from daye_analysis.progress.outlook.scenarios import scenarios

AS_OF = "2026-11-29"
OTHERS = [
    level(f"{on}-12-31", value, area_id=area)
    for area, growth in (("elsewhere", 1.05), ("zone", 1.2), ("country", 1.5))
    for on, value in ((2021, 100.0), (2022, 100 * growth))
]


@pytest.fixture(scope="module")
def view():
    return load().of_plan("").as_of(AS_OF)


def rows_of(table: pd.DataFrame, **wanted: Any) -> list[dict[str, Any]]:
    return [row for row in records(table) if all(row[name] == value for name, value in wanted.items())]


class TestAmbition:
    @pytest.mark.parametrize(
        ("target", "area", "value", "percent"),
        [("srdi_smes", "huangshi", 256, 39), ("single_champions", "huangshi", 96, 31),
         ("cluster_new_materials", "hubei", 5000, 12), ("cluster_life_health", "huangshi", 262.84, 114)],
    )  # fmt: skip
    def test_the_target_as_a_share_of_areas_above(self, view, target: str, area: str, value: float, percent: int) -> None:
        (row,) = rows_of(ambition(view), target_id=target, area_id=area, statement="outturn")
        assert (row["value"], round(100 * row["ratio"]), row["is_share"]) == (value, percent, True)

    @pytest.mark.parametrize(
        ("figure", "found"),
        [
            (level("2024-12-31", 900, area_id="prefecture"), ("parent", 0.5, True)),
            (level("2024-12-31", 900, area_id="province"), ("containing", 0.5, True)),
            (level("2024-12-31", 900, area_id="prefecture", statement="target"), ("parent", 0.5, False)),
            (level("2024-12-31", 900, area_id="prefecture", concept="broader"), ("parent", 0.5, True)),
            (level("2024-12-31", 900, area_id="prefecture", concept="related"), None),
            (level("2024-12-31", 900, area_id="prefecture", doubt_en="no"), None),
            (level("2024-12-31", 900, area_id="prefecture", measure="growth_pct"), None),
            (level("2024-12-31", 900, area_id="prefecture", source_id="s2026"), None),
            (level("2024-12-31", 900, area_id="zone"), None),
            (level("2024-12-31", 900), None),
            (level("2024-12-31", 0, area_id="prefecture"), None),
        ],
    )
    def test_which_figures_serve(self, figure: dict[str, Any], found: tuple[str, float, bool] | None) -> None:
        rows = records(ambition(seen(tables(figure), AS_OF)))
        assert [(row["relation"], row["ratio"], row["is_share"]) for row in rows] == ([found] if found else [])

    def test_the_latest_figure_of_the_same_concept_goes_first(self) -> None:
        figures = [
            level("2023-12-31", 800, area_id="prefecture"), level("2022-12-31", 700, area_id="prefecture"),
            level("2024-12-31", 999, area_id="prefecture", concept="broader"),
        ]  # fmt: skip
        assert ambition(seen(tables(*figures), AS_OF))["value"].tolist() == [800]

    def test_a_part_of_a_year_is_no_year(self) -> None:
        half = year(2024, 900, area_id="prefecture", period_end="2024-06-30")
        assert ambition(seen(tables(half, quantity="output_value", unit_code="cny_100m"), AS_OF)).empty
        whole = year(2024, 900, area_id="prefecture")
        assert len(ambition(seen(tables(whole, quantity="output_value", unit_code="cny_100m"), AS_OF))) == 1

    def test_what_does_not_add_up_is_no_share(self) -> None:
        rows = records(ambition(seen(tables(level("2024-12-31", 900, area_id="prefecture"), additive=False), AS_OF)))
        assert [row["is_share"] for row in rows] == [False]

    def test_the_usual_share_is_of_one_date_and_falls_back_on_the_context(self, view) -> None:
        found = usual_share(view, "daye", "huangshi", "srdi_smes")
        assert found is not None and (found.indicator_id, round(found.share, 3)) == ("gdp", 0.404)
        own = usual_share(view, "daye", "hubei", "gazelle_unicorn_firms")
        assert own is not None and own.indicator_id == "gazelle_unicorn_firms" and own.period_start is None
        assert usual_share(view, "daye", "anhui", "gdp") is None


class TestRunRate:
    def test_vehicles_in_nine_months(self, view) -> None:
        (row,) = rows_of(run_rates(view), target_id="cluster_nev_icv")
        assert (row["months"], round(row["run_rate"], 1), round(100 * row["share_of_target"], 1)) == (9, 152.6, 30.5)

    @pytest.mark.parametrize(
        "part",
        [{"bound": "at_least"}, {"period_start": "2025-02-01"}, {"period_end": "2025-09-15"}, {"concept": "narrower"},
         {"area_id": "zone"}, {"period_end": "2025-12-31"}],
    )  # fmt: skip
    def test_only_whole_first_months_as_printed(self, part: dict[str, Any]) -> None:
        figure = year(2025, 30, **({"period_end": "2025-09-30"} | part))
        assert run_rates(seen(tables(figure, quantity="output_value", unit_code="cny_100m"), AS_OF)).empty

    @settings(max_examples=30)
    @given(months=st.integers(1, 11), value=st.floats(1, 1e6))
    def test_the_year_is_twelve_such_months(self, months: int, value: float) -> None:
        end = (pd.Timestamp(2025, months, 1) + pd.offsets.MonthEnd(0)).date().isoformat()
        figure = year(2025, value, period_end=end)
        (row,) = records(run_rates(seen(tables(figure, quantity="output_value", unit_code="cny_100m"), AS_OF)))
        assert row["run_rate"] * months == pytest.approx(value * 12)


class TestScenarios:
    def test_each_supposition_from_the_latest_figure(self) -> None:
        own = [level("2024-12-31", 300), level("2025-12-31", 360, source_id="s2025")]
        found = {row["scenario"]: row for row in records(scenarios(seen(tables(*own, *OTHERS), AS_OF)))}
        assert found["last_growth"]["growth"] == pytest.approx(0.2) and found["last_growth"]["value"] == pytest.approx(432)
        assert found["class_median"]["growth"] == pytest.approx(0.2) and found["class_median"]["series"] == 3
        assert found["best_tenth"]["growth"] == pytest.approx(0.5) and found["best_tenth"]["value"] == pytest.approx(540)
        assert [row["reaches"] for row in found.values()] == [False, False, True]
        assert found["best_tenth"]["start_needed"] == pytest.approx(300)

    def test_without_a_start_it_says_where_the_target_must_have_been(self) -> None:
        found = records(scenarios(seen(tables(*OTHERS), AS_OF)))
        assert {row["scenario"] for row in found} == {"class_median", "best_tenth"}
        for row in found:
            assert row["basis"] == "none" and math.isnan(row["value"]) and pd.isna(row["reaches"])
            assert row["start_date"] == pd.Timestamp("2025-12-31")
            assert row["start_needed"] * (1 + row["growth"]) == pytest.approx(450)

    def test_from_an_upper_bound_only_a_miss_is_certain(self) -> None:
        above = level("2025-12-31", 350, area_id="prefecture", source_id="s2025")
        found = {row["scenario"]: row for row in records(scenarios(seen(tables(above, *OTHERS), AS_OF)))}
        assert found["class_median"]["basis"] == "upper_bound"
        assert found["class_median"]["reaches"] is False and pd.isna(found["best_tenth"]["reaches"])

    @pytest.mark.parametrize(
        "more", [{"value": 7}, {"quantity": "rank", "unit_code": "rank", "value": 1}, {"scope": "annual", "quantity": "annual_flow"}]
    )
    def test_a_small_count_a_rank_and_each_year_have_none(self, more: dict[str, Any]) -> None:
        assert scenarios(seen(tables(*OTHERS, **more), AS_OF)).empty

    def test_nothing_once_the_time_is_over(self) -> None:
        assert scenarios(seen(tables(*OTHERS), "2027-02-01")).empty

    def test_a_falling_target_starts_above(self) -> None:
        falls = {"direction": "decrease", "comparator": "le", "quantity": "ratio", "value": 87.5}
        fell = [{**row, "value": 10_000 / row["value"]} for row in OTHERS]
        own = level("2025-12-31", 100, source_id="s2025")
        found = {row["scenario"]: row for row in records(scenarios(seen(tables(own, *fell, **falls), AS_OF)))}
        assert found["class_median"]["growth"] == pytest.approx(1 / 1.2 - 1) and found["class_median"]["reaches"]
        assert found["best_tenth"]["growth"] == pytest.approx(1 / 1.5 - 1)


class TestPublications:
    @pytest.mark.parametrize(
        ("first", "last", "day", "start", "end"),
        [
            (1, 3, dt.date(2026, 11, 29), dt.date(2027, 1, 1), dt.date(2027, 3, 31)),
            (1, 3, dt.date(2026, 2, 1), dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
            (7, 11, dt.date(2026, 11, 30), dt.date(2026, 7, 1), dt.date(2026, 11, 30)),
            (12, 2, dt.date(2027, 1, 5), dt.date(2026, 12, 1), dt.date(2027, 2, 28)),
            (12, 2, dt.date(2027, 3, 1), dt.date(2027, 12, 1), dt.date(2028, 2, 29)),
        ],
    )  # fmt: skip
    def test_the_season_in_which_the_day_lies_or_the_next(self, first, last, day, start, end) -> None:
        assert next_season(first, last, day) == (start, end)

    @given(first=st.integers(1, 12), last=st.integers(1, 12), day=st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
    def test_it_is_never_over(self, first: int, last: int, day: dt.date) -> None:
        start, end = next_season(first, last, day)
        assert end >= day and (start.month, end.month) == (first, last) and (end - start).days <= 366

    def test_the_work_report_comes_in_the_first_quarter(self, view) -> None:
        (row,) = rows_of(publications(view), publisher="大冶市人民政府")
        assert (row["kind"], row["first_month"], row["last_month"]) == ("gov_report", 1, 3)
        assert (row["next_start"], row["next_end"]) == (dt.date(2027, 1, 1), dt.date(2027, 3, 31))
        (bureau,) = rows_of(publications(view), publisher="大冶市科学技术局")
        assert "rd_projects" in bureau["target_ids"] and len(row["seen"]) == 3

    def test_what_was_published_later_is_not_yet_known(self) -> None:
        early = load().of_plan("").as_of("2024-06-30")
        assert all(day <= dt.date(2024, 6, 30) for days in publications(early)["seen"] for day in days)


def aims(*figures: dict[str, Any], **more: Any) -> pd.DataFrame:
    frames = tables(level("2024-12-31", 100, statement="target", **more), *figures)
    return earlier_aims(seen(frames, AS_OF))


class TestEarlierAims:
    @pytest.mark.parametrize(
        ("figures", "outcome"),
        [
            ([], "unpublished"),
            ([level("2024-12-31", 100)], "met"),
            ([level("2024-12-31", 99)], "not_met"),
            ([level("2024-12-31", 99, concept="broader")], "not_met"),
            ([level("2024-12-31", 130, concept="broader")], "open"),
            ([level("2024-12-31", 130, concept="narrower")], "met"),
            ([level("2024-12-31", 100, bound="at_least")], "met"),
            ([level("2024-12-31", 130, bound="about")], "unpublished"),
            ([level("2024-12-31", 130, doubt_en="no")], "unpublished"),
            ([level("2024-12-31", 130, statement="forecast")], "unpublished"),
            ([level("2023-12-31", 130)], "unpublished"),
            ([level("2024-12-31", 130, area_id="zone")], "unpublished"),
            ([level("2024-12-31", 130), level("2024-12-31", 90)], "conflict"),
        ],
    )
    def test_what_came_of_an_aim(self, figures: list[dict[str, Any]], outcome: str) -> None:
        assert aims(*figures)["outcome"].tolist() == [outcome]

    def test_an_aim_to_pass_a_value_is_not_met_at_it(self) -> None:
        assert aims(level("2024-12-31", 100), bound="more_than")["outcome"].tolist() == ["not_met"]

    def test_an_aim_whose_time_is_not_over_is_left_out(self) -> None:
        assert earlier_aims(seen(tables(level("2026-12-31", 100, statement="target")), AS_OF)).empty

    def test_an_aim_to_fall(self) -> None:
        frames = tables(level("2024-12-31", 100, statement="target"), level("2024-12-31", 90), direction="decrease", comparator="le")
        assert earlier_aims(seen(frames, AS_OF))["outcome"].tolist() == ["met"]

    def test_how_many_were_met(self) -> None:
        found = aims_met(frame([{"outcome": each} for each in ("met", "met", "not_met", "open", "conflict", "unpublished")]))
        assert (found.over, found.known, found.met) == (6, 3, 2) and 0.2 < found.low < 2 / 3 < found.high < 0.95
        none = aims_met(frame([{"outcome": "open"}]))
        assert none.known == 0 and math.isnan(none.low)

    def test_the_real_ones(self, view) -> None:
        found = {row["aim_id"]: row["outcome"] for row in records(earlier_aims(view))}
        # Huangshi's electronics came to 13.6 of 100 billion in 2020; Daye's signings of 2017 are counted in three ways.
        assert (found["o0626"], found["o0102"], found["o0106"]) == ("not_met", "conflict", "open")
