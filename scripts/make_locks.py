"""Write requirements/*.lock from pyproject.toml: names, versions and hashes for every platform, no index, no address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {
    "core": ("build",),
    "test": ("build", "export", "schedule", "cluster", "test"),
    "lab": ("build", "export", "lab"),
    "browser": ("build", "export", "schedule", "cluster", "test", "lab", "browser"),
}


def main() -> None:
    """Compile each lock; the core's versions bind the test lock, so that tests run what reports run."""
    for name, extras in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--upgrade"]
        command += ["--python-version", "3.11", "--no-emit-find-links"]
        command += [part for extra in extras for part in ("--extra", extra)]
        if name != "core":
            command += ["--constraint", "requirements/core.lock"]
        output = ROOT / "requirements" / f"{name}.lock"
        subprocess.run([*command, "--output-file", str(output)], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
