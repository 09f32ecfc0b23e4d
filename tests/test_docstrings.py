"""Docstrings name only what exists: a name in backticks is one of the code, of a table, or of a file."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "daye_analysis").rglob("*.py"))
_NAME = re.compile(r"(?<!`)`([A-Za-z_][\w.]*)(?:\(.*?\))?`(?!`)")
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def docstrings(tree: ast.Module) -> dict[int, str]:
    """Return each docstring by the line on which it ends."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr):
            value = node.body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[value.end_lineno or value.lineno] = value.value
    return found


def names(tree: ast.Module) -> set[str]:
    """Return every name that the code of a module defines or uses, and every word of its strings but docstrings."""
    said = docstrings(tree).values()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.keyword):
            found.add(node.arg or "")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            found |= {part for alias in node.names for part in [*alias.name.split("."), alias.asname or ""]}
            found |= set((getattr(node, "module", "") or "").split("."))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in said:
            found |= set(re.findall(r"\w+", node.value))
    return found


@cache
def known() -> frozenset[str]:
    everything = {"daye"}
    for path in MODULES:
        everything |= names(ast.parse(path.read_text(encoding="utf-8"))) | {path.stem, path.parent.name}
    for notebook in (ROOT / "notebooks").iterdir():
        everything |= set(re.findall(r"\w+", notebook.read_text(encoding="utf-8"))) | {notebook.stem}
    return frozenset(everything)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_name_in_backticks_exists(path: Path) -> None:
    missing = {
        (line, name)
        for line, text in docstrings(ast.parse(path.read_text(encoding="utf-8"))).items()
        for name in _NAME.findall(text)
        if not {part for part in name.split(".") if part} <= known()
    }
    assert not missing
