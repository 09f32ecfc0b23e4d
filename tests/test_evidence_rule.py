"""Which figures decide, which bound, which only inform; what each date comes to; and what can say nothing."""

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from progress_tables import Frames, level, seen, tables, year

from daye_analysis.package.definition.judged import EVIDENCE_REASON, EVIDENCE_ROLE
from daye_analysis.package.evidence.intervals import Interval, printed_interval, printed_place, side
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES, quantity_type
from daye_analysis.package.evidence.target_evidence import evidence, timelines
from daye_analysis.package.evidence.timeline import Entry, Timeline
from daye_analysis.progress.assess import assess
from daye_analysis.progress.published_methods.comparison import compare_methods
from daye_analysis.progress.published_methods.trends import compare_trends

ROOT = Path(__file__).resolve().parents[1]
AS_OF = "2026-11-23"
OUTPUT: dict[str, Any] = {"quantity": "output_value", "unit_code": "cny_100m", "value": 300}
SUM: dict[str, Any] = {"quantity": "cumulative_flow", "unit_code": "projects", "value": 200, "scope": "cumulative"}
ANNUAL: dict[str, Any] = {"quantity": "annual_flow", "unit_code": "projects", "value": 60, "scope": "annual", "first_year": 2024}
PERCENT: dict[str, Any] = {"measure": "share_pct"}
SHARE: dict[str, Any] = {"quantity": "share", "unit_code": "percent", "value": 17, "additive": False}
COVERAGE: dict[str, Any] = {"quantity": "coverage", "unit_code": "percent", "value": 100, "scope": "sustained", "additive": False}
REDUCTION: dict[str, Any] = {"quantity": "cumulative_reduction", "unit_code": "percent", "value": 12, "additive": False}
RANK: dict[str, Any] = {"quantity": "rank", "unit_code": "rank", "value": 1, "comparator": "le", "direction": "decrease",
                        "scope": "sustained", "additive": False}  # fmt: skip
RATE: dict[str, Any] = {"quantity": "growth_rate", "unit_code": "percent", "value": 8, "additive": False}
RATIO: dict[str, Any] = {"quantity": "ratio", "unit_code": "percent", "value": 3, "additive": False}


def flow(start: str, end: str, value: float, **more: Any) -> dict[str, Any]:
    return {"period_start": start, "period_end": end, "measure": "flow", "value": value, "source_id": "s2025"} | more


def roles(frames: Frames, day: str = AS_OF) -> list[tuple[str, str]]:
    found = evidence(seen(frames, day)).sort_values("observation_id")
    return list(zip(found["role"], found["reason"], strict=True))


def line(frames: Frames, day: str = AS_OF) -> Timeline:
    return timelines(seen(frames, day)).get("x", Timeline())


def known(entry: Entry) -> tuple[str, float, float]:
    """Return the end of an entry's period and the ends of its interval as printed."""
    return str(entry.end), entry.low_shown, entry.high_shown


