"""Write requirements/*.lock from pyproject.toml: names, versions and hashes for every platform, no index, no address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# In this order: each lock is bound by those before it, so that tests run what reports run, in one environment.
LOCKS = {
    "core": ("build", "schedule"),
    "test": ("build", "export", "pdf", "schedule", "cluster", "notify", "test"),
    "croissant": ("croissant",),
    "lab": ("build", "export", "pdf", "schedule", "lab"),
    "site": ("build", "export", "schedule", "lab-site"),
    "browser": ("build", "export", "pdf", "schedule", "cluster", "notify", "test", "lab", "lab-site", "browser"),
}


def main(arguments: list[str]) -> None:
    """Compile each lock; a version that is locked already and still fits stays, unless `--upgrade` is given."""
    bounds = ["requirements/constraints.txt"]
    for name, extras in LOCKS.items():
        output = f"requirements/{name}.lock"
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
        command += ["--python-version", "3.11", "--no-emit-find-links"]
        command += [part for extra in extras for part in ("--extra", extra)]
        command += [part for bound in bounds for part in ("--constraint", bound)]
        subprocess.run([*command, *arguments, "--output-file", output], cwd=ROOT, check=True)
        bounds.append(output)


if __name__ == "__main__":
    main(sys.argv[1:])
