"""What judgement would believe and must not: figures, sources and replacements that contradict one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from package_factory import OFFICIAL_TEXT, sample_tables

from daye_analysis.package.check import check_tables
from daye_analysis.package.definition import TABLES, table
from daye_analysis.package.read.columns import columns_of_frame
from daye_analysis.package.read.typed import typed

Frames = dict[str, pd.DataFrame]
Edits = list[tuple[str, int, dict[str, str]]]
OBSERVATIONS = "data/observations.csv"


def frames() -> Frames:
    """Return the sample's tables, with a share as a further indicator at row 6."""
    tables = {
        name: pd.DataFrame(list(rows), columns=list(table(name).field_names), dtype=str)
        for name, rows in sample_tables().items()
    }
    part = tables["indicators"].iloc[[0]].assign(indicator_id="part", quantity="share", unit_code="percent", additive="false")
    tables["indicators"] = pd.concat([tables["indicators"], part], ignore_index=True)
    return tables


def found(tables: Frames) -> list[tuple[str, str]]:
    return [(each.code, each.where) for each in check_tables(tables, OFFICIAL_TEXT)]


def edited(edits: Edits, added: list[dict[str, str]]) -> Frames:
    """Return the sample's tables with cells changed, rows counted as a spreadsheet does, and observations added."""
    tables = frames()
    for name, row, cells in edits:
        if "value" in cells and name == "observations":
            cells = {"value_text": cells["value"], **cells}
        tables[name].loc[row - 2, list(cells)] = list(cells.values())
    if added:
        rows = [table("observations").completed(FIGURE | {"observation_id": f"z{i:04d}"} | each) for i, each in enumerate(added)]
        more = pd.DataFrame(rows, columns=list(table("observations").field_names), dtype=str)
        tables["observations"] = pd.concat([tables["observations"], more], ignore_index=True)
    return tables


# A figure of its own series; those added are at rows 14 and after.
FIGURE = {
    "indicator_id": "firms", "area_id": "area-2", "period_end": "2020-12-31", "measure": "level", "value": "120",
    "unit_code": "firms", "bound": "exact", "statement": "outturn", "concept": "narrower", "source_id": "s-2",
}  # fmt: skip
PART = {"indicator_id": "part", "unit_code": "percent", "concept": "same"}


def part_is(quantity: str) -> Edits:
    return [("indicators", 6, {"quantity": quantity})]


class Case(NamedTuple):
    """What is changed and added, and the code that it gets, with its row and field; none where all is well."""

    name: str
    edits: Edits
    added: list[dict[str, str]]
    code: str = ""
    at: str = ""


