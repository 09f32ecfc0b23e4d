"""The brief's findings, a line each: what bounds settle, and verdicts on comparable figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.citations import marks
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.charts.labels import asked_words, label, named_in_order
from daye_analysis.charts.verdicts.bounds_text import bound_note
from daye_analysis.charts.verdicts.growth_text import bracketed, gap_words, needed
from daye_analysis.package.formatting import definite
from daye_analysis.package.records import Record, records
from daye_analysis.progress.vocabulary import Status
from daye_analysis.views.verdict_words import conflicting, known, whole_verdict
from daye_analysis.views.view import View

_BOUNDS: Final = Text("已知的上下限", "Bounds known")
_NEEDED: Final = Text("至目标期末所需增速", "Growth required to the due date")
_VERDICT: Final = Text("结论", "Verdict")
_SILENT: Final = (Status.NOT_ASSESSED.code, Status.NO_BASELINE.code)
ASSUMED: Final = Text("依据假设，不是公开数据", "assumed, not published")
_FIGURES: Final = (
    "value_observations", "lower_bound_observations", "upper_bound_observations", "conflicting_observations",
)  # fmt: skip


def figure_ids(view: View, row: Record) -> str:
    """Return the identifiers of the observations that a row of assessments rests on, with spaces between."""
    later = view.verdict(str(row["target_id"])).later
    return " ".join([*(str(row[name]) for name in _FIGURES), *(later.ids if later else ())])


def bounds_table(
    view: View, language: Language, numbers: Mapping[str, int] | None = None, most: int | None = None
) -> PrintTable | Prose:
    """Return the targets, at most `most`, of which only bounds are known: what these are, and what they settle.

    Those that settle something come first, each in the list's order. `numbers` are those of the sources.
    """
    rows = _bounded(view)
    if rows.empty:
        return Prose(Text("没有目标能推出上下限。", "No target has a bound.").say(language))
    shown = rows.head(len(rows) if most is None else most)
    phrases = [
        {
            label("target", language): f"{row[f'name_{language}']}\n{asked_words(view.package, row, language)}",
            _BOUNDS.say(language): "\n".join(figure_lines(view, row, language, numbers)),
            _VERDICT.say(language): verdict_cell(view, row, language),
            _NEEDED.say(language): _needed(row, language),
        }
        for row in records(shown)
    ]
    caption = Text("由更大或更小范围的数据推出的上下限", "Bounds that follow from figures of a wider or narrower scope")
    return PrintTable(pd.DataFrame(phrases), caption.say(language) + of_all(len(shown), len(rows), language))


def verdicts_table(
    view: View, language: Language, numbers: Mapping[str, int] | None = None, most: int | None = None
) -> PrintTable | Prose:
    """Return the targets, at most `most`, with a comparable figure: how far, how fast, which verdict.

    Those of which a verdict can be given come first, each in the list's order. `numbers` are those of the sources.
    """
    rows = _comparable(view)
    if rows.empty:
        return Prose(Text("没有目标有同口径实绩。", "No target has a comparable figure.").say(language))
    shown = rows.head(len(rows) if most is None else most)
    phrases = [
        {
            label("target", language): f"{row[f'name_{language}']}\n{asked_words(view.package, row, language)}",
            label("latest", language): "\n".join(_latest(view, row, language, numbers)) or "—",
            _NEEDED.say(language): _needed(row, language),
            _VERDICT.say(language): verdict_cell(view, row, language),
        }
        for row in records(shown)
    ]
    caption = Text("有同口径实绩的目标", "Targets with a comparable figure").say(language)
    return PrintTable(pd.DataFrame(phrases), caption + of_all(len(shown), len(rows), language))


def figure_lines(
    view: View, row: Record, language: Language, numbers: Mapping[str, int] | None = None
) -> list[str]:
    """Return the figure and the bounds of a row, or the figures that contradict each other, each with date and sources."""
    package = view.package
    phrases: list[str] = []
    for each in known(package, row, language):
        note = "" if each.side == "value" else bound_note(view, row, each, language)
        phrases.append(each.dated(language, note) + marks(package, " ".join(each.ids), numbers))
    if str(row["status"]) == Status.CONFLICT.code:
        phrases += [each.dated(language) + marks(package, " ".join(each.ids), numbers) for each in conflicting(package, row, language)]
    return phrases


def verdict_cell(view: View, row: Record, language: Language) -> str:
    """Return the verdict with its reason, what a later date adds, and whether all that is assumed."""
    parts = [whole_verdict(view, row, language)]
    parts += [ASSUMED.say(language)] if row["rests_on_assumption"] else []
    return ("；" if language == "zh" else "; ").join(parts)


def of_all(shown: int, total: int, language: Language) -> str:
    """Return how many of all a table shows and where the others are; empty where it shows all."""
    if shown >= total:
        return ""
    words = Text(f"（列出 {total} 个中的 {shown} 个，全部见 assessments.csv）", f" ({shown} of {total}; all are in assessments.csv)")
    return words.say(language)


def _bounded(view: View) -> pd.DataFrame:
    """Return the targets of which only bounds are known, those that settle something first, with the indicators' names."""
    assessments = view.assess()
    only = assessments["evidence_class"].eq("bounds_only") & assessments["bound_date"].notna()
    rows = named_in_order(view.package, assessments[only])
    settles = rows["settled"].isin(["met", "not_met"])
    return pd.concat([rows[settles], rows[~settles]])


def _comparable(view: View) -> pd.DataFrame:
    """Return the targets with a comparable figure, those with a verdict first, with the indicators' names."""
    assessments = view.assess()
    rows = named_in_order(view.package, assessments[assessments["evidence_class"] == "comparable"])
    silent = rows["status"].isin(_SILENT)
    return pd.concat([rows[~silent], rows[silent]])


def _latest(view: View, row: Record, language: Language, numbers: Mapping[str, int] | None) -> list[str]:
    zh = language == "zh"
    if int(row["years_due"] or 0):
        due, known_years, met = (int(row[f"years_{name}"]) for name in ("due", "known", "met"))
        years = f"{due} 个年度中 {known_years} 个有数据，{met} 个达到" if zh else (
            f"of {due} year{'' if due == 1 else 's'} {known_years} {'has' if known_years == 1 else 'have'} figures, {met} met")  # fmt: skip
        return [years, *figure_lines(view, row, language, numbers)]
    gap = gap_words(view.package, row, language)
    return [*figure_lines(view, row, language, numbers), *([gap] if gap else [])]


def _needed(row: Record, language: Language) -> str:
    """Return what must still change, and from when where a bound gives it."""
    phrases = []
    for each in needed(row, language):
        since = Text(f"自{each.since}起", f"from {definite(each.since)}").say(language)
        phrases.append(each.short(language) + ("" if each.exact and each.of_one_year else bracketed([since], language)))
    return "\n".join(phrases) or "—"
