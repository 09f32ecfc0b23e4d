"""The README of a completed package, which replaces the README of the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from daye_analysis.package.definition import Metadata

# The first line of a README that `daye new` wrote; any other README is a person's and stays.
DRAFT_MARK = "<!-- daye new -->"


def finished_readme(root: Path, metadata: Metadata, rows: Mapping[str, Sequence[object]]) -> str | None:
    """Return the README of the finished package at `root`, None where a person has written one."""
    path = root / "README.md"
    if not path.is_file() or not path.read_text(encoding="utf-8").startswith(DRAFT_MARK):
        return None
    counts = {name: len(found) for name, found in rows.items()}
    return f"""{DRAFT_MARK}
# {metadata.title.zh}

{metadata.description.zh}

数据包已完成：{counts["tasks"]} 行任务、{counts["units"]} 个单位、{counts["targets"]} 个目标、{counts["observations"]} 条公开数据，截至 {metadata.compiled_on}。
`data/*.csv` 由 `data/source/` 生成，请勿直接修改；改动 `data/source/` 之后运行 `daye build --root .`。`daye report --package .` 生成报告。

---

# {metadata.title.en}

The package is complete: {counts["tasks"]} task rows, {counts["units"]} bodies, {counts["targets"]} targets and {counts["observations"]}
published figures, as of {metadata.compiled_on}. `data/*.csv` is generated from `data/source/`: edit the latter, then run
`daye build --root .`. `daye report --package .` generates the reports.
"""