CASES = (
    # A part of a whole, whatever the measure.
    Case("a share of 100 as a level", [], [PART | {"value": "100"}]),
    Case("a share above 100 as a level", [], [PART | {"value": "170"}], "value.above-hundred", "14:value"),
    Case("a share below 0 as a level", [], [PART | {"value": "-1"}], "value.negative", "14:value"),
    Case("a coverage above 100", part_is("coverage"),
         [PART | {"value": "100.1"}], "value.above-hundred", "14:value"),
    Case("growth of a share above 100", [], [PART | {"value": "170", "measure": "growth_pct", "period_start": "2020-01-01"}]),
    Case("a ratio above 100", part_is("ratio"), [PART | {"value": "170"}]),
    Case("something related to a share", [], [PART | {"value": "170", "concept": "related"}]),
    Case("a doubted share", [], [PART | {"value": "170", "doubt_zh": "印误", "doubt_en": "a misprint"}]),
    Case("more than a whole", [], [PART | {"value": "100", "bound": "more_than"}], "value.bound-leaves-nothing", "14:bound"),
    Case("at least a whole", [], [PART | {"value": "100", "bound": "at_least"}]),
    Case("less than no firm", [], [{"value": "0", "bound": "less_than"}], "value.bound-leaves-nothing", "14:bound"),
    Case("at most no firm", [], [{"value": "0", "bound": "at_most"}]),
    Case("before the first place", [], [{"value": "1", "bound": "less_than", "measure": "rank", "unit_code": "rank"}],
         "value.bound-leaves-nothing", "14:bound"),
    # Things that are counted.
    Case("half a firm", [], [{"value": "120.5"}], "value.fractional", "14:value"),
    Case("a printed zero after the point", [], [{"value": "120.0"}]),
    Case("half a place", [], [{"value": "1.5", "measure": "rank", "unit_code": "rank"}], "value.fractional", "14:value"),
    Case("10.5 of ten thousand", [("measurement_units", 4, {"power_of_ten": "4"})], [{"value": "10.5"}]),
    Case("growth in firms", [], [{"value": "10.5", "measure": "growth_pct", "unit_code": "percent", "period_start": "2020-01-01"}]),
    # A hundredfold jump within a series.
    Case("a hundredfold year", [], [{}, {"period_end": "2021-12-31", "value": "12000"}], "value.factor-hundred", "15:value"),
    Case("a hundredth", [], [{"value": "12000"}, {"period_end": "2022-12-31"}], "value.factor-hundred", "15:value"),
    Case("a unit of another size", [("measurement_units", 4, {"power_of_ten": "2"})],
         [{"value": "12000"}, {"period_end": "2021-12-31", "value": "120.5", "concept": "same", "area_id": "area-1"}]),
    Case("ninety-nine fold", [], [{}, {"period_end": "2021-12-31", "value": "11880"}]),
    Case("from nothing much", [], [{"value": "9"}, {"period_end": "2021-12-31", "value": "1200"}]),
    Case("over many years", [], [{}, {"period_end": "2024-12-31", "value": "12000"}]),
    Case("in another series", [], [{}, {"period_end": "2021-12-31", "value": "12000", "concept": "broader"}]),
    Case("a month and a year", [], [
        {"measure": "flow", "period_start": "2020-12-01"}, {"measure": "flow", "period_start": "2021-01-01", "period_end": "2021-12-31", "value": "12000"}]),
    Case("a doubted neighbour", [], [{"doubt_zh": "试点", "doubt_en": "a pilot"}, {"period_end": "2021-12-31", "value": "12000"}]),
    Case("a figure that was replaced", [], [{"value": "12000"}, {"supersedes": "z0000", "source_id": "s-1"},
                                           {"period_end": "2021-12-31"}]),
    # What a page knows, and how often.
    Case("known 31 days early", [("sources", 4, {"known_on": "2020-11-30"})], [{}]),
    Case("known 32 days early", [("sources", 4, {"known_on": "2020-11-29"})], [{}], "period.known-before-end", "14:period_end"),
    Case("a forecast", [("sources", 4, {"known_on": "2020-11-29"})], [{"statement": "forecast"}]),
    Case("an undated page", [("sources", 4, {"known_on": "", "published": ""})], [{}]),
    Case("one figure twice", [], [{}, {}], "source.figure-twice", "15:source_id"),
    Case("one figure in two codings", [], [{}, {"concept": "broader", "bound": "about"}], "source.figure-twice", "15:source_id"),
    Case("one figure with another zero", [], [{}, {"value": "120.0"}], "source.figure-twice", "15:source_id"),
    Case("one figure from two pages", [], [{}, {"source_id": "s-1"}]),
    Case("an aim that was met", [], [{}, {"statement": "target"}]),
    # What replaces what.
    Case("a revision", [], [{}, {"value": "121", "supersedes": "z0000"}]),
    Case("a row of another day", [], [{}, {"value": "121", "period_end": "2020-11-30", "supersedes": "z0000"}],
         "supersedes.other-figure", "15:supersedes"),
    Case("a row of another measure", [], [{}, {"value": "1", "measure": "rank", "unit_code": "rank", "supersedes": "z0000"}],
         "supersedes.other-figure", "15:supersedes"),
    # Bases of change.
    Case("the base of a fall given as a level", part_is("cumulative_reduction"),
         [PART | {"value": "6.8", "growth_base_end": "2018-12-31"}]),
    Case("a base on the day of the fall", part_is("cumulative_reduction"),
         [PART | {"value": "6.8", "growth_base_end": "2020-12-31"}], "period.base-not-before", "14:growth_base_end"),
    Case("the base of a stock", [], [{"growth_base_end": "2018-12-31"}], "period.base-without-growth", "14:growth_base_end"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_contradicts_itself_is_refused_and_what_is_odd_but_true_is_not(case: Case) -> None:
    expected = [(case.code, f"{OBSERVATIONS}:{case.at}")] if case.code else []
    assert found(edited(case.edits, case.added)) == expected


def test_two_that_replace_one_another_are_both_named_with_the_way_round() -> None:
    tables = edited([], [{"supersedes": "z0001"}, {"value": "121", "supersedes": "z0000"}])
    problems = check_tables(tables, OFFICIAL_TEXT)
    assert [(p.code, p.where) for p in problems] == [("supersedes.circle", f"{OBSERVATIONS}:{row}:supersedes") for row in (14, 15)]
    assert "z0000 > z0001 > z0000" in problems[0].what.en


@pytest.mark.parametrize(
    ("printed", "latest"),
    [("2023", "2023-12-31"), ("2024-02", "2024-02-29"), ("2024-02-07", "2024-02-07"), ("2016-07 (again 2020)", "2016-07-31"),
     ("spring", "YYYY-MM-DD"), ("0000-13", "0000-13-31")],
)
def test_a_printed_date_without_a_known_day_is_given_the_latest_that_it_can_be(printed: str, latest: str) -> None:
    tables = edited([("sources", 3, {"published": printed, "known_on": ""})], [])
    (problem,) = [each for each in check_tables(tables, OFFICIAL_TEXT) if each.code == "source.known-on-missing"]
    assert problem.where == "data/sources.csv:3:known_on"
    assert latest in problem.remedy.en and latest in problem.remedy.zh


def test_an_address_in_another_spelling_is_the_same_page() -> None:
    tables = frames()
    urls = ["http://a.cn/x/", "https://www.A.cn/x", "https://a.cn/x#part", "https://a.cn/X", "https://a.cn/x?p=2", "", ""]
    extra = pd.concat([tables["sources"].iloc[[0]].assign(source_id=f"t-{i}", url=url) for i, url in enumerate(urls)])
    tables["sources"] = pd.concat([tables["sources"], extra], ignore_index=True)
    assert found(tables) == [("source.address-twice", f"data/sources.csv:{row}:url") for row in (6, 7)]


def test_every_message_is_in_both_languages_and_says_what_to_do() -> None:
    for case in CASES:
        for problem in check_tables(edited(case.edits, case.added), OFFICIAL_TEXT):
            assert problem.what.zh and problem.what.en and problem.what.zh != problem.what.en
            assert problem.remedy.zh and problem.remedy.en and problem.remedy.zh != problem.remedy.en
            assert "{" not in "".join((*problem.what, *problem.remedy))


DECIMALS = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False).map(str) | st.integers(0, 10**9).map(str)


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(DECIMALS, min_size=1, max_size=8))
def test_a_value_and_its_printed_text_are_read_as_one_number_and_kept_to_the_last_zero(texts: list[str]) -> None:
    figures = [table("observations").completed(FIGURE | {"observation_id": f"z{i:04d}", "value": text}) for i, text in enumerate(texts)]
    frame = pd.DataFrame(figures, columns=list(table("observations").field_names), dtype=str)
    rows = typed({"observations": columns_of_frame(table("observations"), frame)})["observations"]
    assert rows["value_text"].tolist() == texts
    assert rows["value"].tolist() == [float(text) for text in texts]


