"""What can go wrong with a command, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

COMMAND_PROBLEMS: Words = {
    "program.fault": (
        Text("程序自身出错：{said}", "A fault of this program: {said}"),
        Text("这是程序的错误，请报告；设环境变量 DAYE_TRACEBACK=1 再运行，可得到完整的出错位置。",
             "This is a bug: please report it. Run again with the environment variable DAYE_TRACEBACK=1 for the traceback."),
    ),
}  # fmt: skip
