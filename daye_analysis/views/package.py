"""A package as users see it: its tables, what was known on a day, and assumptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from daye_analysis.package.assumption import with_assumption
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.view import day_of
from daye_analysis.session import language_of
from daye_analysis.views.dictionary import describe
from daye_analysis.views.lookup import find, search
from daye_analysis.views.target import Target
from daye_analysis.views.view import View

if TYPE_CHECKING:
    import frictionless


# Attributes for internal look-ups, hidden from users.
_OWN: Final = frozenset({"cache", "record", "target_row", "target_id", "tables", "known_until"})


@dataclass(frozen=True, repr=False)
class Package(PackageTables):
    """The tables of one package (see `PackageTables`); what `load` returns.

    `as_of` gives what was known on a day, and everything that follows from it.

    Examples
    --------
    >>> import daye_analysis
    >>> data = daye_analysis.load()
    >>> len(data.targets)
    39
    >>> data.as_of("2026-11-29").figures("T08", language="en")[["figure", "role_label"]].iloc[-1].tolist()
    ['27 platforms', 'context']
    """

    def as_of(self, day: str | dt.date | None = None) -> View:
        """Return the package as it could be known on a day.

        Parameters
        ----------
        day
            A date or its text, year first (2026-11-29, 2026年11月29日); today where not given.

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
        if key not in self.cache:
            self.cache[key] = View(self, on)
        found: View = self.cache[key]
        return found

    def target(self, target: str) -> Target:
        """Return one target with all that the package holds of it.

        Parameters
        ----------
        target
            Its identifier, its name in either language, or a task that sets only one (T10).

        Raises
        ------
        WrongUsage
            package.unknown-target or selection.ambiguous, with the nearest names.

        Examples
        --------
        >>> import daye_analysis
        >>> data = daye_analysis.load()
        >>> {data.target(each).target_id for each in ("省级以上创新创业平台数", "T08")}
        {'innovation_platforms'}
        """
        return self.as_of(self.known_until).target(target)

    def target_id(self, wanted: str) -> str:
        """Return the identifier of a target; raises as `target`."""
        return find(self, "target", wanted)

    def search(self, text: str, language: str | None = None) -> pd.DataFrame:
        """Return the targets, bodies, places, indicators, clusters, actions and sources in which all words of `text` occur.

        Parameters
        ----------
        text
            Words in either language, or parts of them.
        language
            Of what is shown: `zh` or `en`; the session's where not given.

        Returns
        -------
        pandas.DataFrame
            kind, id, name, and text: the official wording, the definition or the publisher.

        Examples
        --------
        >>> import daye_analysis
        >>> found = daye_analysis.load().search("高新", "en")
        >>> found[found["kind"] == "body"]["name"].tolist()
        ['High-tech Zone']
        """
        return search(self, text, language_of(language))

    def describe(self, table: str = "", field: str = "", language: str | None = None) -> pd.DataFrame:
        """Return what the tables hold; of one table, what its columns mean; of a coded column, what its codes mean.

        Parameters
        ----------
        table
            A table of the package (targets), one that the library makes (assessments, figures_wanted, evidence) or one
            that a view gives (view.targets, view.figures, view.series, view.ambition); empty: all of them.
        field
            A column of the table.
        language
            `zh` or `en`; the session's where not given.

        Raises
        ------
        WrongUsage
            selection.unknown for a table, package.unknown-field for a column that does not exist.

        Examples
        --------
        >>> import daye_analysis
        >>> data = daye_analysis.load()
        >>> data.describe("targets", "scope", "en")["label"].tolist()
        ['by the deadline', 'sustained', 'annual', 'cumulative']
        """
        return describe(language_of(language), table, field)

    def with_figures(self, source: Mapping[str, object], figures: Sequence[Mapping[str, object]] | pd.DataFrame) -> Package:
        """Return a copy that holds one more source and figures read in it, checked as published ones are.

        This is a trial in memory: to keep them, put the same rows into `data/source/` and run `daye build`.

        Parameters
        ----------
        source
            Cells of the table `sources` by field; of `source_id` alone, a source that is there already.
        figures
            Cells of the table `observations` by field, one mapping a figure or a DataFrame; indicators and areas by identifier or
            name. What is left out is that of an exact outturn of the same concept for the plan's area, in the indicator's unit.

        Raises
        ------
        CheckFailed
            With everything that `daye validate` would find.
        WrongUsage
            package.unknown-field, package.no-row.
        NotReadable
            Where the package's files are gone.

        Examples
        --------
        >>> import daye_analysis
        >>> data = daye_analysis.load()
        >>> source = {"source_id": "my-page", "title": "示例", "publisher": "示例", "kind": "other", "tier": "media",
        ...           "known_on": "2026-02-01", "url": "https://example.org/my-page"}
        >>> more = data.with_figures(source, [{"indicator_id": "high_tech_enterprises", "value": 451, "period_end": "2026-01-31"}])
        >>> more.as_of("2026-11-29").targets(target="高新技术企业数", language="en")["known"].item()
        '451 firms (end of January 2026)'
        """
        from daye_analysis.views.added_observations import with_figures

        return with_figures(self, source, figures)

    def assume(
        self,
        indicator_id: str,
        value: float,
        period_end: str | dt.date,
        period_start: str | dt.date = "",
        plan_id: str = "",
    ) -> Package:
        """Return a copy that holds one assumed figure for the plan's area beside the evidence.

        The figure carries source `assumption` and its identifier is in `assumed`, so that whatever rests on it says so. This
        package stays as it was.

        Parameters
        ----------
        indicator_id
            The indicator, by identifier or name.
        value
            In the indicator's own unit.
        period_end, period_start
            ISO text or dates; a flow needs `period_start`, a level takes none.
        plan_id
            The plan, where several have targets of the indicator.

        Raises
        ------
        WrongUsage
            selection.unknown, with the nearest indicators; package.unknown-plan or package.ambiguous-plan; package.assumption-unusable, for a
            figure that no target could use.
        CheckFailed
            package.bad-assumption, for a value or date that cannot be.

        Examples
        --------
        >>> import daye_analysis
        >>> data = daye_analysis.load()
        >>> assumed = data.assume("cluster_nev_icv", 500, "2025-12-31", "2025-01-01")
        >>> assumed.as_of("2026-11-29").changes_since(data.as_of("2026-11-29"))["target_id"].tolist()
        ['cluster_nev_icv']
        """
        return with_assumption(self, find(self, "indicator", indicator_id), value, period_end, period_start, plan_id)

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
        >>> import daye_analysis
        >>> daye_analysis.load().to_frictionless().get_resource("targets").read_rows()[0]["target_id"]
        'base_stations_5g'
        """
        from daye_analysis.package.frictionless.package import frictionless_package

        return frictionless_package(self)

    def __dir__(self) -> list[str]:
        """Return what a researcher uses: the tables and what can be asked, without what the library keeps for itself."""
        return [name for name in super().__dir__() if name not in _OWN and not name.startswith("_")]
