"""Problems of queries about targets by code: what is wrong and how to fix it."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

PROGRESS_PROBLEMS: Words = {
    "progress.as-of-before-plan": (
        Text("截至日 {day} 早于规划{plan}的发布日 {published}，当时尚无目标。",
             "The as-of date {day} is before the plan{plan} was published ({published}): there were no targets then."),
        Text("给出发布日或以后的日期。", "Give the date of publication or a later one."),
    ),
    "progress.unknown-target": (
        Text("没有名为“{target}”的目标。", "There is no target called '{target}'."),
        Text("目标标识见 targets 表；规划须在截至日前已发布。",
             "The identifiers are in the table targets; its plan must have been published by then."),
    ),
    "progress.not-assessments": (
        Text("评价表缺少字段：{columns}。", "The assessments have no columns {columns}."),
        Text("请用当前版本重新评价后再比较。", "Run the assessment again with the current version, then compare."),
    ),
    "progress.not-earlier": (
        Text("用来比较的评价截至 {first}，晚于 {last}。",
             "The assessments to compare with are as of {first}, later than {last}."),
        Text("请给出更早的一次。", "Give a run with an earlier date."),
    ),
}  # fmt: skip
