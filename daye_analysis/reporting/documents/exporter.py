"""The exporter for nbconvert and JupyterLab's export menu: the open notebook as this project's PDF."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from traitlets import Bool, Unicode

from daye_analysis.errors import DayeError
from daye_analysis.reporting.documents.limits import limits_of
from daye_analysis.reporting.documents.options import PdfOptions
from daye_analysis.reporting.environment import FONTS
from daye_analysis.reporting.notebooks.notebook import LANGUAGES, without_nulls
from daye_analysis.reporting.notebooks.one_language import shown_language
from daye_analysis.reporting.notebooks.parameters import inspect_parameters
from daye_analysis.session import language_of

_HEADING = re.compile(r"^ {0,3}#{1,6}\s", re.MULTILINE)


class DayePdfExporter(Exporter):
    """Prints a notebook as a tagged PDF in Chinese or English.

    Language, as-of date and title come from the traits, else from the notebook: its metadata under `daye`, then the
    parameters that papermill left there, then those that its own cell declares; a language that none of them names is that of
    the session in which JupyterLab or nbconvert was started.
    """

    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    export_from_notebook = "PDF (daye)"

    language = Unicode("", help="zh or en; empty: what the notebook says, else the session's").tag(config=True)
    show_code = Bool(False, help="Print the code too").tag(config=True)
    fonts = Unicode("", help="A folder of fonts for characters that the project's own lack; empty: DAYE_FONTS").tag(config=True)
    strict = Bool(False, help="Make PDF/UA-1, and refuse what it forbids").tag(config=True)

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Return the PDF and nbconvert's resources; raise `ConversionException` with what is wrong and where."""
        from daye_analysis.reporting.documents.render import print_notebook

        node, found = super().from_notebook_node(nb, resources, **kw)
        notebook = _readable(node)
        name = (found.get("metadata") or {}).get("name") or ""
        options = self.options_for(notebook, str(name))
        try:
            options = replace(options, limits=limits_of(notebook))
            printed = print_notebook(notebook, options)
        except DayeError as error:
            said = "\n".join(problem.say(options.language) for problem in error.problems)
            raise ConversionException(said) from error
        for problem in printed.warnings:
            self.log.warning(problem.say(options.language))
        found["output_extension"] = self.file_extension
        return printed.pdf, found

    def options_for(self, notebook: Mapping[str, Any], name: str) -> PdfOptions:
        """Return the options that traits and metadata give; `name` is the title of a notebook without headings."""
        metadata = notebook.get("metadata") or {}
        given = {
            **_declared(notebook),
            **((metadata.get("papermill") or {}).get("parameters") or {}),
            **(metadata.get("daye") or {}),
        }
        named = next((each for each in (self.language, str(given.get("language"))) if each in LANGUAGES), "")
        language = language_of(named) if named else shown_language(notebook)
        title = given.get("title") or metadata.get("title")
        if isinstance(title, Mapping):
            title = title.get(language)
        return PdfOptions(
            language=language,
            title=str(title) if title else None if _has_heading(notebook) else name or None,
            footer="",
            as_of=_date(given.get("as_of")),
            show_code=self.show_code,
            strict=self.strict or (metadata.get("daye") or {}).get("strict") is True,
            fonts=Path(folder) if (folder := self.fonts or os.environ.get(FONTS, "")) else None,
        )


def _readable(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return the notebook with parameters of another kind than papermill writes left out."""
    notebook = without_nulls(node)
    if not isinstance((notebook["metadata"].get("papermill") or {}).get("parameters") or {}, Mapping):
        notebook["metadata"] = {name: value for name, value in notebook["metadata"].items() if name != "papermill"}
    return notebook


def _declared(notebook: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of the notebook's parameters cell, as in the open notebook."""
    return {parameter.name: parameter.default for parameter in inspect_parameters(notebook)}


def _has_heading(notebook: Mapping[str, Any]) -> bool:
    return any(
        cell.get("cell_type") == "markdown" and _HEADING.search("".join(cell.get("source", "")))
        for cell in notebook.get("cells", ())
    )


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