@pytest.mark.parametrize(
    ("figure", "role", "reason"),
    [
        (level("2024-12-31", 1), "decides", "comparable"),
        (level("2024-12-31", 1, bound="about"), "context", "approximate"),
        (level("2024-12-31", 1, bound="at_least"), "lower_bound", "stated_bound"),
        (level("2024-12-31", 1, bound="more_than"), "lower_bound", "stated_bound"),
        (level("2024-12-31", 1, bound="at_most"), "upper_bound", "stated_bound"),
        (level("2024-12-31", 1, bound="less_than"), "upper_bound", "stated_bound"),
        (level("2024-12-31", 1, doubt_en="scope unknown"), "context", "doubtful"),
        (level("2024-12-31", 1, doubt_zh="范围不明"), "context", "doubtful"),
        (level("2024-12-31", 1, concept="related"), "context", "related"),
        (level("2024-12-31", 1, statement="forecast"), "context", "forecast"),
        (level("2024-12-31", 1, statement="target"), "context", "aim"),
        (level("2024-12-31", 1, measure="growth_pct"), "context", "other_measure"),
        (level("2024-12-31", 1, unit_code="projects"), "context", "other_unit"),
        (level("2024-12-31", 1, concept="broader"), "upper_bound", "broader"),
        (level("2024-12-31", 1, concept="narrower"), "lower_bound", "narrower"),
        (level("2024-12-31", 1, area_id="prefecture"), "upper_bound", "containing"),
        (level("2024-12-31", 1, area_id="prefecture", concept="broader"), "upper_bound", "containing"),
        (level("2024-12-31", 1, area_id="zone"), "lower_bound", "contained"),
        (level("2024-12-31", 1, area_id="zone", concept="narrower"), "lower_bound", "contained"),
        # A figure both narrower in concept and of a larger area bounds nothing, nor the reverse.
        (level("2024-12-31", 1, area_id="prefecture", concept="narrower"), "context", "crossed"),
        (level("2024-12-31", 1, area_id="zone", concept="broader"), "context", "crossed"),
        # More than X has no top, less than X has no bottom, about X is no bound at all.
        (level("2024-12-31", 1, area_id="prefecture", bound="more_than"), "context", "open_above"),
        (level("2024-12-31", 1, area_id="prefecture", bound="less_than"), "upper_bound", "containing"),
        (level("2024-12-31", 1, area_id="prefecture", bound="about"), "context", "approximate"),
        (level("2024-12-31", 1, area_id="zone", bound="more_than"), "lower_bound", "contained"),
        (level("2024-12-31", 1, area_id="zone", bound="at_most"), "context", "open_below"),
        (level("2023-12-31", 1, area_id="prefecture"), "context", "before_plan"),
        (level("2023-12-31", 1), "decides", "comparable"),
        # A province's total is an upper bound worth saying only where it settles the question.
        (level("2024-12-31", 5000, area_id="province"), "context", "too_wide"),
        (level("2024-12-31", 12, area_id="province"), "upper_bound", "containing"),
        # What is said of a month that is not over cannot have happened, and stops nothing else from being judged.
        (level("2026-12-31", 1), "context", "not_ended"),
        (level("2026-11-30", 1), "decides", "comparable"),
    ],
)
def test_role_of_a_level(figure: dict[str, Any], role: str, reason: str) -> None:
    assert roles(tables(figure)) == [(role, reason)]


@pytest.mark.parametrize(
    ("figure", "role", "reason"),
    [
        (year(2025, 1), "decides", "comparable"),
        (flow("2025-01-01", "2025-09-30", 1), "lower_bound", "part_of_year"),
        (flow("2025-01-01", "2025-09-30", 1, bound="at_most"), "context", "open_below"),
        (flow("2025-01-01", "2025-10-31", 1, concept="narrower"), "lower_bound", "narrower"),
        (flow("2025-01-01", "2025-10-31", 1, concept="broader"), "context", "other_period"),
        (flow("2024-01-01", "2025-12-31", 1), "upper_bound", "several_years"),
        (flow("2024-01-01", "2025-12-31", 1, bound="at_least"), "context", "open_above"),
        (year(2025, 262.84, area_id="prefecture"), "upper_bound", "containing"),
        (level("2025-12-31", 200), "context", "other_measure"),
    ],
)
def test_role_of_a_years_flow(figure: dict[str, Any], role: str, reason: str) -> None:
    assert roles(tables({"source_id": "s2025"} | figure, **OUTPUT)) == [(role, reason)]


