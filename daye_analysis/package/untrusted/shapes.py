"""The shapes that the Data Package standard requires of metadata, checked as other tools check them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Shape = Callable[[Any], bool]
_TYPE = re.compile(r"[-a-z/]+")
_NAME = re.compile(r"[-a-z0-9._/]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _written(pattern: re.Pattern[str]) -> Shape:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _one_of(*values: object) -> Shape:
    return lambda value: value in values


def _instant(value: Any) -> bool:
    try:
        return _written(_INSTANT)(value) and bool(dt.datetime.fromisoformat(value))
    except ValueError:
        return False


def _several(shape: Shape) -> Shape:
    return lambda value: isinstance(value, list) and all(map(shape, value))


def _entry(shapes: Mapping[str, Shape], one_of: tuple[str, ...] = ()) -> Shape:
    """Return the shape of a mapping whose entries are shaped, and of which one of several must be filled in."""

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or any(not shape(value[key]) for key, shape in shapes.items() if key in value):
            return False
        return not one_of or any(value.get(key) for key in one_of)

    return fits


_PARTY = _entry({
    **dict.fromkeys(("title", "path", "role", "organization", "organisation", "givenName", "familyName"), _text),
    "email": _written(_EMAIL), "roles": _several(_text),
})  # fmt: skip
_LICENCE = _entry(dict.fromkeys(("name", "path", "title"), _text), one_of=("name", "path"))
_SAID: Mapping[str, Shape] = {
    **dict.fromkeys(("title", "description", "homepage", "$schema"), _text),
    "licenses": _several(_LICENCE), "sources": _several(_PARTY), "i18n": _mapping,
}  # fmt: skip
# Name, title and the like have patterns of their own.
PACKAGE: Mapping[str, Shape] = {
    **{key: shape for key, shape in _SAID.items() if key != "title"}, "contributors": _several(_PARTY), "keywords": _several(_text), "resources": _several(_mapping), "type": _written(_TYPE),
    "image": _text, "id": _text, "created": _instant, "profile": _one_of("data-package"), "temporal": _text,
    "spatial": lambda value: isinstance(value, dict) and all(map(_text, value.values())),
}  # fmt: skip
# How a file is read is not a package's to say: plain files in one place, no archives, no parts.
_RESOURCE: Mapping[str, Shape] = {
    **_SAID, "mediatype": _text, "fields": _count, "rows": _count, "schema": _mapping,
    "scheme": _one_of("file"), **dict.fromkeys(("compression", "innerpath", "extrapaths", "control"), lambda _: False),
}  # fmt: skip
TABLE_RESOURCE: Mapping[str, Shape] = {
    **_RESOURCE, "type": _one_of("table"), "format": _one_of("csv"), "profile": _one_of("data-resource", "tabular-data-resource"),
}  # fmt: skip
TEXT_RESOURCE: Mapping[str, Shape] = {
    **_RESOURCE, "type": _written(_TYPE), "format": _one_of("txt"), "profile": _one_of("data-resource"),
}  # fmt: skip
SCHEMA: Mapping[str, Shape] = {"title": _text, "description": _text, "$schema": _text, "i18n": _mapping}
FIELD: Mapping[str, Shape] = {"title": _text, "description": _text, "rdfType": _text, "i18n": _mapping}


def misshapen(holder: Mapping[str, Any], shapes: Mapping[str, Shape]) -> Iterator[str]:
    """Yield the keys of `holder` that are there in another shape than they have."""
    for key, shape in shapes.items():
        if key in holder and not shape(holder[key]):
            yield key
