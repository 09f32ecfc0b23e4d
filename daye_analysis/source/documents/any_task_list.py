"""Task lists, indicator tables and goals of any layout: tables first, then the text around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from daye_analysis.errors import CheckFailed, NotReadable
from daye_analysis.source.documents.refusals import nothing_found
from daye_analysis.source.draft import DraftRow, DraftTaskList
from daye_analysis.source.problems import source_problem
from daye_analysis.source.prose import head, prose_rows
from daye_analysis.source.spans import Span, trimmed
from daye_analysis.source.tables.column_roles import Column
from daye_analysis.source.tables.layout import find_tables
from daye_analysis.source.tables.rows import table_rows
from daye_analysis.source.tables.table import Table
from daye_analysis.source.targets.due_dates import only_year, plan_years

# What is read of a text: everything, its tables only, or its paragraphs only.
Reach = Literal["any", "tables", "paragraphs"]

_BARE_DATE = re.compile(
    r"[（(]?\s*[0-9〇○零一二三四五六七八九]{4}\s*[年./-]"
    r"(\s*[0-9一二三四五六七八九十]{1,3}\s*([月./-](\s*[0-9一二三四五六七八九十]{1,3}\s*日?)?)?)?\s*[）)]?"
)
# What a list calls itself at the end of its title, before a year or the like in brackets.
_TITLE_END = re.compile(
    r"(清单|方案|分解表|分工表|任务表|分工|计划|要点|规划|纲要|意见|办法|措施|报告|目标|指标表?|一览表|任务|通知|实事|Plan|Strategy|Actions?|Targets?|Framework)"
    r"[》”\"]?\s*([（(][^（()）]*[）)])?$"
)
_HEADED = re.compile("[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")
_LONGEST_TITLE = 70


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is to be read where the program's own choice is overruled.

    `named` says what the columns of a given name hold; `goals` are the numbers of lines that are goals though no
    target was found in them.
    """

    reach: Reach = "any"
    named: Mapping[str, Column] = field(default_factory=dict)
    goals: tuple[int, ...] = ()


AS_FOUND = Reading()


def decode(data: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or GB 18030.

    Raises NotReadable (`source.not-text`) where the bytes are none of these, or hold NUL.
    """
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotReadable(source_problem("not-text", file))


def normalised(text: str) -> str:
    """Return `text` without byte-order mark and with LF line ends, the form that spans refer to."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_any_task_list(text: str, file: str = "", reading: Reading = AS_FOUND) -> DraftTaskList:
    """Read the tasks, indicators and goals in `text`; spans refer to the returned list's own `text`.

    Raises CheckFailed (`source.no-table`, `source.no-rows`) where nothing can be read, with the lines that came
    nearest. `file` names the input in problems.
    """
    text = normalised(text)
    tables = find_tables(text, reading.named) if reading.reach != "paragraphs" else ()
    taken = tuple(place for table in tables for place in table.claimed)
    title = _title(text, tables, taken)
    first_year = (plan_years(title) or (None, None))[0]
    rows: list[DraftRow] = []
    notes = []
    for table in tables:
        found, about = table_rows(text, table, first_year)
        rows += [replace(row, action=row.action or _caption(text, table, tables)) for row in found]
        notes += [note for note in about if note not in notes]
    since = _first_day(title)
    past: tuple[tuple[int, int], ...] = ()
    if reading.reach != "tables":
        prose = prose_rows(text, taken, reading.goals, since)
        rows += prose.rows
        past = tuple(prose.past)
    rows.sort(key=lambda row: row.task.start)
    if not rows:
        raise CheckFailed(source_problem("no-rows", file) if tables else nothing_found(text, file))
    rows = _without_title(rows, title)
    year = only_year(title)
    numbered = tuple(replace(row, position=position, since=since, year=year) for position, row in enumerate(rows, 1))
    heading = _heading(text, tables, rows[0])
    return DraftTaskList(title, text, numbered, tuple(notes), heading, past)


def _title(text: str, tables: Sequence[Table], taken: Sequence[tuple[int, int]]) -> str:
    """Return the last line above the first row that ends as a title does, else the last that is no bare date.

    Above prose are addressees and preambles too, so that there the first line counts and not the last.
    """
    above = tables[0].above if tables else ()
    heads = head(text, taken)
    lines = [line for line in heads if not _BARE_DATE.fullmatch(line) and len(line) <= _LONGEST_TITLE and "。" not in line]
    titles = [line for line in lines if _TITLE_END.search(line)]
    if titles:
        return titles[-1] if tables else titles[0]
    if lines:
        return lines[-1] if tables and len(heads) == len(above) else lines[0]
    return ""


def _without_title(rows: list[DraftRow], title: str) -> list[DraftRow]:
    """Return `rows` without the title, which may count what follows: 2015年要办的10件实事."""
    others = [row for row in rows if row.task.text != title or row.leads or row.responsibles]
    return others if others and _TITLE_END.search(title) else rows


def _first_day(title: str) -> date | None:
    """Return the first day of the first year that the title names: a report of 2025 on 2024 states facts."""
    # 中国制造2025 in quotation marks is a name.
    found = re.search(r"(?<!\d)(20\d{2})(?!\d)", re.sub("“[^”]*”", "", title))
    return date(int(found[1]), 1, 1) if found else None


def _caption(text: str, table: Table, tables: Sequence[Table]) -> Span | None:
    """Return the heading right above a table as the action of its rows, or its caption where there are several tables."""
    if not table.above or (len(tables) < 2 and not _HEADED.match(table.above[-1])):
        return None
    words = table.above[-1]
    start = text.rfind(words, 0, table.claimed[0][0])
    usable = start >= 0 and len(words) <= _LONGEST_TITLE and "。" not in words
    return Span(words, start, start + len(words)) if usable else None


def _heading(text: str, tables: Sequence[Table], first: DraftRow) -> Span:
    """Return words under which rows can be put that have neither an action nor a title above them."""
    for table in tables:
        for name, column in zip(table.names, table.header.columns, strict=True):
            if column == "task" and name.text:
                return name
    line = text[first.task.start : first.task.end].split("\n")[0]
    return trimmed(text, first.task.start, first.task.start + min(len(line), 20))
