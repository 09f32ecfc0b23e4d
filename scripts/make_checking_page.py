"""Writes the tables of docs/checking.md and its Chinese page: which faults our validator finds, and which frictionless.

    python scripts/make_checking_page.py

The faults are those of the tests, which run both validators on each of them and compare the pages with this.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from damaged_packages import DAMAGE, Damage  # noqa: E402
from test_check_mutations import CASES, Case  # noqa: E402

from daye_analysis.bilingual import Language, Text  # noqa: E402
from daye_analysis.problem_messages import shown  # noqa: E402
from daye_analysis.storage.files import replace_file  # noqa: E402

PAGES: dict[Language, Path] = {"en": ROOT / "docs/checking.md", "zh": ROOT / "docs/checking.zh-CN.md"}

_FIELD, _CELL, _FAULT = Text("字段", "Field"), Text("填入", "Cell"), Text("错误", "Fault")
_OURS, _THEIRS = Text("daye validate", "daye validate"), Text("frictionless", "frictionless")
_SEEN, _NOT_SEEN = Text("发现", "finds it"), Text("未发现", "finds nothing")
_EMPTY = Text("（空）", "(empty)")


def tables(language: Language) -> dict[str, str]:
    """Return the two tables as Markdown, by the mark that encloses them."""

    def line(cells: list[str]) -> str:
        return f"| {' | '.join(cells)} |\n"

    def table(heads: list[Text], rows: list[list[str]]) -> str:
        return "".join([line([head.say(language) for head in heads]), line(["---"] * len(heads)), *map(line, rows)])

    def seen(by_frictionless: bool) -> str:
        return (_SEEN if by_frictionless else _NOT_SEEN).say(language)

    def code(text: str) -> str:
        return f"`{shown(text)}`".replace("|", r"\|") if text else _EMPTY.say(language)

    cells = [
        [f"`{case.table}.{case.field}`", code(case.cell), f"`{case.code}`", seen(case.frictionless_sees_it)]
        for case in CASES
        if case.code
    ]
    files = [
        [damage.label.say(language), f"`{damage.code}`", seen(damage.frictionless_sees_it)] for damage in DAMAGE
    ]
    def sum_up(faults: Sequence[Case | Damage]) -> str:
        alone = sum(not fault.frictionless_sees_it for fault in faults)
        text = Text(f"共 {len(faults)} 项，其中 {alone} 项只有 `daye validate` 能发现。",
                    f"Of these {len(faults)}, {alone} are found by `daye validate` alone.")  # fmt: skip
        return f"\n{text.say(language)}\n"

    return {
        "cells": table([_FIELD, _CELL, _OURS, _THEIRS], cells) + sum_up([case for case in CASES if case.code]),
        "files": table([_FAULT, _OURS, _THEIRS], files) + sum_up(DAMAGE),
    }


def page(language: Language) -> str:
    """Return the page with its tables generated again."""
    text = PAGES[language].read_text(encoding="utf-8")
    for mark, made in tables(language).items():
        enclosed = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
        text, count = enclosed.subn(lambda match, made=made: f"{match[1]}{made}{match[2]}", text)  # type: ignore[misc]
        if count != 1:
            raise SystemExit(f"{PAGES[language].name} has {count} places for the table {mark}")
    return text


if __name__ == "__main__":
    for spoken, path in PAGES.items():
        replace_file(path, page(spoken).encode())
