"""Propose each quantity that reads like a target, with comparison, value, unit, scope and wording.

The rules are lexical and follow the wording of official lists: they propose, a person decides. Whatever a
rule had to guess is said in `needs_judgement`.
"""

from __future__ import annotations

import re

from daye_analysis.source import review_markers as j
from daye_analysis.source.targets.comparators import comparator_of, is_reduction
from daye_analysis.source.targets.english import is_english, propose_english_targets
from daye_analysis.source.targets.measures import unit_code
from daye_analysis.source.targets.number_roles import SUFFIX
from daye_analysis.source.targets.phrases import Phrase, find_phrases
from daye_analysis.source.targets.proposed_target import ProposedTarget
from daye_analysis.source.targets.quantities import quantity_of
from daye_analysis.source.targets.timing import STATE, due_of, is_relative, scope_of

_STRIVE_CARRIES = re.compile(
    r"力争(?:到|在|用|于)?[“”\s]*(?:20\d\d|十.五|[一二三四五两十]+年)|(?:年|末|底|期间|时期)前?[，,]\s*力争"
)
_EFFORT = re.compile("争取|努力|预计|预期(?!寿命|性|目标|值|指标)|有望")


def propose_targets(text: str, offset: int = 0, year: int | None = None) -> list[ProposedTarget]:
    """Return a proposal for each quantity in `text` that reads like a target, in order of appearance.

    `offset` is where `text` begins in the whole document; it is added to the spans. `year` is the one that the
    document is for, if it is for one: dates without a year are of that year.
    """
    if is_english(text):
        return propose_english_targets(text, offset)
    found: list[ProposedTarget] = []
    for phrase in find_phrases(text):
        found.append(_proposal(text, phrase, offset, year, found[-1] if found and phrase.follows else None))
    return found


def _proposal(
    text: str, phrase: Phrase, offset: int, year: int | None, before: ProposedTarget | None
) -> ProposedTarget:
    """Read one phrase; `before` is the proposal whose verb and counted thing it shares, if any."""
    comparator, comparing = comparator_of(phrase)
    falls = is_reduction(phrase)
    scope, scoping = scope_of(text, phrase)
    if before and scope == "by_deadline" and not is_relative(phrase) and not STATE.search(phrase.before):
        scope = before.scope if before.scope in ("annual", "cumulative") else scope
    due, dating = due_of(text, phrase, year)
    quantity, measuring = quantity_of(phrase, scope, falls)
    low, high = phrase.measured.value, phrase.measured.high
    if high is not None:
        comparing = (*comparing, j.RANGE)
    value = high if high is not None and comparator in ("le", "lt") else low
    lead = text[phrase.sentence_start : phrase.number.start]
    effort = (j.EFFORT,) if _EFFORT.search(lead) else ()
    code = _code(phrase)
    if before and code.startswith("items") and phrase.measured.unit_zh == before.unit_zh:
        code = before.unit_code
    unknown = (j.UNKNOWN_UNIT,) if phrase.measured.base == "other_unit" else ()
    lower_is_better = falls or quantity == "rank" or comparator in ("le", "lt")
    return ProposedTarget(
        indicator_zh=phrase.indicator_zh,
        comparator=comparator,
        value=value,
        value_high=high,
        unit_zh=phrase.measured.unit_zh,
        unit_code=code,
        quantity=quantity,
        direction="decrease" if lower_is_better else "increase",
        scope=scope,
        due=due,
        strength="strive" if _strives(lead, text[phrase.start : phrase.number.start]) else "none",
        wording_zh=text[phrase.start : phrase.end],
        source_start=offset + phrase.start,
        source_end=offset + phrase.end,
        needs_judgement=(*phrase.notes, *comparing, *measuring, *scoping, *dating, *effort, *unknown),
    )


def _code(phrase: Phrase) -> str:
    """Return the code of the unit: what a counter counts is right after the number, else in the indicator's name."""
    counted, name = _counted_words(phrase), phrase.indicator_zh
    if counted and "每" not in name and not phrase.measured.unit_zh.endswith("户"):
        code = unit_code(phrase.measured, counted)
        if not code.startswith("items"):
            return code
    return unit_code(phrase.measured, f"{name}{counted}{phrase.after[:1]}")


def _strives(lead: str, own: str) -> bool:
    """Return whether 力争 governs the number: in its own words, or with a date at the head of what leads to it."""
    carried = list(_STRIVE_CARRIES.finditer(lead))
    return "力争" in own or (bool(carried) and "确保" not in lead[carried[-1].end() :])


def _counted_words(phrase: Phrase) -> str:
    """Return the words right after the number, which may name what 个 counts (30个项目)."""
    match = re.match(r"[^，、；。]{0,12}", phrase.after)
    return "" if match is None or re.match(SUFFIX, phrase.after) else re.split("(?<=.)(?:建设|开展|实施|推进|完成)", match.group())[0]
