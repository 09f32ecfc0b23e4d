"""The house: every floor imports only from the floors below it, and notebooks stay thin."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = {
    "bilingual": 0, "errors": 1, "source": 2, "package": 3, "progress": 4, "clusters": 5, "accountability": 5, "views": 6,
    "figures": 7, "reporting": 8, "telling": 9, "cli_runs": 10, "cli": 11, "__main__": 12, "__init__": 12,
}  # fmt: skip
MODULES = sorted((ROOT / "daye_analysis").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def room(parts: tuple[str, ...]) -> str:
    return parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "daye_analysis":
            rooms |= {alias.name for alias in node.names if alias.name in FLOORS}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("daye_analysis."):
            rooms.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            rooms |= {a.name.split(".")[1] for a in node.names if a.name.startswith("daye_analysis.")}
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_below(path: Path) -> None:
    here = room(path.relative_to(ROOT / "daye_analysis").parts)
    above = {other for other in imported(path) if other != here and FLOORS[other] >= FLOORS[here]}
    assert not above


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
