"""A card for each target: what is asked, in which words, what is known, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, date_words
from daye_analysis.charts.display import PrintTable, Prose, escaped
from daye_analysis.charts.labels import label
from daye_analysis.charts.outlook.sentences import outlook_sentences
from daye_analysis.charts.overview.page import anchor
from daye_analysis.charts.verdicts.verdict_text import silence_words, verdict_sentences
from daye_analysis.package.definition import codes
from daye_analysis.package.definition.judged import EVIDENCE_REASON, EVIDENCE_ROLE
from daye_analysis.package.formatting import period_words, target_words, value_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.views.load import UNTRANSLATED
from daye_analysis.views.target import Target
from daye_analysis.views.verdict_words import verdict_words
from daye_analysis.views.view import View

_ROLE_ORDER: Final = {"decides": 0, "upper_bound": 1, "lower_bound": 2, "context": 3}
# The cards of a report share one grid: period, figure, area and scope, use, source.
_GRID: Final = (0.16, 0.16, 0.41, 0.18, 0.09)
_FAR: Final = "containing"


def target_cards(view: View, language: Language, numbers: Mapping[str, int]) -> list[Prose | PrintTable]:
    """Return for each action a heading, and for each of its targets a card: prose and, where there are, its figures.

    Figures of the province and the country that bound nothing are left to the package. `numbers` are those of the sources.
    """
    package = view.package
    shown = shown_figures(view)
    judged = {str(row["target_id"]): row for row in records(view.assess())}
    printed = records_by(shown, "target_id")
    cards: list[Prose | PrintTable] = []
    action = ""
    first: dict[str, str] = {}
    for target in records(in_list_order(package, package.targets)):
        target_id = str(target["target_id"])
        prose = _prose(view.target(target_id), judged[target_id], numbers, first.setdefault(str(target["task_id"]), target_id), language)
        if (its_action := str(package.record("tasks", target["task_id"])["action_id"])) != action:
            action = its_action
            name = str(package.record("actions", action)[f"name_{language}"]).split("，")[0]
            prose = f"### {escaped(name)}\n\n{prose}"
        cards.append(Prose(prose))
        if target_id in printed:
            cards.append(_figures(view, printed[target_id], numbers, language))
    return cards


def shown_figures(view: View) -> pd.DataFrame:
    """Return the rows that a card prints: all but far-off context, the deciding ones first, the newest first."""
    evidence = view.evidence()
    shown = evidence[(evidence["relation"] != _FAR) | (evidence["role"] != "context")]
    shown = shown.assign(order=shown["role"].map(_ROLE_ORDER))
    return shown.sort_values(["order", "period_end", "observation_id"], ascending=[True, False, True]).drop(columns="order")


def _prose(target: Target, judged: Record, numbers: Mapping[str, int], first: str, language: Language) -> str:
    row = target.row
    zh = language == "zh"
    unit = target.package.record("measurement_units", row["unit_code"])
    asked = target_words(row["comparator"], row["value"], str(unit[f"label_{language}"]), language)
    scope = codes.SCOPE.label(row["scope"]).say(language)
    due = date_words(row["due"], language)
    inferred = ("，期末日期为推断" if zh else ", due date inferred") if row["due_basis"] == "inferred" else ""
    strive = ("，力争" if zh else ", “strive for”") if row["strength"] == "strive" else ""
    leads = ("、" if zh else ", ").join(target.lead_names(language))
    colon, stop, comma, opening, closing = ("：", "　", "，", "（", "）") if zh else (": ", "; ", ", ", " (", ")")
    lines = [
        f'#### <a id="{anchor(target.target_id)}"></a>{escaped(row[f"name_{language}"])}',
        f"**{label('asked', language)}**{colon}{escaped(asked)}{opening}{scope}{comma}{due}{inferred}{strive}{closing}"
        + (f"{stop}**{label('lead', language)}**{colon}{escaped(leads)}" if leads else ""),
        f"> {escaped(row['wording_zh'])}" + (_translation(target, first) if language == "en" else ""),
        _state(judged, language, colon, stop),
    ]
    sentences = verdict_sentences(target.view, judged, language, tabled=True)
    sentences += outlook_sentences(target.view, judged, language, numbers)
    note = row[f"note_{language}"]
    if pd.notna(note):
        sentences.append(("对原文的理解：" if zh else "On the wording: ") + str(note))
    lines.append("\n".join(f"- {escaped(sentence)}" for sentence in sentences))
    return "\n\n".join(line for line in lines if line)


def _translation(target: Target, first: str) -> str:
    """Return the rest of the quotation in English: our translation of the whole task, at the `first` of its targets, which others name."""
    task = target.package.record("tasks", target.row["task_id"])
    words = str(task["text_en"])
    if words.endswith(UNTRANSLATED):
        return ""
    number = "" if pd.isna(task["official_number"]) else f" {task['official_number']}"
    if first != target.target_id:
        return f"\n>\n> Our translation of task{number} is [above](#{anchor(first)})."
    return f"\n>\n> Task{number} in our translation: {escaped(words)}"


def _state(judged: Record, language: Language, colon: str, stop: str) -> str:
    """Return what is known and what follows; where nothing can be said, only that."""
    silence = silence_words(judged, language)
    finding = f"**{label('finding', language)}**{colon}{silence or verdict_words(judged, language)}"
    if silence:
        return finding
    known = EVIDENCE_TEXT[str(judged["evidence_class"])].say(language)
    return f"**{label('evidence', language)}**{colon}{known}{stop}{finding}"


def _figures(view: View, shown: Sequence[Record], numbers: Mapping[str, int], language: Language) -> PrintTable:
    package = view.package
    rows = [
        {
            label("period", language): figure_period(row, language),
            label("figure", language): figure_value(row, str(package.record("measurement_units", row["unit_code"])[f"label_{language}"]), language),
            label("scope", language): _scope(row, str(package.record("areas", row["area_id"])[f"name_{language}"]), language),
            label("use", language): figure_use(row, language),
            label("source", language): f"[{numbers[str(row['source_id'])]}]",
        }
        for row in shown
    ]
    return PrintTable(pd.DataFrame(rows), "", {label("figure", language): "right"}, _GRID)


def figure_period(row: Record, language: Language) -> str:
    """Return a figure's date or period, marked where its source does not state it."""
    words = period_words(row["period_start"], row["period_end"], language)
    inferred = row["date_basis"] == "inferred"
    return words + ("（推断）" if language == "zh" else " (inferred)") if inferred else words


