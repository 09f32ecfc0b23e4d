"""Changes between two tables of assessments: an earlier day, an earlier package, or without an assumption."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, WrongUsage
from daye_analysis.problem_messages import worded
from daye_analysis.progress.arrays import BoolArray
from daye_analysis.progress.problems import PROGRESS_PROBLEMS

# The kinds of movement in the order in which they are reported, and the columns of `assessments` that each shows in.
MOVED_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "asked": ("comparator", "target", "unit_code", "scope", "due"),
    "finding": ("status", "met", "settled"),
    "evidence": ("evidence_class", "evidence_grade"),
    "figure": ("value", "value_date"),
    "bounds": ("lower_bound", "lower_bound_is_open", "upper_bound", "upper_bound_is_open", "bound_date"),
    "years": ("years_known", "years_met"),
    "forecast": ("forecast",),
    "assumption": ("rests_on_assumption",),
}
MOVED_TEXT: Final[dict[str, Text]] = {
    "added": Text("新列入", "newly listed"),
    "dropped": Text("不再列入", "no longer listed"),
    "asked": Text("要求", "what is asked"),
    "finding": Text("结论", "finding"),
    "evidence": Text("数据状况", "state of the data"),
    "figure": Text("同口径数据", "comparable figure"),
    "bounds": Text("上下限", "bounds"),
    "years": Text("有数据的年度", "years with figures"),
    "forecast": Text("预测", "forecast"),
    "assumption": Text("假设", "assumption"),
}
_KEY: Final = ["plan_id", "target_id"]


def what_moved(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each target of which something else is said in `after`, in its order; dropped targets last.

    Both are tables of `assess.assess`. Columns: plan_id, target_id; `moved`, the keys of MOVED_TEXT that apply, with
    spaces between; and for each column of MOVED_COLUMNS what it held, as `<column>_before` and `<column>_after`. That
    more figures say the same is no movement.
    Raises CheckFailed (progress.not-assessments) for tables that lack a column, WrongUsage (progress.not-earlier)
    where `before` is of a later day.
    """
    columns = [column for group in MOVED_COLUMNS.values() for column in group]
    _check(before, after, [*_KEY, "as_of", *columns])
    old, new = before.set_index(_KEY), after.set_index(_KEY)
    keys = new.index.append(old.index.difference(new.index, sort=False))
    # By position from here on: pandas would compare the keys again for each column.
    old_cells, new_cells = (each[columns].reindex(keys).reset_index(drop=True) for each in (old, new))
    differs = {column: _differs(old_cells[column], new_cells[column]) for column in columns}
    # A target that is new, or gone, has moved as a whole; which of its columns differ says no more.
    added, dropped = ~keys.isin(old.index), ~keys.isin(new.index)
    kinds = {"added": added, "dropped": dropped}
    for kind, group in MOVED_COLUMNS.items():
        kinds[kind] = np.logical_or.reduce([differs[column] for column in group]) & ~added & ~dropped
    phrases = [" ".join(kind for kind, holds in kinds.items() if holds[at]) for at in range(len(keys))]
    found: dict[str, Any] = {name: keys.get_level_values(name) for name in _KEY} | {"moved": pd.array(phrases, dtype="string")}
    for column in columns:
        found |= {f"{column}_before": old_cells[column].array, f"{column}_after": new_cells[column].array}
    return pd.DataFrame(found)[np.logical_or.reduce(list(kinds.values()))].reset_index(drop=True)


def _differs(old: pd.Series, new: pd.Series) -> BoolArray:
    same = (old == new).fillna(False).to_numpy(bool)
    return ~(same | (old.isna() & new.isna()).to_numpy(bool))


def _check(before: pd.DataFrame, after: pd.DataFrame, needed: list[str]) -> None:
    problems = [
        worded(PROGRESS_PROBLEMS, "progress.not-assessments", name, columns=tuple(lacking))
        for name, table in (("before", before), ("after", after))
        if (lacking := [column for column in needed if column not in table.columns])
    ]
    if problems:
        raise CheckFailed(problems)
    first, last = before["as_of"].max(), after["as_of"].min()
    if pd.notna(first) and pd.notna(last) and first > last:
        phrases = {"first": first.date(), "last": last.date()}
        raise WrongUsage(worded(PROGRESS_PROBLEMS, "progress.not-earlier", "before", **phrases))
