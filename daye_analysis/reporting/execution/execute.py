"""Run a job in a child process with time and memory limits, and end it with all its children.

Two ways: `PlainKernels` starts a new process and a Jupyter kernel for each run; `ForkServer` forks each run from one
parent that is ready. Both may be used by several threads.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from daye_analysis.errors import DayeError, InfrastructureFailed
from daye_analysis.reporting.environment import base_environment
from daye_analysis.reporting.execution.forkserver import FIT, LIBRARIES, UNFIT
from daye_analysis.reporting.execution.job import RESULT, Job
from daye_analysis.reporting.execution.processes import kill_tree, memory_in_use
from daye_analysis.reporting.problems import (
    problem_interrupted,
    problem_kernel_died,
    problem_memory,
    problem_server_died,
    problem_time,
    refuse_in_browser,
)

STEP = 0.2


class TimedOut(DayeError):
    """The run took longer than its limit (exit 124)."""

    exit_code: ClassVar[int] = 124


class Interrupted(DayeError):
    """Interrupted by Ctrl-C (exit 130)."""

    exit_code: ClassVar[int] = 130


class Terminated(Interrupted):
    """The process was asked to end, by SIGTERM (exit 143)."""

    exit_code: ClassVar[int] = 143


class TerminationRequested(KeyboardInterrupt):
    """SIGTERM, raised where the main thread is."""


@dataclass(frozen=True, slots=True)
class RunLimits:
    """How long a run may take, and how much each of its processes may have and write (None: as much as there is).

    `file_bytes` is the size of one file, `printed_characters` what is kept of that which one cell prints to one stream.
    """

    seconds: float = 600.0
    memory_bytes: int | None = 8 * 2**30
    file_bytes: int | None = 2 * 2**30
    printed_characters: int = 4_000_000


class Process(Protocol):
    """A run on its way."""

    @property
    def pid(self) -> int:
        """The number of the process that leads the run's group."""

    def wait(self, seconds: float) -> bool:
        """Wait at most so long and return whether the process has ended."""


class Starter(Protocol):
    """Something that starts a process for a job."""

    def start(self, job: Job) -> Process:
        """Start it."""


class PlainKernels:
    """Starts a new Python with a Jupyter kernel for each run; works on every system."""

    def start(self, job: Job) -> Process:
        """Start a worker for `job`."""
        with (job.private / "worker.log").open("ab") as log:
            popen = subprocess.Popen(
                [sys.executable, "-m", "daye_analysis.reporting.execution.worker", str(job.write()), str(os.getpid())],
                env=dict(job.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=job.private,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        return _Started(popen)


class _Started:
    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        self._popen = popen
        self.pid = popen.pid

    def wait(self, seconds: float) -> bool:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(seconds)
        return self._popen.returncode is not None


class ForkServer:
    """Forks each run from one ready parent, which starts at once and is waited for when the first job comes.

    `libraries` are the modules that it holds ready beside those that every run needs.
    """

    def __init__(self, libraries: Sequence[str] = LIBRARIES) -> None:
        self._asks, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "daye_analysis.reporting.execution.forkserver", str(theirs.fileno()), *libraries],
                env=base_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                cwd=Path(sys.prefix),
            )
        self._lock = threading.Lock()
        self._state: bytes | None = None

    def start(self, job: Job) -> Process:
        """Fork a run for `job`; raises InfrastructureFailed when the parent died."""
        path = os.fsencode(job.write())
        with self._lock:
            if self._state is None:
                self._state = self._asks.recv(4096)
        if self._state == UNFIT:
            return PlainKernels().start(job)
        if self._state != FIT:
            raise InfrastructureFailed(problem_server_died(self._state.decode("utf-8", "replace")))
        life, theirs = os.pipe()
        try:
            socket.send_fds(self._asks, [path], [theirs])
        except OSError:
            os.close(life)
            raise InfrastructureFailed(problem_server_died("")) from None
        finally:
            os.close(theirs)
        return _Forked(life)

    def close(self) -> None:
        """End the parent and all running children; a parent that was never asked for a run is not waited for."""
        if self._state is None:
            self._server.terminate()
        self._asks.close()
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            kill_tree(self._server.pid)
            self._server.wait()

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class _Forked:
    """A forked run: `life` is a pipe whose other end is closed when it ends, with all that it started."""

    def __init__(self, life: int) -> None:
        self._life = open(life, "rb", buffering=0)  # noqa: SIM115  (closed when the run ends)
        said = self._life.readline()
        if not said:
            self._life.close()
            raise InfrastructureFailed(problem_server_died(""))
        self.pid = int(said)

    def wait(self, seconds: float) -> bool:
        if not self._life.closed and select.select([self._life], [], [], seconds)[0]:
            self._life.close()
        return self._life.closed


@contextlib.contextmanager
def best_starter(libraries: Sequence[str] = LIBRARIES) -> Iterator[Starter]:
    """Yield the quickest way to start runs here: a fork server that holds `libraries` ready, else plain kernels.

    The server starts preparing at once; one that is never asked for a run is ended within milliseconds.
    Raises Refused (run.in-browser) where no process can be started.
    """
    refuse_in_browser()
    if can_fork():
        with ForkServer(libraries) as server:
            yield server
    else:
        yield PlainKernels()


def can_fork() -> bool:
    """Return whether runs may be forked here; macOS's own libraries do not survive a fork."""
    return hasattr(os, "fork") and sys.platform == "linux"


def perform(job: Job, starter: Starter, limits: RunLimits, stop: threading.Event | None = None) -> dict[str, Any]:
    """Have `job` done and return its result, as the worker wrote it.

    Raises TimedOut at the wall-clock limit, InfrastructureFailed when the process died, Interrupted when `stop` is
    set, and lets KeyboardInterrupt through; in each case nothing of the run is left running.
    """
    process = starter.start(job)
    deadline = time.monotonic() + limits.seconds
    try:
        while not process.wait(min(STEP, max(0.0, deadline - time.monotonic()))):
            if stop is not None and stop.is_set():
                raise Interrupted(problem_interrupted())
            if time.monotonic() >= deadline:
                raise TimedOut(problem_time(limits.seconds))
            if _must_watch_memory(limits) and memory_in_use(process.pid) > (limits.memory_bytes or 0):
                raise InfrastructureFailed(problem_memory(limits.memory_bytes))
    except BaseException:
        kill_tree(process.pid)
        process.wait(5.0)
        raise
    try:
        content: dict[str, Any] = json.loads((job.private / RESULT).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # died before, or while, it wrote how the run went
        raise InfrastructureFailed(problem_kernel_died()) from None
    return content


@contextlib.contextmanager
def termination_as_exception() -> Iterator[None]:
    """Within, SIGTERM raises TerminationRequested, so that runs are ended in order; in the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def request(*_: object) -> None:
        raise TerminationRequested

    previous = signal.signal(signal.SIGTERM, request)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def _must_watch_memory(limits: RunLimits) -> bool:
    """On systems where a process cannot be given a limit, its memory is looked at instead."""
    return limits.memory_bytes is not None and sys.platform in ("win32", "darwin")


def interruption(error: KeyboardInterrupt) -> Interrupted:
    """Return the error that says what `error` was."""
    return (Terminated if isinstance(error, TerminationRequested) else Interrupted)(problem_interrupted())
