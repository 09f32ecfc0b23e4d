"""Strict CSV: what Python's csv module reads is read alike, and every departure is named at its row."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from package_factory import describe_again, write_package

from daye_analysis.errors import CheckFailed
from daye_analysis.package.check import check_package
from daye_analysis.package.definition import table
from daye_analysis.package.read import read_columns, read_tables, typed
from daye_analysis.package.read.columns import columns_of_frame
from daye_analysis.package.read.parse import parse_table
from daye_analysis.package.untrusted import ReadLimits, open_package

UNITS = table("units")
HEADER = ",".join(UNITS.field_names) + "\n"
CELLS = st.text(st.sampled_from('ab,"\n 市é😀'), max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=12), st.sampled_from([60, 10_000]))
@settings(max_examples=200, deadline=None)
def test_cells_are_those_of_the_csv_module(rows: list[tuple[str, ...]], block_bytes: int) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([UNITS.field_names, *rows])
    content = out.getvalue().encode("utf-8")
    longest = max((len(line) for line in content.split(b"\n")), default=0)
    # A block must hold the longest row, whose lines and quotes may be many.
    columns, problems = parse_table(UNITS, content, ReadLimits(), max(block_bytes, 4 * (4 * 30 + longest)))
    assert (problems, columns is not None) == ([], True)
    assert columns is not None
    cells = zip(*(columns.cells(name) for name in UNITS.field_names), strict=True)
    assert list(cells) == [tuple(row) for row in rows]
    assert columns.rows.tolist() == list(range(2, len(rows) + 2))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=10))
@settings(max_examples=200, deadline=None)
def test_every_ragged_row_is_named_and_the_others_are_read(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([UNITS.field_names, *rows])
    columns, problems = parse_table(UNITS, out.getvalue().encode("utf-8"), ReadLimits())
    ragged = [place + 2 for place, row in enumerate(rows) if len(row) != 4]
    assert [(each.code, each.where) for each in problems] == [
        ("csv.ragged-row", f"data/units.csv:{row}") for row in ragged
    ]
    assert columns is not None
    assert columns.cells("unit_id").tolist() == [row[0] for row in rows if len(row) == 4]
    assert columns.rows.tolist() == [place + 2 for place, row in enumerate(rows) if len(row) == 4]


@pytest.mark.parametrize(
    ("content", "found", "rows_read"),
    [
        (HEADER + "a,甲,A,bureau\n", [], 1),
        (HEADER, [], 0),
        ("\ufeff" + HEADER + "a,甲,A,bureau\n", [("csv.bom", "1")], 1),
        (HEADER + "a,甲,A,bureau\r\nb,乙,B,bureau\r\n", [("csv.carriage-return", "2")], 2),
        (HEADER + "a,甲,A,bureau", [("csv.no-final-newline", "2")], 1),
        (HEADER + "a,甲,A", [("csv.no-final-newline", "2"), ("csv.ragged-row", "2")], 0),
        (HEADER + "a,甲,A,bureau\n\nb,乙,B,bureau\n", [("csv.ragged-row", "3")], 2),
        (HEADER + 'a,甲,6" pipe,bureau\nb,乙,B,bureau\n', [("csv.quote", "2")], 0),
        (HEADER + 'a,甲,A,bureau\nb,"乙"x,B,bureau\n', [("csv.quote", "3")], 1),
        (HEADER + 'a,甲,A,bureau\nb,"乙,B,bureau\nc,丙,C,bureau\n', [("csv.unclosed-quote", "3")], 1),
        (HEADER + 'a,甲,A,bureau\nb,"乙,B,bureau\nc,"丙",C,bureau\n', [("csv.quote", "3")], 1),
        (HEADER + "a,甲,A,bureau\nb,\0,B,bureau\n", [("csv.nul", "3")], 1),
        (HEADER.replace("kind", "sort"), [("csv.header", "1:kind")], None),
        (HEADER.replace(",kind", ""), [("csv.header", "1:kind")], None),
        (HEADER.replace("kind", "kind,kind2"), [("csv.header", "1")], None),
        ("name_zh,unit_id,name_en,kind\n", [("csv.header", "1:unit_id")], None),
        (HEADER.replace(",", ";"), [("csv.header", "1:unit_id")], None),
        ("", [("csv.no-final-newline", "1"), ("csv.header", "1:unit_id")], None),
        (",".join(f"c{i}" for i in range(100_000)) + "\n", [("csv.too-many-columns", "1")], None),
    ],
)
def test_case_10_departures(content: str, found: list[tuple[str, str]], rows_read: int | None) -> None:
    columns, problems = parse_table(UNITS, content.encode("utf-8"), ReadLimits())
    assert [(each.code, each.where) for each in problems] == [
        (code, f"data/units.csv:{where}") for code, where in found
    ]
    assert (None if columns is None else len(columns)) == rows_read


def test_gbk_is_named_at_its_row_and_the_rows_before_are_read() -> None:
    content = (HEADER + "a,甲,A,bureau\n").encode("utf-8") + "b,乙,B,bureau\n".encode("gbk")
    columns, problems = parse_table(UNITS, content, ReadLimits())
    assert [(each.code, each.where) for each in problems] == [("csv.not-utf8", "data/units.csv:3")]
    assert columns is not None
    assert columns.cells("unit_id").tolist() == ["a"]


def test_problems_of_files_and_cells_come_together_and_unread_rows_are_not_missed(tmp_path: Path) -> None:
    root = write_package(tmp_path / "package")
    units = root / "data/units.csv"
    units.write_bytes(units.read_bytes().replace(b"statistics,", b"statistics,,,"))
    sources = root / "data/sources.csv"
    sources.write_bytes(sources.read_bytes().replace(b",official,", b",semi-official,", 1))
    describe_again(root)
    assert [(each.code, each.where) for each in check_package(root)] == [
        ("csv.ragged-row", "data/units.csv:4"),
        ("cell.unknown-code", "data/sources.csv:2:tier"),
    ]


def test_typed_gives_plain_types_and_the_same_values(tmp_path: Path) -> None:
    root = write_package(tmp_path / "package")
    strings = read_tables(open_package(root))
    frames = typed(read_columns(open_package(root)))
    observations = frames["observations"]
    assert {str(dtype) for dtype in observations.dtypes} == {"string", "float64", "datetime64[s]"}
    assert str(frames["targets"]["first_year"].dtype) == "Int64"
    assert str(frames["clusters"]["is_place"].dtype) == "boolean"
    assert observations["value"].tolist() == [float(each) for each in strings["observations"]["value"]]
    assert (
        (observations["value"] < 0).sum()
        == sum(v.startswith("-") for v in strings["observations"]["value"])
        > 0
    )
    assert (
        observations["period_start"].isna().sum() == (strings["observations"]["period_start"] == "").sum() > 0
    )
    assert observations["period_end"].iloc[0] == np.datetime64(strings["observations"]["period_end"].iloc[0])
    assert frames["areas"]["parent_id"].isna().tolist() == [True, False, False]


def test_typed_names_every_cell_that_is_misspelt(tmp_path: Path) -> None:
    strings = read_tables(open_package(write_package(tmp_path / "package")))
    strings["observations"].loc[4, "value"] = "1,000"
    strings["plans"].loc[0, "due"] = "2026-1-1"
    with pytest.raises(CheckFailed) as caught:
        typed({name: columns_of_frame(table(name), frame) for name, frame in strings.items()})
    assert {(each.code, each.where) for each in caught.value.problems} == {
        ("cell.not-date", "data/plans.csv:2:due"),
        ("cell.not-number", "data/observations.csv:6:value"),
    }


def test_a_field_longer_than_a_spreadsheet_cell_is_named(tmp_path: Path) -> None:
    root = write_package(tmp_path / "package")
    sources = root / "data/sources.csv"
    sources.write_bytes(sources.read_bytes().replace("样例市统计局".encode(), b"x" * 40_000, 1))
    describe_again(root)
    assert [(each.code, each.where) for each in check_package(root)] == [
        ("cell.too-long", "data/sources.csv:2:publisher")
    ]


def test_limits_can_be_set() -> None:
    _, problems = parse_table(UNITS, HEADER.encode(), replace(ReadLimits(), columns=3))
    assert problems[0].code == "csv.too-many-columns"
    assert "3" in problems[0].what.en
