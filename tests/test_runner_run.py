"""One report: what it holds, that it is skipped when it is, and that a failed run changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_
from example_package import write_example_package

from daye_analysis.errors import CheckFailed, DayeError, InfrastructureFailed, NotReadable, WrongUsage
from daye_analysis.reporting.execution.execute import ForkServer, PlainKernels, RunLimits, Starter, TimedOut
from daye_analysis.reporting.runs.plan import frozen_as_of, plan_run
from daye_analysis.reporting.runs.run import make, run_report


@pytest.fixture
def forked() -> ForkServer:
    """One fork server for all tests, as one command has one for all its reports."""
    return help_.shared_server()


@pytest.fixture(params=["forked", "kernel"])
def starter(request: pytest.FixtureRequest, forked: ForkServer) -> Starter:
    """Both ways to run a notebook."""
    return forked if request.param == "forked" else PlainKernels()


def failure(folder: Path, starter: Starter, *sources: str, **given: Any) -> DayeError:
    """Run, expect a failure, and return it."""
    with pytest.raises(DayeError) as caught:
        help_.run(folder, starter, *sources, **given)
    assert not list((folder / "reports").glob("small/2*"))
    assert not list((folder / "reports").glob("small/.staging*"))
    return caught.value


def kept_text(error: DayeError) -> str:
    """Return the executed notebook that the failed run kept."""
    return (Path(error.problems[0].where) / "report.ipynb").read_text(encoding="utf-8")


def test_a_report_has_its_files_its_manifest_and_its_copy(tmp_path: Path, starter: Starter) -> None:
    """What design.md promises is in the run's folder."""
    source = "import pandas as pd\nfrom daye_analysis.reporting.publishing.output_folder import write_output\n"
    result = help_.run(
        tmp_path, starter, source + "write_output('assessments.csv', pd.DataFrame({'a': [1]}))", outputs=["assessments.csv"]
    )
    assert result.status == "published"
    assert result.folder.parent.parent == tmp_path / "reports"
    assert result.folder.parent.name.startswith("small-")
    assert result.folder.name == f"2025-06-30-zh-{result.identity.sha256[:8]}"
    assert [path.name for path in result.files] == [
        "assessments.csv", "manifest.json", "report.html", "report.ipynb", "report.pdf",
    ]  # fmt: skip
    manifest = json.loads((result.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["identity_sha256"] == result.identity.sha256
    assert set(manifest["outputs"]) == {"assessments.csv", "report.html", "report.ipynb", "report.pdf"}
    assert manifest["outputs"]["assessments.csv"]["bytes"] == 4
    latest = help_.latest_of(tmp_path)
    assert latest.read_bytes() == (result.folder / "report.pdf").read_bytes()


def test_parameters_reach_the_notebook_exactly(tmp_path: Path, starter: Starter) -> None:
    """Case 20 through a whole run: quotes, backslash, line break, `${}`, Chinese, emoji, a million characters."""
    text = "'\"\\\n${HOME} {x} 大冶 🏭\u202e\t" + "长x" * 500_000
    result = help_.run(
        tmp_path,
        starter,
        "import hashlib\nprint(hashlib.sha256(text.encode()).hexdigest(), day, number, language, as_of)\n"
        "assert type(day) is datetime.date",
        declare='from datetime import date\ntext: str = ""\nday: date = date(2000, 1, 1)\nnumber: float = 0.1',
        text=text,
        day=date(2024, 2, 29),
        number=-1e-300,
    )
    import hashlib

    expected = f"{hashlib.sha256(text.encode()).hexdigest()} 2024-02-29 -1e-300 zh 2025-06-30\n"
    assert help_.printed(help_.executed(result)) == expected


def test_the_same_run_is_skipped_and_another_is_not(tmp_path: Path, forked: ForkServer) -> None:
    """Opening and running the notebook changes nothing; a source, a value or the data do. One in another folder has its own series."""
    first = help_.run(tmp_path, forked, "print(1)")
    assert help_.run(tmp_path, forked, "print(1)").status == "skipped"
    content = help_.notebook("print(1)")
    content["cells"][1].update(outputs=[{"output_type": "stream", "name": "stdout", "text": "1\n"}], execution_count=7)
    package = tmp_path / "example"
    path = help_.write_notebook(tmp_path, content)
    opened = plan_run(path, {}, package_path=package, as_of=help_.AS_OF, language="zh", code=help_.CODE)
    assert make(opened, help_.settings(tmp_path), forked).status == "skipped"
    (tmp_path / "moved").mkdir()
    path = help_.write_notebook(tmp_path / "moved", content)
    moved = plan_run(path, {}, package_path=package, as_of=help_.AS_OF, language="zh", code=help_.CODE)
    assert moved.identity.sha256 == first.identity.sha256
    assert moved.identity.series != first.identity.series
    for changed in (
        help_.plan(tmp_path, "print(2)"),
        help_.plan(tmp_path, "print(1)", language="en"),
        help_.plan(tmp_path, "print(1)", as_of="2025-06-29"),
        help_.plan(tmp_path, "print(1)", declare="x: int = 1"),
    ):
        assert changed.identity.sha256 != first.identity.sha256


def test_a_skip_takes_no_kernel_and_hardly_any_time(tmp_path: Path, forked: ForkServer) -> None:
    """Nothing changed: found out by reading and hashing alone."""

    class NoStarter:
        def start(self, job: Any) -> Any:
            raise AssertionError(f"no process may start: {job}")

    help_.run(tmp_path, forked, "print(1)")
    begun = time.process_time()
    result = make(help_.plan(tmp_path, "print(1)"), help_.settings(tmp_path), NoStarter())
    assert time.process_time() - begun < 0.1
    assert result.status == "skipped"


def test_the_other_language_is_left_out(tmp_path: Path, forked: ForkServer) -> None:
    """A report keeps the Markdown cells of its own language and those of none."""
    content = help_.notebook("1")
    content["cells"] += [help_.text_cell("中文", "zh"), help_.text_cell("English", "en"), help_.text_cell("both")]
    path = help_.write_notebook(tmp_path, content)
    plan = plan_run(
        path, {}, package_path=help_.write_package(tmp_path), as_of="2025-01-01", language="en", code=help_.CODE
    )
    cells = help_.executed(make(plan, help_.settings(tmp_path), forked))["cells"]
    assert ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"] == ["English", "both"]


@pytest.mark.parametrize(
    ("source", "told", "way"),
    [
        ("!exit 3", "CalledProcessError", "forked"),
        ("!exit 3", "CalledProcessError", "kernel"),
        ("lines = !false", "CalledProcessError", "forked"),
        ("%%bash\nexit 4", "CalledProcessError", "forked"),
        ("import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()", "ZeroDivisionError", "forked"),
        pytest.param(
            "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()", "ZeroDivisionError", "kernel", marks=pytest.mark.slow
        ),
        ("import sys\nsys.exit(0)", "SystemExit", "forked"),
        pytest.param("import sys\nsys.exit(0)", "SystemExit", "kernel", marks=pytest.mark.slow),
        ("exit()", "exit", "forked"),
        ("raise ValueError('no such figure')", "no such figure", "forked"),
    ],
)
def test_case_24_what_fails_silently_elsewhere_fails_here(
    source: str, told: str, way: str, tmp_path: Path, forked: ForkServer
) -> None:
    """Exit 1, the executed notebook kept with the error in view, nothing published."""
    starter = forked if way == "forked" else PlainKernels()
    error = failure(tmp_path, starter, "print('before')", source, "print('after')")
    assert isinstance(error, CheckFailed)
    assert error.exit_code == 1
    assert told in kept_text(error)
    assert "before" in kept_text(error)


def test_case_24_a_declared_output_that_is_missing_fails(tmp_path: Path, forked: ForkServer) -> None:
    """The notebook promised a file and did not write it."""
    error = failure(tmp_path, forked, "1", outputs=["assessments.csv"])
    assert [(problem.code) for problem in error.problems] == ["run.output-missing"]


@pytest.mark.parametrize(
    ("source", "way"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "forked"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "kernel"),
        ("import os\nos._exit(0)", "forked"),
    ],
)
def test_case_25_a_kernel_that_dies_is_infrastructure(source: str, way: str, tmp_path: Path, forked: ForkServer) -> None:
    """Exit 6, state failed, no PDF; the notebook shows which cell it was."""
    error = failure(tmp_path, forked if way == "forked" else PlainKernels(), "print('before')", source)
    assert isinstance(error, InfrastructureFailed)
    assert error.exit_code == 6
    assert error.problems[0].code == "run.kernel-died"
    kept = json.loads(kept_text(error))
    assert [output["ename"] for output in kept["cells"][4]["outputs"]] == ["RunFailed"]
    assert "before" in help_.printed(kept)


def test_case_25_memory_beyond_the_limit_is_infrastructure(tmp_path: Path, forked: ForkServer) -> None:
    """20 GB under a limit of 4: refused by the system, told as such."""
    limits = RunLimits(seconds=60, memory_bytes=4 * 2**30)
    error = failure(tmp_path, forked, "import numpy as np\nx = np.ones(20 * 2**27)", settings={"limits": limits})
    assert (error.exit_code, error.problems[0].code) == (6, "run.out-of-memory")


@pytest.mark.parametrize("way", ["forked", pytest.param("kernel", marks=pytest.mark.slow)])
def test_case_29_a_disk_that_is_full_for_a_cell_is_no_fault_of_the_cell(
    way: str, tmp_path: Path, forked: ForkServer
) -> None:
    """Raised here, really met in the tests of crashes: exit 6, so that a schedule tries again."""
    starter = forked if way == "forked" else PlainKernels()
    error = failure(tmp_path, starter, "raise OSError(28, 'No space left on device', 'assessments.csv')")
    assert (error.exit_code, error.problems[0].code) == (6, "run.system")
    assert "No space left on device" in kept_text(error)


SLEEPS_ELSEWHERE = "import subprocess, time\nsubprocess.Popen(['sleep', '4321'], start_new_session=True)\ntime.sleep(10**6)"
IGNORES_SIGNALS = (
    "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "while True: pass"
)


@pytest.mark.parametrize(
    ("source", "way", "seconds"),
    [
        (SLEEPS_ELSEWHERE, "forked", 2.0),
        pytest.param(SLEEPS_ELSEWHERE, "kernel", 8.0, marks=pytest.mark.slow),
        (IGNORES_SIGNALS, "forked", 2.0),
        ("!sleep 4321", "forked", 2.0),
    ],
)
def test_case_26_a_hanging_run_ends_at_its_limit_with_all_its_processes(
    source: str, way: str, seconds: float, tmp_path: Path, forked: ForkServer
) -> None:
    """124, and nothing of the run is left, not even what took its own session."""
    import psutil

    starter = forked if way == "forked" else PlainKernels()
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    naps = str(100_000 + os.getpid())  # tests may run side by side
    error = failure(tmp_path, starter, source.replace("4321", naps), settings={"limits": RunLimits(seconds=seconds)})
    assert isinstance(error, TimedOut)
    assert error.exit_code == 124
    left = {child.pid for child in psutil.Process().children(recursive=True)} - before
    assert not left
    assert not [p.pid for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", naps]]
    # On a busy machine a cold kernel may not have come to its first cell; that the run failed is said on top anyway.
    assert "此次运行失败" in kept_text(error)


def test_case_26_a_kernel_that_never_starts_ends_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's process is there and never answers: 124, and it is gone."""
    import psutil

    (tmp_path / "sitecustomize.py").write_text(
        "import sys, time\nif any('ipykernel_launcher' in word for word in sys.orig_argv): time.sleep(600)"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]]))
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    error = failure(tmp_path, PlainKernels(), "1", settings={"limits": RunLimits(seconds=5.0)})
    assert error.exit_code == 124
    assert not {child.pid for child in psutil.Process().children(recursive=True)} - before


