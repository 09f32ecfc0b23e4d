"""What a report on clusters finds: what is settled, the pace and size of the aims, and what their sum would take."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Final

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.brief.key_findings import key_findings
from daye_analysis.charts.clusters.labels import no_clusters
from daye_analysis.charts.clusters.outlook import cluster_shares, pace_words, share_words
from daye_analysis.charts.clusters.total import sum_finding
from daye_analysis.charts.display import Prose
from daye_analysis.clusters.aims import cluster_aims
from daye_analysis.clusters.growth import class_growth
from daye_analysis.package.formatting import percent_words
from daye_analysis.package.records import records
from daye_analysis.progress.outlook.run_rate import run_rates
from daye_analysis.progress.reference_class import class_share, over
from daye_analysis.punctuation import COLON, SEMICOLON, joined
from daye_analysis.views.verdict_words import unit_label
from daye_analysis.views.view import View

_MOST_NAMED: Final = 3


def cluster_findings(view: View, language: Language, numbers: Mapping[str, int], whole_id: str = "") -> Prose:
    """Return the key findings on the clusters' aims; a package without clusters has none, and that is said."""
    aims = cluster_aims(view)
    if aims.empty:
        return no_clusters(language)
    return key_findings(view, language, numbers, set(aims["indicator_id"]), partial(_what_aims_take, view, numbers, whole_id))


def _what_aims_take(view: View, numbers: Mapping[str, int], whole_id: str) -> list[Text]:
    beside = [each for each in (_pace(view, numbers), _shares(view, numbers)) if each is not None]
    total = _sum(view, whole_id)
    joined_up = [Text("".join(each.zh for each in beside), " ".join(each.en for each in beside))] if beside else []
    return [*joined_up, *([total] if total else [])]


def _pace(view: View, numbers: Mapping[str, int]) -> Text | None:
    """Return what the part of the year that is known comes to at its pace."""
    aims = {str(row["target_id"]): row for row in records(cluster_aims(view))}
    rows = [row for row in records(run_rates(view)) if row["target_id"] in aims][:_MOST_NAMED]
    if not rows:
        return None

    def said(language: Language) -> str:
        phrases = []
        for row in rows:
            aim = aims[str(row["target_id"])]
            unit = unit_label(view.package, aim["unit_code"], language)
            phrases.append(f"{aim[f'name_{language}']}{COLON.say(language)}{pace_words(row, unit, view, language, numbers)}")
        return joined(phrases, language, SEMICOLON)

    return Text(f"按年内进度折算（不是预测）：{said('zh')}。", f"At the pace so far (not a forecast): {said('en')}.")


def _shares(view: View, numbers: Mapping[str, int]) -> Text | None:
    """Return the aims beside the latest figures of the area directly above."""
    aims = {str(row["target_id"]): row for row in records(cluster_aims(view))}
    area_id = next(iter(aims.values()))["area_id"]
    above = view.package.record("areas", str(area_id))["parent_id"]
    shares = {str(row["target_id"]): row for row in reversed(records(cluster_shares(view))) if row["area_id"] == above}
    shown = [each for each in aims if each in shares][:_MOST_NAMED]
    if not shown:
        return None

    def said(language: Language) -> str:
        phrases = []
        for each in shown:
            share = share_words(shares[each], view, language, numbers)
            # Chinese words follow others without a space, numbers do not.
            space = " " if language == "en" or share[0].isdigit() else ""
            phrases.append(f"{aims[each][f'name_{language}']}{space}{share}")
        return joined(phrases, language, SEMICOLON)

    name = view.package.record("areas", str(above))
    return Text(
        f"目标值与{name['name_zh']}最近一期数相比：{said('zh')}。",
        f"The aims as a share of {name['name_en']}'s latest figure: {said('en')}.",
    )


def _sum(view: View, whole_id: str) -> Text | None:
    """Return what the sum of the aims would take, and what comparable industries have grown by."""
    total, growth = sum_finding(view, whole_id), class_growth(view)
    growth = growth[over(growth, 1)]
    if growth.empty:
        return total
    found = class_share(math.nan, growth["series"], growth["growth"])
    median = Text(
        f"可查的 {found.series} 个同类产业序列，年增速中位数为 **{percent_words(found.median, 'zh')}**（偏高，不是抽样）。",
        f"Growth in {found.series} comparable series had a median of **{percent_words(found.median, 'en')}** a year (biased upward, not a sample).",
    )
    return Text(f"{total.zh}{median.zh}", f"{total.en} {median.en}") if total else median

