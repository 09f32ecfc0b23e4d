"""Old reports removed by the rule that `--keep` states."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path

import pytest
import runner_help as help_
from published_help import in_child

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem, WrongUsage
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.leftovers import sweep_leftovers
from daye_analysis.reporting.publishing.manifest import file_outputs, manifest_bytes
from daye_analysis.reporting.publishing.prune import _remove, prune
from daye_analysis.reporting.runs.plan import Plan


def stand(folder: Path, plan: Plan, made: str) -> Path:
    """Put a published run into the reports folder, as if it had been made at an instant."""
    target = publish.destination(folder / "reports", plan.identity)
    target.mkdir(parents=True)
    (target / "report.pdf").write_bytes(b"%PDF")
    (target / "manifest.json").write_bytes(manifest_bytes(plan.identity, file_outputs(target), {"ended": made}))
    return target


@pytest.fixture
def series(tmp_path: Path) -> dict[str, Path]:
    """Runs of several days, in two languages, of two notebooks, with two values of a parameter."""
    runs: dict[str, Path] = {}
    for day in ("2025-01-01", "2025-02-01", "2025-03-01"):
        runs[f"zh {day}"] = stand(tmp_path, help_.plan(tmp_path, "1", as_of=day), day)
    runs["en"] = stand(tmp_path, help_.plan(tmp_path, "1", as_of="2024-01-01", language="en"), "2024")
    runs["other"] = stand(tmp_path, help_.plan(tmp_path, "1", as_of="2024-01-01", name="other"), "2024")
    runs["top"] = stand(tmp_path, help_.plan(tmp_path, "1", as_of="2024-01-01", declare="top: int = 1", top=2), "2024")
    changed = help_.plan(tmp_path, "print('changed')", as_of="2025-03-01")
    runs["zh 2025-03-01 again"] = stand(tmp_path, changed, "2025-03-02")
    return runs


def left(series: dict[str, Path]) -> set[str]:
    """Return the runs that are still there."""
    return {name for name, folder in series.items() if (folder / "manifest.json").exists()}


def test_the_newest_of_each_series_stay(series: dict[str, Path], tmp_path: Path) -> None:
    """The latest day first, then the latest made; other languages, notebooks and parameters are other series."""
    dry = prune(tmp_path / "reports", keep=2, dry_run=True)
    assert left(series) == set(series)
    assert prune(tmp_path / "reports", keep=2) == dry
    assert left(series) == set(series) - {"zh 2025-01-01", "zh 2025-02-01"}
    assert len(prune(tmp_path / "reports", keep=1).runs) == 1
    assert "zh 2025-03-01 again" in left(series)


def test_what_crashes_left_goes_and_what_is_being_made_stays(series: dict[str, Path], tmp_path: Path) -> None:
    """A staging folder whose run someone makes is not touched; a damaged manifest is not judged."""
    reports = tmp_path / "reports"
    plan = help_.plan(tmp_path, "print('running')")
    dead = publish.new_staging(reports, help_.plan(tmp_path, "print('dead')").identity)
    (series["zh 2025-01-01"] / "manifest.json").write_text("{")
    with publish.run_lock(reports, plan.identity, 0):
        living = publish.new_staging(reports, plan.identity)
        pruned = prune(reports, keep=9)
        assert pruned.leftovers == (dead,)
        assert living.exists()
    assert not dead.exists()
    assert series["zh 2025-01-01"].exists()
    assert prune(reports, keep=9).leftovers == (living,)


def test_old_failures_go_too(tmp_path: Path) -> None:
    """Of each notebook the newest stay, with their notebooks."""
    reports = tmp_path / "reports"
    folders = []
    for day in ("2025-01-01", "2025-02-01", "2025-03-01"):
        identity = help_.plan(tmp_path, "1 / 0", as_of=day).identity
        error = CheckFailed(Problem("run.cell-failed", Text("", ""), "", Text("", "")))
        folders.append(publish.keep_failed(reports, identity, b"{}", error, {"ended": day}))
    assert prune(reports, keep=2).leftovers == (folders[0],)
    assert [folder.exists() for folder in folders] == [False, True, True]


def test_a_failure_whose_removal_was_killed_does_not_come_back(tmp_path: Path) -> None:
    """Out of sight but still whole, as a kill between the two steps leaves it."""
    reports = tmp_path / "reports"
    error = CheckFailed(Problem("run.cell-failed", Text("", ""), "", Text("", "")))
    identity = help_.plan(tmp_path, "1 / 0", as_of="2025-01-01").identity
    kept = publish.keep_failed(reports, identity, b"{}", error, {"ended": "2025-01-01"})

    def killed(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def call() -> None:
        shutil.rmtree = killed  # type: ignore[assignment]
        _remove(kept)

    assert in_child(call) == -signal.SIGKILL
    assert not kept.exists() and len(list(kept.parent.iterdir())) == 1
    assert len(sweep_leftovers(reports)) == 1
    assert list((reports / publish.FAILED).rglob("*")) == []


def test_less_than_one_is_refused(tmp_path: Path) -> None:
    """No one removes everything by a slip."""
    with pytest.raises(WrongUsage):
        prune(tmp_path, keep=0)


def test_case_48_a_manifest_of_another_release_is_not_taken_for_done(tmp_path: Path) -> None:
    """It is moved aside and said, the run made again: no migration is needed, since a run can always be generated again."""
    first = help_.run(tmp_path, help_.shared_server(), "print(1)")
    manifest = first.folder / "manifest.json"
    old = json.loads(manifest.read_text(encoding="utf-8"))
    old["schema_version"] = 0
    manifest.write_text(json.dumps(old), encoding="utf-8")
    again = help_.run(tmp_path, help_.shared_server(), "print(1)")
    assert again.status == "published"
    assert "manifest of version 0, this library reads version 1" in again.notes[0].en
    assert len(list((tmp_path / "reports" / "failed").glob("small*/*-damaged-*"))) == 1


@pytest.mark.parametrize("part", ["parameters", "package"])
def test_a_manifest_that_lacks_a_part_is_damaged_and_stops_nobody(part: str, series: dict[str, Path], tmp_path: Path) -> None:
    manifest = series["zh 2025-01-01"] / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    del content["identity"][part]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    prune(tmp_path / "reports", keep=1)
    assert left(series) == {"zh 2025-01-01", "zh 2025-03-01 again", "en", "other", "top"}
