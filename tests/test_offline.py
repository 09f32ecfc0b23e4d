"""Case 43 of the robustness list: everything works on a machine that has no network at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

# A network namespace with a loopback device that is down, and no route; as root, or as anybody where that is allowed.
WAYS = (["unshare", "--net"], ["unshare", "--net", "--map-root-user"])


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """The words before a command that take the network from it."""
    for words in WAYS:
        try:
            route = subprocess.run([*words, "cat", "/proc/net/route"], capture_output=True, text=True)
        except OSError:
            continue
        if route.returncode == 0:
            assert len(route.stdout.splitlines()) <= 1
            return words
    pytest.skip("this system gives no one a network namespace of their own")


def test_case_43_without_a_network_a_package_is_validated_printed_and_exported(
    alone: list[str], tmp_path: Path
) -> None:
    """`validate`, a report with its PDF, and all formats of `export`; the page asks nothing of anybody."""
    daye = [*alone, sys.executable, "-m", "daye_analysis"]
    environment = {**os.environ, "DAYE_LANGUAGE": "en"}
    for words in (
        ["validate"],
        ["report", "brief", "--language", "en", "--reports", str(tmp_path / "reports")],
        ["export", str(tmp_path / "export")],
    ):
        done = subprocess.run([*daye, *words], capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "reports" / "brief").iterdir()
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
    assert len(list((tmp_path / "export").rglob("*.parquet"))) > 9
    page = (folder / "report.html").read_text(encoding="utf-8")
    asked = re.findall(r"""(?:src|srcset|data|action)\s*=\s*["']?(?!data:)\w+:|<link|<script|@import|url\((?!["']?(?:data:|#))""", page)
    assert not asked
