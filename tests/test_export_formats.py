"""Every export holds the same cells, with real types, and text never becomes anything but text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from daye_analysis import load
from daye_analysis.errors import CheckFailed
from daye_analysis.package.definition import EVIDENCE, EXPORTED_TABLES, TABLES, Field, Table, table
from daye_analysis.package.evidence.target_evidence import evidence, evidence_table
from daye_analysis.package.export import export, xlsx
from daye_analysis.package.export.exports import _compared
from daye_analysis.package.export.sqlite import write_sqlite
from daye_analysis.package.export.xlsx import write_xlsx
from daye_analysis.package.package_tables import PackageTables

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    destination = tmp_path_factory.mktemp("export") / "out"
    export(ROOT, destination)
    return destination


def _only(folder: Path, suffix: str) -> Path:
    (found,) = folder.glob(f"*{suffix}")
    return found


def _expected(field: Field, text: str) -> Any:
    if text == "":
        return None
    if field.type == "date":
        return dt.date.fromisoformat(text)
    if field.type == "boolean":
        return text == "true"
    return {"integer": int, "number": float, "string": str}[field.type](text)


def _csv_cells(each: Table) -> list[tuple[Any, ...]]:
    with (ROOT / each.path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [
        tuple(_expected(field, text) for field, text in zip(each.fields, row, strict=True))
        for row in rows[1:]
    ]


def _from_sqlite(folder: Path, each: Table) -> Iterator[tuple[Any, ...]]:
    with closing(sqlite3.connect(_only(folder, ".sqlite"))) as database:
        for row in database.execute(f"SELECT * FROM {each.name}"):
            yield tuple(
                cell
                if cell is None
                else bool(cell)
                if field.type == "boolean"
                else dt.date.fromisoformat(cell)
                if field.type == "date"
                else cell
                for field, cell in zip(each.fields, row, strict=True)
            )


def _from_parquet(folder: Path, each: Table) -> Iterator[tuple[Any, ...]]:
    import duckdb

    path = (folder / "parquet" / f"{each.name}.parquet").as_posix()
    with duckdb.connect() as database:
        yield from database.execute(f"SELECT * FROM read_parquet('{path}')").fetchall()


@lru_cache
def _book(path: Path) -> Any:
    import openpyxl

    return openpyxl.load_workbook(path)


def _from_xlsx(folder: Path, each: Table) -> Iterator[tuple[Any, ...]]:
    for row in _book(_only(folder, ".xlsx"))[each.name].iter_rows(min_row=2, values_only=True):
        yield tuple(cell.date() if isinstance(cell, dt.datetime) else cell for cell in row)


def _from_zip(folder: Path, each: Table) -> Iterator[tuple[Any, ...]]:
    with zipfile.ZipFile(_only(folder, ".zip")) as archive:
        rows = list(csv.reader(io.StringIO(archive.read(each.path).decode("utf-8"), newline="")))
    for row in rows[1:]:
        yield tuple(_expected(field, text) for field, text in zip(each.fields, row, strict=True))


def test_the_evidence_is_the_same_in_every_format(exported: Path) -> None:
    with (exported / "evidence.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert header == list(EVIDENCE.field_names)
    expected = [tuple(_expected(field, text) for field, text in zip(EVIDENCE.fields, row, strict=True)) for row in rows]
    for read in (_from_sqlite, _from_parquet, _from_xlsx):
        assert list(read(exported, EVIDENCE)) == expected
    assert {row[2] for row in expected} == {"decides", "lower_bound", "upper_bound", "context"}


@pytest.mark.parametrize(
    "read", [_from_zip, _from_sqlite, _from_parquet, _from_xlsx], ids=lambda f: f.__name__
)
def test_every_cell_of_every_table_is_the_same(exported: Path, read: Any) -> None:
    for each in TABLES:
        assert list(read(exported, each)) == _csv_cells(each), each.name


def test_frictionless_and_we_read_the_archive(exported: Path) -> None:
    from frictionless import Package

    archive = _only(exported, ".zip")
    assert Package(str(archive)).validate().valid
    assert len(load(archive).observations) == len(_csv_cells(table("observations")))


def test_the_archive_describes_itself(exported: Path) -> None:
    with zipfile.ZipFile(_only(exported, ".zip")) as archive:
        names = archive.namelist()
        assert archive.read("datapackage.json") == (ROOT / "datapackage.json").read_bytes()
    assert {"croissant.json", "CITATION.cff", "docs/dictionary.md", "data/source/task_list.zh.txt"} <= set(
        names
    )


def test_exporting_the_archive_gives_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    export(_only(exported, ".zip"), tmp_path / "again")
    for path in sorted(exported.rglob("*")):
        if path.is_file():
            assert (tmp_path / "again" / path.relative_to(exported)).read_bytes() == path.read_bytes(), (
                path.name
            )


def test_sqlite_has_types_keys_and_references(exported: Path) -> None:
    with closing(sqlite3.connect(_only(exported, ".sqlite"))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for each in TABLES:
            keys = database.execute(f"PRAGMA foreign_key_list({each.name})").fetchall()
            assert {(key[2], key[3]) for key in keys} == {
                (k.reference, k.fields[0]) for k in each.foreign_keys
            }
            described = database.execute(f"PRAGMA table_info({each.name})").fetchall()
            assert [row[1] for row in sorted(described, key=lambda row: row[5]) if row[5]] == list(
                each.primary_key
            )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE observations SET concept = 'alike' WHERE observation_id = 'o0001'",
        "UPDATE observations SET value = 'many' WHERE observation_id = 'o0001'",
        "UPDATE observations SET period_end = '31.12.2025' WHERE observation_id = 'o0001'",
        "UPDATE observations SET period_end = '2025-02-30' WHERE observation_id = 'o0001'",
        "UPDATE observations SET source_id = 'no one' WHERE observation_id = 'o0001'",
        "UPDATE clusters SET is_place = 2",
        "UPDATE tasks SET position = 0 WHERE task_id = 'T01'",
        "DELETE FROM measurement_units",
    ],
)
def test_sqlite_refuses_what_the_definition_refuses(exported: Path, statement: str) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        with closing(sqlite3.connect(_only(exported, ".sqlite"))) as file:
            file.backup(database)
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(statement)


def test_the_view_of_targets_is_complete_and_agrees_with_the_rule_in_python(exported: Path) -> None:
    with closing(sqlite3.connect(_only(exported, ".sqlite"))) as database:
        database.row_factory = sqlite3.Row
        overview = {row["target_id"]: row for row in database.execute("SELECT * FROM target_overview")}
        in_sql = [
            (row["target_id"], row["observation_id"])
            for row in database.execute("SELECT * FROM deciding_figures")
        ]
        observations = database.execute("SELECT count(*) FROM observation_overview").fetchone()[0]
        judged = [tuple(row) for row in database.execute("SELECT * FROM evidence")]
        explained = database.execute("SELECT count(*) FROM evidence_overview").fetchone()[0]
    package = load()
    tables, rule = package.tables, evidence(package.as_of(package.known_until))
    like = rule[rule["role"] == "decides"]
    assert explained == len(judged) == len(rule)
    assert {row[:4] for row in judged} == set(
        zip(rule["target_id"], rule["observation_id"], rule["role"], rule["reason"], strict=True)
    )
    assert in_sql == list(zip(like["target_id"], like["observation_id"], strict=True))
    assert set(overview) == set(tables["targets"]["target_id"])
    assert observations == len(tables["observations"])
    high_tech = overview["high_tech_enterprises"]
    assert (high_tech["latest_value"], high_tech["latest_period_end"]) == (423.0, "2025-12-31")
    assert (high_tech["lead_units_zh"], high_tech["task_id"]) == ("市科技局", "T10")
    assert all(row["lead_units_zh"] and row["action_en"] for row in overview.values())
    latest = like.groupby("target_id")["period_end"].max().dt.strftime("%Y-%m-%d")
    for target_id, row in overview.items():
        assert row["latest_period_end"] == latest.get(target_id)


def test_a_copy_that_differs_is_found_before_anything_is_published(exported: Path, tmp_path: Path) -> None:
    import shutil

    staging = shutil.copytree(exported, tmp_path / "staging")
    with closing(sqlite3.connect(_only(staging, ".sqlite"))) as database:
        database.execute("UPDATE observations SET value = value + 0.01 WHERE observation_id = 'o0001'")
        database.execute("UPDATE units SET unit_id = 'other' WHERE unit_id = 'science_bureau'")
        database.execute("UPDATE sources SET url = NULL WHERE source_id = 'd-plan-2024'")
        database.commit()
    with pytest.raises(CheckFailed) as caught:
        _compared(staging, _only(staging, ".zip").stem)
    assert {problem.code for problem in caught.value.problems} == {"export.exports-differ"}
    assert [problem.where for problem in caught.value.problems] == [
        "data/units.csv",
        "data/sources.csv",
        "data/observations.csv",
    ]
    assert "SQLite" in caught.value.problems[0].what.en


def with_evidence(package: PackageTables) -> dict[str, pd.DataFrame]:
    return {**package.tables, "evidence": evidence_table(package.tables, str(package.compiled_on))}


_FORMULA_LIKE = [
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "{=1}",
    "2026-1",
    "007",
    "TRUE",
]


def test_case_13_text_that_looks_like_a_formula_or_a_number_stays_text(tmp_path: Path) -> None:
    import openpyxl
    from package_metadata import METADATA

    tables = with_evidence(load())
    units = tables["units"].head(len(_FORMULA_LIKE)).copy()
    units["name_zh"] = pd.Series(_FORMULA_LIKE, dtype="string")
    tables["units"] = units
    write_xlsx(tables, METADATA, tmp_path / "book.xlsx")
    cells = [row[1] for row in openpyxl.load_workbook(tmp_path / "book.xlsx")["units"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in _FORMULA_LIKE]


def test_a_text_that_no_cell_can_hold_is_told_with_its_place(tmp_path: Path) -> None:
    from package_metadata import METADATA

    tables = with_evidence(load())
    tables["units"] = tables["units"].head(2).assign(name_zh=pd.Series(["字" * 32_767, "字" * 32_768], dtype="string"))
    with pytest.raises(CheckFailed) as caught:
        write_xlsx(tables, METADATA, tmp_path / "book.xlsx")
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("export.text-too-long", "data/units.csv:3")


def test_many_rows_written_one_by_one_are_the_same_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from package_metadata import METADATA

    tables = with_evidence(load())
    for name, limit in (("whole", 10**9), ("one-by-one", 0)):
        monkeypatch.setattr(xlsx, "_LARGE", limit)
        write_xlsx(tables, METADATA, tmp_path / f"{name}.xlsx")
    for each in TABLES:
        read = [list(xlsx.read_xlsx(tmp_path / f"{name}.xlsx", each)) for name in ("whole", "one-by-one")]
        assert read[0] == read[1]
        assert len(read[0]) == len(tables[each.name])


def test_case_14_negative_numbers_stay_numbers(exported: Path) -> None:
    place = table("observations").field_names.index("value")
    for read in (_from_zip, _from_sqlite, _from_parquet, _from_xlsx):
        values = [row[place] for row in read(exported, table("observations"))]
        assert min(values) < 0
        assert {type(value) for value in values} <= {int, float}


def test_rows_that_break_the_definition_never_reach_a_database(tmp_path: Path) -> None:
    tables = with_evidence(load())
    observations = tables["observations"].copy()
    observations.loc[0, "source_id"] = "nobody"
    tables["observations"] = observations
    with pytest.raises(CheckFailed) as broken:
        write_sqlite(tables, tmp_path / "a.sqlite")
    assert broken.value.problems[0].code == "export.broken-reference"
    observations.loc[0, "concept"] = "alike"
    with pytest.raises(CheckFailed) as refused:
        write_sqlite(tables, tmp_path / "b.sqlite")
    assert refused.value.problems[0].code == "export.row-refused"


def test_the_workbook_explains_itself_and_freezes_headers(exported: Path) -> None:
    book = _book(_only(exported, ".xlsx"))
    assert book.sheetnames == ["说明", *(each.name for each in EXPORTED_TABLES), "代码"]
    assert all(book[each.name].freeze_panes == "B2" for each in EXPORTED_TABLES)
    words = [cell for row in book["说明"].iter_rows(values_only=True) for cell in row if cell]
    assert {field.title.zh for each in EXPORTED_TABLES for field in each.fields} <= set(words)
    assert any("CC-BY-4.0" in str(word) for word in words)
