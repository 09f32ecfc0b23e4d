"""Lead and supporting bodies, read from a cell that may state the roles itself: （牵头）, 牵头…配合, 牵头单位：…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from daye_analysis.source.bodies import is_body
from daye_analysis.source.body_names import INDIVISIBLE, split_body_names
from daye_analysis.source.spans import Span, trimmed

Said = Literal["lead", "responsible"]
_LABEL = re.compile(
    r"^(?:\s*)(牵头|主责|主办|责任|配合|协同|参与|参加|协办|落实|负责|承办)(?:责任)?(?:单位|部门)\s*[:：]\s*"
)
_LEADS = re.compile(
    r"\s*(?:[（(](?:牵头|总牵头|主责)(?:单位|部门)?[）)]|(?<=[^、，])(?:负责)?(?:总|共同)?牵头(?:负责|组织|推进|落实)?)$"
)
_HELPS = re.compile(
    r"\s*(?:[（(](?:配合|协同|参与)(?:单位)?[）)]|(?:按(?:照)?(?:各自)?职责(?:分工)?|共同|协同|分别|积极)*"
    r"(?:配合|参与|参加|协助|协同|指导)(?:落实|负责)?)$"
)
# Says that the named bodies are responsible, without naming a lead.
_ANSWERS = re.compile(
    r"(?:按(?:照)?(?:各自)?(?:职责|任务)(?:分工)?|分工|分别|共同|依法)*(?:负责|落实|推进|实施)(?:落实|实施|推进)?$"
)
_AND_OTHERS = re.compile("(?:等|会同)(?:有关|相关|市直|县直|省有关|各有关|各)*(?:部门和单位|单位和部门|单位|部门|成员单位|方面)?$")
# 商务部等和各有关省级人民政府: 等 ends the first name; 甲局会同乙局: the first leads.
_JOINED = re.compile("(?<=等)(?:和|及|以及|、)(?=各|有关|相关)|(?<=[局委部办厅署院会])会同(?!有关|相关|各有关)")
# 各乡镇、街道 is one group: what follows 、 has no 各 of its own.
_GROUP = re.compile(
    r"各[^、，,；;\n各]{1,8}、(?:街道(?:办事处|办)?|园区|开发区|管委会|场)(?![^、，,；;\n）)])"
)


@dataclass(frozen=True, slots=True)
class NamedBodies:
    """The units of a cell: those said to lead, those said to help, those of which nothing is said."""

    leads: tuple[Span, ...]
    helpers: tuple[Span, ...]
    unsaid: tuple[Span, ...]
    and_others: bool

    @property
    def every(self) -> tuple[Span, ...]:
        """All units in the order of the text."""
        return tuple(sorted((*self.leads, *self.helpers, *self.unsaid), key=lambda name: name.start))


def named_bodies(cell: Span) -> NamedBodies:
    """Return the units that `cell` names, each verbatim without the words that give its role."""
    groups = tuple(match.group() for match in _GROUP.finditer(cell.text))
    said: dict[Said | None, list[Span]] = {"lead": [], "responsible": [], None: []}
    waiting: list[Span] = []
    and_others = False
    labelled: Said | None = None
    for name in _divided(split_body_names(cell, (*INDIVISIBLE, *groups))):
        label = _LABEL.match(name.text)
        if label:
            said[labelled] += waiting
            waiting = []
            labelled = "lead" if label.group(1) in ("牵头", "主责", "主办") else "responsible"
            name = _cut(name, label.end(), len(name.text))
        name = _cut(name, 0, len(name.text.rstrip("。.；; ")))
        answers = _ANSWERS.search(name.text)
        if answers and answers.start() > 0:
            name = _cut(name, 0, answers.start())
        for pattern, role in ((_LEADS, "lead"), (_HELPS, "responsible")):
            mark = pattern.search(name.text)
            if mark and mark.start() > 0:
                bracketed = mark.group().strip()[0] in "（("
                kept = _cut(name, 0, mark.start())
                others = _AND_OTHERS.search(kept.text)
                and_others = and_others or others is not None
                waiting.append(_cut(kept, 0, others.start()) if others else kept)
                # A牵头，B、C配合 speaks of all since the last role; A、B（牵头） of B alone.
                if bracketed:
                    said[labelled] += waiting[:-1]
                    waiting = waiting[-1:]
                said["lead" if role == "lead" else "responsible"] += waiting
                waiting = []
                break
        else:
            others = _AND_OTHERS.search(name.text)
            and_others = and_others or others is not None
            kept = _cut(name, 0, others.start() if others else len(name.text))
            if kept.text:
                waiting.append(kept)
    said[labelled] += waiting
    return NamedBodies(tuple(said["lead"]), tuple(said["responsible"]), tuple(said[None]), and_others)


def _divided(names: Sequence[Span]) -> Iterator[Span]:
    """Yield the names, those cut in two that a blank or a joining word keeps together though each is a body."""
    for name in names:
        edges = [match.span() for match in _JOINED.finditer(name.text)]
        blanks = [match.span() for match in re.finditer("[ \u3000]+", name.text)]
        if blanks and all(is_body(part) for part in re.split("[ \u3000]+", name.text)):
            edges += blanks
        begin = 0
        for start, end in [*sorted(edges), (len(name.text), len(name.text))]:
            yield _cut(name, begin, start)
            begin = end


def _cut(span: Span, begin: int, end: int) -> Span:
    piece = trimmed(span.text, begin, end)
    return Span(piece.text, span.start + piece.start, span.start + piece.end)
