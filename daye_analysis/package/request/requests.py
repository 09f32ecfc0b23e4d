"""Writing the data request: one workbook and one letter for each unit that leads on a target without figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.errors import CheckFailed, Refused
from daye_analysis.package.export.extra import need_extra
from daye_analysis.package.export.folder import replaced_folder
from daye_analysis.package.request.document import write_document
from daye_analysis.package.request.messages import REQUEST_PROBLEMS
from daye_analysis.package.request.sheet import sheets
from daye_analysis.package.request.workbook import write_workbook
from daye_analysis.problem_messages import worded

if TYPE_CHECKING:
    from daye_analysis.package.package_tables import PackageTables


def write_requests(package: PackageTables, destination: Path) -> tuple[Path, ...]:
    """Write `request-<unit_id>.xlsx` and `.docx` for each leading unit to the folder `destination`; return their paths.

    The folder appears whole or not at all, and is never an old one: it may hold replies. Raises Refused
    (`request.folder-not-empty`), CheckFailed (`request.nothing-missing`), and what `replaced_folder` raises.
    """
    need_extra("xlsxwriter", "docx")
    found = sorted(destination.iterdir()) if destination.is_dir() else []
    if found:
        raise Refused(
            worded(REQUEST_PROBLEMS, "request.folder-not-empty", destination.name, found=found[0].name)
        )
    requested = list(sheets(package))
    if not requested:
        raise CheckFailed(worded(REQUEST_PROBLEMS, "request.nothing-missing", ""))
    names: list[str] = []
    with replaced_folder(destination, lambda _: False) as staging:
        for sheet in requested:
            base = f"request-{sheet.unit_id}"
            write_workbook(sheet, package.title.zh, package.compiled_on, staging / f"{base}.xlsx")
            write_document(sheet, package.title.zh, package.compiled_on, staging / f"{base}.docx")
            names += [f"{base}.xlsx", f"{base}.docx"]
    return tuple(destination / name for name in names)
