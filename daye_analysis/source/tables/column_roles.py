"""The role of each column of a table, by the names that official lists use and by the content of its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from daye_analysis.source.bodies import is_body
from daye_analysis.source.targets.due_dates import find_due_dates
from daye_analysis.source.targets.measures import is_unit

Column = Literal[
    "number", "action", "heading", "task", "goal", "lead", "responsible", "due", "person", "measure", "base", "value",
    "obligation", "other",
]  # fmt: skip
_ONCE: tuple[Column, ...] = ("number", "action", "due", "lead")
COLUMNS: tuple[Column, ...] = get_args(Column)
# A table of tasks names who answers for them; a table of indicators has a column of values; the third has neither.
Purpose = Literal["tasks", "indicators"]

_LONGEST_ZH, _LONGEST_EN = 14, 48
# Earlier patterns win: 牵头责任单位 leads, 责任领导 is a person, 工作目标 beside 工作任务 is a goal.
_NAMES: tuple[tuple[Column, str], ...] = (
    ("number", r"序号|编号|项次|^号$|^№$|^(no\.?|#|ref\.?|id|item( no\.?)?)$"),
    ("person", "领导|责任人|联系人|负责人|包保|联系方式|电话|contact"),
    ("obligation", "属性|指标性质|指标类型|^性质$"),
    ("measure", r"计量单位|^units?( of measure(ment)?)?$"),
    ("due", r"时限|时间|期限|节点|进度|进展|工期|deadline|time ?(line|frame|scale)|timing|due|by when|completion"),
    ("base", "基期|基数|基准|现状|上年(?:实绩|完成|实际)|baseline"),
    ("value", r"^(目标值|指标值|规划值|目标数|任务数|年均(增速|增长|增长率)?|年均/累计|年均增长/累计|累计|targets?( value)?)$"),
    ("lead", r"牵头|主责|主办|总牵头|\blead\b|responsible|\bowner\b|accountable"),
    ("responsible", "配合|协同|协办|参与|参加|协作|责任|落实单位|承办|部门|单位|partner|support|stakeholder|agenc|department"),
    ("goal", r"目标(?!任务)|指标|预期成效|年度任务|target|indicator|metric|\bkpi|milestone|outcome|measure of success"),
    ("task", "任务清单|任务内容|工作内容|具体|举措|措施|主要内容|内容|任务目标|目标任务|工作任务|description"),
    ("action", r"类别|行动|工程|领域|板块|方面|一级|事项类别|分类|专项|^(theme|goal|objective|category|sector|focus area|priorit(y|ies)|area|pillar)s?$"),
    ("task", r"主要任务|重点任务|重点工作|任务|工作|事项|项目名称|^(action|measure|initiative|activit(y|ies)|task|strateg(y|ies)|commitment|project|recommendation)s?( items?)?$"),
)  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
# What may be beside a year in the name of a column of values.
_VALUE_NAME = re.compile("|目标值?|规划(目标)?值?|计划(数|值|目标)?|预期(目标)?值?|预计|指标值?|年?[末底]|值|target")
_BASE_NAME = re.compile("(基期|基准|基数|现状|完成|实际|实绩|实现|baseline|actual)(年|期)?(值|数|情况)?")
_NUMERIC = re.compile(
    r"\s*[〔\[（(]?\s*(?:[≥≤<>＜＞~约]|不低于|不少于|不高于|不超过|大于|小于|达到|超过|控制在|稳定在|保持在|新增|净增|增长|下降)*\s*[-－−+]?\d[\d,.]*\s*"
    r"[^\d，。；;、]{0,8}(?:左右|以上|以下|以内)?\s*[〕\]）)]?\s*"
)
_OVER_PLAN = re.compile("年均|累计")
_NOTHING = re.compile(r"[\s\-—–－/／无*…·]*")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its name, what it holds, the year that its name gives, and the unit of measure in brackets."""

    name: str
    column: Column
    year: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table in order, and what kind of table they make."""

    headings: tuple[Heading, ...]
    purpose: Purpose

    @property
    def columns(self) -> tuple[Column, ...]:
        """What each column holds."""
        return tuple(heading.column for heading in self.headings)

    @property
    def unknown(self) -> int:
        """How many columns have no known name."""
        return sum(heading.column == "other" for heading in self.headings)


def read_header(
    names: Sequence[str], below: Sequence[Sequence[str]] = (), named: Mapping[str, Column] | None = None
) -> Header | None:
    """Return what the columns called `names` hold, or None if this is no header of a table of targets.

    `below` are rows under it, whose cells settle what a name leaves open; `named` says what columns of a given name
    hold and overrules all else. A table has a task and a body that answers for it, or an indicator and a value, or a
    task with a goal or deadline. Of several columns that may hold the task the most specific does, and a more general
    one before it holds the action (重点任务 beside 任务清单); a goal stands in for a missing task.
    """
    plain = [re.sub(r"\s+", " " if name.isascii() else "", name).strip() for name in names]
    if sum(bool(name) for name in plain) < 2:
        return None
    given = {re.sub(r"\s+", "", name): column for name, column in (named or {}).items()}
    found = [_heading(name) for name in plain]
    headings = [heading for heading, _ in found]
    for place, name in enumerate(plain):
        column = given.get(re.sub(r"\s+", "", name))
        headings[place] = replace(headings[place], column=column) if column else headings[place]
    _settle_by_content(headings, below)
    _settle_years(headings)
    _settle_tasks(headings, [rank for _, rank in found])
    purpose = _purpose(headings)
    if purpose is None:
        return None
    for first in _ONCE:
        _keep_first(headings, first)
    return Header(tuple(headings), purpose)


def columns(header: Sequence[str]) -> tuple[Column, ...] | None:
    """Return what each cell of `header` names, or None if this is no header of a table of targets."""
    found = read_header(header)
    return found.columns if found else None


def known_names(names: Sequence[str]) -> tuple[Column, ...]:
    """Return what each of `names` would hold by itself, those that say something: to report what was seen."""
    return tuple(heading.column for heading, _ in map(_heading, names) if heading.column != "other" or heading.year)


def is_value(text: str) -> bool:
    """Return whether a cell holds a number and little else: 93以上, ≥40%, 〔18.5〕."""
    return _NUMERIC.fullmatch(text) is not None


def begins_with_value(text: str) -> bool:
    """Return whether a cell holds a number first and then words: ＞7、力争投入强度高于以往."""
    return _NUMERIC.fullmatch(re.split("[、，；;,](?=\\D)", text)[0]) is not None


def is_nothing(text: str) -> bool:
    """Return whether a cell says that there is nothing: blank, a dash, a slash, 无."""
    return _NOTHING.fullmatch(text) is not None


def _heading(name: str) -> tuple[Heading, int]:
    """Return what `name` says by itself, and how specific it is (the smaller, the more)."""
    unit = ""
    bracket = re.search(r"[（(]([^（）()]*)[）)]$", name)
    if bracket and (is_unit(bracket[1]) or bracket[1] == "%"):
        unit, name = bracket[1], name[: bracket.start()]
    name = name.strip()
    year = _year_of(name)
    rest = _YEAR.sub("", name).strip(" ()（）:：") if year else name
    if year and _BASE_NAME.search(rest):
        return Heading(name, "base", year, unit), 0
    if year and _VALUE_NAME.fullmatch(rest):
        return Heading(name, "value" if rest else "other", year, unit), 0
    if len(name) > (_LONGEST_EN if name.isascii() else _LONGEST_ZH):
        return Heading(name, "other", year, unit), len(_NAMES)
    for rank, (column, pattern) in enumerate(_NAMES):
        if re.search(pattern, name, re.IGNORECASE):
            return Heading(name, column, year, unit), rank
    return Heading(name, "other", year, unit), len(_NAMES)


def _year_of(name: str) -> int | None:
    match = _YEAR.search(name)
    if match:
        return int(match.group()[:4])
    dated = find_due_dates(name) if "五" in name else []
    return dated[-1].day.year if dated else None


def _settle_by_content(headings: list[Heading], below: Sequence[Sequence[str]]) -> None:
    """Settle by their cells what 单位 is (who answers, or what is measured), and whether a target is a number."""
    for place, heading in enumerate(headings):
        cells = [row[place] for row in below if len(row) == len(headings) and not is_nothing(row[place])]
        if heading.name in ("单位", "计量单位") or heading.column == "measure":
            measured = sum(is_unit(cell) for cell in cells) * 2 > len(cells)
            bodies = sum(is_body(cell) for cell in cells) * 2 > len(cells)
            values = any(each.column in ("value", "base") or each.year for each in headings)
            column: Column = "measure" if measured or (values and not bodies) else "responsible"
            headings[place] = replace(heading, column=column)
        elif heading.column == "value" and "累计" not in heading.name and cells and sum(map(is_value, cells)) * 2 < len(cells):
            headings[place] = replace(heading, column="goal")
        elif heading.column == "goal" and len(cells) > 0 and all(map(is_value, cells)):
            headings[place] = replace(heading, column="value")


def _settle_years(headings: list[Heading]) -> None:
    """A column named by nothing but a year holds values; the first of several, with no base beside, the base."""
    bare = [place for place, each in enumerate(headings) if each.year and each.column == "other"]
    aims = [each.year for each in headings if each.column == "value" and each.year and not _OVER_PLAN.search(each.name)]
    last = max((each.year for each in headings if each.year), default=None)
    for place, each in enumerate(headings):
        # 年均/累计 is over the plan, which ends with the last year named.
        if each.column == "value" and each.year is None and _OVER_PLAN.search(each.name):
            headings[place] = replace(each, year=last)
    given = any(each.column == "base" for each in headings)
    for place in bare:
        year = headings[place].year
        first = len(bare) > 1 and place == bare[0]
        earlier = bool(aims) and year is not None and year < min(aims)
        headings[place] = replace(headings[place], column="base" if not given and (first or earlier) else "value")


def _settle_tasks(headings: list[Heading], ranks: Sequence[int]) -> None:
    tasks = [place for place, each in enumerate(headings) if each.column == "task"]
    if tasks:
        chosen = min(tasks, key=lambda place: (ranks[place], -place))
        for place in tasks:
            if place < chosen:
                action = not any(each.column == "action" for each in headings[:place])
                headings[place] = replace(headings[place], column="action" if action else "heading")
            elif place > chosen:
                headings[place] = replace(headings[place], column="goal")
        return
    for stand_in in ("goal", "action"):
        for place, each in enumerate(headings):
            if each.column == stand_in:
                headings[place] = replace(each, column="task")
                return
    # Where there is nothing else to do, what is aimed at says it in words: 序号, 2022年预期目标, 责任单位.
    aims = [place for place, each in enumerate(headings) if each.column == "value"]
    if len(aims) == 1 and all(each.column in ("number", "value", "lead", "responsible", "due", "person") for each in headings):
        headings[aims[0]] = replace(headings[aims[0]], column="task")
        return
    # An indicator's name may be under 名称, 项目, or nothing that is known: the first column of words.
    if any(each.column == "value" for each in headings):
        first = next((p for p, each in enumerate(headings) if each.column in ("other", "heading")), None)
        if first is not None:
            headings[first] = replace(headings[first], column="task")


def _purpose(headings: Sequence[Heading]) -> Purpose | None:
    kinds = {each.column for each in headings}
    if "task" not in kinds:
        return None
    if kinds & {"lead", "responsible"}:
        return "tasks"
    if "value" in kinds:
        return "indicators"
    return "tasks" if "goal" in kinds or ("due" in kinds and len(headings) > 2) else None


def _keep_first(headings: list[Heading], column: Column) -> None:
    """A second column of the kind becomes what it most likely is: further responsible bodies, a heading, or other."""
    second: dict[Column, Column] = {"lead": "responsible", "action": "heading"}
    first = True
    for place, each in enumerate(headings):
        if each.column == column and not first:
            headings[place] = replace(each, column=second.get(column, "other"))
        first = first and each.column != column
