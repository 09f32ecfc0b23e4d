"""Building a site beside its place and putting it there whole, or comparing what is there with what it should be."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.export.checksums import CHECKSUMS, known_files, unchanged_since, write_checksums
from daye_analysis.package.export.folder import export_folder
from daye_analysis.package.untrusted import open_package
from daye_analysis.problem_messages import worded
from daye_analysis.site.editions import editions
from daye_analysis.site.files import edition_files
from daye_analysis.site.lab import Lab, built_lab, lab_files
from daye_analysis.site.problems import SITE_PROBLEMS
from daye_analysis.views.load import package_of

_SHOWN_DIFFERENCES = 20
# What tells a site from an export.
HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: the number of pages, files and bytes, and whether anything differs from what was there."""

    pages: int
    files: int
    size: int
    changed: bool


def build_site(
    directory: Path,
    package: Path,
    *,
    as_of: dt.date | None = None,
    base_url: str = "",
    reports: Path | None = None,
    since: Sequence[Path] = (),
    check: bool = False,
    before: Path | None = None,
    pyodide: Path | None = None,
) -> Built:
    """Write the site of a package to a folder; the same inputs give the same bytes.

    Parameters
    ----------
    directory
        Where the site goes. It is replaced as a whole, or not at all.
    package
        Folder, `datapackage.json` or .zip.
    as_of
        The day up to which figures count as known; where not given, that of the package's compilation.
    base_url
        The site's public address: for canonical links, the sitemap and citations. Where not given, the package's homepage.
    reports
        A folder of reports, of which the newest on this package are carried.
    since
        Earlier releases: each becomes a frozen copy, and what they listed keeps its address.
    check
        Write nothing, and raise CheckFailed (site.differs) where the folder is not what it should be.
    before
        The present site, whose addresses must stay, where it is another folder.
    pyodide
        A folder with Pyodide (`lab.built_lab`), for a site with notebooks that run in the browser; None for one without.

    Returns
    -------
    Built

    Raises
    ------
    CheckFailed
        What `daye validate` finds; site.differs; site.address-gone where a page of the present site would vanish.
    WrongUsage
        site.bad-address, site.release-not-earlier.
    Refused
        Where the folder holds anything but an unchanged site.
    InfrastructureFailed
        For a full disk or missing permissions; then the old site stays as it was.
    """
    made = site_files(package, as_of, base_url, since, reports, pyodide)
    if check:
        return _compared(directory, made)
    with export_folder(directory, unchanged_since(directory, HOME)) as staging:
        old, size, pages = known_files(before or directory), 0, 0
        for path, content in made:
            target = staging / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            size += len(content)
            pages += path.endswith("index.html")
        write_checksums(staging)
        new = known_files(staging)
        _keep_addresses(old, new)
    return Built(pages, len(new), size, old != new)


def site_files(
    package: Path,
    as_of: dt.date | None = None,
    base: str = "",
    since: Sequence[Path] = (),
    reports: Path | None = None,
    pyodide: Path | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a site, its path and bytes; one edition is held in memory at a time."""
    with _lab(package, pyodide) if pyodide else contextlib.nullcontext() as lab:
        for made in editions(package, as_of, base, since, reports, lab):
            yield from edition_files(made)
        if lab is not None:
            yield from lab_files(lab)


def _lab(package: Path, pyodide: Path) -> contextlib.AbstractContextManager[Lab]:
    """Return the lab of a package; what is wrong with the package is said before anything is built."""
    raw = open_package(package)
    package_of(raw, package)
    return built_lab(raw, pyodide)


def _keep_addresses(old: dict[str, str], new: dict[str, str]) -> None:
    """Raise CheckFailed where a page that was published would be no more; PDFs of reports may come and go."""
    missing = sorted(path for path in old if path.endswith("index.html") and path not in new)
    if missing:
        raise CheckFailed(
            [
                worded(SITE_PROBLEMS, "site.address-gone", path, found=path)
                for path in missing[:_SHOWN_DIFFERENCES]
            ]
        )


def _compared(directory: Path, made: Iterator[tuple[str, bytes]]) -> Built:
    """Compare a folder with what a site should be, writing nothing."""
    present = (
        {path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file()}
        if directory.is_dir()
        else set()
    )
    present.discard(CHECKSUMS)
    problems: list[Problem] = []
    expected, size, pages = set(), 0, 0
    for path, content in made:
        expected.add(path)
        size, pages = size + len(content), pages + path.endswith("index.html")
        if path not in present or (directory / path).read_bytes() != content:
            problems.append(_differs(directory, path))
    problems += [_differs(directory, path) for path in sorted(present - expected)]
    if problems:
        raise CheckFailed(problems[:_SHOWN_DIFFERENCES])
    return Built(pages, len(expected), size, False)


def _differs(directory: Path, path: str) -> Problem:
    return worded(SITE_PROBLEMS, "site.differs", path, found=path, directory=directory.name)
