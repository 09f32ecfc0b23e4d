"""Each lock is solved for each platform and Python that the README names, from wheels, without installing anything.

It asks the package registry for what there is, so it runs only where that is wanted: `make check-locks`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lock_platforms import MACOS_VERSION, NOT_SERVED, PYTHONS, SERVED

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    not os.environ.get("DAYE_ASK_REGISTRY"), reason="asks the package registry: make check-locks"
)


def solve(lock: str, platform: str, python: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask uv what it would install into an empty `folder`; its exit code is 0 where every pin has a wheel."""
    words = [sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--no-deps", "--require-hashes"]
    words += ["--only-binary", ":all:", "--python-platform", platform, "--python-version", python]
    words += ["--target", str(folder), "--requirements", str(ROOT / "requirements" / f"{lock}.lock")]
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": MACOS_VERSION}
    return subprocess.run(words, capture_output=True, text=True, env=environment)


@pytest.fixture(scope="session", autouse=True)
def registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where no registry answers: that says nothing of the locks."""
    done = solve("core", SERVED["core"][0], PYTHONS[0], tmp_path_factory.mktemp("empty"))
    if done.returncode and "no usable wheels" not in done.stderr and "hash" not in done.stderr.lower():
        pytest.skip(f"no registry answers: {done.stderr.strip().splitlines()[-1][:200]}")


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(
    ("lock", "platform"), [(lock, platform) for lock, platforms in SERVED.items() for platform in platforms]
)
def test_every_pin_has_a_wheel(lock: str, platform: str, python: str, tmp_path: Path) -> None:
    done = solve(lock, platform, python, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Would install" in done.stderr


@pytest.mark.parametrize(("lock", "platform"), NOT_SERVED)
def test_what_the_readme_says_cannot_be_had_cannot(lock: str, platform: str, tmp_path: Path) -> None:
    done = solve(lock, platform, "3.13", tmp_path)
    assert done.returncode != 0, f"{platform} is served now: say so in the README"
    assert f"{NOT_SERVED[lock, platform]}==" in done.stderr
