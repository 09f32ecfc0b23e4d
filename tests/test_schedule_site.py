"""The public site that a schedule keeps up to date: renewed when something changed, switched in one step, its failures reported."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import shutil
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import runner_help as help_
from click.testing import CliRunner
from package_factory import METADATA_OF_SAMPLE, sample_tables, write_package
from published_help import Writes
from test_schedule_notices import call, heard, place  # noqa: F401  (`place` is a fixture)

from daye_analysis.cli import daye
from daye_analysis.errors import (
    CheckFailed,
    DayeError,
    InfrastructureFailed,
    NotReadable,
    Refused,
    WrongUsage,
)
from daye_analysis.package.describe import datapackage, descriptor_text
from daye_analysis.package.export.checksums import known_files
from daye_analysis.package.places import project_root
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.publishing.package_state import package_state
from daye_analysis.reporting.runs.plan import plan_for
from daye_analysis.reporting.runs.run import make
from daye_analysis.reporting.schedules.file import SiteSettings, read_schedule_file
from daye_analysis.reporting.schedules.status import site_status
from daye_analysis.site.problems import SITE_PROBLEMS
from daye_analysis.site.renewal import KEPT, renew_site

BRIEF = project_root() / "notebooks/brief.ipynb"
SCHEDULE = """\
[[schedule]]
name = "monthly"
cron = "0 7 3 * *"
time_zone = "Asia/Shanghai"
notebooks = ["brief"]
start = 2999-01-01

