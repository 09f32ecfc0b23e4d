"""What can be wrong with a question to a package, in words: code, what, and remedy."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

VIEW_PROBLEMS: Words = {
    "load.no-compiled-on": (
        Text("数据包没有写明编制日。", "The package does not say when it was compiled."),
        Text("请写明日期，如 2026-11-23。", "Give the day, as 2026-11-23."),
    ),
    "package.no-row": (
        Text("来源和数据须按字段给出。", "A source and its figures are given by field."),
        Text('写成 {{"source_id": …}} 和 [{{"indicator_id": …, "value": …}}]，数据外面有方括号。',
             'Write {{"source_id": …}} and [{{"indicator_id": …, "value": …}}], the figures within square brackets.'),
    ),
    "package.unknown-field": (
        Text("{table} 表没有字段：{unknown}。", "The table {table} has no field {unknown}."),
        Text("字段：{fields}。", "Its fields: {fields}."),
    ),
    "package.unknown-language": (
        Text("没有语言“{language}”。", "There is no language '{language}'."),
        Text("可用 zh 与 en。", "Use zh or en."),
    ),
    "package.unknown-target": (
        Text("没有名为“{target}”的目标。", "There is no target called '{target}'."),
        Text("最接近的是：{nearest}。", "The nearest are: {nearest}."),
    ),
}  # fmt: skip
