"""Cells with a bare number: the target or baseline of the indicator that their row names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from daye_analysis.source import review_markers as j
from daye_analysis.source.spans import Span
from daye_analysis.source.targets.english import is_english
from daye_analysis.source.targets.measures import is_unit
from daye_analysis.source.targets.proposed_target import ProposedTarget
from daye_analysis.source.targets.targets import propose_targets

_BRACKETED_UNIT = re.compile(r"[（(\[]([^（）()\[\]]{1,12})[）)\]]\s*$")
_CELL = re.compile(
    r"\s*(?P<open>[〔\[（(〈]?)\s*(?P<before>[≥≤<>＜＞~∼约超]|>=|<=|不低于|不少于|不高于|不超过|大于|小于|达到|超过|控制在|稳定在|保持在|新增|净增|增长|下降|每年)*\s*"
    r"(?P<number>[-－−]?\d[\d,]*(?:\.\d+)?(?:\s*[—–~～\-至]\s*\d[\d,]*(?:\.\d+)?)?)\s*(?P<unit>[^\d，。；;、\s〕\]）)左以]{0,10}?)"
    r"\s*(?P<after>左右|以上|以下|以内|及以上|及以下|[↑↓])?\s*[〕\]）)〉]?\s*"
)
_CHANGES = "新增|净增|增长|下降"
_SIGNS = {">=": "≥", "<=": "≤", "~": "约", "∼": "约", "超": "超过", "每年": ""}
_CUMULATIVE = "〔["


@dataclass(frozen=True, slots=True)
class ValueCell:
    """A number in its own cell: `name` is its column's, `year` the year that this gives, `unit` what it is measured in.

    `start` is where its wording begins: the row's task where nothing but values is between, else the cell.
    """

    cell: Span
    name: str
    year: int | None
    unit: str
    is_base: bool
    start: int
    wording: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """A value of an earlier year: of which indicator, how much, in which unit, at the end of which year."""

    indicator_zh: str
    value: Decimal
    unit_zh: str
    day: date | None
    place: tuple[int, int]


def measured_in(task: str, column_unit: str, cell_unit: str) -> str:
    """Return the unit of an indicator: as its own cell says, else its name in brackets, else its column's name."""
    bracket = _BRACKETED_UNIT.search(task)
    own = bracket[1] if bracket and is_unit(bracket[1]) else ""
    return cell_unit.strip() or own or column_unit


def named(task: str) -> str:
    """Return the name of the indicator that a cell gives: without the unit in brackets and the footnote's mark."""
    bracket = _BRACKETED_UNIT.search(task)
    plain = task[: bracket.start()] if bracket and is_unit(bracket[1]) else task
    return re.sub(r"^\s*\d+[.、．]\s*", "", plain).strip(" *＊①②③④⑤⑥⑦⑧⑨\n")


def value_target(task: Span, value: ValueCell, *, of_several: bool = False) -> ProposedTarget | None:
    """Return the target that `value` sets for the indicator named by `task`; None where the cell holds no number.

    One `of_several` has its year in its name, as each target has an indicator of its own.

    The number is read in a sentence made of name, number and unit, by the rules for all sentences.
    """
    match = _CELL.fullmatch(re.split(r"[、，；;,](?=\D)", value.cell.text)[0])
    if match is None:
        return None
    unit = match["unit"].strip() or value.unit
    before = _SIGNS.get(match["before"] or "", match["before"] or "")
    name = named(task.text)
    average = "年均" in value.name and "年均" not in name
    lead = f"{name}{'年均增长' if average else ''}{before or ('' if average or match['after'] else '达到')}"
    if is_english(name):
        lead = f"Achieve {name} of {before}"
    sentence = f"{lead}{match['number']}{' ' if is_english(name) and unit != '%' else ''}{unit}{match['after'] or ''}"
    found = propose_targets(sentence)
    numbers = [each for each in found if each.source_end > len(lead)]
    if not numbers:
        return None
    target = numbers[-1]
    notes = tuple(note for note in target.needs_judgement if note not in (j.NO_DUE, j.INHERITED, j.NO_INDICATOR, j.NAME_DOUBTFUL))
    cumulative = match["open"] in _CUMULATIVE and bool(match["open"])
    year = f"（{value.year}年）" if of_several and value.year else ""
    return replace(
        target,
        indicator_zh=f"{name}{'年均增长' if average else before if is_change(value) else ''}{year}",
        scope="cumulative" if cumulative else target.scope,
        due=date(value.year, 12, 31) if value.year else None,
        wording_zh=value.wording,
        source_start=value.start,
        source_end=value.cell.end,
        needs_judgement=(*notes, *((j.BRACKETED,) if cumulative else ()), *(() if value.year else (j.NO_DUE,))),
    )


def is_change(value: ValueCell) -> bool:
    """Return whether a cell asks for a change of what its row names: 新增10家, 下降3%."""
    return re.match(f"\\s*(?:{_CHANGES})", value.cell.text) is not None


def baseline(task: Span, value: ValueCell) -> Baseline | None:
    """Return the value of an earlier year that the cell gives; None where it holds no single number."""
    match = _CELL.fullmatch(value.cell.text)
    if match is None or not re.fullmatch(r"[-－−]?\d[\d,]*(?:\.\d+)?", match["number"]):
        return None
    number = Decimal(match["number"].replace(",", "").replace("－", "-").replace("−", "-"))
    day = date(value.year, 12, 31) if value.year else None
    unit = match["unit"].strip() or value.unit
    return Baseline(named(task.text), number, unit, day, (value.cell.start, value.cell.end))
