"""The peak memory of a piece of code in a process of its own."""

from __future__ import annotations

import subprocess
import sys

# The process's own peak: ru_maxrss would also count the parent, whose memory a child shares until it starts anew.
_TELL = (
    "\nimport pathlib\nstatus = pathlib.Path('/proc/self/status').read_text()\n"
    "print(status.split('VmHWM:')[1].split()[0])\n"
)


def peak_mib(code: str, *arguments: object) -> tuple[float, list[str]]:
    """Run Python `code` with `arguments` and return its peak memory in MiB and the lines that it printed (Linux)."""
    command = [sys.executable, "-c", code + _TELL, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *lines, peak = done.stdout.splitlines()
    return int(peak) / 1024, lines
