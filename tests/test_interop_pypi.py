"""Independent readers from PyPI see the same rows, keys and sums; the descriptor keeps to the 2.0 profiles."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from interop.pypi_readers import PYPI_READERS, profile_faults, profile_folder
from interop.seen import differences, reference
from package_metadata import METADATA

from daye_analysis.package.describe import describe_all

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", PYPI_READERS)
def test_case_45_the_reader_sees_what_the_files_hold(name: str) -> None:
    pytest.importorskip(name)
    assert differences(PYPI_READERS[name](ROOT), reference(ROOT)) == []


@pytest.mark.parametrize("name", PYPI_READERS)
def test_a_changed_value_and_a_lost_row_are_seen(name: str, tmp_path: Path) -> None:
    pytest.importorskip(name)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data/measurement_units.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    path = tmp_path / "data/clusters.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",1,", ",11,", 1), encoding="utf-8")
    for face, text in describe_all(tmp_path, METADATA).items():
        (tmp_path / face).parent.mkdir(exist_ok=True)
        (tmp_path / face).write_text(text, encoding="utf-8")
    found = differences(PYPI_READERS[name](tmp_path), reference(ROOT))
    assert {line.split(":")[0] for line in found} == {
        "measurement_units",
        "measurement_units.power_of_ten",
        "clusters.position",
    }


def test_the_descriptor_keeps_to_the_profiles() -> None:
    pytest.importorskip("dplib")
    assert {path.stem for path in profile_folder().glob("*.json")} >= {"datapackage", "tableschema"}
    assert profile_faults(ROOT) == []


def test_a_breach_of_the_profiles_is_found(tmp_path: Path) -> None:
    pytest.importorskip("dplib")
    descriptor = json.loads((ROOT / "datapackage.json").read_bytes())
    descriptor["resources"][0]["schema"]["fields"][0]["constraints"]["required"] = "yes"
    descriptor["resources"][1]["dialect"]["delimiter"] = 1
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    found = profile_faults(tmp_path)
    assert any(line.startswith("actions.schema") for line in found)
    assert any(line.startswith("tasks.dialect") for line in found)


def test_mlcroissant_refuses_a_file_whose_hash_is_not_as_described(tmp_path: Path) -> None:
    pytest.importorskip("mlcroissant")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "croissant.json", tmp_path)
    with (tmp_path / "data/units.csv").open("a", encoding="utf-8") as file:
        file.write("x,x,x,bureau\n")
    with pytest.raises(Exception, match=r"Download\(units\.csv\)"):
        PYPI_READERS["mlcroissant"](tmp_path)
