"""Each proposed target as rows of `targets` and `indicators`: what is certain filled in, what is not left empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daye_analysis.bilingual import Text
from daye_analysis.source import ProposedTarget
from daye_analysis.source import judgements as j

Row = dict[str, str]

FIRST_YEAR = Text(
    "逐年目标：请填写 first_year（首年）。", "An annual target: fill in first_year, the first year that counts."
)
OBLIGATION = Text(
    "清单中有“约束性”或“预期性”字样：请填写 obligation。",
    "The list says 约束性 or 预期性 somewhere: fill in obligation.",
)
_OUTPUT = re.compile("产值|营业?收入|营收|销售额|增加值|生产总值")
_UNSURE_QUANTITY = {j.DOUBLING, j.MULTIPLE, j.POINTS, j.NO_UNIT, j.CLASS, j.AVERAGE, j.WITHIN_YEAR}
_UNSURE_DIRECTION = {j.ABOUT, j.TWO_BOUNDS}
# Durations of different parts do not add up to that of the whole, or do: only a person knows.
_DURATIONS = ("hours", "minutes", "days", "working_days")


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A proposal with its identifier and due date; `due` and `due_basis` are empty where nothing states them."""

    target_id: str
    task_id: str
    proposal: ProposedTarget
    due: str
    due_basis: str
    obligation: str
    marks: tuple[Text, ...]


def target_drafts(
    proposals: Iterable[tuple[str, ProposedTarget]], text: str, due: str
) -> tuple[TargetDraft, ...]:
    """Return the drafts of `proposals`, each given with its task, in order.

    `due` is the day on which everything is due for which the text states no date, or empty. Identifiers count
    within the task (t03_1): a name would be a translation.
    """
    numbers: Counter[str] = Counter()
    silent = not re.search("约束性|预期性", text)
    drafts = []
    for task_id, proposal in proposals:
        numbers[task_id] += 1
        own = proposal.due.isoformat() if proposal.due else ""
        marks = [note for note in proposal.needs_judgement if note != j.NO_DUE]
        marks += [FIRST_YEAR] if proposal.scope == "annual" else []
        marks += [] if silent else [OBLIGATION]
        drafts.append(
            TargetDraft(
                target_id=f"{task_id.lower()}_{numbers[task_id]}",
                task_id=task_id,
                proposal=proposal,
                due=own or due,
                due_basis="stated" if own else "inferred" if due else "",
                obligation="unstated" if silent else "",
                marks=tuple(marks),
            )
        )
    return tuple(drafts)


def indicator_row(draft: TargetDraft, unit: Mapping[str, str]) -> Row:
    """Return the row of the draft's indicator; `unit` is the row of its unit of measure.

    The reference class is the indicator itself, which compares it with nothing else.
    """
    proposal = draft.proposal
    return {
        "indicator_id": draft.target_id,
        "name_zh": " ".join(proposal.indicator_zh.lstrip("=+-@＝＋－＠ ").split()),
        "name_en": "",
        "quantity": certain_quantity(proposal, unit["kind"]),
        "direction": certain_direction(proposal),
        "unit_code": proposal.unit_code,
        "role": "target",
        "additive": certain_additivity(proposal, unit),
        "reference_class": draft.target_id,
        "definition_zh": "",
        "definition_en": "",
    }


def certain_quantity(proposal: ProposedTarget, unit_kind: str) -> str:
    """Return the kind of quantity where the words leave no doubt, else an empty string."""
    if _UNSURE_QUANTITY & set(proposal.needs_judgement):
        return ""
    quantity, words = proposal.quantity, f"{proposal.indicator_zh}{proposal.wording_zh}"
    certain = {
        "cumulative_reduction": unit_kind == "percent" and "累计" in words,
        "ratio": "_per_" in proposal.unit_code,
        "output_value": _OUTPUT.search(words) is not None,
        "stock": unit_kind == "count",
    }
    return quantity if certain.get(quantity, True) else ""


def certain_direction(proposal: ProposedTarget) -> str:
    """Return the direction that the comparator gives: a floor wants more, a ceiling less.

    Empty where the words do not settle the comparator, and for the size of a fall, which is better the higher
    where it is itself the figure and the other way round where the figure is what falls.
    """
    by_comparator = "decrease" if proposal.comparator in ("le", "lt") else "increase"
    unsure = _UNSURE_DIRECTION & set(proposal.needs_judgement) or by_comparator != proposal.direction
    return "" if unsure else by_comparator


def certain_additivity(proposal: ProposedTarget, unit: Mapping[str, str]) -> str:
    """Return whether parts sum to the whole where the unit tells, else an empty string."""
    base = unit["base_unit"]
    if unit["kind"] in ("percent", "rank") or "_per_" in base or base in ("times", "to_one"):
        return "false"
    if base in _DURATIONS or proposal.quantity == "ratio" or "均" in proposal.indicator_zh:
        return ""
    return "true"
