"""What a contributor reads is true: paths and functions exist, generated pages are up to date, nothing names a machine."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import make_api
import make_architecture
import pytest
import yaml
from pypdf import PdfReader
from test_floors import HOUSE

from daye_analysis import load

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["CONTRIBUTING", "SECURITY", "docs/architecture", "docs/checking"]
FILES = [path for page in PAGES for path in (f"{page}.md", f"{page}.zh-CN.md") if (ROOT / path).exists()]
# Folders that a checkout gets when it is used.
MADE = {"reports/latest/"}


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("this is no git checkout")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@cache
def defined() -> set[str]:
    """The names of the library's functions."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "daye_analysis").rglob("*.py")]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@cache
def reference() -> str:
    return make_api.page()


@pytest.mark.parametrize("page", FILES)
def test_every_path_that_a_page_names_exists(page: str) -> None:
    """Links lead on from the page; paths in backticks from the project's folder or from the library's."""
    text = text_of(page)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []
    named = {name for name in re.findall(r"`([\w./-]+/[\w./-]*)`", text) if not name.startswith(("..", "/"))} - MADE
    assert [name for name in named if not (ROOT / name).exists() and not (ROOT / "daye_analysis" / name).exists()] == []


@pytest.mark.parametrize("page", FILES)
def test_every_function_that_a_page_names_exists(page: str) -> None:
    named = {name.rpartition(".")[2] for name in re.findall(r"`(?:[\w.]+\(\)\.)?([\w.]+)\(\)`", text_of(page))}
    assert named - defined() == set()


@pytest.mark.parametrize("page", ["CONTRIBUTING", "docs/architecture", "docs/checking"])
def test_both_languages_have_the_same_sections_and_commands(page: str) -> None:
    blocks = {}
    for path in (f"{page}.md", f"{page}.zh-CN.md"):
        code = re.findall(r"```\w*\n(.*?)```", text_of(path), re.DOTALL)
        commands = [re.sub(r"\s*#.*", "", line) for block in code for line in block.splitlines()]
        blocks[path] = (commands, text_of(path).count("\n## "), text_of(path).count("\n### "))
    assert len(set(map(str, blocks.values()))) == 1, blocks


def test_each_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+(?: [a-z-]+)*):", text_of("Makefile")))
    known = {name for target in targets for name in target.split()}
    named = {name for page in [*FILES, "README.md", "README.zh-CN.md"] for name in re.findall(r"`make ([a-z-]+)", text_of(page))}
    assert named and named <= known


def test_the_generated_pages_are_up_to_date() -> None:
    assert make_architecture.PAGE.read_text(encoding="utf-8") == make_architecture.page(), "make docs"
    assert make_api.PAGE.read_text(encoding="utf-8") == reference(), "make docs"


def test_the_reference_has_what_users_import_and_its_numpydoc_sections() -> None:
    for name in ("### load", "#### Package.assume", "#### Target.explain", "#### View.assess", "### write_output"):
        assert f"{name}\n" in reference()
    entry = reference().partition("#### Package.to_frictionless\n")[2].partition("\n#")[0]
    assert "**Returns**\n\n- `frictionless.Package`. One inline resource" in entry


def test_the_chinese_page_lists_the_rooms_that_exist() -> None:
    block = text_of("docs/architecture.zh-CN.md").partition("<!-- rooms -->\n")[2].partition("<!-- /rooms -->")[0]
    found, above = [], []
    for line in block.splitlines():
        depth, name = (len(line) - len(line.lstrip()) - 4) // 2, line.split()[0]
        above = [*above[:depth], name.strip("/")]
        found.append("/".join(above))
        assert len(line.split()) > 1 or depth == 0, f"{name} is not described"
    assert found == [room.as_posix() for room in make_architecture.rooms()]


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/architecture.zh-CN.md"])
def test_the_pages_give_the_folders_and_the_order_of_the_floors(page: str) -> None:
    text = text_of(page)
    listed = set(re.findall(r"(?m)^\| (`.*?) \|", text))
    folders = {name.strip("`/") for cell in listed for name in re.split("[,、] ?", cell)}
    assert folders == {name.partition("/")[0] for name in tracked() if "/" in name}
    rooms = [path.name for path in make_architecture.rooms() if len(path.parts) == 2]
    (sentence,) = [line for line in text.split("\n\n") if "tests/test_floors.py" in line and "`source`" in line]
    order = [name for name in re.findall(r"`(\w+)`", sentence) if name in rooms]
    assert sorted(order) == sorted(rooms)
    floor = {name: number for number, names in enumerate(HOUSE[""].split(" | ")) for name in names.split()}
    assert [floor[name] for name in order] == sorted(floor[name] for name in order)


def test_the_walk_of_an_observation_is_that_of_the_package() -> None:
    """Its row, the day from which it counts, what follows from it, and the sentence in the sample report."""
    data = load()
    row = data.record("observations", "o0068")
    assert (row["indicator_id"], row["value"], row["concept"]) == ("high_tech_enterprises", 423, "same")
    known = {day: "o0068" in set(data.as_of(day).observations["observation_id"]) for day in ("2025-12-29", "2025-12-30")}
    assert list(known.values()) == [False, True]
    assessed = data.as_of("2026-11-29").assess().set_index("target_id").loc["high_tech_enterprises"]
    assert (assessed["value"], assessed["target"], assessed["shortfall"]) == (423, 450, 27)
    assert "o0068" in assessed["value_observations"]
    report = PdfReader(ROOT / "reports/sample/target_feasibility.en.pdf")
    assert "423 firms" in " ".join("".join(page.extract_text() for page in report.pages).split())


def test_the_hooks_run_tools_that_are_locked() -> None:
    config = ROOT / ".pre-commit-config.yaml"
    done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", str(config)], capture_output=True)
    assert done.returncode == 0, done.stderr
    hooks = [hook for repo in yaml.safe_load(config.read_bytes())["repos"] for hook in repo["hooks"]]
    assert {hook["id"] for hook in hooks} >= {"ruff", "codespell", "build"}
    for hook in hooks:
        program, flag, module = hook["entry"].split()[:3]
        assert (program, flag, hook["language"]) == ("python", "-m", "system")
        assert importlib.util.find_spec(module) is not None


def test_nothing_is_misspelt() -> None:
    done = subprocess.run([sys.executable, "-m", "codespell_lib", *tracked()], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "")


# Where packages come from, and places of a machine. Written apart, so that this file does not hold them.
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.", "ana" + "conda.org", "/sim" + "ple/", "mirr" + "ors.")
OPTIONS = ("--index" + "-url", "--extra" + "-index-url", "--find" + "-links", "--trusted" + "-host", "index" + "-url =")
PLACES = re.compile(r"(?<![\w.:/-])/(?:home|Users|root|work|tmp)/\w|[A-Z]:\\Users\\")


def test_no_file_names_a_registry_an_index_or_a_place_of_a_machine() -> None:
    here = {str(ROOT), str(Path.home()), sys.prefix} - {"/", "/root"}
    found = []
    for name in tracked():
        content = (ROOT / name).read_bytes()
        # What others wrote and is kept unchanged, by its hash, names their own places.
        if b"\0" in content or "/static/sqljs/" in name:
            continue
        text = content.decode("utf-8", errors="replace")
        without_addresses = re.sub(r"https?://\S+", "", text)
        found += [(name, word) for word in (*REGISTRIES, *OPTIONS, *here) if word in text]
        found += [(name, place) for place in PLACES.findall(without_addresses)]
    assert found == []
