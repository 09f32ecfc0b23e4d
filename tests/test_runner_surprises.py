"""What no one asked for: damaged notebooks, helpers that are left behind, faults of this library. One fails, the others go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_

from daye_analysis.errors import InfrastructureFailed, NotReadable
from daye_analysis.reporting.command import make_reports
from daye_analysis.reporting.execution.execute import ForkServer, PlainKernels
from daye_analysis.reporting.notebooks.notebook import read_notebook
from daye_analysis.reporting.publishing.failure import read_failure
from daye_analysis.reporting.runs import run as run_module
from daye_analysis.reporting.runs.batch import Order, make_all
from daye_analysis.reporting.schedules.file import read_schedules
from daye_analysis.reporting.schedules.run import run_due
from daye_analysis.reporting.schedules.status import status


def damaged(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Return a notebook after `change`."""
    content = help_.notebook("print(1)")
    content["cells"].append(help_.text_cell("words"))
    change(content)
    return content


FAULTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "cells[1].cell_type": lambda n: n["cells"][1].update(cell_type="cod"),
    "cells[2].cell_type": lambda n: n["cells"].__setitem__(2, "text"),
    "cells[1].source": lambda n: n["cells"][1].update(source=None),
    "cells[2].source": lambda n: n["cells"][2].update(source=["a", 1]),
    "cells[1].metadata": lambda n: n["cells"][1].update(metadata=[]),
    "cells[2].metadata": lambda n: n["cells"][2]["metadata"].update(tags="zh"),
    "cells[1]": lambda n: n["cells"][1].update(outputs={}),
    "cells[2]": lambda n: n["cells"][2].update(attachments={"a.png": [{}]}),
    "metadata": lambda n: n.update(metadata="x"),
    "cells[1].source: half a surrogate pair": lambda n: n["cells"][1].update(source="'\ud800'"),
    "no notebook of format 4": lambda n: n.update(nbformat=3),
}


