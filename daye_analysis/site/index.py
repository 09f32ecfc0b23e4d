"""One site for each of many packages, and a page that lists them: made one by one, here or on a Dask cluster."""

from __future__ import annotations

import importlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import (
    CheckFailed,
    DayeError,
    InfrastructureFailed,
    NotReadable,
    Problem,
    WrongUsage,
)
from daye_analysis.problem_messages import worded
from daye_analysis.site.build import build_site
from daye_analysis.site.editions import public_address
from daye_analysis.site.files import static_files
from daye_analysis.site.problems import SITE_PROBLEMS
from daye_analysis.site.render import index_page
from daye_analysis.storage.files import replace_file
from daye_analysis.views.load import load

_PATIENCE: Final = 10  # seconds for a scheduler to answer
# A process makes so many sites before a fresh one takes its place, so that none grows without end.
_SITES_A_PROCESS: Final = 50
_LANGUAGES: Final[tuple[Language, Language]] = ("zh", "en")
_NO_WORDS: Final = Text("", "")


@dataclass(frozen=True, slots=True)
class Listed:
    """One package in the index: what its site says of it, and what was wrong with it, if anything.

    `code` is the GB/T 2260 code of the plan's area, by which the list is ordered; `counts` the targets by what is known
    of them. `day` is that of the package's compilation: where there are problems, of the site before, or empty without one.
    """

    folder: str
    code: str = ""
    title: Text = _NO_WORDS
    place: Text = _NO_WORDS
    day: str = ""
    version: str = ""
    targets: int = 0
    counts: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


def build_index(
    directory: Path,
    packages: Path,
    *,
    base_url: str = "",
    workers: int = 1,
    address: str = "",
    on_done: Callable[[Listed], None] = lambda _: None,
) -> tuple[Listed, ...]:
    """Write the site of every package in a folder to `directory/<its name there>/`, and an index of all in zh and en.

    Each site is replaced as a whole, and so is each page of the index; a package that fails keeps its old site, and
    the index lists that.

    Parameters
    ----------
    directory
        Where the sites go.
    packages
        A folder of packages: folders with a `datapackage.json`, or .zip files.
    base_url
        The public address of `directory`, or empty.
    workers
        Processes to work in; each holds one package at a time.
    address
        A Dask scheduler whose workers see the same folders; where not given, the work is done here.
    on_done
        Is called with each package when it is done.

    Returns
    -------
    tuple of Listed
        In the order of the index: by area code, then by folder.

    Raises
    ------
    NotReadable
        site.no-packages.
    WrongUsage
        site.bad-address; site.no-distributed, where `distributed` is not installed.
    InfrastructureFailed
        site.no-scheduler.
    """
    base = public_address(base_url)
    found = find_packages(packages)
    make = partial(_one, directory=directory.absolute(), base=base)
    done = []
    for each in _on_cluster(make, found, address) if address else _here(make, found, workers):
        done.append(each)
        on_done(each)
    ordered = tuple(sorted(done, key=lambda entry: (entry.code, entry.folder)))
    write_index(directory, base, ordered)
    return ordered


def find_packages(folder: Path) -> list[Path]:
    """Return the packages in a folder, by name."""
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if not path.name.startswith(".") and (path.suffix == ".zip" or (path / "datapackage.json").is_file()):
            found.append(path)
    if not found:
        raise NotReadable(worded(SITE_PROBLEMS, "site.no-packages", "--index", found=folder.name))
    same = [name for name, count in Counter(path.stem for path in found).items() if count > 1]
    if same:
        raise WrongUsage(worded(SITE_PROBLEMS, "site.same-name", "--index", found=same[0]))
    return found


def _one(package: Path, *, directory: Path, base: str) -> Listed:
    """Make the site of one package and return its entry; where that fails, that of the site before, with the problems."""
    folder = package.stem
    site = directory / folder
    try:
        build_site(site, package, base_url=f"{base}{folder}/" if base else "")
    except DayeError as error:
        return replace(_before(site), problems=error.problems)
    return listed(site)


def _before(site: Path) -> Listed:
    """Return the entry of the site that an earlier build left; one without a day where there is none that can be read."""
    try:
        return listed(site)
    except (DayeError, OSError, ValueError, LookupError):
        return Listed(site.name)


def listed(site: Path) -> Listed:
    """Return the entry of a site, as it says itself: it carries its package, and each target's assessment."""
    package = load(site)
    said = [json.loads(path.read_bytes())["assessment"] for path in site.glob("target/*/target.json")]
    counts = Counter(str(each["evidence_class"]) for each in said)
    area = package.record("areas", package.plans["area_id"].iloc[0])
    return Listed(
        folder=site.name,
        code="" if pd.isna(area["gbt2260_code"]) else str(area["gbt2260_code"]),
        title=package.metadata.title,
        place=package.metadata.spatial,
        day=package.compiled_on.isoformat(),
        version=package.version,
        targets=len(package.targets),
        counts=tuple(sorted(counts.items())),
    )


def _here(make: Callable[[Path], Listed], packages: Sequence[Path], workers: int) -> Iterator[Listed]:
    if workers == 1:
        yield from map(make, packages)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), max_tasks_per_child=_SITES_A_PROCESS) as pool:
        for future in as_completed([pool.submit(make, package) for package in packages]):
            yield future.result()


def _on_cluster(make: Callable[[Path], Listed], packages: Sequence[Path], address: str) -> Iterator[Listed]:
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise WrongUsage(worded(SITE_PROBLEMS, "site.no-distributed", "--address")) from None
    try:
        client = distributed.Client(address, timeout=_PATIENCE)
    except OSError as error:
        raise InfrastructureFailed(worded(SITE_PROBLEMS, "site.no-scheduler", address, found=type(error).__name__)) from None
    with client:
        # Not pure: a lost site is made again, never looked up.
        futures = client.map(make, [package.absolute() for package in packages], pure=False)
        for future in distributed.as_completed(futures):
            yield future.result()
            future.release()


def write_index(directory: Path, base: str, entries: Sequence[Listed]) -> None:
    """Write the pages that list all sites in zh and en, each replaced as a whole."""
    shown = [each for each in entries if each.day]
    directory.mkdir(parents=True, exist_ok=True)
    for path, content in static_files():
        if path in ("site.css", "site.js"):
            _put(directory / "static" / path, content)
    for language in _LANGUAGES:
        _put(directory / f"index.{language}.html", index_page(shown, language, base))
    _put(directory / "index.html", index_page(shown, "zh", base))


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)


def failed(entries: Sequence[Listed]) -> None:
    """Raise CheckFailed with the problems of all packages that have no new site, each with the package's name."""
    problems = [replace(each, where=f"{entry.folder}/{each.where}") for entry in entries for each in entry.problems]
    if problems:
        raise CheckFailed(problems)
