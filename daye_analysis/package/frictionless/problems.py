"""Problems as frictionless errors, each with resource, row and field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from frictionless import errors

from daye_analysis.bilingual import Language
from daye_analysis.errors import Problem
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, TABLES, Table
from daye_analysis.package.untrusted.descriptor import RESOURCE_PATHS
from daye_analysis.package.validate import Location, ValidationReport, location

if TYPE_CHECKING:
    from frictionless import Error

# The key of problems that belong to no one resource.
WHOLE_PACKAGE: Final = ""

_TABLE_OF_PATH = {table.path: table for table in TABLES}
_RESOURCE_OF_PATH = {path: name for name, path in RESOURCE_PATHS.items()}


# The types are frictionless's own, so that a Report can be read where this package is not installed; what frictionless
# would say for them is left out, since the note says it all.
class CellProblem(errors.ConstraintError):
    """A problem of one cell."""

    template = "{note}"


class RowProblem(errors.RowConstraintError):
    """A problem of one row of a file."""

    template = "{note}"


class TableProblem(errors.TableError):
    """A problem of a whole table."""

    template = "{note}"


class FileProblem(errors.FileError):
    """A problem of a file that is no table."""

    template = "{note}"


class ResourceProblem(errors.ResourceError):
    """A problem of what the descriptor says of a resource."""

    template = "{note}"


class PackageProblem(errors.PackageError):
    """A problem of the package, or of a file that is none of its resources."""

    template = "{note}"


DATA_PROBLEMS = (CellProblem, RowProblem, TableProblem, FileProblem)


def errors_by_resource(checked: ValidationReport, language: Language) -> dict[str, list[Error]]:
    """Return each problem of `checked` as an error of frictionless, by the resource's name, in the order found.

    Every error has the fields `code`, `where`, `what` and `remedy` beside frictionless's own; its note is in
    `language`. Problems of no one resource are under WHOLE_PACKAGE.
    """
    found: dict[str, list[Error]] = {}
    for problem in checked.problems:
        place = location(problem)
        name = _resource_name(place)
        error = _error(problem, place, name, checked, language)
        error.custom = {
            "code": problem.code,
            "where": problem.where,
            "what": problem.what._asdict(),
            "remedy": problem.remedy._asdict(),
        }
        found.setdefault(name, []).append(error)
    return found


def note(problem: Problem, language: Language, *, with_where: bool = False) -> str:
    """Return code, what is wrong and the remedy, without square brackets.

    frictionless's console takes what is in square brackets for an instruction on colour.
    """
    where = f"{problem.where}: " if with_where and problem.where else ""
    said = f"{problem.code}: {where}{problem.what.say(language)} {problem.remedy.say(language)}"
    return said.replace("[", "［").replace("]", "］")


def _resource_name(place: Location) -> str:
    """Return the resource that a place belongs to: by its file, or by its name in `datapackage.json:name:key`."""
    if place.file in _RESOURCE_OF_PATH:
        return _RESOURCE_OF_PATH[place.file]
    name = (place.field or "").partition(":")[0]
    return name if name in RESOURCE_PATHS else WHOLE_PACKAGE


def _error(
    problem: Problem, place: Location, name: str, checked: ValidationReport, language: Language
) -> Error:
    table = _TABLE_OF_PATH.get(place.file or "")
    if table is None and place.file != OFFICIAL_TEXT_PATH:
        said = note(problem, language, with_where=True)
        return ResourceProblem(note=said) if name else PackageProblem(note=said)
    said = note(problem, language)
    if table is None:
        return FileProblem(note=said)
    if place.row is None:
        return TableProblem(note=said)
    cells = _cells(table, place.row, checked)
    if place.field not in table.field_names:
        return RowProblem(note=said, cells=cells, row_number=place.row)
    at = table.field_names.index(place.field)
    return CellProblem(
        note=said,
        cells=cells,
        row_number=place.row,
        cell=cells[at] if cells else "",
        field_name=place.field,
        field_number=at + 1,
    )


def _cells(table: Table, row: int, checked: ValidationReport) -> list[str]:
    """Return the cells of a row as printed, none for the header and for a row that could not be read."""
    columns = checked.tables.get(table.name)
    if columns is None:
        return []
    at = int(np.searchsorted(columns.rows, row))
    if at == len(columns) or columns.rows[at] != row:
        return []
    return [columns[name].values[columns[name].places[at]] for name in table.field_names]
