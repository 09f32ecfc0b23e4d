"""What can go wrong with a run: one code for each event, whoever notices it."""

from __future__ import annotations

from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem


def problem_interrupted() -> Problem:
    """Ctrl-C, or someone asked this process to end."""
    return Problem(
        code="run.interrupted",
        what=Text("运行被中断。", "The run was interrupted."),
        where="",
        remedy=Text("再运行一次即可，不会留下半份报告。", "Run it again; no half report was left."),
    )


def problem_time(seconds: float) -> Problem:
    """The run was not done in its time."""
    return Problem(
        code="run.timed-out",
        what=Text(f"运行超过时限（{seconds:g} 秒）。", f"The run took longer than its limit of {seconds:g} s."),
        where="",
        remedy=Text("改正停住的单元格，或提高时限。", "Fix the cell that hangs, or raise the limit."),
    )


def problem_server_died(reason: str) -> Problem:
    """There is no parent to fork from; `reason` is what it said when it could not get ready."""
    return Problem(
        code="run.server-died",
        what=Text(f"预备进程终止。{reason}", f"The process from which runs are forked died. {reason}".strip()),
        where="",
        remedy=Text("请重试；若再次发生，请重新安装本项目的程序库。", "Try again; if it happens again, reinstall the libraries."),
    )


def problem_kernel_died() -> Problem:
    """The notebook's process ended by itself or was killed."""
    return Problem(
        code="run.kernel-died",
        what=Text("运行笔记本的进程中途终止。", "The process that ran the notebook died."),
        where="",
        remedy=Text("可能是内存不足；重试，或提高内存上限。", "Perhaps memory ran out: try again, or raise the limit."),
    )


def problem_system(error: OSError) -> Problem:
    """The operating system refused: disk full, no permission and the like."""
    reason = error.strerror or type(error).__name__
    return Problem(
        code="run.system",
        what=Text(f"操作系统报错：{reason}。", f"The operating system refused: {reason}."),
        where=Path(str(error.filename)).name if error.filename else "",
        remedy=Text("请检查磁盘空间和权限，然后重试。", "Check disk space and permissions, then run again."),
    )


def problem_memory(limit: int | None) -> Problem:
    """The notebook asked for more memory than it may have."""
    size = f"{limit / 2**30:.1f} GiB" if limit else "-"
    return Problem(
        code="run.out-of-memory",
        what=Text(f"笔记本超出内存上限（{size}）。", f"The notebook needed more memory than the limit of {size}."),
        where="",
        remedy=Text("减少数据，或提高内存上限。", "Use less data, or raise the memory limit."),
    )


def problem_cell(count: int | None, said: str) -> Problem:
    """A cell raised an error."""
    return Problem(
        code="run.cell-failed",
        what=Text(f"第 {count} 个代码单元格出错：{said}", f"Code cell {count} failed: {said}"),
        where=f"In [{count}]",
        remedy=Text("请打开保留的笔记本查看错误，改正后重试。", "Open the kept notebook, fix the error, run again."),
    )


def problem_incomplete() -> Problem:
    """No cell failed, and the last never ran."""
    return Problem(
        code="run.incomplete",
        what=Text("笔记本提前结束，后面的单元格没有运行。", "The notebook ended early: its later cells never ran."),
        where="",
        remedy=Text("去掉 sys.exit() 或 exit() 之类的语句。", "Remove sys.exit(), exit() and the like."),
    )


def problem_unforeseen(error: Exception) -> Problem:
    """An unexpected error: a fault of this library."""
    said = f"{type(error).__name__}: {error}"[:300]
    return Problem(
        code="run.unforeseen",
        what=Text(f"运行中出现意外错误：{said}", f"Something unforeseen went wrong: {said}"),
        where="",
        remedy=Text("请将此信息报告给维护者。", "Please report this to the maintainers."),
    )
