"""The message for a text in which nothing was found: the closest match, what is missing, and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem
from daye_analysis.source.problems import source_problem
from daye_analysis.source.tables.column_roles import Column
from daye_analysis.source.tables.headers import nearest_header
from daye_analysis.source.targets.numbers import find_numbers

_ZH: dict[Column, str] = {
    "number": "序号", "action": "类别", "heading": "类别", "task": "任务", "goal": "目标", "lead": "牵头单位",
    "responsible": "责任单位", "due": "时限", "person": "责任人", "measure": "计量单位", "base": "基期值", "value": "目标值",
    "obligation": "属性", "other": "其他",
}  # fmt: skip


def nothing_found(text: str, file: str) -> Problem:
    """Return the problem that `text` holds no table, no paragraph with bodies and no target, with what it does hold."""
    nearest = nearest_header(text)
    lines = [line for line in text.split("\n") if line.strip()]
    numbers = [each for each in find_numbers(text) if each.kind in ("arabic", "percent", "range")]
    values = {"lines": len(lines), "numbers": len(numbers)}
    if not lines:
        return source_problem("no-table/empty", file)
    if nearest is None:
        first = next((line for line in lines if re.search(r"\d", line)), lines[0])
        return source_problem("no-table/nothing", file, **values, found=first.strip())
    known = list(dict.fromkeys(nearest.known))
    wanted: tuple[Column, ...] = ("task", "value" if "lead" in known else "responsible")
    missing = [column for column in wanted if column not in known]
    return source_problem(
        "no-table/nearest",
        f"{file}:{nearest.line}",
        **values,
        found=nearest.words,
        line=nearest.line,
        known=_named(known),
        missing=_named(missing) if missing else Text("表头以下的各行", "rows below it"),
    )


def _named(columns: Sequence[Column]) -> Text:
    return Text("、".join(_ZH[each] for each in columns), ", ".join(columns))
