"""The page of problems is that of the sources, and every code is in one catalogue, and none is worded elsewhere."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from daye_analysis.bilingual import Language

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import make_problems  # noqa: E402


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_up_to_date(language: Language) -> None:
    assert make_problems.PAGES[language].read_text(encoding="utf-8") == make_problems.page(language)


def test_every_code_is_defined_in_one_catalogue() -> None:
    catalogues: dict[str, set[str]] = {}
    for entry in make_problems.entries():
        catalogues.setdefault(entry.code, set()).add(entry.catalogue)
    assert len(catalogues) > 250
    assert {code: found for code, found in catalogues.items() if len(found) > 1} == {}


def test_no_problem_is_worded_outside_a_catalogue() -> None:
    made = []
    for path in sorted((ROOT / "daye_analysis").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
                made.append(path.relative_to(ROOT).as_posix())
    assert made == ["daye_analysis/problem_messages.py"]


def test_every_code_that_the_sources_use_has_a_message() -> None:
    """A code given as a plain text to `worded` is in the catalogue named beside it."""
    missing = []
    known = {(entry.catalogue, entry.code) for entry in make_problems.entries()}
    for path in sorted((ROOT / "daye_analysis").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "worded" and len(node.args) > 1:
                catalogue, code = node.args[:2]
                named = isinstance(catalogue, ast.Name) and catalogue.id.endswith("_PROBLEMS") and isinstance(code, ast.Constant)
                if named and (catalogue.id, code.value.partition("/")[0]) not in known:
                    missing.append(code.value)
    assert missing == []


def test_a_message_has_the_same_fields_in_both_languages() -> None:
    def fields(text: str) -> set[str]:
        return set(re.findall(r"(?<!{){(\w+)}", text))

    found = make_problems.entries()
    assert [entry.code for entry in found if fields(entry.what.zh) != fields(entry.what.en)] == []
    assert [entry.code for entry in found if fields(entry.remedy.zh) != fields(entry.remedy.en)] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_former_codes_lead_to_a_code_of_today(language: Language) -> None:
    today = {entry.code for entry in make_problems.entries()}
    assert set(make_problems.FORMER.values()) <= today
    assert not set(make_problems.FORMER) & today
    assert "`parameter.as-of-before-plan` | `progress.as-of-before-plan`" in make_problems.page(language)


@pytest.mark.parametrize(
    "code",
    ["cell.missing", "progress.as-of-before-plan", "run.system", "source.no-table", "pdf.missing-glyph", "parameter.wrong-type",
     "schedule.bad-cron", "grid.wrong-type", "schedule.parameter-wrong-type", "program.fault"],
)  # fmt: skip
def test_codes_of_every_room_are_listed(code: str) -> None:
    assert code in {entry.code for entry in make_problems.entries()}
