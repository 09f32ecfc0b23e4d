"""The site that a schedule keeps up to date: each in a folder of its own, and a link to the newest, switched in one step.

    public/site-<hash12>/    a site, by the hash of all that it is made from: one that is there need not be made again
    public/current           a link to the newest, which a web server serves; a reader meets the old site or the new one
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from daye_analysis.errors import Refused
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.publishing.identity import canonical, code_state
from daye_analysis.reporting.publishing.package_state import PackageState, package_state
from daye_analysis.reporting.publishing.published_runs import PublishedRun
from daye_analysis.reporting.schedules.file import SiteSettings
from daye_analysis.site.build import build_site
from daye_analysis.site.official_runs import official_runs
from daye_analysis.site.problems import SITE_PROBLEMS
from daye_analysis.site.pyodide import lab_digest
from daye_analysis.storage.files import to_disk
from daye_analysis.storage.locks import only_writer

# So many sites are kept: a reader who is still in an old one, or an operator who goes back, finds it.
KEPT: Final = 3
# As long as a build may take on a slow machine.
_PATIENCE: Final = 900.0


def renew_site(settings: SiteSettings, package: Path, reports: Path) -> Path | None:
    """Bring the site in a folder up to date with the package, its official reports and this library.

    Parameters
    ----------
    settings
        Where the site is and what it is made from besides.
    package
        Folder, `datapackage.json` or .zip.
    reports
        The folder of reports, of which the site carries the newest official ones. The site is as of the day of the newest of
        those that renew it, and never of a day before the package's compilation.

    Returns
    -------
    Path or None
        The folder of the new site; None where the present one is up to date.

    Raises
    ------
    DayeError
        As `build_site` does; then the present site stays.
    Refused
        site.no-link, where `current` is no link, or the system lets none be made.
    OSError
        Where the folder cannot be written.
    """
    data = package_state(package)
    runs = [run for run in official_runs(reports, data.name) if _renews(run, settings.after)]
    day = max([str(data.descriptor.get("compiled_on", "")), *(run.as_of for run in runs)])
    site = settings.directory / f"site-{_digest(settings, data, day, runs)}"
    if _is_current(settings.current, site):
        return None
    settings.directory.mkdir(parents=True, exist_ok=True)
    with only_writer(settings.directory / ".daye-lock", _PATIENCE):
        if _is_current(settings.current, site):  # another call made it meanwhile
            return None
        if settings.current.exists() and not settings.current.is_symlink():
            raise _no_link(settings.current, "no link")
        if not site.is_dir():
            build_site(
                site, package, as_of=dt.date.fromisoformat(day), base_url=settings.base_url, reports=reports, since=settings.since,
                before=settings.current, pyodide=settings.lab,
            )  # fmt: skip
        _switch(settings.current, site)
        _remove_old(settings.directory, site)
    return site


def _renews(run: PublishedRun, after: Sequence[str]) -> bool:
    return not after or any(occasion.get("schedule") in after for occasion in run.manifest.occasions())


def _digest(settings: SiteSettings, data: PackageState, day: str, runs: Sequence[PublishedRun]) -> str:
    """Return twelve digits of the hash of all that the site is made from."""
    made_from = {
        "package": data.as_json(),
        "since": [package_state(each).as_json() for each in settings.since],
        "as_of": day,
        "base_url": settings.base_url,
        "lab": lab_digest() if settings.lab else "",
        "reports": sorted({run.manifest.identity_sha256 for run in runs}),
        "code": code_state(),
    }
    return hashlib.sha256(canonical(made_from)).hexdigest()[:12]


def _is_current(link: Path, site: Path) -> bool:
    return link.is_symlink() and link.readlink().name == site.name and site.is_dir()


def _switch(link: Path, site: Path) -> None:
    """Have the link lead to another site, in one step."""
    beside = link.with_name(f".{link.name}.daye-new")
    beside.unlink(missing_ok=True)
    try:
        beside.symlink_to(site.name, target_is_directory=True)
        beside.replace(link)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise _no_link(link, error.strerror or type(error).__name__) from None
    os.utime(site)
    to_disk(link.parent)


def _remove_old(directory: Path, site: Path) -> None:
    """Remove all sites but the current one and those that were current before it, and what killed builds left."""
    others = [each for each in directory.glob("site-*") if each.is_dir() and each != site]
    newest_first = sorted(others, key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for old in (*newest_first[KEPT - 1 :], *directory.glob(".site-*.daye-*")):
        shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)


def _no_link(link: Path, reason: str) -> Refused:
    return Refused(worded(SITE_PROBLEMS, "site.no-link", str(link), found=link.name, reason=whole(reason)))
