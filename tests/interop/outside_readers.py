"""Readers that come from npm, Debian or elsewhere: each is a program that is run and whose answer is read."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from package_metadata import METADATA

from daye_analysis import load
from daye_analysis.package.definition import TABLES, Table
from daye_analysis.package.definition.judged import EVIDENCE
from daye_analysis.package.evidence.target_evidence import evidence_table
from daye_analysis.package.export.xlsx import write_xlsx
from interop.pypi_readers import profile_folder
from interop.seen import Seen, seen

HERE = Path(__file__).resolve().parent
# Every sheet as UTF-8 CSV, numbers in full rather than as shown.
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
FORMULA_LIKE = ("=1+1", "+1", "-1", "@SUM(A1)", "2026-1", "007")


def _run(*command: str | Path) -> str:
    """Return what a program printed; RuntimeError with its complaint where it failed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr[-2000:] or done.stdout[-2000:]}")
    return done.stdout


def _parsed(text: str) -> dict[str, Seen]:
    return {name: Seen(**each) for name, each in json.loads(text).items()}


def npm_datapackage(root: Path, _export: Path, _work: Path) -> dict[str, Seen]:
    """Read by npm `datapackage`."""
    return _parsed(_run("node", HERE / "read_datapackage.cjs", root / "datapackage.json"))


def npm_frictionless_js(root: Path, _export: Path, _work: Path) -> dict[str, Seen]:
    """Read by npm `frictionless.js`."""
    return _parsed(_run("node", HERE / "read_frictionless_js.cjs", root / "datapackage.json"))


def r_readr(root: Path, _export: Path, _work: Path) -> dict[str, Seen]:
    """Read by R with jsonlite and readr."""
    return _parsed(_run("Rscript", HERE / "read_package.R", root))


def sqlite3_shell(_root: Path, export: Path, _work: Path) -> dict[str, Seen]:
    """Read the SQLite export by the sqlite3 shell."""
    (database,) = export.glob("*.sqlite")
    found = {}
    for table in TABLES:
        printed = _run("sqlite3", "-readonly", "-json", database, f"SELECT * FROM {table.name}")
        found[table.name] = seen(table, json.loads(printed or "[]"))
    return found


def _sheet(folder: Path, book: Path, table: Table) -> Seen:
    with (folder / f"{book.stem}-{table.name}.csv").open(encoding="utf-8", newline="") as file:
        return seen(table, csv.DictReader(file))


def libreoffice(_root: Path, export: Path, work: Path) -> dict[str, Seen]:
    """Read the XLSX export by LibreOffice."""
    (book,) = export.glob("*.xlsx")
    _office(work, book, _EVERY_SHEET)
    return {table.name: _sheet(work, book, table) for table in TABLES}


def _office(work: Path, book: Path, form: str) -> None:
    profile = (work / "profile").absolute().as_uri()
    _run(
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        work,
        book,
    )


def text_after_libreoffice(work: Path) -> list[tuple[object, str]]:
    """Return (value, type) of cells of formula-like text after LibreOffice has read and saved the workbook."""
    import openpyxl
    import pandas as pd

    package = load()
    tables = {**package.tables, EVIDENCE.name: evidence_table(package.tables, package.compiled_on.isoformat())}
    tables["units"] = tables["units"].head(len(FORMULA_LIKE)).assign(
        name_zh=pd.Series(FORMULA_LIKE, dtype="string")
    )  # fmt: skip
    write_xlsx(tables, METADATA, work / "before.xlsx")
    (work / "saved").mkdir()
    _office(work / "saved", work / "before.xlsx", "xlsx")
    sheet = openpyxl.load_workbook(work / "saved" / "before.xlsx")["units"]
    return [(row[1].value, row[1].data_type) for row in sheet.iter_rows(min_row=2)]


def profile_check_by_ajv(root: Path) -> None:
    """Check the descriptor against the 2.0 profiles by Ajv; RuntimeError with its faults."""
    _run("node", HERE / "validate_ajv.cjs", root / "datapackage.json", profile_folder())


def citation_check(root: Path) -> None:
    """Check CITATION.cff by cffconvert; RuntimeError with its faults."""
    _run("cffconvert", "--validate", "-i", root / "CITATION.cff")


OUTSIDE_READERS: dict[str, Callable[[Path, Path, Path], dict[str, Seen]]] = {
    "npm datapackage": npm_datapackage,
    "npm frictionless.js": npm_frictionless_js,
    "R jsonlite + readr": r_readr,
    "sqlite3 shell": sqlite3_shell,
    "LibreOffice (XLSX)": libreoffice,
}
