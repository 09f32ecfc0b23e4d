"""Parameters of a notebook: the variables of its `parameters` cell, and a strict check of values for them.

One variable a line, typed by its annotation (or by its default), explained by its comment:

    as_of: str = ""  # the day up to which figures count as known, ISO 8601

Nothing is converted silently: a value has exactly the declared type, or it is refused. Names never reach a
notebook as code before they have been seen to be plain names. All problems are reported at once.
"""

from __future__ import annotations

import ast
import builtins
import io
import keyword
import math
import re
import tokenize
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.notebooks.languages import PYTHON, as_python, program_language
from daye_analysis.reporting.notebooks.problems import NOTEBOOK_PROBLEMS
from daye_analysis.reporting.notebooks.secret import has_secret, redacted

Scalar = str | int | float | bool | date
Value = Scalar | list[Scalar] | None

BASES: Mapping[str, type] = {"str": str, "int": int, "float": float, "bool": bool, "date": date}
PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


# The base of a kind that no value can be checked against: a union, a dict, a computed default, None without a type.
OPEN = "open"


@dataclass(frozen=True, slots=True)
class ParameterType:
    """A declared type: one of `BASES`, perhaps a list of it (`many`), perhaps also None (`optional`); or `OPEN`."""

    base: str
    many: bool = False
    optional: bool = False

    def __str__(self) -> str:
        inner = f"list[{self.base}]" if self.many else self.base
        return f"{inner} | None" if self.optional else inner


@dataclass(frozen=True, slots=True)
class Parameter:
    """One variable of the parameters cell; `required` means that it was declared without a default.

    One of an `OPEN` kind keeps what its cell computes: it cannot be set from outside.
    """

    name: str
    kind: ParameterType
    default: Value
    required: bool
    comment: str


def cell_source(cell: Mapping[str, Any]) -> str:
    """Return a cell's text, which a notebook file holds as one string or as a list of lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def cell_tags(cell: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a cell's tags."""
    return tuple(cell.get("metadata", {}).get("tags", ()))


