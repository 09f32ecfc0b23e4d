"""The two papermill engines: a plain Jupyter kernel, and one within the current, forked process.

Both are papermill's own with nbclient, write the journal and give the same outputs; only the kernel differs. The second
saves the start of Python, of pandas and of a kernel: its process was forked from a parent that holds all of them ready.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from daye_analysis.reporting.environment import skip_slow_imports
from daye_analysis.reporting.execution.journal import Journal

skip_slow_imports()

from jupyter_core.utils import ensure_async, ensure_event_loop  # noqa: E402
from nbclient.exceptions import CellExecutionComplete  # noqa: E402
from papermill.clientwrap import PapermillNotebookClient  # noqa: E402
from papermill.engines import Engine, NBClientEngine, papermill_engines  # noqa: E402

from daye_analysis.reporting.execution import own_kernel  # noqa: E402
from daye_analysis.reporting.notebooks import completion, streams  # noqa: E402
from daye_analysis.reporting.notebooks.notebook import KERNELSPEC  # noqa: E402

FORKED = "daye-forked"
KERNEL = "daye-kernel"
INSTALL = "from daye_analysis.reporting.notebooks.completion import install as _install; _install(); del _install"

# What only ipykernel understands.
_OF_IPYKERNEL = [
    f"--IPKernelApp.exec_lines={[INSTALL]!r}",
    f"--IPKernelApp.outstream_class={streams.__name__}.{streams.CapturingStream.__name__}",
    "--HistoryManager.enabled=False",
]


class KernelEngine(NBClientEngine):  # type: ignore[misc]  # papermill is untyped
    """papermill's own engine with a plain Jupyter kernel, writing the journal."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run all cells of `nb_man.nb` in a new kernel."""
        client = _Client(
            nb_man,
            journal=_keep_journal(nb_man, options.pop("journal")),
            kernel_name=kernel_name,
            startup_timeout=options["start_timeout"],
            extra_arguments=_OF_IPYKERNEL if kernel_name == KERNELSPEC["name"] else [],
        )
        client.execute()


class ForkedEngine(Engine):  # type: ignore[misc]  # papermill is untyped
    """Runs the cells in this very process, which is a fresh fork and ends after the run."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:  # noqa: ARG003
        """Run all cells of `nb_man.nb` here."""
        client = _Client(nb_man, journal=_keep_journal(nb_man, options.pop("journal")))
        ensure_event_loop()
        client.kc = own_kernel.start_own_kernel()
        completion.install()
        client.reset_execution_trackers()
        client.papermill_execute_cells()


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client, which leaves clocks and widgets out, and gives what comes late to the cell that it comes from."""

    record_timing = False
    store_widget_state = False

    def __init__(self, nb_man: Any, journal: Journal, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._journal = journal
        self._places: dict[str, int] = {}

    async def _async_poll_output_msg(self, parent_msg_id: str, cell: Any, cell_index: int) -> None:
        """Read messages until the cell has ended, as nbclient does, which drops those of tasks that earlier cells began."""
        self._places[parent_msg_id] = cell_index
        while True:
            message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=None))
            place = self._places.get(message["parent_header"].get("msg_id"))
            if place == cell_index:
                try:
                    self.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    return
            elif place is not None and message["msg_type"] != "status":
                self.process_message(message, self.nb.cells[place], place)
                self._journal.ended(place, self.nb.cells[place])


def register() -> None:
    """Make both engines known to papermill by name."""
    papermill_engines.register(FORKED, ForkedEngine)
    papermill_engines.register(KERNEL, KernelEngine)


def _keep_journal(nb_man: Any, journal: Journal) -> Journal:
    start, complete = nb_man.cell_start, nb_man.cell_complete

    def cell_start(cell: Any, cell_index: int) -> None:
        journal.started(cell_index)
        start(cell, cell_index)

    def cell_complete(cell: Any, cell_index: int) -> None:
        complete(cell, cell_index=cell_index)
        if sys.exc_info()[0] is None or cell.get("outputs"):
            journal.ended(cell_index, cell)

    nb_man.cell_start, nb_man.cell_complete = cell_start, cell_complete
    return journal


def journal_at(path: Path) -> Journal:
    """Return the journal that the engines take as their `journal` option."""
    return Journal(path)
