"""Run what is due: once, whoever asks and however often; cases 28, 32 and 35 of the robustness list."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_

from daye_analysis.errors import InfrastructureFailed
from daye_analysis.reporting.execution.execute import ForkServer, Terminated
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.manifest import check_files, read_manifest
from daye_analysis.reporting.publishing.prune import prune
from daye_analysis.reporting.runs.run import Settings
from daye_analysis.reporting.runs.run import make as make_run
from daye_analysis.reporting.schedules import serve as schedule_serve
from daye_analysis.reporting.schedules.file import read_schedules
from daye_analysis.reporting.schedules.run import Due, run_due
from daye_analysis.reporting.schedules.serve import serve, wake_after
from daye_analysis.reporting.schedules.status import status
from daye_analysis.reporting.schedules.units import Invocation, unit

SCHEDULE = """\
[[schedule]]
name = "daily"
cron = "0 7 * * *"
time_zone = "Asia/Shanghai"
notebooks = ["small"]
"""
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.fixture
def forked() -> ForkServer:
    """The one fork server of all tests."""
    return help_.shared_server()


Make = Callable[..., list[Due]]


@pytest.fixture
def make(tmp_path: Path, forked: ForkServer) -> Make:
    """Return a function that writes the schedule and makes what is due at an instant."""

    def make_due(schedule: str = SCHEDULE, now: datetime = NOW, starter: Any = forked, **options: Any) -> list[Due]:
        (tmp_path / "schedule.toml").write_text(schedule, encoding="utf-8")
        schedules = read_schedules(tmp_path / "schedule.toml", tmp_path / "notebooks")
        return run_due(
            schedules,
            reports=tmp_path / "reports",
            package=help_.write_package(tmp_path),
            now=now,
            starter=starter,
            settings=help_.settings(tmp_path),
            **options,
        )

    (tmp_path / "notebooks").mkdir()
    write(tmp_path, "print(as_of)")
    return make_due


def write(folder: Path, source: str) -> None:
    """Write the scheduled notebook."""
    help_.write_notebook(folder / "notebooks", help_.notebook(source))


def told(made: list[Due]) -> list[tuple[str, str, int]]:
    """Return day, status and exit code of each."""
    return [(due.slot.day.isoformat(), due.outcome.status, due.outcome.exit_code) for due in made]


def test_what_is_due_is_made_once(make: Make, tmp_path: Path) -> None:
    """The second call finds nothing to do; the manifest says for which slot the run was made."""
    assert told(make()) == [("2026-06-10", "published", 0)]
    assert make() == []
    (folder,) = help_.reports_of(tmp_path)
    run = read_manifest(folder).run
    assert (run["schedule"], run["slot"], run["time_zone"]) == ("daily", "2026-06-09T23:00:00Z", "Asia/Shanghai")
    assert help_.printed(json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))) == "2026-06-10\n"


def test_a_slot_that_was_made_stays_made_when_notebook_or_data_change(make: Make, tmp_path: Path) -> None:
    """A report of a past day is not printed a second time because the notebook was improved since."""
    make()
    write(tmp_path, "print('better')")
    assert make() == []
    assert told(make(now=NOW.replace(day=11))) == [("2026-06-11", "published", 0)]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ('catch_up = "none"', []),
        ('catch_up = "last"', ["2026-06-13"]),
        ('catch_up = "all"', ["2026-06-11", "2026-06-12", "2026-06-13"]),
        ('catch_up = "all"\nlateness = "48h"', ["2026-06-12", "2026-06-13"]),
    ],
)
def test_case_35_three_missed_slots(lines: str, days: list[str], make: Make) -> None:
    """0, 1, 3 runs, or those that are not too late, each with the `as_of` of its own slot."""
    make()
    assert [day for day, _, _ in told(make(SCHEDULE + lines, NOW.replace(day=13)))] == days


def test_case_40_a_run_whose_manifest_is_damaged_is_made_again(make: Make, tmp_path: Path) -> None:
    """It is not done any more, and that is healed by the next call."""
    make()
    (folder,) = help_.reports_of(tmp_path)
    (folder / "manifest.json").write_text("{")
    assert told(make()) == [("2026-06-10", "published", 0)]
    assert make() == []


def test_a_failing_cell_is_not_tried_again_until_something_changes(make: Make, tmp_path: Path) -> None:
    """The failure is told at every call; a changed notebook, or asking for it, starts it again."""
    write(tmp_path, "raise ValueError('no')")
    first = make()
    assert told(first) == [("2026-06-10", "failed", 1)]
    assert first[0].outcome.attempts == 1
    again = make()
    assert told(again) == [("2026-06-10", "failed", 1)]
    assert again[0].outcome.attempts == 0
    assert again[0].outcome.problems[0].code == "run.cell-failed"
    assert make(again=True)[0].outcome.attempts == 1
    write(tmp_path, "print('mended')")
    assert told(make()) == [("2026-06-10", "published", 0)]


FIRST_RELEASE = """{
  "identity": {"as_of": "2026-06-10", "language": "zh", "notebook": "small", "package": {"name": "example"}, "parameters": {}},
  "identity_sha256": "1a2b3c4d00000000000000000000000000000000000000000000000000000000",
  "outputs": {"report.pdf": {"bytes": 4, "sha256": "9a2d2e3f2b1f4f0a"}},
  "run": {"ended": "2026-06-09T23:01:00+00:00", "engine": "daye-forked", "parameters": {}, "schedule": "daily",
          "slot": "2026-06-09T23:00:00Z", "started": "2026-06-09T23:00:00+00:00", "time_zone": "Asia/Shanghai"},
  "schema_version": 1
}"""


def test_case_48_the_manifests_of_the_first_release_still_say_what_is_done(make: Make, tmp_path: Path) -> None:
    """After an upgrade no slot is made a second time; this text must never be changed to fit the code."""
    folder = tmp_path / "reports" / "small" / "2026-06-10-zh-1a2b3c4d"  # where earlier releases put it
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(FIRST_RELEASE, encoding="utf-8")
    (folder / "report.pdf").write_bytes(b"%PDF")
    descriptor = help_.write_package(tmp_path) / "datapackage.json"
    named = json.loads(descriptor.read_text(encoding="utf-8")) | {"name": "example"}
    descriptor.write_text(json.dumps(named, ensure_ascii=False), encoding="utf-8")
    assert make() == []
    schedules = read_schedules(tmp_path / "schedule.toml", tmp_path / "notebooks")
    (found,) = status(schedules, tmp_path / "reports", "example", NOW)
    assert [each.state for each in found.slots] == ["done"]
    assert prune(tmp_path / "reports", keep=1).runs == ()


def test_case_25_a_dead_kernel_is_retried_with_backoff_and_again_at_the_next_call(make: Make, tmp_path: Path) -> None:
    """The notebook dies twice, then lives: two retries suffice; one does not, but the next call goes on."""
    count = tmp_path / "count"
    write(
        tmp_path,
        f"import os, pathlib\np = pathlib.Path({str(count)!r})\nn = int(p.read_text()) if p.exists() else 0\n"
        "p.write_text(str(n + 1))\nif n < 2: os._exit(1)\nprint('alive')",
    )
    started = time.monotonic()
    made = make(SCHEDULE + 'retries = 1\nbackoff = "0.2s"')
    assert time.monotonic() - started >= 0.2
    assert told(made) == [("2026-06-10", "failed", 6)]
    assert made[0].outcome.attempts == 2
    assert told(make()) == [("2026-06-10", "published", 0)]
    assert not help_.failures_of(tmp_path)


TWICE_A_DAY = SCHEDULE.replace("0 7 * * *", "0 7,19 * * *")


def test_two_slots_of_one_day_and_data_are_one_report_and_both_done(make: Make, tmp_path: Path) -> None:
    """The second finds the first's report standing, says so once, and stays done when the notebook is improved."""
    assert told(make(TWICE_A_DAY, NOW.replace(hour=1))) == [("2026-06-10", "published", 0)]
    assert told(make(TWICE_A_DAY)) == [("2026-06-10", "skipped", 0)]
    assert make(TWICE_A_DAY) == []
    write(tmp_path, "print('better')")
    assert make(TWICE_A_DAY) == []
    (folder,) = help_.reports_of(tmp_path)
    assert [each["slot"] for each in read_manifest(folder).occasions()] == ["2026-06-09T23:00:00Z", "2026-06-10T11:00:00Z"]
    check_files(folder, read_manifest(folder))
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


