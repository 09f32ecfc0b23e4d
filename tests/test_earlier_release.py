"""Packages and edited files of releases before 2.0.0: read and built with the columns that they lack filled in."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from package_factory import METADATA_OF_SAMPLE, write_package

from daye_analysis import load
from daye_analysis.errors import CheckFailed
from daye_analysis.package.build import build
from daye_analysis.package.definition import table
from daye_analysis.package.describe import datapackage, descriptor_text
from daye_analysis.package.releases.changes import Level
from daye_analysis.package.releases.release import smallest_legal_bump
from daye_analysis.package.untrusted import open_package
from daye_analysis.package.validate import validate

ROOT = Path(__file__).resolve().parents[1]
ADDED = ("date_basis", "value_text", "supersedes")


def without_columns(path: Path, names: tuple[str, ...]) -> list[dict[str, str]]:
    """Rewrite a CSV without the columns named; return its rows as they were."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [name for name in rows[0] if name not in names]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def of_profile_1(root: Path) -> Path:
    """Turn a package into one as release 1.0.1 wrote it: fewer columns and codes, and the profile's name."""
    without_columns(root / "data/observations.csv", ADDED)
    descriptor: dict[str, Any] = datapackage(root, METADATA_OF_SAMPLE)
    descriptor["conformsTo"] = "urn:policy-targets:profile:1.0"
    schema = next(each for each in descriptor["resources"] if each["name"] == "observations")["schema"]
    schema["fields"] = [field for field in schema["fields"] if field["name"] not in ADDED]
    schema["foreignKeys"] = [key for key in schema["foreignKeys"] if key["fields"] != ["supersedes"]]
    bound = next(field for field in schema["fields"] if field["name"] == "bound")
    for codes in (bound["categories"], bound["constraints"]["enum"]):
        codes[:] = [code for code in codes if code not in ("at_most", "less_than")]
    (root / "datapackage.json").write_text(descriptor_text(descriptor), encoding="utf-8")
    return root


def test_case_48_a_package_of_release_1_is_read_with_the_new_columns_filled_in(tmp_path: Path) -> None:
    now = write_package(tmp_path / "now")
    then = of_profile_1(Path(shutil.copytree(now, tmp_path / "then")))
    assert validate(then).problems == ()
    observations = load(then).observations
    assert tuple(observations.columns) == table("observations").field_names
    assert set(observations["date_basis"]) == {"stated"}
    assert observations["supersedes"].isna().all()
    # The decimals are those of the file: -19.0, never -19.
    assert observations["value_text"].tolist() == load(now).observations["value_text"].tolist()
    assert "-19.0" in set(observations["value_text"])


def test_case_48_the_step_from_release_1_is_major_and_can_be_computed(tmp_path: Path) -> None:
    now = write_package(tmp_path / "now")
    then = of_profile_1(Path(shutil.copytree(now, tmp_path / "then")))
    bump = smallest_legal_bump(then, now)
    assert bump.level == Level.MAJOR
    added = {each.where for each in bump.reasons if each.what.en == "field added"}
    assert added == {f"observations.{name}" for name in ADDED}


def test_a_package_of_profile_1_is_still_held_against_our_own_columns(tmp_path: Path) -> None:
    root = of_profile_1(write_package(tmp_path / "package"))
    without_columns(root / "data/observations.csv", ("bound",))
    (root / "datapackage.json").write_text(
        descriptor_text(datapackage(root, METADATA_OF_SAMPLE) | {"conformsTo": "urn:policy-targets:profile:1.0"}),
        encoding="utf-8",
    )
    assert ("csv.header", "data/observations.csv:1:bound") in [(p.code, p.where) for p in validate(root).problems]


def test_a_package_of_the_present_profile_must_have_the_new_columns(tmp_path: Path) -> None:
    root = write_package(tmp_path / "package")
    without_columns(root / "data/observations.csv", ADDED)
    (root / "datapackage.json").write_text(
        descriptor_text(datapackage(root, METADATA_OF_SAMPLE)), encoding="utf-8"
    )
    with pytest.raises(CheckFailed) as raised:
        load(root)
    assert [each.code for each in raised.value.problems] == ["csv.header"]


def test_case_48_edited_files_of_release_1_build_the_same_package_with_defaults(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data/source", tmp_path / "data/source")
    edited = tmp_path / "data/source/observations.csv"
    before = without_columns(edited, ADDED)
    build(tmp_path)
    with (tmp_path / "data/observations.csv").open(encoding="utf-8", newline="") as file:
        built = {row["observation_id"]: row for row in csv.DictReader(file)}
    assert len(built) == len(before)
    for row in before:
        assert built[row["observation_id"]] == {
            **row, "value_text": row["value"], "date_basis": "stated", "supersedes": "",
        }  # fmt: skip
    assert open_package(tmp_path).profile == json.loads((ROOT / "datapackage.json").read_text("utf-8"))["conformsTo"]


@pytest.mark.parametrize("cell", ["5.0", "262.84", "-0.50", "0", "450"])
def test_a_value_keeps_its_decimals_from_the_edited_cell_to_the_package(cell: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data/source", tmp_path / "data/source")
    path = tmp_path / "data/source/observations.csv"
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(f"o9999,industrial_va,daye,2009-01-01,2009-12-31,stated,growth_pct,{cell},percent,exact,outturn,related,,,,,,a-gwr2023,\n")
    build(tmp_path)
    row = load(tmp_path).observations.set_index("observation_id").loc["o9999"]
    assert (row["value"], row["value_text"]) == (float(cell), cell)
