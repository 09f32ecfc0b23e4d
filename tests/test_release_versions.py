"""The smallest legal step between two packages, and the check that a release takes it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from package_factory import describe_again, write_package

from daye_analysis.errors import CheckFailed
from daye_analysis.package.releases.changes import Level
from daye_analysis.package.releases.release import check_release, smallest_legal_bump

Edit = Callable[[Path], None]


def _descriptor(edit: Callable[[dict[str, Any]], object]) -> Edit:
    """Return an edit of the descriptor of a package."""

    def apply(root: Path) -> None:
        path = root / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        edit(descriptor)
        path.write_text(json.dumps(descriptor), encoding="utf-8")

    return apply


def _resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in descriptor["resources"] if each["name"] == name)
    return found


def _schema(edit: Callable[[dict[str, Any]], object], name: str = "targets") -> Edit:
    return _descriptor(lambda descriptor: edit(_resource(descriptor, name)["schema"]))


def _field(name: str, edit: Callable[[dict[str, Any]], object], table: str = "targets") -> Edit:
    return _schema(lambda schema: edit(next(f for f in schema["fields"] if f["name"] == name)), table)


def _constraint(name: str, **constraints: Any) -> Edit:
    return _field(name, lambda field: field.setdefault("constraints", {}).update(constraints))


def _rows(edit: Callable[[list[dict[str, str]]], object], table: str = "observations") -> Edit:
    """Return an edit of a table's rows, its hash brought up to date."""

    def apply(root: Path) -> None:
        path = root / f"data/{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        edit(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        describe_again(root)

    return apply


def _version(version: str) -> Edit:
    return _descriptor(lambda descriptor: descriptor.update(version=version))


def _add_row(rows: list[dict[str, str]]) -> None:
    rows.append({**rows[0], "observation_id": "o9999999", "value": "101", "value_text": "101"})


def _nothing(_: Path) -> None:
    pass


CASES: list[tuple[str, Edit, Level]] = [
    ("nothing", _nothing, Level.NONE),
    ("a field added", _schema(lambda s: s["fields"].append({"name": "new", "type": "string"})), Level.MAJOR),
    ("a field removed", _schema(lambda s: s["fields"].pop()), Level.MAJOR),
    ("a field renamed", _field("due", lambda f: f.update(name="due_date")), Level.MAJOR),
    ("fields reordered", _schema(lambda s: s["fields"].reverse()), Level.MAJOR),
    ("a type changed", _field("first_year", lambda f: f.update(type="number")), Level.MAJOR),
    ("required", _constraint("note_zh", required=True), Level.MAJOR),
    ("no longer required", _constraint("due", required=False), Level.MINOR),
    ("a code removed", _constraint("comparator", enum=["ge", "gt", "le"]), Level.MAJOR),
    ("a code added", _constraint("comparator", enum=["ge", "gt", "le", "lt", "eq"]), Level.MINOR),
    ("a code exchanged", _constraint("comparator", enum=["ge", "gt", "le", "eq"]), Level.MAJOR),
    ("unique", _constraint("wording_zh", unique=True), Level.MAJOR),
    ("a pattern added", _constraint("wording_zh", pattern="^.+$"), Level.MAJOR),
    ("a pattern removed", _field("target_id", lambda f: f["constraints"].pop("pattern")), Level.MINOR),
    ("a pattern changed", _constraint("target_id", pattern="^.*$"), Level.MAJOR),
    ("a minimum raised", _constraint("first_year", minimum=2000), Level.MAJOR),
    ("a minimum lowered", _constraint("first_year", minimum=1), Level.MINOR),
    ("a minimum added", _constraint("value", minimum=0), Level.MAJOR),
    ("a primary key changed", _schema(lambda s: s.update(primaryKey=["wording_zh"])), Level.MAJOR),
    ("a unique key added", _schema(lambda s: s["uniqueKeys"].append(["wording_zh"])), Level.MAJOR),
    ("a unique key removed", _schema(lambda s: s.pop("uniqueKeys")), Level.MINOR),
    ("a reference removed", _schema(lambda s: s["foreignKeys"].pop()), Level.MINOR),
    ("a description corrected", _field("due", lambda f: f.update(description="新说明")), Level.PATCH),
    ("a resource added", _descriptor(lambda d: d["resources"].append({"name": "x", "path": "x.csv"})), Level.MINOR),
    ("a resource removed", _descriptor(lambda d: d["resources"].pop(0)), Level.MAJOR),
    ("a resource moved", _descriptor(lambda d: _resource(d, "areas").update(path="a.csv")), Level.MAJOR),
    ("the title corrected", _descriptor(lambda d: d.update(title="新标题")), Level.PATCH),
    ("the package renamed", _descriptor(lambda d: d.update(name="other")), Level.MAJOR),
    ("rows added", _rows(_add_row), Level.MINOR),
    ("a row removed", _rows(lambda rows: rows.pop()), Level.MAJOR),
    ("a value corrected", _rows(lambda rows: rows[0].update(value="1.5")), Level.PATCH),
    ("a key changed", _rows(lambda rows: rows[0].update(observation_id="o9999999")), Level.MAJOR),
    ("rows reordered", _rows(lambda rows: rows.reverse()), Level.NONE),
]  # fmt: skip


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return write_package(tmp_path / "old"), write_package(tmp_path / "new")


