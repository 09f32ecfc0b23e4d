"""The files that a person reads: the executed notebook as PDF and as HTML, and what neither could hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from daye_analysis.reporting.environment import FONTS
from daye_analysis.reporting.publishing.failure import WARNINGS, warnings_bytes


def render_report(notebook: Mapping[str, Any], identity: Mapping[str, Any]) -> dict[str, bytes]:
    """Return `report.pdf` and `report.html` for an executed notebook and the identity of its run.

    Where the report lacks anything, `warnings.json` says what and where. A strict run raises CheckFailed instead.
    """
    from daye_analysis.reporting.documents import PdfOptions, print_notebook

    title = notebook["metadata"].get("daye", {}).get("title", {})
    package = identity["package"]
    # Where the notebook found its copy of the package says nothing to a reader; which package it was does.
    parameters = identity["parameters"] | {"package": f"{package['name']} {package['version']}"}
    options = PdfOptions(
        language=identity["language"],
        title=title.get(identity["language"]),
        as_of=date.fromisoformat(identity["as_of"]),
        parameters=parameters,
        show_code=identity["show_code"],
        strict=identity["strict"],
        fonts=Path(folder) if (folder := os.environ.get(FONTS)) else None,
    )
    printed = print_notebook(notebook, options)
    files = {"report.pdf": printed.pdf, "report.html": printed.html.encode("utf-8")}
    return files | ({WARNINGS: warnings_bytes(printed.warnings)} if printed.warnings else {})
