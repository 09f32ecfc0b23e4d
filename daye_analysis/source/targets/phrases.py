"""The words around each target number: the indicator that it belongs to, and the wording to quote."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby

from daye_analysis.bilingual import Text
from daye_analysis.source import review_markers as j
from daye_analysis.source.targets.clauses import Piece, pieces, quoted_places
from daye_analysis.source.targets.indicator_names import counted_thing, indicator_name, is_doubtful, subject
from daye_analysis.source.targets.measures import Measure, measure
from daye_analysis.source.targets.number_roles import PREFIX, SUFFIX, is_target
from daye_analysis.source.targets.numbers import NumberInText, find_numbers

# No official sentence governs further than this, nor pairs more; it bounds the work on a damaged text.
_REACH, _MOST_PAIRED = 1000, 40

_VERB_AHEAD = re.compile(
    "^\\s*(?:推动|推进|加快|完善|建立|健全|加强|支持|鼓励|开展|实施|引导|提升|优化|强化|推行|落实|打造|做|深化|组织|积极|持续|"
    "带动|促进|构建|培育|引进|完成|新增|建成|建设|争取|力争|确保|形成|创建)"
)
# What holds already is no target; a later 到20… in the sentence begins one.
_STATES_FACT = re.compile(
    "(?:截至|目前|(?<![过于比较超与同和])(?:上年|去年)(?!同期|水平|基础|度?末)|过去[一二三四五]?年|五年来|一年来|近年来|"
    "已(?:经|累计|(?:建成|达到|实现|完成|培育)(?=[^，。；]{0,20}\\d)))(?![^。]*(?:力争|确保|到20))"
)
_BOUNDED = re.compile(f"(?:{PREFIX}|新增|新建|完成|建成|实施|种植|培训|培育|改造|开展|出栏|存栏|年产|生产)\\s*$")
_GRANTED = re.compile("(?:的|者)[，,](?:可|经|给予|予以|按|享受|最高|一次性|优先|由|分别|再|每|奖|补|免|减|认定|视为|不再|纳入|列入|应当?|须|必须|依法|责令|处)")
_AGAIN = re.compile("(?:比|较)(?:上年|去年|上一?年度)[^，、；。]{0,6}(?:增加|提高|增长|多|减少|下降|降低|提升)[^，、；。]{0,2}$")
_JOINT = re.compile("均|都|双双|各(?!类|项|个|级|乡|镇|地|种)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One targeted number with its words. `before` and `after` lie between its neighbours in the same piece.

    `start` and `end` bound the wording; `sentence_start` and `part_start` bound what may govern it; `follows`
    means that it continues with the number before it (、, or 其中), whose verb governs it too;
    `due_rank` is which of several dates it takes where 分别 pairs them (0 is the first), else None.
    """

    indicator_zh: str
    number: NumberInText
    measured: Measure
    before: str
    after: str
    start: int
    end: int
    sentence_start: int
    part_start: int
    follows: bool
    notes: tuple[Text, ...] = ()
    due_rank: int | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """A targeted number in its piece."""

    piece: Piece
    number: NumberInText
    measured: Measure
    before: str
    after: str
    end: int


def find_phrases(text: str) -> list[Phrase]:
    """Return every targeted number in `text` with its words, in order."""
    cut = pieces(text)
    sentence_starts = _starts(cut, "sentence")
    spots = _spots(text, cut, sentence_starts)
    part_starts = _starts(cut, "part")
    found: list[Phrase] = []
    for _, group in groupby(cut, key=lambda piece: (piece.sentence, piece.clause)):
        clause = list(group)
        here = [spot for piece in clause for spot in spots.get(piece, ())]
        if not here:
            continue
        origin = sentence_starts[clause[0].sentence], part_starts[clause[0].part]
        clause_text = text[clause[0].start : here[-1].number.start]
        paired = "分别" in clause_text and len(here) <= _MOST_PAIRED
        make = _respectively if paired else _one_by_one
        for phrase in make(text, clause, here, origin):
            previous = found[-1] if found and found[-1].start >= origin[0] else None
            found.append(_named(phrase, previous))
    return found


def _starts(cut: Sequence[Piece], level: str) -> dict[int, int]:
    starts: dict[int, int] = {}
    for piece in cut:
        starts.setdefault(getattr(piece, level), piece.start)
    return starts


