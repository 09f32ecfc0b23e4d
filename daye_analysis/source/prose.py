"""Tasks and goals in running text: paragraphs that name responsible bodies, and those that only set targets.

Bodies are after a label (牵头单位：, 负责部门：) or in a bracket that ends a passage: （甲局、乙局等负责）,
（甲局牵头，乙局配合）. A paragraph that names no body is a row if it sets a target, and is marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from daye_analysis.bilingual import Text
from daye_analysis.source.bodies import is_body
from daye_analysis.source.body_names import split_body_names
from daye_analysis.source.draft import NO_BODY, NO_LEAD, DraftRow, propose_row_targets
from daye_analysis.source.named_bodies import named_bodies
from daye_analysis.source.spans import Span, line_of, trimmed
from daye_analysis.source.targets.due_dates import find_due_dates
from daye_analysis.source.targets.english import english_dates, is_english

FIRST_SAID_TO_LEAD = Text("原文注明列第一位者牵头。", "The text says that the first one named leads.")
OTHERS_TOO = Text("单位名单以“等”结尾，未列全。", "The list of units ends with 等: not all are named.")

_LABELS: tuple[tuple[str, str], ...] = (
    ("person", "(?:牵头|责任|分管|负责|包保)(?:市|县|区)?(?:负责)?(?:领导|人)"),
    ("lead", "(?:牵头|主责|主办)(?:责任)?(?:单位|部门)|[Ll]ead(?: agency| department| body)?"),
    ("responsible", "(?:责任|配合|协同|协办|参与|参加|落实|负责|承办)(?:责任)?(?:单位|部门|处室|科室)|[Pp]artners?(?: agencies)?|[Rr]esponsible(?: agency| body| department)?"),
    ("due", "(?:完成)?(?:时限|时间|期限)|[Tt]imeline|[Dd]eadline"),
)  # fmt: skip
_LABEL = re.compile("|".join(f"(?P<{name}>(?<![A-Za-z])(?:{pattern})\\s*[:：])" for name, pattern in _LABELS))
_BRACKET = re.compile(r"[（(【\[](?P<inside>(?:[^（）()【】\[\]\n]|[（(][^（）()\n]{0,40}[）)])+)[）)】\]]")
_ANSWERS = re.compile(r"(?:牵头|负责|配合|落实|参与|参加|协助|指导)(?:等|落实|实施)?\s*(?:[。；;]|$)")
_FIRST_LEADS = re.compile("(?:列|排)(?:在)?第?(?:一|首)位?(?:的|者|单位)?(?:的)?(?:单位)?(?:为|是)牵头|首位(?:单位)?为牵头|列首位的?为牵头")
_SECTION = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部]\S{0,2}|#{1,4}\s|[IVX]{1,4}\.\s)\s*")
_ITEM = re.compile(r"\s*(?:\d{1,2}(?:[.．]\d{1,2}){1,3}[.、．]?(?=\s)\s*|\d{1,2}(?:[.．]\d{1,2}){2,3}(?=[^\d%])|\d{1,3}\s*[.．、](?!\d%)\s*|[（(]\d{1,3}[）)]\s*|[①-⑳]\s*|[一二三四五六七八九]是(?=\S)|第[一二三四五六七八九十]{1,3}条\s*|[-•*●◆■]\s+)")
_LONGEST_HEADING = 42
# A heading without a number: a line by itself that says what it is about and ends there.
_BARE_START = re.compile(r"\s*")
_BARE_HEADING = re.compile(
    "[^，。；：！？、\\d\\t]{0,16}(?:(?:20\\d\\d年|“?十[一二三四五六七八九]五”?)[^，。；：！？、\\d\\t]{0,16})?"
    "(?:回顾|总结|成就|成效|任务|目标|打算|安排|建议|举措|工作重点|重点工作)"
)
# What was done before is no target: the sections that look back.
_LOOKS_BACK = re.compile("回顾|过去[一二三四五]?年|(?:工作)?总结|主要成[就绩效]|发展(?:成就|基础|现状|环境)|取得的?(?:主要)?成[就绩效]|基本情况|面临|形势|背景|现状")
_LOOKS_AHEAD = re.compile("目标|任务|安排|打算|建议|计划|要求|部署|举措|措施|重点|今后")
_TELLS_A_YEAR = re.compile(r"\s*(?:刚刚过去的)?(?:20\d\d年|去年|上年|过去[一五]年|[一五]年来|这[一五]年)[，,、]")
# “十五五”时期，要实现以下目标 opens what holds to the end of 2030; a heading needs no comma.
_PERIOD_HEAD = re.compile("[^，。；\\n]{0,8}“?十[一二三四五六七八九]五”?(?:时期|期间)[，,]")
_HEAD_DATE = re.compile(r"\s*(?:[—\-·（(]*|(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?[^，。；：\n]{0,12}[。.：:]?\s*)(?:力争|争取|确保)?(?:到|至)(?=(?:20\d\d年|“?十[一二三四五六七八九]五”?(?:期?末|期间|时期)))")


class Prose(NamedTuple):
    """The rows of running text, and the places of the lines about the past: they set no targets."""

    rows: list[DraftRow]
    past: list[tuple[int, int]]


@dataclass
class _Passage:
    """Text from one mark to the next, with what it says of who answers for it."""

    number: Span | None
    action: Span | None
    start: int
    end: int
    lines: list[Span] = field(default_factory=list)
    cells: dict[str, list[Span]] = field(default_factory=dict)

    @property
    def is_answered_for(self) -> bool:
        return "lead" in self.cells or "responsible" in self.cells


def prose_rows(
    text: str, taken: Sequence[tuple[int, int]] = (), goals: Sequence[int] = (), since: date | None = None
) -> Prose:
    """Return the rows that the running text outside `taken` makes, in order; positions count from 1.

    `goals` are the numbers of lines that are rows though no target was found in them. What was due before `since` is
    no target.
    """
    reader = _Reader(text, goals, since)
    for line in _lines(text, taken):
        reader.read(line)
    return reader.finish()


def head(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[str, ...]:
    """Return the lines before the first heading, item or table: among them is the title."""
    found: list[str] = []
    begin = min((start for start, _ in taken), default=len(text))
    hashes = 0
    for line in _lines(text, ()):
        # The first heading of a Markdown text is its title.
        hashed = line.text.lstrip().startswith("#")
        hashes += hashed
        marked = _SECTION.match(line.text) or _ITEM.match(line.text)
        if line.start >= begin or (marked and not (hashed and hashes == 1)):
            break
        found.append(line.text.strip().lstrip("# "))
    return tuple(found)


class _Reader:
    def __init__(self, text: str, goals: Sequence[int], since: date | None) -> None:
        self.text, self.goals, self.since = text, frozenset(goals), since
        # A report that speaks of this year begins with what was in the last one.
        self.is_report = "今年" in text
        self.first_leads = _FIRST_LEADS.search(text) is not None
        self.action: Span | None = None
        # The heading on the line before and where its words begin, if that line is one.
        self.headed: tuple[Span, int] | None = None
        self.back = False
        self.passage: _Passage | None = None
        self.rows: list[DraftRow] = []
        self.past: list[tuple[int, int]] = []
        # What the headings say, and what the paragraphs below them do.
        self.dated: date | None = None
        self.carried: date | None = None

    def read(self, line: Span) -> None:
        section, item = _SECTION.match(line.text), _ITEM.match(line.text)
        if section is None and item is None:
            section = _BARE_START.match(line.text) if _BARE_HEADING.fullmatch(line.text.strip()) else None
        headed, self.headed = self.headed, None
        if headed and _LABEL.match(line.text.lstrip()):
            # A heading with nothing below it but who answers is what they answer for.
            heading, begin = headed
            self.action = None
            number = trimmed(self.text, heading.start, heading.start + begin)
            self.passage = _Passage(number, None, heading.start + begin, heading.end)
            self.passage.lines.append(trimmed(self.text, heading.start + begin, heading.end))
        if section and _is_heading(line.text, section.end()):
            self._close()
            self.action = trimmed(self.text, line.start, line.end)
            # A heading of a lower order under one that looks back looks back too.
            higher = re.match(r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|第|#)", line.text) is not None or not section.group().strip()
            ahead = _LOOKS_AHEAD.search(line.text) is not None
            if higher or ahead:
                self.back = _LOOKS_BACK.search(line.text) is not None and not ahead
            words = line.text[section.end() :]
            self.dated = _head_date(words, heading=True) or _head_date(words) or (None if higher else self.dated)
            self.carried = self.dated
            self.headed = line, section.end()
            return
        mark = item or section
        if mark:
            self._close()
            self.carried = self.dated if section else self.carried
            number = trimmed(self.text, line.start, line.start + mark.end())
            self.passage = _Passage(number, self.action, line.start + mark.end(), line.end)
            line = Span(line.text[mark.end() :], line.start + mark.end(), line.end)
        for piece, notes in _passages(line):
            self._take(piece, notes)

    def finish(self) -> Prose:
        self._close()
        return Prose(self.rows, self.past)

    def _take(self, piece: Span, notes: dict[str, list[Span]]) -> None:
        """Add a stretch of a line to the passage; `notes` say who answers for all that precedes them."""
        words = trimmed(self.text, piece.start, piece.end)
        if words.text:
            if self.passage is None or self.passage.is_answered_for:
                self._close()
                self.passage = _Passage(None, self.action, words.start, words.end)
            elif notes and self.passage.number is None:
                # An unnumbered paragraph before it is not part of what these bodies answer for.
                self._close()
                self.passage = _Passage(None, self.action, words.start, words.end)
            self.passage.lines.append(words)
            self.passage.end = words.end
        if self.passage is not None:
            for name, cells in notes.items():
                self.passage.cells.setdefault(name, []).extend(cells)

    def _close(self) -> None:
        passage, self.passage = self.passage, None
        if passage is None or not passage.lines:
            return
        if passage.is_answered_for:
            self._add(self._answered(passage))
            return
        for line in passage.lines:
            dated = _head_date(line.text)
            asked = line_of(self.text, line.start) in self.goals
            past = self.back or (self.is_report and _TELLS_A_YEAR.match(line.text) is not None)
            if past and not asked:
                self.past.append((line.start, line.end))
            elif asked or self._sets_targets(line):
                number = passage.number if line is passage.lines[0] else None
                self._add(self._goal(line, number, passage.action))
            if dated and not self.back:
                self.carried = dated

    def _sets_targets(self, line: Span) -> bool:
        row = self._goal(line, None, None)
        return bool(propose_row_targets(replace(row, since=self.since)))

    def _add(self, row: DraftRow) -> None:
        self.rows.append(row)

    def _goal(self, line: Span, number: Span | None, action: Span | None) -> DraftRow:
        return DraftRow(
            position=len(self.rows) + 1,
            number=number,
            action=action,
            task=line,
            leads=(),
            responsibles=(),
            line=line_of(self.text, line.start),
            needs_judgement=(NO_BODY,),
            carried=self.carried,
        )

    def _answered(self, passage: _Passage) -> DraftRow:
        task = trimmed(self.text, passage.lines[0].start, passage.end)
        words = task.text.rstrip("（( 　")
        leads = [name for cell in passage.cells.get("lead", []) for name in named_bodies(cell).every]
        others = [named_bodies(cell) for cell in passage.cells.get("responsible", [])]
        leads += [name for units in others for name in units.leads]
        helpers = [name for units in others for name in (*units.helpers, *units.unsaid)]
        notes: list[Text] = []
        if not leads and helpers and self.first_leads:
            notes.append(FIRST_SAID_TO_LEAD)
            leads, helpers = helpers[:1], helpers[1:]
        if not leads:
            notes.append(NO_LEAD)
        if any(units.and_others for units in others):
            notes.append(OTHERS_TOO)
        due = passage.cells.get("due", [])
        return DraftRow(
            position=len(self.rows) + 1,
            number=passage.number,
            action=passage.action,
            task=Span(words, task.start, task.start + len(words)),
            leads=tuple(leads),
            responsibles=tuple(helpers),
            line=line_of(self.text, passage.start),
            needs_judgement=tuple(notes),
            due=due[0] if due else None,
            carried=self.carried,
        )


def _is_heading(line: str, begin: int) -> bool:
    words = line[begin:].strip()
    if not words or len(words) > _LONGEST_HEADING or _LABEL.search(words):
        return False
    return not re.search("[。；;]", words.rstrip("。")) and not (words.endswith("。") and re.search(r"\d", words)) and not any(
        is_body_note(match["inside"]) for match in _BRACKET.finditer(words)
    )


def _head_date(words: str, *, heading: bool = False) -> date | None:
    """Return the date that the head of a paragraph, or a heading, sets for what follows it."""
    """Return the date with which a paragraph begins and which governs all of it, None where none does."""
    if is_english(words):
        stated = english_dates(words) if words.rstrip().endswith(":") else []
        return stated[-1] if stated else None
    if heading:
        named = {each.day for each in find_due_dates(words)}
        return named.pop() if len(named) == 1 else None
    if opened := _PERIOD_HEAD.match(words):
        return find_due_dates(opened.group())[0].day
    match = _HEAD_DATE.match(words)
    dated = find_due_dates(words[: match.end() + 24]) if match else []
    return dated[0].day if dated else None


# A line of a table of contents; a line without words is a cell that a table lost.
_LEADERS = re.compile(r"[.·…]{5}|(?:\. ){4}|…{2}")


def is_body_note(inside: str) -> bool:
    """Return whether the words in a bracket say who answers: 甲局、乙局等负责; 甲局牵头，乙局配合; 甲局、乙局."""
    if _LABEL.match(inside):
        return False
    first = re.split("[。；;]", inside)[0]
    names = split_body_names(Span(first, 0, len(first)), ())
    bodies = [_ANSWERS.sub("", name.text) for name in names]
    if _ANSWERS.search(first):
        return any(is_body(name) or is_body(re.sub("等?(?:按(?:照)?(?:各自)?职责(?:分工)?|分别|共同)*$", "", name)) for name in bodies)
    # A single facility in a bracket explains the word before it: 综合体（社区服务中心）.
    if len(bodies) == 1 and re.search("(?:中心|站|所|院|校|社区|公司|集团|企业|学|园区|机构)$", bodies[0]):
        return False
    return bool(bodies) and not re.search(r"\d", first) and all(is_body(name) and len(name) > 2 for name in bodies)


def _lines(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        worded = re.search(r"[^\W\d_]{2}", line) is not None and _LEADERS.search(line) is None
        if worded and not any(start < end and begin < stop for start, stop in taken):
            yield Span(line, begin, end)
        begin = end + 1


def _passages(line: Span) -> Iterator[tuple[Span, dict[str, list[Span]]]]:
    """Cut a line after each note of who answers for what precedes it; the last stretch may have none."""
    begin = 0
    for match in _BRACKET.finditer(line.text):
        inside = Span(match["inside"], line.start + match.start("inside"), line.start + match.end("inside"))
        if match.start() < begin:
            continue
        if _LABEL.search(inside.text) and _LABEL.search(inside.text).start() < 4:  # type: ignore[union-attr]
            notes = _labelled(inside)
        elif is_body_note(inside.text) and (_ANSWERS.search(inside.text) or _ends_there(line.text, match)):
            said = re.split("[。；;]", inside.text)[0]
            notes = {"responsible": [Span(said, inside.start, inside.start + len(said))]}
        else:
            continue
        yield Span(line.text[begin : match.start()], line.start + begin, line.start + match.start()), notes
        begin = match.end()
    rest = Span(line.text[begin:], line.start + begin, line.end)
    label = _LABEL.search(rest.text)
    if label:
        before = Span(rest.text[: label.start()], rest.start, rest.start + label.start())
        yield before, _labelled(Span(rest.text[label.start() :], rest.start + label.start(), rest.end))
    elif rest.text.strip(" \t\u3000。；;，,"):
        yield rest, {}


def _ends_there(line: str, match: re.Match[str]) -> bool:
    """Return whether a bracket is after a sentence or ends the line; elsewhere it explains the word before it."""
    before = line[: match.start()].rstrip()[-1:]
    return before in "。；;！.!" or not line[match.end() :].strip(" 。；;\u3000")


def _labelled(span: Span) -> dict[str, list[Span]]:
    """Return what follows each label, by what the label names."""
    cells: dict[str, list[Span]] = {}
    for match in _LABEL.finditer(span.text):
        following = _LABEL.search(span.text, match.end())
        end = following.start() if following else len(span.text)
        cell = trimmed(span.text, match.end(), end)
        kept = cell.text.rstrip("；;。.，, ")
        # The bracket that closes （牵头单位：…） is not of the last name, nor that which opens the next label.
        if kept.endswith(("（", "(")):
            kept = kept[:-1].rstrip()
        if kept.endswith(("）", ")")) and len(re.findall("[（(]", kept)) < len(re.findall("[）)]", kept)):
            kept = kept[:-1]
        start = span.start + cell.start
        cells.setdefault(match.lastgroup or "", []).append(Span(kept, start, start + len(kept)))
    return cells
