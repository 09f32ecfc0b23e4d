"""Files beside a notebook: found by the stated rule, part of its identity, copied into the run, never from elsewhere."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import runner_help as help_

from daye_analysis.errors import WrongUsage
from daye_analysis.reporting.publishing.own_files import own_files
from daye_analysis.reporting.runs.plan import plan_run
from daye_analysis.reporting.runs.run import make

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def folder_of_files(folder: Path) -> Path:
    (folder / "sub").mkdir(parents=True)
    for name in ("data.csv", "other.csv", "sub/more.csv"):
        (folder / name).write_text("a\n1\n", encoding="utf-8")
    (folder / "helpers.py").write_text("import deeper\ndef f(): return deeper.N\n", encoding="utf-8")
    (folder / "deeper.py").write_text("N = 41\n", encoding="utf-8")
    (folder / "图.png").write_bytes(PNG)
    (folder.parent / "outside.csv").write_text("secret\n", encoding="utf-8")
    (folder / "link.csv").symlink_to(folder.parent / "outside.csv")
    return folder


@pytest.mark.parametrize(
    ("source", "files", "values", "found"),
    [
        ("pd.read_csv('data.csv')", [], [], ["data.csv"]),
        ("from helpers import f", [], [], ["deeper.py", "helpers.py"]),
        ("x = 1", ["sub/*.csv"], [], ["sub/more.csv"]),
        ("x = 1", [], ["data.csv", ["other.csv"], 3, None], ["data.csv", "other.csv"]),
        ("open('../outside.csv'); open('link.csv'); open('/etc/passwd'); open('none.csv')", [], ["../outside.csv"], []),
        ("%matplotlib inline\nopen('data.csv')", [], [], ["data.csv"]),
        ("not python (", [], [], []),
    ],
)
def test_the_rule(source: str, files: list[str], values: list[Any], found: list[str], tmp_path: Path) -> None:
    folder = folder_of_files(tmp_path / "mine")
    content = help_.notebook(source, parameters="")
    content["metadata"]["daye"]["files"] = files
    path = help_.write_notebook(folder, content)
    assert [file.name for file in own_files(path, content, values)] == found


@pytest.mark.parametrize("pattern", ["none.csv", "../outside.csv", "/etc/passwd", "link.csv", ""])
def test_a_listed_file_that_is_not_there_or_elsewhere_is_refused(pattern: str, tmp_path: Path) -> None:
    folder = folder_of_files(tmp_path / "mine")
    content = help_.notebook("x = 1")
    content["metadata"]["daye"]["files"] = [pattern]
    with pytest.raises(WrongUsage) as caught:
        own_files(help_.write_notebook(folder, content), content, [])
    assert [problem.code for problem in caught.value.problems] == ["notebook.file-missing"]


def test_a_run_finds_its_files_and_a_changed_one_is_another_run(tmp_path: Path) -> None:
    folder = folder_of_files(tmp_path / "mine")
    source = "from helpers import f\nprint(f(), open('data.csv').read(), open(path).read())"
    content = help_.notebook(source, parameters=f'{help_.PARAMETERS}\npath: str = "other.csv"')
    content["cells"].append(help_.text_cell("![图](图.png)"))
    path = help_.write_notebook(folder, content)
    package = help_.write_package(tmp_path)

    def plan(**given: Any) -> Any:
        return plan_run(path, given, package_path=package, as_of=help_.AS_OF, language="zh", code=help_.CODE)

    first = make(plan(), help_.settings(tmp_path), help_.shared_server())
    executed = help_.executed(first)
    assert help_.printed(executed) == "41 a\n1\n a\n1\n\n"
    assert base64.b64decode(executed["cells"][-1]["attachments"]["图.png"]["image/png"]) == PNG
    names = json.loads((first.folder / "manifest.json").read_text(encoding="utf-8"))["identity"]["files"]
    assert sorted(names) == ["data.csv", "deeper.py", "helpers.py", "other.csv", "图.png"]
    assert plan().identity.sha256 == first.identity.sha256
    for name in ("deeper.py", "other.csv"):
        (folder / name).write_text("N = 42\n", encoding="utf-8")
        assert plan().identity.sha256 != first.identity.sha256
    outside = tmp_path / "outside.csv"
    before = plan(path=str(outside)).identity.sha256
    outside.write_text("changed\n", encoding="utf-8")
    assert plan(path=str(outside)).identity.sha256 != before


def test_again_makes_a_report_anew(tmp_path: Path) -> None:
    server = help_.shared_server()
    first = help_.run(tmp_path, server, "print(1)")
    assert help_.run(tmp_path, server, "print(1)").status == "skipped"
    again = help_.run(tmp_path, server, "print(1)", settings={"again": True})
    assert (again.status, again.folder) == ("published", first.folder)
    assert help_.reports_of(tmp_path) == [first.folder]
