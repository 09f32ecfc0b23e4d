"""Within the notebook's process: a failing thread or shell command fails the run, and a marker shows completion.

The runner calls `install` before the first cell and appends a cell that calls `finish`; only a notebook whose last
cell showed the completion marker has succeeded, so that a dead kernel or `sys.exit(0)` can never look like success.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import traceback
from typing import Any

from daye_analysis.reporting.notebooks.chart_text import describe_figures

COMPLETE = "application/vnd.daye.complete+json"
FINISH_SOURCE = "from daye_analysis.reporting.notebooks.completion import finish\nfinish()"

_failed_threads: list[str] = []
_threads_before: list[threading.Thread] = []


class ThreadFailed(RuntimeError):
    """A thread that the notebook started ended with an exception."""


def install() -> None:
    """Watch the streams, the threads, the `!` commands and `exit()` of the IPython shell here; keep its figures' words."""
    from IPython.core.getipython import get_ipython

    from daye_analysis.reporting.notebooks.streams import CapturingStream, packed

    shell: Any = get_ipython()
    describe_figures(shell)
    shell.kernel.session.pack = packed
    # What only says how the kernel was started: a path of the machine, the number of a process.
    sys.argv[:] = [""]
    os.environ.pop("JPY_PARENT_PID", None)
    for stream in (sys.stdout, sys.stderr):
        assert isinstance(stream, CapturingStream)
        shell.events.register("pre_run_cell", lambda _info, stream=stream: stream.begin_cell())
        shell.events.register("post_run_cell", lambda _result, stream=stream: stream.end_cell())
    _threads_before[:] = threading.enumerate()
    original_hook = threading.excepthook

    def note_failed_thread(failure: threading.ExceptHookArgs) -> None:
        name = failure.thread.name if failure.thread else "?"
        reason = traceback.format_exception_only(failure.exc_type, failure.exc_value)[-1].strip()
        _failed_threads.append(f"{name}: {reason}")
        original_hook(failure)

    threading.excepthook = note_failed_thread
    original_system = shell.system

    def checked_system(command: str) -> None:
        original_system(command)
        code = shell.user_ns.get("_exit_code", 0)
        if code:
            raise subprocess.CalledProcessError(code, command)

    def checked_getoutput(command: str, split: bool = True, depth: int = 0) -> Any:
        from IPython.utils.text import LSString, SList

        expanded = shell.var_expand(command, depth=depth + 1)
        done = subprocess.run(
            expanded, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        done.check_returncode()
        return SList(done.stdout.splitlines()) if split else LSString(done.stdout)

    def refuse_to_exit() -> None:
        raise SystemExit("exit() in a notebook")

    shell.ask_exit = refuse_to_exit
    shell.system = checked_system
    shell.getoutput = checked_getoutput


def finish() -> None:
    """Wait for the notebook's own threads, raise ThreadFailed if one failed, else show the completion marker."""
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    for thread in threading.enumerate():
        if thread not in _threads_before and not thread.daemon:
            thread.join()
    if _failed_threads:
        raise ThreadFailed("; ".join(_failed_threads))
    shell.display_pub.publish({COMPLETE: {"complete": True}})
