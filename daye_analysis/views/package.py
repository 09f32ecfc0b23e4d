"""A package as its users meet it: its tables, what was known on a day, and room for an assumption."""

from __future__ import annotations

import datetime as dt
import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from daye_analysis.errors import WrongUsage
from daye_analysis.package.assumption import with_assumption
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.view import day_of
from daye_analysis.problem_messages import worded
from daye_analysis.views.problems import VIEW_PROBLEMS
from daye_analysis.views.target import Target
from daye_analysis.views.view import View

if TYPE_CHECKING:
    import frictionless


@dataclass(frozen=True, repr=False)
class Package(PackageTables):
    """The tables of one package (see `PackageTables`); what `load` returns.

    `as_of` gives what was known on a day, and everything that follows from it.
    """

    def as_of(self, day: str | dt.date | None = None) -> View:
        """Return the package as it could be known on a day.

        Parameters
        ----------
        day
            ISO text or a date; today where not given.

        Raises
        ------
        WrongUsage
            package.not-a-day.

        Examples
        --------
        >>> import daye_analysis
        >>> view = daye_analysis.load().as_of("2026-11-29")
        >>> view.target("high_tech_enterprises").assessment.settled
        'not_met'
        """
        on = day_of(day) if day else dt.date.today()
        key = ("as_of", on)
        if key not in self.answers:
            self.answers[key] = View(self, on)
        found: View = self.answers[key]
        return found

    def target(self, target_id: str) -> Target:
        """Return one target with all that the package holds of it.

        Raises
        ------
        WrongUsage
            package.unknown-target, with the nearest names.
        """
        return self.as_of(self.known_until).target(target_id)

    def target_id(self, wanted: str) -> str:
        """Return the identifier of a target; WrongUsage, with the nearest names, where there is none."""
        known = list(self.targets["target_id"])
        if wanted not in known:
            near = difflib.get_close_matches(str(wanted), known, n=3) or ["data.targets"]
            raise WrongUsage(
                worded(VIEW_PROBLEMS, "package.unknown-target", "target_id", target=wanted, nearest=tuple(near))
            )
        return wanted

    def assume(
        self,
        indicator_id: str,
        value: float,
        period_end: str | dt.date,
        period_start: str | dt.date = "",
        plan_id: str = "",
    ) -> Package:
        """Return a copy that holds one assumed figure for the plan's area beside the evidence.

        `value` is in the indicator's own unit; dates are ISO text or dates; a flow needs `period_start`, a level takes none. The plan
        is the one whose targets use the indicator; `plan_id` names it where there are several. A cumulative reduction
        is one since the plan's start. The figure carries source `assumption` and is in
        `assumed`, so that everything that rests on it can say so. This package stays as it was. Raises WrongUsage
        for an unknown indicator or plan, an ambiguous plan (package.ambiguous-plan) or a figure that judgement could
        not use (package.assumption-unusable), CheckFailed for a value or date that cannot be.
        """
        return with_assumption(self, indicator_id, value, period_end, period_start, plan_id)

    def to_frictionless(self) -> frictionless.Package:
        """Return this package as frictionless's own Package: schema and rows of every table, in memory.

        What was assumed (`assume`) is among the rows; the official text, which no table holds, is left out. Numbers,
        dates and missing cells come out as the schema's types: Decimal, date, None.

        Returns
        -------
        frictionless.Package
            One inline resource for each table, in the order of the definition.

        Examples
        --------
        >>> daye_analysis.load().to_frictionless().get_resource("targets").read_rows()[0]["target_id"]
        """
        from daye_analysis.package.frictionless.package import frictionless_package

        return frictionless_package(self)
