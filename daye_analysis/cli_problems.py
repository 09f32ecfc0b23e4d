"""What can go wrong with a command, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

COMMAND_PROBLEMS: Words = {
    "program.fault": (
        Text("程序自身出错：{said}", "Internal error: {said}"),
        Text("这是程序的错误，请报告；设环境变量 DAYE_TRACEBACK=1 再运行，可得到完整的调用栈。",
             "This is a bug: please report it. Set the environment variable DAYE_TRACEBACK=1 and run again to see the traceback."),
    ),
    "program.not-utf-8": (
        Text("参数 {found} 不是 UTF-8 编码的文字。", "The argument {found} is not text in UTF-8."),
        Text("请把文件或文件夹改成 UTF-8 编码的名称。", "Rename the file or folder to a name in UTF-8."),
    ),
}  # fmt: skip
