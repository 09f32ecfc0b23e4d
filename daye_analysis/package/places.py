"""Locations of the project's own package, its notebooks and the reports folder."""

from __future__ import annotations

from pathlib import Path

from daye_analysis.errors import NotReadable
from daye_analysis.package.messages import PACKAGE_PROBLEMS
from daye_analysis.problem_messages import worded

_LIBRARY = Path(__file__).resolve().parents[1]


def project_root() -> Path:
    """Return the folder with `datapackage.json`, `data/` and `notebooks/`: the checkout's, else the wheel's copy.

    Raises NotReadable where the library was installed without either.
    """
    for root in (_LIBRARY.parent, _LIBRARY / "published"):
        if (root / "datapackage.json").is_file() and (root / "data").is_dir():
            return root
    raise NotReadable(worded(PACKAGE_PROBLEMS, "load.no-package", ""))


def work_folder() -> Path:
    """Return where reports and schedules lie: the checkout, else, with an installed library, the current folder."""
    root = project_root()
    return root if root == _LIBRARY.parent else Path.cwd()