def _spots(text: str, cut: Sequence[Piece], sentence_starts: dict[int, int]) -> dict[Piece, list[_Spot]]:
    quoted, conditions = quoted_places(text), _conditions(text)
    numbers = deque(number for number in find_numbers(text) if number.start not in quoted)
    spots: dict[Piece, list[_Spot]] = {}
    for piece in cut:
        measures = []
        while numbers and numbers[0].start < piece.end:
            number = numbers.popleft()
            bounded = _BOUNDED.search(text, max(piece.start, number.start - 8), number.start) is not None
            measures.append((number, measure(text, number, bounded=bounded)))
        kept = [
            (number, measured)
            for number, measured in measures
            if measured is not None
            and not any(start <= number.start < stop for start, stop in conditions)
            and is_target(number, measured, text[piece.start : number.start], text[measured.end : piece.end])
            and not _STATES_FACT.search(
                text[max(sentence_starts[piece.sentence], number.start - _REACH) : number.start]
            )
        ]
        # 比上年增加1.6万亿元 repeats in other words what the clause before it aims at.
        said = any(spots.get(each) for each in cut if each.sentence == piece.sentence and each.start < piece.start)
        if said:
            kept = [each for each in kept if not _AGAIN.match(text[piece.start : each[0].start].strip())]
        for place, (number, measured) in enumerate(kept):
            begin = _suffix_end(text, kept[place - 1][1].end, piece.end) if place else piece.start
            stop = kept[place + 1][0].start if place + 1 < len(kept) else piece.end
            before, after = text[begin : number.start], text[measured.end : stop]
            spots.setdefault(piece, []).append(_Spot(piece, number, measured, before, after, stop))
    return spots


def _conditions(text: str) -> list[tuple[int, int]]:
    """Return where conditions of support are: 招用人数达到职工25%（…）的，可申请贷款."""
    found = []
    for match in _GRANTED.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "。；;\n")
        # A bracket's commas do not end the condition; a comma outside it does, unless 对 or 凡 opens it further up.
        words = text[start + 1 : match.start()]
        outside = re.sub(r"[（(][^（）()]*[）)]", lambda bracket: "x" * len(bracket.group()), words)
        opened = re.search("(?:^|，)(?:对|凡|若|如|对于|符合|经|获|首次|新)[^，]*", outside)
        comma = outside.rfind("，")
        begin = opened.start() if opened else comma + 1
        found.append((start + 1 + begin, match.end()))
    return found


def _suffix_end(text: str, place: int, limit: int) -> int:
    match = re.compile(SUFFIX).match(text, place, limit)
    return match.end() if match else place


def _one_by_one(
    text: str, clause: Sequence[Piece], spots: Sequence[_Spot], origin: tuple[int, int]
) -> Iterator[Phrase]:
    taken = {spot.piece for spot in spots}
    places = {piece: place for place, piece in enumerate(clause)}
    for spot in spots:
        index = places[spot.piece]
        ahead = _unclaimed(clause, taken, index, -1)
        behind = _unclaimed(clause, taken, index, 1)
        number_first = not subject(spot.before)
        start, end = spot.number.start - len(spot.before), spot.end
        if spot.after.startswith("级") and number_first:
            start = spot.number.start
        names = [indicator_name(spot.before, spot.after, spot.measured.base)]
        notes: tuple[Text, ...] = ()
        if not names[0] and index == 0:
            start, names, notes = _from_clause_before(text, clause[0].start, origin[0], start)
        if behind and number_first and not any(_VERB_AHEAD.match(text[p.start : p.end]) for p in behind):
            end = behind[-1].end
            more = [text[p.start : p.end].strip() for p in behind]
            # A class such as 300亿级 is reached by each of the list; a count is of them together.
            if "亿" in spot.measured.unit_zh:
                names, notes = [*names, *more], (j.SHARED,)
            else:
                names, notes = ["、".join([*names, *more])], (j.JOINT,)
        elif ahead and spot.before.rstrip().endswith("等") and counted_thing(spot.after):
            start, names = ahead[0].start, [counted_thing(spot.after)]
        elif ahead and not number_first and spot.number.start - len(spot.before) == spot.piece.start:
            if _JOINT.search(spot.before):
                start = ahead[0].start
                names, notes = [*[subject(text[p.start : p.end]) for p in ahead], *names], (j.SHARED,)
            else:
                notes = (j.JOINT,)
        for name in names:
            yield _phrase(text, spot, name, start, end, origin, notes)


