"""The snippets that the documentation shows do what they say, each in the program it is for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SNIPPETS = ROOT / "docs" / "snippets"
# Where `make interop` puts the npm packages.
NODE_MODULES = Path(os.environ.get("INTEROP_DIR", ROOT / ".venv" / "interop")) / "node_modules"


def _database(folder: Path) -> Path:
    from daye_analysis.package.export import export

    export(ROOT, folder / "export")
    (database,) = (folder / "export").glob("*.sqlite")
    return database


def _run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _need(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed here")


def _tells_the_targets(printed: str) -> None:
    line = next(line for line in printed.splitlines() if "high_tech_enterprises" in line)
    assert "450" in line
    assert printed.count("base_stations_5g") >= 1


@pytest.mark.parametrize("path", sorted(SNIPPETS.iterdir()), ids=lambda path: path.name)
def test_a_snippet_has_five_lines_or_fewer_and_needs_no_network(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert 1 <= len(text.splitlines()) <= 5
    assert "://" not in text
    assert path.suffix in {".R", ".cjs", ".jl", ".sql", ".py"}


def test_python() -> None:
    _tells_the_targets(_run(sys.executable, SNIPPETS / "read.py"))


def test_sql(tmp_path: Path) -> None:
    _need("sqlite3")
    script = (SNIPPETS / "read.sql").read_text(encoding="utf-8")
    printed = _run("sqlite3", "-readonly", _database(tmp_path), script)
    _tells_the_targets(printed)
    assert "市科技局" in printed


def test_r() -> None:
    _need("Rscript")
    if subprocess.run(["Rscript", "-e", "library(readr)"], capture_output=True, check=False).returncode:
        pytest.skip("R has no readr here; `make interop` installs it")
    _tells_the_targets(_run("Rscript", SNIPPETS / "read.R", LC_ALL="C.UTF-8"))


def test_javascript() -> None:
    _need("node")
    if not (NODE_MODULES / "datapackage").is_dir():
        pytest.skip("npm datapackage is not installed; `make interop` installs it")
    _tells_the_targets(_run("node", SNIPPETS / "read.cjs", NODE_PATH=str(NODE_MODULES)))


def test_julia() -> None:
    _need("julia")
    if subprocess.run(["julia", "-e", "using CSV, DataFrames"], capture_output=True, check=False).returncode:
        pytest.skip("Julia has no CSV and DataFrames here")
    _tells_the_targets(_run("julia", SNIPPETS / "read.jl"))
