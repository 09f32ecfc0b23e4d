"""One page is one source and one row per figure; no figure is known before its period has ended."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from daye_analysis.package.check.keys import combined
from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.check.series import amounts
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows, in_values
from daye_analysis.package.untrusted.addresses import has_user

_ADDRESS = re.compile(r"https?://(?:www\.)?([^/?#]+)([^#]*)(?:#.*)?", re.IGNORECASE)
# A year, month or day at the beginning of what is printed.
_PRINTED = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?![0-9])")
# A page may name a year or month that has a few weeks to go.
_MOST_DAYS_EARLY: Final = 31
_FIGURE: Final = (
    "source_id", "indicator_id", "area_id", "period_start", "period_end", "measure", "growth_base_end", "statement",
)  # fmt: skip


def check_sources(tables: Mapping[str, Columns]) -> Iterator[Finding]:
    """Yield sources with an address that another has or a printed year but no day, and what they cannot have said."""
    if "sources" not in tables:
        return
    sources = tables["sources"]
    yield from _address_twice(sources)
    yield from in_values(sources, "url", _secret_fault, CHECK_PROBLEMS)
    yield from in_values(sources, "published", _published_fault, CHECK_PROBLEMS)
    yield from _never_known(sources)
    if "observations" in tables:
        yield from _known_too_early(tables["observations"], sources)
        if "measurement_units" in tables:
            yield from _figure_twice(tables)


def _page(url: str) -> str:
    """Return what is the same for two spellings of one address: no scheme, no www, no fragment or final slash."""
    match = _ADDRESS.fullmatch(url)
    return f"{match[1].lower()}{match[2].rstrip('/')}" if match else ""


def _address_twice(sources: Columns) -> Iterator[Finding]:
    first: dict[str, int] = {}
    earlier: dict[int, int] = {}
    for position, url in enumerate(sources.cells("url")):
        page = _page(url)
        if page and first.setdefault(page, position) != position:
            earlier[position] = first[page]
    names, urls = sources.cells("source_id"), sources.cells("url")

    def fault_at(position: int) -> Fault:
        return Fault("source.address-twice", {"found": urls[position], "other": names[earlier[position]]})

    yield from in_rows(sources, "url", np.array(list(earlier), dtype=np.intp), fault_at, CHECK_PROBLEMS)


def _secret_fault(url: str) -> Fault | None:
    """Return the fault of an address that carries a user's name or password; the address is not repeated."""
    return Fault("source.address-secret", {}) if has_user(url) else None


def _last_day(published: str) -> str:
    """Return the last day of a printed year or month, the latest on which its page can have become known."""
    match = _PRINTED.match(published)
    if match is None:
        return "YYYY-MM-DD"
    year, month, day = match[1], match[2] or "12", match[3]
    if int(year) and 1 <= int(month) <= 12:
        day = day or str(calendar.monthrange(int(year), int(month))[1])
    return f"{year}-{month}-{day or '31'}"


def _published_fault(published: str) -> Fault | None:
    """Return the fault of a printed time that is no year, month or day of the calendar."""
    match = _PRINTED.fullmatch(published)
    try:
        is_right = match is not None and bool(dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
    except ValueError:
        is_right = False
    return Fault("source.published-unknown", {"found": published}) if published and not is_right else None


def _never_known(sources: Columns) -> Iterator[Finding]:
    missing = np.flatnonzero(~sources.has("published", "") & sources.has("known_on", ""))
    printed = sources.cells("published") if len(missing) else ()

    def fault_at(position: int) -> Fault:
        return Fault("source.known-on-missing", {"found": printed[position], "wanted": _last_day(printed[position])})

    yield from in_rows(sources, "known_on", missing, fault_at, CHECK_PROBLEMS)


def _known_too_early(observations: Columns, sources: Columns) -> Iterator[Finding]:
    column = observations["source_id"]
    days = dict(zip(sources.cells("source_id"), sources.days("known_on"), strict=True))
    never = np.datetime64("NaT", "D")
    known = np.array([days.get(each, never) for each in column.values], dtype="datetime64[D]")[column.places]
    end = observations.days("period_end")
    # Comparing with NaT is false: an undated page, or a date that is none, contradicts nothing.
    late = (end - known) / np.timedelta64(1, "D") > _MOST_DAYS_EARLY
    early = np.flatnonzero(observations.has("statement", "outturn") & late)

    def fault_at(position: int) -> Fault:
        return Fault("period.known-before-end", {"found": end[position], "known": known[position]})

    yield from in_rows(observations, "period_end", early, fault_at, CHECK_PROBLEMS)


def _figure_twice(tables: Mapping[str, Columns]) -> Iterator[Finding]:
    observations = tables["observations"]
    values, bases = amounts(tables)
    key, _ = combined(observations, _FIGURE)
    for numbered in (np.unique(values, return_inverse=True)[1], bases):
        key = np.unique(key * (numbered.max(initial=0) + 2) + numbered + 1, return_inverse=True)[1]
    # numpy's unique gives the place of the first of equals.
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    earlier = first[inverse]
    filled = ~observations.has("source_id", "") & ~np.isnan(values)
    repeated = np.flatnonzero((earlier != np.arange(len(observations))) & filled)
    names = observations.cells("observation_id") if len(repeated) else ()

    def fault_at(position: int) -> Fault:
        return Fault("source.figure-twice", {"other": names[earlier[position]]})

    yield from in_rows(observations, "source_id", repeated, fault_at, CHECK_PROBLEMS)
