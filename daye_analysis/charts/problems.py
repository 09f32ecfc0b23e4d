"""What can be wrong with a choice of targets, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

CHART_PROBLEMS: Words = {
    "selection.unknown/near": (
        Text("没有名为“{found}”的{kind}。", "There is no {kind} called '{found}'."),
        Text("最接近的是：{nearest}。", "The nearest are: {nearest}."),
    ),
    "selection.unknown/none": (
        Text("没有名为“{found}”的{kind}。", "There is no {kind} called '{found}'."),
        Text("数据包里没有{kind}；去掉这个条件。", "The package has no {kind}s; leave this filter out."),
    ),
}  # fmt: skip