def inspect_parameters(notebook: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """Return what the notebook's cell tagged `parameters` declares, in its order; none if it has no such cell.

    Statements that assign no variable are passed over. In other languages than Python a line that assigns a single
    value declares a parameter.
    """
    for cell in notebook.get("cells", ()):
        if cell.get("cell_type") == "code" and "parameters" in cell_tags(cell):
            source, language = cell_source(cell), program_language(notebook)
            return _declared(source if language == PYTHON else as_python(source, language))
    return ()


def check_parameters(
    declared: Sequence[Parameter], given: Mapping[str, object], reserved: Mapping[str, str] | None = None
) -> dict[str, Value]:
    """Return `given` as it may be handed to the notebook, in the order of declaration, defaults left out.

    `reserved` maps names that the runner fills itself to the option that sets them.
    Raises WrongUsage with every unknown, missing, mistyped or unsafe value.
    """
    return _raise_or_return(declared, given, [], reserved or {})


def parameters_from_text(
    declared: Sequence[Parameter], assignments: Sequence[str], reserved: Mapping[str, str] | None = None
) -> dict[str, Value]:
    """Return values from `name=value` words of a command line, each read by its declared type.

    Numbers are read as Python writes them (`007` and `1e5` are no int), booleans as `true` or `false`, dates as
    ISO 8601, lists as JSON; a str is taken literally. Raises WrongUsage with all problems at once.
    """
    by_name = {parameter.name: parameter for parameter in declared}
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            problems.append(_problem("not-an-assignment", redacted(assignment)))
        elif name in values:
            problems.append(_problem("repeated", redacted(name)))
        elif name in by_name:
            values[name] = _read(by_name[name].kind, text)
        else:
            values[name] = text
    return _raise_or_return(declared, values, problems, reserved or {})


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Return the one of `known` that `name` was probably meant to be."""
    import difflib

    found = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return found[0] if found else None


def assignment_source(values: Mapping[str, Value]) -> str:
    """Return Python source that assigns exactly these values; the names must have passed `check_parameters`."""
    lines = ["# Parameters"]
    if any(isinstance(item, date) for value in values.values() for item in _items(value)):
        lines.append("import datetime")
    lines += [f"{name} = {value!r}" for name, value in values.items()]
    return "\n".join(lines)


def settable(declared: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """Return those of a plain name and a kind that values can be checked against."""
    return tuple(each for each in declared if each.kind.base != OPEN and is_safe_name(each.name))


def is_safe_name(name: str) -> bool:
    """Return whether `name` may become a variable: plain ASCII, no keyword, no builtin."""
    return bool(PLAIN_NAME.fullmatch(name)) and not keyword.iskeyword(name) and not hasattr(builtins, name)


def _raise_or_return(
    declared: Sequence[Parameter],
    given: Mapping[str, object],
    problems: list[Problem],
    reserved: Mapping[str, str],
) -> dict[str, Value]:
    by_name = {parameter.name: parameter for parameter in declared}
    for name, value in given.items():
        if not isinstance(name, str) or not is_safe_name(name):
            problems.append(_problem("bad-name", redacted(name)))
        elif name in reserved:
            problems.append(_problem("reserved", name, option=reserved[name]))
        elif name not in by_name:
            problems.append(_unknown(name, list(by_name)))
        else:
            problems += _problems_with_value(by_name[name], value)
    problems += [
        _problem("missing", parameter.name, kind=parameter.kind, comment=_remark(parameter))
        for parameter in declared
        if parameter.required and parameter.name not in given and parameter.name not in reserved
    ]
    if problems:
        raise WrongUsage(problems)
    return {parameter.name: given[parameter.name] for parameter in declared if parameter.name in given}  # type: ignore[misc]


def _problems_with_value(parameter: Parameter, value: object) -> list[Problem]:
    if parameter.kind.base == OPEN:
        return [_problem("open-type", parameter.name, comment=_remark(parameter))]
    reason = _mismatch(parameter.kind, value)
    if reason is not None:
        values = {"wanted": parameter.kind, "kind": type(value).__name__, "found": redacted(value), "hint": reason}
        return [_problem("wrong-type", parameter.name, **values)]
    texts = [item for item in _items(value) if isinstance(item, str)]
    if any(has_secret(text) for text in texts):
        return [_problem("secret", parameter.name)]
    return []


def _items(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def _mismatch(kind: ParameterType, value: object) -> Text | None:
    """Say why `value` is not exactly of `kind`, or return None."""
    if value is None and kind.optional:
        return None
    if kind.many:
        if type(value) is not list:
            return Text("须为列表。", "It must be a list.")
        reasons = [reason for item in value if (reason := _scalar_mismatch(kind.base, item)) is not None]
        return reasons[0] if reasons else None
    return _scalar_mismatch(kind.base, value)


def _scalar_mismatch(base: str, value: object) -> Text | None:
    if type(value) is not BASES[base]:
        return _HINTS[base]
    if isinstance(value, float) and not math.isfinite(value):
        return Text("须为有限数。", "It must be a finite number.")
    if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
        return Text("含有无法以 UTF-8 保存的字符。", "It contains a character that cannot be encoded in UTF-8.")
    return None


_HINTS: Mapping[str, Text] = {
    "str": Text("请写成带引号的文本。", "Write it as text, in quotes."),
    "int": Text("请写成整数，如 2026（无前导零、无指数、无引号）。",
                "Write a whole number such as 2026, without leading zeros, exponent or quotes."),
    "float": Text("请写成带小数点的数，如 1.0。", "Write a number with a decimal point, such as 1.0."),
    "bool": Text("请写 true 或 false。", "Write true or false."),
    "date": Text("请写成日期，如 2026-01-31。", "Write a date such as 2026-01-31."),
}  # fmt: skip


def _read(kind: ParameterType, text: str) -> object:
    """Return `text` as a value of `kind`, or unchanged if it is not one (the type check then reports it)."""
    if kind.base == OPEN:
        return text
    if kind.optional and text == "null":
        return None
    if kind.many:
        import json

        try:
            items = json.loads(text)
        except ValueError:
            return text
        if not isinstance(items, list):
            return text
        return [_read_date(item) if kind.base == "date" and isinstance(item, str) else item for item in items]
    if kind.base == "int" and re.fullmatch(r"-?(0|[1-9][0-9]*)", text):
        return int(text)
    if kind.base == "float" and re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", text):
        return float(text)
    if kind.base == "bool" and text in ("true", "false"):
        return text == "true"
    return _read_date(text) if kind.base == "date" else text


def _read_date(text: str) -> date | str:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _declared(source: str) -> tuple[Parameter, ...]:
    # Magics and shell commands are IPython's own; a cell that is no Python declares nothing, and says so when it runs.
    plain = re.sub(r"^(\s*)[%!].*$", r"\1pass", source, flags=re.MULTILINE)
    try:
        tree = ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError):
        return ()
    comments = _comments(plain)
    found = {
        parameter.name: parameter
        for statement in tree.body
        if (parameter := _parameter(statement, comments.get(statement.end_lineno or 0, ""))) is not None
    }
    return tuple(found.values())


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").rstrip() for token in tokens if token.type == tokenize.COMMENT}


def _parameter(statement: ast.stmt, comment: str) -> Parameter | None:
    """Return the parameter that one statement declares, None where it assigns no single variable."""
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        name, annotation = statement.target.id, statement.annotation
    elif isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        name, annotation = statement.targets[0].id, None
    else:
        return None
    required = statement.value is None
    try:
        default = None if statement.value is None else _literal(statement.value)
        kind = _kind_of_value(default) if annotation is None else _kind(annotation)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return Parameter(name, ParameterType(OPEN), None, required, comment)
    if not required and default is None and kind.base != OPEN:
        kind = ParameterType(kind.base, kind.many, optional=True)
    if kind.base == "float" and type(default) is int:
        default = float(default)
    if not required and _mismatch(kind, default) is not None:
        return Parameter(name, ParameterType(OPEN), None, required, comment)
    return Parameter(name, kind, default, required, comment)


def _kind(annotation: ast.expr) -> ParameterType:
    """Return the kind that an annotation means; raise ValueError for any other."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return _kind(ast.parse(annotation.value, mode="eval").body)
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        return _optional([annotation.left, annotation.right])
    if isinstance(annotation, ast.Subscript):
        generic = ast.unparse(annotation.value).removeprefix("typing.")
        inside = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        if generic in ("Optional", "Union"):
            return _optional([*inside, *([ast.Constant(None)] if generic == "Optional" else [])])
        inner = _kind(inside[0])
        if generic in ("list", "List") and len(inside) == 1 and not inner.many and not inner.optional:
            return ParameterType(inner.base, many=True)
    elif (base := ast.unparse(annotation).removeprefix("datetime.")) in BASES:
        return ParameterType(base)
    raise ValueError


def _optional(members: Sequence[ast.expr]) -> ParameterType:
    """Return the kind of a union of None and one other."""
    others = [each for each in members if not (isinstance(each, ast.Constant) and each.value is None)]
    if len(others) != 1 or len(others) == len(members):
        raise ValueError
    inner = _kind(others[0])
    return ParameterType(inner.base, inner.many, optional=True)


def _kind_of_value(value: Value) -> ParameterType:
    bases = {type(item).__name__ for item in _items(value)}
    if len(bases) != 1 or not bases <= set(BASES):
        raise ValueError
    return ParameterType(bases.pop(), many=isinstance(value, list))


def _literal(node: ast.expr) -> Value:
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("date", "datetime.date"):
        return date(*(ast.literal_eval(argument) for argument in node.args))
    value: Value = ast.literal_eval(node)
    return value


def _problem(code: str, name: str, **values: object) -> Problem:
    return worded(NOTEBOOK_PROBLEMS, f"parameter.{code}", name, name=name, **values)


def _unknown(name: str, known: list[str]) -> Problem:
    close = nearest(name, known)
    return _problem("unknown/near", name, close=close) if close else _problem("unknown/none-near", name, known=tuple(known) or "-")


def _remark(parameter: Parameter) -> Text:
    return Text(f"（{parameter.comment}）", f" ({parameter.comment})") if parameter.comment else Text("", "")
