"""Names of files that a notebook writes: case 22 of the robustness list."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daye_analysis.reporting.publishing.output_folder import safe_name, write_output

HOSTILE = ["../x", "a/b", "a\\b", "{x.__class__}", "CON", "con.csv", "大" * 300, "", ".", "..", "x\0y", "a\nb", " ", "~"]


@pytest.mark.parametrize("name", HOSTILE)
def test_case_22_a_hostile_name_stays_in_the_run_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file becomes a slug and a hash, inside the folder."""
    monkeypatch.setenv("DAYE_RUN_FOLDER", str(tmp_path))
    path = write_output(name, pd.DataFrame({"a": [1]}))
    assert path is not None
    assert path.parent == tmp_path
    assert path.read_bytes() == b"a\n1\n"
    assert len(path.name.encode()) <= 255
    assert safe_name(name) != name


@given(st.text(), st.text())
def test_names_stay_apart_and_stay_short(one: str, other: str) -> None:
    """Two names never become one file by being made safe, and each fits a file system."""
    assert 0 < len(safe_name(one).encode("utf-8")) <= 255
    assert "/" not in safe_name(one)
    assert "\\" not in safe_name(one)
    if one != other:
        assert safe_name(one) != safe_name(other)


@pytest.mark.parametrize("name", ["assessments.csv", "大冶-2026.csv", "a_b"])
def test_a_plain_name_stays(name: str) -> None:
    """What the notebook declared is what is written."""
    assert safe_name(name) == name


def test_nothing_is_written_outside_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook open in JupyterLab leaves no files behind."""
    monkeypatch.delenv("DAYE_RUN_FOLDER", raising=False)
    monkeypatch.chdir(tmp_path)
    assert write_output("assessments.csv", pd.DataFrame({"a": [1]})) is None
    assert list(tmp_path.iterdir()) == []
