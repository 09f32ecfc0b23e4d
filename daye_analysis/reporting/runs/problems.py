"""Problems of a requested run, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

PLAN_PROBLEMS: Words = {
    "notebook.reserved-name": (
        Text("{name} 是报告文件夹的保留名称。", "The name {name} is reserved in the reports folder."),
        Text("请给笔记本换一个名称。", "Give the notebook another name."),
    ),
    "parameter.as-of": (
        Text("{text} 不是日期。", "{text} is not a date."),
        Text("请写成 2026-01-31 这样的日期，留空为今天。", "Write a date such as 2026-01-31, or leave it empty for today."),
    ),
    "parameter.future-as-of": (
        Text("as_of {day} 晚于今天，当日数据尚不可知。", "as_of {day} is in the future; nothing is known for that day."),
        Text("请用今天或更早的日期。", "Use today or an earlier day."),
    ),
}  # fmt: skip