[site]
directory = "public"
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package, compiled before the days of its reports."""
    root = write_package(tmp_path / "package", sample_tables(12))
    described = datapackage(root, replace(METADATA_OF_SAMPLE, compiled_on="2026-06-01", created=""))
    (root / "datapackage.json").write_text(descriptor_text(described), encoding="utf-8")
    return root


def publish(folder: Path, package: Path, day: dt.date, schedule: str = "monthly") -> None:
    """Publish an official brief that a schedule asked for."""
    plan = plan_for(BRIEF, {}, package=package_state(package), day=day, language="zh", code=help_.CODE, reports=folder / "reports")
    occasion = {"schedule": schedule, "slot": f"{day}T00:00:00Z", "time_zone": "UTC", "parameters": {}}
    make(plan, help_.settings(folder, occasion=occasion), Writes())


def test_a_site_is_renewed_when_package_or_reports_changed_and_only_then(tmp_path: Path, package: Path) -> None:
    settings, reports = SiteSettings(tmp_path / "public", after=("monthly",)), tmp_path / "reports"
    first = renew_site(settings, package, reports)
    assert first is not None and settings.current.resolve() == first.resolve()
    assert renew_site(settings, package, reports) is None
    publish(tmp_path, package, dt.date(2026, 6, 3), schedule="another")
    assert renew_site(settings, package, reports) is None
    publish(tmp_path, package, dt.date(2026, 6, 4))
    second = renew_site(settings, package, reports)
    assert second is not None and second != first and first.is_dir()
    assert (settings.current / "reports/brief.zh.pdf").is_file()
    assert "4 June 2026" in (settings.current / "en/index.html").read_text(encoding="utf-8")  # as of the newest report's day
    settings.current.unlink()  # as a process leaves it that is killed before it switches the link
    made = (second / "SHA256SUMS").stat().st_mtime_ns
    assert renew_site(settings, package, reports) == second
    assert (second / "SHA256SUMS").stat().st_mtime_ns == made


def test_a_reader_meets_one_site_or_the_other_and_three_are_kept(tmp_path: Path, package: Path) -> None:
    settings, reports = SiteSettings(tmp_path / "public"), tmp_path / "reports"
    renew_site(settings, package, reports)
    old = [settings.directory / f"site-{at:012d}" for at in range(4)]
    for at, folder in enumerate(old):
        folder.mkdir()
        os.utime(folder, (at, at))
    (settings.directory / ".site-0123456789ab.daye-new").mkdir()  # what a killed build leaves
    (settings.directory / "CNAME").write_text("targets.example", encoding="utf-8")
    stop, met = threading.Event(), set()

    def read() -> None:
        while not stop.is_set():
            listed = known_files(settings.current)
            met.add(len(listed))
            time.sleep(0.001)

    reader = threading.Thread(target=read)
    reader.start()
    renewed = renew_site(SiteSettings(settings.directory, "https://targets.example/"), package, reports)
    stop.set()
    reader.join()
    assert renewed is not None and 0 not in met
    sites = {each.name for each in settings.directory.glob("site-*")}
    assert len(sites) == KEPT and renewed.name in sites and old[3].name in sites and old[0].name not in sites
    assert {each.name for each in settings.directory.iterdir()} == {*sites, "current", "CNAME"}


def test_what_goes_wrong_leaves_the_present_site(tmp_path: Path, package: Path) -> None:
    settings, reports = SiteSettings(tmp_path / "public"), tmp_path / "reports"
    first = renew_site(settings, package, reports)
    assert first is not None
    tables = sample_tables(12)
    fewer = write_package(tmp_path / "fewer", {**tables, "targets": tables["targets"][1:]})
    with pytest.raises(CheckFailed) as gone:
        renew_site(settings, fewer, reports)
    assert {each.code for each in gone.value.problems} == {"site.address-gone"}
    assert settings.current.resolve() == first.resolve() and [each.name for each in settings.directory.glob("site-*")] == [first.name]
    settings.current.unlink()
    settings.current.mkdir()
    with pytest.raises(Refused) as refused:
        renew_site(settings, package, reports)
    assert refused.value.problems[0].code == "site.no-link"
    with pytest.raises(NotReadable):
        renew_site(SiteSettings(tmp_path / "public", since=(tmp_path / "none.zip",)), package, reports)


def test_operators_hear_of_a_site_as_of_a_report(place: Path) -> None:  # noqa: F811
    """Once when it fails, once when it changes, once when it recovers; what failed to be renewed exits with its own status."""
    now = datetime(2026, 6, 10, 12, tzinfo=UTC)
    call(place, now=now)

    def fails(code: str, error: type[DayeError]) -> None:
        raise error(worded(SITE_PROBLEMS, code, "", found="x", directory="x", reason="x"))

    settings = SiteSettings(place / "public")
    assert site_status(settings, place / "reports").state == "due"
    told = [call_with_site(place, now, lambda: fails("site.differs", CheckFailed)) for _ in range(2)]
    told.append(call_with_site(place, now, lambda: fails("site.no-link", InfrastructureFailed)))
    assert [each.exit_code for each in told] == [1, 1, 6]
    assert told[0].site[0].code == "site.differs" and told[0].problems == ()
    state = site_status(settings, place / "reports")
    assert (state.state, state.is_well, state.problems[0].code) == ("failed", False, "site.no-link")
    assert call_with_site(place, now, lambda: None).exit_code == 0
    assert [each["DAYE_EVENT"] for each in heard(place)] == ["failed", "changed", "recovered"]
    assert "site: failed. " in heard(place)[0]["DAYE_MESSAGE"]
    assert site_status(settings, place / "reports").is_well


def call_with_site(folder: Path, now: datetime, renew: object) -> object:
    """Call as a clock does, with what renews the site."""
    from daye_analysis.reporting.schedules.operate import operate

    file = read_schedule_file(folder / "schedule.toml", folder / "notebooks")
    return operate(
        file, reports=folder / "reports", package=folder / "example", now=now, starter=Writes(), settings=help_.settings(folder),
        renew_site=renew,
    )  # fmt: skip


def test_the_command_renews_the_site_and_status_shows_it(tmp_path: Path, package: Path) -> None:
    (tmp_path / "schedule.toml").write_text(SCHEDULE, encoding="utf-8")
    where = ["--file", str(tmp_path / "schedule.toml"), "--reports", str(tmp_path / "reports"), "--package", str(package)]
    made = CliRunner().invoke(daye, ["schedule", "run-due", *where])
    assert made.exit_code == 0, made.output
    current = (tmp_path / "public/current").resolve()
    assert f"Site published: {current}" in made.output or f"站点已更新：{current}" in made.output
    again = CliRunner().invoke(daye, ["schedule", "run-due", *where])
    assert (again.exit_code, str(current) in again.output) == (0, False)
    shown = CliRunner().invoke(daye, ["schedule", "status", *where])
    assert f"-\tsite\t-\t-\t-\tdone\t{current}" in shown.output
    shutil.rmtree(tmp_path / "public")
    (tmp_path / "public").write_text("a file", encoding="utf-8")
    failed = CliRunner().invoke(daye, ["schedule", "run-due", *where])
    assert failed.exit_code != 0 and not isinstance(failed.exception, OSError)
    shown = CliRunner().invoke(daye, ["schedule", "status", *where])
    assert shown.exit_code == 1 and "-\tsite\t-\t-\t-\tfailed\t" in shown.output


def test_a_site_that_asks_for_a_lab_says_what_lacks(tmp_path: Path, package: Path) -> None:
    path = tmp_path / "schedule.toml"
    path.write_text(SCHEDULE.replace('directory = "public"', 'directory = "public"\nlab = "pyodide"'), encoding="utf-8")
    settings = read_schedule_file(path, project_root() / "notebooks").site
    assert settings is not None and settings.lab == tmp_path / "pyodide"
    with pytest.raises(DayeError) as lacking:
        renew_site(settings, package, tmp_path / "reports")
    wanted = "site.lab-file-missing" if importlib.util.find_spec("jupyterlite_pyodide_kernel") else "site.no-jupyterlite"
    assert {each.code for each in lacking.value.problems} == {wanted}
    assert not settings.current.exists()


def test_what_is_wrong_with_the_entry_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "schedule.toml"
    path.write_text(SCHEDULE.replace('directory = "public"', 'directry = "public"\nafter = ["weekly"]'), encoding="utf-8")
    with pytest.raises(WrongUsage) as wrong:
        read_schedule_file(path, project_root() / "notebooks")
    found = {(each.code, each.where) for each in wrong.value.problems}
    assert found == {
        ("schedule.missing-key", "schedule.toml:8"),
        ("schedule.unknown-key", "schedule.toml:9"),
        ("schedule.unknown-schedule", "schedule.toml:10"),
    }
