"""A draft finished in Excel: what it lacks as a table, the answers back in the files, nothing written where one is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from daye_analysis.cli import daye
from daye_analysis.errors import WrongUsage
from daye_analysis.package.new import apply_worksheet, new_package, write_worksheet
from daye_analysis.package.validate import validate

openpyxl = pytest.importorskip("openpyxl")
LIST = Path(__file__).parents[1] / "examples" / "shili-county" / "list.txt"
ANSWERS = {
    "compiled_on": "2026-11-20", "published": "2026-02-10", "first_year": "2026", "due": "2030-12-31", "due_basis": "inferred",
    "note_zh": "=不是目标", "quantity": "ratio", "direction": "decrease", "additive": "false", "definition_zh": "按清单所指。",
    "spatial_zh": "示例县", "publisher": "示例县人民政府", "tier": "official", "source_id": "task-list", "obligation": "unstated",
}  # fmt: skip


def drafted(folder: Path) -> Path:
    root = folder / "draft"
    new_package(root, LIST, name="shili", area_name="示例县", area_code="990123")
    return root


def answer(path: Path, answers: Any) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for row in sheet.iter_rows(min_row=2):
        row[5].value = answers(row[0].value, row[6].value)
        row[5].data_type = "s"
    book.save(path)


def key_of(where: str) -> str:
    return where.split(":")[-1]


def test_a_draft_is_finished_in_one_table(tmp_path: Path) -> None:
    root, sheet = drafted(tmp_path), tmp_path / "work.xlsx"
    before = validate(root).problems
    assert write_worksheet(root, sheet) == len(before)
    first = [row[6].value for row in openpyxl.load_workbook(sheet).active.iter_rows(min_row=2)]
    judged = first.count("edited.judgement-open")
    assert first[:judged] == ["edited.judgement-open"] * judged and judged > 0
    answer(sheet, lambda where, code: "是" if code == "edited.judgement-open" else ANSWERS.get(key_of(where), "2026"))
    assert apply_worksheet(root, sheet) == len(before)
    assert [problem.code for problem in validate(root).problems] == ["build.not-run"]


def test_an_answer_whose_place_has_moved_writes_nothing(tmp_path: Path) -> None:
    root, sheet = drafted(tmp_path), tmp_path / "work.xlsx"
    write_worksheet(root, sheet)
    answer(sheet, lambda where, _: "official" if key_of(where) == "tier" else None)
    assert apply_worksheet(root, sheet) == 1
    kept = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(WrongUsage) as raised:
        apply_worksheet(root, sheet)
    assert raised.value.problems[0].code == "new.answer-misplaced"
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == kept


def test_the_command_writes_the_table_and_takes_it_back(tmp_path: Path) -> None:
    root, sheet = drafted(tmp_path), tmp_path / "work.xlsx"
    assert CliRunner().invoke(daye, ["fill", str(root), str(sheet)]).exit_code == 0
    answer(sheet, lambda where, _: "2026-02-10" if key_of(where) == "published" else None)
    result = CliRunner().invoke(daye, ["fill", str(root), str(sheet)])
    assert result.exit_code == 0 and 'published: "2026-02-10"' in (root / "data/source/plans.yaml").read_text(encoding="utf-8")
    with pytest.raises(WrongUsage):
        write_worksheet(root, sheet)
