"""Binder makes its machine from environment.yml and from nothing else that lies in the project's folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
# What repo2docker would take instead of environment.yml, or beside it.
# https://repo2docker.readthedocs.io/en/latest/configuration/
OTHERS = (
    "binder", ".binder", "Dockerfile", "environment.yaml", "Pipfile", "Pipfile.lock", "requirements.txt", "runtime.txt",
    "install.R", "DESCRIPTION", "Project.toml", "default.nix", "apt.txt", "postBuild", "start", "setup.py",
)  # fmt: skip


def test_nothing_else_tells_binder_what_to_install() -> None:
    assert (ROOT / "environment.yml").is_file()
    assert [name for name in OTHERS if (ROOT / name).exists()] == []


def test_the_project_is_installed_and_python_is_new_enough() -> None:
    (pip,) = [each["pip"] for each in ENVIRONMENT["dependencies"] if isinstance(each, dict)]
    assert pip == ["-e ."], "Binder installs the project only where this is under pip"
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    # repo2docker looks for `python=` and two numbers to choose the base that it begins with; of a range it sees nothing.
    assert [each for each in ENVIRONMENT["dependencies"] if isinstance(each, str) and re.fullmatch(r"python=3\.1[1-9]", each)]


def test_conda_understands_every_line() -> None:
    rattler = pytest.importorskip("rattler", reason="py-rattler, conda's parser, is not installed")
    names = []
    for line in ENVIRONMENT["dependencies"]:
        if isinstance(line, str):
            spec = rattler.MatchSpec(line, strict=True)
            names.append(spec.name.normalized if hasattr(spec.name, "normalized") else str(spec.name))
            # A wish without versions is one for anything, which only pip may be.
            assert spec.version or line == "pip", line
    assert {"python", "pip", "jupyterlab"} <= set(names)
    from rattler.exceptions import InvalidMatchSpecError

    with pytest.raises(InvalidMatchSpecError):
        rattler.MatchSpec("jupyterlab>=>4", strict=True)
