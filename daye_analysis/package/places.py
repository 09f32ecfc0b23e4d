"""Where the project's own package and notebooks lie, and where reports go."""

from __future__ import annotations

from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import NotReadable, Problem

_LIBRARY = Path(__file__).resolve().parents[1]


def project_root() -> Path:
    """Return the folder with `datapackage.json`, `data/` and `notebooks/`: the checkout's, else the wheel's copy.

    Raises NotReadable where the library was installed without either.
    """
    for root in (_LIBRARY.parent, _LIBRARY / "published"):
        if (root / "datapackage.json").is_file() and (root / "data").is_dir():
            return root
    raise NotReadable(
        Problem(
            "load.no-package",
            Text("找不到随项目提供的数据包。", "The package that comes with the project was not found."),
            "",
            Text("请给出数据包的路径，或先运行 daye build。", "Give a package's path, or run `daye build` first."),
        )
    )


def work_folder() -> Path:
    """Return where reports and schedules lie: the checkout, else, with an installed library, the current folder."""
    root = project_root()
    return root if root == _LIBRARY.parent else Path.cwd()
