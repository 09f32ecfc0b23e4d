"""What can be wrong with a parameter, in words."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem
from daye_analysis.reporting.notebooks.secret import shown


def open_kind(name: str, comment: str) -> Problem:
    """A value for a variable whose type is not known, or is none that can be checked."""
    said = f"（{comment}）" if comment else ""
    return Problem(
        code="parameter.open-type",
        what=Text(f"参数 {name}{said} 没有可核对的类型，不能从外部赋值。",
                  f"The parameter {name} has no type that a value can be checked against: it cannot be set from outside."),
        where=name,
        remedy=Text("请在参数单元格中写明类型，如 note: str | None = None；可用 str、int、float、bool、date 或其列表。",
                    "Declare its type in the parameters cell, such as note: str | None = None; types are str, int, "
                    "float, bool, date, or a list of one of them."),
    )  # fmt: skip


def bad_name(name: object) -> Problem:
    """A name that must not become a variable."""
    said = shown(name)
    return Problem(
        code="parameter.bad-name",
        what=Text(f"参数名 {said} 不是普通的名称。", f"The parameter name {said} is not a plain name."),
        where=said,
        remedy=Text("名称用英文字母、数字和下划线，以字母开头，不得是 Python 关键字或内置名称。",
                    "Use letters a to z, digits and underscores, a letter first; no Python keyword or builtin."),
    )  # fmt: skip


def reserved(name: str, option: str) -> Problem:
    """A parameter that the runner fills."""
    return Problem(
        code="parameter.reserved",
        what=Text(f"参数 {name} 由运行程序填写。", f"The parameter {name} is filled by the runner."),
        where=name,
        remedy=Text(f"请用 {option} 给出。", f"Give it by {option}."),
    )


def unknown(name: str, known: list[str], close: str | None) -> Problem:
    """A name that the notebook does not declare."""
    listed = ", ".join(known) or "-"
    return Problem(
        code="parameter.unknown",
        what=Text(f"笔记本没有参数 {name}。", f"The notebook has no parameter {name}."),
        where=name,
        remedy=Text(f"是否想写 {close}？", f"Did you mean {close}?")
        if close
        else Text(f"可用的参数：{listed}。", f"It has: {listed}."),
    )


def missing(name: str, kind: str, comment: str) -> Problem:
    """No value for a parameter without a default."""
    said = f"（{comment}）" if comment else ""
    return Problem(
        code="parameter.missing",
        what=Text(f"缺少参数 {name}{said}。", f"The parameter {name} is missing."),
        where=name,
        remedy=Text(f"请给出一个 {kind} 值。", f"Give a value of type {kind}."),
    )


def wrong_type(name: str, declared: str, value: object, hint: Text) -> Problem:
    """A value that has not exactly the declared type."""
    said, kind = shown(value), type(value).__name__
    return Problem(
        code="parameter.wrong-type",
        what=Text(f"参数 {name} 须为 {declared}，而非 {kind} 值 {said}。",
                  f"The parameter {name} takes {declared}, not the {kind} {said}."),
        where=name,
        remedy=hint,
    )  # fmt: skip


def secret(name: str) -> Problem:
    """A URL with a password or token in it."""
    return Problem(
        code="parameter.secret",
        what=Text(f"参数 {name} 的网址里有口令或令牌。", f"The URL in parameter {name} carries a password or token."),
        where=name,
        remedy=Text("参数会写进报告，请去掉口令。", "Parameters are printed in the report: leave the secret out."),
    )


def repeated(name: str) -> Problem:
    """The same name twice on one command line."""
    return Problem(
        code="parameter.repeated",
        what=Text(f"参数 {shown(name)} 给了两次。", f"The parameter {shown(name)} is given twice."),
        where=shown(name),
        remedy=Text("只给一次。", "Give it once."),
    )


def not_an_assignment(word: str) -> Problem:
    """A word that should have been name=value."""
    return Problem(
        code="parameter.not-an-assignment",
        what=Text(f"{shown(word)} 不是 名称=值。", f"{shown(word)} is not name=value."),
        where=shown(word),
        remedy=Text("写成 名称=值，如 year=2026。", "Write name=value, such as year=2026."),
    )
