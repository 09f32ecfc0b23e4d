"""All tables of a package, in the order in which a reader meets them."""

from __future__ import annotations

from daye_analysis.package.definition import evidence_tables, official_list
from daye_analysis.package.definition.model import Table

TABLES: tuple[Table, ...] = (
    official_list.ACTIONS,
    official_list.TASKS,
    official_list.UNITS,
    official_list.UNIT_ALIASES,
    official_list.RESPONSIBILITIES,
    official_list.CLUSTERS,
    evidence_tables.INDICATORS,
    official_list.PLANS,
    official_list.TARGETS,
    evidence_tables.MEASUREMENT_UNITS,
    evidence_tables.AREAS,
    evidence_tables.SOURCES,
    evidence_tables.OBSERVATIONS,
)


def table(name: str) -> Table:
    """Return the table called `name`; KeyError if there is none."""
    return {each.name: each for each in TABLES}[name]
