"""The words on charts and in print tables, in zh and en, once each."""

from __future__ import annotations

from typing import Final

from daye_analysis.bilingual import Language, Text
from daye_analysis.views.package import Package

LABELS: Final[dict[str, Text]] = {
    "action": Text("行动", "Action"),
    "targets": Text("目标数", "Number of targets"),
    "target": Text("目标", "Target"),
    "asked": Text("要求", "Asked"),
    "known": Text("已知", "Known"),
    "follows": Text("由此可知", "What follows"),
    "period": Text("时期", "Period"),
    "figure": Text("数值", "Figure"),
    "scope": Text("地区与口径", "Area and scope"),
    "use": Text("作用", "Use"),
    "source": Text("来源", "Source"),
    "lead": Text("牵头单位", "Lead unit"),
    "evidence": Text("数据状况", "State of the data"),
    "share_of_target": Text("相当于目标值的百分比", "Per cent of the target value"),
    "like": Text("同口径数据", "like figure"),
    "at_least": Text("至少（下限）", "at least (lower bound)"),
    "at_most": Text("至多（上限）", "at most (upper bound)"),
    "latest": Text("最近数据", "Latest figure"),
    "required_growth": Text("所需年均增速", "Required growth a year"),
    "time_left": Text("距到期", "Time left"),
    "years": Text("年", "years"),
    "finding": Text("结论", "Finding"),
    "undated": Text("日期未注明", "undated"),
    "assumed": Text("使用者的假设，不是公开数据", "An assumption of the user's, no published figure"),
    "not_judged": Text("进度暂不评价", "progress not assessed"),
    "no_address": Text("地址未见", "no address known"),
}


def target_names(package: Package, language: Language) -> dict[str, str]:
    """Return the name of each target: that of its indicator."""
    indicators = zip(package.targets["target_id"], package.targets["indicator_id"], strict=True)
    return {str(target): str(package.record("indicators", indicator)[f"name_{language}"]) for target, indicator in indicators}


def label(name: str, language: Language) -> str:
    """Return the word called `name` in `language`."""
    return LABELS[name].say(language)