def _from_clause_before(
    text: str, clause_start: int, sentence_start: int, start: int
) -> tuple[int, list[str], tuple[Text, ...]]:
    """Look for the subject in the clause before: 单位能耗，比2020年下降10%."""
    begin = max(text.rfind(mark, sentence_start, clause_start - 1) for mark in "，,；;、") + 1
    begin = max(begin, sentence_start)
    words = text[begin : max(clause_start - 1, begin)]
    name = "" if _VERB_AHEAD.match(words) or re.search(r"\d", words) else subject(words)
    return (begin, [name], (j.INHERITED,)) if name else (start, [""], ())


def _respectively(
    text: str, clause: Sequence[Piece], spots: Sequence[_Spot], origin: tuple[int, int]
) -> Iterator[Phrase]:
    """Pair A、B分别 with 1、2: names with numbers, or several dates with numbers."""
    split = text.index("分别", clause[0].start)
    early = [spot for spot in spots if spot.number.start < split]
    late = [spot for spot in spots if spot.number.start >= split]
    yield from _one_by_one(text, clause, early, origin)
    begin = early[-1].end if early else clause[0].start
    lead = text[begin:split]
    names = _names(lead, len(late))
    prefix = text[split : late[0].number.start]
    wide = max(begin, clause[0].start), late[-1].end
    pairs: list[tuple[str, _Spot, int | None]]
    notes: tuple[Text, ...]
    if len(names) == len(late):
        pairs, notes = [(name, spot, None) for name, spot in zip(names, late, strict=True)], (j.PAIRED,)
    elif len(late) == 1:
        pairs, notes = [(name, late[0], None) for name in names], (j.SHARED,)
    else:
        shared = subject(lead) or subject(prefix)
        pairs = [(shared, spot, rank) for rank, spot in enumerate(late)]
        notes = (j.PAIRED,) if len(names) == 1 else (j.UNPAIRED,)
    for name, spot, rank in pairs:
        full = replace(spot, before=spot.before if spot is late[0] else prefix)
        phrase = _phrase(text, full, name, *wide, origin, notes)
        yield replace(phrase, due_rank=rank)


def _names(lead: str, wanted: int) -> list[str]:
    """Split a list of names at 、, then also at 和 and 与, then at 及, until there are as many as `wanted`."""
    names: list[str] = []
    for separators in ("、", "[、和与]", "[、和与及]"):
        names = [name for name in map(subject, re.split(separators, lead)) if name]
        if len(names) == wanted or (wanted == 1 and len(names) > 1):
            break
    return names or [""]


def _unclaimed(clause: Sequence[Piece], taken: Set[Piece], index: int, step: int) -> list[Piece]:
    """Return the pieces without a targeted number that lie directly before or after piece `index`."""
    found: list[Piece] = []
    place = index + step
    while 0 <= place < len(clause) and clause[place] not in taken:
        found.append(clause[place])
        place += step
    return found if step > 0 else found[::-1]


def _phrase(
    text: str,
    spot: _Spot,
    name: str,
    start: int,
    end: int,
    origin: tuple[int, int],
    notes: tuple[Text, ...],
) -> Phrase:
    while text[start].isspace() or text[start] in "、，":
        start += 1
    while text[end - 1].isspace():
        end -= 1
    origin = max(origin[0], spot.number.start - _REACH), max(origin[1], spot.number.start - _REACH)
    gap = text[origin[0] : spot.number.start - len(spot.before)].rstrip(" ")
    follows = gap.endswith("、") or spot.before.lstrip().startswith("其中")
    return Phrase(
        name, spot.number, spot.measured, spot.before, spot.after, start, end, *origin, follows, notes
    )


def _named(phrase: Phrase, previous: Phrase | None) -> Phrase:
    """Return `phrase` with a name that is one: the one before it where it has none, and none where it is doubtful."""
    name = phrase.indicator_zh
    if name.startswith("占") and previous is not None and previous.indicator_zh:
        return replace(phrase, indicator_zh=previous.indicator_zh + name, notes=(*phrase.notes, j.INHERITED))
    if name and not is_doubtful(name):
        return phrase
    if previous is not None and not name and not is_doubtful(previous.indicator_zh):
        return replace(phrase, indicator_zh=previous.indicator_zh, notes=(*phrase.notes, j.INHERITED))
    note = j.NAME_DOUBTFUL if name else j.NO_INDICATOR
    return replace(phrase, indicator_zh="", notes=(*phrase.notes, note))
