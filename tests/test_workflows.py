"""GitHub's files are well formed and safe, and do what the README, the schedule and the locks say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from lock_platforms import PYTHONS

from daye_analysis.cli import daye
from daye_analysis.reporting.schedules.units import Invocation, unit

ROOT = Path(__file__).resolve().parents[1]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
SCHEMAS = {
    **dict.fromkeys(WORKFLOWS, "github-workflows"),
    **dict.fromkeys(FORMS, "github-issue-forms"),
    GITHUB / "ISSUE_TEMPLATE/config.yml": "github-issue-config",
    GITHUB / "dependabot.yml": "dependabot",
    ROOT / "CITATION.cff": "citation-file-format",
}


def keeps_to_schema(path: Path, schema: str) -> bool:
    return CliRunner().invoke(check_jsonschema, ["--builtin-schema", f"vendor.{schema}", str(path)]).exit_code == 0


def audit(folder: Path) -> str:
    """Return what zizmor finds unsafe in the workflows below a folder, asking no network."""
    zizmor = Path(sys.executable).with_name("zizmor")
    program = str(zizmor) if zizmor.exists() else shutil.which("zizmor")
    if program is None:
        pytest.skip("zizmor is not installed")
    done = subprocess.run([program, "--offline", "--no-progress", "--quiet", str(folder)], capture_output=True, encoding="utf-8")
    return "" if done.returncode == 0 else done.stdout or done.stderr


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_each_file_keeps_to_its_schema(path: Path) -> None:
    assert keeps_to_schema(path, SCHEMAS[path])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_slip_in_a_workflow_is_found(path: Path, tmp_path: Path) -> None:
    wrong = tmp_path / path.name
    wrong.write_text(path.read_text(encoding="utf-8").replace("runs-on:", "run-on:"), encoding="utf-8")
    assert not keeps_to_schema(wrong, "github-workflows")


def test_the_workflows_are_safe(tmp_path: Path) -> None:
    assert audit(GITHUB) == ""
    shutil.copytree(GITHUB, tmp_path / ".github")
    with (tmp_path / ".github/workflows/tests.yml").open("a", encoding="utf-8") as file:
        file.write("      - run: echo ${{ github.event.pull_request.title }}\n")
    assert "template-injection" in audit(tmp_path)


def steps(path: Path) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    return [step for job in jobs for step in job["steps"]]


def test_each_action_is_pinned_to_the_commit_of_one_release() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    used = set(re.findall(r"uses: (\S+.*)", text))
    pinned = [re.fullmatch(r"([\w-]+/[\w-]+)(?:/[\w-]+)?@([0-9a-f]{40})  # v\d+\.\d+\.\d+", line) for line in used]
    assert all(pinned), used
    commits = {(match[1], match[2]) for match in pinned if match}
    assert len(commits) == len({action for action, _ in commits})


def test_the_reports_workflow_is_the_one_that_the_command_prints() -> None:
    printed = CliRunner().invoke(daye, ["schedule", "unit", "--github", "--file", str(ROOT / "schedule.toml")]).output.rstrip("\n") + "\n"
    assert (GITHUB / "workflows/reports.yml").read_text(encoding="utf-8") == printed


def test_the_tests_run_on_each_python_of_the_locks_and_each_system() -> None:
    workflow = yaml.safe_load((GITHUB / "workflows/tests.yml").read_text(encoding="utf-8"))
    matrix = workflow["jobs"]["tests"]["strategy"]["matrix"]
    assert tuple(matrix["python"]) == PYTHONS
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}


def test_windows_runs_the_commands_of_the_readme() -> None:
    """Those of `make test`: the report's commands are left out, and `py -3` is the Python that the job has set up."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    told = [line for kind, block in blocks if not kind for line in block.splitlines()]
    run = [line for step in steps(GITHUB / "workflows/tests.yml") if "Windows" in step.get("if", "") and "!=" not in step["if"]
           for line in step["run"].splitlines()]  # fmt: skip
    wanted = [line.replace("py -3", "python") for line in told if r"Scripts\daye" not in line and "frictionless" not in line]
    assert sorted(run) == sorted(wanted)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_in_both_languages(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields)
    said = [form["name"], *(field["attributes"]["label"] for field in fields)]
    said += [option for field in fields for option in field["attributes"].get("options", [])]
    for text in said:
        assert re.search(r"[\u4e00-\u9fff].* · [A-Z a-z]", text), text


def test_reports_and_site_are_published() -> None:
    """The site that the schedule keeps, else one that the workflow builds; by a lock that has what its downloads need."""
    kept, built = (next(iter(unit("github", Invocation(Path("daye"), Path(), site=site)).values())) for site in ("public", ""))
    for printed, pages in ((kept, "cp -rL public/current/. pages/\n"), (built, "daye site pages --reports reports\n")):
        assert "requirements/site.lock" in printed and f"{pages}          cp -r reports pages/runs\n" in printed
    assert "site-*" in kept and "site-*" not in built and "mkdir" not in built


def test_the_files_of_the_lab_are_there_before_the_site_is_made() -> None:
    printed = next(iter(unit("github", Invocation(Path("daye"), Path(), site="public", lab="my pyodide")).values()))
    (job,) = [each for each in yaml.safe_load(printed)["jobs"].values() if "timeout-minutes" in each]
    told = [each.get("run", each.get("uses", "")) for each in job["steps"]]
    assert told.index("sh scripts/fetch_pyodide.sh 'my pyodide'") < next(at for at, each in enumerate(told) if "run-due" in each)
    assert (ROOT / "scripts/fetch_pyodide.sh").is_file()
    without = next(iter(unit("github", Invocation(Path("daye"), Path(), site="public")).values()))
    assert "pyodide" not in without