@pytest.mark.parametrize(
    ("figure", "kind", "role", "reason"),
    [
        (year(2024, 90, concept="broader"), SUM, "upper_bound", "broader"),
        (year(2025, 90, concept="broader"), SUM, "upper_bound", "broader"),
        (year(2021, 83), SUM, "context", "before_plan"),
        (flow("2023-07-01", "2024-12-31", 90), SUM, "upper_bound", "longer_period"),
        (flow("2023-07-01", "2024-12-31", 90, concept="broader"), SUM, "context", "other_period"),
        (flow("2024-03-01", "2024-08-31", 9), SUM, "decides", "comparable"),
        (year(2023, 90), ANNUAL, "context", "before_plan"),
        # A share, a rank or a rate of another scope bounds nothing; full coverage of a broader set proves its parts'.
        (level("2024-12-31", 15, area_id="prefecture", unit_code="percent"), SHARE, "context", "not_additive"),
        (level("2024-12-31", 100, area_id="prefecture"), COVERAGE, "lower_bound", "whole_set"),
        (level("2024-12-31", 100, concept="broader"), COVERAGE, "lower_bound", "whole_set"),
        (level("2024-12-31", 99.9, concept="broader"), COVERAGE, "context", "not_additive"),
        (level("2024-12-31", 100, concept="narrower"), COVERAGE, "context", "not_additive"),
        (level("2024-12-31", 100, concept="broader"), SHARE, "context", "not_additive"),
        (level("2023-12-31", 100, concept="broader"), COVERAGE, "context", "not_additive"),
        (level("2024-12-31", 1, area_id="zone", measure="rank"), RANK, "context", "not_additive"),
        (level("2024-12-31", 9, area_id="prefecture", measure="growth_pct"), RATE, "context", "not_additive"),
        (level("2024-12-31", 2, concept="broader"), RATIO, "context", "not_additive"),
        # A reduction counts from the plan's start and no other base, stated as a level.
        (level("2024-12-31", 4, growth_base_end="2023-12-31"), REDUCTION, "decides", "comparable"),
        (level("2024-12-31", 4, growth_base_end="2020-12-31"), REDUCTION, "context", "other_base"),
        (level("2024-12-31", 4), REDUCTION, "context", "other_base"),
        (year(2024, 4, unit_code="percent"), REDUCTION, "context", "other_measure"),
        (level("2024-12-31", 4, growth_base_end="2023-12-31", concept="broader"), REDUCTION, "context", "not_additive"),
    ],
)
def test_role_by_type_of_quantity(figure: dict[str, Any], kind: dict[str, Any], role: str, reason: str) -> None:
    # Tables are called additive wherever the type may be, so that the type alone is tested.
    frames = tables({"source_id": "s2025"} | figure, **(kind | {"additive": True}))
    assert roles(frames) == [(role, reason)]


@pytest.mark.parametrize(
    ("name", "measures", "assumed", "traits"),
    [
        ("stock", ("level",), ("level", ""), "additive grows"),
        ("output_value", ("flow",), ("", "flow"), "additive yearly grows summed"),
        ("ratio", ("level", "flow"), ("level", "flow"), "grows"),
        ("share", ("share_pct", "level"), ("level", "share_pct"), "limits"),
        ("coverage", ("share_pct", "level"), ("level", "share_pct"), "limits"),
        ("cumulative_flow", ("flow",), ("", "flow"), "additive cumulative summed"),
        ("annual_flow", ("flow",), ("", "flow"), "additive yearly summed"),
        ("cumulative_reduction", ("level",), ("level", "level"), "cumulative"),
        ("rank", ("rank",), ("rank", "rank"), ""),
        ("growth_rate", ("growth_pct",), ("growth_pct", "growth_pct"), ""),
    ],
)
def test_table_of_quantity_types(name: str, measures: tuple[str, ...], assumed: tuple[str, str], traits: str) -> None:
    kind = QUANTITY_TYPES[name]
    assert (kind.measures, (kind.without_period, kind.with_period)) == (measures, assumed)
    every = ("additive", "yearly", "cumulative", "grows", "summed", "limits")
    assert " ".join(trait for trait in every if getattr(kind, trait)) == traits
    assert kind.limits in (None, (0.0, 100.0))


