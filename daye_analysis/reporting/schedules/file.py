"""`schedule.toml`: which reports are due when; read as a whole, with every problem and its line before anything runs.

    [[schedule]]
    name = "monthly-brief"             # what the reports' manifests call it
    cron = "0 7 3 * *"                 # minute, hour, day of month, month, weekday, as in crontab(5)
    time_zone = "Asia/Shanghai"        # in which the cron line is read; as_of is the slot's day there
    notebooks = ["brief"]              # names in notebooks/, or "all"
    languages = ["zh", "en"]           # default: zh
    catch_up = "last"                  # missed slots: none, last (default) or all
    lateness = "20d"                   # how long after its time a slot may still be made; default: none 1h, else any
    start = 2026-01-01                 # no slot before this day
    retries = 2                        # after a dead kernel, a full disk or a time limit; default 0
    backoff = "5m"                     # wait before the first retry, doubled each time; default 30s
    timeout = "10m"                    # of one run; default 10m
    [schedule.parameters]              # the notebook's own parameters
    top = 5
    [schedule.grid]                    # lists of values: a report for each combination
    plan = ["a", "b"]

    [notify]                           # what operators hear (`notices`); neither is needed
    command = ["apprise", "--config", "/etc/daye/apprise.yml"]
    log = "reports/reports.log"        # from this file's folder

    [site]                             # the public site, kept up to date; needs `daye_analysis.site`
    directory = "public"               # relative to this file; a web server serves public/current
    base_url = "https://targets.example/daye/"   # default: the package's homepage
    after = ["monthly-brief"]          # rebuilt when reports of these schedules are published; default: any official report
    since = ["releases/daye-1.0.0.zip"]          # earlier releases, kept as frozen copies
    lab = "pyodide"                    # notebooks that run in the browser, with Pyodide from this folder; default: none
"""

from __future__ import annotations

import contextlib
import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from daye_analysis.bilingual import Language
from daye_analysis.errors import NotReadable, WrongUsage
from daye_analysis.reporting.notebooks.core_yaml import SettingPath
from daye_analysis.reporting.notebooks.notebook import read_notebook
from daye_analysis.reporting.notebooks.parameters import Value, check_parameters, inspect_parameters, nearest
from daye_analysis.reporting.notebooks.settings_file import Section, read_toml
from daye_analysis.reporting.publishing.identity import RESERVED
from daye_analysis.reporting.publishing.output_folder import safe_name
from daye_analysis.reporting.runs.batch import Retry
from daye_analysis.reporting.schedules.cron import is_cron_line
from daye_analysis.reporting.schedules.problems import SCHEDULE_PROBLEMS
from daye_analysis.storage.files import file_content

CatchUp = Literal["none", "last", "all"]
HOUR = 3600.0
# Runs of one grid, unless it says otherwise by `max_runs`.
MOST_RUNS = 10_000
# Time zones begin about then; a later year is a slip of the pen, and calendars end.
EARLIEST, LATEST = 1970, 2999


