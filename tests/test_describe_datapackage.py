"""The descriptor is the portable subset of Data Package 2.0 and tells the truth about the files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from example_package import example_row, write_example_package
from package_metadata import METADATA

from daye_analysis.bilingual import Text
from daye_analysis.errors import NotReadable
from daye_analysis.package.definition import TABLES
from daye_analysis.package.describe import datapackage, descriptor_text


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_example_package(tmp_path)
    return tmp_path


def test_frictionless_accepts_the_descriptor_and_every_example(root: Path) -> None:
    from frictionless import Package

    report = Package(str(root / "datapackage.json")).validate()
    assert report.valid, report.flatten(["fieldName", "rowNumber", "message"])
    assert report.stats["tasks"] == len(TABLES) + 1


@pytest.mark.parametrize(
    ("name", "field", "value", "kind"),
    [
        ("targets", "due", "31.12.2026", "type-error"),
        ("targets", "comparator", "about", "constraint-error"),
        ("observations", "source_id", "nobody", "foreign-key"),
        ("areas", "parent_id", "nowhere", "foreign-key"),
        ("units", "name_zh", "", "constraint-error"),
        ("tasks", "position", "0", "constraint-error"),
    ],
)
def test_frictionless_enforces_what_the_descriptor_says(
    root: Path, name: str, field: str, value: str, kind: str
) -> None:
    from frictionless import Package

    described = next(each for each in TABLES if each.name == name)
    row = {**example_row(described), field: value}
    text = ",".join(row) + "\n" + ",".join(f'"{cell}"' for cell in row.values()) + "\n"
    (root / described.path).write_text(text, encoding="utf-8")
    (root / "datapackage.json").write_text(descriptor_text(datapackage(root, METADATA)), encoding="utf-8")
    report = Package(str(root / "datapackage.json")).validate()
    assert {error[0] for error in report.flatten(["type"])} >= {kind}


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(found for each in value.values() for found in _objects(each))]
    return [found for each in value for found in _objects(each)] if isinstance(value, list) else []


def test_the_portable_subset(root: Path) -> None:
    descriptor = datapackage(root, METADATA)
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in descriptor["resources"]:
        content = (root / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (
            len(content),
            "sha256:" + hashlib.sha256(content).hexdigest(),
        )
        assert resource["$schema"] == "https://datapackage.org/profiles/2.0/dataresource.json"
    for resource in descriptor["resources"][:-1]:
        schema = resource["schema"]
        assert (resource["type"], resource["profile"]) == ("table", "tabular-data-resource")
        assert schema["missingValues"] == [""]
        assert isinstance(schema["primaryKey"], list)
        assert "fieldsMatch" not in schema
        for field in schema["fields"]:
            assert field["type"] != "list"
            assert field.get("categories") == field.get("constraints", {}).get("enum")
    titled = [each for each in _objects(descriptor) if "i18n" in each]
    assert all(each["i18n"]["en"]["title"] for each in titled)
    assert all(
        each["i18n"]["en"].get("description") for each in titled if "description" in each and each["i18n"]
    )


def test_official_wording_says_so_and_nothing_else_does(root: Path) -> None:
    licences = {
        each["name"]: [licence["name"] for licence in each["licenses"]]
        for each in datapackage(root, METADATA)["resources"]
    }
    assert licences["targets"] == ["CC-BY-4.0", "other-pd"]
    assert licences["observations"] == ["CC-BY-4.0"]
    assert licences["official_text"] == ["other-pd"]


def test_another_citys_metadata(root: Path) -> None:
    other = replace(
        METADATA,
        name="tieshan-targets",
        title=Text("铁山", "Tieshan"),
        publisher=Text("", ""),
        official_url="",
    )
    descriptor = datapackage(root, other)
    assert (descriptor["name"], descriptor["title"]) == ("tieshan-targets", "铁山")
    assert "contributors" not in descriptor
    assert "path" not in descriptor["sources"][0]


def test_text_is_stable_and_readable(root: Path) -> None:
    text = descriptor_text(datapackage(root, METADATA))
    assert text == descriptor_text(json.loads(text))
    assert text.endswith("}\n")
    assert "大冶市" in text


def test_a_missing_file_is_named(root: Path) -> None:
    (root / "data/areas.csv").unlink()
    with pytest.raises(NotReadable) as caught:
        datapackage(root, METADATA)
    assert [(each.code, each.where) for each in caught.value.problems] == [
        ("describe.file-not-readable", "data/areas.csv")
    ]