def test_a_ratio_in_per_cent_is_a_share() -> None:
    assert quantity_type("ratio", "percent").name == "share"
    assert quantity_type("ratio", "count").name == "ratio"


def test_net_changes_bound_nothing() -> None:
    frames = tables(year(2025, -5, area_id="prefecture"), year(2025, 9, area_id="zone"), **OUTPUT)
    assert set(roles(frames, "2026-11-23")) == {("context", "not_additive")}


def test_units_convert_to_the_targets() -> None:
    found = evidence(seen(tables(year(2024, 2.5e10, unit_code="cny"), **OUTPUT)))
    assert found["figure"].tolist() == pytest.approx([250])


def test_places_that_are_not_nested_are_no_evidence() -> None:
    assert roles(tables(level("2024-12-31", 1, area_id="elsewhere"))) == []


def test_case_37_as_of_cuts_by_the_day_of_knowledge() -> None:
    frames = tables(level("2024-12-31", 400), level("2023-12-31", 300, source_id="undated"))
    assert [len(roles(frames, day)) for day in ("2024-12-31", "2025-01-01", "2026-11-23")] == [0, 1, 2]


def test_a_figure_replaces_another_from_the_day_on_which_it_was_known() -> None:
    frames = tables(level("2023-12-31", 400, source_id="s2023"), level("2023-12-31", 380, supersedes="o0001"))
    assert roles(frames, "2024-06-30") == [("decides", "comparable")]
    assert roles(frames) == [("context", "superseded"), ("decides", "comparable")]
    assert [entry.value for entry in line(frames, "2024-06-30").entries] == [400]
    assert [entry.value for entry in line(frames).entries] == [380]


@pytest.mark.parametrize(
    ("text", "bound", "place"),
    [("594.7", "exact", 0.1), ("594.76", "exact", 0.01), ("423", "exact", 1), ("28000", "exact", 1), ("28000", "about", 1000),
     ("0.05", "exact", 0.01), ("5.0", "exact", 0.1)],
)  # fmt: skip
def test_last_printed_place(text: str, bound: str, place: float) -> None:
    assert printed_place(text, bound) == pytest.approx(place)


@pytest.mark.parametrize(
    ("texts", "agreed"),
    [
        (("423", "423"), 423),
        (("423", "424"), None),
        (("860.8", "860.79"), 860.79),
        (("860.7", "860.79"), None),
        (("1000", "1004.4"), None),
        (("262.8", "262.84"), 262.84),
        (("5.0", "5.4"), None),
        (("5", "5.4"), 5.4),
        (("5", "5.6"), None),
    ],
)
def test_figures_agree_within_rounding_or_conflict(texts: tuple[str, ...], agreed: float | None) -> None:
    figures = [level("2024-12-31", float(text), value_text=text, unit_code="cny_100m") for text in texts]
    (entry,) = line(tables(*figures, unit_code="cny_100m")).entries
    assert entry.conflict is (agreed is None)
    assert sorted(entry.value_ids) == ["o0001", "o0002"]
    if agreed is None:
        assert set(roles(tables(*figures, unit_code="cny_100m"))) == {("context", "conflict")}
    else:
        assert entry.value == agreed


@pytest.mark.parametrize(
    ("bound", "agrees"),
    [
        (level("2024-12-31", 400, bound="more_than"), True),
        (level("2024-12-31", 423, bound="more_than"), False),
        (level("2024-12-31", 423, bound="at_least"), True),
        (level("2024-12-31", 423, bound="less_than"), False),
        (level("2024-12-31", 424, area_id="zone"), False),
        (level("2024-12-31", 422, area_id="prefecture"), False),
        (level("2025-12-31", 430, area_id="zone"), True),
    ],
)
def test_a_figure_that_a_bound_denies_decides_nothing(bound: dict[str, Any], agrees: bool) -> None:
    frames = tables(level("2024-12-31", 423), bound)
    assert line(frames).entries[0].conflict is not agrees
    assert (("decides", "comparable") in roles(frames)) is agrees


