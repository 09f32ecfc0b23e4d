"""One JupyterLab for all browser tests; where there can be none, they are not collected (`tests/conftest.py` says so)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browser_found import browser, reason

if TYPE_CHECKING:
    from browser_help import Lab
    from playwright.sync_api import Playwright

collect_ignore_glob = ["test_*.py"] if reason() else []


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Start what drives browsers; a process can have it only once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def lab(driver: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start JupyterLab and the browser, and end both."""
    from browser_help import running_lab

    executable = browser()
    assert executable is not None
    with running_lab(driver, tmp_path_factory.mktemp("lab"), executable) as found:
        yield found
