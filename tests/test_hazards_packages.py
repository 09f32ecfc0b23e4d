"""Rows of the hazard list about packages: what another tool refuses, what exhausts one, what only looks like data."""

from __future__ import annotations

import json
import os
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import frictionless.formats
import pytest
from damaged_packages import DAMAGE
from fuzz.packages import COMMANDS, rejected_by_frictionless
from package_factory import describe_again, write_package

from daye_analysis.cli import run as daye
from daye_analysis.errors import CheckFailed, DayeError
from daye_analysis.package.edited.tables import read_yaml
from daye_analysis.package.untrusted import ReadLimits, open_package
from daye_analysis.package.untrusted.descriptor import dangers, departures
from daye_analysis.package.validate import validate

Descriptor = dict[str, Any]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package")


def codes(path: Path) -> list[str]:
    """Return the codes of what is wrong with the package, and fail where that takes two seconds."""
    started = time.process_time()
    try:
        found = [problem.code for problem in validate(path).problems]
    except DayeError as error:
        found = [problem.code for problem in error.problems]
    assert time.process_time() - started < 2
    return found


def describe(package: Path, change: Callable[[Descriptor], object]) -> None:
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_bytes())
    change(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def units(descriptor: Descriptor) -> Descriptor:
    (found,) = [each for each in descriptor["resources"] if each["name"] == "units"]
    return found  # type: ignore[no-any-return]


# --- zip entries with an unknown flag, strong encryption, version 99


def zipped(package: Path, more: dict[str, bytes] | None = None) -> Path:
    path = package.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for each in sorted(package.rglob("*")):
            if each.is_file():
                archive.writestr(each.relative_to(package).as_posix(), each.read_bytes())
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("at", "local", "value"),
    [(8, 6, 1 << 14), (8, 6, 1 << 5), (8, 6, 1 << 6), (8, 6, 1), (6, 4, 99), (6, 4, 51), (10, 8, 12), (10, 8, 99)],
    ids=["unknown flag", "patch", "strong encryption", "encryption", "version 9.9", "version 5.1", "bzip2", "AES"],
)
def test_a_zip_that_asks_for_more_than_plain_entries_is_refused(package: Path, at: int, local: int, value: int) -> None:
    path = zipped(package)
    content = bytearray(path.read_bytes())
    struct.pack_into("<H", content, content.index(b"PK\1\2") + at, value)
    struct.pack_into("<H", content, local, value)
    path.write_bytes(bytes(content))
    assert codes(path) == ["guard.zip-kind"]


@pytest.mark.parametrize("names", [("data/UNITS.csv",), ("x/\u00e9", "x/e\u0301"), ("Datapackage.JSON",)])
def test_zip_entries_that_differ_only_by_case_or_form_are_refused(package: Path, names: tuple[str, ...]) -> None:
    assert codes(zipped(package, dict.fromkeys(names, b"x"))) == ["guard.zip-twice"]


# --- a dialect that is a number; metadata of the wrong type; null; a resource without a schema


@pytest.mark.parametrize("value", [5, None, [], True, "x"])
def test_a_dialect_that_is_none_is_a_problem(package: Path, value: object) -> None:
    describe(package, lambda it: units(it).update(dialect=value))
    assert codes(package) == ["guard.reference" if value == "x" else "package.dialect-not-ours"]


PACKAGE_KEYS = ("title", "description", "homepage", "licenses", "sources", "contributors", "keywords", "image", "type", "profile",
                "created", "i18n", "temporal", "spatial", "id")  # fmt: skip
RESOURCE_KEYS = ("title", "description", "licenses", "sources", "mediatype", "format", "profile", "type", "compression", "bytes", "hash",
                 "schema", "encoding", "innerpath", "extrapaths", "scheme")  # fmt: skip


@pytest.mark.parametrize("value", [None, 5, True, {}, [1]], ids=repr)
@pytest.mark.parametrize("key", PACKAGE_KEYS)
def test_metadata_of_the_wrong_type_is_a_problem(package: Path, key: str, value: object) -> None:
    if key in ("i18n", "spatial") and value == {}:
        return
    describe(package, lambda it: it.update({key: value}))
    assert set(codes(package)) == {"package.wrong-entry"}


@pytest.mark.parametrize("value", [None, 5, True, {}, [1]], ids=repr)
@pytest.mark.parametrize("key", RESOURCE_KEYS)
def test_a_resource_with_metadata_of_the_wrong_type_is_a_problem(package: Path, key: str, value: object) -> None:
    describe(package, lambda it: units(it).update({key: value}))
    assert codes(package)


