"""Problems of writing by code: what is wrong and how to fix it."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

STORAGE_PROBLEMS: Words = {
    "storage.busy": (
        Text("另一进程正在写入，已等待 {seconds} 秒。", "Another process is writing here; gave up after {seconds} seconds."),
        Text("请等它完成后再试。", "Run again when it has finished."),
    ),
}
