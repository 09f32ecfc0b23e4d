"""The findings of `daye validate` as a frictionless Report."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from frictionless import Report, ReportTask

from daye_analysis.bilingual import Language
from daye_analysis.errors import DayeError, WrongUsage
from daye_analysis.package.definition import TABLES
from daye_analysis.package.frictionless.problems import WHOLE_PACKAGE, errors_by_resource
from daye_analysis.package.messages import PACKAGE_PROBLEMS
from daye_analysis.package.untrusted.descriptor import RESOURCE_PATHS
from daye_analysis.package.validate import ValidationReport, validate
from daye_analysis.problem_messages import worded
from daye_analysis.storage.files import file_content, replace_file

if TYPE_CHECKING:
    from frictionless import Error
    from frictionless.report.types import IReportTaskStats

_TABLE_NAMES = frozenset(table.name for table in TABLES)


def validate_and_report(package: Path, file: Path, language: Language) -> ValidationReport:
    """Check the package at `package` as `validate` does and write the outcome to `file` as a frictionless Report.

    A package that cannot be read or is refused gets a Report that says so; the error is raised all the same. Raises
    WrongUsage (`validate.not-a-report`), before anything is checked, where `file` is there and is no Report.
    """
    _refuse_to_overwrite(file)
    started = time.monotonic()
    failure: DayeError | None = None
    try:
        checked = validate(package)
    except DayeError as error:
        failure, checked = error, ValidationReport("", "", error.problems)
    text = report_text(checked, language, round(time.monotonic() - started, 3))
    replace_file(file, text.encode())
    if failure is not None:
        raise failure
    return checked


def _refuse_to_overwrite(file: Path) -> None:
    """Raise WrongUsage where `file` is something else than a Report, such as the package's own descriptor."""
    try:
        there = json.loads(file_content(file))
    except FileNotFoundError:
        return
    except ValueError:
        there = None
    if not isinstance(there, dict) or not {"valid", "stats", "tasks"} <= there.keys():
        raise WrongUsage(worded(PACKAGE_PROBLEMS, "validate.not-a-report", str(file)))


def report_text(checked: ValidationReport, language: Language, seconds: float) -> str:
    """Return `checked` as the JSON of a frictionless Report, one task a resource; `seconds` is how long it took.

    All tables are checked together, so every task has the same seconds.
    """
    found = errors_by_resource(checked, language)
    tasks = [
        _task(name, path, checked, found.get(name, []), seconds)
        for name, path in RESOURCE_PATHS.items()
        if path in checked.sizes or name in found
    ]
    report = Report.from_validation(time=seconds, tasks=tasks, errors=found.get(WHOLE_PACKAGE, []))
    return json.dumps(report.to_descriptor(), ensure_ascii=False, indent=2) + "\n"


def _task(
    name: str, path: str, checked: ValidationReport, found: Sequence[Error], seconds: float
) -> ReportTask:
    """Return the outcome of one resource."""
    stats: IReportTaskStats = {"errors": len(found), "warnings": 0, "seconds": seconds}
    if path in checked.sizes:
        stats["bytes"] = checked.sizes[path]
    columns = checked.tables.get(name)
    if columns is not None:
        stats["fields"], stats["rows"] = len(columns.table.fields), len(columns)
    return ReportTask(
        valid=not found,
        name=name,
        type="table" if name in _TABLE_NAMES else "text",
        place=path,
        labels=list(columns.table.field_names) if columns is not None else [],
        stats=stats,
        errors=list(found),
        warnings=[],
    )
