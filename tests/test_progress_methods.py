"""Other bodies' methods, sensitivity, and figures derived."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from progress_tables import level, tables

from daye_analysis.progress.comparison import compare_methods
from daye_analysis.progress.derived import derived_figures
from daye_analysis.progress.evidence import evidence, records_of_targets
from daye_analysis.progress.judging import assess_target
from daye_analysis.progress.published_methods import METHODS, Inputs, Level, verdicts

AS_OF = "2026-11-23"
BY_CODE = {method.code: method for method in METHODS}


def inputs(base: float, value: float, target: float, **more: Any) -> Inputs:
    """Return one target, halfway through four years, with enough points for every method."""
    given = {"gone": 2, "whole": 4, "direction": 1, "met": value >= target, "points": 6,
             "recent_change": (value - base) / 2, "per_cent": False} | more  # fmt: skip
    arrays = {
        name: np.array([v]) if isinstance(v, bool) else np.array([float(v)]) for name, v in given.items()
    }
    return Inputs(base=np.array([base]), value=np.array([value]), target=np.array([target]), **arrays)


@pytest.mark.parametrize(
    ("method", "figures", "level"),
    [
        ("even_schedule", (100, 160, 200), Level.ON_TRACK),
        ("even_schedule", (100, 145, 200), Level.ON_TRACK),  # exactly five points behind is in line
        ("even_schedule", (100, 144, 200), Level.OFF_TRACK),
        ("completion_rate", (390, 400, 450), Level.OFF_TRACK),
        ("completion_rate", (390, 460, 450), Level.MET),
        ("eurostat", (100, 110, 121), Level.ON_TRACK),
        ("eurostat", (100, 107, 121), Level.PARTLY),
        ("eurostat", (100, 101, 121), Level.OFF_TRACK),
        ("eurostat", (100, 99, 121), Level.AWAY),
        ("eurostat", (100, 125, 121), Level.MET),
        ("statcan_2023", (100, 107, 121), Level.PARTLY),
        ("statcan_signed", (100, 99, 121), Level.AWAY),
        ("unsd_2023", (100, 110, 121), Level.ON_TRACK),
        ("unsd_2023", (100, 102, 121), Level.PARTLY),
        ("unsd_2023", (100, 100, 121), Level.OFF_TRACK),
        ("unsd_2022", (100, 100, 121), Level.OFF_TRACK),
        ("unsd_2022", (100, 90, 121), Level.AWAY),
        ("escap", (100, 150, 200), Level.ON_TRACK),
        ("escap", (100, 149, 200), Level.PARTLY),
        ("escap", (100, 99, 200), Level.AWAY),
        ("sdsn", (100, 150, 200), Level.ON_TRACK),
        ("sdsn", (100, 125, 200), Level.PARTLY),
        ("sdsn", (100, 124, 200), Level.OFF_TRACK),
        ("destatis", (100, 150, 200), Level.ON_TRACK),
        ("destatis", (100, 145, 200), Level.PARTLY),  # 45 of 55 to go: misses by 18 per cent
        ("destatis", (100, 120, 200), Level.OFF_TRACK),
        ("destatis", (100, 100, 200), Level.AWAY),  # the gap stays
    ],
)
def test_what_each_method_says(method: str, figures: tuple[float, float, float], level: Level) -> None:
    assert verdicts(BY_CODE[method], inputs(*figures)).level[0] == level


def test_the_two_versions_of_statistics_canada_part_where_the_base_is_past_the_target() -> None:
    # Falling back towards the target: growth as "required", yet the wrong way.
    figures = inputs(120, 110, 100, met=False)
    assert verdicts(BY_CODE["statcan_2023"], figures).level[0] == Level.ON_TRACK
    assert verdicts(BY_CODE["statcan_signed"], figures).level[0] == Level.AWAY


def test_methods_are_silent_where_they_say_nothing() -> None:
    assert verdicts(BY_CODE["eurostat"], inputs(0, 5, 10)).level[0] == Level.SILENT
    assert verdicts(BY_CODE["destatis"], inputs(100, 150, 200, points=3)).level[0] == Level.SILENT
    assert verdicts(BY_CODE["eurostat"], inputs(100, 150, 200, points=1)).level[0] == Level.SILENT
    assert verdicts(BY_CODE["completion_rate"], inputs(10, 8, 6, direction=-1)).level[0] == Level.SILENT
    assert verdicts(BY_CODE["escap"], inputs(100, 90, 100)).level[0] == Level.SILENT


def test_within_a_point_of_full_counts_as_met_for_one_method_only() -> None:
    nearly = inputs(80, 99.2, 100, per_cent=True)
    met = {method.code for method in METHODS if verdicts(method, nearly).level[0] == Level.MET}
    assert met == {"unsd_2023"}


def test_a_method_whose_text_was_not_read_says_so() -> None:
    assert {method.code for method in METHODS if not method.read} == {
        "eurostat",
        "unsd_2022",
        "escap",
        "sdsn",
    }


def test_methods_are_compared_on_assessable_targets_only() -> None:
    found = compare_methods(tables(level("2023-12-31", 300), level("2024-12-31", 340)), AS_OF)
    assert found["method"].tolist() == [method.code for method in METHODS]
    assert found.set_index("method").at["destatis", "label_en"] == "not assessed"
    assert found.set_index("method").at["even_schedule", "label_zh"] == "滞后"
    assert compare_methods(tables(level("2024-12-31", 340)), AS_OF).empty


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
    found = assess_target(frames, "x", AS_OF)
    assert (found.status, found.robust) == ("ahead", robust)
    assert dict(part.split(":") for part in found.variants.split()) == variants


GROWTH = {"period_end": "2025-12-31", "measure": "growth_pct", "value": 183.89, "unit_code": "percent",
          "growth_base_end": "2020-12-31", "source_id": "s2025"}  # fmt: skip


def test_a_figure_derived_from_a_growth_with_a_named_base() -> None:
    frames = tables(level("2025-12-31", 423, source_id="s2025"), GROWTH)
    (derived,) = derived_figures(records_of_targets(evidence(frames, pd.Timestamp(AS_OF)))["x"])
    assert (derived.date, round(derived.value)) == (dt.date(2020, 12, 31), 149)
    assert derived.low < 149 < derived.high and derived.high - derived.low < 0.5
    assert derived.observation_ids == ("o0001", "o0002")
    found = assess_target(frames, "x", AS_OF)
    # It decides nothing: the base is still missing, and what it would give is a labelled sensitivity.
    assert (found.status, found.comparable_figures, found.base_date) == ("no_baseline", 1, None)
    assert found.other_bases == "2020-12-31*:ahead:+7.7"


def test_a_growth_without_a_named_base_gives_no_level() -> None:
    frames = tables(level("2025-12-31", 423, source_id="s2025"), GROWTH | {"growth_base_end": None})
    assert derived_figures(records_of_targets(evidence(frames, pd.Timestamp(AS_OF)))["x"]) == ()
