"""What operators hear: each failure once, when it changes and when it ends, by a command and in a log."""

from __future__ import annotations

import http.server
import json
import shutil
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_
from published_help import Writes, in_child

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.reporting.runs.batch import Retry
from daye_analysis.reporting.schedules import notices
from daye_analysis.reporting.schedules import run as schedule_run
from daye_analysis.reporting.schedules.file import read_schedule_file
from daye_analysis.reporting.schedules.notices import News, Notice, call_hook, log_lines, read_notices
from daye_analysis.reporting.schedules.operate import Call, operate

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
# Writes what it is told, in its environment and on its standard input, a line for each call.
HOOK = (
    "import json, os, sys; "
    "print(json.dumps({k: v for k, v in os.environ.items() if k.startswith('DAYE_')} | {'stdin': sys.stdin.read()}), file=open('heard', 'a'))"
)
SCHEDULE = """\
[[schedule]]
name = "daily"
cron = "0 7 * * *"
time_zone = "Asia/Shanghai"
notebooks = ["small"]
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a schedule of one notebook, whose operators have a command and a log."""
    monkeypatch.setattr(schedule_run, "code_state", lambda: help_.CODE)
    (tmp_path / "notebooks").mkdir()
    help_.write_notebook(tmp_path / "notebooks", help_.notebook("1"))
    help_.write_package(tmp_path)
    notify(tmp_path, [sys.executable, "-c", HOOK])
    return tmp_path


def notify(folder: Path, command: list[str]) -> None:
    """Write the schedule with that command."""
    lines = f'[notify]\ncommand = {json.dumps(command)}\nlog = "logs/reports.log"\n'
    (folder / "schedule.toml").write_text(SCHEDULE + lines, encoding="utf-8")


def call(folder: Path, exit_code: int = 0, now: datetime = NOW, retries: int = 0, **options: Any) -> Call:
    """Call as a clock does; the notebook ends with that exit code."""
    file = read_schedule_file(folder / "schedule.toml", folder / "notebooks")
    file = replace(file, schedules=tuple(replace(each, retry=Retry(retries, 0.0)) for each in file.schedules))
    return operate(
        file, reports=folder / "reports", package=folder / "example", now=now, starter=Writes(lambda _job: exit_code),
        settings=help_.settings(folder, **options),
    )  # fmt: skip


def heard(folder: Path) -> list[dict[str, str]]:
    """Return what the command was told, call by call."""
    path = folder / "heard"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_a_failure_is_told_once_then_when_it_changes_and_when_it_ends(place: Path) -> None:
    """Failing, failing still, failing otherwise, corrected: three calls of the command, with the facts."""
    assert [call(place, 6).exit_code for _ in range(3)] == [6, 6, 6]
    (first,) = heard(place)
    assert (first["DAYE_EVENT"], first["DAYE_COUNT"]) == ("failed", "1")
    (fact,) = json.loads(first["DAYE_NEWS"])
    assert (fact["schedule"], fact["slot"], fact["exit_code"]) == ("daily", "2026-06-09T23:00:00Z", 6)
    assert Path(fact["folder"], "failure.json").is_file()
    assert fact["folder"] == first["DAYE_FOLDER"]
    assert fact["folder"] in first["stdin"]
    assert "run.cell-failed" in first["DAYE_MESSAGE"]
    call(place, 1)
    call(place, 1)
    assert [each["DAYE_EVENT"] for each in heard(place)] == ["failed", "changed"]
    help_.write_notebook(place / "notebooks", help_.notebook("2"))
    assert call(place).exit_code == 0
    assert call(place).news == ()
    assert [each["DAYE_EVENT"] for each in heard(place)] == ["failed", "changed", "recovered"]
    assert read_notices(place / "reports") == []
    log = (place / "logs" / "reports.log").read_text(encoding="utf-8").splitlines()
    assert [sum(word in line for line in log) for word in ("failed", "recovered", "published")] == [2, 1, 1]
    assert all(line.startswith("20") and "Z daily " in line for line in log)


def test_a_package_that_cannot_be_read_is_told_once_and_so_is_its_end(place: Path) -> None:
    """It stops all reports: one piece of news, whatever was told of reports goes on."""
    call(place, 1)
    descriptor = place / "example" / "datapackage.json"
    content = descriptor.read_bytes()
    descriptor.write_bytes(b"{")
    for _ in range(2):
        broken = call(place)
        assert (broken.exit_code != 0, bool(broken.unread), broken.due) == (True, True, ())
    descriptor.write_bytes(content)
    call(place, 1)
    assert [each["DAYE_EVENT"] for each in heard(place)] == ["failed", "failed", "recovered"]
    assert heard(place)[1]["stdin"].startswith("package: failed")


def test_a_failure_whose_time_is_over_is_told_as_lapsed(place: Path) -> None:
    """The next day's slot takes its place; the new one's failure is news of its own."""
    call(place, 1)
    call(place, 0, NOW.replace(day=11))
    assert [each["DAYE_EVENT"] for each in heard(place)] == ["failed", "lapsed"]
    assert "2026-06-09T23:00:00Z" in heard(place)[1]["stdin"]


@pytest.mark.parametrize("command", [["no such command"], [sys.executable, "-c", "raise SystemExit(3)"]])
def test_a_command_that_fails_is_told_and_called_again_next_time(command: list[str], place: Path) -> None:
    """Nothing is lost: the news is told when the command works; meanwhile the call exits with 6."""
    notify(place, command)
    made = call(place, 1)
    assert [problem.code for problem in made.problems] == ["schedule.hook-failed"]
    assert made.exit_code == 6
    notify(place, [sys.executable, "-c", HOOK])
    call(place, 1)
    assert [each["DAYE_EVENT"] for each in heard(place)] == ["failed"]


