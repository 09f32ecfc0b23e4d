"""The changes between two packages, and the version level that each requires.

The rule is the standard's own recipe: MAJOR where a reader's program may break (a field renamed, added, removed or
moved, a type changed, a constraint tightened, a row gone to which others may point), MINOR where there is more (rows,
resources, a constraint loosened), PATCH where something was corrected.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.package.untrusted import RawPackage

Described = Mapping[str, Any]


class Level(IntEnum):
    """The steps of a version, from none to the largest."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the step that it asks for, where it is (`table.field`, `table`, or empty), and what it is."""

    level: Level
    where: str
    what: Text


_TEXT_OF_FIELD = ("title", "description", "i18n", "example", "rdfType")
_SHAPE_OF_RESOURCE = ("path", "format", "mediatype", "encoding", "dialect")
_ON_OFF = ("required", "unique")
_SHOWN_KEYS = 3


def _constraint_changes(old: Described, new: Described, where: str) -> Iterator[Change]:
    tighter = Text("约束收紧：{0}", "constraint tightened: {0}")
    looser = Text("约束放宽：{0}", "constraint loosened: {0}")

    def change(level: Level, words: Text, name: str) -> Change:
        return Change(level, where, Text(words.zh.format(name), words.en.format(name)))

    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if name == "enum" and before and after:
            if set(before) - set(after):
                yield change(Level.MAJOR, tighter, name)
            if set(after) - set(before):
                yield change(Level.MINOR, looser, name)
        elif name == "minimum" and before is not None and after is not None:
            yield change(*((Level.MAJOR, tighter) if after > before else (Level.MINOR, looser)), name)
        elif after is None or (name in _ON_OFF and not after):
            yield change(Level.MINOR, looser, name)
        else:
            # Whether one pattern admits all that another did cannot be determined: it counts as tighter.
            yield change(Level.MAJOR, tighter, name)


def _field_changes(old: Described, new: Described, where: str) -> Iterator[Change]:
    if (old.get("type"), old.get("format", "default")) != (new.get("type"), new.get("format", "default")):
        yield Change(Level.MAJOR, where, Text("类型改变", "type changed"))
    yield from _constraint_changes(old.get("constraints", {}), new.get("constraints", {}), where)
    if any(old.get(name) != new.get(name) for name in _TEXT_OF_FIELD):
        yield Change(Level.PATCH, where, Text("字段说明改变", "description of the field changed"))


def _key_changes(old: Described, new: Described, table: str) -> Iterator[Change]:
    for name in ("primaryKey", "missingValues"):
        if old.get(name) != new.get(name):
            yield Change(Level.MAJOR, table, Text(f"{name} 改变", f"{name} changed"))
    for name in ("uniqueKeys", "foreignKeys"):
        before, after = old.get(name, []), new.get(name, [])
        if any(key not in before for key in after):
            yield Change(Level.MAJOR, table, Text(f"{name} 增加", f"{name} added"))
        if any(key not in after for key in before):
            yield Change(Level.MINOR, table, Text(f"{name} 取消", f"{name} removed"))


def _schema_changes(old: Described, new: Described, table: str) -> Iterator[Change]:
    before = {field["name"]: field for field in old.get("fields", [])}
    after = {field["name"]: field for field in new.get("fields", [])}
    for name in before.keys() - after.keys():
        yield Change(Level.MAJOR, f"{table}.{name}", Text("字段被删除或改名", "field removed or renamed"))
    for name in after.keys() - before.keys():
        yield Change(Level.MAJOR, f"{table}.{name}", Text("新增字段", "field added"))
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield Change(Level.MAJOR, table, Text("字段顺序改变", "fields reordered"))
    for name in kept:
        yield from _field_changes(before[name], after[name], f"{table}.{name}")
    yield from _key_changes(old, new, table)


def _rows(raw: RawPackage, resource: Described) -> list[dict[str, str]]:
    content = raw.files.get(str(resource.get("path")))
    return [] if content is None else list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def _some(keys: list[tuple[str, ...]]) -> str:
    shown = ", ".join(" ".join(key) for key in sorted(keys)[:_SHOWN_KEYS])
    return f"{shown} …" if len(keys) > _SHOWN_KEYS else shown


def _row_changes(
    old: list[dict[str, str]], new: list[dict[str, str]], key: list[str], table: str
) -> Iterator[Change]:
    """Compare rows by primary key, in the fields that both have."""
    shared = [name for name in (old[0] if old else {}) if name in (new[0] if new else {})]
    before = {tuple(row.get(name, "") for name in key): row for row in old}
    after = {tuple(row.get(name, "") for name in key): row for row in new}
    gone, come = [k for k in before if k not in after], [k for k in after if k not in before]
    corrected = [k for k, row in after.items() if k in before and any(row[n] != before[k][n] for n in shared)]
    for level, keys, zh, en in (
        (Level.MAJOR, gone, "行被删除", "rows removed"),
        (Level.MINOR, come, "行新增", "rows added"),
        (Level.PATCH, corrected, "行更正", "rows corrected"),
    ):
        if keys:
            yield Change(
                level, table, Text(f"{len(keys)} {zh}：{_some(keys)}", f"{len(keys)} {en}: {_some(keys)}")
            )


def _resource_changes(old: Described, new: Described, name: str) -> Iterator[Change]:
    if any(old.get(key) != new.get(key) for key in _SHAPE_OF_RESOURCE):
        yield Change(Level.MAJOR, name, Text("文件路径或格式改变", "path or format of the file changed"))
    if any(old.get(key) != new.get(key) for key in ("title", "description", "i18n", "licenses")):
        yield Change(Level.PATCH, name, Text("说明或许可改变", "description or licence changed"))


def changes(old: RawPackage, new: RawPackage) -> list[Change]:
    """Return every difference between two packages, the largest steps first, then by place."""
    before = {each.get("name"): each for each in old.descriptor.get("resources", [])}
    after = {each.get("name"): each for each in new.descriptor.get("resources", [])}
    found: list[Change] = []
    if old.name != new.name:
        found.append(Change(Level.MAJOR, "", Text("数据包改名", "package renamed")))
    found += [
        Change(Level.MAJOR, name, Text("资源被删除或改名", "resource removed or renamed")) for name in before if name not in after
    ]  # fmt: skip
    found += [
        Change(Level.MINOR, name, Text("新增资源", "resource added")) for name in after if name not in before
    ]
    for name in before.keys() & after.keys():
        one, other = before[name], after[name]
        found += _resource_changes(one, other, name)
        if "schema" in one and "schema" in other:
            found += _schema_changes(one["schema"], other["schema"], name)
            key = list(other["schema"].get("primaryKey", []))
            found += _row_changes(_rows(old, one), _rows(new, other), key, name)
        elif one.get("hash") != other.get("hash"):
            found.append(Change(Level.PATCH, name, Text("文字改变", "text changed")))
    ignored = {"version", "resources", "name"}
    metadata = [{k: v for k, v in each.descriptor.items() if k not in ignored} for each in (old, new)]
    if metadata[0] != metadata[1]:
        found.append(Change(Level.PATCH, "", Text("数据包说明改变", "description of the package changed")))
    return sorted(found, key=lambda each: (-each.level, each.where, each.what.en))
