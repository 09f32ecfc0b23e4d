"""Run every reader over the package and its exports, and print who agrees: `python -m interop`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from daye_analysis.package.export import export
from interop.outside_readers import (
    FORMULA_LIKE,
    OUTSIDE_READERS,
    citation_check,
    profile_check_by_ajv,
    text_after_libreoffice,
)
from interop.pypi_readers import PYPI_READERS, profile_faults
from interop.seen import differences, reference

ROOT = Path(__file__).resolve().parents[2]


def _faults(check: Callable[[], list[str]]) -> list[str]:
    """Return what `check` finds; a reader that fails or is missing is a fault, not an end."""
    try:
        return check()
    except (OSError, RuntimeError) as error:
        return [str(error)]


def _nothing(check: Callable[[], None]) -> list[str]:
    check()
    return []


def _still_text(work: Path) -> list[str]:
    found = text_after_libreoffice(work)
    return [] if found == [(text, "s") for text in FORMULA_LIKE] else [f"cells became {found}"]


def main() -> int:
    """Return 0 if every reader agrees, else 1."""
    expected = reference(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        export(ROOT, work / "export")
        checks: dict[str, Callable[[], list[str]]] = {}
        for name, read in PYPI_READERS.items():
            checks[name] = lambda read=read: differences(read(ROOT), expected)  # type: ignore[misc]
        for name, run in OUTSIDE_READERS.items():
            checks[name] = lambda run=run: differences(run(ROOT, work / "export", work), expected)  # type: ignore[misc]
        checks["LibreOffice keeps text as text"] = lambda: _still_text(work)
        checks["profiles by jsonschema"] = lambda: profile_faults(ROOT)
        checks["profiles by Ajv"] = lambda: _nothing(lambda: profile_check_by_ajv(ROOT))
        checks["CITATION.cff by cffconvert"] = lambda: _nothing(lambda: citation_check(ROOT))
        failed = 0
        for name, check in checks.items():
            faults = _faults(check)
            failed += bool(faults)
            print(f"{'differs' if faults else 'agrees '}  {name}", *faults, sep="\n    ", flush=True)
    rows = sum(each.rows for each in expected.values())
    print(f"{len(checks) - failed} of {len(checks)} agree on {rows} rows of {len(expected)} tables")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
