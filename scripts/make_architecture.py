"""Writes the tree of rooms in docs/architecture.md from the first line of each room.

    python scripts/make_architecture.py

A test compares the page with this, and the rooms of the Chinese page, which people write, with the folders that exist.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from daye_analysis.storage.files import replace_file

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "daye_analysis"
PAGE = ROOT / "docs/architecture.md"

_TREE = re.compile(r"(<!-- rooms -->\n).*?(<!-- /rooms -->)", re.DOTALL)


def rooms() -> list[Path]:
    """Return the library's rooms, relative to the project: each folder that is a Python package."""
    found = sorted(path.parent for path in LIBRARY.rglob("__init__.py"))
    return [path.relative_to(ROOT) for path in found]


def tree() -> str:
    """Return one line for each room: its name, indented, and what it says of itself."""
    said = []
    for room in rooms():
        docstring = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))) or ""
        said.append((f"{'  ' * (len(room.parts) - 1)}{room.name}/", docstring.partition("\n")[0]))
    width = max(len(name) for name, _ in said) + 2
    return "".join(f"    {name:<{width}}{line}\n" for name, line in said)


def page() -> str:
    """Return the page with its tree generated again."""
    return _TREE.sub(lambda match: f"{match[1]}{tree()}{match[2]}", PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    replace_file(PAGE, page().encode())
