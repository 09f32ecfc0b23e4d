"""The tables that judgement reads: anything with these attributes will do, a package or a test's own frames."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem, WrongUsage

Question = TypeVar("Question", bound=Callable[..., Any])


class Tables(Protocol):
    """The part of a package that judgement needs; columns as in the tables' definition."""

    @property
    def areas(self) -> pd.DataFrame:
        """Return the places, each with the place that contains it."""

    @property
    def indicators(self) -> pd.DataFrame:
        """Return what is counted, with its kind of quantity and direction."""

    @property
    def plans(self) -> pd.DataFrame:
        """Return the plans, with area, start and due date."""

    @property
    def targets(self) -> pd.DataFrame:
        """Return the targets."""

    @property
    def measurement_units(self) -> pd.DataFrame:
        """Return the units of measure, each with base unit and power of ten."""

    @property
    def sources(self) -> pd.DataFrame:
        """Return the sources, with the day from which each could be known."""

    @property
    def observations(self) -> pd.DataFrame:
        """Return the figures."""

    @property
    def compiled_on(self) -> str | datetime.date:
        """Return the day of compilation: from it on, undated sources count as known."""

    @property
    def assumed(self) -> frozenset[str]:
        """Return the identifiers of the observations that a researcher only assumed."""


def as_day(day: str | datetime.date) -> pd.Timestamp:
    """Return `day` as a timestamp at midnight without a zone; WrongUsage (progress.not-a-day) for what is no day."""
    try:
        return pd.Timestamp(day).normalize().tz_localize(None)
    except (ValueError, TypeError, AttributeError) as error:
        raise WrongUsage(
            Problem(
                "progress.not-a-day",
                Text(f"“{day}”不是日期。", f"'{day}' is no day."),
                "as_of",
                Text("写作 2026-11-25。", "Write it as 2026-11-25."),
            )
        ) from error


def remembered(question: Question) -> Question:
    """Have a question about a package as of a day answered once; tables of another kind may change and are asked anew.

    A table is handed out as a copy of its own, made when it is written to (pandas' copy on write).
    """

    @functools.wraps(question)
    def answer(tables: Tables, as_of: str | datetime.date, *more: Any, **named: Any) -> Any:
        answers: dict[tuple[object, ...], Any] | None = getattr(tables, "answers", None)
        if answers is None:
            return question(tables, as_of, *more, **named)
        key = (question.__module__, question.__qualname__, as_day(as_of), more, tuple(sorted(named.items())))
        if key not in answers:
            answers[key] = question(tables, as_of, *more, **named)
        found = answers[key]
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

    return cast("Question", answer)


