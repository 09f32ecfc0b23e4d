"""Writes docs/problems.md and its Chinese page: every problem that the project can name, with its meaning and remedy.

    python scripts/make_problems.py

The words are read from the sources: the catalogues (a code with what and remedy) and the problems built in place.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from daye_analysis.bilingual import Language, Text

ROOT = Path(__file__).resolve().parents[1]
PAGES: dict[Language, Path] = {"en": ROOT / "docs/problems.md", "zh": ROOT / "docs/problems.zh-CN.md"}
_CODE = re.compile(r"[a-z-]+\.[a-z0-9-]+")
_HEAD: dict[Language, str] = {
    "en": """# Problems

[中文](problems.zh-CN.md)

Every problem has a code that stays the same, says what is wrong and where, and how to fix it. A word in braces is filled in with what was
found. This page is generated from the sources by `scripts/make_problems.py`.
""",
    "zh": """# 问题代码

[English](problems.md)

每个问题都有固定的代码，说明错在哪里、怎样改正。花括号中的内容以实际情况填入。本页由 `scripts/make_problems.py` 从源代码生成。
""",
}
_COLUMNS: dict[Language, str] = {
    "en": "| Code | What is wrong | How to fix it |\n| --- | --- | --- |\n",
    "zh": "| 代码 | 问题 | 处理 |\n| --- | --- | --- |\n",
}


class Entry(NamedTuple):
    """One wording of a code: where it is defined, what is wrong, and the remedy."""

    code: str
    module: str
    what: Text
    remedy: Text


def entries() -> list[Entry]:
    """Return every wording of every code, by code, then in the order of the sources."""
    trees = {
        path.relative_to(ROOT / "daye_analysis").as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "daye_analysis").rglob("*.py"))
    }
    # Constants in capitals are imported by other modules.
    shared = {name: values for tree in trees.values() for name, values in _named(tree).items() if name.isupper()}
    found = [entry for module, tree in trees.items() for entry in _entries(module, tree, shared | _named(tree))]
    return sorted(dict.fromkeys(found), key=lambda entry: entry.code)


def _entries(module: str, tree: ast.Module, constants: Mapping[str, list[ast.expr]]) -> Iterator[Entry]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(value, ast.Tuple) and len(value.elts) == 2:
                    yield from _entry(module, key, value.elts[0], value.elts[1], constants)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Problem", "_problem"):
            given = {str(each.arg): each.value for each in node.keywords}
            named = dict(zip(("code", "what", "where", "remedy"), node.args, strict=False)) | given
            code = named.get("code")
            if isinstance(code, ast.Name) and code.id in constants:
                code = constants[code.id][0]
            yield from _entry(module, code, named.get("what"), named.get("remedy"), constants, built=node.func.id == "Problem")


def _named(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """Return what each name is set to anywhere in a module."""
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Name):
                named.setdefault(target.id, []).append(node.value)
    return named


def _entry(
    module: str,
    code: ast.expr | None,
    what: ast.expr | None,
    remedy: ast.expr | None,
    constants: Mapping[str, list[ast.expr]],
    *,
    built: bool = False,
) -> Iterator[Entry]:
    if not isinstance(code, ast.Constant) or not isinstance(code.value, str):
        return
    whole = code.value.partition("/")[0]
    # A text that is put together elsewhere is left open.
    unknown = [Text("……", "…")] if built else []
    meanings, remedies = (_texts(each, constants) or unknown for each in (what, remedy))
    if _CODE.fullmatch(whole) and meanings and remedies:
        for at in range(max(len(meanings), len(remedies))):
            yield Entry(whole, module, meanings[min(at, len(meanings) - 1)], remedies[min(at, len(remedies) - 1)])


def _texts(node: ast.expr | None, constants: Mapping[str, list[ast.expr]]) -> list[Text]:
    """Return the texts that an expression may be; none where they are made elsewhere."""
    if isinstance(node, ast.Name) and node.id in constants:
        return [text for each in constants[node.id] for text in _texts(each, constants)]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, constants), *_texts(node.orelse, constants)]
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Text", "Bilingual")):
        return []
    words = [*node.args, *(each.value for each in node.keywords)]
    return [Text(*map(_words, words))] if len(words) == 2 else []


def _words(node: ast.expr) -> str:
    """Return a text as it is written, with what is filled in as a name in braces."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_words, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _words(node.left) + _words(node.right)
    if isinstance(node, ast.FormattedValue):
        return _words(node.value)
    names = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    names += [each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)]
    return "{" + (node.id if isinstance(node, ast.Name) else names[-1] if names else "…") + "}"


def page(language: Language) -> str:
    """Return the page: a table for each first word of the codes."""
    parts = [_HEAD[language]]
    room = ""
    for entry in entries():
        here = entry.code.partition(".")[0]
        if here != room:
            room = here
            parts.append(f"\n## {room}\n\n{_COLUMNS[language]}")
        cells = [f"`{entry.code}`", _cell(entry.what.say(language)), _cell(entry.remedy.say(language))]
        parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|").replace("<", r"\<")


if __name__ == "__main__":
    for chosen, path in PAGES.items():
        path.write_text(page(chosen), encoding="utf-8")
