"""The numbers outside the proposals, each with its position and, if the wording says so, what it is instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daye_analysis.bilingual import Text
from daye_analysis.package.edited.number_coverage import numbers_outside
from daye_analysis.package.edited.official_text import Extent
from daye_analysis.source import NumberInText
from daye_analysis.source.spans import line_of
from daye_analysis.source.targets.measures import is_unit

# Names and slogans: “双区五园”, “十大创新平台”.
_QUOTED = re.compile(r"[“「《『‘\"][^“”「」《》『』‘’\"\n\t]{1,30}[”」》』’\"]")
_SELF_EXPLAINING = ("date", "period", "ordinal")
_SPELLED = ("chinese", "magnitude", "multiple")

_DATE = Text("年份或日期。", "A year or date.")
_PERIOD = Text("五年规划时期。", "A five-year plan period.")
_ORDINAL = Text("序号。", "An ordinal.")
_NAME = Text("名称的一部分，不是数目。", "Part of a name, not a number.")
_IDIOM = Text("固定用语，不是数目。", "A set phrase, not a number.")
_DOCUMENT = Text("文号。", "The number of a document.")
_PAGE = Text("页码。", "A page number.")
_SPAN = Text("期限，不是目标值。", "A span of time, not a target.")
_BASE = Text("基期值，见 observations 表。", "A base-period value; see the table observations.")
_UNIT = Text("计量单位。", "A unit of measure.")
_PAST = Text("见于回顾性段落，为已有情况，不是目标。", "In a passage on past results; not a target.")
_BLANK = Text("", "")
# Common words that hold a numeral and count nothing.
_IDIOMS = re.compile(
    "进一步|下一步|逐一|统一|一体|一批|一流|一般|一定|一律|一系列|一站式|一揽子|一网|一窗|一件事|一张网|一站|一线|一方面|"
    "单一|唯一|第一时间|之一|一致|一并|一旦|一直|一律|同一|任一|一次性|一对一|专一|千方百计|百姓|百年|千家万户|万众|万物|"
    "多元|双向|双重|双创|双碳|双减|双随机|一二三产|二氧化|三级|两级|四级|五级|三农|三产|三公|四上|两山|两端|两侧|半导体|"
    "一些|一切|一手|一起|一样|一道|一路|一视同仁|一个|一种|一片|零售|零部件|零碳|零基|双控|双拥|双方|双边|三峡|四川|四好|红十字|两手|"
    "十分|万无一失|一公开|一卡|一码|一图|一策|一企|一县|一村|一品|一链|一园|一区|一带一路|新一轮|新一代|一轮|一把手|一盘棋|"
    "一揽|一刀切|一对|一老一小|一步|三方|四方|两头|两翼|三新|五育|万里|百强|几"
)
# 党的二十大, 十四届人大三次会议, 四中全会.
_CONGRESS = re.compile("大(?:精神|报告|以来|部署|提出|[，。、；和确关])|届|中全会|中、|次(?:全会|会议|全体)")
_CONGRESS_NUMBER = re.compile("[一二三四五六七八九十]{1,4}")
_ENGLISH_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–—]\s?(?:19|20)?\d\d)?")
_LATIN = re.compile("[A-Za-z]")
_NUMBERING = re.compile(r"[ \t\u3000]*(?:附件|附表|表|图|专栏|第)?\s*[（(]?\Z")
_AFTER_NUMBERING = re.compile(r"[）)、.．:：]|\s*[\t\n]|$| (?=\D)|[章节条款部]")
_ALONE_BEFORE = re.compile(r"(?:^|[\s|｜（(：:、，,/])\Z")
_ALONE_AFTER = re.compile(r"[\s|｜）)、，,/]|\Z")
_DURATION = re.compile("(?:个?(?:年度?|月|工作日|日|天|小时|季度|周))")


@dataclass(frozen=True, slots=True)
class NumberNote:
    """Words that hold a number, their place, the line (from 1), and what it is where that is certain, else empty."""

    words: str
    place: Extent
    line: int
    note: Text


def number_notes(
    text: str, covered: Sequence[Extent], bases: Sequence[Extent] = (), past: Sequence[Extent] = ()
) -> tuple[NumberNote, ...]:
    """Return the words to be explained so that every number of `text` outside `covered` is accounted for.

    `bases` are the places of values of earlier years, which are in `observations`; `past` those of lines about the past.
    """
    notes: list[NumberNote] = []
    for number in numbers_outside(text, covered):
        if notes and notes[-1].place[0] <= number.start and number.end <= notes[-1].place[1]:
            continue
        if any(first <= number.start and number.end <= last for first, last in bases):
            notes.append(NumberNote(number.text, (number.start, number.end), line_of(text, number.start), _BASE))
            continue
        start, end = _around(text, number)
        words = text[start:end]
        note = _explained(text, number, words)
        if note == _BLANK and any(first <= number.start and number.end <= last for first, last in past):
            note = _PAST
        notes.append(NumberNote(words, (start, end), line_of(text, number.start), note))
    return tuple(notes)


def _around(text: str, number: NumberInText) -> Extent:
    """Return the place of the number with the words that set it apart from others.

    Only names in quotation marks and set phrases hold more than one number: any other is to be explained by itself.
    """
    for pattern, reach in ((_QUOTED, 32), (_IDIOMS, 6)):
        for found in pattern.finditer(text, max(0, number.start - reach), number.end + reach):
            if found.start() <= number.start and number.end <= found.end():
                if pattern is _IDIOMS and number.kind not in _SPELLED:
                    continue
                return found.span()
    if number.kind in _SELF_EXPLAINING:
        return number.start, number.end
    narrow = number.kind in _SPELLED
    after = re.compile(r"\w?" if narrow else r"[^\W\d]{0,4}").match(text, number.end)
    before = re.search(r"\Z" if narrow else r"[^\W\d]{0,4}\Z", text[: number.start])
    start = before.start() if before else number.start
    end = after.end() if after else number.end
    # Another number beside it would be hidden by these words.
    inside = [each for each in numbers_outside(text[start:end], ()) if each.text != number.text]
    return (number.start, number.end) if inside else (start, end)


def _explained(text: str, number: NumberInText, words: str) -> Text:
    """Return what the number is, where its wording leaves no doubt, else nothing."""
    line_start = text.rfind("\n", 0, number.start) + 1
    before, after = text[max(line_start, number.start - 12) : number.start], text[number.end : number.end + 8]
    if _QUOTED.fullmatch(words):
        return _NAME
    if re.search(r"[〔\[【（(]\s*(?:19|20)?\d{0,2}$", before) and re.match(r"\d*\s*年?\s*[〕\]】）)]\s*\d", after):
        return _DOCUMENT
    if re.search(r"[〕\]】]\s*(?:第)?$", before) and after.lstrip().startswith("号"):
        return _DOCUMENT
    if number.kind == "date" or (number.kind in ("arabic", "range") and _ENGLISH_YEAR.fullmatch(number.text) and _LATIN.search(before + after)):
        return _DATE
    if re.search("[A-Za-z]$", before) and number.kind == "arabic" and re.match(r"\W|$|[A-Za-z]", after) and _LATIN.search(words):
        return _NAME
    if number.text in ("%", "％", "‰"):
        return _UNIT
    if number.kind == "magnitude" and is_unit(words) and _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(text, number.start + len(words)):
        return _UNIT  # 亿元 in the column of units, or after 单位：
    if number.kind == "period":
        return _PERIOD
    if number.kind == "ordinal":
        return _ORDINAL
    if re.search(r"[—–\-]\s*$", before[-3:]) and re.match(r"\s*[—–\-]\s*(?:\n|$)", after):
        return _PAGE
    numbered = _NUMBERING.fullmatch(before) if line_start >= number.start - 12 else None
    if numbered and _AFTER_NUMBERING.match(after) and number.kind in ("arabic", "chinese", "other"):
        # A cell that holds a bare number may be a value; only a marked number is numbering.
        marked = re.match(r"[）)、.．]|[章节条款部]", after) or before.strip(" \t\u3000")
        return _ORDINAL if marked else _BLANK
    if number.kind == "chinese" and _CONGRESS.match(after) and _CONGRESS_NUMBER.fullmatch(number.text):
        return _NAME
    if number.kind == "chinese" and after.startswith("是") and re.search(r"(?:^|[。；;：:！!，,、\s])$", before):
        return _ORDINAL
    if number.kind in _SPELLED and _IDIOMS.fullmatch(words):
        return _IDIOM
    if number.kind in ("chinese", "arabic") and _DURATION.match(after) and re.match(
        r"\D{1,3}(?:行动|计划|方案|规划|攻坚|滚动|期|以来|以上|内)", after
    ):
        return _SPAN
    return _BLANK
