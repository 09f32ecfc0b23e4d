"""The page of problems is that of the sources, and every code is defined in one place."""

from __future__ import annotations

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


def test_every_code_is_defined_in_one_module() -> None:
    modules: dict[str, set[str]] = {}
    for entry in make_problems.entries():
        modules.setdefault(entry.code, set()).add(entry.module)
    assert len(modules) > 200
    assert {code: found for code, found in modules.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    "code", ["cell.missing", "progress.as-of-before-plan", "run.system", "source.no-table", "pdf.missing-glyph", "parameter.wrong-type"]
)
def test_codes_of_every_room_and_style_are_listed(code: str) -> None:
    assert code in {entry.code for entry in make_problems.entries()}
