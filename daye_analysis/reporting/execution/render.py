"""Write the files of a run: the executed notebook as PDF and HTML, its tables as XLSX, and a list of missing content."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from daye_analysis.reporting.environment import FONTS
from daye_analysis.reporting.publishing.failure import WARNINGS, warnings_bytes
from daye_analysis.reporting.publishing.identity import RESERVED


def render_report(notebook: Mapping[str, Any], identity: Mapping[str, Any]) -> dict[str, bytes]:
    """Return `report.pdf`, `report.html` and, with its tables, `report.xlsx` for an executed notebook and its run's identity.

    Where the report lacks anything, `warnings.json` says what and where. A strict run raises CheckFailed instead.
    """
    from daye_analysis.reporting.documents import PdfOptions, print_notebook
    from daye_analysis.reporting.documents.imprint import Imprint
    from daye_analysis.reporting.documents.limits import limits_of

    about = notebook["metadata"].get("daye", {})
    names = about.get("parameters", {})
    language = identity["language"]
    options = PdfOptions(
        language=language,
        title=about.get("title", {}).get(language),
        as_of=date.fromisoformat(identity["as_of"]),
        # What the imprint says already is no parameter to a reader.
        parameters={name: value for name, value in identity["parameters"].items() if name not in RESERVED},
        parameter_names={name: said[language] for name, said in names.items() if said.get(language)},
        imprint=Imprint(**identity["imprint"]),
        show_code=identity["show_code"],
        strict=identity["strict"],
        fonts=Path(folder) if (folder := os.environ.get(FONTS)) else None,
        limits=limits_of(notebook),
    )
    printed = print_notebook(notebook, options)
    files = {"report.pdf": printed.pdf, "report.html": printed.html.encode("utf-8", "replace")}
    files |= {"report.xlsx": printed.workbook} if printed.workbook else {}
    return files | ({WARNINGS: warnings_bytes(printed.warnings)} if printed.warnings else {})