def test_a_second_slot_of_a_day_whose_data_changed_has_a_report_of_its_own(make: Make, tmp_path: Path) -> None:
    """Nothing is lost: the evening's report shows what was added at noon."""
    make(TWICE_A_DAY, NOW.replace(hour=1))
    descriptor = tmp_path / "example" / "datapackage.json"
    descriptor.write_text(descriptor.read_text(encoding="utf-8").replace('"version": "', '"version": "9'), encoding="utf-8")
    assert told(make(TWICE_A_DAY)) == [("2026-06-10", "published", 0)]
    assert len(help_.reports_of(tmp_path)) == 2


def test_two_schedules_that_want_the_same_report_share_it(make: Make, tmp_path: Path) -> None:
    """One run, exit 0 for both, and none is due any more; a failure is told for both and happened once."""
    both = SCHEDULE + SCHEDULE.replace("daily", "weekly").replace("0 7 * * *", "0 6 * * 3")
    assert sorted(told(make(both))) == [("2026-06-10", "published", 0), ("2026-06-10", "skipped", 0)]
    assert make(both) == []
    assert len(help_.reports_of(tmp_path)) == 1
    write(tmp_path, "1 / 0")
    later = NOW.replace(day=17)
    failed = make(both, later)
    assert told(failed) == [("2026-06-17", "failed", 1)] * 2
    assert [due.outcome.attempts for due in failed] == [1, 1]