@dataclass(frozen=True, slots=True)
class Schedule:
    """One entry of the file; `parameters` holds one set for each combination of the grid."""

    name: str
    cron: str
    time_zone: str
    notebooks: tuple[Path, ...]
    languages: tuple[Language, ...]
    parameters: tuple[Mapping[str, Value], ...]
    catch_up: CatchUp
    lateness: float | None
    start: date | None
    retry: Retry
    timeout: float

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the cron line is read."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class Notify:
    """How operators hear of failures: a command and its arguments (empty: none), and a log file."""

    command: tuple[str, ...] = ()
    log: Path | None = None


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The public site that is kept up to date in a folder: its address, the schedules whose reports renew it (empty: all), earlier releases.

    `lab` is the folder with Pyodide for notebooks that run in the browser; None for a site without.
    """

    directory: Path
    base_url: str = ""
    after: tuple[str, ...] = ()
    since: tuple[Path, ...] = ()
    lab: Path | None = None

    @property
    def current(self) -> Path:
        """The link to the newest site, which a web server serves."""
        return self.directory / "current"


@dataclass(frozen=True, slots=True)
class ScheduleFile:
    """What the file says; `folder` is the one that it lies in, `site` None where it asks for none."""

    folder: Path
    schedules: tuple[Schedule, ...]
    notify: Notify
    site: SiteSettings | None = None


def read_schedules(path: Path, notebooks: Path) -> tuple[Schedule, ...]:
    """Return the schedules in the file `path`; raises as `read_schedule_file` does."""
    return read_schedule_file(path, notebooks).schedules


def read_schedule_file(path: Path, notebooks: Path) -> ScheduleFile:
    """Return what the file `path` says, whose notebooks lie in the folder `notebooks`.

    Raises NotReadable when there is no such file, WrongUsage with all that is wrong in it.
    """
    file = read_toml(path, "schedule", SCHEDULE_PROBLEMS)
    top = Section(file, (), file.content)
    entries = top.raw("schedule")
    folder = path.absolute().parent
    notify = _notify(Section(file, ("notify",), top.table("notify")), folder)
    site = _site(Section(file, ("site",), top.table("site")), folder) if "site" in file.content else None
    top.finish()
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        file.add("none", ())
        entries = []
    found = [_schedule(Section(file, ("schedule", at), entry), notebooks) for at, entry in enumerate(entries)]
    names = [schedule.name for schedule in found]
    for at, name in enumerate(names):
        if name and name in names[:at]:
            file.add("repeated-name", ("schedule", at, "name"), name=name)
    for at, name in enumerate(site.after if site else ()):
        if name not in names:
            file.add("unknown-schedule", ("site", "after", at), found=repr(name), known=tuple(names) or "-")
    file.raise_problems()
    return ScheduleFile(folder, tuple(found), notify, site)


def report_notebooks(folder: Path) -> dict[str, Path]:
    """Return the notebooks in `folder` that say in their metadata that they are reports: `daye.report` is true.

    Any other notebook there is run only where it is named. A damaged one that still
    says so is among them: it fails and is reported, and no other does.
    """
    return {path.stem: path for path in sorted(folder.glob("*.ipynb")) if _is_report(path)}


def _is_report(path: Path) -> bool:
    try:
        return read_notebook(path)["metadata"].get("daye", {}).get("report") is True
    except NotReadable:
        with contextlib.suppress(OSError):
            return re.search(rb'"report"\s*:\s*true', file_content(path)) is not None
        return False


def section_notebooks(section: Section, folder: Path) -> tuple[Path, ...]:
    """Return the notebooks that the section's `notebooks` names, noting those that do not exist."""
    known = report_notebooks(folder)
    names = section.texts("notebooks", required=True)
    if names == ("all",):
        return tuple(known.values())
    for at, name in enumerate(names):
        if name not in known:
            close = nearest(name, list(known))
            code = f"unknown-notebook/{'near' if close else 'none-near'}"
            place: SettingPath = (*section.place, "notebooks", at)
            section.file.add(code, place, key=name, close=close, known=tuple(known) or "-")
    return tuple(known[name] for name in dict.fromkeys(names) if name in known)


def combinations(axes: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return every combination of the axes' values, the last axis changing fastest; one empty set for no axes."""
    return [dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values())]


def check_size(section: Section, runs: int, axes: Mapping[str, Sequence[Any]]) -> None:
    """Note a grid of more runs than its `max_runs`, before any of them is built; `runs` are those of one combination."""
    most = section.whole_number("max_runs", MOST_RUNS)
    wanted = runs * math.prod(len(values) for values in axes.values())
    if wanted > most:
        section.problem("too-many-runs", "max_runs", wanted=wanted, most=most)
        section.file.raise_problems()