def test_case_30_a_folder_that_cannot_be_written_is_told_before_a_kernel_starts(tmp_path: Path) -> None:
    """Root may write anywhere, so that a file in the folder's place stands in for a missing permission."""

    class NoStarter:
        def start(self, job: Any) -> Any:
            raise AssertionError(f"no process may start: {job}")

    (tmp_path / "reports").write_text("in the way")
    with pytest.raises(NotReadable) as caught:
        make(help_.plan(tmp_path, "1"), help_.settings(tmp_path), NoStarter())
    assert caught.value.exit_code == 3


def test_case_31_a_package_that_is_not_what_it_states_is_refused(tmp_path: Path) -> None:
    """A table cut short mid-row has another size than the descriptor says."""
    package = tmp_path / "package"
    write_example_package(package)
    table = package / "data" / "targets.csv"
    table.write_bytes(table.read_bytes()[:-9])
    path = help_.write_notebook(tmp_path, help_.notebook("1"))
    with pytest.raises(CheckFailed) as caught:
        plan_run(path, {}, package_path=package, as_of="", language="zh", code=help_.CODE)
    assert caught.value.problems[0].code == "package.bytes-differ"


def test_case_31_a_table_rewritten_during_the_run_changes_nothing(tmp_path: Path, forked: ForkServer) -> None:
    """The notebook reads the copy that was hashed."""
    plan = help_.plan(tmp_path, "import pathlib\nprint(len(pathlib.Path(package).with_name('data').joinpath('targets.csv').read_bytes()))")
    table = tmp_path / "example" / "data" / "targets.csv"
    size = table.stat().st_size
    table.write_bytes(b"overwritten")
    assert help_.printed(help_.executed(make(plan, help_.settings(tmp_path), forked))) == f"{size}\n"


