"""Runs that are killed, doubled, starved of disk or watched while publishing: cases 27 to 34 of the robustness list."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_

from daye_analysis.errors import Busy, InfrastructureFailed, NotReadable
from daye_analysis.reporting.execution.execute import ForkServer
from daye_analysis.reporting.publishing import publish, shared_files
from daye_analysis.reporting.publishing.latest import update_latest
from daye_analysis.reporting.publishing.manifest import check_files, read_manifest
from daye_analysis.reporting.runs.run import make

HANGS = "import pathlib, time\npathlib.Path({marker!r}).write_text('here')\ntime.sleep(600)"


@pytest.fixture
def forked() -> ForkServer:
    """The one fork server of all tests."""
    return help_.shared_server()


def wait_for(path: Path, seconds: float = 60) -> None:
    """Wait until a file is there."""
    deadline = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} never came"
        time.sleep(0.02)


def other_process(folder: Path, call: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start another Python whose import path names `folder`, which all that it starts inherit: forks, kernels, shells."""
    path = os.pathsep.join([os.environ["PYTHONPATH"], str(folder)])
    return help_.other_process(call, PYTHONPATH=path, **environment)


def started_for(folder: Path) -> list[int]:
    """Return the living processes that were started by `other_process` for `folder`, or by one of these."""
    import psutil

    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            inherited = process.environ().get("PYTHONPATH", "").split(os.pathsep)
            if str(folder) in inherited and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
    return found


