"""Columns beside a verdict: its reference class, derived figures, and the stability of its label."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from daye_analysis.progress.attainment.derived import derived_figures
from daye_analysis.progress.attainment.sensitivity import other_bases, robust, variants
from daye_analysis.progress.attainment.target_case import Case
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.reference_class import class_share, comparable_growths
from daye_analysis.progress.vocabulary import Status


def reference_columns(
    cases: Sequence[Case], rows: Sequence[dict[str, Any]], growths: pd.DataFrame, indicators: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return how each target's required growth compares with those of its reference class; `growths` are `growths_ever`.

    Over the same number of years, in the direction wanted, without the target's own series. Where only bounds are known
    it is the growth that the nearer one leaves, the least required: then the share is the most that it can be, and
    `reference_basis` says from which bound.
    """
    class_of = indicators.set_index("indicator_id")["reference_class"].to_dict()
    # Of each class once, so that no target looks through the growths of the others.
    of_class = dict(iter(growths.groupby(["reference_class", "direction"], sort=False)))
    found = []
    for case, row in zip(cases, rows, strict=True):
        name, direction = str(class_of[case.target["indicator_id"]]), str(case.target["direction"])
        needed, since, basis = _required(row, case.sign)
        years = float(years_between(np.datetime64(since or "NaT"), np.datetime64(row["due"])))
        own = (str(case.target["indicator_id"]), str(case.target["area_id"]))
        grows = case.kind.grows and not case.small
        same = of_class.get((name, direction), growths.iloc[:0])
        seen = comparable_growths(same, name, direction, years if grows else float("nan"), own)
        share = class_share(needed, seen["series"], seen["growth"], case.sign)
        found.append(
            {
                "reference_class": name,
                "reference_basis": basis if share.series and math.isfinite(needed) else "",
                "reference_years": years if share.series else float("nan"),
                "reference_series": share.series,
                "reference_growths": share.growths,
                "reference_share_at_least": share.share,
                "reference_share_low": share.low,
                "reference_share_high": share.high,
                "reference_median": share.median,
                "reference_highest": share.furthest,
            }
        )
    return found


def _required(row: dict[str, Any], sign: float) -> tuple[float, datetime.date | None, str]:
    """Return the growth required, the date that it counts from, and what it starts from: a figure, or a bound."""
    if row["value_date"] is not None:
        return row["required_growth"], row["value_date"], "figure"
    return row["required_growth_at_least"], row["bound_date"], "upper_bound" if sign > 0 else "lower_bound"


def derived_columns(case: Case) -> dict[str, Any]:
    """Return the latest figure that follows by arithmetic from the target's own; it decides nothing."""
    derived = derived_figures(case.rows)
    latest = derived[-1] if derived else None
    return {
        "derived_value": latest.value if latest else float("nan"),
        "derived_date": latest.date if latest else None,
        "derived_observations": " ".join(latest.observation_ids) if latest else "",
    }


def steadiness_columns(case: Case, status: str, overruled: Reason) -> dict[str, Any]:
    """Return whether the label is steady, its variants, and what other bases would give where the plan has none.

    Nothing is said of a schedule that is `overruled`: its date has passed, or the outcome is known. Texts are such as "base_earlier:ahead other_scale:in_line" and "2019-12-31:ahead:+6.3", a derived base with "*".
    """
    found, others = ((), ()) if overruled else (variants(case), other_bases(case))
    return {
        "robust": robust(Status[status.upper()], found),
        "variants": " ".join(f"{v.code}:{v.status.code}" for v in found),
        "other_bases": " ".join(
            f"{v.base.end}{'*' if v.derived else ''}:{v.status.code}:{v.lead:+.1f}" for v in others
        ),
    }
