"""Writes docs/api.md: the docstrings of what `daye_analysis` exports, what the notebooks use, and what these return.

    python scripts/make_api.py

Which names are public follows from the code, so there is no list to keep. A test compares the page with this.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import griffe

from daye_analysis.storage.files import replace_file

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/api.md"
PROJECT = "daye_analysis"
HEAD = """\
# API reference

What `daye_analysis` exports, what the notebooks in `notebooks/` use, and the classes that these return. Everything else may change
without notice. This page is made from the docstrings by `python scripts/make_api.py`.
"""


def page() -> str:
    """Return the page as Markdown."""
    package = griffe.load(PROJECT, search_paths=[ROOT], docstring_parser="numpy")
    exported = [package[name] for name in package.exports or [] if isinstance(name, str) and not name.startswith("_")]
    used = [package[path] for path in _used_by_notebooks(package)]
    public = _with_what_they_return(package, [*exported, *used])
    # What is exported is shown where users import it from.
    shown = {path: path for path in public} | {each.target_path: each.path for each in exported if each.is_alias}
    parts = [HEAD]
    for module, paths in groupby(sorted(public, key=lambda path: _order(shown[path])), lambda path: _module(shown[path])):
        home = package if module == PROJECT else package[module.removeprefix(f"{PROJECT}.")]
        parts.append(f"## {module}\n\n{_first_line(home)}\n")
        parts += [_entry(public[path]) for path in paths]
    return "\n".join(parts)


def _module(path: str) -> str:
    return path.rpartition(".")[0]


def _order(path: str) -> tuple[str, str]:
    return _module(path), path


def _used_by_notebooks(package: griffe.Object) -> set[str]:
    """Return the functions and classes that the notebooks import, or reach through a module that they import."""
    used = set()
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(notebook.read_bytes())["cells"]
        code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        tree = ast.parse(code)
        modules = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PROJECT:
                for alias in node.names:
                    path = f"{node.module}.{alias.name}".removeprefix(f"{PROJECT}.")
                    if package[path].is_module:
                        modules[alias.asname or alias.name] = path
                    else:
                        used.add(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
                used.add(f"{modules[node.value.id]}.{node.attr}")
    return used


def _with_what_they_return(
    package: griffe.Object, named: list[griffe.Object | griffe.Alias]
) -> dict[str, griffe.Object]:
    """Return the named objects by path, and the project's own classes that they and their methods return."""
    found: dict[str, griffe.Object] = {}
    waiting = [each.final_target if isinstance(each, griffe.Alias) else each for each in named]
    while waiting:
        each = waiting.pop()
        if each.path in found or not (isinstance(each, griffe.Function | griffe.Class)):
            continue
        found[each.path] = each
        for function in [each] if isinstance(each, griffe.Function) else _methods(each):
            waiting += _own_classes(package, function.returns)
    return found


def _own_classes(package: griffe.Object, annotation: str | griffe.Expr | None) -> Iterator[griffe.Object]:
    if isinstance(annotation, griffe.Expr):
        for part in annotation.iterate(flat=True):
            path = part.canonical_path if isinstance(part, griffe.ExprName) else ""
            if path.startswith(f"{PROJECT}."):
                named = package[path.removeprefix(f"{PROJECT}.")]
                target = named.final_target if isinstance(named, griffe.Alias) else named
                if isinstance(target, griffe.Class):
                    yield target


def _methods(of: griffe.Class) -> list[griffe.Function]:
    """Return the public methods and properties of a class, its own first."""
    members = {**of.members, **{name: each for name, each in of.inherited_members.items() if name not in of.members}}
    targets = [each.final_target if isinstance(each, griffe.Alias) else each for each in members.values()]
    return [each for each in targets if isinstance(each, griffe.Function) and not each.name.startswith("_")]


def _fields(of: griffe.Class) -> list[griffe.Attribute]:
    members = {**of.inherited_members, **of.members}
    targets = [each.final_target if isinstance(each, griffe.Alias) else each for each in members.values()]
    return [each for each in targets if isinstance(each, griffe.Attribute) and not each.name.startswith("_")]


def _entry(of: griffe.Object) -> str:
    if isinstance(of, griffe.Function):
        return f"### {of.name}\n\n```python\n{of.signature()}\n```\n\n{_docstring(of)}"
    assert isinstance(of, griffe.Class)
    fields, properties = _fields(of), [each for each in _methods(of) if "property" in each.labels]
    parts = [f"### {of.name}\n\n{_docstring(of)}"]
    attributes = [f"- `{each.name}`: `{each.annotation}`\n" for each in fields if "property" not in each.labels]
    attributes += [f"- `{each.name}`: `{each.annotation}`. {_first_line(each)}\n" for each in fields if "property" in each.labels]
    if attributes:
        parts.append("".join(attributes))
    parts += [
        f"#### {of.name}.{each.name}\n\n```python\n{each.signature()}\n```\n\n{_docstring(each)}"
        for each in _methods(of)
        if each not in properties
    ]
    return "\n".join(parts)


def _first_line(of: griffe.Object | griffe.Alias) -> str:
    return of.docstring.value.partition("\n\n")[0] if of.docstring else ""


def _docstring(of: griffe.Object) -> str:
    """Return a docstring as Markdown, its numpydoc sections as lists."""
    parts = []
    for section in of.docstring.parsed if of.docstring else []:
        if isinstance(section, griffe.DocstringSectionText):
            parts.append(section.value)
        elif isinstance(section, griffe.DocstringSectionExamples):
            code = [value for kind, value in section.value if kind is griffe.DocstringSectionKind.examples]
            parts += [f"```python\n{each}\n```" for each in code]
        else:
            title = section.title or section.kind.value.capitalize()
            parts.append("\n".join([f"**{title}**\n", *_items(section)]))
    return "\n\n".join(parts) + "\n"


def _items(section: griffe.DocstringSection) -> Iterator[str]:
    for item in section.value:
        named = f"`{item.name}`" if getattr(item, "name", "") else ""
        typed = f"`{item.annotation}`" if item.annotation else ""
        label = ": ".join(part for part in (named, typed) if part)
        yield f"- {label}. {' '.join(item.description.split())}"


if __name__ == "__main__":
    replace_file(PAGE, page().encode())
