"""Whole packages: the published one, frames of strings, many errors at once, and damage of any kind."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from package_factory import OFFICIAL_TEXT, sample_tables, write_package

from daye_analysis.errors import CheckFailed
from daye_analysis.package.check import check_package, check_tables
from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.check.spans import QUOTED
from daye_analysis.package.definition import TABLES, table
from daye_analysis.package.read import read_tables
from daye_analysis.package.read.findings import MOST_OF_A_KIND
from daye_analysis.package.read.lexical import SPELLING_PROBLEMS
from daye_analysis.package.read.messages import CSV_PROBLEMS
from daye_analysis.package.untrusted import open_package
from daye_analysis.package.untrusted.messages import GUARD_PROBLEMS
from daye_analysis.package.validate import validate

ROOT = Path(__file__).parent.parent


def frames() -> dict[str, pd.DataFrame]:
    return {
        name: pd.DataFrame(list(rows), columns=list(table(name).field_names), dtype=str)
        for name, rows in sample_tables().items()
    }


def found(tables: dict[str, pd.DataFrame], text: str | None = OFFICIAL_TEXT) -> list[tuple[str, str]]:
    return [(each.code, each.where) for each in check_tables(tables, text)]


def test_the_published_package_is_valid_and_frictionless_agrees() -> None:
    from frictionless import Package

    report = validate(ROOT)
    assert report.say("en")[1:] == []
    assert (report.rows["tasks"], report.rows["targets"], report.rows["responsibilities"]) == (21, 39, 139)
    assert report.rows["observations"] > 1000
    verdict = Package(str(ROOT / "datapackage.json")).validate()
    assert verdict.valid, verdict.flatten(["title", "rowNumber", "fieldName", "message"])[:5]


def test_the_published_tables_read_as_printed() -> None:
    tables = read_tables(open_package(ROOT))
    import csv

    for each in TABLES:
        with (ROOT / each.path).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert (list(tables[each.name]), tables[each.name].to_numpy().tolist()) == (header, rows)


def test_every_quoted_table_is_checked_against_the_text() -> None:
    spanned = {each.name for each in TABLES if "source_start" in each.field_names}
    assert set(QUOTED) == spanned
    for name, quoted in QUOTED.items():
        tables = frames()
        tables[name].loc[0, quoted] = "原文没有的字"
        assert ("span.words-differ", f"data/{name}.csv:2:{quoted}") in found(tables)


def test_frames_are_checked_by_position_whatever_their_index() -> None:
    tables = frames()
    assert found(tables) == []
    tables["observations"].index = range(100, 112)
    tables["observations"].iloc[3, 7] = "x"
    assert found(tables) == [("cell.not-number", "data/observations.csv:5:value")]


def test_missing_tables_and_columns_are_named_and_the_rest_is_checked() -> None:
    tables = frames()
    del tables["units"]
    tables["areas"] = tables["areas"].drop(columns="level")
    tables["plans"].loc[0, "due"] = "soon"
    assert found(tables) == [
        ("table.missing", "data/units.csv"),
        ("csv.header", "data/areas.csv:1:level"),
        ("cell.not-date", "data/plans.csv:2:due"),
    ]


def test_tables_without_rows_are_fine_where_no_target_needs_them() -> None:
    tables = frames()
    for name in ("observations", "clusters", "unit_aliases", "responsibilities"):
        tables[name] = tables[name].iloc[:0]
    assert found(tables) == []
    tables["targets"] = tables["targets"].iloc[:0]
    assert found(tables) == [("table.empty", "data/targets.csv")]
    assert found({each.name: pd.DataFrame(columns=list(each.field_names), dtype=str) for each in TABLES}) == [
        ("table.empty", "data/targets.csv")
    ]


def test_the_report_as_json_names_file_row_and_field_apart(tmp_path: Path) -> None:
    rows = list(sample_tables()["observations"])
    rows[1] = {**rows[1], "value": "x"}
    report = validate(write_package(tmp_path / "package", {**sample_tables(), "observations": rows}))
    (problem,) = json.loads(report.to_json())["problems"]
    assert [problem[key] for key in ("file", "row", "field")] == ["data/observations.csv", 3, "value"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"measure": "share_pct", "value": "100.5"}, "value.above-hundred"),
        ({"measure": "share_pct", "value": "-0.5"}, "value.negative"),
        ({"measure": "share_pct", "value": "100"}, None),
        ({"measure": "share_pct", "value": "100.5", "concept": "related"}, None),
        ({"measure": "share_pct", "value": "100.5", "doubt_zh": "存疑", "doubt_en": "in doubt"}, None),
        ({"measure": "growth_pct", "value": "-150"}, None),
    ],
)
def test_a_share_lies_between_nought_and_a_hundred_unless_related_or_doubted(
    cells: dict[str, str], code: str | None
) -> None:
    tables = frames()
    cells = cells | {"value_text": cells["value"]}
    tables["observations"].loc[2, list(cells)] = list(cells.values())
    tables["observations"].loc[2, "growth_base_end"] = ""
    assert found(tables) == ([(code, "data/observations.csv:4:value")] if code else [])


def test_a_draft_is_told_what_is_still_missing() -> None:
    tables = frames()
    tables["targets"].loc[1, ["comparator", "value", "scope", "first_year", "obligation"]] = ""
    assert found(tables) == [
        ("cell.missing", f"data/targets.csv:3:{field}")
        for field in ("comparator", "value", "scope", "obligation")
    ]


def test_without_the_official_text_each_table_that_quotes_it_is_named() -> None:
    assert {code for code, _ in found(frames(), None)} == {"span.no-text"}


@pytest.mark.parametrize("circle", [[0], [0, 1], [0, 1, 2]])
def test_every_area_of_a_circle_is_named(circle: list[int]) -> None:
    tables = frames()
    for each, parent in zip(circle, [*circle[1:], circle[0]], strict=True):
        tables["areas"].loc[each, "parent_id"] = f"area-{parent}"
    assert found(tables) == [("area.circle", f"data/areas.csv:{each + 2}:parent_id") for each in circle]


def test_thirty_thousand_errors_are_counted_and_ten_thousand_listed(tmp_path: Path) -> None:
    rows = [{**row, "value": f"x{i}"} for i, row in enumerate(sample_tables(30_000)["observations"])]
    root = write_package(tmp_path / "package", {**sample_tables(30_000), "observations": rows})
    problems = check_package(root)
    assert len(problems) == MOST_OF_A_KIND + 1
    assert (problems[-1].code, problems[-1].where) == (
        "cell.more",
        f"data/observations.csv:{MOST_OF_A_KIND + 2}:value",
    )
    assert "20000" in problems[-1].what.en


@given(
    st.sampled_from([each.path for each in TABLES]),
    st.integers(0, 10_000),
    st.binary(max_size=6),
    st.integers(0, 40),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_of_any_kind_is_reported_and_crashes_nothing(
    tmp_path: Path, path: str, place: int, put: bytes, remove: int
) -> None:
    root = tmp_path / "package"
    if not root.exists():
        write_package(root)
        descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            del resource["hash"], resource["bytes"]
        (root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    good = (root / path).read_bytes()
    place %= len(good)
    (root / path).write_bytes(good[:place] + put + good[place + remove :])
    try:
        report = validate(root)
        assert all(line.isprintable() for language in ("zh", "en") for line in report.say(language))
        try:
            read_tables(open_package(root))
        except CheckFailed as failed:
            assert failed.problems
    finally:
        (root / path).write_bytes(good)


def test_words_ask_for_the_same_things_in_both_languages_where_they_must() -> None:
    words = {**GUARD_PROBLEMS, **CSV_PROBLEMS, **SPELLING_PROBLEMS, **CHECK_PROBLEMS}
    assert len(words) == sum(map(len, (GUARD_PROBLEMS, CSV_PROBLEMS, SPELLING_PROBLEMS, CHECK_PROBLEMS)))
    for code, texts in words.items():
        for text in texts:
            assert text.zh.endswith(("。", "}")), code
            assert text.en.endswith((".", "}")), code
            named = [{name for _, name, _, _ in string.Formatter().parse(each) if name} for each in text]
            one_sided = {"cell.missing", "area.circle"}
            assert code in one_sided or named[0] == named[1], code
