"""What moved between two tables of assessments."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pandas as pd
import pytest

from daye_analysis import load
from daye_analysis.errors import CheckFailed, WrongUsage
from daye_analysis.progress.movement import MOVED_COLUMNS, MOVED_TEXT, what_moved

DAY = dt.date(2026, 11, 29)


@cache
def judged() -> pd.DataFrame:
    return load().as_of(DAY).assess()


def changed(**cells: Any) -> pd.DataFrame:
    """Return the assessments with other cells for high-tech enterprises."""
    table = judged().copy()
    for column, value in cells.items():
        table.loc[table["target_id"] == "high_tech_enterprises", column] = value
    return table


@pytest.mark.parametrize(
    ("cells", "moved"),
    [
        ({}, None),
        ({"value_observations": "o0001 o0002"}, None),
        ({"target": 460.0}, "asked"),
        ({"comparator": "gt"}, "asked"),
        ({"status": "in_line"}, "finding"),
        ({"met": True}, "finding"),
        ({"evidence_grade": "B"}, "evidence"),
        ({"value": 424.0}, "figure"),
        ({"value": float("nan"), "value_date": pd.NaT, "met": pd.NA, "status": "no_figure"}, "finding figure"),
        ({"lower_bound": 400.0}, "bounds"),
        ({"years_known": 1}, "years"),
        ({"forecast": "unlikely"}, "forecast"),
        ({"rests_on_assumption": True}, "assumption"),
    ],
)
def test_each_kind_of_movement_is_found_and_no_other(cells: dict[str, Any], moved: str | None) -> None:
    for before, after, sides in ((judged(), changed(**cells), "after"), (changed(**cells), judged(), "before")):
        found = what_moved(before, after)
        assert found["moved"].tolist() == ([moved] if moved else [])
        for column, value in cells.items() if moved else ():
            told = found[f"{column}_{sides}"].iloc[0]
            assert pd.isna(told) if pd.isna(value) else told == value


def test_targets_come_and_go() -> None:
    fewer = judged()[judged()["target_id"] != "high_tech_enterprises"]
    (added,) = what_moved(fewer, judged()).to_dict("records")
    (dropped,) = what_moved(judged(), fewer).to_dict("records")
    assert (added["target_id"], added["moved"]) == ("high_tech_enterprises", "added")
    assert (dropped["target_id"], dropped["moved"]) == ("high_tech_enterprises", "dropped")
    assert pd.isna(added["value_before"])
    assert added["value_after"] == dropped["value_before"] == 423


def test_every_kind_has_words_and_nothing_is_lost_of_the_types() -> None:
    assert set(MOVED_TEXT) == {"added", "dropped", *MOVED_COLUMNS}
    found = what_moved(judged(), changed(value=424.0))
    for columns in MOVED_COLUMNS.values():
        for column in columns:
            assert found[f"{column}_before"].dtype == judged()[column].dtype


def test_an_assumption_moves_what_rests_on_it_and_nothing_else() -> None:
    assumed = load().assume("cluster_high_end_equipment", 150, "2025-12-31", "2025-01-01").as_of(DAY).assess()
    (row,) = what_moved(judged(), assumed).to_dict("records")
    assert row["target_id"] == "cluster_high_end_equipment"
    assert row["rests_on_assumption_after"] is True
    assert row["value_after"] == 150


def test_order_is_that_of_the_later_table() -> None:
    both = judged().assign(status="lagging")
    assert what_moved(judged(), both)["target_id"].tolist() == judged()["target_id"].tolist()


def test_tables_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(CheckFailed, match=r"progress\.not-assessments"):
        what_moved(judged().drop(columns="status"), judged())
    with pytest.raises(WrongUsage, match=r"progress\.not-earlier"):
        what_moved(judged().assign(as_of=pd.Timestamp("2026-12-01")), judged())
    assert what_moved(judged().iloc[:0], judged().iloc[:0]).empty