def figure_value(row: Record, unit: str, language: Language) -> str:
    """Return a figure with its unit, and its measure where that is a growth or a share."""
    value = value_words(row["value"], unit, language, str(row["bound"]))
    if row["measure"] in ("growth_pct", "share_pct"):
        return f"{codes.MEASURE.label(str(row['measure'])).say(language)} {value}"
    return value


def _scope(row: Record, area: str, language: Language) -> str:
    """Return the place, what the source counts, and why the figure is doubtful where that is why it does not serve."""
    zh = language == "zh"
    note, doubt = row[f"scope_note_{language}"], row[f"doubt_{language}"]
    phrases: str = area if pd.isna(note) else f"{area}{'，' if zh else ' – '}{note}"
    if row["reason"] != "doubtful" or pd.isna(doubt):
        return phrases
    return f"{phrases}。存疑：{doubt}" if zh else f"{phrases}. Doubtful: {doubt}"


def figure_use(row: Record, language: Language) -> str:
    """Return what the figure decides or bounds; of one that does neither, why."""
    role = EVIDENCE_ROLE.label(str(row["role"])).say(language)
    reason = EVIDENCE_REASON.label(str(row["reason"])).say(language)
    if row["role"] == "context":
        return reason
    joint = "：" if language == "zh" else ": "
    # That a figure which decides is comparable goes without saying.
    return role if row["role"] == "decides" else f"{role}{joint}{reason}"
