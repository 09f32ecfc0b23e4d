"""Load a package: the one given, else the checkout's, else the copy that came with the library."""

from __future__ import annotations

import datetime as dt
import functools
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed
from daye_analysis.package.check import check_raw
from daye_analysis.package.describe import described_metadata
from daye_analysis.package.places import project_root
from daye_analysis.package.read.typed import typed
from daye_analysis.package.untrusted import open_package
from daye_analysis.package.untrusted.limits import ReadLimits
from daye_analysis.package.untrusted.raw_package import RawPackage
from daye_analysis.problem_messages import worded
from daye_analysis.views.package import Package
from daye_analysis.views.problems import VIEW_PROBLEMS

# What follows Chinese words that are where English ones are missing.
UNTRANSLATED = " [zh]"
# A package of at most this size is read once per process, regardless of caller and location.
_REMEMBERED_BYTES = 16 * 2**20


def load(path: str | PathLike[str] | None = None, limits: ReadLimits | None = None) -> Package:
    """Return the package at `path`: a folder, its `datapackage.json` or a `.zip`; without `path`, the project's own.

    Parameters
    ----------
    path
        Where the package is.
    limits
        How much of it is read before it is refused; `ReadLimits()` where not given.

    Raises
    ------
    NotReadable
        Where there is none.
    Refused
        Where it is unsafe to read.
    CheckFailed
        With every problem of its descriptor, files and data that `daye validate` names.
    """
    where = Path(path) if path else project_root()
    return package_of(open_package(where, limits), where)


def package_of(raw: RawPackage, root: Path) -> Package:
    """Return the package that was read as `raw`; CheckFailed as `load` raises it. `root` is where it is."""
    if raw.problems:
        raise CheckFailed(check_raw(raw)[1])
    small = sum(map(len, raw.files.values())) <= _REMEMBERED_BYTES
    tables = _remembered_tables(raw.profile, tuple(sorted(raw.files.items())), raw.limits) if small else _tables(raw)
    descriptor = raw.descriptor
    return Package(
        root=root,
        name=raw.name,
        title=Text(str(descriptor.get("title", raw.name)), _english(descriptor, "title") or raw.name),
        version=raw.version,
        compiled_on=_compiled_on(descriptor),
        metadata=described_metadata(descriptor),
        # A copy is made when it is written to (pandas' copy on write), so that no caller changes the tables of another.
        **{name: rows.copy(deep=False) for name, rows in tables.items()},  # type: ignore[arg-type]
    )


@functools.lru_cache(maxsize=1)
def _remembered_tables(profile: str, files: tuple[tuple[str, bytes], ...], limits: ReadLimits) -> dict[str, pd.DataFrame]:
    """Return the typed tables of a package's files."""
    return _tables(RawPackage({"conformsTo": profile}, dict(files), (), limits))


def _tables(raw: RawPackage) -> dict[str, pd.DataFrame]:
    """Return the typed tables of a package; CheckFailed with every problem of its data."""
    columns, problems = check_raw(raw)
    if problems:
        raise CheckFailed(problems)
    return _with_chinese(typed(columns))


def _with_chinese(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return `tables` with the Chinese, marked, where a text has no English: a reader of English meets it all the same."""
    filled: dict[str, pd.DataFrame] = {}
    for name, rows in tables.items():
        pairs = [(en, f"{en[:-3]}_zh") for en in rows.columns if en.endswith("_en") and f"{en[:-3]}_zh" in rows.columns]
        english = {en: rows[en].fillna(rows[zh] + UNTRANSLATED) for en, zh in pairs if (rows[en].isna() & rows[zh].notna()).any()}
        filled[name] = rows.assign(**english) if english else rows
    return filled


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
            worded(VIEW_PROBLEMS, "load.no-compiled-on", "datapackage.json:compiled_on")
        ) from error
