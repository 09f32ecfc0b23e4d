"""A package as of a day: what was known, what follows, and how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from daye_analysis.package.evidence.target_evidence import evidence, judged_evidence, timelines
from daye_analysis.package.evidence.timeline import Timeline
from daye_analysis.package.view import PackageView
from daye_analysis.progress.assess import assess, assess_target, verdicts
from daye_analysis.progress.attainment.verdict import Verdict
from daye_analysis.progress.forecast.backtest import Backtest
from daye_analysis.progress.forecast.history import backtest
from daye_analysis.progress.published_methods.comparison import compare_methods
from daye_analysis.progress.published_methods.trends import compare_trends
from daye_analysis.progress.reference_class import growths_ever
from daye_analysis.views.target import Target

if TYPE_CHECKING:
    from daye_analysis.views.package import Package


@dataclass(frozen=True, repr=False)
class View(PackageView):
    """A package as it could be known on one day; what `Package.as_of` returns.

    Everything that was not published by `day` is left out, in every answer. A view never changes: an assumption makes
    another package, and so another view.

    Attributes
    ----------
    package : Package
        The package, uncut.
    day : datetime.date
        The day of judgement.
    """

    package: Package

    def figures(self) -> pd.DataFrame:
        """Return what each known observation says of each target; columns as in `evidence.evidence`."""
        return evidence(self)

    def timeline(self, target_id: str) -> Timeline:
        """Return what is known of a target by date, and what that settles from when; empty where nothing is."""
        self.package.target_id(target_id)
        return timelines(self).get(target_id, Timeline())

    def assess(self) -> pd.DataFrame:
        """Return one assessment for each target; columns as the fields of `Assessment`."""
        return assess(self)

    def verdict(self, target_id: str) -> Verdict:
        """Return what a target's time line says: the date that decides, and a later one that settles nothing.

        Raises
        ------
        WrongUsage
            package.unknown-target; progress.unknown-target, where its plan had not been published by then.
        """
        self.package.target_id(target_id)
        assess_target(self, target_id)
        return verdicts(self)[target_id]

    def figures_of(self, target_id: str) -> Sequence[Mapping[str, Any]]:
        """Return the rows of `figures` for one target as mappings, by end of period."""
        return judged_evidence(self).rows.get(self.package.target_id(target_id), ())

    def target(self, target_id: str) -> Target:
        """Return one target as of the day.

        Raises
        ------
        WrongUsage
            package.unknown-target, with the nearest names.
        """
        return Target(self, self.package.target_id(target_id))

    def backtest(self, frozen_by: Literal["publication", "period"] = "publication") -> Backtest:
        """Return how good past forecasts would have been; while it fails, no report shows a probability."""
        return backtest(self, frozen_by)

    def compare_methods(self) -> pd.DataFrame:
        """Return what each published method says of the targets that can be assessed."""
        return compare_methods(self)

    def compare_trends(self) -> pd.DataFrame:
        """Return what each published method says of the trend of series for which no target is set."""
        return compare_trends(self)

    def growths_ever(self) -> pd.DataFrame:
        """Return every growth that the reference classes have shown."""
        return growths_ever(self)

    def __repr__(self) -> str:
        """Return the package, the day and how many observations were known."""
        return f"<View of {self.package.name} {self.package.version} as of {self.day}: {len(self.observations)} observations known>"
