"""The words on pictures and tables of clusters, in zh and en, once each, and the units of their axes."""

from __future__ import annotations

from typing import Final

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Prose
from daye_analysis.package.formatting import unit_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.punctuation import DASH

WORDS: Final[dict[str, Text]] = {
    "no_clusters": Text("本数据包没有产业集群目标，本报告无内容可列。",
                        "This package sets no targets for clusters, so there is nothing to report here."),
    "cluster": Text("集群", "Cluster"),
    "place": Text("按区域划定", "defined by place"),
    "aim": Text("目标", "Aim"),
    "known": Text("已知数据", "What is known"),
    "verdict": Text("结论", "Verdict"),
    "from_base": Text("自基期起", "From the base"),
    "from_figure": Text("自最近一期数据起", "From the latest figure"),
    "period": Text("时期", "Period"),
    "area": Text("地区", "Area"),
    "growth": Text("公布的同比增速", "Published growth"),
    "scope": Text("统计范围", "Scope"),
    "source": Text("来源", "Source"),
    "series": Text("序列", "Series"),
    "whole": Text("整体", "Whole"),
    "none": Text("无", "none"),
    "about": Text("约", "about"),
    "forecast": Text("预计", "forecast"),
    "related_only": Text("只有相关数据，口径不可比", "only related figures"),
    "nothing": Text("未见公开数据", "nothing found"),
    "year": Text("年份", "Year"),
    "from_to": Text("起止年", "Years"),
    "reference": Text("参照地区", "Reference"),
    "share": Text("占整体比重", "Share of the whole"),
    "reference_share": Text("参照地区比重", "Share there"),
    "quotient": Text("区位商", "Location quotient"),
    "pull": Text("拉动（百分点）", "Pull (points)"),
    "contribution": Text("贡献率", "Contribution"),
    "herfindahl": Text("赫芬达尔指数", "Herfindahl index"),
    "normalised": Text("标准化", "normalised"),
    "krugman": Text("克鲁格曼专业化指数", "Krugman specialisation"),
    "change": Text("变动", "Change"),
    "reference_growth": Text("参照地区总体增长", "Reference growth"),
    "industry_mix": Text("产业结构", "Industry mix"),
    "regional_shift": Text("地区竞争力", "Regional shift"),
    "competitive": Text("其中：竞争力", "of it: competitive"),
    "allocation": Text("其中：配置", "of it: allocation"),
    "dynamic": Text("动态法：总体／结构／竞争力", "Dynamic: growth / mix / shift"),
}  # fmt: skip

# Where an axis in English has CNY billion, Chinese has 亿元: the power of ten of each.
_AXIS: Final = {"zh": (8, "亿元"), "en": (9, "CNY billion")}


def word(name: str, language: Language) -> str:
    """Return the word called `name` in `language`."""
    return WORDS[name].say(language)


def no_clusters(language: Language) -> Prose:
    """Return the plain sentence for a package without clusters."""
    return Prose(word("no_clusters", language))


def axis_unit(package: PackageTables, unit_code: str, language: Language) -> tuple[float, str]:
    """Return what to multiply values in `unit_code` by for an axis, and that axis's unit in words."""
    units = package.measurement_units.set_index("unit_code")
    if units["kind"][unit_code] != "money":
        return 1.0, unit_words(str(units[f"label_{language}"][unit_code]))
    power, label = _AXIS[language]
    return 10.0 ** (int(units["power_of_ten"][unit_code]) - power), label


def years_span(first: int, last: int, language: Language) -> str:
    """Return two years and what lies between, with the language's dash."""
    return f"{first}{DASH.say(language)}{last}"
