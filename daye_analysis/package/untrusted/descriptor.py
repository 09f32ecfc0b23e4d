"""Check an untrusted datapackage.json against the built-in definition; it does not influence how files are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from daye_analysis.errors import Problem
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, TABLES, Table
from daye_analysis.package.describe import table_schema
from daye_analysis.package.describe.datapackage import EARLIER_PROFILE, PROFILE
from daye_analysis.package.formatting import is_day, is_day_or_interval, last_day
from daye_analysis.package.odd_characters import odd_character
from daye_analysis.package.untrusted import shapes
from daye_analysis.package.untrusted.addresses import is_known_profile, link_fault, path_fault
from daye_analysis.package.untrusted.messages import GUARD_PROBLEMS
from daye_analysis.problem_messages import worded

DESCRIPTOR = "datapackage.json"
OFFICIAL_TEXT = "official_text"

_TABLES: Mapping[str, Table] = {table.name: table for table in TABLES}
# Every resource that a package has, and the one path at which it is.
RESOURCE_PATHS: Mapping[str, str] = {
    **{table.name: table.path for table in TABLES},
    OFFICIAL_TEXT: OFFICIAL_TEXT_PATH,
}
_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}
_LINKED = ("licenses", "sources", "contributors")
METADATA_PATTERNS = {
    "name": re.compile(r"[a-z0-9][a-z0-9._-]{0,99}"),
    "version": re.compile(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}"),
    "compiled_on": re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
    "title": re.compile(r".{1,1000}"),
}
_PROFILE_STEM = PROFILE.rpartition(":")[0] + ":"
# What a schema says to people; everything else it says must be as defined.
_SAID_TO_PEOPLE = frozenset({"title", "description", "i18n", "example", "rdfType", "$schema"})


def resources_of(descriptor: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the resources that are objects, each with the name by which an error calls it."""
    listed = descriptor.get("resources")
    named: list[tuple[str, Mapping[str, Any]]] = []
    for place, resource in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(resource, dict):
            name = resource.get("name")
            known = isinstance(name, str) and name in RESOURCE_PATHS
            named.append((str(name) if known else f"resources[{place}]", resource))
    return named


def dangers(descriptor: Mapping[str, Any]) -> list[Problem]:
    """Return a problem for every entry that points outside the package, before anything is opened."""
    found = list(_linked_dangers(descriptor, ""))
    listed = descriptor.get("resources")
    for place, resource in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(resource, str):
            found.append(_danger("guard.reference", f"resources[{place}]", "resources", resource))
    for name, resource in resources_of(descriptor):
        paths = resource.get("path")
        for path in paths if isinstance(paths, list) else [paths]:
            if isinstance(path, str) and (code := path_fault(path)):
                found.append(_danger(code, name, "path", path, RESOURCE_PATHS.get(name, "data/targets.csv")))
        for key in ("schema", "dialect"):
            held = resource.get(key)
            if isinstance(held, str):
                found.append(_danger("guard.reference", name, key, held))
            elif isinstance(held, dict):
                found.extend(_profile_dangers(held, name, f"{key}."))
        found.extend(_linked_dangers(resource, name))
    return found


def _linked_dangers(holder: Mapping[str, Any], name: str) -> Iterator[Problem]:
    yield from _profile_dangers(holder, name, "")
    links = [(key, holder.get(key)) for key in ("image", "homepage")]
    for key in _LINKED:
        entries = holder.get(key)
        links += [
            (f"{key}.path", each.get("path"))
            for each in (entries if isinstance(entries, list) else [])
            if isinstance(each, dict)
        ]
    for key, link in links:
        if isinstance(link, str) and (code := link_fault(link)):
            yield _danger(code, name, key, link)


def _profile_dangers(holder: Mapping[str, Any], name: str, prefix: str) -> Iterator[Problem]:
    for key in ("$schema", "profile"):
        profile = holder.get(key)
        if isinstance(profile, str) and not is_known_profile(profile):
            yield _danger("guard.reference", name, prefix + key, profile)


