"""What can be said of a plan's ambition in a sentence: the targets beyond all that the area above has, and what became of earlier aims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.citations import marks
from daye_analysis.charts.labels import target_names
from daye_analysis.charts.outlook.sentences import compares
from daye_analysis.package.formatting import percent_words
from daye_analysis.package.records import Record, records
from daye_analysis.progress.outlook.ambition import ambition
from daye_analysis.progress.outlook.earlier_aims import aims_met, earlier_aims
from daye_analysis.punctuation import LIST_COMMA, joined
from daye_analysis.views.view import View

_MOST_NAMED: Final = 3
# Of these the area above may have more than it says.
_OPEN_UPWARDS: Final = ("at_least", "more_than")


def outlook_findings(view: View, numbers: Mapping[str, int]) -> Sequence[Text]:
    """Return a sentence on the targets beyond the area above and on earlier aims; none where neither is known."""
    found = [each for each in (_beyond(view, numbers), _earlier(view)) if each is not None]
    return [Text("".join(each.zh for each in found), " ".join(each.en for each in found))] if found else []


def _beyond(view: View, numbers: Mapping[str, int]) -> Text | None:
    package = view.package
    area_id = str(package.plans["area_id"].iloc[0])
    above = package.record("areas", area_id)["parent_id"]
    if pd.isna(above):
        return None
    rows = [row for row in records(ambition(view).sort_values("ratio", ascending=False, kind="stable")) if _is_beyond(view, row, str(above))]
    if not rows:
        return None
    listed = {language: _listed(view, rows[:_MOST_NAMED], numbers, language) for language in ("zh", "en")}
    name, number = package.record("areas", str(above)), len(rows)
    return Text(
        f"目标值超过{name['name_zh']}全域最近一期数的有 **{number}** 个：{listed['zh']}。",
        f"**{number}** {'target exceeds' if number == 1 else 'targets exceed'} the latest figure of all {name['name_en']}: {listed['en']}.",
    )


def _is_beyond(view: View, row: Record, above: str) -> bool:
    if row["area_id"] != above or not row["is_share"] or row["ratio"] <= 1 or row["bound"] in _OPEN_UPWARDS:
        return False
    return compares(view, str(view.package.record("targets", row["target_id"])["plan_id"]), row)


def _listed(view: View, rows: Sequence[Record], numbers: Mapping[str, int], language: Language) -> str:
    names = target_names(view.package, language)
    phrases = []
    for row in rows:
        share = Text(f"（{percent_words(row['ratio'], 'zh', 0)}）", f" ({percent_words(row['ratio'], 'en', 0)})").say(language)
        phrases.append(names[str(row["target_id"])] + share + marks(view.package, str(row["observation_id"]), numbers))
    return joined(phrases, language, LIST_COMMA)


def _earlier(view: View) -> Text | None:
    found = aims_met(earlier_aims(view))
    if not found.known:
        return None
    return Text(
        f"数据包中期限已过的以往目标 {found.over} 个，结果可知的 {found.known} 个，其中达到 {found.met} 个。",
        f"Of {found.over} earlier aims in the package whose time is over, the outcome of {found.known} is known; {found.met or 'none'} "
        f"{'was' if found.met in (0, 1) else 'were'} met.",
    )
