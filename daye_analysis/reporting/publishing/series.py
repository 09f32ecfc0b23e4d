"""The series of a run: one notebook, package and set of parameters over time; each has its own folder.

    <notebook>                      the project's notebook and package, all parameters as the notebook declares them
    <notebook>@<package>            the same for another package
    <notebook>[@<package>]-<hash8>  parameters of one's own, code shown, a notebook from elsewhere, or a package from elsewhere
                                    that bears the name of the project's

So no report for another purpose takes the place of the official one, in `reports/`, `latest/` or `--keep`.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from daye_analysis.package.places import project_root
from daye_analysis.reporting.notebooks.parameters import Value
from daye_analysis.reporting.publishing.identity import canonical, jsonable, notebook_name
from daye_analysis.reporting.publishing.output_folder import safe_name
from daye_analysis.reporting.publishing.package_state import PackageState


def series_name(
    notebook: Path, package: PackageState, own: Mapping[str, Value], *, show_code: bool = False
) -> str:
    """Return the folder of the series below `reports/`; `own` are the parameters that differ from what is declared."""
    marks: dict[str, Any] = {}
    if own:
        marks["parameters"] = {name: jsonable(value) for name, value in own.items()}
    if show_code:
        marks["show_code"] = True
    if notebook.resolve().parent != (project_root() / "notebooks").resolve():
        marks["notebook"] = str(notebook.resolve())
    base, name = notebook_name(notebook), package.name
    if name != _own_package():
        base = f"{base}@{safe_name(name)}"
    elif package.place != str(project_root().resolve()):
        marks["package"] = package.place
    return f"{base}-{hashlib.sha256(canonical(marks)).hexdigest()[:8]}" if marks else base


@functools.cache
def _own_package() -> str:
    """Return the name of the project's own package."""
    return str(json.loads((project_root() / "datapackage.json").read_bytes()).get("name", ""))
