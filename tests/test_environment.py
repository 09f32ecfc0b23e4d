"""What a new user installs: environment.yml, pyproject.toml and the lock files say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import make_locks
import pytest
import yaml
from lock_platforms import MACOS_VERSION, NOT_SERVED, PYTHONS

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAMED = {"jupyterlab", "pandas", "matplotlib", "seaborn", "frictionless", "papermill"}


def test_environment_yml_asks_for_the_same_versions() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [each for each in environment["dependencies"] if isinstance(each, str)]
    pip = [each for each in environment["dependencies"] if isinstance(each, dict)]
    assert pip == [{"pip": ["-e ."]}], "Binder installs the project only where `-e .` is under pip"
    (python,) = [each.partition("=")[2] for each in conda if re.match(r"python\b", each)]
    assert f">={python}" == PROJECT["project"]["requires-python"]
    assert "pip" in conda
    named = {each for each in conda if re.match(r"[a-z]+", each)[0] in NAMED}  # type: ignore[index]
    wanted = {each for each in PROJECT["project"]["dependencies"] if re.match(r"[a-z]+", each)[0] in NAMED}  # type: ignore[index]
    assert len(named) == len(NAMED)
    assert named == wanted


# What pip installs; the files of the site's lab have a lock of another form (`test_site_pyodide`).
LOCKS = sorted(make_locks.LOCKS)


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_names_versions_and_hashes_only(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8").splitlines()
    pin = re.compile(r"[a-z0-9-]+==\S+( ; .+)? \\")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert len(lines) > 20
    assert [line for line in lines if not pin.fullmatch(line) and not digest.fullmatch(line)] == []


def test_the_core_lock_covers_every_dependency_and_the_build_backend() -> None:
    locked = set(re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / "requirements/core.lock").read_text(encoding="utf-8")))
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    assert {re.match(r"[a-z0-9-]+", each.lower())[0] for each in wanted} <= locked  # type: ignore[index]


def test_a_package_has_one_version_in_all_locks() -> None:
    """All locks go into one environment, one after the other."""
    pins: dict[str, set[str]] = {}
    for name in LOCKS:
        for line in re.findall(r"(?m)^(\S+==.*?) \\$", (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")):
            package, _, version = line.partition("==")
            pins.setdefault(package, set()).add(version.partition(" ;")[0])
    # A package may have two versions for two ranges of Python; then every lock that has it has both.
    several = {package for package, versions in pins.items() if len(versions) > 1}
    for name in LOCKS:
        text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        for package in several:
            found = set(re.findall(rf"(?m)^{re.escape(package)}==(\S+)", text))
            assert found in (set(), pins[package]), (name, package)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_says_where_the_locks_install(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    (paragraph,) = [each for each in text.split("\n\n") if "make check-locks" in each]
    first, last = PYTHONS[0], PYTHONS[-1]
    said = (first, last, f"macOS {MACOS_VERSION.partition('.')[0]}", "glibc 2.28", *NOT_SERVED.values())
    assert [each for each in said if each not in paragraph] == []


def test_the_build_backend_is_pinned() -> None:
    requires = PROJECT["build-system"]["requires"]
    assert requires == PROJECT["project"]["optional-dependencies"]["build"]
    assert all("==" in each for each in requires)
