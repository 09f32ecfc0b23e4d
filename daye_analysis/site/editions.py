"""From packages to editions: the newest release as the site, earlier ones as frozen copies below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from daye_analysis.errors import WrongUsage
from daye_analysis.package.untrusted import RawPackage, open_package
from daye_analysis.problem_messages import worded
from daye_analysis.site.downloads import as_downloads, package_files
from daye_analysis.site.edition import TABLE_OF, Edition, Gone
from daye_analysis.site.history import changes
from daye_analysis.site.lab import Lab
from daye_analysis.site.official_runs import judged_by_day, newest_reports, official_runs
from daye_analysis.site.problems import SITE_PROBLEMS
from daye_analysis.views.load import package_of
from daye_analysis.views.package import Package


@dataclass(frozen=True, slots=True)
class Release:
    """A package and where it was read."""

    where: Path
    raw: RawPackage
    package: Package


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """An edition, and the bytes of its files that are no pages, by path below its root."""

    edition: Edition
    files: Mapping[str, bytes]


def editions(
    where: Path, as_of: dt.date | None, base: str, since: Sequence[Path], reports: Path | None, lab: Lab | None = None
) -> Iterator[EditionFiles]:
    """Yield the frozen copies, the oldest first, then the site itself.

    Parameters
    ----------
    where
        The package: folder, descriptor or .zip.
    as_of
        The day up to which figures count as known; where not given, that of compilation.
    base
        The site's public address; where empty, the package's homepage.
    since
        Earlier releases of the package.
    reports
        The folder of reports that the site carries copies of, or None.
    lab
        The lab that the site carries, or None.

    Raises
    ------
    WrongUsage
        site.release-not-earlier.
    CheckFailed
        With everything that `daye validate` finds in any of the packages.
    """
    newest = _release(where)
    earlier = sorted(map(_release, since), key=lambda each: _numbers(each.package.version))
    _check_order(newest, earlier)
    base = public_address(base or newest.package.metadata.homepage)
    for at, release in enumerate(earlier):
        yield _edition(release, earlier[:at], release.package.compiled_on, base, later=newest.package.version)
    day = as_of or newest.package.compiled_on
    made = _edition(newest, earlier, day, base, reports=reports)
    yield replace(made, edition=replace(made.edition, lab=lab.notebooks, lab_size=lab.size)) if lab else made


def public_address(base_url: str) -> str:
    """Return the public address with a slash at its end; WrongUsage (site.bad-address) for what cannot be one."""
    if not base_url:
        return ""
    parts = urlsplit(base_url)
    plain = (
        not (parts.query or parts.fragment or parts.username)
        and base_url.isascii()
        and not any(each.isspace() for each in base_url)
    )
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise WrongUsage(worded(SITE_PROBLEMS, "site.bad-address", "--base-url", found=base_url))
    return base_url.rstrip("/") + "/"


def _release(where: Path) -> Release:
    raw = open_package(where)
    return Release(where, raw, package_of(raw, where))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _check_order(newest: Release, earlier: Sequence[Release]) -> None:
    seen = {newest.package.version}
    for each in earlier:
        same = each.package.name == newest.package.name
        if (
            not same
            or each.package.version in seen
            or _numbers(each.package.version) > _numbers(newest.package.version)
        ):
            facts = {
                "found": f"{each.package.name} {each.package.version}",
                "name": newest.package.name,
                "version": newest.package.version,
            }
            raise WrongUsage(worded(SITE_PROBLEMS, "site.release-not-earlier", "--since", **facts))
        seen.add(each.package.version)


def _edition(
    release: Release,
    earlier: Sequence[Release],
    day: dt.date,
    base: str,
    later: str = "",
    reports: Path | None = None,
) -> EditionFiles:
    package = release.package
    metadata = package.metadata
    files = package_files(release.where, release.raw, metadata, package)
    runs = official_runs(reports, package.name) if reports else []
    found, copies = newest_reports(runs)
    prefix = f"release/{package.version}/" if later else ""
    # Citations name the address at which this very edition stays.
    homepage = f"{base}{prefix}" if base else ""
    same = homepage == metadata.homepage
    # Otherwise a package of its own, which would be judged once more.
    addressed = package if same else replace(package, metadata=replace(metadata, homepage=homepage))
    view = addressed.as_of(day)
    edition = Edition(
        view=view,
        metadata=metadata,
        base=base,
        prefix=prefix,
        later=later,
        changes=changes(view, [each.package for each in earlier], judged_by_day(runs)),
        releases=() if later else tuple(each.package.version for each in reversed(earlier)),
        gone=() if later else _gone(package, earlier),
        downloads=as_downloads(files),
        reports=found,
    )
    return EditionFiles(edition, {**files, **copies})


def _gone(package: Package, earlier: Sequence[Release]) -> tuple[Gone, ...]:
    """Return what earlier releases listed and the package does not, each with the last release that did."""
    found: dict[tuple[str, str], Gone] = {}
    for kind, (table, key) in TABLE_OF.items():
        now = set(getattr(package, table)[key])
        for release in earlier:
            rows = getattr(release.package, table)
            for identifier in sorted(set(rows[key]) - now):
                names = _names(release.package, kind, identifier)
                found[kind, identifier] = Gone(kind, identifier, *names, release.package.version)
    return tuple(found.values())


def _names(package: Package, kind: Any, identifier: str) -> tuple[str, str]:
    row: Mapping[str, Any] = (
        package.target_row(identifier) if kind == "target" else package.record(TABLE_OF[kind][0], identifier)
    )
    return (
        (str(row["title"]), str(row["title"]))
        if kind == "source"
        else (str(row["name_zh"]), str(row["name_en"]))
    )
