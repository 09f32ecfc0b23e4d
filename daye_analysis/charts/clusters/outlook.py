"""What each cluster's aim would take: the pace of the year so far, its share of higher-level areas, and comparable clusters elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.clusters.labels import word
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.clusters.aims import cluster_aims
from daye_analysis.clusters.peers import peer_clusters
from daye_analysis.package.definition import codes
from daye_analysis.package.formatting import (
    number_words,
    percent_words,
    period_words,
    target_words,
    value_words,
)
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.progress.outlook.ambition import ambition, usual_share
from daye_analysis.progress.outlook.run_rate import run_rates
from daye_analysis.punctuation import COLON, bracketed, joined
from daye_analysis.views.verdict_words import unit_label
from daye_analysis.views.view import View

_PACE: Final = Text("按年内累计数折算", "Full year at the pace so far")
_ABOVE: Final = Text("目标值相当于上级地区的比重", "Aim as a share of higher-level areas")
_PLACE: Final = Text("地区", "Place")
_SIZE: Final = Text("规模", "Size")
_NONE: Final = "—"
# What a bound of the area above says of the share that an aim would take.
_SHARE_BOUND: Final = {
    "at_least": Text("至多 ", "at most "), "more_than": Text("不足 ", "less than "), "at_most": Text("至少 ", "at least "),
    "less_than": Text("超过 ", "more than "), "about": Text("约 ", "about "),
}  # fmt: skip
_BEFORE: Final = {"at_least": "≥ ", "more_than": "> ", "at_most": "≤ ", "less_than": "< "}


def outlook_blocks(view: View, language: Language, numbers: Mapping[str, int]) -> Sequence[PrintTable | Prose]:
    """Return the tables of what each aim would take and of comparable clusters elsewhere; a sentence for what has no figures.

    `numbers` are those of the sources, by `source_id`.
    """
    if cluster_aims(view).empty:
        return []
    taken, peers = aims_table(view, language, numbers), peers_table(view, language, numbers)
    none = Text("未见其他市县、开发区同类集群的数据。", "No figure for a comparable cluster in another city, county or zone was found.")
    return [taken, peers or Prose(none.say(language))]


def outlook_observations(view: View) -> set[str]:
    """Return the observations on which the tables rest."""
    rows, paces = cluster_shares(view), run_rates(view)
    shown = paces[paces["target_id"].isin(cluster_aims(view)["target_id"])]
    return {*rows["observation_id"], *shown["observation_id"], *" ".join(peer_clusters(view)["observation_ids"]).split()}


def aims_table(view: View, language: Language, numbers: Mapping[str, int]) -> PrintTable:
    """Return, cluster by cluster, what the year so far comes to at its pace, and the share of the areas above that the aim would be."""
    aims, package = cluster_aims(view), view.package
    paces, shares = records_by(run_rates(view), "target_id"), records_by(cluster_shares(view), "target_id")
    rows = []
    for aim in records(aims):
        target, label = str(aim["target_id"]), unit_label(package, aim["unit_code"], language)
        rows.append(
            {
                word("cluster", language): f"{aim[f'name_{language}']}\n{target_words(str(aim['comparator']), float(aim['target']), label, language)}",
                _PACE.say(language): "\n".join(pace_words(each, label, view, language, numbers) for each in paces.get(target, [])) or _NONE,
                _ABOVE.say(language): "\n".join(_share(each, label, view, language, numbers) for each in shares.get(target, [])) or _NONE,
            }
        )
    caption = Text(
        f"各集群的年内进度折算及目标值相当于上级地区的比重{_usual(view, 'zh')}",
        f"The clusters' pace within the year, and each aim as a share of higher-level areas{_usual(view, 'en')}",
    )
    return PrintTable(pd.DataFrame(rows), caption.say(language))


def cluster_shares(view: View) -> pd.DataFrame:
    """Return the outturns of areas above that the aims can be a share of."""
    rows = ambition(view)
    return rows[rows["target_id"].isin(cluster_aims(view)["target_id"]) & rows["is_share"]]


def pace_words(row: Record, label: str, view: View, language: Language, numbers: Mapping[str, int]) -> str:
    """Return a part of the year, what the year comes to at its pace, and what share of the aim that is."""
    months = period_words(row["period_start"], row["period_end"], language)
    value, rate = (value_words(round(row[name], 2 if name == "run_rate" else 6), label, language) for name in ("value", "run_rate"))
    share = {each: percent_words(row["share_of_target"], each) for each in ("zh", "en")}
    phrases = Text(
        f"{months} {value}，全年按此进度为 {rate}，相当于目标的 {share['zh']}",
        f"{months}: {value}; at that pace {rate} a year, {share['en']} of the aim",
    )
    return f"{phrases.say(language)}{_cited([row['observation_id']], view, numbers)}"


def _share(row: Record, label: str, view: View, language: Language, numbers: Mapping[str, int]) -> str:
    area = str(view.package.record("areas", row["area_id"])[f"name_{language}"])
    return f"{area}{COLON.say(language)}{share_words(row, view, language, numbers, label)}"


def share_words(row: Record, view: View, language: Language, numbers: Mapping[str, int], label: str = "") -> str:
    """Return what share of an area above an aim is, with the figure of that area where its unit has a `label`, and its source."""
    # What a broader concept comes to is no less than the area's own figure.
    broad = row["concept"] == "broader" and row["bound"] == "exact"
    bound = _SHARE_BOUND.get("at_most" if broad else str(row["bound"]), Text("", "")).say(language)
    value = value_words(round(row["value"], 6), label, language, str(row["bound"])) if label else ""
    period = period_words(row["period_start"], row["period_end"], language)
    concept = codes.CONCEPT.label(str(row["concept"])).say(language) if row["concept"] != "same" else ""
    about = bracketed(joined([value, period, concept], language), language)
    return f"{bound}{percent_words(row['ratio'], language)}{about}{_cited([row['observation_id']], view, numbers)}"


def _usual(view: View, language: Language) -> str:
    """Return, for comparison, the share of its parent that the city last had in the quantity published for both."""
    aims, package = cluster_aims(view), view.package
    area_id = str(aims["area_id"].iloc[0])
    parent = package.record("areas", area_id)["parent_id"]
    usual = None if pd.isna(parent) else usual_share(view, area_id, str(parent), "")
    if usual is None:
        return ""
    area, above = (str(package.record("areas", each)[f"name_{language}"]) for each in (area_id, usual.area_id))
    name = package.record("indicators", usual.indicator_id)
    when, share = period_words(usual.period_start, usual.period_end, language), percent_words(usual.share, language)
    phrases = Text(f"对照：{when}{area}{name['name_zh']}占{above}的 {share}",
                f"for comparison, {area} had {share} of {above}'s {str(name['name_en'])[:1].lower()}{str(name['name_en'])[1:]} in {when}")  # fmt: skip
    return bracketed(phrases.say(language), language)


def peers_table(view: View, language: Language, numbers: Mapping[str, int]) -> PrintTable | None:
    """Return the latest size and growth of clusters of the same kind in other cities, counties and zones; None without any."""
    peers, package, aims = peer_clusters(view), view.package, cluster_aims(view).set_index("cluster_id")
    if peers.empty:
        return None
    rows: list[dict[str, str]] = []
    for row in records(peers):
        aim = aims.loc[row["cluster_id"]]
        label = unit_label(package, aim["unit_code"], language)
        size = growth = _NONE
        if pd.notna(row["size"]):
            size = value_words(round(row["size"], 6), label, language, str(row["size_bound"]))
            size += bracketed(period_words(row["size_start"], row["size_end"], language), language)
        if pd.notna(row["growth"]):
            growth = f"{_BEFORE.get(str(row['growth_bound']), '')}{number_words(row['growth'])}{'' if language == 'zh' else ' '}%"
            growth += bracketed(period_words(row["growth_start"], row["growth_end"], language), language)
        rows.append(
            {
                word("cluster", language): str(aim[f"name_{language}"]),
                _PLACE.say(language): str(package.record("areas", row["area_id"])[f"name_{language}"]),
                _SIZE.say(language): size,
                word("growth", language): growth,
                word("source", language): _cited(str(row["observation_ids"]).split(), view, numbers),
            }
        )
    caption = Text("其他市县、开发区同类集群最近公布的规模与同比增速（可查到的，不是抽样，不作排名）",
                   "Latest published size and growth of comparable clusters in other cities, counties and zones (what could be read; not a sample, not a ranking)")  # fmt: skip
    return PrintTable(pd.DataFrame(rows), caption.say(language))


def _cited(observation_ids: Sequence[str], view: View, numbers: Mapping[str, int]) -> str:
    sources = {numbers[str(view.package.record("observations", each)["source_id"])] for each in observation_ids}
    return "".join(f"[{number}]" for number in sorted(sources))
