"""What can be wrong with a run that is asked for, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

PLAN_PROBLEMS: Words = {
    "notebook.reserved-name": (
        Text("{name} 是报告文件夹自用的名称。", "The reports folder uses the name {name} itself."),
        Text("请给笔记本换一个名称。", "Give the notebook another name."),
    ),
    "parameter.as-of": (
        Text("{text} 不是日期。", "{text} is no day."),
        Text("请写成 2026-01-31 这样的日期，留空为今天。", "Write a day such as 2026-01-31; empty means today."),
    ),
    "parameter.future-as-of": (
        Text("as_of {day} 在未来，那天的数据尚不可知。", "as_of {day} lies in the future: nothing of it is known."),
        Text("请用今天或更早的日期。", "Use today or an earlier day."),
    ),
}  # fmt: skip
