"""End a process with all processes that it started, and measure their memory use."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import time
from typing import Any

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def adopt_orphans() -> None:
    """Let processes whose parent died below this one become its children (Linux), so that `kill_tree` finds them."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Have this process killed when its parent dies (Linux)."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def kill_tree(pid: int, including_root: bool = True, patience: float = 5.0) -> None:
    """Kill the process `pid` and all its descendants, also those with their own group or session.

    All are stopped before any is killed, so that none can start another meanwhile. Returns when they are gone or
    after `patience` seconds.
    """
    psutil = _psutil()

    try:
        root = psutil.Process(pid)
    except psutil.NoSuchProcess:
        return
    found = _stopped(root, including_root)
    for process in found:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    if including_root and os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    deadline = time.monotonic() + patience
    while any(_runs(process) for process in found) and time.monotonic() < deadline:
        time.sleep(0.01)


def memory_in_use(pid: int) -> int:
    """Return the bytes of memory that the process `pid` and its descendants hold; 0 when it is gone."""
    psutil = _psutil()

    total = 0
    try:
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
    except psutil.NoSuchProcess:
        return total
    return total


def _stopped(root: Any, including_root: bool) -> list[Any]:
    """Return the tree's processes, all stopped; looked up again until no new one appears."""
    psutil = _psutil()

    known: dict[int, Any] = {}
    while True:
        try:
            tree = ([root] if including_root else []) + root.children(recursive=True)
        except psutil.NoSuchProcess:
            tree = []
        new = [process for process in tree if process.pid not in known]
        if not new:
            return list(known.values())
        for process in new:
            known[process.pid] = process
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                process.suspend()


def _runs(process: Any) -> bool:
    psutil = _psutil()

    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _psutil() -> Any:
    """Return psutil, which ipykernel needs too; imported when first used, since most runs end by themselves."""
    return importlib.import_module("psutil")
