"""Plan a run before anything starts: check everything that can be checked, and compute its identity."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Language
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.package.formatting import last_day
from daye_analysis.problem_messages import worded
from daye_analysis.progress.problems import PROGRESS_PROBLEMS
from daye_analysis.reporting.notebooks.languages import own_kernel
from daye_analysis.reporting.notebooks.notebook import (
    Notebook,
    is_strict,
    needed_tables,
    normalised,
    read_notebook,
)
from daye_analysis.reporting.notebooks.parameters import (
    Parameter,
    Value,
    check_parameters,
    inspect_parameters,
    settable,
)
from daye_analysis.reporting.problems import RUN_PROBLEMS
from daye_analysis.reporting.publishing.identity import RESERVED, Identity, notebook_name
from daye_analysis.reporting.publishing.own_files import (
    OwnFile,
    font_hashes,
    named_outside,
    own_files,
    with_pictures,
)
from daye_analysis.reporting.publishing.package_state import COPY, PackageState, package_state
from daye_analysis.reporting.publishing.previous_run import with_earlier
from daye_analysis.reporting.publishing.publish import OWN
from daye_analysis.reporting.publishing.series import series_name
from daye_analysis.reporting.runs.problems import PLAN_PROBLEMS


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked run: what it is, and what it reads."""

    identity: Identity
    notebook: Notebook
    values: Mapping[str, Value]
    package: PackageState
    files: tuple[OwnFile, ...] = ()


def plan_run(
    notebook_path: Path,
    parameters: Mapping[str, object],
    *,
    package_path: Path,
    as_of: str | date,
    language: Language,
    show_code: bool = False,
    strict: bool = False,
    code: Mapping[str, Any],
    reports: Path | None = None,
) -> Plan:
    """Check everything that can be checked before a kernel starts, and return the run's identity and inputs.

    `code` is `identity.code_state()`, which many runs share. `reports` is where an earlier run is looked for
    (`previous_run.with_earlier`). Raises as `run_report` does.
    """
    return plan_for(
        notebook_path,
        parameters,
        package=package_state(package_path),
        day=frozen_as_of(as_of),
        language=language,
        show_code=show_code,
        strict=strict,
        code=code,
        reports=reports,
    )


def plan_for(
    notebook_path: Path,
    parameters: Mapping[str, object],
    *,
    package: PackageState,
    day: date,
    language: Language,
    show_code: bool = False,
    strict: bool = False,
    code: Mapping[str, Any],
    reports: Path | None = None,
    latest: bool = True,
) -> Plan:
    """Return the plan of a run on a package that was read already; raises WrongUsage and NotReadable.

    Without `latest`, the run compares with an earlier one only where that is named.
    """
    notebook = read_notebook(notebook_path)
    kernel = own_kernel(notebook, str(notebook_path))
    declared = inspect_parameters(notebook)
    checked = check_parameters(declared, parameters, RESERVED)
    early = before_plan(declared, package, day)
    if early is not None:
        raise WrongUsage(early)
    if (nothing := nothing_to_report(notebook_path, notebook, package)) is not None:
        raise WrongUsage(nothing)
    own = {
        each.name: checked[each.name]
        for each in declared
        if each.name in checked and checked[each.name] != each.default
    }
    series = series_name(notebook_path, package, own, show_code=show_code)
    if series in OWN:
        raise WrongUsage(_problem_name(notebook_path))
    filled: Mapping[str, Value] = {"as_of": day.isoformat(), "language": language, "package": COPY}
    values = {
        parameter.name: filled.get(parameter.name, checked.get(parameter.name, parameter.default))
        for parameter in settable(declared)
    }
    given_values = [value for name, value in values.items() if name not in RESERVED]
    files = own_files(notebook_path, notebook, given_values)
    identity = Identity(
        notebook=notebook_name(notebook_path),
        notebook_sha256=hashlib.sha256(normalised(notebook)).hexdigest(),
        parameters=values,
        package=package.as_json(),
        code=code if kernel is None else {**code, "kernel": kernel.as_json()},
        as_of=day,
        language=language,
        show_code=show_code,
        strict=strict or is_strict(notebook),
        files={file.name: file.sha256 for file in files}
        | named_outside(notebook_path, given_values)
        | font_hashes(),
        series=series,
    )
    identity = with_earlier(identity, reports, latest=latest)
    return Plan(identity, with_pictures(notebook, files), identity.parameters, package, files)


def before_plan(declared: Sequence[Parameter], package: PackageState, day: date) -> Problem | None:
    """Return the problem of a day before the package's first plan, for a notebook that judges a plan."""
    first = package.first_published
    if first is None or day >= first or all(parameter.name != "plan" for parameter in declared):
        return None
    return worded(PROGRESS_PROBLEMS, "progress.as-of-before-plan", "as_of", day=day, plan="", published=first)


def nothing_to_report(path: Path, notebook: Notebook, package: PackageState) -> Problem | None:
    """Return the problem of a notebook that needs tables which the package leaves empty."""
    empty = [table for table in needed_tables(notebook) if not package.has_rows(table)]
    return worded(RUN_PROBLEMS, "report.nothing-to-report", path.name, tables=tuple(empty), report=path.stem) if empty else None


def frozen_as_of(as_of: str | date) -> date:
    """Return the day that `as_of` names, today when it is empty; raise WrongUsage for no day and for a future one.

    A day is future when it has begun nowhere on Earth yet, so that no time zone is refused its own today.
    """
    if as_of == "":
        return datetime.now().astimezone().date()
    try:
        day = as_of if isinstance(as_of, date) else date.fromisoformat(as_of)
    except ValueError:
        raise WrongUsage(_problem_no_day(str(as_of))) from None
    if day > last_day():
        raise WrongUsage(_problem_future(day))
    return day


def _problem_name(path: Path) -> Problem:
    return worded(PLAN_PROBLEMS, "notebook.reserved-name", str(path), name=path.stem)


def _problem_no_day(text: str) -> Problem:
    return worded(PLAN_PROBLEMS, "parameter.as-of", "as_of", text=ascii(text)[:40])


def _problem_future(day: date) -> Problem:
    return worded(PLAN_PROBLEMS, "parameter.future-as-of", "as_of", day=day)
