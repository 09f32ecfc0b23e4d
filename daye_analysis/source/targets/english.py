"""Quantities in English sentences that read like targets: by 2030, at least, percentages, money, counts.

As with Chinese, the rules are lexical: they propose, a person decides, and what was guessed is noted.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from daye_analysis.bilingual import Text
from daye_analysis.source import review_markers as j
from daye_analysis.source.targets.proposed_target import Comparator, ProposedTarget, Quantity, Scope

_CHINESE = re.compile("[\u4e00-\u9fff]")
_MONTHS = "|".join(calendar.month_name[1:])
_DUE = re.compile(
    rf"\b(?:by|before|until|through|no later than|in|during|for)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+year\s+)?|year\s+|year[- ]end\s+|mid-|early\s+|late\s+|FY\s?)?"
    rf"(?:(?P<month>{_MONTHS})\s+(?:(?P<day>\d{{1,2}}),?\s+)?)?(?P<year>(?:19|20)\d{{2}})\b(?!\s+(?:levels?|baseline|emissions))",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"\((?P<year>20\d{2})\)|^\s*(?P<lead>20\d{2})\s*[:–—-]")
_NUMBER = re.compile(
    r"(?<![\w.,/#-])(?P<money>US\$|C\$|A\$|NZ\$|\$|€|£)?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?:-|–|—|to)\s?(?:US\$|\$|€|£)?(?P<high>\d[\d,]*(?:\.\d+)?)(?!\d))?"
    r"[\s-]?(?P<power>million|billion|trillion|thousand|bn|mn|[MBK](?![\w/]))?[\s-]?(?P<percent>%|percent(?:age points?)?\b|per cent\b)?(?![\d:/])"
)
_POWERS = {"thousand": ("1k", 3), "k": ("1k", 3), "million": ("1m", 6), "m": ("1m", 6), "mn": ("1m", 6), "billion": ("1b", 9), "b": ("1b", 9), "bn": ("1b", 9), "trillion": ("1t", 12)}
_MONEY = {"$": "usd", "US$": "usd", "C$": "cad", "A$": "aud", "NZ$": "nzd", "€": "eur", "£": "gbp"}
_AIMS = re.compile(
    r"\b(?:reduce|cut|lower|decrease|increase|raise|grow|expand|achieve|reach|attain|plant|install|build|construct|create|add|retrofit|"
    r"upgrade|convert|replace|deliver|provide|train|recruit|hire|attract|develop|establish|open|complete|restore|protect|conserve|"
    r"divert|recycle|generate|produce|save|support|double|triple|ensure|maintain|keep|limit|hold|meet|secure|invest|connect|"
    r"electrify|eliminate|transition|to be|reduction in|increase in|acquire|preserve|enrol|enroll|serve|host|renovate|repair|improve|lift|halve|will|shall|target|goal|aim|"
    r"use only|only use|at least|no more than|at most|minimum|maximum|not exceed|up to)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|has|have been|has been|reduced|increased|planted|installed|built|completed|achieved|reached|delivered|trained|"
    r"since|currently|existing|in the past|last year|to date|already|as of)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\bwill\b|\bby\s+(?:the\s+)?(?:end of\s+|year\s+)?20\d\d", re.IGNORECASE)
# A year before this is compared with, not due.
_EARLIEST = 2005
_NAMES = re.compile(r"\b(?:phase|goal|action|step|section|chapter|page|figure|table|tier|level|objective|strategy|route|highway|article|scope|type|class|zone|district|ward|pm|sdg|appendix|no\.?|version|grade|grades|ages?|aged)\s*$", re.IGNORECASE)
_STOP = re.compile(
    r"\b(?:by|in|of|from|to|for|at|per|each|every|more|less|fewer|new|additional|and|or|with|across|within|through|annually|compared|relative|below|above|before|"
    r"until|during|on|that|which|are|is|will|including|citywide|over|under|a|as|using|per)\b|[,.;:()\n]",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:(?P<ge>at least|a minimum of|minimum of|no (?:less|fewer) than|not less than|≥|>=)|(?P<le>no more than|not more than|at most|up to|"
    r"a maximum of|maximum of|not exceed(?:ing)?|limit(?:ed)? to|only(?: use)?|≤|<=)|(?P<lt>less than|fewer than|below|under|<)|(?P<gt>more than|over|"
    r"exceed(?:ing|s)?|above|greater than|>))\s*(?:the\s+|a\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^\s*(?:\w+\s+)?(?:(?P<ge>or more|or greater|or higher|and above)|(?P<le>or less|or fewer|or lower|or below))", re.IGNORECASE)
_FALLS = re.compile(r"\b(?:reduc\w+|cut|lower\w*|decreas\w+|declin\w+|drop\w*|halve|eliminate\w*|savings?)\b", re.IGNORECASE)
_YEARLY = re.compile(r"\b(?:annually|(?:per|each|every|a)\s+year|yearly|per annum|/\s?year)\b", re.IGNORECASE)
_HELD = re.compile(r"\b(?:maintain|keep|sustain|hold)\w*\b", re.IGNORECASE)
_SUMS = re.compile(r"\b(?:plant|install|build|construct|create|add|retrofit|upgrade|convert|replace|deliver|train|recruit|hire|restore|open|invest|acquire|renovate|repair|complete)\w*\b", re.IGNORECASE)
_STRIVES = re.compile(r"\b(?:strive|aspire|aim|seek|endeavou?r|aspirational)\w*\b", re.IGNORECASE)
_DURATION = re.compile(r"\s?[-–](?:year|month|day|hour|minute|mile|foot|story|storey)s?\b|\s*(?:years?|months?|days?|weeks?)\b|(?:st|nd|rd|th)\b")
_WITHIN = re.compile(r"\bwithin\s+(?:a\s+)?$", re.IGNORECASE)
_BASE = re.compile(r"\b(?:from|than the|compared (?:to|with)|baseline(?: of)?)\s*(?:its |the )?(?:current\s+|present\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Spot:
    match: re.Match[str]
    before: str
    after: str


def is_english(text: str) -> bool:
    """Return whether `text` has letters and none of them is Chinese."""
    return _CHINESE.search(text) is None and re.search("[A-Za-z]{2}", text) is not None


def propose_english_targets(text: str, offset: int = 0) -> list[ProposedTarget]:
    """Return a proposal for each quantity in `text` that reads like a target, in order; spans have `offset` added."""
    found: list[ProposedTarget] = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        is_past = _PAST.search(sentence) and not _AHEAD.search(sentence)
        if is_past or not (english_dates(sentence) or _AIMS.search(sentence)):
            continue
        spots = list(_spots(sentence))
        for place, spot in enumerate(spots):
            stop = spots[place + 1].match.start() if place + 1 < len(spots) else len(sentence)
            found.append(_proposal(sentence, spot, stop, offset + start))
    return found


def english_dates(text: str) -> list[date]:
    """Return the last days of the dates in `text` by which something is due, in order."""
    return [_last_day(match) for match in _DUE.finditer(text) if int(match["year"]) >= _EARLIEST]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in re.finditer(r"(?<=[a-z0-9%)])[.!?](?=\s+[A-Z]|\s*$)|[;\n](?=\s*\S)|\n\s*\n", text):
        if text[begin : match.start()].strip():
            yield begin, match.start()
        begin = match.end()
    if text[begin:].strip():
        yield begin, len(text)


def _spots(sentence: str) -> Iterator[_Spot]:
    dates = [match.span() for match in _DUE.finditer(sentence)] + [match.span() for match in _BARE_YEAR.finditer(sentence)]
    place = 0
    while match := _NUMBER.search(sentence, place):
        if match["high"] and re.search(r"\bfrom\s*$", sentence[: match.start()], re.IGNORECASE):
            # From 120 to 90: the second is the aim, not the end of a range.
            place = match.start("high")
            continue
        place = match.end()
        number = match["number"]
        before, after = sentence[: match.start()], sentence[match.end() :]
        if any(start <= match.start("number") < end for start, end in dates):
            continue
        bare = not (match["money"] or match["power"] or match["percent"])
        if bare and re.fullmatch(r"(?:19|20)\d{2}", number):
            continue
        if _NAMES.search(before) or _WITHIN.search(before) or _BASE.search(before) or _DURATION.match(sentence[match.end("high" if match["high"] else "number") :]):
            continue
        if bare and not re.match(r"\s*[-\s]?[A-Za-z]", after) and not _BEFORE.search(before):
            continue
        if before.count("(") > before.count(")") and re.search(r"\((?:[^()]*\b(?:baseline|from|currently|was)\b)[^()]*$", before, re.IGNORECASE):
            continue
        if bare and sentence[match.end("high" if match["high"] else "number") :][:1].isalpha():
            # 5G, 3D: part of a name.
            continue
        if re.fullmatch(r"\s*", before) and re.match(r"\s*[.)]\s", after):
            continue
        yield _Spot(match, before, after)


def _proposal(sentence: str, spot: _Spot, stop: int, start: int) -> ProposedTarget:
    """Read one number of `sentence`, which is at `start`; the next number is at `stop`."""
    match = spot.match
    due, dating = _due(sentence, match.end(), stop)
    high = Decimal(match["high"].replace(",", "")) if match["high"] else None
    value = Decimal(match["number"].replace(",", ""))
    power, noun = (match["power"] or "").lower(), _noun(spot.after)
    falls = _FALLS.search(spot.before) is not None
    comparator, comparing = _comparator(spot, falls)
    unit_zh, code = _unit(match, power, noun)
    scope = _scope(sentence, spot, bool(match["percent"]))
    by = re.search(r"\bby\s*(?:at least\s*|up to\s*|a further\s*)?$", spot.before, re.IGNORECASE) is not None
    quantity: Quantity = "stock"
    if match["percent"]:
        sized = by or not _REACHED.search(spot.before) or _BELOW.match(spot.after) is not None
        quantity = "cumulative_reduction" if falls and sized else "growth_rate" if by else "ratio"
    elif scope in ("annual", "cumulative"):
        quantity = "annual_flow" if scope == "annual" else "cumulative_flow"
    elif match["money"]:
        quantity = "output_value"
    name = _name(spot, noun)
    begin = len(spot.before) - len(spot.before.lstrip(" -•*\t–—"))
    words = sentence[begin:].rstrip(" .\t")
    notes = (
        *comparing,
        *((j.RANGE,) if high is not None else ()),
        *((j.REDUCTION,) if quantity == "cumulative_reduction" else (j.GROWTH,) if quantity == "growth_rate" else ()),
        *(() if name else (j.NO_INDICATOR,)),
        *dating,
    )
    return ProposedTarget(
        indicator_zh=name,
        comparator=comparator,
        value=high if high is not None and comparator in ("le", "lt") else value,
        value_high=high,
        unit_zh=unit_zh,
        unit_code=code,
        quantity=quantity,
        direction="decrease" if falls or comparator in ("le", "lt") else "increase",
        scope=scope,
        due=due,
        strength="strive" if _STRIVES.search(spot.before) else "none",
        wording_zh=words,
        source_start=start + begin,
        source_end=start + begin + len(words),
        needs_judgement=notes,
    )


# to 90 litres, to only 5%, but not to reduce emissions 50%: what follows "to" is what is left.
_REACHED = re.compile(
    r"\b(?:to|at|below|under)\s*(?:(?:a|an|the|only|just|about|around|approximately|roughly|some|no|level|of|maximum|average)\s+){0,3}$",
    re.IGNORECASE,
)
# to 40% below 2005 levels is a fall of 40%.
_BELOW = re.compile(r"\s*(?:below|under|less than|lower than|reduction)\b", re.IGNORECASE)


def _comparator(spot: _Spot, falls: bool) -> tuple[Comparator, tuple[Text, ...]]:
    before, after = _BEFORE.search(spot.before), _AFTER.match(spot.after)
    said: Comparator | None = None
    for found in (before, after):
        if found and said is None:
            said = next((code for code in ("ge", "le", "lt", "gt") if found.groupdict().get(code)), None)
    about = (j.ABOUT,) if re.search(r"\b(?:about|around|approximately|roughly|some)\s*$", spot.before, re.IGNORECASE) else ()
    by = re.search(r"\bby\s*(?:\w+\s){0,2}$", spot.before, re.IGNORECASE) is not None
    to = _REACHED.search(spot.before) is not None and _BELOW.match(spot.after) is None
    if said == "le" and falls and by:
        return "ge", (*about, j.TWO_BOUNDS)
    if said:
        return said, about
    return ("le", about) if falls and to and not by else ("ge", about)


def _due(sentence: str, end: int, stop: int) -> tuple[date | None, tuple[Text, ...]]:
    """Return the date between a number and the next one, else the last before it, else the first after it."""
    after = english_dates(sentence[end:stop])
    before = english_dates(sentence[:end])
    later = english_dates(sentence[stop:])
    for found in (after[:1], before[-1:], later[:1]):
        if found:
            return found[0], ()
    bare = _BARE_YEAR.search(sentence)
    if bare:
        return date(int(bare["year"] or bare["lead"]), 12, 31), ()
    return None, (j.NO_DUE,)


def _last_day(match: re.Match[str]) -> date:
    year = int(match["year"])
    month = list(calendar.month_name).index(match["month"].capitalize()) if match["month"] else 12
    last = calendar.monthrange(year, month)[1]
    day = int(match["day"]) if match["day"] and 1 <= int(match["day"]) <= last else last
    return date(year, month, day)


def _noun(after: str) -> str:
    """Return the words after a number that say what is counted: up to three, to the next preposition or mark."""
    stop = _STOP.search(after)
    words = re.findall(r"[A-Za-z][A-Za-z²³/0-9-]*", after[: stop.start()] if stop else after)
    return " ".join(words[:3])


def _unit(match: re.Match[str], power: str, noun: str) -> tuple[str, str]:
    """Return the unit as printed and its code: percent, usd_1m, trees_1k; `number` where nothing is named."""
    suffix = f"_{_POWERS[power][0]}" if power else ""
    if match["percent"]:
        points = "point" in match["percent"]
        return ("percentage points", "percentage_points") if points else ("%", "percent")
    printed = match["power"] or ""
    if match["money"]:
        return " ".join(filter(None, (match["money"], printed))), _MONEY[match["money"]] + suffix
    thing = noun.split(" ")[-1] if noun else ""
    code = re.sub("[^a-z0-9]+", "_", noun.lower()).strip("_") or "number"
    return " ".join(filter(None, (printed, noun or thing))), code + suffix


def _scope(sentence: str, spot: _Spot, relative: bool) -> Scope:
    if _YEARLY.search(spot.after[:40]) or re.search(r"\b(?:each|every) year\b|\bannually\b", spot.before, re.IGNORECASE):
        return "annual"
    if _HELD.search(spot.before):
        return "sustained"
    return "cumulative" if not relative and _SUMS.search(sentence) else "by_deadline"


def _name(spot: _Spot, noun: str) -> str:
    """Return what is measured: the object of the verb before the number, else what is counted after it."""
    before = _BEFORE.sub("", spot.before).rstrip()
    before = re.sub(r"\b(?:by|to|of|at|reach(?:es)?|is|are|will be|from|with|an?|the)\s*$", "", before, flags=re.IGNORECASE).rstrip()
    clause = re.split(r"[,:;(]|\band\b", before)[-1].strip()
    clause = _DUE.sub("", clause).strip(" ,")
    verb = _AIMS.search(clause)
    object_ = clause[verb.end() :].strip() if verb else clause
    object_ = re.sub(r"^(?:the|a|an|to|total|overall|up)\s+", "", object_, flags=re.IGNORECASE)
    if spot.match["percent"]:
        whole = re.match(r"\s*(?:of|share of)\s+((?:(?!\bby\b)[\w’'-]+\s?){1,6})", spot.after)
        return object_ if len(object_) > 3 else (whole[1].strip() if whole else noun)
    return noun or object_
