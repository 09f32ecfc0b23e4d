"""Whether JupyterLab can be tested in a browser here, and if not, why not."""

from __future__ import annotations

import importlib.util
import os
import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
LIBRARIES = ("playwright", "anywidget", "ipywidgets", "itables")


def browser() -> str | None:
    """Return the browser to use: DAYE_BROWSER, else the first that is installed."""
    return os.environ.get("DAYE_BROWSER") or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def reason() -> str:
    """Return why there can be no browser tests, empty where there can."""
    if os.name != "posix":
        return "they start and end processes as POSIX systems do"
    if browser() is None:
        return "no Chromium was found (Debian: apt install chromium)"
    missing = [name for name in LIBRARIES if importlib.util.find_spec(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""
