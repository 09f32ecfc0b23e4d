"""Where a thing of the package is found on its public site: addresses that never change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from judged_package import view

from daye_analysis.package.permalinks import observation_link, page_link, target_link


@pytest.mark.parametrize(
    ("homepage", "root"),
    [("", ""), ("https://example.org/daye", "https://example.org/daye/"), ("https://example.org/", "https://example.org/")],
)
def test_links_begin_at_the_homepage_or_at_the_sites_root(homepage: str, root: str) -> None:
    package = replace(view().package, metadata=replace(view().package.metadata, homepage=homepage))
    assert target_link(package, "high_tech_enterprises") == f"{root}target/high_tech_enterprises/"
    assert page_link(package, "unit", "science_bureau", "en") == f"{root}en/unit/science_bureau/"
    row = {"observation_id": "o0067", "indicator_id": "gdp", "target_id": "high_tech_enterprises"}
    assert observation_link(package, row, "zh") == f"{root}target/high_tech_enterprises/#o0067"
    assert observation_link(package, row | {"target_id": None}, "zh") == f"{root}zh/indicator/gdp/#o0067"
