"""What can be wrong when a package is started, in words: code, what, and remedy."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.package.wording import Words

NEW_WORDS: Words = {
    "new.folder-not-empty": (
        Text("该文件夹不是空的。", "The folder is not empty."),
        Text("请给出一个尚不存在或空的文件夹，已有文件不会被覆盖。", "Name a folder that is empty or not there yet; nothing is overwritten."),
    ),
    "new.not-a-folder": (
        Text("该处已有同名文件。", "A file stands there already."),
        Text("请给出一个文件夹的路径。", "Name a folder."),
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
