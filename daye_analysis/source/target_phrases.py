"""The words around each targeted number: which indicator it belongs to, and which wording to quote."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from daye_analysis.bilingual import Text
from daye_analysis.source import judgements as j
from daye_analysis.source.clauses import Piece, pieces, quoted_places
from daye_analysis.source.measures import Measure, measure
from daye_analysis.source.number_roles import PREFIX, SUFFIX, is_target
from daye_analysis.source.numbers import NumberInText, find_numbers

_VERB = (
    "(?:培育|壮大|引进|招引|引育|新增|新建|完成|实施|建设|建成|打造|创建|形成|带动|推动|推进|支持|改造|组织|开展|举办|攻克|"
    "突破|实现|达到|达|发展|认定|争取|获批|获评|入选|新引进|新培育|新认定|新签约|签约|落地|开工|投产|竣工|推广|落实|储备|谋划|"
    "纳入|培养|扶持|孵化|盘活|淘汰|处置|申报|选树|遴选|评选|制定|制修订|参与|力争|确保|保持|累计|每年|年均|再|净增|梯度|重点|"
    "加快|积极|滚动|深入|扎实|持续|大力|全力|共|有|为|提供|服务|促成|增长|增加|提高|提升|下降|降低|减少|压减|压降|同比|稳定|"
    "增速|增幅|较上年|总计|合计|总量|总数|数量|总额|规模|数|均|都|各|分别|稳定做到|做到|布局|聚集|集聚|集中|引导|成功|创成|"
    "新创建|联合|共建|设立|组建|筹建|启动|推进建设|上云|达产|新开工|新投产|新竣工|新|约|近)"
)
_ONLY_VERBS = re.compile(f"^{_VERB}*$")
_VERB_AHEAD = re.compile(
    "^\\s*(?:推动|推进|加快|完善|建立|健全|加强|支持|鼓励|开展|实施|引导|提升|优化|强化|推行|落实|打造|做|深化|组织|积极|持续|"
    "带动|促进|构建|培育|引进|完成|新增|建成|建设|争取|力争|确保|形成|创建)"
)
_DATE = r"(?:20\d{2}年?[—–\-~至到])?[2２][0０]\d{2}年度?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?[底末初]|上半年|第?[一二三四]季度)?(?:之?前|以前)?"
_LEADING = re.compile(
    rf"^(?:\s|分别|其中|同时|并且?|且|力争|争取|努力|确保|推动|促使|使|{_DATE}|“?十.五”?(?:期?末|期间|时期)|年底前?|"
    "[一二三四五六七八九十两]+年(?:内|之内)|到|至|在(?=20|“十)|于(?=20)|全[市县区年省州](?!域)|累计(?!.{0,2}降)|每年|年均(?=完|新|引|实)|当年|"
    ".{0,20}(?:目标|任务)[是为]|计划|预计|实现|完成(?!率)|通过|以及|和(?!谐)|及(?!时)|[，、：:）)])+"
)
_TRAILING = re.compile(
    rf"(?:\s|{PREFIX}|年均|同比|累计|均|都|各|分别|双双|增长(?!率)|增加|提高|提升|上升|扩大|下降(?!率)|降低|减少|压减|削减|节约|稳定|"
    "稳定做到|做到|力争|争取|确保|再|净|的|(?:较|比)(?:上年|年初|20..年|“?十.五”?期?末)底?|20..年的|每年|每个?季度|每月|逐年|[一二三四五两]+年内?|平均|不断|进一步|新|，)+$"
)
_HAPPENS = re.compile(
    "入选|入围|纳入|获|开工|投产|竣工|实现|进入|完成|达到|用于|上云|落地|通过|列入|左右|（|\\("
)
_RANK_AHEAD = re.compile("^.*?(?:保持|稳居|位居|居于|居|进入|跻身|迈入|挺进|冲进|争创|入围)")
_BASE_VALUE = re.compile(r"(?:从|由)(?=[^从由]*\d)[^从由]*$")
_RANK_VERB = re.compile(
    "(?:保持|稳居|稳定|位居|位列|居于|居|列|进入|跻身|迈入|挺进|冲进|争创|排名|入围|力争)+[^，、；。]{0,12}$"
)
# What holds already is no target; a later 到20… in the sentence begins one.
_STATES_FACT = re.compile("(?:截至|目前|上年|去年|已(?:建成|达到|实现))(?![^。]*(?:力争|确保|到20))")
_JOINT = re.compile("均|都|双双|各(?!类|项|个|级|乡|镇|地|种)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One targeted number with its words. `before` and `after` lie between its neighbours in the same piece.

    `start` and `end` bound the wording; `sentence_start` and `part_start` bound what may govern it; `follows`
    tells that it goes on with the number before it (、, or 其中), whose verb governs it too;
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
        make = _respectively if "分别" in clause_text else _one_by_one
        for phrase in make(text, clause, here, origin):
            previous = found[-1] if found and found[-1].sentence_start == origin[0] else None
            found.append(_named(phrase, previous))
    return found


def _starts(cut: Sequence[Piece], level: str) -> dict[int, int]:
    starts: dict[int, int] = {}
    for piece in cut:
        starts.setdefault(getattr(piece, level), piece.start)
    return starts


def _spots(text: str, cut: Sequence[Piece], sentence_starts: dict[int, int]) -> dict[Piece, list[_Spot]]:
    quoted = quoted_places(text)
    numbers = deque(number for number in find_numbers(text) if number.start not in quoted)
    spots: dict[Piece, list[_Spot]] = {}
    for piece in cut:
        measures = []
        while numbers and numbers[0].start < piece.end:
            measures.append((numbers[0], measure(text, numbers.popleft())))
        kept = [
            (number, measured)
            for number, measured in measures
            if measured is not None
            and is_target(number, measured, text[piece.start : number.start], text[measured.end : piece.end])
            and not _STATES_FACT.search(text[sentence_starts[piece.sentence] : number.start])
        ]
        for place, (number, measured) in enumerate(kept):
            begin = _suffix_end(text, kept[place - 1][1].end, piece.end) if place else piece.start
            stop = kept[place + 1][0].start if place + 1 < len(kept) else piece.end
            before, after = text[begin : number.start], text[measured.end : stop]
            spots.setdefault(piece, []).append(_Spot(piece, number, measured, before, after, stop))
    return spots


def _suffix_end(text: str, place: int, limit: int) -> int:
    match = re.compile(SUFFIX).match(text, place, limit)
    return match.end() if match else place


def _one_by_one(
    text: str, clause: Sequence[Piece], spots: Sequence[_Spot], origin: tuple[int, int]
) -> Iterator[Phrase]:
    for spot in spots:
        index = clause.index(spot.piece)
        ahead = _unclaimed(clause, spots, index, -1)
        behind = _unclaimed(clause, spots, index, 1)
        number_first = not _subject(spot.before)
        start, end = spot.number.start - len(spot.before), spot.end
        if spot.after.startswith("级") and number_first:
            start = spot.number.start
        names = [_name(spot)]
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
        elif ahead and spot.before.rstrip().endswith("等") and _object(spot.after):
            start, names = ahead[0].start, [_object(spot.after)]
        elif ahead and not number_first and spot is _first_of(spots, spot.piece):
            if _JOINT.search(spot.before):
                start = ahead[0].start
                names, notes = [*[_subject(text[p.start : p.end]) for p in ahead], *names], (j.SHARED,)
            else:
                notes = (j.JOINT,)
        for name in names:
            yield _phrase(text, spot, name, start, end, origin, notes)


def _name(spot: _Spot) -> str:
    """Return the indicator's wording: what is counted where it follows the number, else what precedes it."""
    if spot.measured.base == "rank":
        return _subject(_RANK_VERB.sub("", spot.before)) or _RANK_AHEAD.sub("", spot.before).strip()
    counted = "" if re.match(SUFFIX, spot.after) else _object(spot.after)
    if spot.measured.base is None and counted and not _HAPPENS.match(counted):
        return counted
    return _subject(spot.before) or _object(spot.after)


