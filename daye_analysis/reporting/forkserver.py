"""A parent that holds Python, pandas, matplotlib and IPython ready, and forks one child for each run.

Most of a small report's time is starting these anew. The parent never runs a notebook, has one thread and lives as
long as one command, so that no run can see another and none meets old code. Talks in lines of JSON: a job's path
comes in, `started` and `ended` go out; when its input ends it kills what still runs, and ends.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import random
import selectors
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from daye_analysis.reporting.environment import skip_slow_imports
from daye_analysis.reporting.job import Job
from daye_analysis.reporting.postponed import import_seaborn
from daye_analysis.reporting.processes import adopt_orphans, children, kill_tree

# What a run needs whatever the notebook does. Not imported here: `matplotlib_inline.backend_inline`, which must find
# the run's own shell when it is imported.
ALWAYS = (
    "papermill.execute", "nbclient", "nbformat", "IPython.display", "IPython.core.application", "IPython.core.completer",
    "IPython.core.completerlib", "IPython.core.crashhandler", "IPython.core.logger", "IPython.core.oinspect",
    "IPython.core.pylabtools", "IPython.extensions.storemagic", "ipykernel.debugger", "daye_analysis.reporting.engine", "daye_analysis.reporting.worker",
)  # fmt: skip
# What our notebooks and their printing use.
LIBRARIES = (
    "numpy", "pandas", "pandas.io.formats.csvs", "pandas.io.formats.string", "matplotlib",
    "matplotlib.pyplot", "matplotlib.backends.backend_svg", "scipy.special", "typst", "mistune.plugins.task_lists",
    "daye_analysis.package.load", "daye_analysis.reporting.render", "daye_analysis.reporting.pdf",
)  # fmt: skip
# Rooms that no notebook calls, or of which it calls only what `LIBRARIES` names.
NOT_CALLED = frozenset({"cli", "source", "package", "reporting", "__main__"})


def preload(libraries: Sequence[str]) -> None:
    """Import what runs need and use it once, so that caches are filled that every run would fill anew.

    With any libraries come all modules of the rooms that notebooks call.
    """
    # Looking for garbage amid a thousand imports takes a sixth of the time and finds none.
    gc.disable()
    skip_slow_imports()
    for name in (*ALWAYS, *libraries):
        importlib.import_module(name)
    # Compiles the schema by which each notebook is checked.
    sys.modules["nbformat"].reads('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', as_version=4)
    if libraries:
        import_seaborn()
        _import_rooms()
        with contextlib.suppress(Exception):
            _use_once()
    gc.freeze()
    gc.enable()


def _import_rooms() -> None:
    """Import every module of the library's rooms but `NOT_CALLED`; one that cannot be imported fails its own run."""
    import daye_analysis

    for room in pkgutil.iter_modules(daye_analysis.__path__, "daye_analysis."):
        if room.name.rpartition(".")[2] in NOT_CALLED:
            continue
        with contextlib.suppress(Exception):
            found = importlib.import_module(room.name)
            for module in pkgutil.walk_packages(getattr(found, "__path__", []), f"{room.name}."):
                with contextlib.suppress(Exception):
                    importlib.import_module(module.name)


def is_fit_to_fork() -> bool:
    """Tell whether this process has one thread; a lock held by another thread would stay locked in the child."""
    tasks = Path("/proc/self/task")
    threads = len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()
    return threads == 1


def serve(libraries: Sequence[str]) -> None:
    """Serve jobs from standard input until it ends, with `libraries` ready."""
    replies = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints while it is imported is no reply
    preload(libraries)
    adopt_orphans()
    running: set[int] = set()
    wakeup, wakeup_writer = os.pipe()
    for end in (wakeup, wakeup_writer):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakeup_writer)
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ, "jobs")
        selector.register(wakeup, selectors.EVENT_READ, "ended")
        _reply(replies, {"ready": is_fit_to_fork()})
        waiting = b""
        while True:
            for key, _ in selector.select():
                data = os.read(key.fd, 65536)
                if key.data == "ended":
                    _reap(running, replies)
                    continue
                if not data:
                    for pid in running:
                        kill_tree(pid)
                    return
                *lines, waiting = (waiting + data).split(b"\n")
                for line in lines:
                    pid = _fork(Path(json.loads(line)["job"]), [replies, wakeup, wakeup_writer])
                    running.add(pid)
                    _reply(replies, {"started": pid, "job": json.loads(line)["job"]})


def _fork(path: Path, inherited: list[int]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _be_the_run(path, inherited, parent)
    return pid


def _be_the_run(path: Path, inherited: list[int], parent: int) -> NoReturn:
    """Become a process such as a new kernel would be: own session, environment, folder, streams and randomness."""
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for descriptor in inherited:
            os.close(descriptor)
        job = Job.read(path)
        os.environ.clear()
        os.environ.update(job.environment)
        time.tzset()
        tempfile.tempdir = None
        for number, name in ((0, os.devnull), (1, "worker.log"), (2, "worker.log")):
            opened = os.open(job.private / name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(opened, number)
            os.close(opened)
        sys.argv = [""]
        # A run is short: looking for garbage less often saves up to a sixth of it, and changes nothing that it shows.
        gc.set_threshold(100_000, 20, 100)
        random.seed()
        numpy: Any = sys.modules.get("numpy")
        if numpy is not None:
            numpy.random.seed()
        from daye_analysis.reporting import worker

        worker.run_job(job, "daye-forked", parent)
        kill_tree(os.getpid(), including_root=False)
    finally:
        # Never back into the parent's code, whatever happened.
        os._exit(0)


def _reap(running: set[int], replies: int) -> None:
    """Report the children that ended, and kill what they left behind: orphans were adopted by this process."""
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if ended is None:
            return
        pid = ended.si_pid
        if pid in running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
            _kill_adopted(running)
            running.discard(pid)
            os.waitpid(pid, 0)
            _reply(replies, {"ended": pid})
        else:
            os.waitpid(pid, 0)


def _kill_adopted(running: set[int]) -> None:
    for child in children(os.getpid()):
        if child not in running:
            kill_tree(child)


def _reply(descriptor: int, message: dict[str, Any]) -> None:
    with contextlib.suppress(BrokenPipeError):
        os.write(descriptor, json.dumps(message).encode() + b"\n")


def _use_once() -> None:
    """Load the project's own package and the fonts, draw one small chart and read one small page that nobody sees.

    Nothing of it is kept but what the libraries cache by themselves; what drawing changed is put back.
    """
    import matplotlib

    from daye_analysis.figures.display import picture
    from daye_analysis.figures.style import new_figure, style
    from daye_analysis.figures.typeface import advance_width, code_points
    from daye_analysis.package.load import load
    from daye_analysis.reporting.pdf.markdown import read_markdown
    from daye_analysis.reporting.pdf.render import load_fonts

    load()
    load_fonts()
    read_markdown("# a\n\n- *b* **c**\n\n> d")  # compiles the patterns by which Markdown is read
    code_points()
    advance_width("图")
    before = dict.copy(matplotlib.rcParams)
    with style():
        figure = new_figure(1.0)
        axes = figure.subplots()
        axes.barh(["图 Aa"], [1])
        axes.set_title("图 Aa", fontweight="bold")
        picture(figure, "", "")
    # Not rcParams.update: that would resolve the backend, which each run must choose anew.
    for key, value in before.items():
        dict.__setitem__(matplotlib.rcParams, key, value)


if __name__ == "__main__":
    serve(sys.argv[1:])
    # Not by the interpreter's own end, which takes everything apart that was imported: a tenth of a second.
    os._exit(0)
