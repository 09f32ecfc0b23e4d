"""frictionless runs our checks, reads our report, and gets a package as its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import frictionless
import make_checking_page
import pytest
from command_help import daye
from damaged_packages import DAMAGE
from frictionless import Check, Checklist, Report
from package_factory import sample_tables, write_package

import daye_analysis
from daye_analysis.package.definition import TABLES, table
from daye_analysis.package.validate import validate

ROOT = Path(__file__).resolve().parents[1]
BY_NAME = {damage.code: damage for damage in DAMAGE}


def with_cell(root: Path, table: str, row: int, **cells: str) -> Path:
    """Write the sample package with some cells of one row changed."""
    tables = {name: [dict(each) for each in rows] for name, rows in sample_tables().items()}
    tables[table][row - 2] |= cells
    return write_package(root, tables)


def command(*words: object, language: str = "en", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DAYE_LANGUAGE": language, "PYTHONUTF8": "1", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "frictionless", *map(str, words)], capture_output=True, encoding="utf-8", env=environment, cwd=cwd
    )


def number(field: str) -> int:
    """Return a field's number in observations, counted from 1."""
    return table("observations").field_names.index(field) + 1


def ours() -> Checklist:
    return Checklist(checks=[Check.from_descriptor({"type": "policy-targets"})])


def flat(report: Report, *names: str) -> list[list[Any]]:
    return [found for found in report.flatten(["code", *names]) if found[0]]


@pytest.mark.parametrize(("language", "said"), [("en", "is not a number"), ("zh", "不是数字")])
def test_the_command_finds_our_check_by_itself(language: str, said: str, tmp_path: Path) -> None:
    root = with_cell(tmp_path / "package", "observations", 3, value="INF")
    done = command("validate", "datapackage.json", "--checks", "policy-targets", "--json", language=language, cwd=root)
    assert done.returncode == 1, done.stderr
    (error,) = [error for task in json.loads(done.stdout)["tasks"] for error in task["errors"]]
    assert (error["code"], error["rowNumber"], error["fieldName"], error["fieldNumber"], error["cell"]) == (
        "cell.not-number", 3, "value", number("value"), "INF",
    )  # fmt: skip
    assert error["cells"][:2] == ["o0000001", "investment"]
    assert said in error["message"] and set(error["remedy"]) == {"zh", "en"}


def test_the_console_shows_what_was_found_even_where_it_looks_like_markup(tmp_path: Path) -> None:
    root = with_cell(tmp_path / "package", "observations", 3, scope_note_en="=[/b]")
    done = command("validate", "datapackage.json", "--checks", "policy-targets", cwd=root)
    assert (done.returncode, done.stderr) == (1, "")
    assert "cell.formula" in done.stdout and "=［/b］" in done.stdout


def test_the_published_package_passes_both() -> None:
    report = frictionless.Package(str(ROOT / "datapackage.json")).validate(ours())
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]
    assert report.stats["tasks"] == len(TABLES) + 1


def test_a_zip_is_checked_as_the_folder_is(tmp_path: Path) -> None:
    root = with_cell(tmp_path / "package", "targets", 2, due="2023-12-31")
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        for path in sorted(root.rglob("*.*")):
            archive.write(path, path.relative_to(root).as_posix())
    report = frictionless.validate(str(tmp_path / "package.zip"), type="package", checklist=ours())
    assert flat(report, "rowNumber") == [["period.due-before-start", 2]]


def test_problems_of_a_file_that_frictionless_cannot_open_come_with_the_next(tmp_path: Path) -> None:
    root = write_package(tmp_path / "package")
    BY_NAME["package.file-missing"].do(root)
    report = frictionless.validate(str(root / "datapackage.json"), checklist=ours())
    assert flat(report) == [["package.file-missing"]]


def test_a_package_that_we_refuse_is_said_to_be_refused(tmp_path: Path) -> None:
    root = write_package(tmp_path / "package")
    BY_NAME["guard.link"].do(root)
    report = frictionless.validate(str(root / "datapackage.json"), checklist=ours())
    assert flat(report, "where") == [["guard.link", "data/units.csv"]]


