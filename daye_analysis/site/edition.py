"""One edition of the site: a package as of a day, and what all its pages draw on, worked out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from daye_analysis.bilingual import Language
from daye_analysis.charts.cards import shown_figures
from daye_analysis.charts.labels import target_names
from daye_analysis.package.definition import Metadata
from daye_analysis.package.list_order import in_list_order
from daye_analysis.package.named_bodies import named_bodies
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.package.request.wanted import Wanted, wanted
from daye_analysis.site.content import Kind, Link
from daye_analysis.site.history import Change
from daye_analysis.views.package import Package
from daye_analysis.views.view import View

LANGUAGES: tuple[Language, Language] = ("zh", "en")
# The table behind each kind of page, and its key.
TABLE_OF: Mapping[Kind, tuple[str, str]] = {
    "target": ("targets", "target_id"),
    "action": ("actions", "action_id"),
    "cluster": ("clusters", "cluster_id"),
    "unit": ("units", "unit_id"),
    "area": ("areas", "area_id"),
    "indicator": ("indicators", "indicator_id"),
    "source": ("sources", "source_id"),
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site that is not a page: its path below the edition's root, bytes and SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """A published report that the site carries a copy of."""

    notebook: str
    title: str
    language: Language
    as_of: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that an earlier release listed and this one does not."""

    kind: Kind
    id: str
    name_zh: str
    name_en: str
    release: str


@dataclass(frozen=True)
class Edition:
    """What all pages of one edition draw on.

    Attributes
    ----------
    view
        The package as of the site's day.
    metadata
        What describes the package as a whole.
    base
        The public address of the site's root, with a slash at its end; empty where it is not known.
    prefix
        Where the edition lies below the site's root: empty, or `release/1.0.1/` for a frozen copy.
    later
        The version that has replaced this edition; empty for the newest.
    changes
        What has changed, the newest first.
    releases
        The versions of which the site holds a frozen copy, the newest first.
    gone
        What earlier releases listed and this one does not.
    downloads, reports
        The files and reports that the edition offers.
    lab
        The notebooks that can be run in the browser; empty where the site has no lab.
    lab_size
        The bytes that the lab may load.
    """

    view: View
    metadata: Metadata
    base: str = ""
    prefix: str = ""
    later: str = ""
    changes: tuple[Change, ...] = ()
    releases: tuple[str, ...] = ()
    gone: tuple[Gone, ...] = ()
    downloads: tuple[Download, ...] = ()
    reports: tuple[Report, ...] = field(default=())
    lab: tuple[str, ...] = ()
    lab_size: int = 0

    @property
    def package(self) -> Package:
        """Return the package, uncut."""
        return self.view.package

    @property
    def day(self) -> dt.date:
        """Return the day up to which figures count as known."""
        return self.view.day

    def absolute(self, path: str) -> str:
        """Return the public address of a path of this edition; empty where the site's own is not known."""
        return f"{self.base}{self.prefix}{path}" if self.base else ""

    @cached_property
    def judged(self) -> Mapping[str, Record]:
        """Return each target's assessment, in the list's order."""
        return {
            str(row["target_id"]): row for row in records(in_list_order(self.package, self.view.assess()))
        }

    @cached_property
    def names(self) -> Mapping[Language, Mapping[str, str]]:
        """Return the targets' names in each language."""
        return {language: target_names(self.package, language) for language in LANGUAGES}

    @cached_property
    def shown(self) -> Mapping[str, list[Record]]:
        """Return the figures that a target's page shows, the deciding ones first, the newest first."""
        return records_by(shown_figures(self.view), "target_id")

    @cached_property
    def uses(self) -> Mapping[str, list[tuple[str, str, str]]]:
        """Return of each observation the targets that it says something of: target, role, reason."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for row in records(self.view.evidence()[["observation_id", "target_id", "role", "reason"]]):
            found.setdefault(str(row["observation_id"]), []).append(
                (str(row["target_id"]), str(row["role"]), str(row["reason"]))
            )
        return found

    @cached_property
    def observations(self) -> Sequence[Record]:
        """Return the known observations, by indicator, the newest first."""
        rows = self.view.observations
        return records(
            rows.sort_values(["indicator_id", "period_end", "observation_id"], ascending=[True, False, True])
        )

    def observations_by(self, column: str) -> Mapping[str, list[Record]]:
        """Return the known observations of each value of a column, in the order of `observations`."""
        if column not in self._by:
            for row in self.observations:
                self._by.setdefault(column, {}).setdefault(str(row[column]), []).append(row)
        return self._by.get(column, {})

    @cached_property
    def _by(self) -> dict[str, dict[str, list[Record]]]:
        return {}

    @cached_property
    def wanted(self) -> Sequence[Wanted]:
        """Return the figures of whose period no figure decides, by task and leading body."""
        return wanted(self.view)

    @cached_property
    def targets_of_task(self) -> Mapping[str, list[str]]:
        """Return the targets of each task in the list's order."""
        found: dict[str, list[str]] = {}
        for target_id in self.judged:
            found.setdefault(str(self.package.record("targets", target_id)["task_id"]), []).append(target_id)
        return found

    @cached_property
    def tasks_of_action(self) -> Mapping[str, list[str]]:
        """Return the tasks of each action in the list's order."""
        found: dict[str, list[str]] = {
            str(each): [] for each in self.package.actions.sort_values("position")["action_id"]
        }
        for row in records(self.package.tasks.sort_values("position")):
            found[str(row["action_id"])].append(str(row["task_id"]))
        return found

    def ids(self, kind: Kind) -> list[str]:
        """Return the identifiers of a kind of page: targets and actions in the list's order, others as in their tables."""
        if kind == "target":
            return list(self.judged)
        if kind == "action":
            return list(self.tasks_of_action)
        table, key = TABLE_OF[kind]
        rows = getattr(self.package, table)
        rows = rows.sort_values("position") if "position" in rows.columns else rows
        return [str(each) for each in rows[key]]

    def name(self, kind: Kind, identifier: object, language: Language) -> str:
        """Return the name of something in words; a source's title is in the language of the source."""
        if kind == "target":
            return self.names[language][str(identifier)]
        row: Mapping[str, Any] = self.package.record(TABLE_OF[kind][0], identifier)
        return str(row["title"] if kind == "source" else row[f"name_{language}"])

    def link(self, kind: Kind, identifier: object, language: Language, words: str = "") -> Link:
        """Return a link to the page of something, in its own name unless other words are given."""
        return Link(words or self.name(kind, identifier, language), f"{language}/{kind}/{identifier}/")

    def bodies(self, task_id: str, role: str, language: Language) -> list[Link]:
        """Return links to the bodies that a task names in a role, in the list's order."""
        return [self.link("unit", body, language) for body in named_bodies(self.package, task_id, role)]

    def unit(self, unit_code: object, language: Language) -> str:
        """Return the label of a measurement unit."""
        return str(self.package.record("measurement_units", unit_code)[f"label_{language}"])


def iso(day: object) -> str:
    """Return a day as ISO text; empty for none."""
    return (
        pd.Timestamp(day).date().isoformat()
        if isinstance(day, dt.date | pd.Timestamp) and not pd.isna(day)
        else ""
    )
