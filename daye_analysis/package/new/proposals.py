"""Each proposed target as rows of `targets` and `indicators`: certain values filled in, uncertain ones left empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from daye_analysis.bilingual import Text
from daye_analysis.package.new.measurement import unit_row
from daye_analysis.package.records import TextRow
from daye_analysis.source import ProposedTarget
from daye_analysis.source import review_markers as j
from daye_analysis.source.targets.english import is_english

FIRST_YEAR = Text(
    "逐年目标：请填写 first_year（首年）。", "An annual target: fill in first_year, the first year that counts."
)
OBLIGATION = Text(
    "清单中有“约束性”或“预期性”字样：请填写 obligation。",
    "The list says 约束性 or 预期性 somewhere: fill in obligation.",
)
_OUTPUT = re.compile("产值|营业?收入|营收|销售额|增加值|生产总值")
_UNSURE_QUANTITY = {j.DOUBLING, j.MULTIPLE, j.POINTS, j.NO_UNIT, j.CLASS, j.AVERAGE, j.WITHIN_YEAR}
_UNSURE_DIRECTION = {j.ABOUT, j.TWO_BOUNDS, j.LOWER_IS_BETTER}
# Durations of different parts do not add up to that of the whole, or do: only a person knows.
_DURATIONS = ("hours", "minutes", "days", "working_days")


@dataclass(frozen=True, slots=True)
class RowProposal:
    """A proposal with the task in whose words it is, and what its row says of its obligation (约束性), else empty."""

    task_id: str
    proposal: ProposedTarget
    obligation: str


def with_units(
    found: Iterable[RowProposal], known: Mapping[str, TextRow]
) -> tuple[list[RowProposal], dict[str, TextRow]]:
    """Return the proposals with a code for each unit as printed, and the rows of those units.

    A known unit is taken where it is printed as the list prints it; the same code printed otherwise gets an ending of
    its own (items_2), so that a table shows the official unit.
    """
    proposals: list[RowProposal] = []
    units: dict[str, TextRow] = {}
    printed: dict[str, str] = {}
    for each in found:
        code, label = each.proposal.unit_code, each.proposal.unit_zh
        number = 1
        while (label and printed.get(code, label) != label) or not _is_printed(known.get(code), label):
            number += 1
            code = f"{each.proposal.unit_code}_{number}"
        printed.setdefault(code, label)
        own = unit_row(each.proposal.unit_code, label) | {"unit_code": code}
        units.setdefault(code, known.get(code) or own)
        proposals.append(replace(each, proposal=replace(each.proposal, unit_code=code)))
    return proposals, units


def _is_printed(row: TextRow | None, label: str) -> bool:
    """Return whether a known unit's label is the printed one, or the printed one with what it counts: 家（企业）."""
    return row is None or not label or row["label_zh"].partition("（")[0] in (label, label.replace("％", "%")) or label == "番"


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
    proposals: Iterable[RowProposal], text: str, due: str
) -> tuple[TargetDraft, ...]:
    """Return the drafts of `proposals`, each given with its task and what its row says of its obligation, in order.

    `due` is the day on which everything is due for which the text states no date, or empty; it and a date whose year
    comes from the title are inferred. Identifiers count
    within the task (t03_1): a name would be a translation.
    """
    numbers: Counter[str] = Counter()
    given = list(proposals)
    # Where rows have a column that says it, the others say nothing.
    silent = any(each.obligation for each in given) or not re.search("约束性|预期性", text)
    drafts = []
    for found in given:
        task_id, proposal = found.task_id, found.proposal
        obligation = _obligation(found.obligation) or ("unstated" if silent else "")
        numbers[task_id] += 1
        own = proposal.due.isoformat() if proposal.due else ""
        marks = [note for note in proposal.needs_judgement if note not in (j.NO_DUE, j.YEAR_FROM_TITLE)]
        stated = own and j.YEAR_FROM_TITLE not in proposal.needs_judgement
        marks += [FIRST_YEAR] if proposal.scope == "annual" else []
        marks += [] if obligation else [OBLIGATION]
        drafts.append(
            TargetDraft(
                target_id=f"{task_id.lower()}_{numbers[task_id]}",
                task_id=task_id,
                proposal=proposal,
                due=own or due,
                due_basis="stated" if stated else "inferred" if own or due else "",
                obligation=obligation,
                marks=tuple(marks),
            )
        )
    return tuple(drafts)


def _obligation(said: str) -> str:
    return "binding" if "约束" in said else "expected" if "预期" in said else ""


def indicator_row(draft: TargetDraft, unit: Mapping[str, str]) -> TextRow:
    """Return the row of the draft's indicator; `unit` is the row of its unit of measure.

    The reference class is the indicator itself, which compares it with nothing else.
    """
    proposal = draft.proposal
    name = " ".join(proposal.indicator_zh.lstrip("=+-@＝＋－＠ ").split())
    return {
        "indicator_id": draft.target_id,
        "name_zh": name,
        "name_en": name if is_english(name) else "",
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
    """Return whether parts sum to the whole where the unit says, else an empty string."""
    base = unit["base_unit"]
    if unit["kind"] in ("percent", "rank") or "_per_" in base or base in ("times", "to_one"):
        return "false"
    if base in _DURATIONS or proposal.quantity == "ratio" or "均" in proposal.indicator_zh:
        return ""
    return "true"