@pytest.mark.parametrize("key", ["title", "description", "rdfType"])
def test_words_of_a_field_that_are_none_are_a_problem(package: Path, key: str) -> None:
    describe(package, lambda it: units(it)["schema"]["fields"][0].update({key: 5}))
    assert codes(package) == ["package.wrong-entry"]


def test_a_table_without_a_schema_is_a_problem(package: Path) -> None:
    describe(package, lambda it: units(it).pop("schema"))
    assert codes(package) == ["package.schema-not-ours"]


# --- every key that frictionless knows, at every level, with values of every kind: what it rejects, we reject


LEVELS: dict[str, Callable[[Descriptor], Any]] = {
    "package": lambda it: it,
    "table": units,
    "text": lambda it: next(each for each in it["resources"] if each["format"] == "txt"),
    "dialect": lambda it: units(it)["dialect"],
    "schema": lambda it: units(it)["schema"],
    "field": lambda it: units(it)["schema"]["fields"][0],
    "field of numbers": lambda it: next(each for held in it["resources"] for each in held.get("schema", {}).get("fields", []) if each["type"] == "number"),
    "constraints": lambda it: units(it)["schema"]["fields"][0]["constraints"],
    "licence": lambda it: it["licenses"][0],
    "source": lambda it: it.setdefault("sources", [{"title": "x"}])[0],
    "contributor": lambda it: it.setdefault("contributors", [{"title": "x"}])[0],
}  # fmt: skip
KINDS: tuple[Any, ...] = (None, True, 1, 1.5, "x", "2026-02-30", [], {}, [1], ["x"], [{}], [[]], {"x": 1}, {"path": "x"}, [{"title": 1}])


def known_keys() -> set[str]:
    classes = [frictionless.Package, frictionless.Resource, frictionless.Schema, frictionless.Dialect, frictionless.formats.CsvControl]
    classes += [each for each in vars(frictionless.fields).values() if isinstance(each, type)]
    profiles = [getattr(each, name, {}) for each in classes for name in ("metadata_profile", "metadata_profile_patch")]
    return {key for profile in profiles for key in profile.get("properties", {})}


@pytest.mark.parametrize("level", LEVELS)
def test_what_frictionless_rejects_of_a_descriptor_we_reject(package: Path, level: str) -> None:
    """All keys that we accept with a value stand in one descriptor, so that frictionless is asked once for each value."""
    text = (package / "datapackage.json").read_bytes()
    keys = (known_keys() | {"required", "stats", "control", "profiles"}) - {"bytes", "hash"}  # which are held against the files
    rejected = {}
    for value in KINDS:
        accepted: Descriptor = {}
        for key in sorted(keys):
            trial = json.loads(text)
            LEVELS[level](trial)[key] = value
            if not [*dangers(trial), *departures(trial)]:
                accepted[key] = value
        together = json.loads(text)
        LEVELS[level](together).update(accepted)
        try:
            frictionless.Package.from_descriptor(together, basepath=str(package))
        except Exception as error:  # noqa: BLE001 - some it rejects by falling over
            rejected[repr(value)] = (list(accepted), [each.note for each in getattr(error, "reasons", [])] or repr(error))
    assert rejected == {}


# --- what validate accepts, every command takes


LEFT_OUT = ("description", "bytes", "hash", "mediatype", "title", "licenses", "format", "type", "profile", "dialect")


@pytest.mark.parametrize("key", LEFT_OUT)
def test_a_resource_that_leaves_one_thing_out_is_loaded(package: Path, tmp_path: Path, key: str) -> None:
    describe(package, lambda it: units(it).pop(key))
    assert codes(package) == []
    assert COMMANDS["load"](package, tmp_path) == 0


# One by one by `make slow-test`: what is taken without all is taken without each.
@pytest.mark.parametrize(
    "keys", [*(pytest.param((key,), marks=pytest.mark.slow) for key in LEFT_OUT), LEFT_OUT], ids=lambda keys: "+".join(keys)
)
def test_a_resource_that_leaves_something_out_is_taken_by_every_command(package: Path, tmp_path: Path, keys: tuple[str, ...]) -> None:
    describe(package, lambda it: [units(it).pop(key) for key in keys])
    assert codes(package) == []
    assert rejected_by_frictionless(package / "datapackage.json") == 0
    # A site and its reports take seconds: once, with all of it left out.
    for name in ("load", "export", "request", "backtest") if len(keys) == 1 else COMMANDS:
        assert COMMANDS[name](package, tmp_path) == 0, name
    with zipfile.ZipFile(next((tmp_path / "out").glob("*.zip"))) as archive:
        (descriptor,) = [name for name in archive.namelist() if name.endswith("/datapackage.json")]
        assert set(keys) <= set(units(json.loads(archive.read(descriptor))))


