"""The process of one run: sets its limits, runs the notebook with papermill, prints it, and reports the outcome.

It reads a job file and leaves a result file; only a result that says `done` counts, never the exit status. Whoever
started it watches the clock (`execute`). Started plainly it runs the notebook in a Jupyter kernel; started by the
fork server it runs the cells itself.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from daye_analysis.errors import CheckFailed, DayeError, InfrastructureFailed
from daye_analysis.reporting.environment import skip_slow_imports
from daye_analysis.reporting.execution.job import JOURNAL, PREPARED, RESULT, Job
from daye_analysis.reporting.execution.processes import adopt_orphans, kill_tree
from daye_analysis.reporting.notebooks.notebook import KERNELSPEC, cleaned, failed_cell, is_complete, to_bytes
from daye_analysis.reporting.problems import (
    problem_cell,
    problem_incomplete,
    problem_kernel_died,
    problem_memory,
    problem_system,
    problem_unforeseen,
)
from daye_analysis.reporting.publishing.failure import problems_as_json

# A full disk or quota, a failing disk: no fault of the cell that met it, and it may pass.
NO_ROOM = re.compile(rf"\[Errno ({errno.ENOSPC}|{errno.EDQUOT}|{errno.EIO})\]")
OUT_OF_MEMORY = ("MemoryError", "_ArrayMemoryError", "ArrowMemoryError", "OutOfMemoryError")


def run_job(job: Job, engine: str) -> None:
    """Run the job in this process and write its result file; a notebook of another language has a kernel of its own."""
    engine = "daye-kernel" if job.kernel else engine
    memory_bytes = limit_process(job.memory_bytes, job.file_bytes)
    started = time.monotonic()
    try:
        seconds = _execute_and_print(job, engine, memory_bytes)
        result: dict[str, Any] = {"done": True, "seconds": seconds, "engine": engine}
    except DayeError as error:
        result = failure_as_json(error)
    except MemoryError:
        result = failure_as_json(InfrastructureFailed(problem_memory(memory_bytes)))
    except OSError as error:
        result = failure_as_json(InfrastructureFailed(problem_system(error)))
    except Exception as error:  # noqa: BLE001 (whatever went wrong must reach the one who watches)
        result = failure_as_json(CheckFailed(problem_unforeseen(error)))
    result["total_seconds"] = time.monotonic() - started
    (job.private / RESULT).write_text(json.dumps(result), encoding="utf-8")


def limit_process(memory_bytes: int | None, file_bytes: int | None) -> int | None:
    """Limit the address space of this process and its children, and the files they write, where the system can do so.

    Returns the limit of memory that holds: where a lower one was set from outside, that one.
    """
    try:
        import resource
    except ImportError:  # Windows: the one who watches looks at the memory in use
        return memory_bytes

    def lowered(kind: int, wanted: int | None) -> int | None:
        set_already = [limit for limit in resource.getrlimit(kind) if limit != resource.RLIM_INFINITY]
        limit = min([*set_already, *([] if wanted is None else [wanted])], default=None)
        if limit is not None:
            resource.setrlimit(kind, (limit, limit))
        return limit

    lowered(resource.RLIMIT_CORE, 0)
    lowered(resource.RLIMIT_FSIZE, file_bytes)
    if sys.platform == "darwin":  # takes the call and ignores it
        return memory_bytes
    return lowered(resource.RLIMIT_AS, memory_bytes)


def end_with_parent(parent: int) -> None:
    """End this process's whole group when its parent dies, so that no run outlives the one who watches it.

    The number is given, not asked for: the parent may be dead by the time that this process could ask.
    """
    if os.name != "posix":
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.25)
        os.killpg(0, 9)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def failure_as_json(error: DayeError) -> dict[str, Any]:
    """Return an error as the result file holds it."""
    return {"done": False, "exit_code": error.exit_code, "problems": problems_as_json(error.problems)}


def _execute_and_print(job: Job, engine: str, memory_bytes: int | None) -> dict[str, float]:
    before = time.monotonic()
    executed = _execute(job, engine, memory_bytes)
    ran = time.monotonic()
    final = cleaned(executed, machine_paths(job))
    data = to_bytes(final)
    for name, content in _renderer(job.renderer)(json.loads(data), job.identity).items():
        (job.run_folder / name).write_bytes(content)
    (job.run_folder / "report.ipynb").write_bytes(data)
    return {"notebook": ran - before, "printing": time.monotonic() - ran}


def _execute(job: Job, engine: str, memory_bytes: int | None) -> Mapping[str, Any]:
    skip_slow_imports()
    from nbclient.exceptions import DeadKernelError
    from papermill.engines import papermill_engines
    from papermill.iorw import load_notebook_node
    from papermill.utils import chdir

    from daye_analysis.reporting.execution import engine as engines

    engines.register()
    os.chdir(job.private)  # papermill takes braces in a path for a template, so that it is given none
    prepared = load_notebook_node(PREPARED)
    journal = engines.journal_at(job.private / JOURNAL)
    try:
        with chdir(str(job.work)):
            executed = papermill_engines.execute_notebook_with_engine(
                engine,
                prepared,
                kernel_name=job.kernel or KERNELSPEC["name"],
                progress_bar=False,
                journal=journal,
                start_timeout=60,
            )
    except DeadKernelError:
        raise InfrastructureFailed(problem_kernel_died()) from None
    except RuntimeError as error:
        if "Kernel" in str(error):  # nbclient: the kernel did not start, or did not answer
            raise InfrastructureFailed(problem_kernel_died()) from None
        raise
    notebook: dict[str, Any] = json.loads(json.dumps(executed))
    failed = failed_cell(notebook)
    if failed is not None:
        raise _cell_failure(*failed, memory_bytes)
    if not is_complete(notebook):
        raise CheckFailed(problem_incomplete())
    return notebook


def _cell_failure(count: int | None, name: str, value: str, memory_bytes: int | None) -> DayeError:
    """Return the failure of the cell with the execution count `count`, by the name and the text of its exception."""
    if name in OUT_OF_MEMORY:
        return InfrastructureFailed(problem_memory(memory_bytes))
    if name == "OSError" and (found := NO_ROOM.match(value)):
        number = int(found.group(1))
        return InfrastructureFailed(problem_system(OSError(number, os.strerror(number))))
    return CheckFailed(problem_cell(count, f"{name}: {value}"[:300]))


def _renderer(name: str) -> Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, bytes]]:
    module, _, function = name.partition(":")
    found: Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, bytes]] = getattr(
        importlib.import_module(module), function
    )
    return found


def machine_paths(job: Job) -> list[tuple[str, str]]:
    """Return the folders whose names must not get into outputs, with the words that replace them, longest first."""
    pairs = {
        str(job.work): "<run>",
        str(job.run_folder): "<outputs>",
        str(job.private): "<private>",
        str(Path(__file__).parents[3]): "<library>",
        sys.prefix: "<environment>",
        sys.base_prefix: "<python>",
        str(Path.home()): "<home>",
        tempfile.gettempdir(): "<temporary>",
    }
    return sorted(((path, word) for path, word in pairs.items() if len(path) > 1), key=lambda pair: -len(pair[0]))


def main() -> None:
    """Run the job whose file is the first argument, with a plain kernel; the second is who started this process."""
    end_with_parent(int(sys.argv[2]))
    adopt_orphans()
    run_job(Job.read(Path(sys.argv[1])), "daye-kernel")
    # The kernel has ended by itself; what it started with a session of its own has not.
    kill_tree(os.getpid(), including_root=False)


if __name__ == "__main__":
    main()