def test_case_37_as_of_is_frozen_shown_and_never_future(tmp_path: Path, forked: ForkServer) -> None:
    """Empty means today and is written into the report; tomorrow is refused before anything starts."""
    today = datetime.now().astimezone().date()
    plan = help_.plan(tmp_path, "print(as_of)", as_of="")
    assert plan.identity.as_of in (today, today + timedelta(days=1))
    result = make(plan, help_.settings(tmp_path), forked)
    assert help_.printed(help_.executed(result)) == f"{plan.identity.as_of}\n"
    assert result.folder.name.startswith(plan.identity.as_of.isoformat())
    for bad in ((datetime.now(UTC) + timedelta(days=2)).date().isoformat(), "2025-13-01", "yesterday"):
        with pytest.raises(WrongUsage):
            frozen_as_of(bad)


@pytest.mark.parametrize("damage", ["truncated", "version", "missing", "file", "other"])
def test_case_40_a_damaged_run_is_made_again_and_the_rest_left_alone(
    damage: str, tmp_path: Path, forked: ForkServer
) -> None:
    """It counts as not done, is moved aside, made again, and that is said."""
    other = help_.run(tmp_path, forked, "print('other')", name="other")
    result = help_.run(tmp_path, forked, "print(1)")
    good = {path.name: path.read_bytes() for path in result.files if path.name != "manifest.json"}
    manifest = result.folder / "manifest.json"
    if damage == "truncated":
        manifest.write_bytes(manifest.read_bytes()[:100])
    elif damage == "version":
        manifest.write_text(manifest.read_text().replace('"schema_version": 1', '"schema_version": 999'))
    elif damage == "missing":
        manifest.unlink()
    elif damage == "file":
        (result.folder / "report.pdf").write_bytes(b"%PDF")
    else:
        shutil.copy(other.folder / "manifest.json", manifest)
    again = help_.run(tmp_path, forked, "print(1)")
    assert again.status == "published"
    assert again.notes
    assert {path.name: path.read_bytes() for path in again.files if path.name != "manifest.json"} == good
    assert len(help_.failures_of(tmp_path)) == 1
    assert help_.run(tmp_path, forked, "print('other')", name="other").status == "skipped"


