"""Write the data request: one workbook and one letter for each body that leads a target without figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.errors import CheckFailed, Refused
from daye_analysis.package.export.extra import need_extra
from daye_analysis.package.request.document import letter_bytes
from daye_analysis.package.request.messages import REQUEST_PROBLEMS
from daye_analysis.package.request.sheet import sheets
from daye_analysis.package.request.workbook import workbook_bytes
from daye_analysis.problem_messages import worded
from daye_analysis.storage.folders import replaced_folder

if TYPE_CHECKING:
    from daye_analysis.package.package_tables import PackageTables


def write_requests(package: PackageTables, destination: Path) -> tuple[Path, ...]:
    """Write `request-<unit_id>.xlsx` and `.docx` for each lead body, and one for figures without, to `destination`; return their paths.

    The folder appears whole or not at all, and is never an old one, which may hold replies, but for one with these very files. Raises Refused
    (`request.folder-not-empty`), CheckFailed (`request.nothing-missing`), and what `replaced_folder` raises.
    """
    need_extra("xlsxwriter", "docx")
    requested = list(sheets(package))
    if not requested:
        raise CheckFailed(worded(REQUEST_PROBLEMS, "request.nothing-missing", ""))
    names: list[str] = []

    def refuse(path: Path) -> None:
        raise Refused(worded(REQUEST_PROBLEMS, "request.folder-not-empty", destination.name, found=path.name))

    with replaced_folder(destination, refuse) as staging:
        for sheet in requested:
            base = f"request-{sheet.holder}"
            (staging / f"{base}.xlsx").write_bytes(
                workbook_bytes(sheet, package.title.zh, package.compiled_on)
            )
            (staging / f"{base}.docx").write_bytes(letter_bytes(sheet, package.title.zh, package.compiled_on))
            names += [f"{base}.xlsx", f"{base}.docx"]
    return tuple(destination / name for name in names)
