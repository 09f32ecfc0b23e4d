"""What has changed: between releases, between the reports that were published, and before these from day to day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from daye_analysis.package.records import Record, records
from daye_analysis.progress.movement import what_moved
from daye_analysis.views.package import Package
from daye_analysis.views.view import View


@dataclass(frozen=True, slots=True)
class Judged:
    """What was published of all targets on a day: the assessments of that day's reports."""

    day: dt.date
    assessments: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Change:
    """What is said otherwise of one target.

    Attributes
    ----------
    day
        From when on.
    target_id
        The target.
    kinds
        What changed, as keys of `movement.MOVED_TEXT`.
    before, after
        Its assessment then and now; None where it was not, or is no longer, listed.
    release
        The version with which the data changed; empty where a figure became known, or time passed.
    since
        The day of the reports with which those of `day` are compared; None where it is no such comparison.
    undated
        Whether it rests on figures whose pages bear no date: they count as known from the day of compilation.
    """

    day: dt.date
    target_id: str
    kinds: tuple[str, ...]
    before: Record | None
    after: Record | None
    release: str = ""
    undated: bool = False
    since: dt.date | None = None


def changes(view: View, earlier: Sequence[Package], reports: Sequence[Judged] = ()) -> tuple[Change, ...]:
    """Return all changes up to the view's day, the newest first.

    Parameters
    ----------
    view
        The package as of the site's day.
    earlier
        The releases before it, the oldest first.
    reports
        What the reports published of it judged, the oldest first. From the first of them on, what changed is what they
        say otherwise than the reports before them, and last what the package says otherwise now.
    """
    told = [each for each in reports if each.day <= view.day]
    found = [
        *_from_day_to_day(view, told[0].day if told else view.day),
        *_between_reports(view, told),
        *_between_releases(view, earlier),
    ]
    return tuple(sorted(found, key=lambda each: (each.day, bool(each.release), bool(each.since)), reverse=True))


def _between_reports(view: View, reports: Sequence[Judged]) -> Iterator[Change]:
    """Yield what each day's reports say otherwise than those before them, and the package now otherwise than the last."""
    for before, after in pairwise(reports):
        for change in _moved(before.assessments, after.assessments, after.day):
            yield replace(change, since=before.day)
    if reports:
        yield from _moved(reports[-1].assessments, view.assess(), view.day)


def _from_day_to_day(view: View, last: dt.date) -> Iterator[Change]:
    """Yield what changed from one day that matters to the next up to `last`, with the package as it is today."""
    published = view.package.plans["published"].min()
    if pd.isna(published) or published.date() > last:
        return
    evidence = view.evidence()
    undated = _undated(view)
    days = [published.date(), *(day for day in _days_that_matter(view, evidence, published) if day < last), last]
    views = [view.package.as_of(day) if day != view.day else view for day in dict.fromkeys(days)]
    for before, after in pairwise(views):
        for change in _moved(before.assess(), after.assess(), after.day):
            known = evidence[
                (evidence["target_id"] == change.target_id) & (evidence["known_on"] > before.timestamp)
            ]
            known = known[known["known_on"] <= after.timestamp]
            if change.kinds == ("evidence",) and not known.empty:
                # Figures that neither decide nor bound are of days of their own.
                known = known[known["known_on"] == known["known_on"].min()]
            day = (
                known["known_on"].max().date()
                if change.kinds == ("evidence",) and not known.empty
                else after.day
            )
            rests_on_undated = not known.empty and bool(known["source_id"].isin(undated).all())
            yield Change(
                day, change.target_id, change.kinds, change.before, change.after, undated=rests_on_undated
            )


def _days_that_matter(view: View, evidence: pd.DataFrame, published: pd.Timestamp) -> list[dt.date]:
    """Return, ascending, the days on which a figure that decides or bounds became known, and those after due dates."""
    counted = evidence.loc[(evidence["role"] != "context") & (evidence["known_on"] > published), "known_on"]
    due = view.package.targets["due"] + pd.Timedelta(days=1)
    days = {day.date() for day in (*counted, *due[due > published])}
    return sorted(day for day in days if day < view.day)


def _undated(view: View) -> frozenset[str]:
    sources = view.package.sources
    return frozenset(sources.loc[sources["known_on"].isna(), "source_id"].astype(str))


def _between_releases(view: View, earlier: Sequence[Package]) -> Iterator[Change]:
    """Yield what each release says otherwise than the one before it, both as of the day of their own compilation."""
    views = [package.as_of(package.compiled_on) for package in earlier]
    for before, after in pairwise([*views, view]):
        if before.day <= after.day:
            for change in _moved(before.assess(), after.assess(), after.day):
                yield Change(
                    after.package.compiled_on,
                    change.target_id,
                    change.kinds,
                    change.before,
                    change.after,
                    after.package.version,
                )


def _moved(before: pd.DataFrame, after: pd.DataFrame, day: dt.date) -> Iterator[Change]:
    old, new = (_by_target(each) for each in (before, after))
    for row in records(what_moved(before, after)):
        target_id = str(row["target_id"])
        yield Change(day, target_id, tuple(str(row["moved"]).split()), old.get(target_id), new.get(target_id))


def _by_target(assessments: pd.DataFrame) -> Mapping[str, Record]:
    return {str(row["target_id"]): row for row in records(assessments)}
