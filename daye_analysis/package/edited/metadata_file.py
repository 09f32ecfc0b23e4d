"""Read `data/source/package.yaml`, which describes a package as a whole."""

from __future__ import annotations

import re
from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.definition import Metadata
from daye_analysis.package.edited.messages import EDITED_PROBLEMS
from daye_analysis.package.edited.tables import read_yaml
from daye_analysis.package.formatting import is_day, is_day_or_interval, last_day
from daye_analysis.package.untrusted.addresses import has_user
from daye_analysis.problem_messages import worded

_KEYS = (
    "name", "title_zh", "description_zh", "version", "compiled_on", "spatial_zh", "temporal",
)  # fmt: skip
# `layout` is how the official text is read: see `official_text`.
_OPTIONAL = ("title_en", "description_en", "spatial_en", "keywords", "official_title_zh", "official_title_en", "official_url", "publisher_zh", "publisher_en", "id", "homepage", "created", "contact", "layout")
_PATTERNS = {
    "name": re.compile(r"[a-z0-9][a-z0-9-]*"),
    "version": re.compile(r"[0-9]+\.[0-9]+\.[0-9]+"),
    # A UUID, a DOI or an address: whatever it is, it has no spaces.
    "id": re.compile(r"\S+"),
    "homepage": re.compile(r"https?://[^\s/]\S*"),
    "contact": re.compile(r"[^@\s:/?&]+@[^@\s:/?&]+|https?://[^\s/]\S*"),
}
_DAYS = ("compiled_on", "created")


_WANTED = {
    "name": Text("数据包的名称，只用小写字母、数字和连字符，如 nanhu-targets。",
                 "A name of lower-case letters, digits and hyphens, such as nanhu-targets."),
    "version": Text("如 0.1.0。", "For example 0.1.0."),
    "compiled_on": Text("数据查找截止的那一天，如 2026-11-23。", "The day on which the search for figures ended, such as 2026-11-23."),
    "spatial_zh": Text("地区全称，含上级，如湖北省黄石市大冶市。", "The full name of the place with the areas that contain it, in Chinese."),
    "temporal": Text("规划起止，如 2023-12-31/2026-12-31。", "The plan's start and due date, such as 2023-12-31/2026-12-31."),
}  # fmt: skip


_KEYS_WANTED = Text(
    f"必有的键：{'、'.join(_KEYS)}；可有的键：{'、'.join(_OPTIONAL)}；日期如 2026-11-23，时期如 2023-12-31/2026-12-31，版本如 1.0.0。",
    f"Required keys: {', '.join(_KEYS)}; optional keys: {', '.join(_OPTIONAL)}; dates such as 2026-11-23, periods such as 2023-12-31/2026-12-31, versions such as 1.0.0.",
)
_MISSPELT, _UNKNOWN = Text("写法不对", "does not have the required form"), Text("未知", "is unknown")
_WITH_USER = Text("不得含用户名或密码", "must not carry a user name or password")
_IN_FUTURE = Text("晚于今天", "is after today")
_TOO_EARLY = Text("早于编制日", "is before the day of compilation")
_OF_NO_ONE = Text("须与 publisher_zh 同时填写", "needs publisher_zh beside it")


def read_metadata(path: Path) -> Metadata:
    """Return the metadata in `path`; CheckFailed with every missing, unknown or misspelt entry."""
    given = read_yaml(path)
    if not isinstance(given, dict):
        given = {}
    keywords = given.pop("keywords", [])
    # These say how the text is read, and are checked where it is.
    given = {key: value for key, value in given.items() if key not in ("columns", "goals")}
    problems = [_problem(path, key, _MISSPELT) for key, value in given.items() if not isinstance(value, str)]
    given = {key: value for key, value in given.items() if isinstance(value, str)}
    problems += [_missing(path, key) for key in _KEYS if not given.get(key, "").strip()]
    problems += [_problem(path, key, _UNKNOWN) for key in given if key not in (*_KEYS, *_OPTIONAL)]
    problems += [
        _problem(path, key, _MISSPELT)
        for key, pattern in _PATTERNS.items()
        if given.get(key) and not pattern.fullmatch(given[key])
    ]
    problems += [_problem(path, key, _WITH_USER) for key in ("homepage", "contact", "official_url") if has_user(given.get(key, ""))]
    problems += [_problem(path, key, _MISSPELT) for key in _DAYS if given.get(key) and not is_day(given[key])]
    if given.get("temporal") and not is_day_or_interval(given["temporal"]):
        problems.append(_problem(path, "temporal", _MISSPELT))
    if is_day(given.get("compiled_on", "")) and given["compiled_on"] > str(last_day()):
        problems.append(_problem(path, "compiled_on", _IN_FUTURE))
    if not problems and given.get("created") and given["created"] < given["compiled_on"]:
        problems.append(_problem(path, "created", _TOO_EARLY))
    if given.get("contact") and not given.get("publisher_zh", "").strip():
        problems.append(_problem(path, "contact", _OF_NO_ONE))
    if not isinstance(keywords, list) or not all(_is_keyword(each) for each in keywords):
        problems.append(_problem(path, "keywords", _MISSPELT))
    if problems:
        raise CheckFailed(problems)
    return Metadata(
        name=given["name"],
        title=_both(given, "title"),
        description=_both(given, "description"),
        version=given["version"],
        compiled_on=given["compiled_on"],
        keywords=tuple(Text(each["zh"], each["en"]) for each in keywords),
        spatial=_both(given, "spatial"),
        temporal=given["temporal"],
        official_title=_both(given, "official_title"),
        official_url=given.get("official_url", ""),
        publisher=_both(given, "publisher"),
        id=given.get("id", ""),
        homepage=given.get("homepage", ""),
        created=given.get("created", ""),
        contact=given.get("contact", ""),
    )


def _both(given: dict[str, str], key: str) -> Text:
    """Return the text `key` in both languages: the Chinese with a mark where there is no English."""
    zh, en = given.get(f"{key}_zh", "").strip(), given.get(f"{key}_en", "").strip()
    return Text(zh, en or (f"{zh} [zh]" if zh else ""))


def _is_keyword(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"zh", "en"} and all(isinstance(each, str) for each in value.values())


def _missing(path: Path, key: str) -> Problem:
    wanted = _WANTED.get(key, Text("请填写。", "Fill it in."))
    return worded(EDITED_PROBLEMS, "metadata.missing-entry", f"{path.name}:{key}", key=key, wanted=wanted)


def wrong_entry(path: Path, key: str, fault: Text, wanted: Text) -> Problem:
    """Return the problem of an entry of `package.yaml` that is not as it must be."""
    return worded(EDITED_PROBLEMS, "metadata.wrong-entry", f"{path.name}:{key}", key=key, fault=fault, wanted=wanted)


def _problem(path: Path, key: str, fault: Text) -> Problem:
    return wrong_entry(path, key, fault, _KEYS_WANTED)
