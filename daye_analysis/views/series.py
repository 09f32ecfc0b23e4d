"""An indicator across areas and years, with comparable figures only; and each target beside the figures of other areas."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.definition.judged import EVIDENCE_REASON
from daye_analysis.package.definition.tidy_tables import AMBITION_VIEW, SERIES_VIEW
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.evidence.target_evidence import reasons_by_themselves
from daye_analysis.package.formatting import target_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.records import Record, records
from daye_analysis.package.view import cached
from daye_analysis.progress.outlook.ambition import ambition
from daye_analysis.progress.reference_class import growths_ever
from daye_analysis.progress.series import ONE_PUBLISHER_CLASSES, like_points
from daye_analysis.views.tidy import about_figure, typed_rows
from daye_analysis.views.verdict_words import stated_words, unit_label

if TYPE_CHECKING:
    from daye_analysis.views.view import View

_ASSUMED: Final = Text("使用者的假设", "a user's assumption")
_NO_GROWTH: Final = {"growth": None, "years": None}


def series_table(
    view: View, language: Language, indicator: str, areas: Collection[str], *, everything: bool
) -> pd.DataFrame:
    """Return the figures of an indicator as `SERIES_VIEW`, by place and date; `everything`: also what does not compare."""
    known = _known(view)
    points = _points(view, indicator)
    growths = _growths(view, indicator)
    rows: list[Record] = []
    used: set[str] = set()
    for point in records(points):
        ids = str(point["observation_ids"]).split()
        used.update(ids)
        growth = growths.get((str(point["series"]), point["date"]), _NO_GROWTH)
        rows.append(_row(view, known[ids[0]], language, value=point["value"], comparable=True, **growth))
    if everything:
        others = [row for each, row in known.items() if row["indicator_id"] == indicator and each not in used]
        rows += [_row(view, row, language, value=row["value"], comparable=False, remark=_why_not(view, row, language)) for row in others]
    frame = typed_rows(SERIES_VIEW, [row for row in rows if not areas or row["area_id"] in areas])
    return frame.sort_values(["area_id", "series", "period_end", "observation_id"], ignore_index=True)


def ambition_table(view: View, language: Language, area: str) -> pd.DataFrame:
    """Return each target beside the latest figures and aims of other areas as `AMBITION_VIEW`; of one area, if it is given."""
    package, known = view.package, _known(view)
    beside = ambition(view)
    rows = []
    for row in records(in_list_order(package, beside[beside["area_id"] == area] if area else beside)):
        target = package.target_row(str(row["target_id"]))
        unit = unit_label(package, target["unit_code"], language)
        observation = {**known[str(row["observation_id"])], "target_id": row["target_id"]}
        about = about_figure(package, observation, language)
        rows.append(about | {
            "target": target[f"name_{language}"],
            "asked": target_words(str(target["comparator"]), float(target["value"]), unit, language),
            "figure": stated_words(package, observation, language),
            "target_value": target["value"],
            "value": row["value"],
            "unit": unit,
            "ratio": row["ratio"],
            "is_share": row["is_share"],
        })  # fmt: skip
    return typed_rows(AMBITION_VIEW, rows)


def _points(view: View, indicator: str) -> pd.DataFrame:
    """Return the comparable figures of an indicator, one a series and date; see `like_points`.

    That leaves out growth rates and ranks, which compare by their date or whole year alone.
    """
    points = like_points(view)
    points = points[points["indicator_id"] == indicator]
    measures = QUANTITY_TYPES[str(view.package.record("indicators", indicator)["quantity"])].measures
    if measures not in (("growth_pct",), ("rank",)):
        return points
    reasons = reasons_by_themselves(view)
    rows = view.observations
    rows = rows[(rows["indicator_id"] == indicator) & rows["observation_id"].map(reasons).eq("comparable")]
    whole = rows["period_start"].isna() | rows["period_end"].sub(rows["period_start"]).dt.days.isin([364, 365])
    rows = rows[whole].drop_duplicates(["area_id", "period_start", "period_end", "value"])
    alone = ~rows.duplicated(["area_id", "period_end"], keep=False)
    return rows[alone].rename(columns={"period_end": "date"}).assign(series=rows["area_id"], observation_ids=rows["observation_id"])


@cached
def _known(view: View) -> dict[str, Record]:
    """Return every known observation by its identifier."""
    return {str(row["observation_id"]): row for row in records(view.observations)}


def _growths(view: View, indicator: str) -> dict[tuple[str, pd.Timestamp], dict[str, Any]]:
    """Return the growth up to each date of each series, from the nearest figure that is nearly a year older or more."""
    rows = growths_ever(view)
    rows = rows[(rows["indicator_id"] == indicator) & (rows["basis"] == "levels")].sort_values("date_from")
    return {(str(row["series"]), row["date_to"]): {"growth": row["growth"], "years": row["years"]} for row in records(rows)}


def _row(view: View, row: Mapping[str, Any], language: Language, *, remark: str = "", **cells: Any) -> dict[str, Any]:
    about = about_figure(view.package, row, language)
    by_publisher = view.package.record("indicators", row["indicator_id"])["reference_class"] in ONE_PUBLISHER_CLASSES
    series = Text(f"{about['area']}（{about['publisher']}）", f"{about['area']} ({about['publisher']})").say(language) if by_publisher else about["area"]
    own = view.package.record("indicators", row["indicator_id"])["unit_code"]
    unit = unit_label(view.package, own, language) if cells["comparable"] else about["unit"]
    return {**about, **_NO_GROWTH, "unit": unit, "series": series, "remark": remark or pd.NA, **cells}


def _why_not(view: View, row: Mapping[str, Any], language: Language) -> str:
    """Return why a figure does not compare: the reason of the evidence rule, as if its own place had the target.

    One that nothing speaks against is left out since other figures of its place and day disagree with it.
    """
    if row["observation_id"] in view.package.assumed:
        return _ASSUMED.say(language)
    reason = reasons_by_themselves(view)[str(row["observation_id"])]
    return EVIDENCE_REASON.label("conflict" if reason in ("comparable", "approximate") else reason).say(language)
