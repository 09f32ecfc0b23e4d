"""`daye report` as a person calls it: its parameters, its folders, its exit codes."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import matplotlib
import pytest
import runner_help as help_
from command_help import daye
from pdf_help import text_of
from test_cli import daye as daye_in_a_process

from daye_analysis.errors import WrongUsage
from daye_analysis.reporting.publishing import series
from daye_analysis.reporting.runs.plan import plan_run

DECLARED = f"""{help_.PARAMETERS}
from datetime import date
must: int
year: int = 2026
share: float = 0.5
strict: bool = True
text: str = ""
day: date = date(2025, 1, 31)
names: list[str] = ["a"]"""
# The long text by its hash: printing it whole takes seconds.
ALL = "import hashlib\nprint(ascii((must, year, share, strict, text[:40], hashlib.sha256(text.encode()).hexdigest(), day, names)))"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A notebook of one's own, in a folder of one's own."""
    return help_.write_notebook(tmp_path, help_.notebook(ALL, parameters=DECLARED), "mine")


def test_cases_19_to_21_every_wrong_word_is_told_at_once_and_nothing_starts(mine: Path, tmp_path: Path) -> None:
    """Names, types, days, what is missing and what is given twice: one attempt shows all that must be corrected."""
    words = ["year=007", "share=1e5x", "strict=no", "day=2025-02-30", "names=(1, 2)", "yaer=1", "nonsense", "language=en",
             "class=1", "a.b=1", "year = 1\nx=2", "text=a", "text=b"]  # fmt: skip
    options = [option for word in words for option in ("-p", word)]
    result = daye("report", mine.name, "--reports", "reports", "--as-of", "tomorrow", *options, cwd=tmp_path)
    assert result.returncode == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "parameter.as-of", "parameter.not-an-assignment", "parameter.repeated", "parameter.wrong-type", "parameter.wrong-type",
        "parameter.wrong-type", "parameter.wrong-type", "parameter.wrong-type", "parameter.unknown", "parameter.reserved",
        "parameter.bad-name", "parameter.bad-name", "parameter.bad-name", "parameter.missing",
    ]  # fmt: skip
    assert "Did you mean year?" in result.stderr
    assert not (tmp_path / "reports").exists()


def test_cases_20_and_21_words_reach_the_notebook_exactly(mine: Path, tmp_path: Path) -> None:
    """A word is read by the type that the notebook declares; the folder of reports may be named from where one is."""
    text = "2026 '\"\\\n${HOME} {x} 大冶 " + "长" * 20_000
    words = ["must=-7", "year=2025", "share=1e5", "strict=false", f"text={text}", "day=2024-02-29", 'names=["x", "大"]']
    options = [option for word in words for option in ("-p", word)]
    package = help_.write_package(tmp_path)
    result = daye_in_a_process(
        "report", mine.name, mine.name, "--reports", "reports", "--package", package.name, "--language", "zh", "--language", "zh",
        *options, cwd=tmp_path,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    (folder,) = help_.reports_of(tmp_path, "mine")
    assert result.stdout.split() == [str(folder)]
    printed = help_.printed(json.loads((folder / "report.ipynb").read_text(encoding="utf-8")))
    assert printed == f"(-7, 2025, 100000.0, False, {text[:40]!a}, {hashlib.sha256(text.encode()).hexdigest()!a}, datetime.date(2024, 2, 29), ['x', '\\u5927'])\n"


@pytest.mark.parametrize("name", ["failed", "latest", "sweeps", "index.html"])
def test_case_22_a_notebook_that_would_take_a_folder_of_the_runner_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report of the project called as something else in the reports folder; a notebook from elsewhere never is."""
    (tmp_path / "notebooks").mkdir()
    path = help_.write_notebook(tmp_path / "notebooks", help_.notebook("1"), name)
    package, code = help_.write_package(tmp_path), help_.CODE
    monkeypatch.setattr(series, "project_root", lambda: tmp_path)
    monkeypatch.setattr(series, "_own_package", lambda: help_.package_name(tmp_path))
    shutil.copytree(package, tmp_path, dirs_exist_ok=True)
    with pytest.raises(WrongUsage) as caught:
        plan_run(path, {}, package_path=tmp_path, as_of=help_.AS_OF, language="zh", code=code)
    assert caught.value.problems[0].code == "notebook.reserved-name"
    plan_run(path, {}, package_path=package, as_of=help_.AS_OF, language="zh", code=code)


def test_what_a_report_lacks_is_in_its_log_its_manifest_and_its_last_page(tmp_path: Path) -> None:
    """Exit 0, since it is a report; with --strict, or the metadata `daye.strict`, none is made and the cell is named."""
    content = help_.notebook("print('whole')")
    content["cells"].append(help_.text_cell("# Title\n\n![chart](beside.png)"))
    help_.write_notebook(tmp_path, content, "gap")
    help_.write_package(tmp_path)
    common = ["report", "gap.ipynb", "--reports", "reports", "--package", "example", "--language", "en"]
    for _ in ("made", "found made"):
        result = daye(*common, cwd=tmp_path)
        assert result.returncode == 0
        assert "pdf.lost-picture: [cell 3] The picture 'beside.png'" in result.stderr
    (folder,) = help_.reports_of(tmp_path, "gap")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert [(each["code"], each["where"]) for each in manifest["warnings"]] == [("pdf.lost-picture", "cell 3")]
    assert "warnings.json" in manifest["outputs"]
    assert "Couldnotbeprinted•cell3:Thepicture'beside.png'" in text_of((folder / "report.pdf").read_bytes())
    refused = daye(*common, "--strict", cwd=tmp_path)
    content["metadata"]["daye"]["strict"] = True
    help_.write_notebook(tmp_path, content, "gap")
    for result in (refused, daye(*common, cwd=tmp_path)):
        assert result.returncode == 1
        assert "pdf.lost-picture" in result.stderr
    assert help_.reports_of(tmp_path, "gap") == [folder]


def test_a_folder_of_ones_own_fonts_prints_what_no_other_font_has(tmp_path: Path) -> None:
    """Without it the character's name is printed and said (tolerant), or no report is made (--strict); with it the letter."""
    letter = "\N{LATIN SMALL LETTER K WITH PALATAL HOOK}"
    content = help_.notebook("1")
    content["cells"].append(help_.text_cell(f"# Title\n\nA letter {letter} here."))
    help_.write_notebook(tmp_path, content, "letter")
    help_.write_package(tmp_path)
    (tmp_path / "fonts").mkdir()
    shutil.copy(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "STIXGeneral.ttf", tmp_path / "fonts")

    common = ["report", "letter.ipynb", "--package", "example", "--language", "en", "--reports", "reports"]
    for options, exit_code, shown in (
        ([], 0, "[LATINSMALLLETTERKWITHPALATALHOOK]"),
        (["--strict"], 1, None),
        (["--strict", "--fonts", "fonts"], 0, letter),
    ):
        before = help_.reports_of(tmp_path, "letter")
        result = daye(*common, *options, cwd=tmp_path)
        assert result.returncode == exit_code, result.stderr
        assert ("pdf.missing-glyph" in result.stderr) == ("--fonts" not in options)
        new = [folder for folder in help_.reports_of(tmp_path, "letter") if folder not in before]
        assert len(new) == (exit_code == 0)
        for folder in new:
            pdf = (folder / "report.pdf").read_bytes()
            assert f"Aletter{shown}here." in text_of(pdf)
            assert (b"STIXGeneral" in pdf) == (shown == letter)