def test_a_slot_that_waited_for_its_report_is_done_with_it(tmp_path: Path, forked: ForkServer) -> None:
    """Another process publishes the same report while the slot waits for the lock: nothing is left due."""
    plan = help_.plan(tmp_path, "print(1)")
    theirs = make_run(plan, Settings(tmp_path / "elsewhere", renderer=help_.RENDERER), forked)
    slot = {"schedule": "daily", "slot": "2026-06-09T23:00:00Z", "parameters": {}}

    def publish_meanwhile(stage: str) -> None:
        if stage == "lock-taken":
            shutil.copytree(theirs.folder, publish.destination(tmp_path / "reports", plan.identity))

    found = make_run(plan, help_.settings(tmp_path, occasion=slot, on_stage=publish_meanwhile), forked)
    assert found.status == "skipped"
    assert slot in [dict(each) for each in read_manifest(found.folder).occasions()]


def test_parameters_languages_and_grid_are_all_made(make: Make, tmp_path: Path) -> None:
    """Two languages times two values, under one schedule."""
    help_.write_notebook(
        tmp_path / "notebooks", help_.notebook("print(top, language)", parameters=f"{help_.PARAMETERS}\ntop: int = 1")
    )
    made = make(SCHEDULE + 'languages = ["zh", "en"]\n[schedule.grid]\ntop = [1, 2]')
    assert [due.outcome.status for due in made] == ["published"] * 4
    texts = {help_.printed(json.loads((f / "report.ipynb").read_text())) for f in help_.reports_of(tmp_path)}
    assert texts == {"1 zh\n", "2 zh\n", "1 en\n", "2 en\n"}
    assert make(SCHEDULE + 'languages = ["zh", "en"]\n[schedule.grid]\ntop = [1, 2]') == []


