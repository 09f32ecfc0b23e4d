"""What browser tests of a site share: the packages from npm, and a server on loopback."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(os.environ.get("SITE_TOOLS", ROOT / ".venv/site-tools"))


def npm_package(name: str) -> Path:
    """Return the folder of one of the packages that `package.json` names; they are installed once."""
    folder = TOOLS / "node_modules" / name
    if not folder.is_dir():
        if shutil.which("npm") is None:
            pytest.skip(f"npm, which {name} comes from, is not installed")
        TOOLS.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(__file__).with_name("package.json"), TOOLS)
        subprocess.run(["npm", "install", "--prefix", str(TOOLS), "--no-audit", "--no-fund", "--silent"], check=True)
    return folder


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a folder on loopback and give its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
