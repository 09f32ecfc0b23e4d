"""What the lab of the site is made from: its lock, the script that fills a folder from it, and the wheels that are packed here."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from pathlib import Path

import pytest
from fill_pyodide import main

from daye_analysis.site import pyodide
from daye_analysis.site.pyodide import CORE, INSTALLED, installed_wheel, locked_files, sha256


def test_the_lock_names_the_core_and_wheels_by_hash_and_no_address() -> None:
    locked = locked_files()
    assert set(CORE) < set(locked)
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in locked.values())
    assert all(name in CORE or name.endswith((".whl", ".zip")) for name in locked)
    assert "://" not in (pyodide.project_root() / pyodide.LOCK).read_text(encoding="utf-8")


def test_a_folder_is_filled_from_archives_by_hash_and_what_lacks_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"pyodide.mjs": b"loader", "numpy-2-cp312.whl": b"numbers", "openblas-0.zip": b"more"}
    root = tmp_path / "project"
    (root / "requirements").mkdir(parents=True)
    (root / pyodide.LOCK).write_text("# head\n" + "".join(f"{sha256(content)}  {name}\n" for name, content in files.items()), encoding="utf-8")
    monkeypatch.setattr(pyodide, "project_root", lambda: root)
    with tarfile.open(tmp_path / "release.tar.bz2", "w:bz2") as archive:
        for name, content in (("pyodide/pyodide.mjs", b"loader"), ("pyodide/numpy-2-cp312.whl", b"other numbers"), ("pyodide/../openblas-0.zip", b"more")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    folder = tmp_path / "filled"
    assert main([str(folder), str(tmp_path / "release.tar.bz2")]) == 1
    said = capsys.readouterr()
    assert "numpy-2-cp312.whl" in said.err and "openblas" not in said.err and said.out.strip() == "2 / 3"
    with zipfile.ZipFile(tmp_path / "carrier.whl", "w") as wheel:
        wheel.writestr("somewhere/numpy-2-cp312.whl", b"numbers")
    assert main([str(folder), str(tmp_path / "carrier.whl")]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


@pytest.mark.parametrize("name", INSTALLED)
def test_an_installed_distribution_is_packed_without_compiled_parts_and_always_the_same(name: str) -> None:
    file_name, content = installed_wheel(name)
    assert installed_wheel(name) == (file_name, content)
    packed = zipfile.ZipFile(io.BytesIO(content)).namelist()
    imported = {"PyYAML": "yaml"}.get(name, name)
    assert f"{imported}/__init__.py" in packed
    assert not [path for path in packed if path.endswith((".so", ".pyd", ".pyc"))]
