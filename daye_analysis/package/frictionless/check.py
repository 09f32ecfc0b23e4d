"""The check `policy-targets`: this project's checks, run once per package within frictionless's own validation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from frictionless import Check, errors

from daye_analysis.bilingual import Language
from daye_analysis.errors import DayeError
from daye_analysis.package.frictionless.problems import DATA_PROBLEMS, WHOLE_PACKAGE, errors_by_resource, note
from daye_analysis.package.messages import PACKAGE_PROBLEMS
from daye_analysis.package.untrusted.descriptor import DESCRIPTOR
from daye_analysis.package.validate import ValidationReport, validate
from daye_analysis.problem_messages import worded

if TYPE_CHECKING:
    from frictionless import Error, Package, Resource

TYPE = "policy-targets"

_NO_DESCRIPTOR = worded(PACKAGE_PROBLEMS, "frictionless.no-descriptor", "")


class PolicyTargets(Check):
    """Report what `daye validate` finds, each problem at its resource, row and field.

    frictionless calls a check resource by resource. The package is read and checked at the first of them, from its
    descriptor's file; nothing that frictionless itself has read is used, so a descriptor changed in memory is not seen.
    """

    type = TYPE
    Errors: ClassVar = list(DATA_PROBLEMS)
    language: Language = "en"
    _package: Package | None = None
    _seen: tuple[Resource, ...] = ()
    _found: dict[str, list[Error]] | None = None

    def connect(self, resource: Resource) -> None:
        """Take the resource that comes next; another package, or the same one a second time, is read again."""
        super().connect(resource)
        is_new = resource.package is None or resource.package is not self._package
        if is_new or any(each is resource for each in self._seen):
            self._package, self._seen, self._found = resource.package, (), None
        self._seen = (*self._seen, resource)

    def validate_start(self) -> Iterable[Error]:
        """Yield the problems of this resource, and of those before it that frictionless could not open."""
        descriptor = _descriptor(self._package)
        if self._package is None or descriptor is None:
            if len(self._seen) < 2:
                yield errors.CheckError(note=note(_NO_DESCRIPTOR, self.language))
            return
        if self._found is None:
            found = errors_by_resource(_checked(descriptor), self.language)
            self._found = _by_listed_resource(self._package, found)
        for name in (WHOLE_PACKAGE, *(str(each.name) for each in self._seen)):
            yield from self._found.pop(name, [])


def _descriptor(package: Package | None) -> Path | None:
    """Return the descriptor's path, None where there is none; of a .zip that of the copy that frictionless unpacked."""
    if package is None:
        return None
    named = package.metadata_descriptor_path
    path = Path(package.basepath or "") / (Path(named).name if named else DESCRIPTOR)
    return path if named or (package.basepath and path.is_file()) else None


def _checked(descriptor: Path) -> ValidationReport:
    try:
        return validate(descriptor)
    except DayeError as error:
        return ValidationReport("", "", error.problems)


def _by_listed_resource(package: Package, found: Mapping[str, list[Error]]) -> dict[str, list[Error]]:
    """Return `found` with the problems of resources that the descriptor does not list among the whole package's."""
    listed = {str(name) for name in package.resource_names}
    sorted_in: dict[str, list[Error]] = {}
    for name, problems in found.items():
        sorted_in.setdefault(name if name in listed else WHOLE_PACKAGE, []).extend(problems)
    return sorted_in