# --- limits


def test_300_000_resources_are_refused_by_a_limit(package: Path) -> None:
    describe(package, lambda it: it["resources"].extend([{}] * 300_000))
    assert codes(package) == ["guard.too-many-resources"]
    describe(package, lambda it: it["resources"].__delitem__(slice(30_000, None)))
    with pytest.raises(CheckFailed):
        raise CheckFailed(open_package(package, ReadLimits(resources=40_000)).problems)


@pytest.mark.parametrize("text", ['{"a": "' + '\\"' * 40_000, '"\\' * 40_000, '{"a": "' + '\\u005c' * 14_000 + '"}', '"' * 80_000])
def test_json_of_80_kb_with_escapes_is_read_in_linear_time(package: Path, text: str) -> None:
    (package / "datapackage.json").write_text(text, encoding="utf-8")
    assert codes(package)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 50_000, '["]"' * 40_000])
def test_deep_json_is_refused_by_a_limit(package: Path, text: str) -> None:
    (package / "datapackage.json").write_text(text, encoding="utf-8")
    assert codes(package) == ["guard.json-depth"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &a [x]\nb: *a\n", "alias"),
        ("a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)), "alias"),
        ("[" * 5000, "deep"),
        ("? [a]\n: b\n", "key"),
    ],
    ids=["alias", "alias bomb", "deep", "key that is a list"],
)
def test_a_yaml_bomb_in_an_edited_file_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CheckFailed) as caught:
        read_yaml(tmp_path / "x.yaml")
    (problem,) = caught.value.problems
    assert (problem.code, said in problem.what.en) == ("edited.malformed", True)
    assert problem.where.startswith("x.yaml:")


# --- headers, days, line ends


@pytest.mark.parametrize("more", [b",", b",,,", b',""'])
def test_a_header_with_empty_columns_is_refused(package: Path, more: bytes) -> None:
    path = package / "data/units.csv"
    header, newline, rest = path.read_bytes().partition(b"\n")
    path.write_bytes(header + more + newline + rest)
    describe_again(package)
    assert codes(package)[0] == "csv.header"


def test_a_day_of_compilation_that_does_not_exist_is_refused(package: Path) -> None:
    describe(package, lambda it: it.update(compiled_on="2026-02-30"))
    assert codes(package) == ["package.wrong-entry"]


@pytest.mark.parametrize(
    ("published", "is_right"),
    [("½", False), ("2026-02-30", False), ("2026-13", False), ("0000", False), ("26", False), ("2026-1-1", False),
     ("2025", True), ("2025-02", True), ("2025-02-28", True)],
)  # fmt: skip
def test_a_time_of_publication_is_a_year_month_or_day(package: Path, published: str, is_right: bool) -> None:
    path = package / "data/sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2025-03-01,", f",{published},", 1), encoding="utf-8", newline="")
    describe_again(package)
    assert codes(package) == ([] if is_right else ["source.published-unknown"])


def test_spaces_after_values_are_one_problem_a_file(package: Path) -> None:
    path = package / "data/units.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("bureau\n", "bureau \n"), encoding="utf-8", newline="")
    describe_again(package)
    (problem,) = validate(package).problems
    assert (problem.code, problem.where) == ("cell.outer-spaces", "data/units.csv:2:kind")
    assert "4 cells" in problem.what.en and "--normalise" in problem.remedy.en


@pytest.mark.parametrize("label", ["lines that end in CR LF", "no newline at the end", "byte order mark"])
def test_line_ends_are_one_problem_a_file_that_names_the_remedy(package: Path, label: str) -> None:
    (damage,) = [each for each in DAMAGE if each.label.en == label]
    damage.do(package)
    (problem,) = validate(package).problems
    assert problem.code == damage.code
    assert "--normalise" in problem.remedy.en


def test_what_a_spreadsheet_did_is_put_right(tmp_path: Path) -> None:
    from second_city import bare_city

    root = bare_city(tmp_path / "city")
    path = root / "data/source/sources.csv"
    clean = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + clean.replace(b"official,", b" official ,").replace(b"\n", b"\r\n").rstrip(b"\r\n"))
    assert daye(["build", "--root", str(root), "--check"]) == 1
    assert daye(["build", "--root", str(root), "--check", "--normalise"]) == 1
    assert path.read_bytes() != clean
    assert daye(["build", "--root", str(root), "--normalise"]) == 0
    assert path.read_bytes() == clean


