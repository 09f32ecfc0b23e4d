"""Reading what describes a package as a whole: `data/source/package.yaml`."""

from __future__ import annotations

import re
from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.definition import Metadata
from daye_analysis.package.edited import read_yaml

_KEYS = (
    "name", "title_zh", "title_en", "description_zh", "description_en", "version", "compiled_on", "spatial_zh",
    "spatial_en", "temporal",
)  # fmt: skip
_OPTIONAL = ("keywords", "official_title_zh", "official_title_en", "official_url", "publisher_zh", "publisher_en")
_PATTERNS = {
    "name": re.compile(r"[a-z0-9][a-z0-9-]*"),
    "version": re.compile(r"[0-9]+\.[0-9]+\.[0-9]+"),
    "compiled_on": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


def read_metadata(path: Path) -> Metadata:
    """Return the metadata in `path`; CheckFailed with every missing, unknown or misspelt entry."""
    given = read_yaml(path)
    if not isinstance(given, dict):
        given = {}
    keywords = given.get("keywords", [])
    problems = [_problem(path, key, "缺少", "is missing") for key in _KEYS if not given.get(key)]
    problems += [_problem(path, key, "未知", "is unknown") for key in given if key not in (*_KEYS, *_OPTIONAL)]
    problems += [
        _problem(path, key, "写法不对", "is misspelt")
        for key, pattern in _PATTERNS.items()
        if given.get(key) and not pattern.fullmatch(given[key])
    ]
    if not isinstance(keywords, list) or not all(isinstance(k, dict) and {"zh", "en"} == set(k) for k in keywords):
        problems.append(_problem(path, "keywords", "写法不对", "is misspelt"))
    if problems:
        raise CheckFailed(problems)
    return Metadata(
        name=given["name"],
        title=Text(given["title_zh"], given["title_en"]),
        description=Text(given["description_zh"].strip(), given["description_en"].strip()),
        version=given["version"],
        compiled_on=given["compiled_on"],
        keywords=tuple(Text(each["zh"], each["en"]) for each in keywords),
        spatial=Text(given["spatial_zh"], given["spatial_en"]),
        temporal=given["temporal"],
        official_title=Text(given.get("official_title_zh", ""), given.get("official_title_en", "")),
        official_url=given.get("official_url", ""),
        publisher=Text(given.get("publisher_zh", ""), given.get("publisher_en", "")),
    )


def _problem(path: Path, key: str, zh: str, en: str) -> Problem:
    return Problem(
        "metadata.wrong-entry",
        Text(f"“{key}”{zh}。", f"'{key}' {en}."),
        f"{path.name}:{key}",
        Text(
            f"必有的键：{'、'.join(_KEYS)}；可有的键：{'、'.join(_OPTIONAL)}；日期如 2026-11-23，版本如 1.0.0。",
            f"Keys wanted: {', '.join(_KEYS)}; allowed: {', '.join(_OPTIONAL)}; dates as 2026-11-23, versions as 1.0.0.",
        ),
    )
