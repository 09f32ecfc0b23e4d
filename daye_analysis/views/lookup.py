"""Find entries of a package by identifier, by name in either language, or by part of a name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import records
from daye_analysis.problem_messages import worded
from daye_analysis.views.problems import VIEW_PROBLEMS

Kind = Literal["target", "body", "area", "indicator", "cluster", "action", "source"]

KINDS: Final[dict[Kind, Text]] = {
    "target": Text("目标", "target"),
    "body": Text("机构", "body"),
    "area": Text("地区", "area"),
    "indicator": Text("指标", "indicator"),
    "cluster": Text("产业集群", "cluster"),
    "action": Text("行动", "action"),
    "source": Text("来源", "source"),
}
_TABLE: Final[dict[Kind, tuple[str, str]]] = {
    "body": ("units", "unit_id"),
    "area": ("areas", "area_id"),
    "indicator": ("indicators", "indicator_id"),
    "cluster": ("clusters", "cluster_id"),
    "action": ("actions", "action_id"),
}
# How things of a kind are asked for, where a name of theirs is given for one of another kind.
_ASKED_BY: Final[dict[Kind, str]] = {
    "body": "body=", "area": "area=", "cluster": "cluster=", "action": "action=", "target": "target()", "indicator": "series()",
}  # fmt: skip
_SHOWN: Final = 5
_NO_WORDS: Final = Text("", "")
_BETWEEN_WORDS: Final = re.compile(r"[\s_\-‐–]+")
# What a short name leaves out: the level before a body, the level after a place.
_LEVEL_BEFORE: Final = re.compile(r"^(?:市|县|区|municipal |county |district )")
_LEVEL_AFTER: Final = re.compile(r"(?<=..)(?:省|市|县|区|自治区|自治州)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be looked for: what it is, its identifier, its names, and other words by which it is found."""

    kind: Kind
    id: str
    name: Text
    aliases: tuple[str, ...] = ()
    words: Text = _NO_WORDS

    def called(self) -> Iterator[str]:
        """Yield everything that is a name of this, normalised."""
        for each in (self.id, *self.name, *self.aliases):
            if each:
                yield normal(each)


def normal(text: object) -> str:
    """Return a text as names are compared: one width and case, words parted by single spaces, whatever else parted them."""
    return " ".join(_BETWEEN_WORDS.split(unicodedata.normalize("NFKC", str(text)).casefold())).strip()


def entries(package: PackageTables, kind: Kind) -> list[Entry]:
    """Return everything of a kind that the package names, in the order of its table."""
    key = ("entries", kind)
    if key not in package.cache:
        package.cache[key] = list(_entries(package, kind))
    found: list[Entry] = package.cache[key]
    return found


def find(package: PackageTables, kind: Kind, wanted: object) -> str:
    """Return the identifier of what is called `wanted`.

    An identifier, the whole name in either language or a short name (科技局 for 市科技局, 黄石 for 黄石市) is enough; a place
    also by its GB/T 2260 code, a target also by its task where that sets only one.

    Raises
    ------
    WrongUsage
        package.unknown-target for a target, else selection.unknown, with the nearest names; selection.none where the
        package has nothing of the kind; selection.ambiguous, with all that are called so.
    """
    found = find_all(package, kind, wanted)
    if len(found) > 1:
        raise WrongUsage(_problem("selection.ambiguous", kind, wanted, [each for each in entries(package, kind) if each.id in found]))
    return found[0]


def find_all(package: PackageTables, kind: Kind, wanted: object) -> list[str]:
    """Return the identifiers of all that is called `wanted`; raises as `find`, but for a name that several have."""
    known = entries(package, kind)
    if any(each.id == wanted for each in known):
        return [str(wanted)]
    text = normal(wanted)
    found = _called(known, text)
    if found:
        return found
    code = "package.unknown-target" if kind == "target" else "selection.unknown" if known else "selection.none"
    other = next((each for each in _ASKED_BY if each != kind and known and _called(entries(package, each), text)), None)
    if other is not None:
        raise WrongUsage(_problem(f"{code}/other-kind", kind, wanted, nearest(known, text), other=KINDS[other], asking=(_ASKED_BY[other],)))
    raise WrongUsage(_problem(code, kind, wanted, nearest(known, text)))