@pytest.mark.parametrize("where", FAULTS)
def test_a_damaged_notebook_is_told_with_the_place(where: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.ipynb"
    path.write_text(json.dumps(damaged(FAULTS[where])), encoding="utf-8")
    with pytest.raises(NotReadable) as caught:
        read_notebook(path)
    assert f"({where})" in caught.value.problems[0].what.en


@pytest.mark.parametrize(
    "change",
    [
        lambda n: n.pop("metadata"),
        lambda n: n.update(metadata=None),
        lambda n: n["metadata"].update(daye=None),
        lambda n: n["cells"][1].pop("metadata"),
        lambda n: n["cells"][1].update(metadata=None),
        lambda n: n["cells"][1]["metadata"].update(tags=None),
        lambda n: n["cells"][1].pop("outputs"),
        lambda n: n["cells"][1].update(outputs=None),
        lambda n: n["cells"][1].pop("id", None),
    ],
)
def test_what_is_null_or_missing_is_read_as_empty(change: Callable[[dict[str, Any]], object], tmp_path: Path) -> None:
    path = tmp_path / "small.ipynb"
    path.write_text(json.dumps(damaged(change)), encoding="utf-8")
    content = read_notebook(path)
    assert content["cells"][1]["metadata"].get("tags", []) == []
    assert content["cells"][1]["outputs"] == []


def test_a_damaged_notebook_fails_alone(tmp_path: Path) -> None:
    """Between two that are whole: they are made, it is told, and the status is that of what cannot be read."""
    paths = [help_.write_notebook(tmp_path, help_.notebook(f"print({at})"), f"small{at}") for at in range(3)]
    paths[1].write_text('{"cells": [', encoding="utf-8")
    said: list[str] = []
    outcomes = make_reports(
        [str(path) for path in paths], as_of=help_.AS_OF, languages=("zh",), package=help_.write_package(tmp_path),
        reports=tmp_path / "reports", parameters=(), show_code=False, strict=False, again=False, timeout=None, keep=None,
        progress=False,
        print_text=lambda text: said.append(text.en),
    )  # fmt: skip
    assert sorted((outcome.status, outcome.exit_code) for outcome in outcomes) == [
        ("failed", 3), ("published", 0), ("published", 0),
    ]  # fmt: skip
    assert any("small1 (zh): failed" in text for text in said)


def test_a_half_saved_notebook_stops_no_schedule_and_only_reports_are_made(tmp_path: Path) -> None:
    """`notebooks = "all"` beside someone's Untitled.ipynb, a notebook that says nothing, and a report that was cut short."""
    (tmp_path / "notebooks").mkdir()
    help_.write_notebook(tmp_path / "notebooks", help_.notebook("print(1)"))
    (tmp_path / "notebooks" / "Untitled.ipynb").write_text("", encoding="utf-8")
    silent = help_.notebook("print(1)")
    del silent["metadata"]["daye"]
    help_.write_notebook(tmp_path / "notebooks", silent, "Untitled1")
    whole = json.dumps(help_.notebook("print(1)"))
    (tmp_path / "notebooks" / "cut.ipynb").write_text(whole[: whole.index('"report": true') + 20], encoding="utf-8")
    text = '[[schedule]]\nname = "daily"\ncron = "0 7 * * *"\ntime_zone = "Asia/Shanghai"\nnotebooks = "all"\n'
    (tmp_path / "schedule.toml").write_text(text, encoding="utf-8")
    schedules = read_schedules(tmp_path / "schedule.toml", tmp_path / "notebooks")
    assert len(status(schedules, tmp_path / "reports", help_.package_name(tmp_path))) == 2
    made = run_due(
        schedules, reports=tmp_path / "reports", package=help_.write_package(tmp_path), starter=help_.shared_server(),
        settings=help_.settings(tmp_path), now=datetime(2026, 6, 10, 12, tzinfo=UTC),
    )  # fmt: skip
    assert {each.task.notebook.stem: each.outcome.status for each in made} == {"small": "published", "cut": "failed"}


def test_what_nobody_foresaw_fails_one_run_and_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of this library in the middle of a run, injected where the package is copied."""
    copy = run_module.copy_package

    def faulty(package: Any, work: Path) -> None:
        if work.parent.parent.name.startswith("bad"):  # the series; random letters of the folders below may spell it too
            raise KeyError("no one foresaw this")
        copy(package, work)

    monkeypatch.setattr(run_module, "copy_package", faulty)
    orders = [
        Order(help_.plan(tmp_path, "print(1)", name=name), help_.settings(tmp_path)) for name in ("bad", "good")
    ]
    bad, good = make_all(orders, starter=help_.shared_server())
    assert (bad.status, bad.problems[0].code, good.status) == ("failed", "run.unforeseen", "published")
    assert bad.folder is not None
    failure = read_failure(bad.folder)
    assert failure is not None
    assert "no one foresaw this" in failure.problems[0].what.en


LEAVES_HELPER = (
    "import os, pathlib, subprocess, time\n"
    "subprocess.run('setsid sleep {naps} > /dev/null 2>&1 & echo $! > helper', shell=True)\n"
    "helper = int(pathlib.Path('helper').read_text())\n"
)


def sleeping(naps: str) -> list[int]:
    """Return the processes that sleep for `naps` seconds."""
    import psutil

    return [each.pid for each in psutil.process_iter(["cmdline"]) if each.info["cmdline"] == ["sleep", naps]]


@pytest.mark.parametrize("way", ["forked", "kernel"])
def test_a_helper_that_was_left_to_init_ends_with_its_run(way: str, tmp_path: Path) -> None:
    """With a session of its own, and without a parent."""
    naps = str(200_000 + os.getpid())
    starter = help_.shared_server() if way == "forked" else PlainKernels()
    result = help_.run(tmp_path, starter, LEAVES_HELPER.format(naps=naps) + "time.sleep(0.3)\nos.kill(helper, 0)")
    assert result.status == "published"
    assert sleeping(naps) == []


def test_a_helper_of_one_run_outlives_another_run(tmp_path: Path) -> None:
    """Two runs of one server: when the second ends, what the first started lives on."""
    naps = str(300_000 + os.getpid())
    ready, go = tmp_path / "ready", tmp_path / "go"
    source = LEAVES_HELPER.format(naps=naps) + (
        f"pathlib.Path({str(ready)!r}).touch()\n"
        f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.05)\n"
        "os.kill(helper, 0)\nprint('lives')"
    )
    shown: list[str] = []
    first = threading.Thread(
        target=lambda: shown.append(help_.printed(help_.executed(help_.run(tmp_path, help_.shared_server(), source, name="one"))))
    )
    first.start()
    deadline = time.monotonic() + 60
    while not ready.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    help_.run(tmp_path, help_.shared_server(), "print(1)", name="two")
    go.touch()
    first.join()
    assert shown == ["lives\n"]
    assert sleeping(naps) == []


def test_a_library_that_cannot_be_imported_is_named(tmp_path: Path) -> None:
    """The parent holds libraries ready; one that is broken is told, and no run waits for ever."""
    with ForkServer(("no_such_library",)) as server, pytest.raises(InfrastructureFailed) as caught:
        help_.run(tmp_path, server, "print(1)")
    assert caught.value.problems[0].code == "run.server-died"
    assert "no_such_library" in caught.value.problems[0].what.en


def test_a_lower_limit_of_memory_that_is_set_from_outside_holds_and_is_told() -> None:
    """`ulimit -v`, or a service's own limit: below ours it holds, and the message names it."""
    pytest.importorskip("resource")
    program = (
        "import resource\nfrom daye_analysis.reporting.execution.worker import limit_process\n"
        "resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 4 * 2**30))\n"
        "print(limit_process(8 * 2**30, None), resource.getrlimit(resource.RLIMIT_AS)[1], limit_process(2**31, None))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(3 * 2**30), str(3 * 2**30), str(2**31)]


def test_a_program_that_calls_without_a_guard_makes_its_report(tmp_path: Path) -> None:
    """A plain script, without `if __name__ == "__main__"`: no process of ours runs it again."""
    help_.write_notebook(tmp_path, help_.notebook("print(1)"))
    help_.write_package(tmp_path)
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom daye_analysis.reporting.runs.run import Settings, run_report\n"
        "here = Path(__file__).parent\nprint('started')\n"
        f"made = run_report(here / 'small.ipynb', {{}}, package_path=here / 'example', as_of='2025-01-01',\n"
        f"    settings=Settings(here / 'reports', renderer={help_.RENDERER!r}))\nprint(made.status)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["started", "published"], done.stderr