# --- a draft


def test_only_the_edited_files_are_read(tmp_path: Path) -> None:
    """An editor's folder, copy or link beside them is left alone."""
    listed = tmp_path / "list.txt"
    listed.write_bytes((Path(__file__).parents[1] / "examples/shili-county/list.txt").read_bytes())
    assert daye(["new", str(tmp_path / "draft"), str(listed)]) == 0
    source = tmp_path / "draft/data/source"
    before = codes(tmp_path / "draft")
    (source / ".ipynb_checkpoints").mkdir()
    (source / "targets-old.yaml").write_bytes(b"\xff# \xe9")
    (source / ".#targets.yaml").symlink_to("nobody@nowhere")
    os.mkfifo(source / "pipe")
    assert codes(tmp_path / "draft") == before


@pytest.mark.parametrize("cell", [(1_048_575, 16_383), (1_048_575, 0), (20, 16_383)])
def test_a_list_in_a_sheet_whose_last_row_or_column_is_used(tmp_path: Path, cell: tuple[int, int], capsys: pytest.CaptureFixture[str]) -> None:
    """The library would make a cell of every place up to it: 17,179,869,184 of them end the process."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "list.xlsx")) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["序号", "重点任务", "任务清单", "牵头单位", "责任单位"])
        page.write_string(*cell, "x")
    assert daye(["new", str(tmp_path / "draft"), str(tmp_path / "list.xlsx")]) == 4
    assert "source.table-too-large" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"%PDF-1.7\n", b"x" * 100])
def test_a_list_that_is_no_such_file_is_named(tmp_path: Path, ending: str, content: bytes) -> None:
    (tmp_path / f"list.{ending}").write_bytes(content)
    assert daye(["new", str(tmp_path / "draft"), str(tmp_path / f"list.{ending}")]) == 3


def test_a_damaged_word_file_is_named(tmp_path: Path) -> None:
    """A broken compressed stream, of which zlib and not zipfile complains."""
    import docx

    document = docx.Document()
    for number in range(200):
        document.add_paragraph(f"任务{number * 7919}")
    document.save(str(tmp_path / "list.docx"))
    content = bytearray((tmp_path / "list.docx").read_bytes())
    with zipfile.ZipFile(tmp_path / "list.docx") as archive:
        at = archive.getinfo("word/document.xml").header_offset + 200
    content[at : at + 40] = b"\xff" * 40
    (tmp_path / "list.docx").write_bytes(bytes(content))
    assert daye(["new", str(tmp_path / "draft"), str(tmp_path / "list.docx")]) == 3


# --- what a later command could not take: characters that no text holds, days in the future, periods that are none


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"title": "甲\0乙"}, "package.odd-character", "title"),
        ({"description": "甲\u202e乙"}, "package.odd-character", "description"),
        ({"keywords": ["甲", "乙\x1b"]}, "package.odd-character", "keywords.1"),
        ({"compiled_on": "2198-01-01"}, "package.compiled-after-today", "compiled_on"),
        ({"compiled_on": "9999-12-31"}, "package.wrong-entry", "compiled_on"),
        ({"temporal": "x"}, "package.wrong-entry", "temporal"),
        ({"temporal": "2026-12-31/2023-12-31"}, "package.wrong-entry", "temporal"),
    ],
)
def test_metadata_that_no_command_could_use_are_refused(change: Descriptor, code: str, where: str, package: Path) -> None:
    describe(package, lambda descriptor: descriptor.update(change))
    assert [(each.code, each.where) for each in validate(package).problems] == [(code, f"datapackage.json:{where}")]


@pytest.mark.parametrize("period", ["2026", "2026-05", "2023-12-31", "2023/2026", "2023-12-31/2026-12-31"])
def test_a_date_or_an_interval_is_a_period(period: str, package: Path) -> None:
    describe(package, lambda descriptor: descriptor.update(temporal=period))
    assert codes(package) == []


def test_an_official_text_with_a_character_that_none_may_hold_is_refused_with_its_line(package: Path) -> None:
    text = package / "data/source/task_list.zh.txt"
    text.write_bytes(text.read_bytes() + "\n完\0".encode())
    describe_again(package)
    last = text.read_bytes().count(b"\n") + 1
    assert [(each.code, each.where) for each in validate(package).problems] == [
        ("package.odd-character", f"data/source/task_list.zh.txt:{last}")
    ]
