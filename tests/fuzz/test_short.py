"""A short run of every fuzzer, with fixed seeds; `make fuzz` runs them for as long as wanted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fuzz import inputs, lists, packages
from fuzz.mutations import mutated, write_files
from fuzz.preloaded import preload
from fuzz.runs import RUNNERS, Clockwork, Runner
from fuzz.writers import WRITERS, Bench, Writer, chosen


@pytest.fixture(scope="session", autouse=True)
def _preloaded() -> None:
    preload()


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


# What takes long, and writes as another one does, is for the long run.
QUICK = [writer for writer in WRITERS if writer.name not in ("export again", "backtest --pairs", "site", "site again")]


@pytest.mark.parametrize("writer", QUICK, ids=lambda writer: writer.name)
def test_a_writer_that_is_struck_leaves_the_old_state_or_the_new_and_the_next_call_tidies_up(writer: Writer, bench: Bench) -> None:
    for fault in chosen(bench.undisturbed(writer).operations, 2, 1, seed=1):
        assert bench.strike(writer, fault) == [], f"{writer.name}, {fault}"


@pytest.fixture(scope="session")
def clockwork(tmp_path_factory: pytest.TempPathFactory) -> Clockwork:
    return Clockwork(tmp_path_factory.mktemp("clockwork"))


@pytest.mark.parametrize("runner", [runner for runner in RUNNERS if "site" not in runner.name], ids=lambda runner: runner.name)
def test_a_run_that_is_struck_is_made_once_by_the_next_call(runner: Runner, clockwork: Clockwork) -> None:
    for fault in chosen(clockwork.undisturbed(runner).operations, 1, 1, seed=1):
        assert clockwork.strike(runner, fault) == [], f"{runner.name}, {fault}"


@pytest.mark.parametrize("seed", range(12))
def test_a_mutated_package_is_judged_as_frictionless_judges_it_at_the_most(seed: int, tmp_path: Path) -> None:
    what, wrong = packages.taking(seed, tmp_path)
    assert wrong == [], what


def test_what_validates_a_site_takes(tmp_path: Path) -> None:
    """All commands take it in the long run; `test_hazards_packages.py` gives them a package that leaves much out."""
    what, files = mutated(61)
    package = write_files(files, tmp_path / "package")
    assert packages.wrong_with(package, tmp_path, ("site",)) == [], what
    assert any(path.name not in ("package", ".locks") for path in tmp_path.iterdir()), f"{what} does not validate"


@pytest.mark.parametrize("seed", range(8))
def test_an_odd_archive_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    what, wrong = packages.archive(seed, tmp_path)
    assert wrong == [], what


@pytest.mark.parametrize("seed", range(7))
def test_a_draft_of_a_list_holds_every_number(seed: int, tmp_path: Path) -> None:
    what, wrong = lists.generated(seed, tmp_path)
    assert wrong == [], what


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_list_is_drafted_or_refused(seed: int, tmp_path: Path) -> None:
    what, wrong = lists.damaged(seed, tmp_path)
    assert wrong == [], what


@pytest.mark.parametrize("name", sorted(inputs.INPUTS.keys() - {"notebook"}))
@pytest.mark.parametrize("seed", range(3))
def test_a_file_with_something_wrong_is_taken_or_refused(name: str, seed: int, tmp_path: Path) -> None:
    what, wrong = inputs.INPUTS[name](seed, tmp_path)
    assert wrong == [], what


# A cell that goes on on another page, of the words that other cells have too.
FOUND = pytest.param("table", 20258, marks=pytest.mark.slow)


@pytest.mark.parametrize(("name", "seed"), [("table", 1), ("output", 1), ("notebook", 1), FOUND])
def test_every_word_is_printed_or_told(name: str, seed: int, tmp_path: Path) -> None:
    """In a process of its own: one that has printed a PDF, as other tests do, cannot be forked."""
    tests = str(Path(__file__).resolve().parents[1])
    command = [sys.executable, "-m", "fuzz", "--classes", name, "--seed", str(seed), "--count", "2", "--failures", str(tmp_path)]
    done = subprocess.run(command, cwd=tests, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
