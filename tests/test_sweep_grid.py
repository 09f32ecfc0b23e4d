"""`GRID.yaml`: read whole, combined, and every problem told at once with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import runner_help as help_

from daye_analysis.errors import WrongUsage
from daye_analysis.reporting.sweeps.file import Grid, read_grid

DECLARED = f'{help_.PARAMETERS}\ntop: int = 3\nplan: str = ""\nshare: float = 0.5'

GOOD = """\
notebooks: [cards]
packages: [example]
as_of: [2025-06-30, "2025-12-31"]
languages: [zh, en]
parameters:
  top: [1, 2]
  plan: no          # text in YAML 1.2
retries: 0
timeout: 90s
"""
BAD = """\
notebooks: [crads]
packages: [example, nowhere]
as_of: [2025-02-30, 2999-01-01, 7]
langauges: [zh]
parameters:
  top: [007, 1e5, "1", 4]
  topp: 1
  share: 1
  plan: []
  language: en
timeout: 90
retries: -1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project folder with a notebook and a package."""
    (tmp_path / "notebooks").mkdir()
    help_.write_notebook(tmp_path / "notebooks", help_.notebook("1", parameters=DECLARED), "cards")
    help_.write_package(tmp_path)
    return tmp_path


def read(text: str, folder: Path) -> Grid:
    """Write a grid and read it."""
    (folder / "grid.yaml").write_text(text, encoding="utf-8")
    return read_grid(folder / "grid.yaml", folder / "notebooks", folder / "example")


def test_a_grid_is_combined_in_order(folder: Path) -> None:
    """Two days, two languages, two values: eight cells, the last axis changing fastest."""
    grid = read(GOOD, folder)
    assert (grid.name, grid.timeout, grid.retries) == ("grid", 90.0, 0)
    assert [(cell.as_of, cell.language, cell.parameters["top"]) for cell in grid.cells[:3]] == [
        (date(2025, 6, 30), "zh", 1), (date(2025, 6, 30), "zh", 2), (date(2025, 6, 30), "en", 1),
    ]  # fmt: skip
    assert len(grid.cells) == 8
    assert all(cell.parameters["plan"] == "no" for cell in grid.cells)


def test_every_problem_is_told_at_once_with_its_line(folder: Path) -> None:
    """`007` and `1e5` are no int, 30 February is no day, and nothing is guessed."""
    with pytest.raises(WrongUsage) as caught:
        read(BAD.replace("crads", "cards"), folder)
    found = sorted((problem.where, problem.code) for problem in caught.value.problems)
    assert found == sorted(
        [
            ("grid.yaml:2", "grid.guard-not-found"),
            ("grid.yaml:3", "grid.bad-day"),
            ("grid.yaml:3", "grid.bad-day"),
            ("grid.yaml:3", "grid.bad-day"),
            ("grid.yaml:4", "grid.unknown-key"),
            ("grid.yaml:6", "grid.parameter-wrong-type"),
            ("grid.yaml:6", "grid.parameter-wrong-type"),
            ("grid.yaml:6", "grid.parameter-wrong-type"),
            ("grid.yaml:7", "grid.parameter-unknown"),
            ("grid.yaml:8", "grid.parameter-wrong-type"),
            ("grid.yaml:9", "grid.empty"),
            ("grid.yaml:10", "grid.parameter-reserved"),
            ("grid.yaml:11", "grid.wrong-type"),
            ("grid.yaml:12", "grid.negative"),
        ]
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [", 1), ("- a", 1), ("", 1), ("notebooks: cards\nnotebooks: cards", 2), ("a: !!python/x 1", 1)],
)
def test_what_is_no_grid_is_told_with_its_line(text: str, line: int, folder: Path) -> None:
    """Broken YAML, a list, nothing, a key twice, a tag that would make an object."""
    with pytest.raises(WrongUsage) as caught:
        read(text, folder)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("grid.syntax", f"grid.yaml:{line}")]


def test_an_unknown_notebook_is_told_with_the_nearest(folder: Path) -> None:
    """The name was probably meant to be the one there is."""
    with pytest.raises(WrongUsage) as caught:
        read("notebooks: [crads]", folder)
    assert "cards" in caught.value.problems[0].remedy.en


def test_a_day_before_the_plan_is_told_with_its_line(folder: Path) -> None:
    """A report that judges a plan has nothing to say of a day on which there was none."""
    with pytest.raises(WrongUsage) as caught:
        read("notebooks: cards\nas_of:\n- 2025-06-30\n- 2000-01-01\n", folder)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("grid.bad-day", "grid.yaml:4")]
