"""What a new user installs: environment.yml, pyproject.toml and the lock files say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAMED = {"jupyterlab", "pandas", "matplotlib", "seaborn", "frictionless", "papermill"}


def test_environment_yml_asks_for_the_same_versions() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [each for each in environment["dependencies"] if isinstance(each, str)]
    pip = [each for each in environment["dependencies"] if isinstance(each, dict)]
    assert pip == [{"pip": ["-e ."]}], "Binder installs the project only where `-e .` stands under pip"
    (python,) = [each.partition("=")[2] for each in conda if re.match(r"python\b", each)]
    assert f">={python}" == PROJECT["project"]["requires-python"]
    assert "pip" in conda
    named = {each for each in conda if re.match(r"[a-z]+", each)[0] in NAMED}  # type: ignore[index]
    wanted = {each for each in PROJECT["project"]["dependencies"] if re.match(r"[a-z]+", each)[0] in NAMED}  # type: ignore[index]
    assert len(named) == len(NAMED)
    assert named == wanted


@pytest.mark.parametrize("name", ["core", "test"])
def test_locks_hold_names_versions_and_hashes_only(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8").splitlines()
    pin = re.compile(r"[a-z0-9-]+==\S+( ; .+)? \\")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert len(lines) > 100
    assert [line for line in lines if not pin.fullmatch(line) and not digest.fullmatch(line)] == []


def test_the_core_lock_covers_every_dependency_and_the_build_backend() -> None:
    locked = set(re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / "requirements/core.lock").read_text(encoding="utf-8")))
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    assert {re.match(r"[a-z0-9-]+", each.lower())[0] for each in wanted} <= locked  # type: ignore[index]


def test_both_locks_pin_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"(?m)^(\S+==\S+)", (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")))

    assert pins("core") <= pins("test")


def test_the_build_backend_is_pinned() -> None:
    requires = PROJECT["build-system"]["requires"]
    assert requires == PROJECT["project"]["optional-dependencies"]["build"]
    assert all("==" in each for each in requires)
