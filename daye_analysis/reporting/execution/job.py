"""The description of one run for its process: where it works, its limits, and its print options."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

# Files in the private folder of a run.
JOB = "job.json"
PREPARED = "prepared.ipynb"
JOURNAL = "journal.jsonl"
RESULT = "result.json"


@dataclass(frozen=True, slots=True)
class Job:
    """`run_folder` will be the published folder, `work` is the notebook's working folder, `private` the runner's."""

    run_folder: Path
    work: Path
    private: Path
    environment: Mapping[str, str]
    renderer: str
    identity: Mapping[str, Any]
    memory_bytes: int | None
    file_bytes: int | None
    # The kernel of a notebook in another language than Python, which runs in its own process.
    kernel: str = ""

    def write(self) -> Path:
        """Write the job into its private folder and return the file."""
        path = self.private / JOB
        path.write_text(json.dumps(asdict(self), default=str, ensure_ascii=True), encoding="utf-8")
        return path

    @classmethod
    def read(cls, path: Path) -> Job:
        """Return the job in the file `path`."""
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(**content | {name: Path(content[name]) for name in ("run_folder", "work", "private")})
