"""Sensitivity, and figures derived."""

import datetime as dt

import pytest
from progress_tables import level, seen, tables

from daye_analysis.package.evidence.target_evidence import judged_evidence
from daye_analysis.progress.assess import assess_target
from daye_analysis.progress.attainment.derived import derived_figures

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
