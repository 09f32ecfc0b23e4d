"""Writes docs/problems.md and its Chinese page: every problem that the project can name, with its meaning and remedy.

    python scripts/make_problems.py

The words are those of the rooms' catalogues, the mappings called *_PROBLEMS.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import NamedTuple

from daye_analysis.bilingual import Language, Text
from daye_analysis.storage.files import replace_file

ROOT = Path(__file__).resolve().parents[1]
PAGES: dict[Language, Path] = {"en": ROOT / "docs/problems.md", "zh": ROOT / "docs/problems.zh-CN.md"}
# Codes of earlier releases, and what reports the same event now.
FORMER = {
    "package.unknown-indicator": "selection.unknown",
    "parameter.as-of-before-plan": "progress.as-of-before-plan",
}
_HEAD: dict[Language, str] = {
    "en": """# Problems

[中文](problems.zh-CN.md)

Every problem has a stable code and states what is wrong, where, and how to fix it. Words in braces are replaced by the actual values.
This page is generated from the message catalogues by `scripts/make_problems.py`.
""",
    "zh": """# 问题代码

[English](problems.md)

每个问题都有固定的代码，说明问题、位置和改正办法。花括号中的内容以实际值代入。本页由 `scripts/make_problems.py` 从各问题目录生成。
""",
}
_COLUMNS: dict[Language, str] = {
    "en": "| Code | What is wrong | How to fix it |\n| --- | --- | --- |\n",
    "zh": "| 代码 | 问题 | 处理 |\n| --- | --- | --- |\n",
}
_FORMER_HEAD: dict[Language, str] = {
    "en": "\n## Codes of earlier releases\n\n| Former code | Now |\n| --- | --- |\n",
    "zh": "\n## 以前版本的代码\n\n| 原代码 | 现代码 |\n| --- | --- |\n",
}


class Entry(NamedTuple):
    """One message of a code: the catalogue it is in, what is wrong, and the remedy."""

    code: str
    catalogue: str
    what: Text
    remedy: Text


def entries() -> list[Entry]:
    """Return every message of every code, by code, then in the order of its catalogue."""
    found = []
    for path in sorted((ROOT / "daye_analysis").rglob("*.py")):
        if "_PROBLEMS: Words" in path.read_text(encoding="utf-8"):
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            catalogues = {name: value for name, value in vars(module).items() if name.endswith("_PROBLEMS") and not name.startswith("_")}
            imported = {name for name in catalogues if f"{name}: Words" not in path.read_text(encoding="utf-8")}
            for name in catalogues.keys() - imported:
                found += [Entry(code.partition("/")[0], name, what, remedy) for code, (what, remedy) in catalogues[name].items()]
    return sorted(dict.fromkeys(found), key=lambda entry: entry.code)


def page(language: Language) -> str:
    """Return the page: a table for each first word of the codes, then the codes of earlier releases."""
    parts = [_HEAD[language]]
    room = ""
    for entry in entries():
        here = entry.code.partition(".")[0]
        if here != room:
            room = here
            parts.append(f"\n## {room}\n\n{_COLUMNS[language]}")
        cells = [f"`{entry.code}`", _cell(entry.what.say(language)), _cell(entry.remedy.say(language))]
        parts.append(f"| {' | '.join(cells)} |\n")
    parts.append(_FORMER_HEAD[language])
    parts += [f"| `{former}` | `{now}` |\n" for former, now in FORMER.items()]
    return "".join(parts)


def _cell(text: str) -> str:
    single = text.replace("{{", "{").replace("}}", "}")
    return " ".join(single.split()).replace("|", r"\|").replace("<", r"\<")


if __name__ == "__main__":
    for chosen, path in PAGES.items():
        replace_file(path, page(chosen).encode())
