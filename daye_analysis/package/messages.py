"""Problems of queries to a package, assumptions, releases and validation reports, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

PACKAGE_PROBLEMS: Words = {
    "describe.file-not-readable": (
        Text("数据包的某个文件不存在或无法读取。", "A file of the package is missing or cannot be read."),
        Text("请先运行 daye build。", "Run `daye build` first."),
    ),
    "frictionless.no-descriptor": (
        Text("policy-targets 检查的是整个数据包，而这里没有数据包的描述文件。",
             "The check policy-targets needs a whole package; there is no descriptor file here."),
        Text("请校验 datapackage.json 本身。", "Validate the file datapackage.json itself."),
    ),
    "load.no-package": (
        Text("找不到随项目提供的数据包。", "The package that comes with the project was not found."),
        Text("请给出数据包的路径，或先运行 daye build。", "Give a package's path, or run `daye build` first."),
    ),
    "package.ambiguous-plan": (
        Text("数据包有多个规划，未写明假设属于哪一个。", "The package has several plans, and the assumption does not say which it belongs to."),
        Text("用 plan_id 写明：{known}。", "Name it in plan_id: {known}."),
    ),
    "package.assumption-unusable/at-a-date": (
        Text("指标“{indicator}”不能采用此种形式的假设。", "An assumption of this form cannot be used for the indicator '{indicator}'."),
        Text("时点数不要给出期初。", "Leave out period_start: the figure is for a date."),
    ),
    "package.assumption-unusable/of-a-period": (
        Text("指标“{indicator}”不能采用此种形式的假设。", "An assumption of this form cannot be used for the indicator '{indicator}'."),
        Text("期间数须给出期初。", "Give period_start: the figure is for a period."),
    ),
    "package.bad-assumption": (
        Text("假设的数值或日期不成立。", "The assumed value or date is not valid."),
        Text("数值须为数（不带引号，占比不超过 100），日期如 \"2025-12-31\"，期初不晚于期末。",
             "Give a number (no quotes; a share is at most 100), dates as \"2025-12-31\", start not after end."),
    ),
    "package.not-a-day": (
        Text("“{found}”不是日期。", "'{found}' is not a date."),
        Text("写作 2026-11-25。", "Write it in the form 2026-11-25."),
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
