"""Values of earlier years in an indicator table, as observations whose source a person adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

from daye_analysis.package.definition import table
from daye_analysis.package.edited.official_text import Extent, row_id
from daye_analysis.package.new.proposals import TargetDraft
from daye_analysis.package.records import TextRow
from daye_analysis.source import DraftTaskList, row_baselines

_MEASURES = {"growth_rate": "growth_pct", "share": "share_pct", "rank": "rank"}


def baseline_rows(
    draft: DraftTaskList | None, drafts: Sequence[TargetDraft]
) -> list[tuple[Extent, TextRow]]:
    """Return a row of `observations` for each baseline, with its place in the text.

    Each target of its row has an indicator of its own, and gets the value. The source is left empty: a plan only repeats what
    a statistical office published. The start of a flow's period is left empty too where it cannot be determined.
    """
    found: list[tuple[Extent, TextRow]] = []
    aims: dict[str, list[TargetDraft]] = defaultdict(list)
    for each in drafts:
        aims[row_id(each.task_id)].append(each)
    for row in draft.rows if draft else ():
        for base, own in product(row_baselines(row), aims[f"T{row.position:02d}"]):
            quantity = own.proposal.quantity
            is_flow = quantity in ("output_value", "annual_flow", "cumulative_flow")
            measure = "flow" if is_flow else _MEASURES.get(quantity, "level")
            day = base.day.isoformat() if base.day else ""
            values = {
                "observation_id": f"o{len(found) + 1:04d}",
                "indicator_id": own.target_id,
                "area_id": "place",
                "period_start": f"{day[:4]}-01-01" if is_flow and day else "",
                "period_end": day,
                "date_basis": "stated" if day else "",
                "measure": measure,
                "value": f"{base.value:f}",
                "unit_code": own.proposal.unit_code,
                "bound": "exact",
                "statement": "outturn",
                "concept": "same",
            }
            found.append((base.place, table("observations").completed(values)))
    return found
