"""YAML by the core schema of version 1.2, with plain dates, and the line of each value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import yaml

# Where a value is in a file: keys and list positions from the top.
SettingPath = tuple[str | int, ...]
# A few lines of aliases of aliases would else become more values than memory holds.
MOST_VALUES = 100_000


def parse_yaml(text: str) -> tuple[Any, dict[SettingPath, int]]:
    """Return the content of a document and the line of each value; raises yaml.YAMLError, RecursionError.

    More than `MOST_VALUES`, those that aliases repeat included, are refused while they are counted.
    """
    lines: dict[SettingPath, int] = {}
    return _constructed(yaml.compose(text, Loader=_CoreLoader), (), lines), lines


class _CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema and plain days; PyYAML's own rules are those of YAML 1.1."""


_CoreLoader.yaml_implicit_resolvers = {}

for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", "-0123456789"),
    ("null", r"~|null|", ["~", "n", ""]),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
):
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), list(_first))


def _day_or_text(text: str) -> date | str:
    """Return the date, or the text of a date that does not exist; the check of the caller reports it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


_SCALARS: Mapping[str, Callable[[str], Any]] = {
    "bool": lambda text: text == "true",
    "int": int,
    "float": float,
    "null": lambda _: None,
    "timestamp": _day_or_text,
    "str": str,
}


def _constructed(node: yaml.Node | None, place: SettingPath, lines: dict[SettingPath, int]) -> Any:
    if node is None:
        return None
    lines[place] = node.start_mark.line + 1
    if len(lines) > MOST_VALUES:
        problem = f"more than {MOST_VALUES} values, aliases counted each time"
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
    if isinstance(node, yaml.SequenceNode):
        return [_constructed(item, (*place, position), lines) for position, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        content: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _constructed(key_node, (*place, "?"), lines)
            if not isinstance(key, str) or key in content:
                raise yaml.MarkedYAMLError(
                    problem=f"key {key!r} is repeated or no text", problem_mark=key_node.start_mark
                )
            content[key] = _constructed(value_node, (*place, key), lines)
            lines[(*place, key)] = key_node.start_mark.line + 1
        return content
    kind = node.tag.rpartition(":")[2]
    try:
        return _SCALARS[kind](node.value)
    except (KeyError, ValueError):
        raise yaml.MarkedYAMLError(problem=f"{node.value!r} is no {kind}", problem_mark=node.start_mark) from None