@pytest.mark.parametrize("many", [6, pytest.param(20, marks=pytest.mark.slow)])
def test_case_32_twenty_processes_make_one_report(make: Make, tmp_path: Path, many: int) -> None:
    """All ask at once for the same slot: one execution, the others exit 0 or 5, one folder."""
    log = tmp_path / "log"
    write(tmp_path, f"import time\nopen({str(log)!r}, 'a').write('ran ')\ntime.sleep(1)")
    make(now=datetime(2020, 1, 1, tzinfo=UTC), schedule=SCHEDULE + "start = 2025-01-01")
    (tmp_path / "schedule.toml").write_text(SCHEDULE, encoding="utf-8")
    call = f"run_due_once({str(tmp_path)!r}, {NOW.isoformat()!r})"
    processes = [help_.other_process(call) for _ in range(many)]
    results = [(process.communicate(timeout=300), process.returncode) for process in processes]
    assert {code for _, code in results} <= {0, 5}, [told_ for (_, told_), _ in results]
    assert sum(out == b"published" for (out, _), _ in results) == 1
    assert log.read_text() == "ran "
    assert len(help_.reports_of(tmp_path)) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_case_28_serve_ends_in_order_and_goes_on_where_it_stopped(number: int, code: int, tmp_path: Path) -> None:
    """SIGTERM or Ctrl-C during a run: exit 143 or 130, the run marked; the next `serve` makes the report."""
    (tmp_path / "notebooks").mkdir()
    marker = tmp_path / "marker"
    write(tmp_path, f"import pathlib, time\np = pathlib.Path({str(marker)!r})\nif not p.exists():\n    p.touch()\n    time.sleep(600)")
    help_.write_package(tmp_path)
    (tmp_path / "schedule.toml").write_text(SCHEDULE, encoding="utf-8")
    process = help_.other_process(f"serve_here({str(tmp_path)!r})")
    wait_until(marker.exists)
    process.send_signal(number)
    _, told_ = process.communicate(timeout=60)
    assert process.returncode == code, told_
    assert help_.reports_of(tmp_path) == []
    (kept,) = help_.failures_of(tmp_path)
    assert json.loads((kept / "failure.json").read_text())["problems"][0]["code"] == "run.interrupted"
    process = help_.other_process(f"serve_here({str(tmp_path)!r})")
    wait_until(lambda: bool(help_.reports_of(tmp_path)))
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == code


def test_serve_looks_again_and_again_never_twice_at_once_and_ends_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that was asleep: it looks when it wakes; SIGTERM comes during the third look, which is told and waited for."""
    monkeypatch.setattr(schedule_serve, "LONGEST_SLEEP", timedelta(milliseconds=20))
    (tmp_path / "notebooks").mkdir()
    write(tmp_path, "print(1)")
    (tmp_path / "schedule.toml").write_text(SCHEDULE, encoding="utf-8")
    looks: list[bool] = []
    ended = []

    def make_due(stop: threading.Event) -> None:
        looks.append(stop.is_set())
        if len(looks) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
            ended.append(stop.wait(30))

    with pytest.raises(Terminated):
        serve(read_schedules(tmp_path / "schedule.toml", tmp_path / "notebooks"), make_due)
    assert looks == [False] * 3
    assert ended == [True]


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_status_says_where_every_task_stands(make: Make, tmp_path: Path) -> None:
    """Due, overdue, done, failed, missed, the last slots newest first; and what comes next. Only the last one makes it unwell."""

    def states(now: datetime = NOW, schedule: str = SCHEDULE, well: bool = True) -> list[str]:
        (tmp_path / "schedule.toml").write_text(schedule, encoding="utf-8")
        read = read_schedules(tmp_path / "schedule.toml", tmp_path / "notebooks")
        (found,) = status(read, tmp_path / "reports", help_.package_name(tmp_path), now, last=3)
        assert str(found.next)[11:13] == "23"
        assert found.is_well == well
        return [each.state for each in found.slots]

    assert states(NOW.replace(day=9, hour=23, minute=59)) == ["due"]
    assert states(well=False) == ["overdue"]
    assert states(schedule=SCHEDULE + 'catch_up = "none"', well=False) == ["missed"]
    make()
    assert states() == ["done"]
    write(tmp_path, "1 / 0")
    make(now=NOW.replace(day=11))
    assert states(NOW.replace(day=11), well=False) == ["failed", "done"]
    write(tmp_path, "1")
    make(now=NOW.replace(day=13))
    assert states(NOW.replace(day=13)) == ["done", "missed", "failed"]


def test_the_clock_wakes_at_the_next_slot_and_every_five_minutes_at_the_latest(make: Make, tmp_path: Path) -> None:
    """After sleep or a changed clock, what is due is noticed within five minutes."""
    make()
    schedules = read_schedules(tmp_path / "schedule.toml", tmp_path / "notebooks")
    assert wake_after(schedules, NOW) == NOW.replace(minute=5)
    assert wake_after(schedules, NOW.replace(hour=22, minute=58)) == NOW.replace(hour=23)


def test_case_29_a_full_disk_is_told_and_healed_by_the_next_call(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is injected at the last step: exit 6, nothing published, then made."""
    with monkeypatch.context() as patched:
        patched.setattr(publish, "publish", _full)
        assert told(make()) == [("2026-06-10", "failed", InfrastructureFailed.exit_code)]
    assert help_.reports_of(tmp_path) == []
    assert told(make()) == [("2026-06-10", "published", 0)]


