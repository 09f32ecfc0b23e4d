"""Problems of publishing a run and reading one back, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

PUBLISHING_PROBLEMS: Words = {
    "earlier-run.bad-name": (
        Text("{run} 不是一次运行的名称。", "{run} is not the name of a run."),
        Text("请写成 brief/2026-06-30-zh-1a2b3c4d，即 reports/ 下的文件夹；或写 latest，即最近一次。",
             "Give a folder below reports/, such as brief/2026-06-30-zh-1a2b3c4d, or latest."),
    ),
    "earlier-run.unreadable": (
        Text("无法采用 {run}（{reason}）。", "The run {run} cannot be used ({reason})."),
        Text("请给出 reports/ 下完整的一次运行，或留空。", "Give a complete run below reports/, or leave the parameter empty."),
    ),
    "notebook.file-changed": (
        Text("文件在运行开始时被改动。", "The file changed while the run was starting."),
        Text("请重试。", "Run again."),
    ),
    "notebook.file-missing": (
        Text("笔记本旁没有元数据 daye.files 所列的文件 {pattern}。",
             "There is no file {pattern}, which the metadata daye.files list, beside the notebook."),
        Text("请写笔记本所在文件夹内的相对路径。", "Write a path relative to the notebook's folder, and within it."),
    ),
    "notebook.files-too-large": (
        Text("随笔记本一起的文件超过 500 MB。", "The files that go with the notebook exceed 500 MB."),
        Text("请用绝对路径读取大文件。", "Refer to large files by their absolute path."),
    ),
    "prune.keep": (
        Text("--keep 须不小于 1。", "--keep must be at least 1."),
        Text("至少保留一份。", "Keep at least one."),
    ),
    "reports.locked": (
        Text("另一进程仍占用报告文件夹。", "Another process is still using the reports folder."),
        Text("请检查该进程；使用网络磁盘的，须支持文件锁。", "Check that process; on a network disk, file locks must work."),
    ),
    "reports.not-writable": (
        Text("无法写入报告文件夹（{reason}）。", "The reports folder cannot be written to ({reason})."),
        Text("请检查权限和磁盘空间，或另选文件夹。", "Check permission and disk space, or choose another folder."),
    ),
}  # fmt: skip
