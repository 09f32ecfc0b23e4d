"""What to begin with in an unknown package: a body, an action, a cluster, a target, and figures one could assume or add."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from daye_analysis.package.evidence.quantity_types import quantity_type
from daye_analysis.progress.series import like_points
from daye_analysis.views.view import View

# Of these a figure can be assumed without knowing more of what is counted.
_PLAIN: Final = ("output_value", "annual_flow", "cumulative_flow", "stock")


@dataclass(frozen=True)
class Examples:
    """Names to try things with; whoever looks for something else writes it in their place. Empty where there is none.

    `assumption` is what `Package.assume` takes and `figure` what `with_figures` takes: that another target was at its
    target value at the end of the last whole year.
    """

    body: str
    action: str
    cluster: str
    target: str
    indicator: str
    assumption: dict[str, Any]
    figure: dict[str, Any]

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>example.{name}</code></td><td style='text-align:left'><code>{html.escape(repr(value))}</code></td></tr>"
            for name, value in vars(self).items()
        )
        return f"<table><tbody>{rows}</tbody></table>"


def examples(view: View) -> Examples:
    """Return the first leading body and the action, cluster and target of which most figures are known.

    Figures to assume are of targets without any, if there are such.
    """
    package, evidence = view.package, view.evidence()
    rows = view.targets().merge(view.assess()[["target_id", "quantity"]], on="target_id")
    counted = {"weighs": evidence[evidence["role"] != "context"], "known": evidence}
    for name, found in counted.items():
        rows[name] = rows["target_id"].map(found["target_id"].value_counts()).fillna(0)
    most = rows.sort_values(list(counted), ascending=False, kind="stable")
    clusters = most["cluster_id"].dropna()
    leads = package.responsibilities[package.responsibilities["role"] == "lead"]["unit_id"]
    units = package.units.set_index("unit_id")["name_zh"]
    free = rows.assign(free=rows["evidence_class"].eq("nothing") & rows["quantity"].isin(_PLAIN))
    free = free.sort_values("free", ascending=False, kind="stable")
    first, second = free.iloc[0], free.iloc[min(1, len(free) - 1)]
    return Examples(
        body=str(units[leads.iloc[0]]) if len(leads) else "",
        action=str(most["action_id"].iloc[0]),
        cluster=str(clusters.iloc[0]) if len(clusters) else "",
        target=str(most["target_id"].iloc[0]),
        indicator=_most_places(view),
        assumption=_at_target(view, first),
        figure=_at_target(view, second),
    )


def _most_places(view: View) -> str:
    """Return the target's indicator of which most places have comparable figures; empty where none has."""
    points = like_points(view)
    places = points[points["indicator_id"].isin(view.package.targets["indicator_id"])].groupby("indicator_id")["area_id"].nunique()
    return str(places.idxmax()) if len(places) else str(view.package.indicators["indicator_id"].iloc[0])


def _at_target(view: View, row: pd.Series) -> dict[str, Any]:
    """Return that a target was at its target value at the end of the last whole year: indicator, value, period."""
    year, quantity = view.day.year - 1, str(row["quantity"])
    start = ""
    if quantity_type(quantity).yearly:
        start = f"{year}-01-01"
    elif quantity == "cumulative_flow":
        # Of a plan that began only this year, the last whole year knows no sum: then that year's own.
        first = (pd.Timestamp(view.package.plans["start"].iloc[0]) + pd.Timedelta(days=1)).date()
        start = str(first) if first.year <= year else f"{year}-01-01"
    return {
        "indicator_id": str(row["indicator_id"]),
        "value": float(row["target_value"]),
        "period_start": start,
        "period_end": f"{year}-12-31",
    }
