"""The official reports on a package: the newest of each, which the site carries, and what those of each day judged."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language
from daye_analysis.package.formatting import last_day
from daye_analysis.progress.movement import MOVED_COLUMNS
from daye_analysis.reporting.publishing.latest import PDF
from daye_analysis.reporting.publishing.manifest import Damaged, check_files
from daye_analysis.reporting.publishing.output_folder import safe_name
from daye_analysis.reporting.publishing.previous_run import ASSESSMENTS, read_assessments
from daye_analysis.reporting.publishing.published_runs import (
    PublishedRun,
    by_series,
    published_runs,
)
from daye_analysis.site.edition import Report
from daye_analysis.site.history import Judged

_NEEDED: Final = {column for group in MOVED_COLUMNS.values() for column in group}


def official_runs(reports: Path, package: str) -> list[PublishedRun]:
    """Return the runs of the official series on the package of that name, oldest first.

    A series is official whose notebook is the project's, with its parameters as declared: its folder bears the notebook's
    name, for a package other than the project's with that package's name after it. Runs that only sweeps asked for, and
    those dated after today, are none.
    """
    today = last_day().isoformat()
    found = []
    for run in published_runs(reports):
        identity = run.manifest.identity
        official = {str(identity["notebook"]), f"{identity['notebook']}@{safe_name(package)}"}
        if identity["package"].get("name") == package and run.series in official and not run.is_of_a_sweep and run.as_of <= today:
            found.append(run)
    return sorted(found, key=lambda run: run.age)


def newest_reports(runs: Sequence[PublishedRun]) -> tuple[tuple[Report, ...], dict[str, bytes]]:
    """Return the newest whole report of each series and language, and its PDF by the path that it has on the site."""
    reports, copies = [], {}
    for (_, language), group in by_series(list(runs)).items():
        whole = next(_whole(reversed(group), PDF), None)
        if whole is not None:
            run, content = whole
            notebook = str(run.manifest.identity["notebook"])
            path = f"reports/{notebook}.{language}.pdf"
            copies[path] = content
            title = run.manifest.title.get(language) or notebook
            of: Language = "zh" if language == "zh" else "en"
            reports.append(Report(notebook, title, of, run.as_of, path, len(content)))
    return tuple(reports), copies


def judged_by_day(runs: Sequence[PublishedRun]) -> tuple[Judged, ...]:
    """Return what the reports of each day judged, oldest first; where several did, what the one made last did."""
    days: dict[str, list[PublishedRun]] = {}
    for run in runs:
        if ASSESSMENTS in run.manifest.outputs:
            days.setdefault(run.as_of, []).append(run)
    found = []
    for day, group in sorted(days.items()):
        whole = next(_whole(reversed(group), ASSESSMENTS), None)
        table = read_assessments(whole[1]) if whole is not None else pd.DataFrame()
        if set(table.columns) >= _NEEDED:  # not those of an earlier release that said less
            found.append(Judged(dt.date.fromisoformat(day), table))
    return tuple(found)


def _whole(runs: Iterator[PublishedRun], name: str) -> Iterator[tuple[PublishedRun, bytes]]:
    """Yield those runs that are whole and have a file of that name, with its bytes."""
    for run in runs:
        with contextlib.suppress(Damaged, OSError):
            if name in run.manifest.outputs:
                check_files(run.folder, run.manifest)
                yield run, (run.folder / name).read_bytes()
