"""Loading a package: the one given, else the checkout's, else the copy that came with the library."""

from __future__ import annotations

import datetime as dt
from os import PathLike
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, NotReadable, Problem
from daye_analysis.package.guard import open_package
from daye_analysis.package.package import Package
from daye_analysis.package.read.tables import read_tables
from daye_analysis.package.read.typed import typed

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


def load(path: str | PathLike[str] | None = None) -> Package:
    """Return the package at `path`: a folder, its `datapackage.json` or a `.zip`; without `path`, the project's own.

    Raises NotReadable where there is none, Refused where it is unsafe to read, CheckFailed where its tables are not
    of the defined shape and types. What `daye validate` checks beyond that is not checked here.
    """
    where = Path(path) if path else project_root()
    raw = open_package(where)
    if raw.problems:
        raise CheckFailed(raw.problems)
    tables = typed(read_tables(raw))
    descriptor = raw.descriptor
    return Package(
        root=where,
        name=raw.name,
        title=Text(str(descriptor.get("title", raw.name)), _english(descriptor, "title") or raw.name),
        version=raw.version,
        compiled_on=_compiled_on(descriptor),
        **{name: tables[name] for name in tables},  # type: ignore[arg-type]
    )


def _english(descriptor: Any, key: str) -> str:
    translated = descriptor.get("i18n")
    english = translated.get("en") if isinstance(translated, dict) else None
    value = english.get(key) if isinstance(english, dict) else None
    return value if isinstance(value, str) else ""


def _compiled_on(descriptor: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(str(descriptor.get("compiled_on", "")))
    except ValueError as error:
        raise CheckFailed(
            Problem(
                "load.no-compiled-on",
                Text("数据包没有写明编制日。", "The package does not say when it was compiled."),
                "datapackage.json:compiled_on",
                Text("请写明日期，如 2026-11-23。", "Give the day, as 2026-11-23."),
            )
        ) from error
