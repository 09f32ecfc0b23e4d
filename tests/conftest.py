"""Say at the end of a run over all tests what was left out, and why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_found import reason
from hypothesis import settings

from daye_analysis.session import use_language

# A busy machine is no failure of a property; the same cases each time, so that a change is what makes a test fail. HYPOTHESIS=random
# tries others, as `make worlds` does.
settings.register_profile("any-machine", deadline=None, derandomize=os.environ.get("HYPOTHESIS") != "random")
settings.load_profile("any-machine")

HERE = Path(__file__).resolve().parent


@pytest.fixture(autouse=True)
def no_language_stays_chosen() -> Iterator[None]:
    """Forget the language that a test, or an example in a docstring, chose for its session."""
    yield
    use_language()


def pytest_terminal_summary(terminalreporter: Any, config: Any) -> None:
    """Say that the browser tests were left out."""
    asked = {(config.invocation_params.dir / str(each).partition("::")[0]).resolve() for each in config.args}
    if reason() and asked & {HERE.parent, HERE, HERE / "browser"}:
        terminalreporter.write_sep("-", "browser tests skipped")
        terminalreporter.write_line(f"JupyterLab was not tested in a browser: {reason()}. See `make browser-test`.")
