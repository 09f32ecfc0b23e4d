"""A package as of a day: what was known, what follows, and how reliable it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from daye_analysis.accountability import figures_wanted
from daye_analysis.package.evidence.target_evidence import evidence, judged_evidence, timelines
from daye_analysis.package.evidence.timeline import Timeline
from daye_analysis.package.view import PackageView
from daye_analysis.progress.assess import assess, assess_target, verdicts
from daye_analysis.progress.attainment.verdict import Verdict
from daye_analysis.progress.forecast.backtest import Backtest
from daye_analysis.progress.forecast.history import backtest
from daye_analysis.progress.movement import what_moved
from daye_analysis.progress.published_methods.comparison import compare_methods
from daye_analysis.progress.published_methods.trends import compare_trends
from daye_analysis.progress.reference_class import growths_ever
from daye_analysis.session import language_of
from daye_analysis.views.citation import Citation, cite
from daye_analysis.views.lookup import find
from daye_analysis.views.selection import choose_targets, evidence_class, roles_called
from daye_analysis.views.series import ambition_table, series_table
from daye_analysis.views.target import Target
from daye_analysis.views.tidy import figures_table, targets_table

if TYPE_CHECKING:
    from daye_analysis.views.package import Package


@dataclass(frozen=True, repr=False)
class View(PackageView):
    """A package as it could be known on one day; what `Package.as_of` returns.

    Everything that was not published by `day` is left out, in every answer. A view never changes: an assumption makes
    another package, and so another view. Names may be given in either language, whole or short, or as identifiers.

    Attributes
    ----------
    package : Package
        The package, uncut.
    day : datetime.date
        The day of judgement.

    Examples
    --------
    >>> import daye_analysis
    >>> view = daye_analysis.load().as_of("2026-11-29")
    >>> view.targets(lead="市科技局", language="en")[["target_id", "asked"]].head(1)
                  target_id           asked
    0  innovation_platforms  > 90 platforms
    """

    package: Package

    def targets(
        self,
        target: str = "",
        *,
        lead: str = "",
        body: str = "",
        cluster: str = "",
        action: str = "",
        evidence: str = "",
        language: str | None = None,
    ) -> pd.DataFrame:
        """Return one row a target: what is asked, the latest comparable figure or bounds, the verdict, and who leads.

        Aims, forecasts, percentages and figures of other concepts are never shown as results; `figures` lists them.

        Parameters
        ----------
        target, cluster, action
            Only these, by identifier or name; `target` may also be a task, such as T10.
        lead
            Only targets whose task this body leads.
        body
            Only targets whose task this body leads or takes part in.
        evidence
            Only targets of which so much is known: comparable, bounds_only, related_only or nothing.
        language
            `zh` or `en`; the session's where not given.

        Returns
        -------
        pandas.DataFrame
            In the list's order; `Package.describe("view.targets")` explains the columns.

        Raises
        ------
        WrongUsage
            selection.unknown, package.unknown-target or selection.ambiguous, with the nearest names.

        Examples
        --------
        >>> import daye_analysis
        >>> view = daye_analysis.load().as_of("2026-11-29")
        >>> view.targets(cluster="nev_icv", language="en")["known"].item()
        'more than CNY 15 billion (2025); at most CNY 31.508 billion (2025)'
        """
        chosen = choose_targets(self.package, target=target, lead=lead, body=body, cluster=cluster, action=action)
        rows = targets_table(self, language_of(language), chosen)
        wanted = evidence_class(evidence)
        return rows[rows["evidence_class"] == wanted].reset_index(drop=True) if wanted else rows

    def figures(
        self,
        target: str = "",
        *,
        indicator: str = "",
        area: str = "",
        lead: str = "",
        body: str = "",
        cluster: str = "",
        action: str = "",
        role: str = "",
        language: str | None = None,
    ) -> pd.DataFrame:
        """Return one row an observation: its value, what it is for which target and why, and its source.

        Only rows whose `role` is `decides` may be set beside their target; one that bounds says less or more, and context
        neither. `statement` distinguishes outturns from targets, `measure` amounts from growth and shares.

        Parameters
        ----------
        target, lead, body, cluster, action
            Only figures relevant to these targets; see `targets`.
        indicator, area
            Only figures of this indicator, about this place.
        role
            Only figures that decide, that bound, or that only inform: decides, bounds or context.
        language
            `zh` or `en`; the session's where not given.

        Returns
        -------
        pandas.DataFrame
            `Package.describe("view.figures")` explains the columns.

        Raises
        ------
        WrongUsage
            As `targets`.

        Examples
        --------
        >>> import daye_analysis
        >>> view = daye_analysis.load().as_of("2026-11-29")
        >>> view.figures("high_tech_enterprises", role="decides", language="en")[["period", "figure"]].tail(1).to_dict("records")
        [{'period': 'end of 2025', 'figure': '423 firms'}]
        """
        narrowed = any((target, lead, body, cluster, action))
        chosen = choose_targets(self.package, target=target, lead=lead, body=body, cluster=cluster, action=action)
        return figures_table(
            self,
            language_of(language),
            targets=chosen if narrowed else None,
            indicator=find(self.package, "indicator", indicator) if indicator else "",
            area=find(self.package, "area", area) if area else "",
            roles=roles_called(role) if role else (),
        )

    def series(
        self, indicator: str, areas: Collection[str] = (), *, everything: bool = False, language: str | None = None
    ) -> pd.DataFrame:
        """Return an indicator over places and years, in one unit: only figures that compare with each other.

        Outturns of the same concept and measure, exact or about, at a day or over a whole calendar year; where several
        figures of a place and day disagree, none. `series` names the line that a figure belongs to.

        Parameters
        ----------
        indicator, areas
            By identifier or name; all places where none is given.
        everything
            Also what does not compare: `comparable` is then False, and `remark` says why.
        language
            `zh` or `en`; the session's where not given.

        Returns
        -------
        pandas.DataFrame
            By place and period; `Package.describe("view.series")` explains the columns. `growth` is a share a year.

        Raises
        ------
        WrongUsage
            selection.unknown or selection.ambiguous, with the nearest names.

        Examples
        --------
        >>> import daye_analysis
        >>> view = daye_analysis.load().as_of("2026-11-29")
        >>> view.series("high_tech_enterprises", ["大冶市"], language="en")["value"].tolist()[-2:]
        [112.0, 423.0]
        """
        places = {find(self.package, "area", each) for each in ([areas] if isinstance(areas, str) else areas)}
        return series_table(self, language_of(language), find(self.package, "indicator", indicator), places, everything=everything)

    def ambition(self, area: str = "", *, language: str | None = None) -> pd.DataFrame:
        """Return each target beside the latest figure and aim of areas above the plan's and of its neighbours.

        All are in the target's unit. A broader concept, or someone's aim, is marked as one; where `is_share` is false, the
        ratio only compares.

        Parameters
        ----------
        area
            Only this one, by identifier, name or GB/T 2260 code.
        language
            `zh` or `en`; the session's where not given.

        Returns
        -------
        pandas.DataFrame
            In the list's order; `Package.describe("view.ambition")` explains the columns.

        Raises
        ------
        WrongUsage
            selection.unknown or selection.ambiguous, with the nearest names.
        """
        return ambition_table(self, language_of(language), find(self.package, "area", area) if area else "")

    def figures_wanted(self, body: str = "") -> pd.DataFrame:
        """Return the figures that were not found and who may hold them, in the list's order; of one body where it is given.

        Returns
        -------
        pandas.DataFrame
            `Package.describe("figures_wanted")` explains the columns.
        """
        rows = figures_wanted(self)
        return rows[rows["unit_id"] == find(self.package, "body", body)].reset_index(drop=True) if body else rows

    def cite(self, key: str = "") -> Citation:
        """Return how to cite a figure, a source or a target; without a key, the package.

        Parameters
        ----------
        key
            An observation_id, source_id or target_id, or a target's name.

        Raises
        ------
        WrongUsage
            cite.not-yet-known; cite.unknown, with the nearest names.

        Examples
        --------
        >>> import daye_analysis
        >>> view = daye_analysis.load().as_of("2026-11-29")
        >>> view.cite("o0068").text.en.split(". ")[0]
        'Daye, High-tech enterprises, end of 2025: 423 firms'
        """
        return cite(self, key)

    def changes_since(self, before: View | str | dt.date) -> pd.DataFrame:
        """Return the targets of which something else is said than in `before`: an earlier day, or without an assumption.

        Parameters
        ----------
        before
            A view, or a day of the same package.

        Returns
        -------
        pandas.DataFrame
            plan_id, target_id, `moved` (what changed) and each column of `assess` that did, with the endings _before and _after.
        """
        earlier = before if isinstance(before, View) else self.package.as_of(before)
        return what_moved(earlier.assess(), self.assess())

    def evidence(self) -> pd.DataFrame:
        """Return what each known observation says of each target, as the evidence rule's own table; see `figures`."""
        return evidence(self)

    def timeline(self, target_id: str) -> Timeline:
        """Return what is known of a target by date, and what that settles from when; empty where nothing is."""
        return timelines(self).get(self.package.target_id(target_id), Timeline())

    def assess(self) -> pd.DataFrame:
        """Return one assessment for each target; `Package.describe("assessments")` explains the columns."""
        return assess(self)

    def verdict(self, target_id: str) -> Verdict:
        """Return what a target's time line says: the date that decides, and a later one that settles nothing.

        Raises
        ------
        WrongUsage
            package.unknown-target; progress.unknown-target, where its plan had not been published by then.
        """
        found = self.package.target_id(target_id)
        assess_target(self, found)
        return verdicts(self)[found]

    def evidence_of(self, target_id: str) -> Sequence[Mapping[str, Any]]:
        """Return the rows of `evidence` for one target as mappings, by end of period."""
        return judged_evidence(self).rows.get(self.package.target_id(target_id), ())

    def target(self, target: str) -> Target:
        """Return one target as of the day, by identifier, name, or a task that sets only one.

        Raises
        ------
        WrongUsage
            package.unknown-target or selection.ambiguous, with the nearest names.
        """
        return Target(self, self.package.target_id(target))

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
