"""The imprint of a report: place and plan, data, licence, and run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imprint:
    """The identity of a report, in the report's language; what is not known is empty.

    Attributes
    ----------
    place
        The area of the plan.
    plan
        The plan's title.
    publisher
        The body that answers for the data package.
    package
        The data package's title.
    version
        Its name and version.
    licence
        Under which it may be used.
    cite
        One line with which to cite it.
    address
        Where it is published.
    run
        The hash of the run that made the report.
    """

    place: str = ""
    plan: str = ""
    publisher: str = ""
    package: str = ""
    version: str = ""
    licence: str = ""
    cite: str = ""
    address: str = ""
    run: str = ""
