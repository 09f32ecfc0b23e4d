"""`daye` in this process: one fork server serves all its calls, where each process of its own would take seconds to be ready."""

from __future__ import annotations

import atexit
import contextlib
import functools
import io
import os
import subprocess
from pathlib import Path
from unittest.mock import patch

from daye_analysis.cli import run
from daye_analysis.reporting import command
from daye_analysis.reporting.execution.execute import ForkServer
from daye_analysis.reporting.schedules import run as due


@functools.cache
def ready_server() -> ForkServer:
    """Return the fork server of all calls, with every library that a command's own has."""
    server = ForkServer()
    atexit.register(server.close)
    return server


def daye(*arguments: str, language: str = "en", cwd: Path) -> subprocess.CompletedProcess[str]:
    """Call the command in the folder `cwd` and return its exit code and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.ExitStack() as stack:
        for module in (command, due):
            stack.enter_context(patch.object(module, "best_starter", lambda: contextlib.nullcontext(ready_server())))
        stack.enter_context(patch.dict(os.environ, DAYE_LANGUAGE=language))
        stack.enter_context(contextlib.chdir(cwd))
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        code = run(list(arguments))
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())
