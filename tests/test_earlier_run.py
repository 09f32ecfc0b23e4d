"""What a report compares with: found by itself, named and hashed in the identity, made again only when it changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_

from daye_analysis.errors import NotReadable
from daye_analysis.reporting.publishing.manifest import read_manifest
from daye_analysis.reporting.publishing.prune import prune
from daye_analysis.reporting.runs.plan import plan_run
from daye_analysis.reporting.runs.run import RunResult, make
from daye_analysis.reporting.schedules.file import read_schedules
from daye_analysis.reporting.schedules.run import run_due
from daye_analysis.reporting.sweeps.file import read_grid
from daye_analysis.reporting.sweeps.run import sweep

BRIEF = """
from daye_analysis.reporting.publishing.output_folder import write_output
import pandas as pd
write_output("assessments.csv", pd.DataFrame({"target_id": ["a"], "as_of": [as_of]}))
print("compares with", previous or "none")
"""
DECLARED = f'{help_.PARAMETERS}\nprevious: str = "latest"\nplan: str = ""'


def notebook(folder: Path, source: str = BRIEF, name: str = "small") -> Path:
    content = help_.notebook(source, parameters=DECLARED, outputs=["assessments.csv"])
    return help_.write_notebook(folder, content, name)


def brief(folder: Path, day: str, **given: Any) -> RunResult:
    """Make a brief as of `day` into `folder/reports`."""
    language = given.pop("language", "zh")
    reports = given.pop("reports", folder / "reports")
    plan = plan_run(
        notebook(folder), given, package_path=help_.write_package(folder), as_of=day, language=language, code=help_.CODE,
        reports=reports,
    )  # fmt: skip
    return make(plan, help_.settings(folder), help_.shared_server())


def name(result: RunResult) -> str:
    return f"{result.folder.parent.name}/{result.folder.name}"


def test_each_brief_compares_with_the_last_one_before_it(tmp_path: Path) -> None:
    first, third = brief(tmp_path, "2025-01-31"), brief(tmp_path, "2025-03-31")
    second = brief(tmp_path, "2025-02-28")
    assert first.identity.parameters["previous"] == ""
    assert first.identity.earlier == {}
    for later in (second, third):
        assert later.identity.parameters["previous"] == name(first)
        assert f"compares with {name(first)}" in (later.folder / "report.ipynb").read_text(encoding="utf-8")
        manifest = read_manifest(later.folder)
        stated = read_manifest(first.folder).outputs["assessments.csv"]["sha256"]
        assert manifest.identity["earlier"] == {name(first): stated}
    assert brief(tmp_path, "2025-02-28").status == "skipped"
    assert brief(tmp_path, "2025-01-31").status == "skipped"
    # A brief of a day between has come: the third now compares with it, and says so under another name.
    again = brief(tmp_path, "2025-03-31")
    assert again.status == "published"
    assert again.identity.parameters["previous"] == name(second)


def test_only_whole_runs_of_the_same_series_count(tmp_path: Path) -> None:
    kept = brief(tmp_path, "2025-01-31")
    brief(tmp_path, "2025-02-01", language="en")
    brief(tmp_path, "2025-02-02", plan="another")
    damaged = brief(tmp_path, "2025-02-03")
    (damaged.folder / "assessments.csv").write_text("target_id\nb\n", encoding="utf-8")
    assert brief(tmp_path, "2025-03-31").identity.parameters["previous"] == name(kept)


def test_the_identity_depends_on_what_the_earlier_run_wrote(tmp_path: Path) -> None:
    first = brief(tmp_path, "2025-01-31")
    before = brief(tmp_path, "2025-02-28").identity
    manifest = json.loads((first.folder / "manifest.json").read_bytes())
    content = b"target_id,as_of\nb,2025-01-31\n"
    (first.folder / "assessments.csv").write_bytes(content)
    manifest["outputs"]["assessments.csv"] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (first.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    after = brief(tmp_path, "2025-02-28").identity
    assert after.parameters == before.parameters
    assert after.sha256 != before.sha256


def test_a_named_run_that_is_not_there_stops_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match=r"earlier-run\.unreadable"):
        brief(tmp_path, "2025-02-28", previous="small/2025-01-31-zh-1a2b3c4d")
    assert not (tmp_path / "reports").exists()


def test_without_a_reports_folder_latest_is_none(tmp_path: Path) -> None:
    """Whoever names no folder asks for nothing that is in one."""
    brief(tmp_path, "2025-01-31")
    assert brief(tmp_path, "2025-02-28", reports=None).identity.parameters["previous"] == ""


def test_a_sweep_compares_only_with_a_run_that_is_named_and_hashes_it(tmp_path: Path) -> None:
    first = brief(tmp_path, "2025-01-31")
    grid = tmp_path / "grid.yaml"

    def swept(previous: str) -> tuple[str, dict[str, Any]]:
        grid.write_text(f"notebooks: small\nas_of: 2025-02-28\nparameters:\n  previous: {previous}\n", encoding="utf-8")
        cells = sweep(
            read_grid(grid, tmp_path, help_.write_package(tmp_path)), reports=tmp_path / "reports",
            starter=help_.shared_server(), settings=help_.settings(tmp_path),
        ).cells  # fmt: skip
        ((_, outcome),) = cells
        if outcome.folder is None:
            return outcome.problems[0].code, {}
        identity = read_manifest(outcome.folder).identity
        return identity["parameters"]["previous"], identity["earlier"]

    assert swept("latest") == ("", {})
    stated = read_manifest(first.folder).outputs["assessments.csv"]["sha256"]
    assert swept(name(first)) == (name(first), {name(first): stated})
    assert swept("small/2025-01-31-zh-1a2b3c4d") == ("earlier-run.unreadable", {})


def test_slots_that_are_caught_up_compare_with_one_another(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    notebook(tmp_path / "notebooks")
    schedule = """\
[[schedule]]
name = "daily"
cron = "0 7 * * *"
time_zone = "Asia/Shanghai"
notebooks = ["small"]
catch_up = "all"
start = 2026-06-08
"""
    (tmp_path / "schedule.toml").write_text(schedule, encoding="utf-8")
    schedules = read_schedules(tmp_path / "schedule.toml", tmp_path / "notebooks")

    def due() -> list[Path]:
        done = run_due(
            schedules, reports=tmp_path / "reports", package=help_.write_package(tmp_path), starter=help_.shared_server(),
            settings=help_.settings(tmp_path), now=datetime(2026, 6, 10, 12, tzinfo=UTC),
        )  # fmt: skip
        return [each.outcome.folder for each in done if each.outcome.folder]

    folders = due()
    named = [read_manifest(folder).identity["parameters"]["previous"] for folder in folders]
    assert [folder.name[:10] for folder in folders] == ["2026-06-08", "2026-06-09", "2026-06-10"]
    assert named == ["", *(f"{folder.parent.name}/{folder.name}" for folder in folders[:-1])]
    assert due() == []


def test_what_a_kept_report_compares_with_is_kept(tmp_path: Path) -> None:
    runs = [brief(tmp_path, day) for day in ("2025-01-31", "2025-02-28", "2025-03-31")]
    assert prune(tmp_path / "reports", keep=1).runs == (runs[0].folder,)
    assert brief(tmp_path, "2025-03-31").status == "skipped"
    shutil.rmtree(runs[2].folder)
    assert brief(tmp_path, "2025-03-31").folder == runs[2].folder
