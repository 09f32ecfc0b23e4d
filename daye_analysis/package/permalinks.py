"""Permanent addresses of the entries of a package on its public site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd

from daye_analysis.bilingual import Language
from daye_analysis.package.package_tables import PackageTables

Page = Literal["action", "area", "cluster", "indicator", "source", "unit"]


def target_link(package: PackageTables, target_id: str) -> str:
    """Return the address of a target's page in both languages, the one to cite: `target/high_tech_enterprises/`.

    It begins with the package's `homepage`; where the package names none, it is relative to the site's root.
    """
    return f"{_root(package)}target/{target_id}/"


def page_link(package: PackageTables, page: Page, key: str, language: Language) -> str:
    """Return the address of the page of an action, area, cluster, indicator, source or body in one language."""
    return f"{_root(package)}{language}/{page}/{key}/"


def observation_link(package: PackageTables, row: Mapping[str, Any], language: Language) -> str:
    """Return the address of an observation: its row on the page of its target, else on that of its indicator.

    `row` has `observation_id`, `indicator_id` and, if it is relevant to a target, `target_id`.
    """
    target = row.get("target_id")
    known = target is not None and not pd.isna(target)
    page = target_link(package, str(target)) if known else page_link(package, "indicator", str(row["indicator_id"]), language)
    return f"{page}#{row['observation_id']}"


def _root(package: PackageTables) -> str:
    homepage = package.metadata.homepage
    return f"{homepage.rstrip('/')}/" if homepage else ""