def _danger(code: str, name: str, key: str, found: str, wanted: str = "data/targets.csv") -> Problem:
    return worded(GUARD_PROBLEMS, code, _where(name, key), key=key, found=found, wanted=wanted)


def _where(name: str, key: str) -> str:
    return ":".join(part for part in (DESCRIPTOR, name, key) if part)


def departures(descriptor: Mapping[str, Any]) -> list[Problem]:
    """Return a problem for every entry that is harmless but not as our definition has it."""

    def problem(code: str, name: str, key: str, **values: object) -> Problem:
        return worded(GUARD_PROBLEMS, code, _where(name, key), key=key, **values)

    found = [
        problem("package.wrong-entry", "", key)
        for key, pattern in METADATA_PATTERNS.items()
        if not (isinstance(value := descriptor.get(key), str) and pattern.fullmatch(value))
        or (key == "compiled_on" and not is_day(value))
    ]
    if is_day(day := str(descriptor.get("compiled_on"))) and day > str(last_day()):
        found.append(problem("package.compiled-after-today", "", "compiled_on", found=day))
    if isinstance(period := descriptor.get("temporal"), str) and not is_day_or_interval(period):
        found.append(problem("package.wrong-entry", "", "temporal"))
    misspelt = {each.where for each in found}
    found += [
        problem("package.odd-character", "", where, character=name)
        for where, name in _odd_characters(descriptor)
        if _where("", where) not in misspelt
    ]
    found += [problem("package.wrong-entry", "", key) for key in dict.fromkeys(_misshapen(descriptor))]
    profile = profile_of(descriptor)
    if profile not in (PROFILE, EARLIER_PROFILE):
        found.append(
            problem(f"package.profile-{'version' if profile else 'missing'}", "", "conformsTo", found=profile, wanted=PROFILE)
        )
    seen: set[str] = set()
    for name, resource in resources_of(descriptor):
        if name not in RESOURCE_PATHS:
            found.append(problem("package.resource-unknown", name, "name", found=resource.get("name")))
            continue
        if name in seen:
            found.append(problem("package.resource-twice", name, "name", found=name))
        seen.add(name)
        wanted = RESOURCE_PATHS[name]
        if "data" in resource:
            found.append(problem("package.inline-data", name, "data", wanted=wanted))
        elif resource.get("path") != wanted:
            found.append(
                problem("package.path-not-ours", name, "path", found=resource.get("path"), wanted=wanted)
            )
        encoding = resource.get("encoding", "utf-8")
        if encoding != "utf-8":
            found.append(problem("package.encoding", name, "encoding", found=encoding))
        odd = list(shapes.misshapen(resource, shapes.TABLE_RESOURCE if name in _TABLES else shapes.TEXT_RESOURCE))
        found += [problem("package.wrong-entry", name, key) for key in odd]
        if name in _TABLES and "schema" not in odd:
            # The schemas of an earlier profile had fewer fields and codes; its cells are held against ours all the same.
            found.extend(_shape_departures(name, resource, with_schema=profile != EARLIER_PROFILE))
    found += [
        problem("package.resource-missing", "", "resources", found=name)
        for name in RESOURCE_PATHS
        if name not in seen
    ]
    return found


