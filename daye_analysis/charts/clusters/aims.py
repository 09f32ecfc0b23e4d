"""The aims of the clusters and what bounds them in words, and a table with the growth that each still requires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.brief.findings import verdict_cell
from daye_analysis.charts.clusters.aims_chart import aims_chart
from daye_analysis.charts.clusters.labels import no_clusters, word
from daye_analysis.charts.display import Picture, PrintTable, Prose
from daye_analysis.charts.verdicts.growth_text import needed
from daye_analysis.clusters.aims import cluster_aims, still_open
from daye_analysis.package.definition import codes
from daye_analysis.package.definition.judged import EVIDENCE_REASON, EVIDENCE_ROLE
from daye_analysis.package.formatting import (
    percent_words,
    period_words,
    target_words,
    value_words,
)
from daye_analysis.package.records import Record, records
from daye_analysis.package.view import is_sound
from daye_analysis.punctuation import bracketed
from daye_analysis.views.verdict_words import period_of, unit_label
from daye_analysis.views.view import View

if TYPE_CHECKING:
    pass


def aims_headline(view: View, language: Language) -> Prose:
    """Return how many clusters have an aim, and of how many of them something is known."""
    aims = cluster_aims(view)
    if aims.empty:
        return no_clusters(language)
    counts = aims["evidence_class"].value_counts()
    like, bound, related, nothing = (int(counts.get(k, 0)) for k in ("comparable", "bounds_only", "related_only", "nothing"))
    due, day = pd.Timestamp(aims["due"].iloc[0]), view.timestamp
    return Prose(
        Text(
            f"清单为 **{len(aims)}** 个产业集群确定了目标，目标期末为{date_words(due, 'zh')}。截至{date_words(day, 'zh')}，"
            f"有全年同口径数据的 **{like}** 个，只有上下限的 **{bound}** 个，只有相关数据的 **{related}** 个，"
            f"在可查阅范围内未见公开数据的 **{nothing}** 个。未见公开数据，不等于没有增长。",
            f"The list sets an aim for **{len(aims)}** clusters, due {date_words(due, 'en')}. As of {date_words(day, 'en')}, "
            f"**{like or 'none'}** {'has' if like < 2 else 'have'} a comparable figure of a whole year, **{bound}** only bounds, "
            f"**{related}** only related figures, and for **{nothing}** nothing was found in the sources that could be read. "
            "Absence of published figures is no sign of absent growth.",
        ).say(language)
    )


def aims_blocks(view: View, language: Language) -> list[Prose | Picture]:
    """Return the words on what is known of the aims, and their picture where there are any."""
    chart = aims_chart(view, language)
    return [aims_headline(view, language), *([chart] if chart else [])]


def required_table(view: View, language: Language, numbers: Mapping[str, int]) -> PrintTable | Prose:
    """Return, cluster by cluster, the aim, every figure that decides or bounds it, the verdict, and the growth required.

    `numbers` are those of the sources, by `source_id`.
    """
    aims, package = cluster_aims(view), view.package
    if aims.empty:
        return no_clusters(language)
    open_still, shown = still_open(aims), used_evidence(view)
    rows = [
        {
            word("cluster", language): f"{row[f'name_{language}']}\n"
            + target_words(str(row["comparator"]), float(row["target"]), unit_label(package, row["unit_code"], language), language),
            word("known", language): "\n".join(_known(view, row, shown[shown["target_id"] == row["target_id"]], numbers, language)),
            word("verdict", language): verdict_cell(view, row, language),
            word("from_base", language): _from_base(row, is_open, language),
            word("from_figure", language): _from_figure(row, language),
        }
        for row, is_open in zip(records(aims), open_still, strict=True)
    ]
    caption = Text("各集群的目标、已知数据、结论与至目标期末所需增速（现价，名义）",
                   "The clusters' aims, what is known, the verdict, and the growth required to the due date (current prices, nominal)")  # fmt: skip
    table = pd.DataFrame(rows)
    if aims["growth_from_base"].notna().any():
        return PrintTable(table, caption.say(language))
    no_base = Text("；各集群均缺基期", "; none has a baseline").say(language)
    return PrintTable(table.drop(columns=word("from_base", language)), caption.say(language) + no_base)


def used_evidence(view: View) -> pd.DataFrame:
    """Return the figures that the table prints.

    What decides, what bounds, what contradicts another figure, what a later date adds, and the area's own published growth.
    """
    aims, rows = cluster_aims(view), view.evidence()
    rows = rows[rows["target_id"].isin(aims["target_id"])]
    named = ["value_observations", "lower_bound_observations", "upper_bound_observations", "conflicting_observations"]
    ids = {each for name in named for cell in aims[name] for each in str(cell).split()}
    for target_id in aims["target_id"]:
        later = view.verdict(str(target_id)).later
        ids |= set(later.ids) if later else set()
    sound = rows["statement"].eq("outturn") & is_sound(rows)
    own = rows["relation"].eq("own") & rows["concept"].eq("same") & sound
    return rows[rows["observation_id"].isin(ids) | own].sort_values(["period_end", "observation_id"])


def _known(
    view: View, row: Record, shown: pd.DataFrame, numbers: Mapping[str, int], language: Language
) -> list[str]:
    """Return a line for each period and place: its output, and its growth where the source published one too."""
    if shown.empty:
        return [word("related_only" if row["evidence_class"] == "related_only" else "nothing", language)]
    shown = shown.drop_duplicates(["area_id", "period_start", "period_end", "measure", "value"])
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    phrases = []
    for _, group in shown.groupby(["period_end", "period_start", "area_id"], sort=False, dropna=False):
        figures = records(group)
        values = comma.join(_value(view, figure, language) for figure in figures)
        about = comma.join(_about(view, figures, language))
        cited = "".join(f"[{number}]" for number in sorted({numbers[str(each)] for each in group["source_id"]}))
        period = period_words(figures[0]["period_start"], figures[0]["period_end"], language)
        phrases.append(f"{period}{colon}{values}{bracketed(about, language) if about else ''}{cited}")
    return phrases


def _value(view: View, figure: Record, language: Language) -> str:
    label = unit_label(view.package, figure["unit_code"], language)
    value = value_words(figure["value"], label, language, str(figure["bound"]))
    if figure["measure"] != "growth_pct":
        return value
    return Text(f"公布的同比增速 {value}", f"published growth {value}").say(language)


def _about(view: View, figures: list[Record], language: Language) -> list[str]:
    """Return whose figure it is where not the area's own, what it is good for, and whether its date was inferred."""
    first = figures[0]
    about = []
    if first["relation"] != "own":
        about.append(str(view.package.record("areas", first["area_id"])[f"name_{language}"]))
    if first["concept"] != "same":
        about.append(codes.CONCEPT.label(str(first["concept"])).say(language))
    roles = {str(each["role"]) for each in figures}
    about += [EVIDENCE_ROLE.label(role).say(language) for role in ("upper_bound", "lower_bound") if role in roles]
    if any(each["reason"] == "conflict" for each in figures):
        about.append(EVIDENCE_REASON.label("conflict").say(language))
    if any(each["date_basis"] == "inferred" for each in figures):
        about.append(Text("时间为推断", "date inferred").say(language))
    return about


def _from_base(row: Record, is_open: Any, language: Language) -> str:
    """Return the growth a year that the aim asked for from the base on, while the outcome is open."""
    if not is_open:
        return "—"
    if pd.notna(row["growth_from_base"]):
        since = period_of(row, "base", language)
        growth = percent_words(float(row["growth_from_base"]), language)
        return f"{Text(f'年均 {growth}', f'{growth} a year').say(language)}{bracketed(since, language)}"
    return Text("缺基期", "no baseline").say(language)


def _from_figure(row: Record, language: Language) -> str:
    phrases = [f"{each.short(language)}{bracketed(Text(f'自{each.since}起', f'from {each.since}').say(language), language)}"
            for each in needed(row, language)]  # fmt: skip
    return "\n".join(phrases) or "—"
