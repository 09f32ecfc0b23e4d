"""Stability of a label: with the base moved, the last figure dropped, growth instead of even steps, cut-offs moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from daye_analysis.bilingual import Text
from daye_analysis.package.evidence.timeline import Entry
from daye_analysis.progress.attainment.derived import derived_figures
from daye_analysis.progress.attainment.target_case import Case
from daye_analysis.progress.dates import elapsed_share
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.schedule import Schedule, lead_status, schedule
from daye_analysis.progress.vocabulary import LEAD_BAND_POINTS, Status

# By how many percentage points the cut-offs are moved, both ways.
CUT_OFF_SHIFT: Final = 5.0
VARIANT_TEXT: Final[dict[str, Text]] = {
    "base_earlier": Text("基期前移", "an earlier base"),
    "base_later": Text("基期后移", "a later base"),
    "last_dropped": Text("去掉最近一个数据", "last figure dropped"),
    "other_scale": Text("线性与几何互换", "geometric instead of linear or the reverse"),
    "cut_offs_up": Text("界限上移五个百分点", "cut-offs five points higher"),
    "cut_offs_down": Text("界限下移五个百分点", "cut-offs five points lower"),
    "other_base": Text("以其他年份为基期", "another year as base"),
}


@dataclass(frozen=True, slots=True)
class Variant:
    """What the label would be under one changed choice; lead in percentage points, base as used."""

    code: str
    status: Status
    lead: float
    base: Entry
    derived: bool = False


def variants(case: Case) -> tuple[Variant, ...]:
    """Return the label under each changed choice that the figures allow; empty without base and later figure.

    A base is moved to the comparable figure nearest to one year before or after it, between half a year and one and a half
    away, and before the latest figure.
    """
    latest, base = case.latest, case.base
    if latest is None or base is None or case.withheld != Reason.NONE or latest.end <= base.end:
        return ()
    log = case.kind.scale == "reduction"
    found = []
    for code, sign in (("base_earlier", -1), ("base_later", 1)):
        moved = _near_year(case, base, sign)
        if moved is not None and moved.end < latest.end:
            found.append(_variant(code, case, moved, latest, log))
    previous = [f for f in case.timeline.figures if base.end < f.end < latest.end]
    if previous:
        found.append(_variant("last_dropped", case, base, previous[-1], log))
    found.append(_variant("other_scale", case, base, latest, not log))
    found.append(_variant("cut_offs_up", case, base, latest, log, shift=CUT_OFF_SHIFT))
    found.append(_variant("cut_offs_down", case, base, latest, log, shift=-CUT_OFF_SHIFT))
    return tuple(variant for variant in found if variant.status != Status.NOT_ASSESSED)


def other_bases(case: Case) -> tuple[Variant, ...]:
    """Return what each figure before the latest, derived ones too, would give as base where the plan's own is missing.

    A labelled sensitivity for 缺基期, never the headline.
    """
    latest = case.latest
    if latest is None or case.base is not None or case.withheld != Reason.NONE:
        return ()
    derived = [(Entry(None, d.date, value=d.value, value_ids=d.observation_ids), True) for d in derived_figures(case.rows)]
    figures = [(figure, False) for figure in case.timeline.figures] + derived
    bases = sorted((pair for pair in figures if pair[0].end < latest.end), key=lambda pair: pair[0].end)
    log = case.kind.scale == "reduction"
    found = (
        _variant("other_base", case, base, latest, log, derived=is_derived) for base, is_derived in bases
    )
    return tuple(variant for variant in found if variant.status != Status.NOT_ASSESSED)


def robust(status: Status, found: tuple[Variant, ...]) -> bool | None:
    """Return whether every variant keeps the label; None where the label does not rest on the schedule."""
    if status not in (Status.AHEAD, Status.IN_LINE, Status.LAGGING) or not found:
        return None
    return all(variant.status == status for variant in found)


def _near_year(case: Case, base: Entry, sign: int) -> Entry | None:
    """Return the comparable figure whose distance from the base, in the given direction, is nearest to one year."""
    gaps = [(sign * (figure.end - base.end).days / 365.25, figure) for figure in case.timeline.figures]
    near = [(abs(gap - 1), figure) for gap, figure in gaps if 0.5 <= gap <= 1.5]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _variant(
    code: str,
    case: Case,
    base: Entry,
    latest: Entry,
    log: bool,
    *,
    shift: float = 0.0,
    derived: bool = False,
) -> Variant:
    found = _schedule(case, base, latest)
    lead = float(found.lead_log if log else found.lead)
    status = Status(int(lead_status(lead - shift, LEAD_BAND_POINTS)))
    return Variant(code, status, lead, base, derived)


def _schedule(case: Case, base: Entry, latest: Entry) -> Schedule:
    days = [np.datetime64(d, "D") for d in (latest.end, base.end, case.due)]
    values = np.array([latest.value, base.value, case.needed])
    sign = case.sign
    if case.kind.scale == "reduction":
        values, sign = 1 - values / 100, -sign
    return schedule(values[0], values[1], values[2], elapsed_share(*days), sign)