def test_run_report_is_the_one_door(tmp_path: Path, forked: ForkServer) -> None:
    """The function that a program calls plans and makes in one go, and tells an unknown parameter first."""
    path = help_.write_notebook(tmp_path, help_.notebook("print(language)"))
    package = help_.write_package(tmp_path)
    settings = help_.settings(tmp_path)
    result = run_report(path, {}, package_path=package, as_of="2025-01-01", language="en", settings=settings, starter=forked)
    assert result.status == "published"
    with pytest.raises(WrongUsage):
        run_report(path, {"nope": 1}, package_path=package, settings=settings)
    with pytest.raises(NotReadable):
        run_report(tmp_path / "none.ipynb", {}, package_path=package, settings=settings)


def test_no_secret_path_clock_or_name_of_this_machine_is_in_an_output(tmp_path: Path, starter: Starter) -> None:
    """Case 42. The token is not in the environment that the notebook prints, nor anywhere in the reports folder; what it shows of paths
    and addresses is replaced, and nothing of papermill's remains."""
    assert os.environ["SOME_TOKEN"] == "s3cr3t-t0ken"
    result = help_.run(
        tmp_path, starter, "import os, warnings\nprint(os.getcwd(), object())\nwarnings.warn('careful', stacklevel=1)",
        "print(sorted(os.environ.items()))",
    )  # fmt: skip
    everything = [path for path in (tmp_path / "reports").rglob("*") if path.is_file()]
    assert len(everything) > 4
    assert not [path for path in everything if b"s3cr3t-t0ken" in path.read_bytes()]
    text = (result.folder / "report.ipynb").read_text(encoding="utf-8")
    for word in (str(tmp_path), "papermill", "ipykernel_", f"{Path.home()}/", "0x7"):
        assert word not in text
    assert "<run> <object object at 0x0>" in text
    assert "<cell>:3: UserWarning: careful" in text
