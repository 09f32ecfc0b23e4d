"""The words on charts and in print tables, in zh and en, once each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.formatting import target_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.views.verdict_words import unit_label

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
    "lead": Text("牵头单位", "Lead body"),
    "evidence": Text("数据状况", "State of the data"),
    "share_of_target": Text("相当于目标值的百分比", "Per cent of the target value"),
    "latest": Text("最近一期数据", "Latest figure"),
    "required_growth": Text("所需增速", "Required growth"),
    "from_figure": Text("自该期数据至目标期末", "From that figure to the due date"),
    "finding": Text("结论", "Finding"),
    "undated": Text("日期未注明", "undated"),
    "assumed": Text("使用者的假设，不是公开数据", "An assumption of the user's, not a published figure"),
    "not_judged": Text("进度暂不评价", "progress not assessed"),
    "no_address": Text("地址未见", "no address known"),
}


def target_names(package: PackageTables, language: Language) -> dict[str, str]:
    """Return the name of each target: that of its indicator."""
    indicators = zip(package.targets["target_id"], package.targets["indicator_id"], strict=True)
    return {str(target): str(package.record("indicators", indicator)[f"name_{language}"]) for target, indicator in indicators}


def named_in_order(package: PackageTables, assessments: pd.DataFrame) -> pd.DataFrame:
    """Return the assessments in the list's order, with the indicators' names."""
    rows = in_list_order(package, assessments)
    zh, en = target_names(package, "zh"), target_names(package, "en")
    return rows.assign(name_zh=rows["target_id"].map(zh), name_en=rows["target_id"].map(en))


def asked_words(package: PackageTables, row: Mapping[str, Any], language: Language) -> str:
    """Return what is asked by a row with `comparator`, `target` and `unit_code`."""
    label = unit_label(package, row["unit_code"], language)
    return target_words(str(row["comparator"]), float(row["target"]), label, language)


def label(name: str, language: Language) -> str:
    """Return the word called `name` in `language`."""
    return LABELS[name].say(language)
