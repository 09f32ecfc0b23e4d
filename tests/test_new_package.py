"""A second city for real: from its list to a draft, to what is missing, to a valid package, to a report."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from new_package_help import finish
from runner_help import shared_server

import daye_analysis
from daye_analysis.errors import DayeError, NotReadable, Refused
from daye_analysis.package.build import build
from daye_analysis.package.new import NewPackage, new_package
from daye_analysis.package.validate import validate

HERE = Path(__file__).parent
OFFICIAL = HERE.parent / "data/source/task_list.zh.txt"
LISTS = [*sorted((HERE / "task_lists").glob("*.txt")), OFFICIAL]
AS_OF = "2026-11-23"
# The files in which a person must fill in something, whatever the list.
EDITED = {"package.yaml", "plans.yaml", "indicators.csv", "areas.csv", "sources.csv"}


def a_list(number: str) -> Path:
    return next(path for path in LISTS if path.name.startswith(number))


def edited(root: Path, name: str) -> Any:
    return yaml.safe_load((root / "data/source" / name).read_text(encoding="utf-8"))


def rows_of(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "data/source" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_list_becomes_a_valid_package_once_its_gaps_are_filled(path: Path, tmp_path: Path) -> None:
    root = tmp_path / "city"
    made = new_package(root, path)
    assert made.layout == ("strict" if path == OFFICIAL else "any")
    report = validate(root)
    assert {problem.where.split(":")[0] for problem in report.problems} >= EDITED
    with pytest.raises(DayeError) as stopped:
        build(root)
    assert stopped.value.problems == report.problems
    assert all(problem.where and problem.what.zh != problem.what.en for problem in report.problems)
    finish(root)
    assert [problem.code for problem in validate(root).problems] == ["build.not-run"]
    result = build(root)
    assert validate(root).problems == ()
    assert "数据包已完成" in (root / "README.md").read_text(encoding="utf-8")
    assert build(root).changed == ()
    for name in ("actions", "tasks", "targets"):
        assert result.rows[name] == made.counts[name] > 0
    assert result.rows["observations"] == 0
    judged = daye_analysis.load(root).as_of(AS_OF).assess()
    assert len(judged) == made.counts["targets"]
    assert set(judged["status"]) == {"no_figure"}


def write_docx(path: Path, text_list: Path) -> None:
    """Write a list of tab-separated rows as a Word table, cells left blank below being merged with them."""
    docx = pytest.importorskip("docx")
    lines = [line.split("\t") for line in text_list.read_text(encoding="utf-8").splitlines()]
    document = docx.Document()
    rows = [cells for cells in lines if len(cells) > 1]
    for cells in lines[: len(lines) - len(rows)]:
        document.add_paragraph(cells[0])
    grid = document.add_table(rows=len(rows), cols=len(rows[0]))
    for i, cells in enumerate(rows):
        for k, cell in enumerate(cells):
            grid.cell(i, k).text = cell
            if not cell and i > 1:
                grid.cell(i - 1, k).merge(grid.cell(i, k))
    document.save(str(path))


def started_from_word(tmp_path: Path) -> tuple[Path, NewPackage]:
    write_docx(tmp_path / "list.docx", a_list("01"))
    root = tmp_path / "second-city"
    made = new_package(
        root, tmp_path / "list.docx", area_name="某县", area_code="990123", title="某县工业三年行动", due="2027-12-31"
    )
    return root, made


def test_a_word_table_becomes_the_same_package_as_its_text(tmp_path: Path) -> None:
    root, made = started_from_word(tmp_path)
    plain = new_package(tmp_path / "plain", a_list("01"))
    assert made.counts == plain.counts
    assert edited(root, "package.yaml")["name"] == "second-city"
    assert edited(root, "package.yaml")["official_title_zh"] == "某县工业三年行动"
    assert edited(root, "plans.yaml")[0]["due"] == "2027-12-31"
    assert rows_of(root, "areas.csv")[0]["level"] == "county"
    targets, others = (edited(each, "targets.yaml")["targets"] for each in (root, tmp_path / "plain"))
    for key in ("wording_zh", "comparator", "value", "unit_code", "scope"):
        assert [each[key] for each in targets] == [each[key] for each in others]
    # What the text dates is stated; for the rest the day that was given is, as inferred.
    assert {(each["due"], each["due_basis"]) for each in targets if each["due_basis"] == "inferred"} == {
        ("2027-12-31", "inferred")
    }
    assert not all(each["due"] for each in others)


def test_a_report_comes_out_of_a_package_without_any_figure(tmp_path: Path) -> None:
    import frictionless

    from daye_analysis.reporting.runs.run import Settings, run_report

    root, made = started_from_word(tmp_path)
    finish(root)
    build(root)
    report = frictionless.validate(str(root / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    notebook = HERE.parent / "notebooks/target_feasibility.ipynb"
    settings = Settings(reports=tmp_path / "reports")
    result = run_report(notebook, {}, package_path=root, as_of=AS_OF, language="zh", settings=settings, starter=shared_server())
    assert (result.folder / "report.pdf").read_bytes().startswith(b"%PDF")
    with (result.folder / "assessments.csv").open(encoding="utf-8", newline="") as file:
        judged = list(csv.DictReader(file))
    assert [row["status"] for row in judged] == ["no_figure"] * made.counts["targets"]


def test_one_figure_in_the_right_place_decides(tmp_path: Path) -> None:
    root, _ = started_from_word(tmp_path)
    finish(root)
    figure = "o0001,t01_3,place,,2026-06-30,stated,level,270,firms,exact,outturn,same,,,,,,task-list,\n"
    with (root / "data/source/observations.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(figure)
    build(root)
    judged = daye_analysis.load(root).as_of(AS_OF).assess().set_index("target_id")
    assert judged.at["t01_3", "evidence_class"] == "comparable"
    assert judged.at["t01_3", "status"] != "no_figure"


def test_the_list_stands_in_the_package_verbatim_and_draft_english_is_empty(tmp_path: Path) -> None:
    root = tmp_path / "city"
    made = new_package(root, a_list("01"))
    assert (root / "data/source/task_list.zh.txt").read_text(encoding="utf-8") == a_list("01").read_text(encoding="utf-8")
    assert sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()) == sorted(made.files)
    assert set(edited(root, "tasks.yaml")["tasks"].values()) == {""}
    assert {unit["name_en"] for unit in edited(root, "units.yaml")} == {""}
    assert {"bureau", "townships"} <= {unit["kind"] for unit in edited(root, "units.yaml")}
    assert {row["name_en"] + row["definition_en"] for row in rows_of(root, "indicators.csv")} == {""}
    assert edited(root, "clusters.yaml") == []
    assert rows_of(root, "observations.csv") == []
    assert [row["title"] for row in rows_of(root, "sources.csv")] == ["某县工业经济倍增三年行动重点任务分解表"]


def test_drafts_are_the_same_bytes_again(tmp_path: Path) -> None:
    for name in ("a", "b"):
        new_package(tmp_path / name / "city", a_list("04"))
    one, two = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "a/city", tmp_path / "b/city")
    )
    assert one == two


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("finished") / "city"
    new_package(root, a_list("08"))
    finish(root)
    return root


GAPS = [
    # file, what is there, what a person left behind, code, where
    ("package.yaml", 'spatial_zh: "某地"', 'spatial_zh: ""', "metadata.missing-entry", "package.yaml:spatial_zh"),
    ("package.yaml", "compiled_on: \"2026-11-23\"", "compiled_on: 2026-02-30", "metadata.wrong-entry", "package.yaml:compiled_on"),
    ("package.yaml", "layout: any", "homepage: example.org\nlayout: any", "metadata.wrong-entry", "package.yaml:homepage"),
    ("package.yaml", "layout: any", "contact: the office\nlayout: any", "metadata.wrong-entry", "package.yaml:contact"),
    ("package.yaml", "layout: any", "contact: a@example.org\nlayout: any", "metadata.wrong-entry", "package.yaml:contact"),  # whose is it?
    ("package.yaml", "layout: any", "id: two words\nlayout: any", "metadata.wrong-entry", "package.yaml:id"),
    ("package.yaml", "layout: any", "created: 2026-11-22\nlayout: any", "metadata.wrong-entry", "package.yaml:created"),
    ("package.yaml", "layout: any", "layout: anything", "metadata.wrong-entry", "package.yaml:layout"),
    ("package.yaml", "version: 0.1.0", "version: [0]", "metadata.wrong-entry", "package.yaml:version"),
    ("units.yaml", 'kind: "bureau"', 'kind: ""', "edited.missing-key", "units.yaml:4:kind"),
    ("units.yaml", 'name_en: "In English."', "name_en: [a]", "edited.misshapen", "units.yaml:4:name_en"),
    ("targets.yaml", 'due: "2026-12-31"', 'due: ""', "edited.missing-key", "targets.yaml:9:due"),
    ("targets.yaml", "targets:\n", "targets:\n# 需判断: 甲 # to judge: A\n", "edited.judgement-open", "targets.yaml:9"),
    ("numbers.yaml", 'note_zh: "名称的一部分，不是数目。"', 'note_zh: ""', "edited.missing-key", "numbers.yaml:5:note_zh"),
    ("indicators.csv", ",increase,", ",,", "edited.empty-cell", "indicators.csv:2:direction"),
    ("sources.csv", ",official,", ",,", "edited.empty-cell", "sources.csv:2:tier"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "where"), GAPS)
def test_one_gap_is_told_exactly(
    finished: Path, tmp_path: Path, file: str, old: str, new: str, code: str, where: str
) -> None:
    root = tmp_path / "city"
    shutil.copytree(finished, root)
    replace_in(root / "data/source" / file, old, new)
    found = [(problem.code, problem.where) for problem in validate(root).problems]
    assert (code, where) in found
    assert {each[1] for each in found} == {where}


def test_an_annual_target_without_its_first_year_does_not_pass(finished: Path, tmp_path: Path) -> None:
    root = tmp_path / "city"
    shutil.copytree(finished, root)
    replace_in(root / "data/source/targets.yaml", 'first_year: "2025"', 'first_year: ""')
    with pytest.raises(DayeError) as raised:
        build(root)
    assert [problem.code for problem in raised.value.problems] == ["period.annual-without-first-year"]


def test_a_proposal_that_is_deleted_leaves_its_number_to_be_explained(finished: Path, tmp_path: Path) -> None:
    root = tmp_path / "city"
    shutil.copytree(finished, root)
    path = root / "data/source/targets.yaml"
    head, first, *rest = path.read_text(encoding="utf-8").split("- target_id: ")
    assert "３５" in first
    path.write_text("- target_id: ".join([head, *rest]), encoding="utf-8", newline="")
    problems = validate(root).problems
    assert {problem.code for problem in problems} == {"build.number-not-accounted"}
    assert any("３５" in problem.what.en for problem in problems)


def test_a_strict_list_that_slips_is_not_read_leniently(tmp_path: Path) -> None:
    root = tmp_path / "city"
    new_package(root, OFFICIAL)
    finish(root)
    assert edited(root, "package.yaml")["layout"] == "strict"
    replace_in(root / "data/source/task_list.zh.txt", "\t责任单位", "\t协办单位")
    assert {problem.code for problem in validate(root).problems} == {"source.header-unknown"}
    replace_in(root / "data/source/package.yaml", "layout: strict", "layout: any")
    # Now the rows are read, though under other identifiers: the one row without a number counts too.
    assert "source.header-unknown" not in {problem.code for problem in validate(root).problems}


def test_line_ends_that_move_every_span_are_refused(finished: Path, tmp_path: Path) -> None:
    root = tmp_path / "city"
    shutil.copytree(finished, root)
    path = root / "data/source/task_list.zh.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert {problem.code for problem in validate(root).problems} == {"source.foreign-character"}


def test_a_link_in_an_unbuilt_folder_is_refused(finished: Path, tmp_path: Path) -> None:
    root = tmp_path / "city"
    shutil.copytree(finished, root)
    secret = tmp_path / "elsewhere.yaml"
    secret.write_text("secret", encoding="utf-8")
    (root / "data/source/units.yaml").unlink()
    (root / "data/source/units.yaml").symlink_to(secret)
    with pytest.raises(Refused) as raised:
        validate(root)
    assert raised.value.problems[0].code == "guard.link"


@pytest.mark.skipif(os.name != "posix", reason="pipes")
@pytest.mark.parametrize("name", ["list.docx", "list.xlsx", "list.pdf", "list.txt"])
def test_a_pipe_or_a_folder_in_the_place_of_a_list_is_refused_at_once(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / name, tmp_path / "folder"):
        with pytest.raises(NotReadable) as caught:
            new_package(tmp_path / "made", path)
        assert [(each.code, each.where) for each in caught.value.problems] == [("source.not-a-file", path.name)]
