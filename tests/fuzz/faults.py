"""A command run in a child process that is killed, or refused by the system, at its n-th file operation.

Operations are what Python does to the file system (its audit events), what its files write to the disk, and `fsync`.
A write that is struck has put half of its bytes into the file. What C libraries write by themselves (SQLite, Arrow) is
not counted; their files are opened in folders that Python makes and renames.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

SECONDS = 60.0
# What is limited is a child's own time on a processor; one that waits is given up after so many times as long.
_PATIENCE = 5
_EVENTS = frozenset({
    "os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link", "os.symlink", "os.truncate", "os.chmod", "sqlite3.connect",
})  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
ERRORS = (errno.ENOSPC, errno.EACCES, errno.EIO)


@dataclass(frozen=True)
class Fault:
    """The operation that is struck, counted from 1, and how: killed where `error` is 0, else refused with that number.

    A full disk stays full: every later operation that takes room fails too.
    """

    at: int
    error: int = 0


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code (a signal is negative, None is no end in time), operations, and what it printed."""

    code: int | None
    operations: int
    said: str
    seconds: float

    @property
    def is_bug(self) -> bool:
        """Return whether a person would see a traceback, or a fault of the program."""
        return "Traceback (most recent call last)" in self.said or "program.fault" in self.said

    def faults(self, what: str) -> list[str]:
        """Return what is wrong with the end of a call that nothing struck, whether it succeeded or refused: nothing, where all is well."""
        if self.code is None:
            return [f"{what} hangs"]
        return [f"{what}, traceback: {self.said[-1500:]}"] if self.is_bug or self.code < 0 else []


class _Striker:
    """Counts operations in the child and strikes one of them."""

    def __init__(self, fault: Fault | None) -> None:
        self.fault = fault
        self.count = 0

    def operation(self, takes_room: bool = True) -> bool:
        """Count one operation and return whether it is to be struck."""
        self.count += 1
        if self.fault is None:
            return False
        if self.fault.error == errno.ENOSPC:
            return self.count >= self.fault.at and takes_room
        return self.count == self.fault.at

    def strike(self, name: object) -> NoReturn:
        """Die, or raise what the system would."""
        assert self.fault is not None
        if not self.fault.error:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(self.fault.error, os.strerror(self.fault.error), str(name))

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Count an audit event that changes files."""
        if event == "open":
            path, _, flags = arguments
            if (
                isinstance(path, int)
                or not isinstance(flags, int)
                or not flags & _WRITES
                or str(path).startswith("/dev/")
            ):
                return
            if self.operation():
                self.strike(path)
        elif event in _EVENTS and self.operation(takes_room=event in ("os.mkdir", "sqlite3.connect")):
            self.strike(arguments[0])


def run(call: Callable[[], int], fault: Fault | None = None, seconds: float = SECONDS) -> Ended:
    """Return how `call` ends in a forked child; one that takes more than `seconds`, on however busy a machine, does not."""
    started = time.monotonic()
    reading, writing = os.pipe()
    said_by, said_to = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.close(said_by)
        _live(call, fault, writing, said_to)
    os.close(writing)
    os.close(said_to)
    said = _read(said_by, child, started + seconds * _PATIENCE)
    _, status, used = os.wait4(child, 0)
    counted = os.read(reading, 100)
    os.close(reading)
    late = used.ru_utime + used.ru_stime > seconds or time.monotonic() - started > seconds * _PATIENCE
    code = None if late else os.waitstatus_to_exitcode(status)
    return Ended(code, int(counted or b"0"), said, time.monotonic() - started)


def _read(source: int, child: int, deadline: float) -> str:
    """Return what the child prints until it ends; kill it at the deadline."""
    import select

    parts: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            os.kill(child, signal.SIGKILL)
            break
        if not (part := os.read(source, 65536)):
            break
        parts.append(part)
    os.close(source)
    return b"".join(parts).decode("utf-8", "replace")


def _live(call: Callable[[], int], fault: Fault | None, report: int, said: int) -> NoReturn:
    """Run `call` in the child and end with its code; whatever it prints goes to the parent."""
    os.dup2(said, 1)
    os.dup2(said, 2)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), "utf-8", write_through=True)
    code = 70
    striker = _Striker(fault)
    try:
        _patch(striker)
        code = call()
    except BaseException:  # noqa: BLE001 - whatever comes up here is what a person would see
        traceback.print_exc()
    finally:
        striker.fault = None
        sys.stdout.flush()
        os.write(report, str(striker.count).encode())
        os._exit(code)


def _patch(striker: _Striker) -> None:
    """Let the striker hear of every operation of this process; it ends soon."""
    sys.addaudithook(striker.heard)
    to_disk, opened = os.fsync, io.open

    def fsync(file: int) -> None:
        if striker.operation(takes_room=False):
            striker.strike(file)
        to_disk(file)

    class Struck(io.FileIO):
        def write(self, data: Any, /) -> int:
            if striker.operation():
                super().write(memoryview(data)[: memoryview(data).nbytes // 2])
                striker.strike(self.name)
            return super().write(data)

    def open_(file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None, newline: Any = None,
              closefd: bool = True, opener: Any = None) -> Any:  # fmt: skip
        if isinstance(file, int) or not set(mode) & set("wxa") or "+" in mode:
            return opened(file, mode, buffering, encoding, errors, newline, closefd, opener)
        raw = io.BufferedWriter(Struck(file, mode.replace("b", "").replace("t", ""), opener=opener))
        return raw if "b" in mode else io.TextIOWrapper(raw, encoding or "utf-8", errors, newline)

    os.fsync = fsync  # type: ignore[assignment]
    io.open = builtins.open = open_  # type: ignore[assignment]


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below `folder`, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
