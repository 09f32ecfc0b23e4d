"""Sensitivity, reference class, scenarios and figures derived."""

import datetime as dt
import math
from typing import Any

import pytest
from progress_tables import Frames, level, seen, tables, year

from daye_analysis.package.evidence.evidence import judged_evidence
from daye_analysis.progress.derived import derived_figures
from daye_analysis.progress.judging import assess_target
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.reference_class import growths_ever, place
from daye_analysis.progress.scenarios import scenario_map, scenarios

AS_OF = "2026-11-23"


@pytest.mark.parametrize(
    ("figures", "robust", "variants"),
    [
        # 80 of 150 after a third of the time: ahead whatever is changed.
        ([("2022-12-31", 280), ("2023-12-31", 300), ("2024-12-31", 380)], True,
         {"base_earlier": "ahead", "other_scale": "ahead", "cut_offs_up": "ahead", "cut_offs_down": "ahead"}),
        # A lead of just five points flips with the cut-offs.
        ([("2023-12-31", 300), ("2024-12-31", 358)], False,
         {"other_scale": "ahead", "cut_offs_up": "in_line", "cut_offs_down": "ahead"}),
        ([("2023-12-31", 300), ("2024-12-31", 310), ("2025-06-30", 400)], False,
         {"base_later": "ahead", "last_dropped": "lagging", "other_scale": "ahead", "cut_offs_up": "ahead",
          "cut_offs_down": "ahead"}),
    ],
)  # fmt: skip
def test_a_label_that_flips_is_not_robust(
    figures: list[tuple[str, float]], robust: bool, variants: dict[str, str]
) -> None:
    frames = tables(*(level(on, value, source_id="s2025") for on, value in figures))
    found = assess_target(seen(frames), "x")
    assert (found.status, found.robust) == ("ahead", robust)
    assert dict(part.split(":") for part in found.variants.split()) == variants


GROWTH = {"period_end": "2025-12-31", "measure": "growth_pct", "value": 183.89, "unit_code": "percent",
          "growth_base_end": "2020-12-31", "source_id": "s2025"}  # fmt: skip


def test_a_figure_derived_from_a_growth_with_a_named_base() -> None:
    frames = tables(level("2025-12-31", 423, source_id="s2025"), GROWTH)
    (derived,) = derived_figures(judged_evidence(seen(frames)).rows["x"])
    assert (derived.date, round(derived.value)) == (dt.date(2020, 12, 31), 149)
    assert derived.low < 149 < derived.high and derived.high - derived.low < 0.5
    assert derived.observation_ids == ("o0001", "o0002")
    found = assess_target(seen(frames), "x")
    # It decides nothing: the base is still missing, and what it would give is a labelled sensitivity.
    assert (found.status, found.comparable_figures, found.base_date) == ("no_baseline", 1, None)
    assert found.other_bases == "2020-12-31*:ahead:+7.7"


def test_a_growth_without_a_named_base_gives_no_level() -> None:
    frames = tables(level("2025-12-31", 423, source_id="s2025"), GROWTH | {"growth_base_end": None})
    assert derived_figures(judged_evidence(seen(frames)).rows["x"]) == ()


def reference(*figures: dict[str, Any]) -> Frames:
    return tables(*figures, quantity="output_value", unit_code="cny_100m", value=300)


def test_growths_ever_shown_of_all_areas() -> None:
    rate = {"measure": "growth_pct", "unit_code": "percent"}
    frames = reference(
        year(2021, 100, area_id="elsewhere"), year(2022, 130, area_id="elsewhere"),
        year(2023, 260, area_id="elsewhere"), year(2023, 90, area_id="elsewhere") | rate,
        year(2022, 12, area_id="zone") | rate, year(2022, 12, area_id="zone") | rate,
        {"period_start": "2022-01-01", "period_end": "2022-09-30", "value": 80, "area_id": "zone"} | rate,
        year(2020, 50, area_id="prefecture", concept="related"), year(2021, 500, area_id="prefecture"),
    )  # fmt: skip
    found = growths_ever(frames, AS_OF)
    shown = list(zip(found["area_id"], found["basis"], found["growth"].round(3), strict=True))
    # The published rate stands for its year; one rate printed twice is one; part of a year is none.
    assert shown == [
        ("elsewhere", "levels", 0.3),
        ("elsewhere", "published", 0.9),
        ("zone", "published", 0.12),
    ]


def test_place_among_growths() -> None:
    found = place(0.2, [*[0.1, 0.2, 0.3] * 4, math.nan])
    assert (found.number, found.share_at_least, found.percentile) == (12, pytest.approx(2 / 3), 0.5)
    assert (found.median, found.highest) == (0.2, 0.3)


@pytest.mark.parametrize(("number", "given"), [(9, False), (10, True)])
def test_fewer_than_ten_growths_place_nothing(number: int, given: bool) -> None:
    found = place(0.2, [0.1] * number)
    assert (found.number, found.highest) == (number, 0.1)
    assert math.isfinite(found.share_at_least) is math.isfinite(found.percentile) is given


def test_no_growths_place_nothing() -> None:
    assert place(0.2, []).number == 0 and math.isnan(place(math.nan, [0.1]).percentile)


def test_scenario_map_is_the_growth_needed_from_each_start() -> None:
    found = scenario_map(300, [150, 240], ["2024-12-31", "2025-12-31"], dt.date(2026, 12, 31), [0.1, 0.3] * 5)
    assert found["required_growth"].round(4).tolist() == [0.4142, 0.118, 1.0, 0.25]
    assert found["share_at_least"].tolist() == [0, 0.5, 0, 0.5]
    assert found["above_all_seen"].tolist() == [True, False, True, False]


def test_scenarios_of_a_target_know_its_bounds() -> None:
    frames = reference(year(2025, 262.84, area_id="prefecture", source_id="s2025"))
    found, reason = scenarios(frames, "x", AS_OF)
    assert reason == Reason.NONE
    last = found[found["start_date"] == "2025-12-31"].set_index("share_of_target")["possible"]
    assert last.to_dict() == {0.4: True, 0.5: True, 0.6: True, 0.7: True, 0.8: True, 0.9: False, 0.95: False}
    assert found.loc[found["start_date"] < "2025-12-31", "possible"].all()
    nothing, why = scenarios(tables(value=7), "x", AS_OF)
    assert nothing.empty and why == Reason.SMALL_COUNT
