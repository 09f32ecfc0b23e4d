"""Dates as in official lists (到2026年, 2027年6月底前, “十五五”末), read as a last day."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from daye_analysis.source.targets.english import is_english

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_STATED = re.compile(
    rf"(?:(?P<since>20\d{{2}})(?:年)?[—–\-~至到]+)?{_YEAR}\s*(?:年度?|[.\-/](?=\d)|(?=[、和]20\d\d年))"
    r"\s*(?:(?P<month>1[0-2]|0?[1-9])\s*(?:月份?|[.\-/](?=\d)|(?!\d)))?(?:(?P<day>3[01]|[12]\d|0?[1-9])日?(?!\d))?"
    r"(?:(?P<half>上半年)|第?(?P<quarter>[一二三四1-4])季度)?"
    rf"|(?P<period>十[一二三四五六七八九])五[”’」]?(?:规划)?(?P<until>期?末|期间|时期)"
)
_BASE = re.compile(r"(?:较|比|从|由|自|以|相比|对比|超)\s*“?$")
_AFTER_BASE = re.compile(r"^\s*(?:的?基础上|以来|起|为基期|的(?:[0-9０-９]|$))")
_UNRESOLVED = re.compile(
    r"[一两二三四五六七八九十\d]+年(?:内|之内|左右|时间)|(?:今后|未来)[一两二三四五\d]+年"
    r"|年底前?|年内|本届政府|月底前?|今年|明年"
)
_OF_THE_YEAR = re.compile(
    r"(?<![\d每])(?P<month>1[0-2]|[1-9])月(?:份|底|末|中旬|上旬|下旬)?|(?P<half>上半年)|(?<![每个])第?(?P<quarter>[一二三四1-4])季度|"
    r"(?P<quarters>前三)季度|(?<!本届政府)(?:今年|全年|本年度?|年内|年底|年末)"
)
_YEAR_ALONE = re.compile(r"\s*(?:20\d\d\s?[-–—]\s?)?20\d\d\s*")
_ENGLISH = re.compile(
    rf"(?:Q(?P<quarter>[1-4])\s+|(?P<month>{'|'.join(calendar.month_name[1:])})\s+(?:\d{{1,2}},?\s+)?|20\d\d\s?[-–—]\s?)?"
    r"(?<!\d)(?P<year>20\d\d)(?![\d-])",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(20\d\d)\s*年?\s*[—–\-~～至到]+\s*(20\d\d)")
_PERIOD = re.compile("“?(十[一二三四五六七八九])五”?")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# The eleventh five-year period ended with 2010.
_PERIOD_ENDS = {f"十{numeral}": 2010 + 5 * place for place, numeral in enumerate("一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date phrase at code points `start` to `end`, and the last day that it covers."""

    text: str
    start: int
    end: int
    day: date


def find_due_dates(text: str) -> list[StatedDate]:
    """Return the dates by which something is due, in order of appearance.

    A year alone ends on 31 December, a month on its last day, “十五五”末 on 31 December 2030. A date that
    only says what is compared with (较2020年, 从2023年的…) is left out.
    """
    if is_english(text) or _YEAR_ALONE.fullmatch(text):
        return list(_english(text))
    plain = "".join(unicodedata.normalize("NFKC", c) if c.isdigit() else c for c in text)
    found = []
    for match in _STATED.finditer(plain):
        if _BASE.search(plain[: match.start()]) or _AFTER_BASE.search(plain[match.end() :]):
            continue
        day = _last_day(match)
        if day is not None:
            found.append(StatedDate(text[match.start() : match.end()], *match.span(), day))
    return found


def _english(text: str) -> Iterator[StatedDate]:
    """Yield the years and months of an English cell or sentence: Q4 2028, by 2030, June 2027, 2025-2030."""
    for match in _ENGLISH.finditer(text):
        year, quarter = int(match["year"]), match["quarter"]
        named = match["month"]
        month = 3 * int(quarter) if quarter else list(calendar.month_name).index(named.capitalize()) if named else 12
        day = calendar.monthrange(year, month)[1]
        yield StatedDate(match.group(), *match.span(), date(year, month, day))


def unresolved_due(text: str) -> str | None:
    """Return the last wording in `text` that sets a date without naming its year (三年内, 年底前), or None."""
    found = [match.group() for match in _UNRESOLVED.finditer(text)]
    return found[-1] if found else None


def due_within(text: str, year: int) -> date | None:
    """Return the last date in `text` that names no year, in the `year` that the list is for: 8月底, 一季度, 今年, 年底前."""
    found = list(_OF_THE_YEAR.finditer(text))
    if not found:
        return None
    last = found[-1]
    quarter = 2 if last["half"] else 3 if last["quarters"] else _QUARTERS.get(last["quarter"] or "", 4)
    month = int(last["month"] or 3 * quarter)
    return date(year, month, calendar.monthrange(year, month)[1])


def plan_years(title: str) -> tuple[int, int] | None:
    """Return the first and last year of the plan that a title names: 2026—2028年, “十五五”; None where it names no span."""
    if years := _SPAN.search(title):
        return int(years[1]), int(years[2])
    period = _PERIOD.search(title)
    last = _PERIOD_ENDS.get(period[1]) if period else None
    return (last - 4, last) if last else None


def only_year(title: str) -> int | None:
    """Return the year that a list is for, as its title says: the only one in it, and no plan's far end."""
    words = re.sub("“[^”]*”", "", title)
    years = {int(found) for found in re.findall(r"(?<!\d)(20\d\d)(?!\d)", words)}
    far = re.search("规划|纲要|远景|愿景|五年", words)
    return years.pop() if len(years) == 1 and not far else None


def _last_day(match: re.Match[str]) -> date | None:
    if match["period"]:
        return date(_PERIOD_ENDS[match["period"]], 12, 31)
    year = int(match["year"])
    if match["half"]:
        return date(year, 6, 30)
    month = 3 * _QUARTERS[match["quarter"]] if match["quarter"] else int(match["month"] or 12)
    last = calendar.monthrange(year, month)[1]
    if match["day"] and match["month"]:
        return date(year, month, int(match["day"])) if int(match["day"]) <= last else None
    return date(year, month, last)
