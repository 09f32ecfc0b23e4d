"""The file of a sweep: one report for each combination of notebooks, packages, days, languages and parameter values.

notebooks: [target_feasibility]     # names in notebooks/, or all
packages: [., ../other-city]        # data packages, from the file's folder; default: the project's own
as_of: [2025-06-30, 2025-12-31]     # default: today
languages: [zh]                     # default: zh
parameters:                         # one value, or a list of values to combine
  plan: ["a", "b"]
timeout: 10m                        # of one run
retries: 1                          # after a dead kernel, a full disk or a time limit; default 1
max_runs: 10000                     # a grid of more combinations is refused; default 10000
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from daye_analysis.bilingual import Language
from daye_analysis.errors import DayeError, NotReadable, Problem, WrongUsage
from daye_analysis.reporting.notebooks.core_yaml import SettingPath
from daye_analysis.reporting.notebooks.notebook import read_notebook
from daye_analysis.reporting.notebooks.parameters import Value, inspect_parameters
from daye_analysis.reporting.notebooks.settings_file import Section, read_yaml
from daye_analysis.reporting.publishing.output_folder import safe_name
from daye_analysis.reporting.publishing.package_state import PackageState, package_state
from daye_analysis.reporting.runs.plan import before_plan, frozen_as_of
from daye_analysis.reporting.schedules.file import check_axes, check_size, combinations, section_notebooks
from daye_analysis.reporting.sweeps.problems import SWEEP_PROBLEMS


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination of a sweep; `package_label` is the package as the grid names it."""

    notebook: Path
    package_label: str
    as_of: date
    language: Language
    parameters: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Grid:
    """A checked grid: its name (the file's), its cells in order, and the packages they read, by label."""

    name: str
    cells: tuple[Cell, ...]
    packages: Mapping[str, PackageState]
    timeout: float
    retries: int


def read_grid(path: Path, notebooks: Path, default_package: Path) -> Grid:
    """Return the grid in the file `path`, whose notebooks lie in the folder `notebooks`.

    Raises NotReadable when there is no such file, WrongUsage with all that is wrong in it, each with its line.
    """
    file = read_yaml(path, "grid", SWEEP_PROBLEMS)
    section = Section(file, (), file.content)
    chosen = section_notebooks(section, notebooks)
    packages = _packages(section, path.parent, default_package)
    days = _days(section, chosen, packages)
    languages = cast("tuple[Language, ...]", section.choices("languages", ("zh", "en"), ("zh",)))
    axes = _axes(section, chosen)
    timeout = section.seconds("timeout", 600.0, least=1.0) or 600.0
    retries = section.whole_number("retries", 1)
    check_size(section, len(chosen) * len(packages) * len(days) * len(languages), axes)
    section.finish()
    file.raise_problems()
    cells = [
        Cell(notebook, label, day, language, parameters)
        for notebook in chosen
        for label in packages
        for day in days
        for language in languages
        for parameters in combinations(axes)
    ]
    return Grid(safe_name(path.stem), tuple(cells), packages, timeout, retries)


def _packages(section: Section, folder: Path, default: Path) -> dict[str, PackageState]:
    labels = section.texts("packages")
    if not labels:
        return {".": package_state(default)}
    found: dict[str, PackageState] = {}
    for at, label in enumerate(labels):
        place: SettingPath = ("packages", at)
        if label in found:
            section.file.add("repeated", place, name=label)
        try:
            found[label] = package_state(folder / label)
        except DayeError as error:
            for problem in error.problems:
                section.file.relay(problem, place)
    return found


def _days(section: Section, notebooks: Sequence[Path], packages: Mapping[str, PackageState]) -> list[date]:
    """Return the days of `as_of`, each written plainly or in quotes; today when there are none.

    A day that any of the notebooks refuses, since a package's plan was not published by then, is noted.
    """
    raw = section.raw("as_of")
    if raw is None:
        return [datetime.now().astimezone().date()]
    found: list[date] = []
    for at, item in enumerate(raw if isinstance(raw, list) else [raw]):
        try:
            found.append(frozen_as_of(item if type(item) in (str, date) and item != "" else f"{item!r}"))
        except DayeError as error:
            for problem in error.problems:
                section.file.relay(problem, ("as_of", at), "bad-day")
        else:
            for problem in _early(found[-1], notebooks, packages):
                section.file.relay(problem, ("as_of", at), "bad-day")
    if not found and not section.file.problems:
        section.problem("empty/as-of", "as_of")
    return sorted(set(found), key=found.index)


def _early(day: date, notebooks: Sequence[Path], packages: Mapping[str, PackageState]) -> list[Problem]:
    found: dict[Problem, None] = {}
    for notebook in notebooks:
        with contextlib.suppress(
            WrongUsage, NotReadable
        ):  # a damaged notebook fails alone, when its runs are planned
            declared = inspect_parameters(read_notebook(notebook))
            problems = (before_plan(declared, package, day) for package in packages.values())
            found |= dict.fromkeys(problem for problem in problems if problem is not None)
    return list(found)


def _axes(section: Section, notebooks: Sequence[Path]) -> dict[str, list[Any]]:
    given = section.table("parameters")
    axes = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    places: dict[str, SettingPath] = {name: ("parameters", name) for name in given}
    for name, values in axes.items():
        if not values:
            section.file.add("empty/parameter", places[name], name=name)
    check_axes(section, axes, places, notebooks)
    return axes