def test_an_assumption_yields_to_a_published_figure() -> None:
    frames = tables(level("2024-12-31", 400), level("2024-12-31", 500), assumed=frozenset({"o0002"}))
    assert [(entry.value, entry.assumption) for entry in line(frames).entries] == [(400, False)]
    assert roles(frames)[1] == ("context", "yields")


@pytest.mark.parametrize(
    ("figures", "entries"),
    [
        # An unbroken chain from the plan's start is a sum; what is known of the due date is carried there.
        ([flow("2024-01-01", "2024-12-31", 80), flow("2025-01-01", "2025-06-30", 30)],
         [("2024-12-31", 80, 80), ("2025-06-30", 110, 110), ("2026-12-31", 110, None)]),
        # A gap: the parts known are a lower bound, and nothing is put in between.
        ([flow("2024-01-01", "2024-06-30", 40), flow("2025-01-01", "2025-12-31", 70)],
         [("2024-06-30", 40, 40), ("2025-12-31", 110, None), ("2026-12-31", 110, None)]),
        ([flow("2025-01-01", "2025-12-31", 70)], [("2025-12-31", 70, None), ("2026-12-31", 70, None)]),
        # A half year inside a whole one is not counted twice.
        ([flow("2024-01-01", "2024-06-30", 40), flow("2024-01-01", "2024-12-31", 80)],
         [("2024-06-30", 40, 40), ("2024-12-31", 80, 80), ("2026-12-31", 80, None)]),
        # What two years came to, less one of them, is the other.
        ([flow("2024-01-01", "2025-12-31", 150), flow("2025-01-01", "2025-12-31", 70)],
         [("2025-12-31", 150, 150), ("2026-12-31", 150, None)]),
    ],
)  # fmt: skip
def test_a_cumulative_flow_sums_from_the_plans_start(
    figures: list[dict[str, Any]], entries: list[tuple[str, float, float | None]]
) -> None:
    found = [known(entry) for entry in line(tables(*figures, **SUM)).entries]
    assert [(day, low, None if high != high else high) for day, low, high in found] == entries


def test_a_sum_that_contradicts_its_own_years_is_a_conflict_in_both_directions() -> None:
    for total in (190, 150):
        frames = tables(flow("2024-01-01", "2024-12-31", 80), flow("2025-01-01", "2025-12-31", 80),
                        flow("2024-01-01", "2025-12-31", total), **SUM)  # fmt: skip
        assert set(roles(frames)) == {("context", "conflict")}
        assert not any(entry.decided for entry in line(frames).entries)


def test_printed_parts_may_miss_their_printed_total_by_their_rounding() -> None:
    parts = [flow("2024-01-01", "2024-12-31", 33.3), flow("2025-01-01", "2025-12-31", 33.3)]
    frames = tables(*parts, flow("2024-01-01", "2025-12-31", 66.7), **(SUM | {"unit_code": "cny_100m"}))
    entry = line(frames).entries[1]
    assert (entry.conflict, entry.value, entry.value_ids) == (False, 66.7, ("o0003",))
    off = tables(*parts, flow("2024-01-01", "2025-12-31", 66.9), **(SUM | {"unit_code": "cny_100m"}))
    assert ("context", "conflict") in roles(off)


@pytest.mark.parametrize(
    ("bound", "value", "interval"),
    [
        ("exact", 5, Interval(4.5, 5.5)),
        ("at_least", 5, Interval(low=5)),
        ("more_than", 5, Interval(low=5, low_open=True)),
        ("at_most", 5, Interval(high=5)),
        ("less_than", 5, Interval(high=5, high_open=True)),
        ("about", 5, Interval()),
    ],
)
def test_printed_bounds_are_intervals(bound: str, value: float, interval: Interval) -> None:
    assert printed_interval(value, bound, 0.5) == interval


