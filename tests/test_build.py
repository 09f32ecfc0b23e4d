"""The build: what comes out of the official text and the edited files, and what stops it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from daye_analysis.errors import DayeError, Refused
from daye_analysis.package.build import build

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "data/source"

# What the official list holds, as counted in it by hand.
COUNTS = {
    "actions": 7, "tasks": 21, "units": 23, "unit_aliases": 1, "responsibilities": 139, "clusters": 6, "plans": 1,
    "targets": 39,
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / SOURCE, tmp_path / SOURCE)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_builds_the_counted_tables(project: Path) -> None:
    result = build(project)
    assert {name: result.rows[name] for name in COUNTS} == COUNTS
    assert result.rows["observations"] == 1342
    assert result.rows["sources"] == 501


def test_what_is_committed_is_what_the_sources_give() -> None:
    """Drift: run `daye build` and commit what it changes."""
    assert build(ROOT, write=False).changed == ()


def test_building_twice_changes_nothing(project: Path) -> None:
    build(project)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert build(project).changed == ()
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


SPOILT: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a target's wording that the text does not have": (
        "edited.wording-not-at-span",
        lambda f: edit(f / "targets.yaml", "高新技术企业数达到450家", "高新技术企业数达到460家"),
    ),
    "a target's span that is off by one": (
        "edited.wording-not-at-span",
        lambda f: edit(f / "targets.yaml", "span: [125, 143]", "span: [126, 144]"),
    ),
    "a wording that is in another task": (
        "edited.wording-outside-task",
        lambda f: edit(f / "targets.yaml", "task_id: T01", "task_id: T02"),
    ),
    "a number that no one accounts for": (
        "build.number-not-accounted",
        lambda f: edit(f / "numbers.yaml", "words: “双区五园”", "words: 园区"),
    ),
    "a note that matches nothing": (
        "build.note-idle",
        lambda f: edit(f / "numbers.yaml", "words: 附件2", "words: 附件三"),
    ),
    "a task without a translation": (
        "edited.entry-missing",
        lambda f: edit(f / "tasks.yaml", "  T17: >-", "  T17x: >-"),
    ),
    "a unit without an entry": (
        "edited.entry-missing",
        lambda f: edit(f / "units.yaml", "name_zh: 市商务局", "name_zh: 市商务厅"),
    ),
    "a target without a comparator": (
        "edited.missing-key",
        lambda f: edit(f / "targets.yaml", "  comparator: ge\n", ""),
    ),
    "a misspelt key": (
        "edited.unknown-key",
        lambda f: edit(f / "targets.yaml", "  comparator: ge\n", "  comparator: ge\n  valeu: 3\n"),
    ),
    "a key given twice": (
        "edited.malformed",
        lambda f: edit(f / "targets.yaml", "  comparator: ge\n", "  comparator: ge\n  comparator: gt\n"),
    ),
    "YAML that is none": (
        "edited.malformed",
        lambda f: edit(f / "units.yaml", "- {unit_id: economy_it_bureau", "- {unit_id: [economy_it_bureau"),
    ),
    "a row with a cell too many": (
        "edited.ragged-row",
        lambda f: edit(f / "areas.csv", "anhui,安徽省,", "anhui,安徽省,,"),
    ),
    "a column too few": (
        "edited.wrong-columns",
        lambda f: edit(f / "areas.csv", "area_id,name_zh,", "area_id,"),
    ),
    "an observation of an unknown indicator": (
        "key.not-found",
        lambda f: edit(f / "observations.csv", "o0001,above_scale_firms,", "o0001,above_scale_farms,"),
    ),
    "a version that is none": (
        "metadata.wrong-entry",
        lambda f: edit(f / "package.yaml", "\nversion: ", "\nversion: one-"),
    ),
    "an edited file that is missing": (
        "edited.not-readable",
        lambda f: (f / "plans.yaml").unlink(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_what_stops_the_build_leaves_everything_as_it_was(project: Path, name: str) -> None:
    build(project)
    code, spoil = SPOILT[name]
    spoil(project / SOURCE)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    with pytest.raises(DayeError) as raised:
        build(project)
    assert code in {problem.code for problem in raised.value.problems}
    for problem in raised.value.problems:
        assert problem.where
        assert problem.what.zh != problem.what.en
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_what_the_check_of_cells_finds_is_told_where_a_person_edits_it(project: Path) -> None:
    path = project / SOURCE / "sources.csv"
    head, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    made_up = "a-made-up,甲,乙,2026-01-01,2026-01-01,communique,official,"
    path.write_text("\n".join([head, *lines, made_up, ""]), encoding="utf-8", newline="")
    with pytest.raises(DayeError) as raised:
        build(project)
    (problem,) = raised.value.problems
    assert (problem.code, problem.where) == ("cell.unknown-code", f"data/source/sources.csv:{len(lines) + 2}:kind")
    assert "statistical_communique" in problem.remedy.en and "…" not in problem.remedy.en


def test_every_wording_stands_at_its_span() -> None:
    import csv

    text = (ROOT / SOURCE / "task_list.zh.txt").read_bytes().decode("utf-8")
    for table, words in (("targets", "wording_zh"), ("responsibilities", "wording_zh"), ("tasks", "text_zh")):
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows
        for row in rows:
            assert text[int(row["source_start"]) : int(row["source_end"])] == row[words]


def test_a_wrong_span_is_told_where_the_words_stand(project: Path) -> None:
    edit(project / SOURCE / "targets.yaml", "span: [125, 143]", "span: [0, 18]")
    with pytest.raises(DayeError) as raised:
        build(project)
    assert "[125, 143]" in raised.value.problems[0].remedy.en
    assert raised.value.problems[0].where.startswith("targets.yaml:")


ODD = {
    "title": ("package.yaml", 'title_zh: "甲\\0乙"', "edited.odd-character"),
    "surrogate": ("package.yaml", 'title_zh: "甲\\ud800"', "edited.odd-character"),
    "direction": ("package.yaml", 'title_zh: "甲\\u202e乙"', "edited.odd-character"),
    "future": ("package.yaml", "compiled_on: 2190-01-01", "metadata.wrong-entry"),
    "far off": ("package.yaml", "compiled_on: 9999-12-31", "metadata.wrong-entry"),
    "period": ("package.yaml", "temporal: 2026/x", "metadata.wrong-entry"),
    "backwards": ("package.yaml", "temporal: 2026-12-31/2023-12-31", "metadata.wrong-entry"),
    "due": ("targets.yaml", "  due: 9999-12-31", "cell.date-far-off"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_a_later_command_could_not_take_is_refused_with_its_place(kind: str, project: Path) -> None:
    import re

    name, line, code = ODD[kind]
    path = project / SOURCE / name
    key = line.partition(":")[0]
    text, count = re.subn(rf"(?m)^{key}: .*(\n +.*)*?$", lambda _: line, path.read_text(encoding="utf-8"), count=1)
    assert count == 1
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(DayeError) as caught:
        build(project)
    assert code in {problem.code for problem in caught.value.problems}
    assert all(problem.where.rpartition("/")[2].startswith((name, "targets.csv")) for problem in caught.value.problems)


@pytest.mark.parametrize("odd", ["\0", "\u202e", "\ufffd"])
def test_a_list_with_a_character_that_no_text_holds_is_refused_with_its_line(odd: str, project: Path) -> None:
    edit(project / SOURCE / "task_list.zh.txt", "高新技术企业数", f"高新{odd}技术企业数")
    with pytest.raises(DayeError) as caught:
        build(project)
    found = [problem.where for problem in caught.value.problems if problem.code == "edited.odd-character"]
    assert len(found) == 1 and found[0].startswith("task_list.zh.txt:")


def fifo(path: Path) -> None:
    os.mkfifo(path)


PLACES: dict[str, Callable[[Path], object]] = {
    "pipe": fifo,
    "folder": Path.mkdir,
    "link outside": lambda path: path.symlink_to("/etc/passwd"),
    "link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.skipif(os.name != "posix", reason="pipes and links")
@pytest.mark.parametrize("name", ["observations.csv", "package.yaml", "task_list.zh.txt", "units.yaml"])
@pytest.mark.parametrize("kind", PLACES)
def test_an_edited_file_that_is_no_plain_file_is_refused_at_once(kind: str, name: str, project: Path) -> None:
    path = project / SOURCE / name
    path.unlink()
    PLACES[kind](path)
    with pytest.raises(Refused) as caught:
        build(project)
    code = "guard.link" if "link" in kind else "guard.special-file"
    assert [(each.code, each.where) for each in caught.value.problems] == [(code, f"{SOURCE}/{name}")]


def test_a_folder_in_the_place_of_a_table_is_named_and_nothing_is_written(project: Path) -> None:
    (project / "data/actions.csv").mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        build(project)
    assert caught.value.filename == str(project / "data/actions.csv")
    assert sorted(path.name for path in project.iterdir() if not path.name.endswith(".lock")) == ["data"]
    (project / "data/actions.csv").rmdir()
    assert build(project).rows["actions"] == 7
