"""What can be wrong with a question to a package, an assumption, a release or a report of validation, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

PACKAGE_PROBLEMS: Words = {
    "describe.file-not-readable": (
        Text("要描述的文件不存在或无法读取。", "A file that is to be described is missing or cannot be read."),
        Text("请先运行 daye build。", "Run `daye build` first."),
    ),
    "frictionless.no-descriptor": (
        Text("policy-targets 检查的是整个数据包，而这里没有数据包的描述文件。",
             "The check policy-targets reads a whole package, and there is no descriptor file here."),
        Text("请校验 datapackage.json 本身。", "Validate the file datapackage.json itself."),
    ),
    "load.no-package": (
        Text("找不到随项目提供的数据包。", "The package that comes with the project was not found."),
        Text("请给出数据包的路径，或先运行 daye build。", "Give a package's path, or run `daye build` first."),
    ),
    "package.ambiguous-plan": (
        Text("不知道假设属于哪个规划。", "It is not clear which plan the assumption belongs to."),
        Text("用 plan_id 写明：{known}。", "Name it in plan_id: {known}."),
    ),
    "package.assumption-unusable/at-a-date": (
        Text("“{indicator}”这类指标用不上这样的假设。", "Such an assumption cannot be used for an indicator like '{indicator}'."),
        Text("时点数不要给出期初。", "A figure at a date takes no period_start."),
    ),
    "package.assumption-unusable/of-a-period": (
        Text("“{indicator}”这类指标用不上这样的假设。", "Such an assumption cannot be used for an indicator like '{indicator}'."),
        Text("期间数须给出期初。", "A figure of a period needs period_start."),
    ),
    "package.bad-assumption": (
        Text("假设的数值或日期不成立。", "The assumed value or date cannot be."),
        Text("数值须为数（不带引号，占比不超过 100），日期如 \"2025-12-31\"，期初不晚于期末。",
             "Give a number (no quotes; a share is at most 100), dates as \"2025-12-31\", start not after end."),
    ),
    "package.not-a-day": (
        Text("“{found}”不是日期。", "'{found}' is not a date."),
        Text("写作 2026-11-25。", "Write it as 2026-11-25."),
    ),
    "package.unknown-plan": (
        Text("没有名为“{found}”的规划。", "There is no plan called '{found}'."),
        Text("可选：{known}。", "Choose one of: {known}."),
    ),
    "validate.not-a-report": (
        Text("该文件已存在，且不是校验报告。", "The file exists and is not a validation report."),
        Text("请给出另一个文件名。", "Give another file name."),
    ),
}  # fmt: skip