def _from_clause_before(
    text: str, clause_start: int, sentence_start: int, start: int
) -> tuple[int, list[str], tuple[Text, ...]]:
    """Look for the subject in the clause before: 单位能耗，比2020年下降10%."""
    begin = max(text.rfind(mark, sentence_start, clause_start - 1) for mark in "，,；;、") + 1
    begin = max(begin, sentence_start)
    words = text[begin : max(clause_start - 1, begin)]
    name = "" if _VERB_AHEAD.match(words) or re.search(r"\d", words) else _subject(words)
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
    lead = _LEADING.sub("", text[begin:split])
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
        shared = _subject(lead) or _subject(prefix)
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
        names = [subject for subject in map(_subject, re.split(separators, lead)) if subject]
        if len(names) == wanted or (wanted == 1 and len(names) > 1):
            break
    return names or [""]


def _first_of(spots: Sequence[_Spot], piece: Piece) -> _Spot:
    return next(spot for spot in spots if spot.piece == piece)


def _unclaimed(clause: Sequence[Piece], spots: Sequence[_Spot], index: int, step: int) -> list[Piece]:
    """Return the pieces without a targeted number that lie directly before or after piece `index`."""
    taken = {spot.piece for spot in spots}
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
    gap = text[origin[0] : spot.number.start - len(spot.before)].rstrip(" ")
    follows = gap.endswith("、") or spot.before.lstrip().startswith("其中")
    return Phrase(
        name, spot.number, spot.measured, spot.before, spot.after, start, end, *origin, follows, notes
    )


def _named(phrase: Phrase, previous: Phrase | None) -> Phrase:
    if phrase.indicator_zh.startswith("占") and previous is not None:
        whole = previous.indicator_zh + phrase.indicator_zh
        return replace(phrase, indicator_zh=whole, notes=(*phrase.notes, j.INHERITED))
    if phrase.indicator_zh:
        return phrase
    if previous is None:
        return replace(phrase, notes=(*phrase.notes, j.NO_INDICATOR))
    return replace(phrase, indicator_zh=previous.indicator_zh, notes=(*phrase.notes, j.INHERITED))


def _subject(before: str) -> str:
    """Return the noun phrase that stands before a number, or "" where only dates and verbs do."""
    phrase = _BASE_VALUE.sub("", _TRAILING.sub("", _LEADING.sub("", before.strip()))).strip(" 　：:")
    phrase = before[before.index(phrase) :][: len(phrase)] if phrase else ""
    return "" if _ONLY_VERBS.match(phrase) else phrase


def _object(after: str) -> str:
    """Return the noun phrase that stands after a number: 级新材料产业集群 gives 新材料产业集群."""
    return re.sub(rf"^(?:{SUFFIX}|级|的|\s)+", "", after).strip()
