"""What can be wrong with saving a chart or a table, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

CHART_PROBLEMS: Words = {
    "save.not-writable": (
        Text("无法写入该文件：{reason}。", "The file cannot be written: {reason}."),
        Text("检查文件夹是否存在、是否有写入权限、磁盘是否已满，以及文件是否正被其他程序打开。",
             "Check that its folder exists and may be written to, that the disk is not full, and that no other program has the file open."),
    ),
    "save.nothing-to-save": (
        Text("“{found}”既不是表，也不是图。", "'{found}' is neither a table nor a chart."),
        Text("可保存：DataFrame 及本项目的表和图，matplotlib、seaborn、pandas 所画的图。",
             "Give a DataFrame, a table or chart of this project, or a chart of matplotlib, seaborn or pandas."),
    ),
    "save.unknown-format": (
        Text("不能保存为“{found}”。", "A file ending in '{found}' cannot be written."),
        Text("文件名须以 {known} 结尾。", "Let the file's name end in {known}."),
    ),
}  # fmt: skip