@pytest.mark.parametrize(("edit", "level"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_smallest_legal_step(pair: tuple[Path, Path], edit: Edit, level: Level) -> None:
    old, new = pair
    edit(new)
    bump = smallest_legal_bump(old, new)
    assert bump.level is level, bump.reasons
    assert bump.wanted == {0: "1.2.3", 1: "1.2.4", 2: "1.3.0", 3: "2.0.0"}[level]
    assert bool(bump.reasons) is (level is not Level.NONE)


@pytest.mark.parametrize(
    ("name", "edit", "version", "codes"),
    [
        ("a column added", CASES[1][1], "1.3.0", ["release.step-too-small"]),
        ("a column added", CASES[1][1], "2.0.0", []),
        ("a value corrected", _rows(lambda rows: rows[0].update(value="1.5")), "2.0.0", []),
        ("a value corrected", _rows(lambda rows: rows[0].update(value="1.5")), "1.2.4", []),
        ("a value corrected", _rows(lambda rows: rows[0].update(value="1.5")), "1.2.3", ["release.step-too-small"]),
        ("rows added", _rows(_add_row), "1.2.4", ["release.step-too-small"]),
        ("rows added", _rows(_add_row), "1.3.0", []),
        ("rows added", _rows(_add_row), "1.10.0", []),
        ("rows added", _rows(_add_row), "1.1.9", ["release.version-went-back"]),
        ("nothing", _nothing, "1.2.3", []),
        ("nothing", _nothing, "next", ["release.not-a-version"]),
    ],
)  # fmt: skip
def test_case_44_a_step_too_small_fails_and_a_larger_one_passes(
    pair: tuple[Path, Path], name: str, edit: Edit, version: str, codes: list[str]
) -> None:
    old, new = pair
    edit(new)
    _version(version)(new)
    try:
        check_release(old, new)
        found: list[str] = []
    except CheckFailed as error:
        found = [problem.code for problem in error.problems]
    assert found == codes, name


def test_every_reason_is_told_with_its_place_and_the_version_that_would_do(pair: tuple[Path, Path]) -> None:
    old, new = pair
    _rows(_add_row)(new)
    _constraint("comparator", enum=["ge"])(new)
    with pytest.raises(CheckFailed) as caught:
        check_release(old, new)
    assert [problem.where for problem in caught.value.problems] == ["targets.comparator", "observations"]
    assert "1 rows added: o9999999" in caught.value.problems[1].what.en
    assert "2.0.0" in caught.value.problems[0].remedy.zh


def test_an_export_is_compared_with_the_last_release_and_stops_at_a_step_too_small(tmp_path: Path) -> None:
    from daye_analysis.package.export import export

    old, new = write_package(tmp_path / "old"), write_package(tmp_path / "new")
    export(old, tmp_path / "first")
    (archive,) = (tmp_path / "first").glob("*.zip")
    export(new, tmp_path / "second", since=archive)
    _rows(_add_row)(new)
    with pytest.raises(CheckFailed) as caught:
        export(new, tmp_path / "third", since=archive)
    assert [problem.code for problem in caught.value.problems] == ["release.step-too-small"]
    assert not (tmp_path / "third").exists()
    _version("1.3.0")(new)
    export(new, tmp_path / "third", since=archive)
    assert (tmp_path / "third" / "sample-targets-1.3.0.zip").is_file()