@pytest.mark.parametrize(
    ("interval", "whole"),
    [
        (Interval(low=44, low_open=True), Interval(low=45)),
        (Interval(low=44), Interval(low=44)),
        (Interval(low=43.5), Interval(low=44)),
        (Interval(low=43.5, low_open=True), Interval(low=44)),
        (Interval(high=45, high_open=True), Interval(high=44)),
        (Interval(high=44.9), Interval(high=44)),
    ],
)
def test_more_than_44_things_are_at_least_45(interval: Interval, whole: Interval) -> None:
    assert interval.whole() == whole


@pytest.mark.parametrize(
    ("interval", "comparator", "found"),
    [
        (Interval(450, 450), "ge", "met"),
        (Interval(450, 450), "gt", "not_met"),
        (Interval(low=450), "ge", "met"),
        (Interval(low=450), "gt", "open"),
        (Interval(low=450, low_open=True), "gt", "met"),
        (Interval(high=450), "ge", "open"),
        (Interval(high=450), "gt", "not_met"),
        (Interval(high=450, high_open=True), "ge", "not_met"),
        (Interval(400, 500), "ge", "open"),
        (Interval(450, 450), "le", "met"),
        (Interval(450, 450), "lt", "not_met"),
        (Interval(high=450), "le", "met"),
        (Interval(high=450), "lt", "open"),
        (Interval(high=450, high_open=True), "lt", "met"),
        (Interval(low=450, low_open=True), "le", "not_met"),
        (Interval(low=450), "lt", "not_met"),
    ],
)
def test_side_of_the_target(interval: Interval, comparator: str, found: str) -> None:
    assert side(interval, 450, comparator) == found


def test_binary_rounding_upsets_no_tie() -> None:
    # 0.1 + 0.2 hundred million is not 0.3 in binary.
    assert side(Interval(0.1 + 0.2, 0.1 + 0.2), 0.3, "gt") == "not_met"
    assert side(Interval(0.3, 0.3), 0.1 + 0.2, "ge") == "met"


def test_every_role_and_reason_of_the_rule_has_a_label() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "daye_analysis/package/evidence").glob("*.py")
    )
    for code in (*EVIDENCE_ROLE.values, *EVIDENCE_REASON.values):
        assert f'"{code}"' in source, code


IMPOSSIBLE = [
    level("2025-12-31", float("nan")),
    level("2025-12-31", float("inf")),
    level("2025-12-31", None),
    level(None, 500),
    level("2025-12-31", 500, period_start="2026-01-01"),
    level("2025-12-31", -1),
    level("2025-12-31", 500, bound="some"),
    level("2025-12-31", 500, statement="rumour"),
    level("2025-12-31", 500, concept="like"),
    level("2025-12-31", 500, concept=None),
    level("2025-12-31", 500, measure="weight"),
]


@pytest.mark.parametrize("figure", IMPOSSIBLE, ids=str)
def test_a_figure_that_cannot_be_decides_nothing(figure: dict[str, Any]) -> None:
    frames = tables(level("2024-12-31", 400), figure)
    assert roles(frames) == [("decides", "comparable"), ("context", "impossible")]
    without = assess(seen(tables(level("2024-12-31", 400))))
    pd.testing.assert_frame_equal(assess(seen(frames)), without)


def test_an_identifier_of_two_figures_decides_nothing() -> None:
    frames = tables(level("2024-12-31", 1, observation_id="o1"), level("2025-12-31", 2, observation_id="o1"))
    assert roles(frames) == [("context", "impossible")] * 2


def test_a_share_of_more_than_a_hundred_decides_nothing() -> None:
    assert roles(tables(level("2025-12-31", 117, **PERCENT), **SHARE)) == [("context", "impossible")]
    assert roles(tables(level("2025-12-31", 100, **PERCENT), **SHARE)) == [("decides", "comparable")]