def assert_nothing_lives_on(folder: Path, seconds: float = 5) -> None:
    """Wait until no process is left that was started for `folder`; fail after some seconds."""
    deadline = time.monotonic() + seconds
    while started_for(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not started_for(folder)


@pytest.mark.parametrize("stage", ["lock-taken", "staged", "before-rename", "after-rename"])
def test_case_27_killed_at_a_stage_the_next_run_leaves_one_whole_report(
    stage: str, tmp_path: Path, forked: ForkServer
) -> None:
    """SIGKILL of the whole command; then exactly one published report, no half file, the copy for people there."""
    process = other_process(tmp_path, f"drive({str(tmp_path)!r}, {stage!r})")
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    published_before = help_.reports_of(tmp_path)
    assert len(published_before) == (1 if stage == "after-rename" else 0)
    result = help_.run(tmp_path, forked, "print(1)")
    assert result.status == ("skipped" if stage == "after-rename" else "published")
    assert help_.reports_of(tmp_path) == [result.folder]
    check_files(result.folder, read_manifest(result.folder))
    assert not list((tmp_path / "reports").glob("small*/.staging*"))
    assert help_.latest_of(tmp_path).read_bytes() == (result.folder / "report.pdf").read_bytes()


def test_case_27_killed_in_a_cell_nothing_lives_on_and_the_next_run_succeeds(
    tmp_path: Path, forked: ForkServer
) -> None:
    """The fork server sees that its command died and kills the notebook's process."""
    marker = tmp_path / "marker"
    process = other_process(tmp_path, f"drive({str(tmp_path)!r}, 'never', {HANGS.format(marker=str(marker))!r})")
    wait_for(marker)
    assert len(started_for(tmp_path)) >= 3
    process.kill()
    process.communicate()
    assert_nothing_lives_on(tmp_path)
    assert help_.reports_of(tmp_path) == []
    assert help_.run(tmp_path, forked, "print(1)").status == "published"


@pytest.mark.parametrize("way", ["forked", "kernel"])
def test_case_27_killed_when_the_kernel_has_just_started_nothing_lives_on_and_the_next_run_succeeds(
    way: str, tmp_path: Path, forked: ForkServer
) -> None:
    """Before the first cell: a process that starts when no one watches it any more must end by itself, and says nothing."""
    go = tmp_path / "go"
    source = f"import pathlib, time\nwhile not pathlib.Path({str(go)!r}).exists(): time.sleep(0.1)"
    process = other_process(tmp_path, f"drive_to_start({str(tmp_path)!r}, {way!r}, {source!r})")
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    assert_nothing_lives_on(tmp_path, 15)
    assert help_.reports_of(tmp_path) == []
    go.touch()
    assert help_.run(tmp_path, forked, source).status == "published"
    assert not list((tmp_path / "reports").glob("small*/.staging*"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_case_28_asked_to_end_a_run_is_marked_and_its_processes_are_gone(
    number: int, code: int, tmp_path: Path
) -> None:
    """Exit 143 or 130, the notebook kept with the mark, and the same command works afterwards."""
    marker = tmp_path / "marker"
    process = other_process(tmp_path, f"drive({str(tmp_path)!r}, 'never', {HANGS.format(marker=str(marker))!r})")
    wait_for(marker)
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    assert process.returncode == code, told
    assert_nothing_lives_on(tmp_path)
    assert b"run.interrupted" in told
    kept = help_.failures_of(tmp_path)
    assert len(kept) == 1
    assert "RunFailed" in (kept[0] / "report.ipynb").read_text(encoding="utf-8")
    assert json.loads((kept[0] / "failure.json").read_text(encoding="utf-8"))["exit_code"] == code
    assert not list((tmp_path / "reports").glob("small*/.staging*"))


@contextlib.contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A file system of some size at `folder`, where this user may mount one; else the test is skipped."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    if done.returncode:
        pytest.skip("mounting a file system takes privileges that are not given here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB as the reports folder."""
    with mounted(tmp_path / "reports", "2m") as folder:
        yield folder


@pytest.fixture
def full_tmp(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB without a free byte."""
    with mounted(tmp_path / "tmp", "64k") as folder:
        with contextlib.suppress(OSError), (folder / "filler").open("wb", buffering=0) as stream:
            while True:
                stream.write(b"x" * 1024)
        yield folder


def leave_free(folder: Path, size: int) -> None:
    """Fill the file system of `folder` until only `size` bytes are free."""
    (folder / "filler").write_bytes(b"x" * (shutil.disk_usage(folder).free - size))


@pytest.mark.parametrize("source", ["print(2)", "print('x' * 60_000)", "open('large', 'wb').write(b'x' * 10**6)"])
def test_case_29_a_full_disk_leaves_the_previous_report_as_it_was(
    source: str, small_disk: Path, tmp_path: Path, forked: ForkServer
) -> None:
    """64 KB free, filled while preparing, while writing the report, or by a cell: exit 6, the first report as it was."""
    first = help_.run(tmp_path, forked, "print(1)")
    before = {path: path.read_bytes() for path in first.files}
    leave_free(small_disk, 64 * 1024)
    with pytest.raises(InfrastructureFailed) as caught:
        help_.run(tmp_path, forked, source)
    assert caught.value.exit_code == 6
    assert {path: path.read_bytes() for path in first.files} == before
    check_files(first.folder, read_manifest(first.folder))
    assert help_.reports_of(tmp_path) == [first.folder]
    assert not list(small_disk.glob("small*/.staging*"))
    (small_disk / "filler").unlink()
    if "large" not in source:
        assert help_.run(tmp_path, forked, source).status == "published"


def test_case_29_a_full_folder_for_temporary_files_stops_no_report(full_tmp: Path, tmp_path: Path, forked: ForkServer) -> None:
    """TMPDIR of 64 KB, all used: the real printer and the notebook's own temporary files need nothing from there."""
    first = help_.run(tmp_path, forked, "print(1)")
    before = {path: path.read_bytes() for path in first.files}
    source = "import tempfile; tempfile.TemporaryFile().write(b'x' * 10**6); print(2)"
    process = other_process(tmp_path, f"print_really({str(tmp_path)!r}, {source!r})", TMPDIR=str(full_tmp))
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told
    assert {path: path.read_bytes() for path in first.files} == before
    assert len(help_.reports_of(tmp_path)) == 2
    for folder in help_.reports_of(tmp_path):
        check_files(folder, read_manifest(folder))


def test_case_30_a_read_only_file_system_is_told_before_a_kernel_starts(small_disk: Path, tmp_path: Path) -> None:
    """Exit 3 from the system's own refusal, without any process started."""
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(NotReadable) as caught:
        make(help_.plan(tmp_path, "print(1)"), help_.settings(tmp_path), None)
    assert caught.value.problems[0].code == "reports.not-writable"


def test_case_29_a_failing_write_is_told_as_infrastructure(
    tmp_path: Path, forked: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is injected where the finished folder is moved, for systems on which no small disk can be mounted."""

    def full(*_: Path) -> None:
        raise OSError(28, "No space left on device")

    first = help_.run(tmp_path, forked, "print(1)")
    monkeypatch.setattr(publish, "publish", full)
    with pytest.raises(InfrastructureFailed) as caught:
        help_.run(tmp_path, forked, "print(2)")
    assert caught.value.problems[0].code == "run.system"
    assert help_.reports_of(tmp_path) == [first.folder]


def test_case_29_a_full_disk_while_the_copy_for_people_is_written_is_told_and_healed(
    tmp_path: Path, forked: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Injected: the report is by then, the old copy stays whole, and the next call brings the new one."""
    help_.run(tmp_path, forked, "print(1)")
    latest = help_.latest_of(tmp_path)
    old = latest.read_bytes()

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(shared_files, "replace_file", full)
        for _ in range(2):  # when it was just published, and when it is found standing
            with pytest.raises(InfrastructureFailed):
                help_.run(tmp_path, forked, "print(2)")
    assert latest.read_bytes() == old
    assert help_.run(tmp_path, forked, "print(2)").status == "skipped"
    assert latest.read_bytes() != old


def test_case_32_the_same_run_twenty_times_at_once_is_made_once(tmp_path: Path, forked: ForkServer) -> None:
    """Twenty threads with their own locks and one plan: one publishes, the others find it, or find it being made."""
    plan = help_.plan(tmp_path, "import time\ntime.sleep(0.3)\nprint(1)")
    told: list[str] = []

    def one() -> None:
        try:
            told.append(make(plan, help_.settings(tmp_path), forked).status)
        except Busy as busy:
            assert busy.exit_code == 5
            told.append("busy")

    threads = [threading.Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count("published") == 1
    assert len(told) == 20
    assert len(help_.reports_of(tmp_path)) == 1


def test_case_33_a_reader_never_meets_a_missing_empty_or_mixed_pair(tmp_path: Path, forked: ForkServer) -> None:
    """While 100 reports are published, every PDF in `latest` is whole and belongs to a published manifest."""
    result = help_.run(tmp_path, forked, "print(0)")
    latest = help_.latest_of(tmp_path)
    wrong: list[str] = []
    reads = 0
    done = threading.Event()

    def known_hashes() -> set[str]:
        folders = help_.reports_of(tmp_path)
        return {read_manifest(folder).outputs["report.pdf"]["sha256"] for folder in folders}

    def read() -> None:
        nonlocal reads
        while not done.is_set():
            data = latest.read_bytes()
            reads += 1
            if hashlib.sha256(data).hexdigest() not in known_hashes():
                wrong.append(f"{len(data)} bytes that no manifest knows")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(100):
            publish_variant(result, tmp_path, number)
    finally:
        done.set()
        reader.join()
    assert not wrong
    assert reads > 20


def publish_variant(result: Any, folder: Path, number: int) -> None:
    """Publish a copy of a run under a new identity, by the runner's own last steps."""
    from dataclasses import replace

    from daye_analysis.reporting.publishing.manifest import file_outputs, manifest_bytes

    identity = replace(result.identity, notebook_sha256=f"{number:064d}")
    staging = publish.new_staging(folder / "reports", identity)
    shutil.copytree(result.folder, staging / "run")
    (staging / "run" / "report.pdf").write_bytes(b"%PDF" + os.urandom(20_000))
    outputs = file_outputs(staging / "run")
    (staging / "run" / "manifest.json").write_bytes(manifest_bytes(identity, outputs, {}))
    publish.publish(staging / "run", publish.destination(folder / "reports", identity))
    update_latest(folder / "reports", identity)
    shutil.rmtree(staging)


def test_case_34_a_lock_left_by_a_dead_process_is_taken_at_once(tmp_path: Path, forked: ForkServer) -> None:
    """The file stays behind, with a number of a process that lives and has nothing to do with it; no one is killed."""
    process = help_.other_process(f"drive({str(tmp_path)!r}, 'lock-taken')")
    process.communicate(timeout=120)
    locks = list((tmp_path / "reports" / ".locks").iterdir())
    assert len(locks) == 1
    bystander = subprocess.Popen(["sleep", "60"])
    locks[0].write_text(str(bystander.pid))
    try:
        assert help_.run(tmp_path, forked, "print(1)").status == "published"
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_an_older_day_does_not_replace_the_copy_for_people(tmp_path: Path, forked: ForkServer) -> None:
    """`latest` holds the report with the latest `as_of`."""
    newer = help_.run(tmp_path, forked, "print(1)", as_of="2025-06-30")
    help_.run(tmp_path, forked, "print(1)", as_of="2024-06-30")
    latest = help_.latest_of(tmp_path)
    assert latest.read_bytes() == (newer.folder / "report.pdf").read_bytes()


def test_an_older_day_that_is_copied_late_does_not_stay_in_place_of_a_newer_one(
    tmp_path: Path, forked: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two days at once: the later is published and copied while the earlier is about to copy its own."""
    older = help_.run(tmp_path, forked, "print(1)", as_of="2024-06-30")
    latest = help_.latest_of(tmp_path)
    latest.unlink()
    replace_file = shared_files.replace_file
    newer = help_.plan(tmp_path, "print(1)", as_of="2025-06-30")
    place = publish.destination(tmp_path / "reports", newer.identity)
    other = threading.Thread(target=make, args=(newer, help_.settings(tmp_path), forked))

    def late(path: Path, data: bytes) -> None:
        if not other.ident:
            other.start()
            wait_for(place)
        replace_file(path, data)

    monkeypatch.setattr(shared_files, "replace_file", late)
    update_latest(tmp_path / "reports", older.identity)
    other.join()
    assert latest.read_bytes() == (place / "report.pdf").read_bytes()