def _full(*_: Path) -> None:
    raise OSError(28, os.strerror(28))


PLACE = Invocation(Path("/opt/my venv/bin/daye"), Path("/srv/100% reports"))


@pytest.mark.parametrize("kind", ["systemd", "systemd-system", "cron", "github", "windows"])
def test_units_call_run_due_and_survive_odd_paths(kind: Any) -> None:
    """Blanks and percent signs in a path are quoted as each clock needs it; each keeps a number of reports."""
    import yaml

    files = unit(kind, PLACE)
    text = "\n".join(files.values())
    assert "schedule run-due --keep 24" in text
    if kind == "cron":
        assert text.endswith("cd '/srv/100\\% reports' && '/opt/my venv/bin/daye' schedule run-due --keep 24 --quiet\n")
    elif kind.startswith("systemd"):
        assert 'ExecStart="/opt/my venv/bin/daye" schedule run-due' in text
        assert "WorkingDirectory=/srv/100%% reports" in text
        assert "OnFailure=daye-reports-failed.service" in text
        assert ("User=" in text) == (kind == "systemd-system") == ("enable-linger" not in text)
    elif kind == "github":
        steps = yaml.safe_load(text)["jobs"]["run-due"]["steps"]
        assert "daye schedule run-due --keep 24" in [step.get("run") for step in steps]


@pytest.mark.parametrize("kind", ["systemd", "systemd-system"])
def test_systemd_finds_nothing_wrong_with_its_units(kind: Any, tmp_path: Path) -> None:
    """By its own checker, where it is installed; and it does find a slip."""
    checker = shutil.which("systemd-analyze")
    if checker is None:
        pytest.skip("systemd-analyze is not installed")

    def said(files: dict[str, str]) -> str:
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        words = [checker, "verify", *(["--user"] if kind == "systemd" else []), str(tmp_path / "daye-reports.timer")]
        words += [str(tmp_path / "daye-reports.service"), str(tmp_path / "daye-reports-failed.service")]
        environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
        done = subprocess.run(words, capture_output=True, encoding="utf-8", env=environment)
        return "\n".join(line for line in (done.stdout + done.stderr).splitlines() if "daye-reports" in line)

    files = dict(unit(kind, Invocation(Path(sys.executable), tmp_path)))
    assert said(files) == ""
    assert "Shell" in said({name: content.replace("Type=oneshot", "Shell=no") for name, content in files.items()})


@pytest.mark.parametrize(
    ("cron", "wakes"),
    [
        ("0 7 3 * *", ["7 7 3 * *", "7 10 3 * *"]),
        ("30 22 5 1,4,7,10 *", ["30 22 5 1,4,7,10 *"]),
        ("*/10 * * * 1-5", ["*/10 * * * 1-5"]),
        ("* * * * *", ["*/15 * * * *"]),
        ("15 6 L * *", ["15 6 * * *", "15 9 * * *"]),
        ("15 6 * * 1#1", ["15 6 * * *", "15 9 * * *"]),
    ],
)
def test_github_is_called_when_slots_come_and_once_more(cron: str, wakes: list[str], make: Make, tmp_path: Path) -> None:
    """In the schedule's own zone; what GitHub's cron cannot say becomes every day."""
    import yaml

    make()
    (tmp_path / "schedule.toml").write_text(SCHEDULE.replace("0 7 * * *", cron), encoding="utf-8")
    place = replace(PLACE, schedules=read_schedules(tmp_path / "schedule.toml", tmp_path / "notebooks"))
    (workflow,) = unit("github", place).values()
    found = yaml.safe_load(workflow)[True]["schedule"]
    assert [each["cron"] for each in found] == wakes
    assert {each["timezone"] for each in found} == {"Asia/Shanghai"}
