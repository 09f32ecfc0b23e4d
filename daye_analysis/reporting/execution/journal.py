"""A journal of a run, one line for each cell that starts or ends, so that a killed run shows its progress.

Written by the process that runs the notebook, read by the one that watches it. Appending a line costs the same for
every cell, whereas saving the whole notebook at every cell, as papermill does, costs more the longer it gets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple


class Progress(NamedTuple):
    """Results of the cells that ended, by position, and the position of the cell that was running, if any."""

    done: dict[int, dict[str, Any]]
    running: int | None


class Journal:
    """Appends to the file `path`; each line reaches the operating system at once."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("a", encoding="utf-8")

    def started(self, position: int) -> None:
        """Note that the cell at `position` starts."""
        self._write({"started": position})

    def ended(self, position: int, cell: Mapping[str, Any]) -> None:
        """Note the outputs of the cell at `position`."""
        outputs, count = cell.get("outputs", []), cell.get("execution_count")
        self._write({"ended": position, "result": {"outputs": outputs, "execution_count": count}})

    def _write(self, line: Mapping[str, Any]) -> None:
        self._stream.write(json.dumps(line, ensure_ascii=True) + "\n")
        self._stream.flush()


def read_journal(path: Path) -> Progress:
    """Return what the journal says; a last line cut short by a crash counts as not written."""
    done: dict[int, dict[str, Any]] = {}
    running: int | None = None
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            break
        if "started" in entry:
            running = entry["started"]
        else:
            # An earlier cell's entry comes again when a task that it began shows something more.
            done[entry["ended"]] = entry["result"]
            running = None if running == entry["ended"] else running
    return Progress(done, running)
