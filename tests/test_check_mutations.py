"""One thing wrong at a time: the code and the address it gets, from us and within frictionless, and whether frictionless
alone sees it at all. `docs/checking.md` has the same tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from damaged_packages import DAMAGE, Damage
from package_factory import OFFICIAL_TEXT, sample_tables, write_package

from daye_analysis.errors import DayeError
from daye_analysis.package.check import check_package
from daye_analysis.package.validate import validate


class Case(NamedTuple):
    """Field `field` of row `row` (2 is the first) of `table` becomes `cell`; then `problems` are found."""

    table: str
    row: int
    field: str
    cell: str
    code: str
    frictionless_sees_it: bool
    also: tuple[tuple[str, str], ...] = ()
    at: str = ""


ONE_LATE = str(OFFICIAL_TEXT.index("高新技术企业数达到120家") + 1)
CASES = (
    # Types and how they are spelt.
    Case("observations", 3, "value", "INF", "cell.not-number", False),
    Case("observations", 3, "value", "NaN", "cell.not-number", False),
    Case("observations", 3, "value", "1,000", "cell.not-number", True),
    Case("observations", 3, "value", "1e5", "cell.not-number", False),
    Case("observations", 3, "value", "600亿", "cell.foreign-character", True),
    Case("observations", 3, "value", "６００", "cell.foreign-character", False),
    Case("observations", 3, "value", "+5", "cell.not-number", False),
    Case("observations", 3, "value", "=1+1", "cell.not-number", True),
    Case("observations", 3, "value", " 5", "cell.outer-space", False),
    Case("observations", 3, "value", "5%", "cell.not-number", True),
    Case("observations", 3, "value", "1" * 16, "cell.too-many-digits", False),
    Case("observations", 3, "value", "", "cell.missing", True),
    Case("tasks", 2, "position", "1.0", "cell.not-integer", True),
    Case("tasks", 2, "position", "007", "cell.not-integer", False),
    Case("tasks", 2, "position", "0", "cell.below-minimum", True),
    Case("observations", 3, "period_end", "2026-1", "cell.not-date", True),
    Case("observations", 3, "period_end", "2026-1-5", "cell.not-date", False),
    Case("observations", 3, "period_end", "2026-02-30", "cell.not-date", True),
    Case("observations", 3, "period_end", "２０２６-01-01", "cell.foreign-character", False),
    Case("observations", 3, "value", "-0", "cell.not-number", False, (("value.text-differs", "value_text"),)),
    Case("observations", 3, "value", "-0.00", "cell.not-number", False, (("value.text-differs", "value_text"),)),
    Case("plans", 2, "published", "9999-12-31", "cell.date-far-off", False),
    Case("clusters", 2, "is_place", "FALSE", "cell.not-boolean", False),
    # Codes, patterns, keys.
    Case("units", 2, "kind", "Bureau", "cell.unknown-code", True),
    Case("units", 2, "kind", "buｒeau", "cell.foreign-character", True),
    Case("units", 2, "kind", "", "cell.missing", True),
    Case("sources", 2, "url", "javascript:alert(1)", "cell.pattern", True),
    Case("unit_aliases", 2, "unit_id", "planning ", "cell.outer-space", True, (("key.not-found", "unit_id"),)),
    Case("unit_aliases", 2, "unit_id", "plаnning", "cell.foreign-character", True, (("key.not-found", "unit_id"),)),
    Case("indicators", 2, "direction", "", "cell.missing", True),
    Case("targets", 2, "plan_id", "nowhere", "key.not-found", True),
    Case("observations", 4, "observation_id", "o0000001", "key.twice", True),
    Case("tasks", 3, "position", "1", "key.unique-twice", True),
    Case("responsibilities", 4, "unit_id", "planning", "key.unique-twice", False),
    Case("responsibilities", 4, "position", "1", "key.twice", True, at="position"),
    Case("observations", 3, "source_id", "s-999", "key.not-found", True),
    Case("areas", 4, "parent_id", "atlantis", "key.not-found", True),
    # Characters that deceive.
    Case("observations", 3, "scope_note_zh", '=HYPERLINK("x")', "cell.formula", False),
    Case("observations", 3, "scope_note_en", "@SUM(A1)", "cell.formula", False),
    Case("observations", 3, "scope_note_en", "\t=1", "cell.formula", False),
    Case("observations", 3, "scope_note_en", "+1", "cell.formula", False),
    Case("observations", 3, "scope_note_en", "-1", "cell.formula", False),
    Case("observations", 3, "scope_note_zh", "全市\u202e口径", "cell.hidden-character", False),
    Case("observations", 3, "scope_note_zh", "全市\u200b口径", "cell.hidden-character", False),
    Case("observations", 3, "scope_note_zh", "全市\x07口径", "cell.control-character", False),
    Case("observations", 3, "scope_note_en", "cafe\u0301", "cell.not-nfc", False),
    Case("observations", 3, "scope_note_zh", "全市\u3000", "cell.outer-space", False),
    # What the words, units and dates mean together.
    Case("targets", 2, "wording_zh", "高新技术企业数达到121家", "span.words-differ", False),
    Case("targets", 2, "source_start", ONE_LATE, "span.words-moved", False, at="wording_zh"),
    Case("targets", 2, "source_end", "9999", "span.outside-text", False, (("span.outside-task", "task_id"),),
         at="wording_zh"),
    Case("targets", 2, "task_id", "T02", "span.outside-task", False),
    Case("targets", 3, "unit_code", "cny_10k", "", False),
    Case("targets", 3, "unit_code", "projects", "unit.base-differs", False),
    Case("observations", 3, "unit_code", "firms", "unit.kind-differs", False, (("value.fractional", "value"),)),
    Case("observations", 4, "unit_code", "firms", "unit.measure-differs", False),
    Case("observations", 3, "value", "-1", "value.negative", False, (("value.text-differs", "value_text"),)),
    Case("observations", 3, "value_text", "891.8", "value.text-differs", False),
    Case("observations", 3, "value_text", "891.90", "", False),
    Case("observations", 3, "value_text", "891,9", "cell.pattern", True),
    Case("observations", 3, "value_text", "", "cell.missing", True),
    Case("observations", 3, "date_basis", "guessed", "cell.unknown-code", True),
    Case("observations", 3, "supersedes", "o9999999", "key.not-found", True),
    Case("observations", 3, "supersedes", "o0000001", "supersedes.circle", False),
    Case("observations", 3, "supersedes", "o0000003", "supersedes.other-figure", False),
    Case("observations", 6, "value", "3267.5", "value.fractional", False, (("value.text-differs", "value_text"),)),
    Case("observations", 3, "bound", "less_than", "", False),
    Case("targets", 2, "value", "120.5", "value.fractional", False),
    Case("targets", 3, "value", "-30", "value.negative", False),
    Case("indicators", 2, "quantity", "share", "indicator.additive", False, at="additive"),
    Case("indicators", 2, "quantity", "growth_rate", "indicator.additive", False, at="additive"),
    Case("sources", 3, "url", "http://www.Example.org/0/#top", "source.address-twice", False),
    Case("sources", 3, "url", "https://example.org/0?page=2", "", False),
    Case("sources", 3, "known_on", "", "source.known-on-missing", False),
    Case("sources", 3, "published", "", "", False),
    Case("observations", 3, "period_end", "2019-12-31", "period.ends-before-start", False),
    Case("observations", 3, "period_start", "", "period.flow-without-start", False),
    Case("observations", 2, "period_start", "2013-01-01", "period.level-with-start", False),
    Case("observations", 3, "growth_base_end", "2015-12-31", "period.base-without-growth", False),
    Case("observations", 4, "growth_base_end", "2016-06-30", "period.base-not-before", False),
    Case("observations", 4, "growth_base_end", "2015-12-31", "", False),
    Case("targets", 2, "due", "2023-12-31", "period.due-before-start", False),
    Case("targets", 2, "first_year", "2024", "period.first-year-not-annual", False),
    Case("targets", 3, "first_year", "", "period.annual-without-first-year", False),
    Case("targets", 3, "first_year", "2023", "period.first-year-outside", False),
    Case("areas", 2, "parent_id", "area-0", "area.circle", False),
    Case("targets", 4, "note_zh", "", "text.one-language", False),
)  # fmt: skip


def mutated(case: Case) -> dict[str, list[dict[str, str]]]:
    tables = {name: [dict(row) for row in rows] for name, rows in sample_tables().items()}
    tables[case.table][case.row - 2][case.field] = case.cell
    return tables


def within_frictionless(root: Path, table: str = "") -> tuple[list[dict[str, Any]], bool]:
    """Return the errors of our check within frictionless's validation, and whether frictionless itself found any."""
    from frictionless import Check, Checklist, Package, validate

    ours = Checklist(checks=[Check.from_descriptor({"type": "policy-targets"})])
    descriptor = str(root / "datapackage.json")
    report = Package(descriptor).get_resource(table).validate(ours) if table else validate(descriptor, checklist=ours)
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    found = [error.to_descriptor() for error in errors]
    return [each for each in found if "code" in each], any("code" not in each for each in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.table}.{case.field}={case.cell[:20]!a}")
