"""A descriptor's JSON tricks (case 12) and all that is harmless but not as the definition has it (31, 48)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from package_factory import write_package

from daye_analysis.errors import NotReadable
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, TABLES
from daye_analysis.package.untrusted import ReadLimits, open_package
from daye_analysis.package.validate import validate

Descriptor = dict[str, Any]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_package(tmp_path_factory.mktemp("guard") / "package")


@pytest.fixture(scope="module")
def text(package: Path) -> str:
    return (package / "datapackage.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"name": "a", "name": "b"}', "guard.json-key-twice"),
        (b'{"resources": [{"path": "a", "path": "../b"}]}', "guard.json-key-twice"),
        (b'{"x": NaN}', "guard.json-number"),
        (b'{"x": -Infinity}', "guard.json-number"),
        (b'{"x": 1e999}', "guard.json-number"),
        (b'{"x": ' + b"9" * 5000 + b"}", "guard.json-malformed"),
        (b"[" * 10_000 + b"]" * 10_000, "guard.json-depth"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "guard.json-depth"),
        (b'\xef\xbb\xbf{"name": "a"}', "guard.json-encoding"),
        ('{"name": "a"}'.encode("utf-16"), "guard.json-encoding"),
        ('{"name": "a"}'.encode("utf-16-le"), "guard.json-encoding"),
        ('{"title": "大冶"}'.encode("gbk"), "guard.json-encoding"),
        (b'{"name": "\\ud800"}', "guard.json-malformed"),
        (b"[]", "guard.json-malformed"),
        (b"null", "guard.json-malformed"),
        (b"", "guard.json-malformed"),
        (b'{"a": 1,}', "guard.json-malformed"),
        (b"{'a': 1}", "guard.json-malformed"),
    ],
)
def test_case_12_tricky_json_is_not_read(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "datapackage.json").write_bytes(content)
    with pytest.raises(NotReadable) as caught:
        open_package(tmp_path)
    assert [(each.code, each.where) for each in caught.value.problems] == [(code, "datapackage.json")]


def test_brackets_inside_strings_are_no_nesting(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(json.dumps({"title": '[{"' * 1000 + "\\"}), encoding="utf-8")
    assert open_package(tmp_path).descriptor["title"].startswith("[{")


def test_a_huge_descriptor_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(" " * 2000, encoding="utf-8")
    with pytest.raises(NotReadable) as caught:
        open_package(tmp_path, ReadLimits(descriptor_bytes=1000))
    assert caught.value.problems[0].code == "guard.descriptor-too-big"


def resource(descriptor: Descriptor, name: str) -> Descriptor:
    return next(each for each in descriptor["resources"] if each["name"] == name)


def drop(*path: str) -> Callable[[Descriptor], None]:
    def change(descriptor: Descriptor) -> None:
        *outer, last = path
        holder = descriptor
        for step in outer:
            holder = resource(holder, step) if step in _NAMES else holder[step]
        del holder[last]

    return change


def put(value: object, *path: str) -> Callable[[Descriptor], None]:
    def change(descriptor: Descriptor) -> None:
        *outer, last = path
        holder = descriptor
        for step in outer:
            holder = resource(holder, step) if step in _NAMES else holder[step]
        holder[last] = value

    return change


def remove_resource(descriptor: Descriptor) -> None:
    descriptor["resources"].remove(resource(descriptor, "clusters"))


def double_resource(descriptor: Descriptor) -> None:
    descriptor["resources"].append(resource(descriptor, "clusters"))


def add_resource(descriptor: Descriptor) -> None:
    descriptor["resources"].append({"name": "extra", "path": "data/extra.csv"})


def rename_field(descriptor: Descriptor) -> None:
    resource(descriptor, "areas")["schema"]["fields"][1]["name"] = "name"


def retype_field(descriptor: Descriptor) -> None:
    fields = resource(descriptor, "observations")["schema"]["fields"]
    next(field for field in fields if field["name"] == "value")["type"] = "string"


def explain_field_otherwise(descriptor: Descriptor) -> None:
    resource(descriptor, "areas")["schema"]["fields"][1] |= {"title": "x", "description": "y", "example": "z"}


_NAMES = {table.name for table in TABLES}
WHERE = "datapackage.json"


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        (drop("areas", "schema"), [("package.schema-not-ours", ":areas:schema")]),
        (drop("areas", "dialect"), []),
        (drop("areas", "hash"), []),
        (drop("keywords"), []),
        (explain_field_otherwise, []),
        (put(["urn:example:other", "urn:policy-targets:profile:2.0"], "conformsTo"), []),
        (drop("conformsTo"), [("package.profile-missing", ":conformsTo")]),
        (put("urn:policy-targets:profile:3.0", "conformsTo"), [("package.profile-version", ":conformsTo")]),
        (drop("version"), [("package.wrong-entry", ":version")]),
        (put("1.0", "version"), [("package.wrong-entry", ":version")]),
        (put("Daye Targets", "name"), [("package.wrong-entry", ":name")]),
        (put("\x1b[2J", "name"), [("package.wrong-entry", ":name")]),
        (put(7, "title"), [("package.wrong-entry", ":title")]),
        (put("2026-13-01", "compiled_on"), [("package.wrong-entry", ":compiled_on")]),
        (put("2026-11-29", "created"), [("package.wrong-entry", ":created")]),
        (put("2026-02-30T00:00:00Z", "created"), [("package.wrong-entry", ":created")]),
        (put(7, "id"), [("package.wrong-entry", ":id")]),
        (put("many", "keywords"), [("package.wrong-entry", ":keywords")]),
        (put([{"zh": "x"}], "spatial"), [("package.wrong-entry", ":spatial")]),
        (put({"en": "x"}, "i18n"), [("package.wrong-entry", ":i18n")]),
        (put([1], "sources"), [("package.wrong-entry", ":sources")]),
        (put([{"title": "x", "i18n": []}], "contributors"), [("package.wrong-entry", ":contributors")]),
        (remove_resource, [("package.resource-missing", ":resources")]),
        (double_resource, [("package.resource-twice", ":clusters:name")]),
        (add_resource, [("package.resource-unknown", ":resources[14]:name")]),
        (put("data/x.csv", "areas", "path"), [("package.path-not-ours", ":areas:path")]),
        (put(["data/areas.csv"], "areas", "path"), [("package.path-not-ours", ":areas:path")]),
        (put([], "areas", "data"), [("package.inline-data", ":areas:data")]),
        (put("gbk", "areas", "encoding"), [("package.encoding", ":areas:encoding")]),
        (put(";", "areas", "dialect", "delimiter"), [("package.dialect-not-ours", ":areas:dialect")]),
        (put("#", "areas", "dialect", "commentChar"), [("package.dialect-not-ours", ":areas:dialect")]),
        (put([], "areas", "dialect"), [("package.dialect-not-ours", ":areas:dialect")]),
        (put(["", "NA"], "areas", "schema", "missingValues"), [("package.schema-not-ours", ":areas:schema")]),
        (rename_field, [("package.schema-not-ours", ":areas:schema")]),
        (retype_field, [("package.schema-not-ours", ":observations:schema")]),
        (put("md5:abc", "areas", "hash"), [("package.hash-unknown", "data/areas.csv")]),
    ],
)
def test_case_48_departures_are_named_and_the_data_are_checked_all_the_same(
    package: Path, text: str, change: Callable[[Descriptor], None], problems: list[tuple[str, str]]
) -> None:
    descriptor = json.loads(text)
    change(descriptor)
    (package / "other.json").write_text(json.dumps(descriptor), encoding="utf-8")
    report = validate(package / "other.json")
    wanted = [(code, where if where.startswith("data/") else WHERE + where) for code, where in problems]
    # Where a table is not read for it, what refers to the table is not checked; nothing else is lost.
    assert [(each.code, each.where) for each in report.problems] == wanted
    assert report.rows["observations"] == 12


@pytest.mark.parametrize("resources", [None, {}, "x", [None, 1, []], [{"name": ["targets"], "path": 5}]])
def test_resources_of_any_shape_crash_nothing(package: Path, text: str, resources: object) -> None:
    descriptor = json.loads(text)
    descriptor["resources"] = resources
    (package / "other.json").write_text(json.dumps(descriptor), encoding="utf-8")
    problems = validate(package / "other.json").problems
    assert sum(each.code == "package.resource-missing" for each in problems) == len(TABLES) + 1


def test_the_official_text_is_needed_for_the_spans(package: Path, text: str) -> None:
    descriptor = json.loads(text)
    descriptor["resources"] = [r for r in descriptor["resources"] if r["path"] != OFFICIAL_TEXT_PATH]
    (package / "other.json").write_text(json.dumps(descriptor), encoding="utf-8")
    codes = [each.code for each in validate(package / "other.json").problems]
    assert codes == ["package.resource-missing", *["span.no-text"] * 5]


def test_the_report_says_what_it_found_in_both_languages_and_as_stable_json(package: Path, text: str) -> None:
    descriptor = json.loads(text)
    descriptor["name"] = "\x1b[2J\u202eevil"
    (package / "other.json").write_text(json.dumps(descriptor), encoding="utf-8")
    report = validate(package / "other.json")
    assert report.exit_code == 1
    for language in ("zh", "en"):
        lines = report.say(language)
        assert len(lines) == 2
        assert all(line.isprintable() for line in lines)
    content = json.loads(report.to_json())
    assert (content["valid"], list(content["rows"])) == (False, [table.name for table in TABLES])
    assert content["problems"][0]["code"] == "package.wrong-entry"
    place = [content["problems"][0][key] for key in ("where", "file", "row", "field")]
    assert place == ["datapackage.json:name", "datapackage.json", None, "name"]
    assert set(content["problems"][0]["remedy"]) == {"zh", "en"}
    assert report.to_json() == validate(package / "other.json").to_json()