def test_a_figure_of_an_unknown_unit_decides_nothing() -> None:
    assert roles(tables(level("2025-12-31", 500, unit_code="bushels"))) == [("context", "other_unit")]


FIGURES = st.fixed_dictionaries({
    "period_start": st.sampled_from([None, None, "2024-01-01", "2025-01-01", "2026-01-01"]),
    "period_end": st.sampled_from([None, "2023-12-31", "2024-12-31", "2025-12-31"]),
    "value": st.sampled_from([float("nan"), float("inf"), None, -5.0, 0.0, 12.0, 100.0, 500.0]),
    "measure": st.sampled_from(["level", "flow", "share_pct", "rank", "growth_pct", "weight", None]),
    "bound": st.sampled_from(["exact", "exact", "at_least", "less_than", "some", None]),
    "statement": st.sampled_from(["outturn", "outturn", "forecast", "rumour", None]),
    "concept": st.sampled_from(["same", "same", "broader", "like", None]),
    "unit_code": st.sampled_from(["firms", "cny_100m", "percent", "bushels", None]),
    "observation_id": st.sampled_from(["o1", "o2", "o3", "o4"]),
    "area_id": st.sampled_from(["city", "prefecture", "nowhere"]),
})  # fmt: skip
KINDS: list[dict[str, Any]] = [{}, OUTPUT, SUM, ANNUAL, SHARE, COVERAGE, REDUCTION, RANK, RATE, RATIO]


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(KINDS), st.lists(FIGURES, min_size=1, max_size=6))
def test_any_figures_are_judged_without_failing(kind: dict[str, Any], figures: list[dict[str, Any]]) -> None:
    view = seen(tables(*figures, **kind))
    compare_methods(view)
    compare_trends(view)
    known = {each["observation_id"]: each for each in figures}
    named = " ".join(assess(view)[["value_observations", "lower_bound_observations", "upper_bound_observations"]].iloc[0])
    for observation_id in named.split():
        figure = known[observation_id]
        assert math.isfinite(figure["value"]) and figure["period_end"] and figure["statement"] == "outturn"
        assert [each["observation_id"] for each in figures].count(observation_id) == 1


class TestEndsGivenBySeveralFigures:
    def low(self, *figures: dict[str, Any], **more: Any) -> tuple[float, bool]:
        entry = timelines(seen(tables(*figures, **more)))["x"].entries[-1]
        return entry.low_shown, entry.low_is_open

    def test_of_one_date_it_is_excluded_only_as_computed(self) -> None:
        # More than 44 firms are at least 45, and so says the other page: 45 is not excluded.
        passed, reached = level("2024-12-31", 44, area_id="zone", bound="more_than"), level("2024-12-31", 45, bound="at_least")
        assert self.low(passed, reached) == self.low(reached, passed) == (45, False)
        assert self.low(passed) == (44, True) and self.low(passed, passed) == (44, True)

    def test_of_parts_of_a_sum_it_is_excluded_only_as_computed(self) -> None:
        first = year(2024, 10, period_end="2024-06-30", bound="more_than")
        second = year(2024, 5, period_start="2024-07-01", bound="at_least")
        counted = {"quantity": "cumulative_flow", "unit_code": "projects", "scope": "cumulative"}
        assert self.low(first, second, **counted) == (16, False)
        money = {"quantity": "output_value", "unit_code": "cny_100m"}
        assert self.low(first, second, **money) == (15, True)
        assert self.low(first, **money) == (10, True)


def test_a_number_of_many_digits_agrees_with_itself() -> None:
    figure = year(2025, 100000.9375, period_end="2025-01-31", source_id="s2025")
    found = timelines(seen(tables(figure, figure, quantity="output_value", unit_code="cny_100m")))["x"]
    assert not found.conflicting and found.entries[-1].low_shown == 100000.9375
