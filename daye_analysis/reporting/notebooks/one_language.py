"""The project's notebooks under plain nbconvert: one language, without what only a run needs.

`jupyter nbconvert --to html` and `--to slides` use it wherever the library is installed (`etc/jupyter` in its
environment); notebooks that are not the project's pass through as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from nbconvert.preprocessors import Preprocessor

from daye_analysis.bilingual import Language
from daye_analysis.reporting.notebooks.notebook import INJECTED, LANGUAGES, WIDGET_VIEW
from daye_analysis.reporting.notebooks.parameters import cell_source, cell_tags, inspect_parameters
from daye_analysis.session import language_of

_INTERNAL: Final = frozenset({"parameters", INJECTED})
_HEADING: Final = re.compile(r"\A\s*(#{1,3})\s")


class OneLanguage(Preprocessor):
    """Keeps one language's text; hides the code of reports and the parameters of all; begins a slide at each heading.

    Widgets leave their still content.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook as it is to be shown, and nbconvert's resources."""
        daye = nb.metadata.get("daye")
        if not isinstance(daye, Mapping):
            return nb, resources
        language = shown_language(nb)
        others = LANGUAGES - {language}
        is_report = daye.get("report") is True
        cells = []
        for cell in nb.cells:
            tags = set(cell_tags(cell))
            if tags & _INTERNAL or (tags & others and language not in tags):
                continue
            if cell.cell_type == "code" and is_report:
                if not cell.outputs:
                    continue
                # What TagRemovePreprocessor sets for the templates; it ran before.
                cell.metadata["transient"] = {"remove_source": True}
                cell.outputs = [_unnumbered(output) for output in cell.outputs]
            for output in cell.get("outputs", ()):
                _without_widget(output)
            cells.append(_as_slide(cell))
        nb.cells = cells
        title = daye.get("title")
        if isinstance(title, Mapping) and title.get(language):
            nb.metadata["title"] = title[language]
        nb.metadata.pop("widgets", None)
        resources["language_code"] = language
        return nb, resources


def shown_language(notebook: Mapping[str, Any]) -> Language:
    """Return the language that a notebook was run in, else the one that its own cell names, else the session's."""
    run = ((notebook.get("metadata") or {}).get("papermill") or {}).get("parameters") or {}
    injected = [cell_source(cell) for cell in notebook.get("cells", ()) if INJECTED in cell_tags(cell)]
    found = re.search(r"""^language\s*=\s*['"](zh|en)['"]""", "\n".join(injected), re.MULTILINE)
    own = {parameter.name: parameter.default for parameter in inspect_parameters(notebook)}
    for named in (run.get("language"), found and found[1], own.get("language")):
        if named in LANGUAGES:
            return language_of(str(named))
    return language_of("")


def _without_widget(output: Any) -> None:
    """Keep the static content of a widget: a page without a kernel would look for the rest on the network."""
    data = output.get("data", {})
    if WIDGET_VIEW in data and "text/html" in data:
        del data[WIDGET_VIEW]


def _unnumbered(output: Any) -> Any:
    """Return an output without the number of its cell: the code that it counts is not shown."""
    if output.output_type == "execute_result":
        return type(output)(output_type="display_data", data=output.data, metadata=output.metadata)
    return output


def _as_slide(cell: Any) -> Any:
    """Begin a slide at a heading, a further one below it at a smaller heading; what the notebook itself says stays."""
    heading = _HEADING.match(cell_source(cell)) if cell.cell_type == "markdown" else None
    if heading is not None and "slideshow" not in cell.metadata:
        cell.metadata["slideshow"] = {"slide_type": "subslide" if len(heading[1]) == 3 else "slide"}
    return cell
