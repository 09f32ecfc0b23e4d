"""The shapes that the Data Package standard requires of metadata, checked as other tools check them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from daye_analysis.package.formatting import is_day

Shape = Callable[[Any], bool]
_NUMERAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
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


def _never(_: Any) -> bool:
    return False


_PARTY = _entry({
    **dict.fromkeys(("title", "path", "role", "organization", "organisation", "givenName", "familyName"), _text),
    "email": _written(_EMAIL), "roles": _several(_text),
})  # fmt: skip
_LICENCE = _entry(dict.fromkeys(("name", "path", "title"), _text), one_of=("name", "path"))
_SAID: Mapping[str, Shape] = {
    **dict.fromkeys(("title", "description", "homepage", "$schema"), _text),
    "licenses": _several(_LICENCE), "sources": _several(_PARTY), "i18n": _mapping,
}  # fmt: skip
# Name, title and the like have patterns of their own. Missing values and fields are a table schema's to say.
PACKAGE: Mapping[str, Shape] = {
    **{key: shape for key, shape in _SAID.items() if key != "title"}, "contributors": _several(_PARTY), "keywords": _several(_text), "resources": _several(_mapping), "type": _one_of("package"),
    "image": _text, "id": _text, "created": _instant, "profile": _one_of("data-package"), "temporal": _text,
    "spatial": lambda value: isinstance(value, dict) and all(map(_text, value.values())),
    **dict.fromkeys(("missingValues", "fields", "profiles"), _never),
}  # fmt: skip
# How a file is read is not a package's to say: plain files in one place, no archives, no parts.
_RESOURCE: Mapping[str, Shape] = {
    **_SAID, "contributors": _several(_PARTY), "mediatype": _text, "fields": _count, "rows": _count,
    "scheme": _one_of("file"), **dict.fromkeys(("compression", "innerpath", "extrapaths", "control", "missingValues", "profiles", "stats"), _never),
}  # fmt: skip
TABLE_RESOURCE: Mapping[str, Shape] = {
    **_RESOURCE, "schema": _mapping, "type": _one_of("table"), "format": _one_of("csv"), "profile": _one_of("data-resource", "tabular-data-resource"),
}  # fmt: skip
TEXT_RESOURCE: Mapping[str, Shape] = {
    **_RESOURCE, "type": _one_of("text", "file"), "format": _one_of("txt"), "profile": _one_of("data-resource"),
    "schema": _never, "dialect": _never,
}  # fmt: skip
SCHEMA: Mapping[str, Shape] = {"title": _text, "description": _text, "$schema": _text, "i18n": _mapping}
FIELD: Mapping[str, Shape] = {"title": _text, "description": _text, "rdfType": _text, "i18n": _mapping, "required": _never}


# An example is a cell of the field's own type.
_EXAMPLES: Mapping[str, Shape] = {
    "string": _text, "integer": _written(re.compile("-?[0-9]+")), "number": _written(_NUMERAL), "boolean": _one_of("true", "false"),
    "date": lambda value: isinstance(value, str) and is_day(value),
}  # fmt: skip


def misshapen_field(field: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of a table schema's field whose values have another shape than they have."""
    yield from misshapen(field, FIELD)
    kind = field.get("type")
    if "example" in field and not (isinstance(kind, str) and _EXAMPLES.get(kind, _never)(field["example"])):
        yield "example"


def misshapen(holder: Mapping[str, Any], shapes: Mapping[str, Shape]) -> Iterator[str]:
    """Yield the keys of `holder` that are there in another shape than they have."""
    for key, shape in shapes.items():
        if key in holder and not shape(holder[key]):
            yield key
