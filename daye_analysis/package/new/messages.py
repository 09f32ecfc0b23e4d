"""What can be wrong when a package is started, in words: code, what, and remedy."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

NEW_PROBLEMS: Words = {
    "new.folder-not-empty": (
        Text("该文件夹不是空的。", "The folder is not empty."),
        Text("请给出一个尚不存在或空的文件夹，已有文件不会被覆盖。", "Name a folder that is empty or not there yet; nothing is overwritten."),
    ),
    "new.not-a-folder": (
        Text("该处已有同名文件。", "A file is there already."),
        Text("请给出一个文件夹的路径。", "Name a folder."),
    ),
    "new.file-exists": (
        Text("该文件已存在。", "The file exists already."),
        Text("请给出一个尚不存在的文件名；已填写的表不会被覆盖。", "Name a file that does not exist yet; a table that was filled in is not overwritten."),
    ),
    "new.answer-misplaced": (
        Text("填写的“{found}”没有对应的空处：该处已填写或已变动，或判断未写“是”。", "The answer '{found}' has no empty place: it was filled in or has moved, or a judgement was not answered with ok."),
        Text("什么也没有写入。请重新生成该表再填。", "Nothing was written. Make the table anew and fill it in."),
    ),
    "new.list-too-large": (
        Text("任务清单有 {found} 字节，过大。", "The task list has {found} bytes, which is too many."),
        Text("不得超过 {limit} 字节；请只保留任务清单所在的部分。", "It may have {limit}; keep only the part that holds the task list."),
    ),
    "new.bad-option": (
        Text("“{found}”的写法不对。", "'{found}' is not spelt as it must be."),
        Text("须如 {example}。", "Write it as {example}."),
    ),
}  # fmt: skip