@pytest.mark.parametrize("in_memory", [True, False])
def test_without_a_descriptor_the_check_says_that_it_needs_one(
    in_memory: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_package(tmp_path / "package")
    monkeypatch.chdir(root)
    source: Any = daye_analysis.load(root).to_frictionless() if in_memory else "data/units.csv"
    report = source.validate(ours()) if in_memory else frictionless.validate(source, checklist=ours())
    assert [error.type for task in report.tasks for error in task.errors] == ["check-error"]
    assert "frictionless.no-descriptor" in report.error.note


def test_a_second_validation_sees_what_has_changed(tmp_path: Path) -> None:
    root = with_cell(tmp_path / "package", "observations", 3, value="INF")
    checklist = ours()
    package = frictionless.Package(str(root / "datapackage.json"))
    assert flat(package.validate(checklist)) == [["cell.not-number"]]
    write_package(tmp_path / "right")
    (root / "data/observations.csv").write_bytes((tmp_path / "right/data/observations.csv").read_bytes())
    (root / "datapackage.json").write_bytes((tmp_path / "right/datapackage.json").read_bytes())
    assert flat(package.validate(checklist)) == []


def test_the_plugin_imports_nothing_before_it_is_asked() -> None:
    script = "import frictionless, sys; before = set(sys.modules); import frictionless_policytargets; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.split() == ["frictionless_policytargets"]


def test_validation_without_a_report_does_not_import_frictionless() -> None:
    script = "import sys; from daye_analysis.cli import run; run(['validate']); sys.exit('frictionless' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True).returncode == 0


def test_the_report_is_read_back_by_frictionless(tmp_path: Path) -> None:
    root = with_cell(tmp_path / "package", "observations", 5, value="x", unit_code="")
    with (root / "data/areas.csv").open("a", encoding="utf-8") as file:
        file.write("too,few\n")
    done = daye("validate", str(root), "--report", str(tmp_path / "report.json"), cwd=tmp_path)
    assert done.returncode == 1
    report = Report.from_descriptor(str(tmp_path / "report.json"))
    found = validate(root).problems
    assert (report.valid, report.stats["errors"], report.stats["tasks"]) == (False, len(found), len(TABLES) + 1)
    assert sorted(flat(report, "rowNumber", "fieldNumber", "cell"), key=str) == sorted([
        ["package.bytes-differ", None, None, None],
        ["csv.ragged-row", 5, None, None],
        ["cell.not-number", 5, number("value"), "x"],
        ["cell.missing", 5, number("unit_code"), ""],
    ], key=str)  # fmt: skip
    task = next(task for task in report.tasks if task.name == "observations")
    assert (task.valid, task.stats["rows"], task.stats["fields"]) == (False, 12, len(task.labels))
    assert task.labels[number("value") - 1] == "value" and task.stats["bytes"] == (root / "data/observations.csv").stat().st_size
    assert "cell.not-number" in report.to_summary()
    # Whoever reads it needs frictionless only.
    own = {error.type for error in frictionless.errors.Error.list_children()}
    assert {error.type for task in report.tasks for error in task.errors} <= own


def test_the_report_of_a_valid_package_counts_every_row(tmp_path: Path) -> None:
    done = daye("validate", "--report", str(tmp_path / "report.json"), cwd=tmp_path)
    assert done.returncode == 0
    report = Report.from_descriptor(str(tmp_path / "report.json"))
    assert report.valid and report.stats["errors"] == 0
    assert {task.name: task.stats.get("rows") for task in report.tasks} == {**validate(ROOT).rows, "official_text": None}


def test_a_package_that_is_refused_or_absent_has_a_report_too(tmp_path: Path) -> None:
    root = write_package(tmp_path / "package")
    BY_NAME["guard.path-outside"].do(root)
    for package, code, exit_code in [(root, "guard.path-outside", 4), (tmp_path / "none", "guard.not-found", 3)]:
        done = daye("validate", str(package), "--report", str(tmp_path / "report.json"), cwd=tmp_path)
        assert done.returncode == exit_code and code in done.stderr
        report = Report.from_descriptor(str(tmp_path / "report.json"))
        assert not report.valid and flat(report) == [[code]]


@pytest.mark.parametrize("content", ["{}", "not JSON", "[]", '{"resources": []}'])
def test_a_file_that_is_no_report_is_not_overwritten(content: str, tmp_path: Path) -> None:
    file = tmp_path / "datapackage.json"
    file.write_text(content, encoding="utf-8")
    done = daye("validate", "--report", str(file), cwd=tmp_path)
    assert done.returncode == 2 and "validate.not-a-report" in done.stderr
    assert file.read_text(encoding="utf-8") == content


def test_a_loaded_package_becomes_a_frictionless_package_with_its_assumptions() -> None:
    data = daye_analysis.load().assume("cluster_life_health", 250, "2025-12-31", "2025-01-01")
    package = data.to_frictionless()
    assert package.resource_names == [table.name for table in TABLES]
    assert package.validate().valid
    for name, rows in data.tables.items():
        assert len(package.get_resource(name).read_rows()) == len(rows)
    last = package.get_resource("observations").read_rows()[-1].to_dict()
    assert (str(last["value"]), str(last["period_end"]), last["source_id"], last["doubt_zh"]) == (
        "250.0", "2025-12-31", "assumption", None,
    )  # fmt: skip
    again = frictionless.Package.from_descriptor(json.loads(package.to_json()))
    rows, first = again.get_resource("targets").read_rows(), package.get_resource("targets").read_rows()
    assert [row.to_dict() for row in rows] == [row.to_dict() for row in first]


def test_the_pages_say_what_each_validator_finds() -> None:
    for language, path in make_checking_page.PAGES.items():
        assert path.read_text(encoding="utf-8") == make_checking_page.page(language), "python scripts/make_checking_page.py"


def test_the_wheel_has_the_plugin_where_frictionless_looks(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(words, check=True, capture_output=True, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"frictionless_policytargets.py", "daye_analysis/published/datapackage.json"} <= set(names)
    assert {name.partition("/")[0] for name in names} == {
        "daye_analysis", "frictionless_policytargets.py", f"daye_analysis-{daye_analysis.__version__}.dist-info",
        f"daye_analysis-{daye_analysis.__version__}.data",  # what nbconvert and JupyterLab's export menu are set to
    }  # fmt: skip