def check_axes(
    section: Section,
    axes: Mapping[str, Sequence[Any]],
    places: Mapping[str, SettingPath],
    notebooks: Sequence[Path],
) -> None:
    """Note what is wrong with parameters and their values, for each notebook, at the place where each is."""
    for notebook in notebooks:
        try:
            declared = inspect_parameters(read_notebook(notebook))
        except (NotReadable, WrongUsage):  # fails alone, when its report is due
            continue
        for parameter in declared:
            if parameter.required and parameter.name not in axes:
                section.file.add("missing-parameter", section.place, notebook=notebook.stem, key=parameter.name)
        optional = [replace(parameter, required=False) for parameter in declared]
        for name, value in ((name, value) for name, values in axes.items() for value in values):
            try:
                check_parameters(optional, {name: value}, RESERVED)
            except WrongUsage as error:
                for problem in error.problems:
                    section.file.relay(problem, places[name])


def _schedule(section: Section, folder: Path) -> Schedule:
    notebooks = section_notebooks(section, folder)
    catch_up = cast(CatchUp, section.choice("catch_up", ("none", "last", "all"), "last"))
    axes = _axes(section, notebooks)
    languages = cast("tuple[Language, ...]", section.choices("languages", ("zh", "en"), ("zh",)))
    check_size(section, len(notebooks) * len(languages), axes)
    schedule = Schedule(
        name=_name(section),
        cron=_cron(section),
        time_zone=_time_zone(section),
        notebooks=notebooks,
        languages=languages,
        parameters=tuple(combinations(axes)),
        catch_up=catch_up,
        lateness=section.seconds("lateness", HOUR if catch_up == "none" else None),
        start=_start(section),
        retry=Retry(section.whole_number("retries", 0), section.seconds("backoff", 30.0) or 0.0),
        timeout=section.seconds("timeout", 600.0, least=1.0) or 600.0,
    )
    section.finish()
    return schedule


def _notify(section: Section, folder: Path) -> Notify:
    command, log = section.texts("command"), section.text("log")
    section.finish()
    if command and not command[0]:
        section.problem("empty", "command")
    return Notify(command, folder / log if log else None)


def _site(section: Section, folder: Path) -> SiteSettings:
    directory = section.text("directory", required=True)
    since = tuple(folder / each for each in section.texts("since"))
    lab = section.text("lab")
    site = SiteSettings(folder / directory, section.text("base_url"), section.texts("after"), since, folder / lab if lab else None)
    section.finish()
    return site


def _axes(section: Section, notebooks: Sequence[Path]) -> dict[str, list[Any]]:
    """Return the values of each parameter: one for those in `parameters`, a list for those in `grid`."""
    fixed, grid = section.table("parameters"), section.table("grid")
    axes: dict[str, list[Any]] = {name: [value] for name, value in fixed.items()}
    places: dict[str, SettingPath] = {name: (*section.place, "parameters", name) for name in fixed}
    for name, values in grid.items():
        place = (*section.place, "grid", name)
        if not isinstance(values, list) or not values:
            section.file.add("grid-no-list", place, name=name)
        elif name in fixed:
            section.file.add("given-twice", place, name=name)
        else:
            axes[name], places[name] = values, place
    check_axes(section, axes, places, notebooks)
    return axes


def _name(section: Section) -> str:
    name = section.text("name", required=True)
    if name and safe_name(name) != name:
        section.problem("bad-name", "name", found=repr(name))
    return name


def _cron(section: Section) -> str:
    cron = section.text("cron", required=True)
    if isinstance(section.raw("cron"), str) and not is_cron_line(cron):
        section.problem("bad-cron", "cron", found=repr(cron))
    return cron


def _start(section: Section) -> date | None:
    day = section.day("start")
    if day is not None and not EARLIEST <= day.year <= LATEST:
        section.problem("bad-start", "start", day=day, earliest=EARLIEST, latest=LATEST)
    return day


def _time_zone(section: Section) -> str:
    zone = section.text("time_zone", required=True)
    try:
        if isinstance(section.raw("time_zone"), str):
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        section.problem("bad-zone", "time_zone", found=repr(zone))
    return zone
