"""The files that a person reads: the executed notebook as PDF and as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def render_report(notebook: Mapping[str, Any], identity: Mapping[str, Any]) -> dict[str, bytes]:
    """Return `report.pdf` and `report.html` for an executed notebook and the identity of its run.

    Raises CheckFailed when a character or an alternative text is missing.
    """
    from daye_analysis.reporting.pdf import PdfOptions, render_pdf_and_html

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
    )
    pdf, html = render_pdf_and_html(notebook, options)
    return {"report.pdf": pdf, "report.html": html.encode("utf-8")}