def _misshapen(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """Yield the metadata that are there in another shape than they have; what reads them relies on it."""
    yield from shapes.misshapen(descriptor, shapes.PACKAGE)
    for key in (*_LINKED, "i18n"):
        entries = descriptor.get(key, [] if key in _LINKED else {})
        listed = entries if isinstance(entries, list) else [{"i18n": entries}]
        if not all(_is_translated(each) for each in listed if isinstance(each, dict)):
            yield key


def _odd_characters(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield where in a JSON value a text holds a character that none may, and which."""
    if isinstance(value, str):
        if odd := odd_character(value):
            yield where, odd.name
        return
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _odd_characters(each, f"{where}.{key}".lstrip("."))


def _is_translated(holder: Mapping[str, Any]) -> bool:
    """Return whether the English ones of title, description and keywords, under `i18n.en`, are texts."""
    translations = holder.get("i18n", {})
    english = translations.get("en", {}) if isinstance(translations, dict) else None
    if not isinstance(english, dict):
        return False
    keywords = english.get("keywords", [])
    return isinstance(keywords, list) and all(
        isinstance(each, str) for each in (english.get("title", ""), english.get("description", ""), *keywords)
    )


def profile_of(descriptor: Mapping[str, Any]) -> str:
    """Return the version of our profile that `descriptor` names, the present one first, or an empty string."""
    stated = descriptor.get("conformsTo")
    names = [each for each in (stated if isinstance(stated, list) else [stated]) if isinstance(each, str)]
    ours = [each for each in names if each.startswith(_PROFILE_STEM)]
    return PROFILE if PROFILE in ours else next(iter(ours), "")


def _shape_departures(name: str, resource: Mapping[str, Any], *, with_schema: bool) -> Iterator[Problem]:
    theirs = resource.get("dialect", _DIALECT)
    stated = (
        {key: value for key, value in theirs.items() if key != "$schema"}
        if isinstance(theirs, dict)
        else theirs
    )
    named = stated if isinstance(stated, dict) else {}
    odd = _first_difference(stated, {key: value for key, value in _DIALECT.items() if key in named})
    if odd is not None:
        yield worded(GUARD_PROBLEMS, "package.dialect-not-ours", _where(name, "dialect"), found=odd or "dialect")
    if "schema" not in resource:
        yield worded(GUARD_PROBLEMS, "package.schema-not-ours", _where(name, "schema"), found="schema")
        return
    schema = resource["schema"]
    for key in _misshapen_words(schema):
        yield worded(GUARD_PROBLEMS, "package.wrong-entry", _where(name, f"schema.{key}"), key=f"schema.{key}")
    if with_schema:
        wanted = table_schema(_TABLES[name])
        odd = _first_difference(_structure(schema), _structure(wanted))
        if odd is not None:
            yield worded(
                GUARD_PROBLEMS, "package.schema-not-ours", _where(name, "schema"), found=odd or "schema"
            )


def _misshapen_words(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a schema and its fields say to people in another shape than it has."""
    yield from shapes.misshapen(schema, shapes.SCHEMA)
    fields = schema.get("fields")
    for place, field in enumerate(fields if isinstance(fields, list) else []):
        odd = shapes.misshapen_field(field) if isinstance(field, dict) else ["field"]
        yield from (f"fields.{place}.{key}" for key in odd)


def _structure(schema: Any) -> Any:
    """Return `schema` without what it says to people, and fields keyed by their names, to compare and never to use."""
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key not in _SAID_TO_PEOPLE}
    fields = kept.get("fields")
    if isinstance(fields, list) and all(isinstance(each, dict) for each in fields):
        kept["fields"] = [
            {key: value for key, value in {"format": "default", **each}.items() if key not in _SAID_TO_PEOPLE}
            for each in fields
        ]
    return kept


def _first_difference(theirs: Any, ours: Any, at: str = "") -> str | None:
    """Return where two JSON values first differ (`fields.value.constraints`), or None where they are equal."""
    if type(theirs) is not type(ours):
        return at
    if isinstance(theirs, dict):
        for key in sorted(theirs.keys() | ours.keys()):
            inner = f"{at}.{key}".lstrip(".")
            if (key in theirs) != (key in ours):
                return inner
            if (odd := _first_difference(theirs[key], ours[key], inner)) is not None:
                return odd
        return None
    if isinstance(theirs, list) and len(theirs) == len(ours):
        for place, (their, our) in enumerate(zip(theirs, ours, strict=True)):
            label = our.get("name", place) if isinstance(our, dict) else place
            if (odd := _first_difference(their, our, f"{at}.{label}".lstrip("."))) is not None:
                return odd
        return None
    return None if theirs == ours else at
