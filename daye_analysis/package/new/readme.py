"""The README of a new package's folder: what to do next while it is a draft, what it holds once it is finished."""

from __future__ import annotations

from collections.abc import Mapping

from daye_analysis.package.finished_readme import DRAFT_MARK


def readme(title: str, layout: str, counts: Mapping[str, int]) -> str:
    """Return the text of README.md: Chinese, then English."""
    found = {"title": title or "—", "layout": layout, **counts}
    return f"{DRAFT_MARK}\n{_ZH.format(**found)}\n---\n\n{_EN.format(**found)}"


_ZH = """# {title}

由任务清单起草的数据包，尚未完成：{actions} 个行动、{tasks} 行任务、{units} 个单位写法、{targets} 个拟议目标、{numbers} 处待说明的数（版式 {layout}）。

1. `daye validate .` 一次列出所有尚缺之处：文件、行、字段和补法。全部在 `data/source/` 中补上，用文本编辑器即可。
2. `targets.yaml`：逐条对照原文 `task_list.zh.txt`。程序只是提议：不是目标的删去，漏掉的补上，`# 需判断` 各行判断之后删去。
3. `indicators.csv`：每个目标一行。空着的 `quantity`、`direction`、`additive` 是程序不能断定的；写明 `definition_zh`。
4. `numbers.yaml`：说明其余的数为何不是目标；年份、序号、文号、固定用语等已说明。
5. `plans.yaml`、`areas.csv`、`sources.csv`、`package.yaml`、`units.yaml`：发布者和发布日等；单位类别、规划起止已按名称和标题填写，请核对。英文都可以不写。标识可以改得易读，第一次发布之后不再改。
6. `daye build --root .` 生成 `data/*.csv` 和 `datapackage.json`；`daye validate .` 通过后，`daye report --package .` 出报告。
7. 公开数据陆续填入 `observations.csv`，来源填入 `sources.csv`。没有数据也能出报告：没有数据不等于没有完成。

不要改动 `task_list.zh.txt`：各处位置按它的字符计算。
"""

_EN = """# {title}

A data package drafted from a task list, not finished yet: {actions} actions, {tasks} task rows, {units} spellings of units,
{targets} proposed targets, {numbers} numbers to be explained (layout {layout}).

1. `daye validate .` lists everything that is missing, at once: file, row, field, and how to supply it. All of it is filled in
   under `data/source/`, with any text editor.
2. `targets.yaml`: hold each entry against the official text, `task_list.zh.txt`. The program only proposes: delete what is no
   target, add what was missed, and delete each line `# 需判断 … # to judge …` once it is settled.
3. `indicators.csv`: one row a target. Where `quantity`, `direction` or `additive` is empty, the words do not settle it; say
   what is counted in `definition_zh`.
4. `numbers.yaml`: say of the other numbers why they are no targets; years, ordinals, document numbers and set phrases are explained.
5. `plans.yaml`, `areas.csv`, `sources.csv`, `package.yaml`, `units.yaml`: the publisher and the day of publication; kinds of bodies and
   the plan's span are filled in from names and title, so check them. English may be left out everywhere. Identifiers may be made
   readable; after the first release they stay.
6. `daye build --root .` makes `data/*.csv` and `datapackage.json`; when `daye validate .` finds nothing,
   `daye report --package .` prints the reports.
7. Published figures go into `observations.csv` as they come, their sources into `sources.csv`. Reports can be made without any:
   absence of a published figure is no sign of failure.

Leave `task_list.zh.txt` as it is: every span counts its characters.
"""
