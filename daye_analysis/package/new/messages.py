"""Problems of starting a package by code: what is wrong and how to fix it."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

NEW_PROBLEMS: Words = {
    "new.folder-not-empty": (
        Text("该文件夹不是空的。", "The folder is not empty."),
        Text("请给出一个尚不存在或空的文件夹，已有文件不会被覆盖。", "Give a folder that is empty or does not exist yet; nothing is overwritten."),
    ),
    "new.not-a-folder": (
        Text("该处已有同名文件。", "A file of that name exists already."),
        Text("请给出一个文件夹的路径。", "Name a folder."),
    ),
    "new.file-exists": (
        Text("该文件已存在。", "The file exists already."),
        Text("请给出一个尚不存在的文件名；已填写的表不会被覆盖。", "Give a file that does not exist yet; a completed worksheet is not overwritten."),
    ),
    "new.answer-misplaced": (
        Text("填写的“{found}”没有对应的空缺：该处已填写或已变动，或判断一栏未写“是”。", "The answer '{found}' has no empty cell to go into: the cell has been filled in or moved, or a decision was not answered with ok."),
        Text("未写入任何内容。请重新生成该表后填写。", "Nothing was written. Create the worksheet again and fill it in."),
    ),
    "new.list-too-large": (
        Text("任务清单有 {found} 字节，过大。", "The task list is too large: {found} bytes."),
        Text("不得超过 {limit} 字节；请只保留任务清单所在的部分。", "The limit is {limit}; keep only the part that contains the task list."),
    ),
    "new.bad-option": (
        Text("“{found}”的写法不对。", "'{found}' does not have the required form."),
        Text("须如 {example}。", "Write it as {example}."),
    ),
}  # fmt: skip
