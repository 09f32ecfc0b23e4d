"""Every export holds the same cells, with real types, and text never becomes anything but text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
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
from daye_analysis.errors import CheckFailed, NotReadable
from daye_analysis.package.definition import EVIDENCE, EXPORTED_TABLES, TABLES, Field, Table, table
from daye_analysis.package.evidence.target_evidence import evidence, evidence_table
from daye_analysis.package.export import export, xlsx
from daye_analysis.package.export.exports import _compared
from daye_analysis.package.export.questions import QUESTIONS
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
        rows = list(csv.reader(io.StringIO(archive.read(f"{_only(folder, '.zip').stem}/{each.path}").decode("utf-8"), newline="")))
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


def test_frictionless_and_we_read_the_archive(exported: Path, tmp_path: Path) -> None:
    from frictionless import Package

    archive = _only(exported, ".zip")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    (unpacked,) = tmp_path.iterdir()
    assert unpacked.name == archive.stem, "it unpacks into a folder of its own"
    assert Package(str(unpacked / "datapackage.json")).validate().valid
    assert len(load(archive).observations) == len(load(unpacked).observations) == len(_csv_cells(table("observations")))


def test_the_archive_describes_itself(exported: Path) -> None:
    path = _only(exported, ".zip")
    with zipfile.ZipFile(path) as archive:
        held = {name.removeprefix(f"{path.stem}/"): archive.read(name) for name in archive.namelist()}
    assert held["datapackage.json"] == (ROOT / "datapackage.json").read_bytes()
    assert held["CHANGELOG.md"] == (ROOT / "CHANGELOG.md").read_bytes()
    assert {"croissant.json", "CITATION.cff", "docs/dictionary.md", "data/source/task_list.zh.txt"} <= set(held)
    readme, licence = held["README.md"].decode(), held["LICENSE"].decode()
    package = load(path)
    assert package.title.zh in readme and package.metadata.id in readme and package.version in readme
    assert all(name in held for name in re.findall(r"\]\(([^)]+)\)|^\| `([^`]+)`", readme, re.M) for name in name if name)
    assert "CC-BY-4.0" in licence and "著作权法" in licence


def test_a_package_without_a_changelog_gets_one_and_an_archive_may_hold_it_at_its_top(tmp_path: Path) -> None:
    example = ROOT / "examples/shili-county/package"
    export(example, tmp_path / "out")
    archive = _only(tmp_path / "out", ".zip")
    with zipfile.ZipFile(archive) as opened:
        assert load(example).version in opened.read(f"{archive.stem}/CHANGELOG.md").decode()
        names = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(tmp_path / "flat.zip", "w") as flat:
        for name, content in names.items():
            flat.writestr(name.removeprefix(f"{archive.stem}/"), content)
    assert load(tmp_path / "flat.zip").tables.keys() == load(archive).tables.keys()
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as two:
        for name, content in names.items():
            two.writestr(name, content)
            two.writestr(f"other/{name.partition('/')[2]}", content)
    with pytest.raises(NotReadable):
        load(tmp_path / "two.zip")


def test_every_format_says_what_the_package_is(exported: Path) -> None:
    import pyarrow.parquet as pq

    metadata = load().metadata
    with closing(sqlite3.connect(_only(exported, ".sqlite"))) as database:
        about = dict(database.execute("SELECT * FROM about").fetchall())
    assert (about["id"], about["created"], about["compiled_on"]) == (metadata.id, metadata.created, metadata.compiled_on)
    held = {name.decode(): value.decode() for name, value in pq.read_schema(exported / "parquet/targets.parquet").metadata.items()}
    assert held.items() >= about.items()
    cells = [str(cell) for row in _book(_only(exported, ".xlsx"))["说明"].iter_rows(values_only=True) for cell in row if cell]
    assert metadata.id in cells
    assert "homepage" not in about, "the project has no public address yet"


@pytest.mark.parametrize(("sheet", "rows"), [("目标总览", 39), ("数据总览", 1342)])
def test_the_workbook_opens_with_overviews_in_both_languages(exported: Path, sheet: str, rows: int) -> None:
    book = _book(_only(exported, ".xlsx"))
    assert book.sheetnames[1:3] == ["目标总览", "数据总览"]
    head, *body = list(book[sheet].iter_rows(values_only=True))
    assert all(re.search(r"[\u4e00-\u9fff].*\n[a-zA-Z]", title) for title in head)
    assert len(body) == rows and all(row[0] and row[1] for row in body)
    assert not [cell for row in body for cell in row if isinstance(cell, str) and re.fullmatch(r"ge|level|outturn|same|official", cell)]


def test_datasette_finds_titles_columns_and_queries_that_run(exported: Path) -> None:
    path = _only(exported, ".sqlite")
    told = json.loads(path.with_suffix(".metadata.json").read_text(encoding="utf-8"))
    shown = told["databases"][path.stem]
    assert told["license"] == "CC-BY-4.0" and told["title"].startswith(load().title.zh)
    with closing(sqlite3.connect(path)) as database:
        for name, about in shown["tables"].items():
            columns = {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
            assert set(about["columns"]) == columns
        for question in QUESTIONS:
            assert shown["queries"][question.name]["sql"] == question.sql
            assert database.execute(question.sql, dict(question.example)).fetchall(), question.name


def test_questions_in_sql_have_the_answers_of_python(exported: Path) -> None:
    asked = {question.name: question for question in QUESTIONS}
    package = load()
    view = package.as_of(package.known_until)
    with closing(sqlite3.connect(_only(exported, ".sqlite"))) as database:
        database.row_factory = sqlite3.Row

        def rows(name: str, **given: str) -> list[dict[str, Any]]:
            return [dict(row) for row in database.execute(asked[name].sql, given)]

        led = rows("targets_of_a_body", body="市科技局")
        assert {row["target_id"] for row in led} == set(view.targets(lead="市科技局")["target_id"])
        known = view.figures("cluster_nev_icv").set_index("observation_id")
        assert {row["observation_id"] for row in rows("evidence_on_a_cluster", cluster="nev_icv")} == set(known.index)
        beside = {row["target_id"]: row["target_pct_of_area"] for row in rows("ambition_beside_an_area", area="黄石市")}
        in_python = view.ambition("huangshi")
        outturns = in_python[in_python["is_share"] & (in_python["statement"] == "outturn") & (in_python["bound"] == "exact")]
        for target_id, ratio in outturns.set_index("target_id")["ratio"].items():
            if target_id in beside:
                assert beside[target_id] == pytest.approx(100 * ratio, abs=0.06), target_id
        assert {"cluster_life_health"} <= set(beside)
        series = view.series("high_tech_enterprises").set_index("observation_id")
        for row in rows("growth_in_all_places", indicator="高新技术企业数"):
            if row["observation_id"] in series.index and series.loc[row["observation_id"], "years"] < 1.1:
                assert row["growth_pct"] == pytest.approx(100 * series.loc[row["observation_id"], "growth"], abs=0.3)
        (figure,) = rows("source_of_a_figure", observation="o0068")
        assert figure["source"] in view.cite("o0068").text.zh


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
    assert book.sheetnames == ["说明", "目标总览", "数据总览", *(each.name for each in EXPORTED_TABLES), "代码"]
    assert all(book[each.name].freeze_panes == "B2" for each in EXPORTED_TABLES)
    words = [cell for row in book["说明"].iter_rows(values_only=True) for cell in row if cell]
    assert {field.title.zh for each in EXPORTED_TABLES for field in each.fields} <= set(words)
    assert any("CC-BY-4.0" in str(word) for word in words)
