"""A parent process that has Python, pandas, matplotlib and IPython loaded, and forks a child for each run.

Starting these takes most of the time of a small report. The parent never runs a notebook, has one thread and lives as
long as one command, so that no run can see another and none meets old code.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import random
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from daye_analysis.reporting.environment import skip_slow_imports
from daye_analysis.reporting.execution.job import Job
from daye_analysis.reporting.execution.processes import adopt_orphans, die_with_parent, kill_tree

# What a run needs whatever the notebook does. Not imported here: `matplotlib_inline.backend_inline`, which must find
# the run's own shell when it is imported.
ALWAYS = (
    "papermill.execute", "nbclient", "nbformat", "IPython.display", "IPython.core.application", "IPython.core.completer",
    "IPython.core.completerlib", "IPython.core.crashhandler", "IPython.core.logger", "IPython.core.oinspect",
    "IPython.core.pylabtools", "IPython.core.debugger", "IPython.extensions.storemagic", "ipykernel.debugger", "faulthandler",
    "resource", "tornado.platform.asyncio", "daye_analysis.reporting.execution.engine", "daye_analysis.reporting.execution.worker",
)  # fmt: skip
# What our notebooks and their printing use.
LIBRARIES = (
    "numpy", "pandas", "pandas.io.formats.csvs", "pandas.io.formats.string", "matplotlib",
    "matplotlib.pyplot", "matplotlib.backends.backend_svg", "seaborn", "scipy.special", "typst",
    "mistune.plugins.task_lists", "latex2mathml.converter", "daye_analysis.views.load", "daye_analysis.reporting.execution.render", "daye_analysis.reporting.documents",
)  # fmt: skip
# Rooms that no notebook calls, or of which it calls only what `LIBRARIES` names.
NOT_CALLED = frozenset({"cli", "source", "package", "reporting", "__main__"})
# What the parent says when it is ready.
FIT, UNFIT = b"fit", b"unfit"


def preload(libraries: Sequence[str]) -> None:
    """Import what runs need and use it once, so that caches are filled that every run would otherwise fill again.

    With any libraries come all modules of the rooms that notebooks call.
    """
    # Garbage collection during a thousand imports takes a sixth of the time and finds none.
    gc.disable()
    skip_slow_imports()
    for name in (*ALWAYS, *libraries):
        importlib.import_module(name)
    # Compiles the schema by which each notebook is checked.
    sys.modules["nbformat"].reads('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', as_version=4)
    if libraries:
        _import_rooms()
        _use_once()
    gc.freeze()
    gc.enable()


def _import_rooms() -> None:
    """Import every module of the library's rooms but `NOT_CALLED`."""
    import daye_analysis

    for room in pkgutil.iter_modules(daye_analysis.__path__, "daye_analysis."):
        if room.name.rpartition(".")[2] not in NOT_CALLED:
            found = importlib.import_module(room.name)
            for module in pkgutil.walk_packages(getattr(found, "__path__", []), f"{room.name}."):
                importlib.import_module(module.name)


def is_fit_to_fork() -> bool:
    """Return whether this process has one thread; a lock held by another thread would stay locked in the child."""
    tasks = Path("/proc/self/task")
    threads = len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()
    return threads == 1


def serve(asked: socket.socket, libraries: Sequence[str]) -> None:
    """Fork a run for each job that is asked for, until the other end is closed.

    A job comes as the path of its file with a descriptor, which stays open as long as the run or anything that it
    started lives; the first that is written to it is the number of the process to kill.
    """
    preload(libraries)
    signal.signal(signal.SIGCHLD, lambda *_: _reap())
    asked.send(FIT if is_fit_to_fork() else UNFIT)
    server = os.getpid()
    while True:
        path, descriptors, _, _ = socket.recv_fds(asked, 65536, 1)
        if not path:
            return
        if os.fork() == 0:
            asked.close()
            _keep(Path(os.fsdecode(path)), descriptors[0], server)
        os.close(descriptors[0])


def _keep(path: Path, life: int, server: int) -> NoReturn:
    """Fork the run, wait for its end, or the server's, and end whatever it started and left behind.

    A process of its own for each run, which adopts all orphans below it: so they are known as this run's.
    """
    try:
        os.setsid()
        adopt_orphans()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        run = os.fork()
        if run == 0:
            os.close(life)
            _be_the_run(path)
        os.write(life, b"%d\n" % os.getpid())
        while run not in _reap() and os.getppid() == server:
            signal.sigtimedwait({signal.SIGCHLD}, 0.25)
        if _has_children():
            kill_tree(os.getpid(), including_root=False)
    finally:
        # Never back into the server's code, whatever happened.
        os._exit(0)


def _reap() -> list[int]:
    """Return the children that have ended, and let go of them."""
    ended: list[int] = []
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        ended.append(pid)


def _has_children() -> bool:
    """Return whether anything that the run started lives on."""
    _reap()
    try:
        return os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except ChildProcessError:
        return False


def _be_the_run(path: Path) -> NoReturn:
    """Become a process such as a new kernel would be: own session, environment, streams and randomness."""
    try:
        os.setsid()
        die_with_parent()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        job = Job.read(path)
        os.environ.clear()
        os.environ.update(job.environment)
        time.tzset()
        tempfile.tempdir = None
        for number, name in ((0, os.devnull), (1, job.private / "worker.log"), (2, job.private / "worker.log")):
            opened = os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(opened, number)
            os.close(opened)
        sys.argv = [""]
        # A run is short: looking for garbage less often saves up to a sixth of it, and changes nothing that it shows.
        gc.set_threshold(100_000, 20, 100)
        random.seed()
        numpy: Any = sys.modules.get("numpy")
        if numpy is not None:
            numpy.random.seed()
        from daye_analysis.reporting.execution import worker

        worker.run_job(job, "daye-forked")
    finally:
        os._exit(0)


def _use_once() -> None:
    """Load the project's own package and the fonts, draw one small chart and read one small page as a warm-up.

    Nothing of it is kept but what the libraries cache by themselves; what drawing changed is put back.
    """
    import matplotlib

    from daye_analysis.charts.display import render
    from daye_analysis.charts.drawing.style import new_figure, style
    from daye_analysis.charts.typeface import advance_width, code_points
    from daye_analysis.reporting.documents.markdown import read_markdown
    from daye_analysis.reporting.documents.render import load_fonts
    from daye_analysis.views.load import load

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
        render(figure, "图 Aa")
    # Not rcParams.update: that would resolve the backend, which each run must choose itself.
    for key, value in before.items():
        dict.__setitem__(matplotlib.rcParams, key, value)


if __name__ == "__main__":
    del sys.path[0]  # where this process was started, which is no folder of the run's
    asks = socket.socket(fileno=int(sys.argv[1]))
    try:
        serve(asks, sys.argv[2:])
    except Exception as failure:  # noqa: BLE001  (for instance a library that cannot be imported: reported to the caller)
        asks.send(f"{type(failure).__name__}: {failure}"[:1000].encode())
    # Not by the interpreter's own end, which takes everything apart that was imported: a tenth of a second.
    os._exit(0)
