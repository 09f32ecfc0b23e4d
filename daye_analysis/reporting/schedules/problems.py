"""Problems of a schedule, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words
from daye_analysis.reporting.notebooks.problems import settings_problems

SCHEDULE_PROBLEMS: Words = {
    **settings_problems("schedule"),
    "schedule.bad-cron": (
        Text("{found} 不是有效的 cron 表达式，或永远不会触发。", "{found} is not a valid cron expression, or never occurs."),
        Text("依次写 分 时 日 月 星期，如 0 7 3 * *。", "Write minute, hour, day, month, weekday, such as 0 7 3 * *."),
    ),
    "schedule.bad-name": (
        Text("名称 {found} 不能用作文件名。", "The name {found} cannot be used as a file name."),
        Text("用字母、数字和连字符。", "Use letters, digits and hyphens."),
    ),
    "schedule.bad-start": (
        Text("start {day} 过早或过晚。", "start {day} is too early or too late."),
        Text("请写 {earliest} 年至 {latest} 年间的日期。", "Write a date from {earliest} to {latest}."),
    ),
    "schedule.bad-zone": (
        Text("没有时区 {found}。", "There is no time zone {found}."),
        Text("如 Asia/Shanghai。", "Use a name such as Asia/Shanghai."),
    ),
    "schedule.given-twice": (
        Text("{name} 既在 parameters 又在 grid。", "{name} is in parameters and in grid."),
        Text("只保留一处。", "Keep one of them."),
    ),
    "schedule.grid-no-list": (
        Text("grid 中的 {name} 须为非空列表。", "{name} in grid must be a non-empty list."),
        Text("写成 [值, 值]。", "Write [value, value]."),
    ),
    "schedule.hook-failed": (
        Text("通知命令未成功（{reason}），下次再通知。", "The notification command failed ({reason}); it is called again next time."),
        Text("请检查 schedule.toml 中 [notify] 的 command。", "Check command in [notify] of schedule.toml."),
    ),
    "schedule.no-cronsim": (
        Text("定时运行需要 cronsim。", "Schedules need the package cronsim."),
        Text("安装 daye-analysis[schedule]。", "Install daye-analysis[schedule]."),
    ),
    "schedule.none": (
        Text("文件中没有 [[schedule]]。", "The file has no [[schedule]] section."),
        Text("至少写一节。", "Write one."),
    ),
    "schedule.repeated-name": (
        Text("{name} 出现两次。", "{name} appears twice."),
        Text("换一个名称。", "Choose another name."),
    ),
    "schedule.unknown-schedule": (
        Text("没有名为 {found} 的 [[schedule]]。", "There is no [[schedule]] called {found}."),
        Text("请写已有的名称：{known}。", "Write one of: {known}."),
    ),
}  # fmt: skip