def test_twenty_calls_at_once_tell_a_failure_once(place: Path) -> None:
    children: list[int] = []
    threads = [threading.Thread(target=lambda: children.append(in_child(lambda: _exit(call(place, 1))))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(children) <= {1, 5, 0}
    assert len(heard(place)) == 1


def _exit(made: Call) -> None:
    import os

    os._exit(made.exit_code)


def test_a_damaged_file_of_notices_costs_a_repetition_and_no_report(place: Path) -> None:
    call(place, 1)
    (place / "reports" / "notices.json").write_text('{"notices": [{"task": 1}]}', encoding="utf-8")
    call(place, 1)
    assert [each["DAYE_EVENT"] for each in heard(place)] == ["failed", "failed"]


def test_waiting_for_a_retry_is_told_at_once_with_the_folder(place: Path) -> None:
    """Before the wait, on the terminal and in the log, not after it."""
    said: list[Text] = []
    call(place, 6, retries=2, print_text=said.append)
    assert [("Trying again" in text.en, "重试" in text.zh) for text in said] == [(True, True)] * 2
    assert "(1/2)" in said[0].en
    assert str(place / "reports" / "failed") in said[0].en


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("by_command", [True, False])
def test_a_log_that_cannot_be_written_is_an_error_and_takes_no_report_nor_news(
    place: Path, by_command: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    """With a command, news is told once, log or not; without one, it is told as soon as the log can be written."""
    if not by_command:
        lines = (place / "schedule.toml").read_text(encoding="utf-8").splitlines()
        (place / "schedule.toml").write_text("\n".join(line for line in lines if not line.startswith("command")), encoding="utf-8")
    log = place / "logs" / "reports.log"
    log.parent.mkdir()
    log.symlink_to("/dev/full")
    first, second = call(place, 6), call(place, 6)
    assert [len(each.news) for each in (first, second)] == [1, 0 if by_command else 1]
    assert {problem.code for each in (first, second) for problem in each.problems} == {"run.system"}
    assert "Logging error" not in capfd.readouterr().err
    log.unlink()
    assert call(place, 6).exit_code == 6
    assert len(heard(place)) == by_command
    assert log.exists() != by_command
    log.unlink(missing_ok=True)
    log.symlink_to("/dev/full")
    made = call(place)
    assert [each.outcome.status for each in made.due] == ["published"] and made.exit_code != 0


def test_the_log_is_rotated(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It never grows beyond its limit; the newest lines are in the file itself."""
    monkeypatch.setattr(notices, "LOG_BYTES", 1000)
    log = place / "logs" / "reports.log"
    (place / "reports").mkdir()
    for number in range(200):
        log_lines(log, place / "reports", [f"line {number}\nof {'长' * 10}"])
    files = sorted(log.parent.iterdir())
    assert len(files) == 1 + notices.LOG_FILES
    assert all(path.stat().st_size <= 1000 for path in files)
    assert "line 199 of" in log.read_text(encoding="utf-8").splitlines()[-1]


def test_thousands_of_failures_fit_into_an_environment(place: Path) -> None:
    """Half a surrogate pair, a null character, a text without end: the command is called all the same."""
    problem = Problem("run.cell-failed", Text("错\ud800\0" * 100, "x\ud800\0" * 100), "", Text("", ""))
    key = json.dumps(["daily", "p", "small", "zh", {"text": "长" * 50}]).encode()
    news = [News("failed", Notice(key, f"slot {number}", 1, None, (problem,))) for number in range(3000)]
    assert call_hook([sys.executable, "-c", HOOK], news, place, "zh") is None
    (told,) = heard(place)
    assert told["DAYE_COUNT"] == "3000"
    assert json.loads(told["DAYE_NEWS"])[0]["slot"] == "slot 0"
    assert told["stdin"].count("slot") == 3000


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("[notify]\ncommand = 3", ["wrong-type"]),
        ('[notify]\ncommand = [""]', ["empty"]),
        ('[notify]\nlogg = "x"', ["unknown-key"]),
        ("notify = 3", ["wrong-type"]),
    ],
)
def test_what_is_wrong_in_notify_is_told_with_its_line(lines: str, codes: list[str], place: Path) -> None:
    before, after = (lines, "") if lines.startswith("notify") else ("", lines)
    (place / "schedule.toml").write_text(f"{before}\n{SCHEDULE}{after}", encoding="utf-8")
    with pytest.raises(WrongUsage) as caught:
        read_schedule_file(place / "schedule.toml", place / "notebooks")
    assert [problem.code for problem in caught.value.problems] == [f"schedule.{code}" for code in codes]


def test_apprise_sends_what_the_command_is_told(place: Path) -> None:
    """The extra `notify`, as docs/runs.md says it: mail, chat and webhooks by a configuration of one's own; here a webhook."""
    program = Path(sys.executable).with_name("apprise")
    if not program.exists() and shutil.which("apprise") is None:
        pytest.skip("apprise is not installed")
    received: list[dict[str, Any]] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *_: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (place / "apprise.yml").write_text(f"urls:\n  - json://127.0.0.1:{server.server_port}\n", encoding="utf-8")
        notify(place, [str(program if program.exists() else "apprise"), "--config", "apprise.yml"])
        assert call(place, 1).problems == ()
        server.shutdown()
    (message,) = received
    assert "daily 2026-06-09T23:00:00Z small (zh)" in message["message"]
    assert "run.cell-failed" in message["message"]
