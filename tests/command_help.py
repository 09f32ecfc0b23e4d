"""`daye` in this process: one fork server serves all its calls, where each process of its own would take seconds to be ready."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from runner_help import shared_server

from daye_analysis.cli import run
from daye_analysis.reporting import command
from daye_analysis.reporting.runs import run as runs
from daye_analysis.reporting.schedules import run as due


@contextlib.contextmanager
def one_server() -> Iterator[None]:
    """Let every command that is called here fork its runs from the server of all tests."""
    with contextlib.ExitStack() as stack:
        for module in (command, due, runs):
            stack.enter_context(patch.object(module, "best_starter", lambda: contextlib.nullcontext(shared_server())))
        yield


def daye(*arguments: str, language: str = "en", cwd: Path) -> subprocess.CompletedProcess[str]:
    """Call the command in the folder `cwd` and return its exit code and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    with (
        one_server(),
        patch.dict(os.environ, DAYE_LANGUAGE=language),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run(list(arguments))
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())
