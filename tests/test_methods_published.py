"""Other bodies' methods on other bodies' figures: every value and label that the publishers' own method gave."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from method_series import BY_CODE, NAN, TREND_BY_CODE, called, end_of

from daye_analysis.progress.published_methods.inputs import Series, inputs_of
from daye_analysis.progress.published_methods.method import verdicts
from daye_analysis.progress.published_methods.with_target import METHODS
from daye_analysis.progress.published_methods.without_target import TREND_METHODS

HERE = Path(__file__).parent
PUBLISHED = {
    name: list(csv.DictReader((HERE / f"published_methods/{name}.csv").open(encoding="utf-8")))
    for name in ("statcan", "eustat", "destatis")
}


def number(text: str) -> float:
    return float(text) if text else NAN


@pytest.mark.parametrize("row", PUBLISHED["statcan"], ids=lambda row: f"{row['method']} {row['series'][-6:]}")
def test_statistics_canada_gave_this_score_and_label(row: dict[str, str]) -> None:
    target = number(row["target"])
    series = Series(
        (end_of(row["base_year"]), end_of(row["year"])), (float(row["base"]), float(row["value"])),
        float(row["direction"]), float(row["base"]), end_of(row["base_year"]), target,
        end_of(row["due"]) if row["due"] else None, limit=number(row["limit"]),
    )  # fmt: skip
    method = (TREND_BY_CODE if math.isnan(target) else BY_CODE)[row["method"]]
    assert called(method, series)[0] == row["label"]
    if row["score"]:
        score = verdicts(method, inputs_of([series])).score[0]
        assert score == pytest.approx(float(row["score"]), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("row", PUBLISHED["eustat"], ids=lambda row: row["indicator"])
def test_eustat_gave_this_label(row: dict[str, str]) -> None:
    target = number(row["target"])
    series = Series(
        (end_of(row["base_year"]), end_of(row["year"])), (float(row["base"]), float(row["value"])),
        float(row["direction"]), float(row["base"]), end_of(row["base_year"]), target,
        None if math.isnan(target) else end_of(2030), per_cent=bool(row["per_cent"]),
    )  # fmt: skip
    method = (TREND_BY_CODE if math.isnan(target) else BY_CODE)["unsd_2023"]
    assert called(method, series)[0] == row["label"]


@pytest.mark.parametrize("row", PUBLISHED["destatis"], ids=lambda row: f"{row['indicator']} {row['year']}")
def test_destatis_gave_this_symbol(row: dict[str, str]) -> None:
    figures = [each.split(":") for each in row["figures"].split()]
    due = row["year"] if row["due"] == "each year" else row["due"]
    series = Series(
        tuple(end_of(y) for y, _ in figures), tuple(float(v) for _, v in figures), float(row["direction"]),
        target=number(row["target"]), due=end_of(due) if due else None,
    )  # fmt: skip
    assert called((BY_CODE if row["target"] else TREND_BY_CODE)["destatis"], series)[0] == row["label"]


def test_the_published_results_are_many_and_of_every_kind() -> None:
    assert {name: len(rows) for name, rows in PUBLISHED.items()} == {"statcan": 181, "eustat": 46, "destatis": 93}
    for name, labels in [("statcan", 5), ("eustat", 3), ("destatis", 4)]:
        assert len({row["label"] for row in PUBLISHED[name]}) == labels


@pytest.mark.parametrize(("page", "language"), [("methods.md", "en"), ("methods.zh-CN.md", "zh")])
def test_the_page_describes_every_method_and_what_was_read(page: str, language: str) -> None:
    text = (HERE.parent / "docs" / page).read_text(encoding="utf-8")
    for method in [*METHODS, *TREND_METHODS]:
        mark = "" if method.read else " †"
        assert f"**{method.name.say(language)}**{mark}" in text, method.code  # type: ignore[arg-type]
