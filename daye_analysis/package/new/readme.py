"""The README of a draft package: what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from daye_analysis.package.finished_readme import DRAFT_MARK


def readme(title: str, layout: str, counts: Mapping[str, int]) -> str:
    """Return the text of README.md: Chinese, then English."""
    found = {"title": title or "—", "layout": layout, **counts}
    return f"{DRAFT_MARK}\n{_ZH.format(**found)}\n---\n\n{_EN.format(**found)}"


_ZH = """# {title}

由任务清单起草的数据包，尚未完成：{actions} 个行动、{tasks} 行任务、{units} 个单位写法、{targets} 个拟议目标、{numbers} 处待说明的数（版式 {layout}）。

1. `daye validate .` 一次列出全部缺项：文件、行、字段和填写要求。在 `data/source/` 中填写，用文本编辑器即可。
2. `targets.yaml`：逐条对照原文 `task_list.zh.txt`。各条目为程序提议：不是目标的删去，遗漏的补上，`# 需判断` 各行判断后删去。
3. `indicators.csv`：每个目标一行。`quantity`、`direction`、`additive` 留空的，为原文不能确定；统计口径写入 `definition_zh`。
4. `numbers.yaml`：说明其余的数不是目标的理由；年份、序号、文号、固定用语等已说明。
5.  `plans.yaml`、`areas.csv`、`sources.csv`、`package.yaml`、`units.yaml`：发布者和发布日等；单位类别、规划起止已按名称和标题填写，请核对。英文均可不写。标识可改得易读，首次发布后不再更改。
6. `daye build --root .` 生成 `data/*.csv` 和 `datapackage.json`；`daye validate .` 通过后，`daye report --package .` 出报告。
7. 公开数据陆续填入 `observations.csv`，来源填入 `sources.csv`。没有数据也能生成报告：未见公开数据不等于没有完成。

不得改动 `task_list.zh.txt`：各处位置按其字符计算。
"""

_EN = """# {title}

A data package drafted from a task list, not yet complete: {actions} actions, {tasks} task rows, {units} spellings of bodies,
{targets} proposed targets, {numbers} numbers to be explained (layout {layout}).

1. `daye validate .` lists everything that is missing: file, row, field, and how to fill it in. Fill it in under
   `data/source/`, with any text editor.
2. `targets.yaml`: check each entry against the official text, `task_list.zh.txt`. The entries are proposals: delete those that
   are not targets, add any that were missed, and delete each line `# 需判断 … # to judge …` once it is decided.
3. `indicators.csv`: one row for each target. `quantity`, `direction` and `additive` are empty where the wording does not
   determine them; state what is counted in `definition_zh`.
4. `numbers.yaml`: explain why each other number is not a target; years, ordinals, document numbers and set phrases are done.
5. `plans.yaml`, `areas.csv`, `sources.csv`, `package.yaml`, `units.yaml`: the publisher, the day of publication and so on. The kinds of
   bodies and the plan's start and due date were taken from names and title; check them. English may be left out everywhere.
   Identifiers may be made more readable, but do not change after the first release.
6. `daye build --root .` generates `data/*.csv` and `datapackage.json`; once `daye validate .` finds no problems, run
   `daye report --package .`.
7. Enter published figures in `observations.csv` and their sources in `sources.csv`. Reports can be generated without any
   figures: the absence of a published figure is not a sign of failure.

Do not change `task_list.zh.txt`: every span is a position in its characters.
"""
