"""The worked example: an invented county's list, its draft, the finished package, and its reports in both languages."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml
from click.testing import CliRunner

import daye_analysis
from daye_analysis.cli import daye
from daye_analysis.package.build import build
from daye_analysis.package.new import new_package
from daye_analysis.package.validate import validate

EXAMPLE = Path(__file__).parents[1] / "examples" / "shili-county"
PACKAGE = EXAMPLE / "package"


def targets(root: Path) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = yaml.safe_load((root / "data/source/targets.yaml").read_text(encoding="utf-8"))["targets"]
    return entries


def test_the_finished_package_is_what_its_edited_files_give() -> None:
    assert build(PACKAGE, write=False).changed == ()
    report = validate(PACKAGE)
    assert report.problems == () and report.untranslated > 0
    assert any("[zh]" in line for line in report.say("en"))


def test_the_draft_proposes_every_target_of_the_finished_package(tmp_path: Path) -> None:
    made = new_package(tmp_path / "draft", EXAMPLE / "list.txt", area_name="示例县", area_code="990123")
    kept = ("target_id", "task_id", "wording_zh", "span", "comparator", "value", "unit_code", "scope")
    drafted = [tuple(str(each[key]) for key in kept) for each in targets(made.folder)]
    assert drafted == [tuple(str(each[key]) for key in kept) for each in targets(PACKAGE)]
    comparators = {(each["value"], each["comparator"]) for each in targets(made.folder)}
    # Falling indicators of the table, and what is 以内, have ceilings; the size of a fall has a floor.
    assert {(10.5, "le"), (31, "le"), (9, "le"), (4, "le"), (12, "ge")} <= comparators
    assert {str(each["obligation"]) for each in targets(made.folder)} == {"binding", "expected", "unstated"}
    with (made.folder / "data/source/observations.csv").open(encoding="utf-8", newline="") as file:
        bases = list(csv.DictReader(file))
    assert {(row["value"], row["period_end"], row["source_id"]) for row in bases} >= {("14.2", "2025-12-31", ""), ("34", "2025-12-31", "")}


def test_readers_of_english_meet_the_chinese_with_a_mark() -> None:
    package = daye_analysis.load(PACKAGE)
    names = package.indicators.set_index("indicator_id")["name_en"]
    assert names["t03_1"] == "社区助餐服务覆盖率（2028年） [zh]"
    assert package.areas.set_index("area_id").at["place", "name_en"] == "Shili County (invented)"


def test_its_brief_is_printed_in_both_languages(tmp_path: Path) -> None:
    options = ["--package", str(PACKAGE), "--reports", str(tmp_path), "--as-of", "2026-11-20"]
    result = CliRunner().invoke(daye, ["report", "brief", *options])
    assert result.exit_code == 0, result.output
    for language in ("zh", "en"):
        (newest,) = (tmp_path / "latest").glob(f"brief@*.{language}.pdf")
        assert newest.read_bytes().startswith(b"%PDF")
