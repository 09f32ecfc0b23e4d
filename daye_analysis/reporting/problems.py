"""Problems of a run: one code for each event."""

from __future__ import annotations

import sys
from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem, Refused
from daye_analysis.problem_messages import Words, whole, worded

RUN_PROBLEMS: Words = {
    "report.nothing-to-report": (
        Text("本数据包的表 {tables} 没有任何行，报告 {report} 无内容可列。",
             "The package's {tables} table has no rows, so the report {report} has nothing to show."),
        Text("请去掉这份报告，或换用有这些内容的数据包。", "Leave this report out, or use a package that has such rows."),
    ),
    "report.unknown-notebook": (
        Text("没有名为“{name}”的笔记本。", "There is no notebook called '{name}'."),
        Text("可用：{known}。", "There are: {known}."),
    ),
    "run.busy": (
        Text("另一进程正在生成同一报告。", "Another process is generating the same report."),
        Text("请等它完成。", "Wait until it has finished."),
    ),
    "run.cell-failed": (
        Text("第 {count} 个代码单元格出错：{said}", "Code cell {count} failed: {said}"),
        Text("请打开保留的笔记本查看错误，改正后重试。", "Open the saved notebook, fix the error, and run it again."),
    ),
    "run.in-browser": (
        Text("浏览器里不能启动其他程序，因此不能在此生成报告或站点。", "A browser cannot start other programs, so reports and sites cannot be made in it."),
        Text("请在计算机上安装本项目后运行该命令；在浏览器中可直接运行笔记本。",
             "Install the project on a computer and run the command there; in the browser, run the notebooks themselves."),
    ),
    "run.incomplete": (
        Text("笔记本提前结束，后面的单元格没有运行。", "The notebook ended early; its later cells were not run."),
        Text("去掉 sys.exit() 或 exit() 之类的语句。", "Remove sys.exit(), exit() and the like."),
    ),
    "run.interrupted": (
        Text("运行被中断。", "The run was interrupted."),
        Text("请重新运行；未留下不完整的报告。", "Run it again; no incomplete report was left."),
    ),
    "run.kernel-died": (
        Text("运行笔记本的进程中途终止。", "The process that ran the notebook died."),
        Text("可能是内存不足；重试，或提高内存上限。", "It may have run out of memory: try again, or raise the memory limit."),
    ),
    "run.out-of-memory": (
        Text("笔记本超出内存上限（{limit}）。", "The notebook needed more memory than the limit of {limit}."),
        Text("减少数据，或提高内存上限。", "Use less data, or raise the memory limit."),
    ),
    "run.output-missing": (
        Text("没有生成 {name}，或其为空。", "{name} was not written, or is empty."),
        Text("笔记本须用 write_output 写出其元数据 daye.outputs 声明的文件。",
             "The notebook must write every file declared in its metadata daye.outputs with write_output."),
    ),
    "run.server-died": (
        Text("预备进程终止。{reason}", "The process from which runs are forked died. {reason}"),
        Text("请重试；若再次发生，请重新安装本项目的程序库。", "Try again; if it happens again, reinstall the libraries."),
    ),
    "run.system": (
        Text("操作系统报错：{reason}。", "The operating system reported an error: {reason}."),
        Text("请检查路径、磁盘空间和权限，然后重试。", "Check the path, disk space and permissions, then run again."),
    ),
    "run.timed-out": (
        Text("运行超过时限（{seconds} 秒）。", "The run took longer than its limit of {seconds} s."),
        Text("改正停住的单元格，或提高时限。", "Fix the cell that hangs, or raise the limit."),
    ),
    "run.unforeseen": (
        Text("运行中出现意外错误：{said}", "Unexpected error: {said}"),
        Text("请将此信息报告给维护者。", "Please report this to the maintainers."),
    ),
}  # fmt: skip


def problem_interrupted() -> Problem:
    """Ctrl-C, or a request to end this process."""
    return worded(RUN_PROBLEMS, "run.interrupted", "")


def refuse_in_browser() -> None:
    """Raise Refused (run.in-browser) where this Python runs in a browser, which can start no process."""
    if sys.platform == "emscripten":
        raise Refused(worded(RUN_PROBLEMS, "run.in-browser", ""))


def problem_time(seconds: float) -> Problem:
    """The run was not done in its time."""
    return worded(RUN_PROBLEMS, "run.timed-out", "", seconds=f"{seconds:g}")


def problem_server_died(reason: str) -> Problem:
    """There is no parent to fork from; `reason` is what it said when it could not get ready."""
    return worded(RUN_PROBLEMS, "run.server-died", "", reason=whole(reason))


def problem_kernel_died() -> Problem:
    """The notebook's process ended by itself or was killed."""
    return worded(RUN_PROBLEMS, "run.kernel-died", "")


def problem_system(error: OSError) -> Problem:
    """The operating system refused: disk full, no permission and the like."""
    where = Path(str(error.filename)).name if error.filename else ""
    return worded(RUN_PROBLEMS, "run.system", where, reason=error.strerror or type(error).__name__)


def problem_memory(limit: int | None) -> Problem:
    """The notebook asked for more memory than it may have."""
    return worded(RUN_PROBLEMS, "run.out-of-memory", "", limit=f"{limit / 2**30:.1f} GiB" if limit else "-")


def problem_cell(count: int | None, said: str) -> Problem:
    """A cell raised an error."""
    return worded(RUN_PROBLEMS, "run.cell-failed", f"In [{count}]", count=count, said=whole(said))


def problem_incomplete() -> Problem:
    """No cell failed, and the last never ran."""
    return worded(RUN_PROBLEMS, "run.incomplete", "")


def problem_unforeseen(error: Exception) -> Problem:
    """An unexpected error: a fault of this library."""
    return worded(RUN_PROBLEMS, "run.unforeseen", "", said=whole(f"{type(error).__name__}: {error}"[:300]))