def _called(known: list[Entry], text: str) -> list[str]:
    """Return the identifiers of what is called `text` in full, else of what is called so for short."""
    for names in (_full, _short):
        found = [each.id for each in known if text and any(text in names(name) for name in each.called())]
        if found:
            return found
    return []


def nearest(known: list[Entry], text: str) -> list[Entry]:
    """Return what `text` may have meant, the likeliest first: names that hold it, then names spelt like it."""
    holding = [each for each in known if text and any(text in name for name in each.called())]
    by_name = {name: each for each in known for name in each.called()}
    alike = [by_name[name] for name in difflib.get_close_matches(text, by_name, n=_SHOWN, cutoff=0.4)]
    found = {each.id: each for each in [*holding, *alike]}
    return list(found.values())[:_SHOWN] or known[:_SHOWN]


def search(package: PackageTables, text: str, language: Language) -> pd.DataFrame:
    """Return everything in which all words of `text` occur; see `Package.search`."""
    words = normal(text).split()
    rows = []
    for kind, label in KINDS.items():
        for each in entries(package, kind):
            searched = [*each.called(), *map(normal, each.words)]
            if words and all(any(word in name for name in searched) for word in words):
                rows.append((label.say(language), each.id, each.name.say(language), each.words.say(language)))
    return pd.DataFrame(rows, columns=["kind", "id", "name", "text"], dtype="string")


def _problem(code: str, kind: Kind, wanted: object, names: list[Entry], **more: object) -> Problem:
    return worded(VIEW_PROBLEMS, code, kind, wanted=wanted, kind=KINDS[kind], names=_listed(names), **more)


def _entries(package: PackageTables, kind: Kind) -> Iterator[Entry]:
    if kind == "target":
        tasks: dict[str, list[str]] = {}
        for row in records(package.targets):
            tasks.setdefault(str(row["task_id"]), []).append(str(row["target_id"]))
        for row in records(package.targets):
            about = package.record("indicators", row["indicator_id"])
            target, task = str(row["target_id"]), str(row["task_id"])
            yield Entry(kind, target, _name(about), (task,), Text(_plain(row["wording_zh"]), ""))
    elif kind == "source":
        for row in records(package.sources):
            yield Entry(kind, str(row["source_id"]), Text(str(row["title"]), str(row["title"])), (), Text(*[_plain(row["publisher"])] * 2))
    else:
        table, key = _TABLE[kind]
        aliases = _aliases(package) if kind == "body" else _of_targets(package) if kind == "indicator" else {}
        for row in records(getattr(package, table)):
            more = (_plain(row.get("gbt2260_code")),) if kind == "area" else aliases.get(str(row[key]), ())
            words = Text(_plain(row.get("definition_zh")), _plain(row.get("definition_en")))
            yield Entry(kind, str(row[key]), _name(row), more, words)


def _aliases(package: PackageTables) -> dict[str, tuple[str, ...]]:
    """Return the other spellings of each body, by identifier."""
    found: dict[str, tuple[str, ...]] = {}
    for row in records(package.unit_aliases):
        body = str(row["unit_id"])
        found[body] = (*found.get(body, ()), str(row["alias_zh"]))
    return found


def _of_targets(package: PackageTables) -> dict[str, tuple[str, ...]]:
    """Return the targets of each indicator and their tasks, by which it is found too."""
    found: dict[str, tuple[str, ...]] = {}
    for row in records(package.targets):
        about = str(row["indicator_id"])
        found[about] = (*found.get(about, ()), str(row["target_id"]), str(row["task_id"]))
    return found


def _name(row: object) -> Text:
    return Text(_plain(row["name_zh"]), _plain(row["name_en"]))  # type: ignore[index]


def _plain(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]


def _full(name: str) -> tuple[str, ...]:
    return (name,)


def _short(name: str) -> tuple[str, ...]:
    """Return the short forms of a name."""
    return (_LEVEL_BEFORE.sub("", name), _LEVEL_AFTER.sub("", name))


def _listed(found: list[Entry]) -> Text:
    zh = [f"{each.name.zh}（{each.id}）" for each in found[:_SHOWN]]
    en = [f"{each.name.en or each.name.zh} ({each.id})" for each in found[:_SHOWN]]
    return Text("、".join(zh) or "无", "; ".join(en) or "none")