@settings(max_examples=60, deadline=None)
@given(replaced=st.lists(st.none() | st.integers(0, 5), min_size=6, max_size=6))
def test_exactly_the_rows_on_a_circle_are_named(replaced: list[int | None]) -> None:
    cells = [{"value": str(200 + i), "supersedes": "" if other is None else f"z{other:04d}"} for i, other in enumerate(replaced)]

    def comes_back(row: int) -> bool:
        here = replaced[row]
        for _ in replaced:
            if here == row:
                return True
            here = None if here is None else replaced[here]
        return False

    circle = [f"{OBSERVATIONS}:{14 + row}:supersedes" for row in range(6) if comes_back(row)]
    assert [where for code, where in found(edited([], cells)) if code == "supersedes.circle"] == circle


JUNK = st.text(max_size=12) | st.sampled_from(["stated", "o0000001", "NaN", "1e400", "0000-00-00", "9999-12-31", "-0", "١٢"])
NEW_FIELDS = ("date_basis", "value", "value_text", "supersedes", "growth_base_end", "period_end", "bound", "statement")


@settings(max_examples=120, deadline=None)
@given(cells=st.dictionaries(st.sampled_from(NEW_FIELDS), JUNK), source=st.dictionaries(st.sampled_from(("published", "known_on", "url")), JUNK))
def test_contradictory_and_impossible_figures_are_named_and_never_raise(cells: Mapping[str, str], source: Mapping[str, str]) -> None:
    tables = frames()
    tables["observations"].loc[4, list(cells)] = list(cells.values())
    tables["sources"].loc[1, list(source)] = list(source.values())
    for problem in check_tables(tables, OFFICIAL_TEXT):
        assert problem.code and problem.where.split(":")[0] in {each.path for each in TABLES}
