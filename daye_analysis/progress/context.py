"""What stands beside a verdict: its reference class, figures derived from it, and how steady its label is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from daye_analysis.progress.cases import Case
from daye_analysis.progress.derived import derived_figures
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.reference_class import place
from daye_analysis.progress.sensitivity import other_bases, robust, variants
from daye_analysis.progress.vocabulary import Status


def reference_columns(
    cases: Sequence[Case], rows: Sequence[dict[str, Any]], growths: pd.DataFrame, indicators: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return where each target's required growth stands among the growths its reference class has ever shown.

    Where only bounds are known it is the least growth that the upper bound leaves.
    """
    class_of = indicators.set_index("indicator_id")["reference_class"].to_dict()
    seen = {name: rows["growth"].to_numpy() for name, rows in growths.groupby("reference_class")}
    found = []
    for case, row in zip(cases, rows, strict=True):
        name = str(class_of[case.target["indicator_id"]])
        grows = case.kind.grows and not case.small
        needed = row["required_growth"] if row["value_date"] is not None else row["required_growth_at_least"]
        stands = place(needed, seen.get(name, []) if grows else [])
        found.append(
            {
                "reference_class": name,
                "reference_growths": stands.number,
                "reference_share_at_least": stands.share_at_least,
                "reference_percentile": stands.percentile,
                "reference_median": stands.median,
                "reference_highest": stands.highest,
            }
        )
    return found


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
