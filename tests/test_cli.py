"""The command: exit codes, what goes to which stream, and no traceback for a person's mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import command_help
import pytest

ROOT = Path(__file__).resolve().parents[1]


def daye(*arguments: str, language: str = "en", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DAYE_LANGUAGE": language, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "daye_analysis", *arguments], capture_output=True, encoding="utf-8", env=environment, cwd=cwd
    )


def test_help_needs_nothing_dear() -> None:
    script = (
        "import sys; from daye_analysis.cli import run; run(['--help']); "
        "dear = {'pandas', 'numpy', 'matplotlib', 'scipy', 'frictionless', 'papermill', 'nbformat', 'typst', 'IPython'}; "
        "sys.exit(' '.join(sorted(dear & set(sys.modules))) or 0)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True).returncode == 0


def test_validate_passes_the_project_s_own_package() -> None:
    result = daye("validate")
    assert result.returncode == 0
    assert "13 tables" in result.stdout and result.stderr == ""


@pytest.mark.parametrize(("language", "said"), [("zh", "请在计算机上安装本项目"), ("en", "Install the project on a computer")])
@pytest.mark.parametrize("words", [["report", "brief"], ["schedule", "run-due"], ["sweep", "grid.yaml"], ["site", "public"]], ids=" ".join)
def test_in_a_browser_it_says_what_cannot_be_made_there(
    words: list[str], language: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from daye_analysis.cli import run

    monkeypatch.setenv("DAYE_LANGUAGE", language)
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert run(words) == 4
    assert "run.in-browser" in (told := capsys.readouterr().err) and said in told


def test_validate_as_json() -> None:
    found = json.loads(daye("validate", "--json").stdout)
    assert found["valid"] is True and found["rows"]["targets"] == 39


def test_build_check_finds_no_drift() -> None:
    assert daye("build", "--check").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (["report", "PIPE.ipynb"], 3, "notebook.unreadable"),
        (["sweep", "PIPE.ipynb"], 3, "settings.unreadable"),
        (["schedule", "list", "--file", "PIPE.ipynb"], 3, "settings.unreadable"),
        (["validate", "--report", "PIPE.ipynb"], 3, "run.system"),
        (["backtest", "--pairs", "PIPE.ipynb"], 3, "run.system"),
    ],
)  # fmt: skip
def test_a_pipe_in_the_place_of_a_file_is_refused_and_stays(
    words: list[str], code: int, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from daye_analysis.cli import run

    monkeypatch.chdir(tmp_path)
    os.mkfifo("PIPE.ipynb")
    assert run(words) == code
    assert problem in capsys.readouterr().err
    assert Path("PIPE.ipynb").is_fifo()


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere names are text")
@pytest.mark.parametrize("words", [["report", "brief"], ["export"], ["validate"], ["schedule", "list", "--file"]], ids=" ".join)
def test_a_path_that_is_no_utf_8_is_refused_before_anything_is_made(words: list[str], tmp_path: Path) -> None:
    result = command_help.daye(*words, os.fsdecode(b"g\xffd.ipynb"), cwd=tmp_path)
    assert result.returncode == 2
    assert "program.not-utf-8" in result.stderr and "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes them")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_end_nothing(closed: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    command = f"exec {sys.executable} -m daye_analysis validate --report {report} {closed}"
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True).returncode == 0
    assert json.loads(report.read_bytes())["valid"] is True


WRONG = [
    (("validate", "no-such-folder"), 3, "guard.not-found"),
    (("report", "target_feasability"), 2, "report.unknown-notebook"),
    (("report", "--as-of", "2099-01-01", "target_feasibility"), 2, ""),
    (("report", "--as-of", "2024-01-31", "brief"), 2, "progress.as-of-before-plan"),
    (("report", "--as-of", "tomorrow", "target_feasibility"), 2, ""),
    (("report", "-p", "nonsense", "target_feasibility"), 2, "parameter.not-an-assignment"),
    (("report", "-p", "unknown=1", "target_feasibility"), 2, ""),
    (("nonsense",), 2, ""),
    (("build", "--root", "no-such-folder"), 3, "edited.not-readable"),
]


@pytest.mark.parametrize(("arguments", "code", "problem"), WRONG)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_mistake_is_told_in_words_on_standard_error(
    arguments: tuple[str, ...], code: int, problem: str, language: str, tmp_path: Path
) -> None:
    result = command_help.daye(*arguments, language=language, cwd=tmp_path)
    assert result.returncode == code
    assert result.stdout == ""
    assert problem in result.stderr and result.stderr.strip()
    assert "Traceback" not in result.stderr