def test_cases_13_18_46_and_47_a_mutation_is_named_with_its_cell(case: Case, tmp_path: Path) -> None:
    root = write_package(tmp_path / "package", mutated(case))
    where = f"data/{case.table}.csv:{case.row}:"
    expected = [(case.code, where + (case.at or case.field))] if case.code else []
    expected += [(code, where + field) for code, field in case.also]
    found = [(problem.code, problem.where) for problem in check_package(root)]
    assert sorted(found) == sorted(expected)
    ours, frictionless_sees_it = within_frictionless(root, case.table)
    assert [(each["code"], each["where"]) for each in ours] == found
    assert [f"{each['rowNumber']}:{each['fieldName']}" for each in ours] == [at.partition(":")[2] for _, at in found]
    assert frictionless_sees_it is case.frictionless_sees_it


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.label.en)
def test_a_damaged_file_or_descriptor_is_named(damage: Damage, tmp_path: Path) -> None:
    root = write_package(tmp_path / "package")
    damage.do(root)
    try:
        codes = [problem.code for problem in check_package(root)]
    except DayeError as error:
        codes = [problem.code for problem in error.problems]
    assert codes == [damage.code]
    ours, frictionless_sees_it = within_frictionless(root)
    # frictionless asks no check about a package whose paths it refuses itself.
    assert [each["code"] for each in ours] == ([] if damage.code == "guard.path-outside" else codes)
    assert frictionless_sees_it is damage.frictionless_sees_it


def test_a_clean_package_passes_both(tmp_path: Path) -> None:
    root = write_package(tmp_path / "package")
    report = validate(root)
    assert (report.problems, report.exit_code) == ((), 0)
    assert (report.name, report.version, report.rows["observations"]) == ("sample-targets", "1.2.3", 12)
    assert within_frictionless(root) == ([], False)


def test_many_mutations_are_seen_by_this_validator_only() -> None:
    assert sum(not case.frictionless_sees_it for case in CASES if case.code) >= 30
