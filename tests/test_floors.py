"""The house: every floor imports only from the floors below it, and notebooks stay thin."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# From below to above; rooms in one row don't know of each other. A folder with rooms of its own has an order of its own.
HOUSE = {
    "": "bilingual | errors punctuation | problem_messages | session storage source | package | progress | clusters accountability | views | charts | cli_problems reporting | site | cli_output"
        " | cli_runs cli_site | cli | __main__ __init__",
    "source": "bodies problems review_markers spans | body_names targets | draft named_bodies task_list | prose tables | documents",
    "package": "areas definition formatting messages observation_ids odd_characters records tex | places | describe finished_readme package_tables"
               " | list_order named_bodies permalinks untrusted view | edited evidence profile read releases | assumption check new"
               " | export validate | build frictionless | request",
    "progress": "arrays assessment problems vocabulary | attainment_rates dates movement reasons | pace schedule series"
                " | reference_class | attainment | forecast published_methods | assess | outlook",
    "charts": "labels problems typeface | drawing verdicts | saving | display"
              " | accountability citations distance_chart evidence_chart growth_chart headline path_chart reliability"
              " | outlook overview | brief cards | clusters examples frames selection series_chart | explorer | save",
    "reporting": "environment problems | notebooks | documents | publishing | execution | runs | schedules | command sweeps",
    "site": "content labels problems | history pyodide | edition | chart downloads feed linked lab official_runs render | pages | editions | files | build | index renewal",
    "reporting/documents": "problems | fonts imprint limits notebook_text section_numbers typst_text | document_blocks phrases svg | formulas links options pictures"
                           " | html markdown_syntax not_printed | checks markdown widgets workbook writers | cell_outputs | document | render | exporter",
}  # fmt: skip
MOST_MODULES = 20
MODULES = sorted((ROOT / "daye_analysis").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


LIBRARY = ROOT / "daye_analysis"


def imported(path: Path) -> set[str]:
    """Return what a module of ours imports of ours, as paths below the library: "package/view", "bilingual"."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "daye_analysis":
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("daye_analysis.")}
    return {name.removeprefix("daye_analysis").lstrip(".").replace(".", "/") for name in found}


def child(folder: str, path: str) -> str | None:
    """Return the room or module of `folder` that `path` lies in; None where it lies elsewhere."""
    inner = path if not folder else path[len(folder) + 1 :] if path.startswith(f"{folder}/") else ""
    return inner.split("/")[0] or None


@pytest.mark.parametrize("folder", HOUSE)
def test_a_room_imports_only_from_below(folder: str) -> None:
    floors = {name: floor for floor, names in enumerate(HOUSE[folder].split(" | ")) for name in names.split()}
    inside = {path.relative_to(LIBRARY / folder).parts[0].removesuffix(".py") for path in (LIBRARY / folder).rglob("*.py")}
    assert set(floors) == inside - ({"__init__"} if folder else set())
    above = []
    for path in (LIBRARY / folder).rglob("*.py"):
        here = path.relative_to(LIBRARY / folder).parts[0].removesuffix(".py")
        if here in floors:
            others = {child(folder, name) for name in imported(path)} - {here, None}
            above += [(str(path.relative_to(ROOT)), other) for other in others if other in floors and floors[other] >= floors[here]]
    assert not above


@pytest.mark.parametrize("folder", [path for path in [LIBRARY, *LIBRARY.rglob("*")] if (path / "__init__.py").exists()], ids=str)
def test_no_room_is_crowded(folder: Path) -> None:
    modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= MOST_MODULES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_its_idea_first(path: Path) -> None:
    first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
    assert len(first) > 15


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_thin_and_bilingual(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code[0]["metadata"]["tags"] == ["parameters"]
    assert len(code) <= 14
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    for cell in code:
        tree = ast.parse("".join(cell["source"]))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    for line in "".join(code[0]["source"]).splitlines():
        assert isinstance(ast.parse(line).body[0], ast.AnnAssign), line
        assert line.partition("  # ")[2], line
    languages = [cell["metadata"]["tags"][0] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert languages.count("zh") == languages.count("en") > 0
    assert set(notebook["metadata"]["daye"]["title"]) == {"zh", "en"}
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])


def test_groups_are_counted_in_one_place() -> None:
    """On 32-bit systems, such as WebAssembly, numpy counts only what has the machine's width: `arrays.counted` sees to that."""
    assert [path.name for path in MODULES if "bincount(" in path.read_text(encoding="utf-8")] == ["arrays.py"]
