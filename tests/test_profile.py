"""The profile's files are the definition's, and accept and refuse what the validator does."""

from __future__ import annotations

import copy
import difflib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from package_factory import write_package

from daye_analysis.package.check.cell_values import check_cells
from daye_analysis.package.definition import CODE_LISTS, TABLES
from daye_analysis.package.profile import PROFILE, PROFILE_FOLDER, codes, package_schema, profile_files
from daye_analysis.package.read.columns import Column, Columns
from daye_analysis.package.untrusted.messages import GUARD_PROBLEMS
from daye_analysis.package.validate import validate

ROOT = Path(__file__).parent.parent
PAGES = {"en": ROOT / "docs/profile.md", "zh": ROOT / "docs/profile.zh-CN.md"}
Descriptor = dict[str, Any]


def test_the_committed_files_are_those_of_the_definition() -> None:
    made = profile_files()
    committed = {path.relative_to(ROOT).as_posix() for path in (ROOT / PROFILE_FOLDER).iterdir()}
    assert committed == set(made)
    for path, text in made.items():
        old = (ROOT / path).read_text(encoding="utf-8")
        drift = "\n".join(
            difflib.unified_diff(old.splitlines(), text.splitlines(), path, "definition", lineterm="")
        )
        assert not drift, f"run scripts/make_profile.py\n{drift}"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_frictionless_reads_each_schema_and_every_field_is_told_in_both_languages(table: Any) -> None:
    from frictionless import Schema

    path = ROOT / PROFILE_FOLDER / f"{table.name}.schema.json"
    assert Schema.from_descriptor(str(path)).field_names == list(table.field_names)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["$id"].startswith(PROFILE)
    for field in content["fields"]:
        assert field["title"] and field["description"] and field["example"]
        assert field["i18n"]["en"]["title"] and field["i18n"]["en"]["description"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_example_is_what_the_validator_accepts(table: Any) -> None:
    import numpy as np

    columns = {field.name: Column([field.example], np.zeros(1, np.int32)) for field in table.fields}
    assert check_cells(Columns(table, np.array([2]), columns)) == []


def test_the_code_lists_are_all_used() -> None:
    lists = codes()["code_lists"]
    assert [each["name"] for each in lists] == [each.name for each in CODE_LISTS]
    assert all(each["used_by"] for each in lists)


def change_field(descriptor: Descriptor) -> None:
    descriptor["resources"][0]["schema"]["fields"][0]["name"] = "id"


def drop_field(descriptor: Descriptor) -> None:
    descriptor["resources"][3]["schema"]["fields"].pop()


def swap_fields(descriptor: Descriptor) -> None:
    descriptor["resources"][1]["schema"]["fields"].reverse()


def drop_table(descriptor: Descriptor) -> None:
    descriptor["resources"].pop(4)


def move_table(descriptor: Descriptor) -> None:
    descriptor["resources"][2]["path"] = "units.csv"


def forget_profile(descriptor: Descriptor) -> None:
    descriptor["conformsTo"] = "urn:policy-targets:profile:0.9"


def forget_version(descriptor: Descriptor) -> None:
    descriptor["version"] = "1"


def name_two_profiles(descriptor: Descriptor) -> None:
    descriptor["conformsTo"] = ["urn:example:other", PROFILE]


def order_otherwise(descriptor: Descriptor) -> None:
    descriptor["resources"].reverse()


CHANGES: list[tuple[Callable[[Descriptor], None], bool]] = [
    (name_two_profiles, True),
    (order_otherwise, True),
    (change_field, False),
    (drop_field, False),
    (swap_fields, False),
    (drop_table, False),
    (move_table, False),
    (forget_profile, False),
    (forget_version, False),
]


@pytest.mark.parametrize(("change", "accepted"), CHANGES, ids=lambda each: getattr(each, "__name__", ""))
def test_profile_and_validator_agree_on_a_descriptor(
    tmp_path: Path, change: Callable[[Descriptor], None], accepted: bool
) -> None:
    root = write_package(tmp_path / "package")
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    change(descriptor)
    (root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert Draft7Validator(package_schema()).is_valid(descriptor) is accepted
    assert (not validate(root).problems) is accepted


def test_the_published_descriptor_follows_the_profile() -> None:
    schema = package_schema()
    Draft7Validator.check_schema(schema)
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert list(Draft7Validator(schema).iter_errors(descriptor)) == []
    other = copy.deepcopy(descriptor)
    del other["compiled_on"]
    assert not Draft7Validator(schema).is_valid(other)


@pytest.mark.parametrize("language", PAGES)
def test_the_page_names_what_there_is(language: str) -> None:
    text = PAGES[language].read_text(encoding="utf-8")
    links = [each for each in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in each]
    assert links and all((PAGES[language].parent / link).exists() for link in links)
    assert f'"conformsTo": "{PROFILE}"' in text
    assert all(f"`{table.name}`" in text for table in TABLES)
    assert "package.profile-version" in GUARD_PROBLEMS and "package.profile-version" in text


@pytest.mark.parametrize("language", PAGES)
def test_the_terms_on_the_page_are_those_of_the_definition(language: str) -> None:
    defined = {f"{table.name}.{field.name}": field.term for table in TABLES for field in table.fields}
    prefixes = {"SDMX": "sdmx", "Dublin Core": "dcterms", "schema.org": "schema"}
    rows = re.findall(
        r"^\| (`\w+\.\w+`.*?) \| (SDMX|Dublin Core|schema\.org) (.*?) \|$",
        PAGES[language].read_text(encoding="utf-8"),
        re.M,
    )
    assert len(rows) == 9
    for fields, vocabulary, terms in rows:
        named, meant = re.findall(r"`(.*?)`", fields), re.findall(r"`(.*?)`", terms)
        for place, field in enumerate(named):
            assert defined[field] == f"{prefixes[vocabulary]}:{meant[place if len(meant) > 1 else 0]}"
