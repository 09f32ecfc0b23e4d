"""A Jupyter kernel within the current, forked process: ipykernel's in-process kernel, and a client for it.

What a notebook can see of it is as in a kernel of its own: the shell, the application, the running event loop, the
messages. Only nothing goes over a socket, and no thread waits for any.
"""

from __future__ import annotations

import asyncio
import contextvars
import queue
import sys
import threading
from collections import deque
from types import SimpleNamespace
from typing import Any

from ipykernel.inprocess.channels import InProcessChannel
from ipykernel.inprocess.client import InProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.socket import DummySocket
from ipykernel.iostream import IOPubThread
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets import Float, Type

from daye_analysis.reporting.notebooks.streams import CapturingStream

# Seconds between two cells in which the tasks of earlier ones go on, as they do in a kernel that waits for the next.
PAUSE = 0.0005


class OwnKernel(InProcessKernel):  # type: ignore[misc]  # ipykernel is untyped
    """ipykernel's in-process kernel, with the shell of a kernel in a process of its own."""

    shell_class = Type(ZMQInteractiveShell)
    # `await` in a cell asks for the thread that is interrupted, of an object that only kernels with sockets have.
    shell_channel_thread = AnyTrait(SimpleNamespace(parent_thread=threading.main_thread()))
    _supports_kernel_subshells = False
    # The pause after a cell, in which a socket would be read; ours comes before it, and stops no task.
    _execute_sleep = Float(0.0)


class _Socket(DummySocket):  # type: ignore[misc]
    """ipykernel's stand-in for a socket, for messages from several threads: it counts them, and a count may be missed."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()

    def send_multipart(self, *arguments: Any, **named: Any) -> None:
        with self._lock:
            super().send_multipart(*arguments, **named)


class _Application(IPKernelApp):  # type: ignore[misc]
    """ipykernel's application, which has the kernel and which libraries ask for it."""

    name = "ipython-kernel"

    def init_sockets(self) -> None:
        """Take a thread that is never started: what is sent through it is handed over at once."""
        self.iopub_thread = IOPubThread(_Socket(), session=self.session)
        self.iopub_socket = self.iopub_thread.background_socket

    def init_io(self) -> None:
        """Set the streams."""
        sys.stdout = CapturingStream(self.session, self.iopub_thread, "stdout", watchfd="force")
        sys.stderr = CapturingStream(self.session, self.iopub_thread, "stderr", watchfd="force")
        self.patch_io()

    def init_kernel(self) -> None:
        """Make the kernel, which makes the shell."""
        self.kernel = OwnKernel.instance(
            parent=self,
            session=self.session,
            iopub_thread=self.iopub_thread,
            _underlying_iopub_socket=self.iopub_thread.socket,
            stdout=sys.stdout,
            stderr=sys.stderr,
            log=self.log,
        )


class _Channel(InProcessChannel):  # type: ignore[misc]
    """Keeps messages until they are requested; the caller waits without blocking the event loop."""

    def __init__(self, client: Any = None) -> None:
        super().__init__(client)
        self._messages: deque[Any] = deque()
        self._came = asyncio.Event()

    def call_handlers(self, msg: Any) -> None:
        self._messages.append(msg)
        self.client.loop.call_soon_threadsafe(self._came.set)

    async def get_msg(self, timeout: float | None = None) -> Any:
        while not self._messages:
            self._came.clear()
            try:
                await asyncio.wait_for(self._came.wait(), timeout)
            except TimeoutError:
                raise queue.Empty from None
        return self._messages.popleft()


class OwnKernelClient(InProcessKernelClient):  # type: ignore[misc]
    """Has the kernel of this process run cells in the event loop that nbclient runs in."""

    shell_channel_class = Type(_Channel)
    iopub_channel_class = Type(_Channel)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.allow_stdin = False
        # One for all cells, so that what one sets by a context variable (numpy.seterr, decimal) the next finds set.
        self._context = contextvars.copy_context()

    async def is_alive(self) -> bool:
        """Report that the kernel is alive: it runs in this process."""
        return True

    def _dispatch_to_kernel(self, message: Any) -> None:
        self.loop = asyncio.get_running_loop()
        self._request = self.loop.create_task(self._handled(message), context=self._context)

    async def _handled(self, message: Any) -> None:
        await asyncio.sleep(PAUSE)
        stream = self.kernel.shell_stream
        self.session.send(stream, message)
        await self.kernel.dispatch_shell(stream.recv_multipart())
        _, reply = self.session.recv(stream, copy=False)
        self.shell_channel.call_handlers_later(reply)


def start_own_kernel() -> OwnKernelClient:
    """Start the kernel of this process, which has one only once, and return a client for it."""
    application: Any = _Application.instance()
    application.config.HistoryManager.enabled = False
    application.init_pdb()
    application.init_sockets()
    application.init_io()
    application.init_signal()
    application.init_kernel()
    application.init_path()
    application.init_shell()
    application.init_gui_pylab()
    application.init_extensions()
    client = OwnKernelClient(kernel=application.kernel, session=application.session)
    application.kernel.frontends.append(client)
    application.kernel.io_loop = IOLoop.current()
    return client
