"""The two papermill engines: a forked child that runs the cells itself, and a plain Jupyter kernel.

Both write the journal and both give the same outputs. The first saves the start of Python, of pandas and of a
kernel: its process was forked from a parent that holds all of them ready (`forkserver`). It runs the cells in
ipykernel's own shell class, with a session that keeps the messages instead of sending them, and hands them to
nbclient's own reading of messages, so that a notebook cannot tell the two apart.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from daye_analysis.reporting import guard
from daye_analysis.reporting.environment import skip_slow_imports
from daye_analysis.reporting.journal import Journal
from daye_analysis.reporting.parameters import cell_source, cell_tags

skip_slow_imports()

from ipykernel import zmqshell  # noqa: E402
from ipykernel.compiler import XCachingCompiler  # noqa: E402
from jupyter_client.session import Session  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from papermill.clientwrap import PapermillNotebookClient  # noqa: E402
from papermill.engines import Engine, NBClientEngine, papermill_engines  # noqa: E402
from traitlets.config import Config  # noqa: E402

FORKED = "daye-forked"
KERNEL = "daye-kernel"
INSTALL = "from daye_analysis.reporting.guard import install as _install; _install(); del _install"


class KernelEngine(NBClientEngine):  # type: ignore[misc]  # papermill is untyped
    """papermill's own engine with a plain Jupyter kernel, writing the journal."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run all cells of `nb_man.nb` in a new kernel."""
        _keep_journal(nb_man, options.pop("journal"))
        client = PapermillNotebookClient(
            nb_man,
            kernel_name=kernel_name,
            startup_timeout=options["start_timeout"],
            record_timing=False,
            store_widget_state=False,
            extra_arguments=[
                f"--IPKernelApp.exec_lines={[INSTALL]!r}",
                "--HistoryManager.enabled=False",
            ],
        )
        client.execute()


class ForkedEngine(Engine):  # type: ignore[misc]  # papermill is untyped
    """Runs the cells in this very process, which is a fresh fork and ends after the run."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:  # noqa: ARG003
        """Run all cells of `nb_man.nb` here."""
        _keep_journal(nb_man, options.pop("journal"))
        recorder = _Recorder(nb_man.nb)
        shell = _shell(recorder)
        guard.install()
        for index, cell in enumerate(nb_man.nb.cells):
            nb_man.cell_start(cell, index)
            try:
                if not recorder.run(shell, cell, index):
                    nb_man.cell_exception(cell, cell_index=index)
                    break
            finally:
                nb_man.cell_complete(cell, cell_index=index)


def register() -> None:
    """Make both engines known to papermill by name."""
    papermill_engines.register(FORKED, ForkedEngine)
    papermill_engines.register(KERNEL, KernelEngine)


def _keep_journal(nb_man: Any, journal: Journal) -> None:
    start, complete = nb_man.cell_start, nb_man.cell_complete

    def cell_start(cell: Any, cell_index: int) -> None:
        journal.started(cell_index)
        start(cell, cell_index)

    def cell_complete(cell: Any, cell_index: int) -> None:
        complete(cell, cell_index=cell_index)
        if sys.exc_info()[0] is None or cell.get("outputs"):
            journal.ended(cell_index, cell)

    nb_man.cell_start, nb_man.cell_complete = cell_start, cell_complete


class _KeepingSession(Session):
    """A session whose messages go to the recorder, through JSON as they would on the wire."""

    recorder: _Recorder

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **options: Any) -> Any:  # noqa: ARG002
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content)
        self.recorder.note(message["header"]["msg_type"], self.unpack(self.pack(message["content"])))
        return message


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """ipykernel's shell without a kernel; libraries know a notebook by the name of this class."""

    compiler_class = XCachingCompiler

    def init_io(self) -> None:
        """Leave the streams alone: the recorder sets them."""

    def ask_exit(self) -> None:
        """End the run early, which is a failure: cells that follow would never run."""
        raise SystemExit("exit() in a notebook")


class _Recorder:
    """Turns what the cells print and show into notebook outputs."""

    def __init__(self, notebook: Any) -> None:
        self._client = NotebookClient(notebook, record_timing=False, store_widget_state=False)
        self._cell: Any = None
        self._index = -1
        self._descriptors = {"stdout": _Descriptor(1), "stderr": _Descriptor(2)}
        self.session = _KeepingSession()
        self.session.recorder = self

    def run(self, shell: Any, cell: Any, index: int) -> bool:
        """Run one cell and tell whether it went well."""
        if cell["cell_type"] != "code" or not cell_source(cell).strip() or "skip-execution" in cell_tags(cell):
            return True
        self._cell, self._index = cell, index
        self._client.clear_before_next_output = False
        for descriptor in self._descriptors.values():
            descriptor.skip()
        cell["outputs"] = []
        result = shell.run_cell(cell_source(cell), store_history=True)
        sys.stdout.flush()
        sys.stderr.flush()
        self.drain()
        cell["execution_count"] = shell.execution_count - 1
        return bool(result.success)

    def note(self, kind: str, content: dict[str, Any]) -> None:
        """Let nbclient make an output of one message."""
        self.drain()
        message = {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {"msg_id": ""}, "content": content}
        self._client.process_message(message, self._cell, self._index)

    def write(self, name: str, text: str) -> None:
        """Add printed text, after what other programs wrote before it."""
        self.drain()
        self._append(name, text)

    def drain(self) -> None:
        """Add what came by the process's own descriptors, from subprocesses and C code."""
        for name, descriptor in self._descriptors.items():
            text = descriptor.read_new()
            if text:
                self._append(name, text)

    def _append(self, name: str, text: str) -> None:
        message = {"msg_type": "stream", "header": {"msg_type": "stream"}, "parent_header": {"msg_id": ""}}
        self._client.process_message(message | {"content": {"name": name, "text": text}}, self._cell, self._index)


class _Descriptor:
    """Reads what was appended to the file behind a descriptor of this process."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._offset = 0

    def skip(self) -> None:
        """Forget what was written until now."""
        self._offset = os.fstat(self._number).st_size

    def read_new(self) -> str:
        """Return what was written since the last call."""
        size = os.fstat(self._number).st_size
        if size <= self._offset:
            return ""
        data = os.pread(self._number, size - self._offset, self._offset)
        self._offset += len(data)
        return data.decode("utf-8", "replace")


class _Stream:
    """`sys.stdout` or `sys.stderr` of the notebook."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, recorder: _Recorder, name: str, number: int) -> None:
        self._recorder = recorder
        self.name = name
        self._number = number

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if text:
            self._recorder.write(self.name, text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits here."""

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    @property
    def closed(self) -> bool:
        return False


def _shell(recorder: _Recorder) -> Any:
    """Return the shell of this process, set up as ipykernel sets up its own."""
    config = Config()
    config.HistoryManager.enabled = False
    # Some libraries (tqdm) look for this section to know that they are in a notebook.
    config.IPKernelApp.connection_file = ""
    zmqshell.ZMQInteractiveShell.clear_instance()
    shell: Any = ZMQInteractiveShell.instance(config=config)
    shell.displayhook.session = shell.display_pub.session = recorder.session
    shell.displayhook.pub_socket = shell.display_pub.pub_socket = None
    shell.displayhook.topic = b"execute_result"
    sys.stdout = _Stream(recorder, "stdout", 1)
    sys.stderr = _Stream(recorder, "stderr", 2)
    sys.displayhook = shell.displayhook
    return shell


def journal_at(path: Path) -> Journal:
    """Return the journal that the engines take as their `journal` option."""
    return Journal(path)
