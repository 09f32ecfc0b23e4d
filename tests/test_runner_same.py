"""A notebook is the same whether it runs by a fork or in a kernel of its own: a table of small programs, both ways."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_
from kernel_programs import ALONE, DIFFERENT, PROGRAMS

from daye_analysis.errors import DayeError
from daye_analysis.reporting.execution.execute import PlainKernels, RunLimits, Starter
from daye_analysis.reporting.runs.plan import plan_run
from daye_analysis.reporting.runs.run import make

TOGETHER = [name for name in PROGRAMS if name not in ALONE]


def both_ways(folder: Path, cells: list[dict[str, Any]]) -> tuple[Any, Any]:
    """Return what a notebook of these cells becomes by a fork, and in a kernel of its own."""
    return outcome(folder / "forked", help_.shared_server(), cells), outcome(folder / "plain", PlainKernels(), cells)


def outcome(folder: Path, starter: Starter, cells: list[dict[str, Any]]) -> tuple[list[tuple[str, str]], list[Any]]:
    """Return the problems of a run, and what each of the cells shows."""
    folder.mkdir()
    content = help_.notebook()
    content["cells"] += cells
    path = help_.write_notebook(folder, content)
    plan = plan_run(
        path, {}, package_path=help_.write_package(folder), as_of=help_.AS_OF, language="zh", code=help_.CODE
    )
    try:
        kept = make(plan, help_.settings(folder, limits=RunLimits(seconds=240)), starter).folder
        problems = []
    except DayeError as error:
        kept = Path(error.problems[0].where)
        problems = [(problem.code, problem.what.en) for problem in error.problems]
    shown = json.loads((kept / "report.ipynb").read_text(encoding="utf-8"))["cells"][-len(cells) :]
    return problems, [(cell["outputs"], cell["execution_count"]) for cell in shown]


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Any, Any]]:
    """All programs that leave the notebook running, one after the other; an exception is allowed."""
    cells = [help_.code_cell(cell, "raises-exception") for name in TOGETHER for cell in PROGRAMS[name]]
    (forked_problems, forked), (plain_problems, plain) = both_ways(tmp_path_factory.mktemp("together"), cells)
    assert forked_problems == plain_problems == []
    shown, at = {}, 0
    for name in TOGETHER:
        end = at + len(PROGRAMS[name])
        shown[name] = (forked[at:end], plain[at:end])
        at = end
    return shown


@pytest.mark.parametrize("name", TOGETHER)
def test_a_program_shows_the_same_both_ways(name: str, together: dict[str, tuple[Any, Any]]) -> None:
    """Outputs, order and counts, byte for byte; what differs is written down with its reason."""
    forked, plain = together[name]
    assert (forked == plain) is (name not in DIFFERENT)


# The others end as one of these does.
QUICK = ("sys.exit with a text", "exit with a status", "killed", "a thread that fails", "a thread never joined", "at exit")


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in ALONE])
def test_a_program_ends_the_same_both_ways(name: str, tmp_path: Path) -> None:
    """The problem that is told, and the notebook that is kept."""
    forked, plain = both_ways(tmp_path, [help_.code_cell(cell) for cell in PROGRAMS[name]])
    assert (forked == plain) is (name not in DIFFERENT)


def texts(outputs: list[Any]) -> str:
    """Return what a cell printed and showed, as text."""
    return "".join("".join(each.get("text", each.get("data", {}).get("text/plain", ""))) for each in outputs)


@pytest.mark.parametrize(
    ("name", "cell", "held"),
    [
        ("half a surrogate pair", 0, "a\N{REPLACEMENT CHARACTER} b\n"),
        ("os.system", 0, "before\nfrom a shell\nafter\n"),
        ("order with results", 0, "1\n23\n4"),
        ("subprocess", 0, "inherited\ngiven\n0"),
        ("half a character", 0, "大\N{REPLACEMENT CHARACTER}\n"),
        ("a child of multiprocessing", 0, "in a child\n0"),
        ("inline charts", 0, "'inline'"),
        ("what the shell is", 0, "('ZMQInteractiveShell', True, 'Session', True, '__main__')"),
        ("a running loop", 0, "True, "),
        ("a task across cells", 0, "first\nfrom the task\n"),
        ("a task across cells", 1, "7"),
        ("a task that goes on between cells", 1, "([0, 1, 2], True)"),
        ("context variables", 1, "(1, 5, 'raise')"),
        ("a fork", 0, "child\n3"),
        ("a thread across cells", 1, "late\n"),
    ],
)
def test_what_a_program_shows_is_right(name: str, cell: int, held: str, together: dict[str, tuple[Any, Any]]) -> None:
    """Both ways could be wrong alike."""
    assert held in texts(together[name][0][cell][0])


def test_a_cell_whose_exception_is_meant_fails_no_report(tmp_path: Path) -> None:
    """The tag `raises-exception`: the error is shown, the rest runs; without the tag the run fails."""
    cells = [help_.code_cell("1 / 0", "raises-exception"), help_.code_cell("print('goes on')")]
    for problems, shown in both_ways(tmp_path, cells):
        assert problems == []
        assert shown[0][0][0]["ename"] == "ZeroDivisionError"
        assert texts(shown[1][0]) == "goes on\n"


def test_what_is_printed_is_bounded_and_the_rest_counted(tmp_path: Path) -> None:
    """By Python, and by another program; the next cell has its full room again."""
    cells = [
        help_.code_cell("for n in range(200): print('x' * 99)"),
        help_.code_cell("import os\n_ = os.system('yes | head -c 20000')"),
        help_.code_cell("print('y' * 9_999)"),
    ]
    content = help_.notebook()
    content["cells"] += cells
    path = help_.write_notebook(tmp_path, content)
    plan = plan_run(path, {}, package_path=help_.write_package(tmp_path), as_of=help_.AS_OF, language="zh", code=help_.CODE)
    settings = help_.settings(tmp_path, limits=RunLimits(printed_characters=10_000))
    shown = help_.executed(make(plan, settings, help_.shared_server()))["cells"][-3:]
    printed = ["".join(cell["outputs"][0]["text"]) for cell in shown]
    note = "Only the first 10,000 characters are kept; 10,000 more were printed."
    assert [len(text.partition("\n[输出过长")[0]) for text in printed] == [10_000, 10_000, 10_000]
    assert [note in text for text in printed] == [True, True, False]


def test_printing_costs_little(tmp_path: Path) -> None:
    """Twenty thousand lines in less than the second that they take in a kernel."""
    source = "import time\nbegan = time.process_time()\nfor n in range(20_000): print(n)\ntook = time.process_time() - began"
    result = help_.run(tmp_path, help_.shared_server(), source, "assert took < 3, took")
    assert help_.printed(help_.executed(result)).count("\n") == 20_000


def test_a_file_that_would_fill_the_disk_is_refused(tmp_path: Path) -> None:
    """The limit holds for the notebook and for what it starts."""
    source = "open('large', 'wb').write(b'x' * 2_000_000)"
    with pytest.raises(DayeError) as caught:
        help_.run(tmp_path, help_.shared_server(), source, settings={"limits": RunLimits(file_bytes=1_000_000)})
    assert caught.value.problems[0].code == "run.cell-failed"
    assert "File too large" in caught.value.problems[0].what.en


def test_a_stream_without_a_descriptor_prints_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where other programs' output cannot be read: ipykernel's own messages, and the limit."""
    from ipykernel.inprocess.socket import DummySocket
    from ipykernel.iostream import IOPubThread
    from jupyter_client.session import Session

    from daye_analysis.reporting.notebooks.streams import CapturingStream

    monkeypatch.setenv("DAYE_PRINTED_CHARACTERS", "5")
    socket, session = DummySocket(), Session(key=b"")
    stream = CapturingStream(session, IOPubThread(socket, session=session), "stdout", watchfd=False)
    stream.write("abc")
    stream.write("defgh")
    stream.end_cell()
    stream.flush()
    _, message = session.feed_identities([part.bytes for part in socket.recv_multipart()])
    text = session.deserialize(message)["content"]["text"]
    assert text.startswith("abcde\n[")
    assert "3 more were printed" in text
